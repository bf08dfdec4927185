"""Is a PDF sound? What is said of its pages when they have been read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from types import ModuleType

from extractor.models import Page
from extractor.phrasing import shortened
from extractor.reading.pdf.content import Drawing, SetLine
from extractor.reading.pdf.font_letters import letter_faults
from extractor.reading.pdf.garbled import fault
from extractor.reading.pdf.lines import set_lines
from extractor.reading.pdf.record import Reading
from extractor.reading.pdf.revisions import outdated
from extractor.reading.pdf.streams import FileBytes
from extractor.reading.pdf.struck import struck_words
from extractor.reading.pdf.structure import Structure
from extractor.reading.pdf.wholeness import losses

_PICTURE_PAGE = 0.5  # share of a page that a picture covers when the page is a scan
_TRIES = 2  # pages on which the second reader may fail before it is asked no more
_FEW = 10  # characters: less is a stamp or page number, not a page's text
_OPENING = 70  # characters of words that are named
_FULLER = 1.02  # times the characters: the second reader has words that the first has not
_MOST_NAMED = 6  # files
_WORD = re.compile(r"\w{3,}")
_SAME_TEXT = 300  # characters: pages with fewer may well say the same


def name_inner_files(names: Sequence[str], file: FileBytes, reading: Reading) -> None:
    """Say which other files are inside, and that nothing else is in a portfolio."""
    if names:
        reading.problem("portfolio" if file.portfolio else "attachments", why=", ".join(names[:_MOST_NAMED]))


def name_damage(data: bytes, file: FileBytes, reading: Reading) -> None:
    """Say which pages draw from streams that are damaged."""
    if file.damaged:
        pages = second_reader().pages_with(data, file.damaged)
        reading.damaged = frozenset(pages)
        reading.problem("stream_damaged", pages[0] if pages else None, _pages(pages) if pages else "some page or other")


def name_older(data: bytes, structure: Structure | None, reading: Reading) -> None:
    """Say whether parts are shown as they were before a change."""
    count = outdated(data) if structure is None else 0  # an object that comes twice cannot be followed
    if count:
        reading.problem("older_version", why=str(count))


def name_letters(data: bytes, structure: Structure | None, file: FileBytes, reading: Reading) -> None:
    """Say which pages set words in fonts that say other letters than they draw, or not all."""
    for code, table, why in letter_faults(structure, file):
        pages = second_reader().pages_with(data, [table])
        where = _pages(pages) if pages else "some page or other"
        reading.problem(code, pages[0] if pages else None, f"{where} ({why})")


def name_losses(structure: Structure | None, file: FileBytes, reading: Reading) -> None:
    """Say what the file speaks of and has not; a page whose stream is damaged is named already."""
    for code, page, why in losses(structure, file.contents) if structure else ():
        if page not in reading.damaged:
            reading.problem(code, page, why)


def name_other_words(data: bytes, file: FileBytes, reading: Reading) -> None:
    """Say which pages give words as the meaning of glyphs that are not the words drawn."""
    pages = second_reader().pages_with(data, file.said_instead) if file.said_instead else []
    other = [page for page in pages if _other_words(data, page, reading)]
    if other:
        reading.problem("other_words_meant", other[0], _pages(other))


def _other_words(data: bytes, page: int, reading: Reading) -> bool:
    drawing = second_reader().draw_again(data, page)
    drawn = "".join("".join(line.text.split()) for line in set_lines(drawing)) if drawing else ""
    solid = unicodedata.normalize("NFKC", drawn)
    lines = [line.text for line in reading.lines if line.page == page]
    return any(word not in solid for line in lines for word in _WORD.findall(unicodedata.normalize("NFKC", line)))


def second_reader() -> ModuleType:
    """Return the second reader, which is slow to load and seldom needed."""
    from extractor.reading.pdf import fallback

    return fallback


# page by page --------------------------------------------------------------------------------------------------------


def taken_again(lines: list[SetLine], number: int, data: bytes, reading: Reading) -> list[SetLine]:
    """Return the page's lines as the second reader has them where the first lost words or sense; else as they are."""
    why = fault([line.text for line in lines])
    if why:
        return _better(lines, why, number, data, reading)
    if number in reading.damaged:
        again = _read_again(data, number)
        if _length(again) > _FULLER * _length(lines):
            reading.reread.append(number)
            return again
    return lines


