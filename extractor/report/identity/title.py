"""The front of a document: the blocks of its cover, and the lines that are its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.layout import thresholds
from extractor.layout.blocks import Block, Text
from extractor.models import Printed
from extractor.report.identity.published import is_date_line
from extractor.rulebook.matcher import Labeller

_COVER_PAGES = 2
_FRONT_BLOCKS = 60
_BELOW = 5  # blocks from a web page's heading on: subtitle, force, date
_LONGEST = 60  # words of a line that may be part of a title
_WEB_HEADS = 2  # main headings of a web page that are its title


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the contents, and what of it is the title."""

    printed: Printed
    blocks: tuple[Block, ...]
    titles: tuple[str, ...]
    inspected: tuple[str, ...]  # what title lines say after `An inspection of`

    @property
    def web_titles(self) -> list[str]:
        """The titles that a web page bears besides its heading."""
        return web_titles(self.printed)

    @property
    def names(self) -> list[str]:
        """Every title, printed or not."""
        return [*self.titles, *self.web_titles]


def front_of(printed: Printed, text: Text, labels: Labeller) -> Front:
    """Return the front of a document."""
    blocks = front_blocks(printed, text, labels)
    titles = title_lines(blocks, text, printed, labels)
    lines = [*titles, *(_below_the_heading(blocks, labels) if printed.medium == "web" else ())]
    inspected = [after for line in lines if (after := inspection_of(line, labels))]
    return Front(printed, tuple(blocks), tuple(titles), tuple(inspected))


def inspection_of(line: str, labels: Labeller) -> str | None:
    """Return what stands after `An inspection of` in a line, "" where nothing does; None without it."""
    match = labels.first(line, "INSPECTION_OF") if _may_be_title(line) else None
    return line[match.end :].strip() if match else None


def web_titles(printed: Printed) -> list[str]:
    """Return the titles that a web page bears besides its heading."""
    return [value for key, value in printed.meta.items() if key.lower() in ("title", "h1", "og:title") and value]


def _below_the_heading(blocks: Sequence[Block], labels: Labeller) -> list[str]:
    """Return the line close below a web page's heading that says what was inspected, as a cover does."""
    heads = (place for place, block in enumerate(blocks) if block.lines[0].tag == "H1")
    start = next(heads, None)
    if start is None:
        return []
    return [block.text for block in blocks[start + 1 : start + _BELOW] if _opens_with_it(block, labels)][:1]


def front_blocks(printed: Printed, text: Text, labels: Labeller) -> list[Block]:
    """Return the cover and what follows it, up to the contents."""
    if printed.medium == "web":
        return [block for block in text.blocks if block.kind != "furniture"][:_FRONT_BLOCKS]
    first = printed.pages[0].number if printed.pages else 1
    cover = [block for block in text.blocks if block.page_first is not None and block.page_first < first + _COVER_PAGES]
    contents = (place for place, block in enumerate(cover) if labels.has(block.text, "CONTENTS"))
    return cover[: next(contents, len(cover))][:_FRONT_BLOCKS]


def title_lines(front: Sequence[Block], text: Text, printed: Printed, labels: Labeller) -> list[str]:
    """Return the printed lines of the title: the large type of the cover, or a web page's main heading."""
    if printed.medium == "web":
        return _main_headings(front, printed)
    if not any(is_large(block, text) for block in front):
        menus_first = text.reading[:_FRONT_BLOCKS]  # a web page printed to a file begins with its menus
        return [block.text for block in menus_first if is_large(block, text)][:1]
    cover = [block for block in front if block.page_first == front[0].page_first]
    return _up_to_the_force(_cover_titles(cover, text, labels), labels)


def _main_headings(front: Sequence[Block], printed: Printed) -> list[str]:
    """Return the main headings of a web page, or the title of its tab where it has none."""
    heads = [block.text for block in front if block.lines[0].tag == "H1"]
    return heads[:_WEB_HEADS] or [title.split(" - ")[0] for title in web_titles(printed)][:1]


def _cover_titles(cover: Sequence[Block], text: Text, labels: Labeller) -> list[str]:
    """Return the large lines of a cover, and a smaller one that says what was inspected where no large one does."""
    large = [block for block in cover if is_large(block, text)]
    parts = (part for block in large for part in _title_parts(block.text, labels))
    titles = [part for part in parts if not _is_no_title(part, labels)]
    if not any(inspection_of(title, labels) is not None for title in titles):
        titles += [block.text for block in cover if block.text not in titles and _opens_with_it(block, labels)][:1]
    return titles


def _up_to_the_force(titles: list[str], labels: Labeller) -> list[str]:
    """The title lines up to the one that names what was inspected: on a printed web page the text goes on below it."""
    for place, line in enumerate(titles):
        inspected = inspection_of(line, labels)
        if inspected is not None and place > 0:
            return titles[: place + 1 + (not inspected)]  # the name may stand on a line of its own
    return titles


def is_large(block: Block, text: Text) -> bool:
    """Say whether a block is set in the type of titles."""
    return block.look[0] > thresholds.LARGER * text.layout.body_size


def _may_be_title(line: str) -> bool:
    return line.count(" ") < _LONGEST


def _opens_with_it(block: Block, labels: Labeller) -> bool:
    match = labels.first(block.text, "INSPECTION_OF") if _may_be_title(block.text) else None
    return match is not None and match.start == 0


def _is_no_title(part: str, labels: Labeller) -> bool:
    """What stands on a cover beside the title: rights, addresses, the inspectorate, the date; and any full sentence."""
    match = labels.first(part, "NOT_TITLE") if _may_be_title(part) else None
    if (match is not None and match.start == 0) or part.endswith(".") or is_date_line(part, labels):
        return True
    stamp = labels.first(part, "STAMP", "PAGE_NUMBER") if _may_be_title(part) else None
    return stamp is not None and stamp.text == part


def _title_parts(words: str, labels: Labeller) -> list[str]:
    """Title lines that share one type are one block: part them where a new title line begins."""
    seams = sorted({0, len(words), *_seams(words, labels)})
    parts = (words[start:end].strip() for start, end in pairwise(seams))
    return [part for part in parts if part]


def _seams(words: str, labels: Labeller) -> Iterator[int]:
    for match in labels.matches(words, "TITLE_SEAM") if _may_be_title(words) else ():
        yield match.start if match.value == "before" else match.start + match.text.index(" ")
