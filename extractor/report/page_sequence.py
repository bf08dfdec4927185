"""Does every page follow the one before? Printed numbers, the contents and broken sentences tell of pages lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from extractor.folding import id_form
from extractor.layout.blocks import Block, Text
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.findings.clues import Clues
from extractor.report.sections import Part

_FIGURES = re.compile(r"\d{1,3}(?!\d)")
_BESIDE_A_TITLE = re.compile(r"\A(\d{1,3}) ?\||\| ?(\d{1,3})\Z")  # a bar parts a number from a running title
_LONGEST_NUMBER = 20  # characters of a printed page number with its words
_LEADERS = " \t\n\xa0.…·_"  # between a title in the contents and its page
_PAGE_OF_ENTRY = re.compile(rf"[{_LEADERS}](\d{{1,3}})\Z")
_FEWEST = 3  # pages or entries that must agree before what they say together counts
_MOST_SHIFTS = 2  # between the pages that the contents name and those where headings stand
_SENTENCE_ENDS = re.compile(r"[.:;!?…”’\")\]]\W{0,9}\d{0,9}$")
_FULL_PAGE = 60  # words: a page with fewer may be a divider, a chart or a picture
_MOST_UNNUMBERED, _EACH = 2, 4  # pages without a number in a report, and the pages with one that each of them needs
_PROSE = 12  # words: a paragraph with fewer may be a caption or an address


def pages_missing(clues: Clues) -> Iterator[Problem]:
    """Yield where a page is missing, by the page before it."""
    numbers = printed_numbers(clues)
    last = max((block.page_last or 0 for block in clues.text.blocks), default=0)
    yield from map(_missing, _jumps(numbers))
    yield from map(_missing, _before_the_first(numbers))
    yield from _unnumbered(clues.text, numbers, last)
    entries = list(_entries(clues.parts))
    yield from map(_missing, _against_the_contents(entries, clues.parts, last))
    if not numbers:
        yield from map(_missing, _broken(clues.text, last))


_Gap = tuple[int, str]  # the page before it, and what tells of it


def _missing(gap: _Gap) -> Problem:
    page, words = gap
    return problem("page_missing", page, f"{words}; a page of the report may be missing from the file")


def printed_numbers(clues: Clues) -> dict[int, int]:
    """Return the number printed at the head or foot of each page that has just one."""
    printed: dict[int, set[int]] = {}
    for block in clues.text.blocks:
        number = _number_of(block, clues) if block.kind == "furniture" else None
        if number is not None and block.page_first:
            printed.setdefault(block.page_first, set()).add(number)
    return {page: min(numbers) for page, numbers in printed.items() if len(numbers) == 1}


def _number_of(block: Block, clues: Clues) -> int | None:
    if beside := _BESIDE_A_TITLE.search(block.text):
        return int(beside[1] or beside[2])
    figures = _FIGURES.search(block.text) if len(block.text) <= _LONGEST_NUMBER else None
    return int(figures[0]) if figures and clues.has(block, "PAGE_NUMBER") else None


def _jumps(numbers: dict[int, int]) -> Iterator[_Gap]:
    for (page, number), (following, other) in pairwise(sorted(numbers.items())):
        if other - number > following - page:
            yield page, f"the printed page numbers jump from {number} to {other}"


def _unnumbered(text: Text, numbers: dict[int, int], last: int) -> Iterator[Problem]:
    """A page of text has no number where all others have: what stands at its foot or head may be lost."""
    figured, words = set(numbers), Counter[int]()
    for block in text.blocks:
        page = block.page_first or 0
        if block.kind != "furniture":
            words[page] += len(block.text.split())
        elif _FIGURES.search(block.text):
            figured.add(page)
    inner = range(min(numbers, default=last), last)
    bare = [page for page in inner if page not in figured and words[page] >= _FULL_PAGE]
    if len(bare) <= _MOST_UNNUMBERED and _EACH * len(bare) <= len(numbers):
        for page in bare:
            yield problem("page_unnumbered", page, f"page {page} has no printed number, and the others have")


def _before_the_first(numbers: dict[int, int]) -> Iterator[_Gap]:
    """A report counts its pages from 1 or leaves the cover out: no page has a number above its place."""
    first = min(numbers, default=0)
    agreeing = sum(number - page == numbers[first] - first for page, number in numbers.items())
    if agreeing >= _FEWEST and numbers[first] > first:
        yield 1, f"page {first} of the file is numbered {numbers[first]}"


def _entries(parts: Sequence[Part]) -> Iterator[tuple[str, int]]:
    """The entries of the contents that name a page, as far as the numbers rise."""
    highest = 0
    for part in parts:
        for block in part.blocks if part.kind == "contents" else ():
            entry = _PAGE_OF_ENTRY.search(block.text) if block.kind != "furniture" else None
            title = block.text[: entry.start()].rstrip(_LEADERS) if entry else ""
            if entry and any(map(str.isalpha, title)) and int(entry[1]) >= highest:
                highest = int(entry[1])
                yield id_form(title), highest


def _against_the_contents(entries: Sequence[tuple[str, int]], parts: Sequence[Part], last: int) -> Iterator[_Gap]:
    """Headings stand where the contents say, but for one gap; contents that are wrong throughout tell nothing."""
    known = _found(entries, parts)
    shifts = [shift for shift, _ in groupby(page - number for page, number in known)]
    if len(known) < _FEWEST or len(shifts) > _MOST_SHIFTS:
        return
    for (page, number), (following, other) in pairwise([(0, 0), *known]):
        if following - other < page - number:
            yield following - 1, f"the contents place on page {other} what stands on page {following}"
    if entries[-1][1] > last - shifts[-1]:
        yield last, f"the contents name page {entries[-1][1]}, and the last page is {last - shifts[-1]}"


def _found(entries: Sequence[tuple[str, int]], parts: Sequence[Part]) -> list[tuple[int, int]]:
    """The page of each entry's heading, where just one is found, and the page that the contents name."""
    places: dict[str, list[int]] = {}
    for part in parts:
        if part.title and part.heading and part.heading.page_first and part.kind != "contents":
            places.setdefault(id_form(part.title), []).append(part.heading.page_first)
    return [(places[title][0], number) for title, number in entries if len(places.get(title, ())) == 1]


def _broken(text: Text, last: int) -> Iterator[_Gap]:
    """Without printed numbers, a paragraph ends or begins in the middle of a sentence where a page does."""
    read = [block for block in text.reading if block.kind in ("text", "bullet")]
    ends = {block.page_last: block for block in read}
    begins = {block.page_first: block for block in reversed(read)}
    joined = {page for block in read for page in range(block.page_first or 0, block.page_last or 0)}
    for page in sorted(set(range(1, last + 1)) - joined):
        end, begin = ends.get(page), begins.get(page + 1)
        if end and _is_prose(end, text) and not _SENTENCE_ENDS.search(end.text):
            yield page, f"“… {end.text[-40:]}” is not continued on the next page"
        elif begin and begin.text[:1].islower() and _is_prose(begin, text):
            yield page, f"“{begin.text[:40]} …” begins in the middle of a sentence"


def _is_prose(block: Block, text: Text) -> bool:
    set_as_body = block.look[0] == text.layout.body_size and not block.all_bold
    return block.kind == "text" and set_as_body and len(block.text.split()) >= _PROSE