def _better(lines: list[SetLine], why: str, number: int, data: bytes, reading: Reading) -> list[SetLine]:
    """Return the page's lines as the second reader has them, where those make sense; else note the page as lost."""
    reading.fault = reading.fault or why
    if len(reading.unreadable) < _TRIES or reading.reread:
        again = _read_again(data, number)
        if 2 * _length(again) > _length(lines) and not fault([line.text for line in again]):
            reading.reread.append(number)
            return again
    reading.unreadable.append(number)
    return lines


def _read_again(data: bytes, number: int) -> list[SetLine]:
    drawing = second_reader().draw_again(data, number)
    return set_lines(drawing) if drawing is not None else []


def _length(lines: Sequence[SetLine]) -> int:
    return sum(len(line.text) for line in lines)


def name_doubtful_words(lines: Sequence[SetLine], drawing: Drawing, number: int, reading: Reading) -> None:
    """Say what a page shows by annotations, or strikes through."""
    for code, words in (
        ("annotation_text", drawing.notes),
        ("annotation_unread", drawing.undrawn),
        ("struck_text", struck_words(lines, drawing, drawing.strokes)),
    ):
        if words:
            reading.problem(code, number, _opening(words))


def name_pictures(drawing: Drawing, number: int, reading: Reading) -> None:
    """Say where a page of text has pictures of print; of a page that is all picture the whole is said."""
    for x0, top, x1, bottom in drawing.printed:
        where = f"{round(x1 - x0)} by {round(bottom - top)} points, {round(top)} from the top"
        reading.problem("picture_of_text", number, where)


def _opening(words: Sequence[str]) -> str:
    opening = shortened(words[0], _OPENING)
    return f"“{opening}”" + (f" and {len(words) - 1} more" if len(words) > 1 else "")


# all pages -----------------------------------------------------------------------------------------------------------


def judge_pages(reading: Reading) -> None:
    """Say which pages hide words, have no text of their own or none that makes sense, are blank or come twice."""
    _name_hidden(reading)
    _name_shapes(reading)
    written = [page.number for page in reading.pages if page.characters >= _FEW]
    if not written:
        reading.problem("no_text_layer")
        return
    if 2 * len(reading.unreadable) > len(written):
        reading.problem("no_text_map", why=reading.fault)
        reading.lines = []
        return
    _name_pages(reading, range(written[0], written[-1]))
    _name_twice(reading)


def _name_pages(reading: Reading, written: range) -> None:
    """Say which pages are pictures or blank, and which were not read as the others; `written` is where text stands."""
    bare = [page for page in reading.pages if page.characters < _FEW]
    for code, numbers in (
        ("page_without_text", [page.number for page in bare if _is_picture(page)]),
        ("page_blank", [page.number for page in bare if _is_blank(page) and page.number in written]),
        ("ocr_text", reading.scanned),
        ("page_unreadable", reading.unreadable),
        ("page_reread", reading.reread),
    ):
        if numbers:
            reading.problem(code, numbers[0], why=_pages(numbers))


def _is_picture(page: Page) -> bool:
    return page.picture_share >= _PICTURE_PAGE


def _is_blank(page: Page) -> bool:
    """Tell whether a page was drawn and has neither words nor a picture of them."""
    return not page.characters and bool(page.width) and not _is_picture(page)


def _name_hidden(reading: Reading) -> None:
    """Say for each page what words it hides; no more than a note where they are seen elsewhere."""
    seen = {line.text for line in reading.lines}
    for page, group in groupby(reading.hidden, attrgetter("page")):
        texts = [line.text for line in group]
        lost = [text for text in texts if text not in seen]
        named = [*lost, *(text for text in texts if text in seen)]
        reading.problem("hidden_text", page, _opening(named), "" if lost else "note")


def _name_shapes(reading: Reading) -> None:
    if reading.by_shape:
        characters = " ".join(sorted(set("".join(reading.by_shape.values()))))
        pages = list(reading.by_shape)
        reading.problem("glyphs_by_shape", pages[0], f"{characters} on {_pages(pages)}")


def _name_twice(reading: Reading) -> None:
    first: dict[str, int] = {}
    for page, lines in groupby(reading.lines, attrgetter("page")):
        text = "\n".join(line.text for line in lines)
        if len(text) >= _SAME_TEXT and first.setdefault(text, page) != page:
            reading.problem("page_twice", page, str(first[text]))


def _pages(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them, e.g. `pages 3, 7 to 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return ("page " if len(numbers) == 1 else "pages ") + ", ".join(words)
