"""Running heads, feet and page numbers: what stands at the edge of many pages and is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from extractor.layout import thresholds
from extractor.layout.body_type import look_of
from extractor.layout.wording import Start, Wording
from extractor.models import Line

Pages = Mapping[int | None, Sequence[Line]]
Counts = Counter[tuple[str, str, float]]  # of edges with the same `Edge.key`; none for an absent one

LONE_NUMBER = "#"  # words of a line that is a figure and nothing else

_HEIGHT = 842.0  # points, where a page's measure is unknown
_FIGURES = re.compile(r"\d+")
_LONGEST_NUMBER = 4  # words: "page 3 of 20"


class Edge(NamedTuple):
    """A line that stands in the band at the top or foot of its page."""

    line: Line
    where: str  # top | foot
    words: str  # in small letters, every figure as #
    gap: float  # points to the next line towards the middle of the page; infinite where there is none

    @property
    def key(self) -> tuple[str, str, float]:
        """What its repetitions have in common: words in another size are a heading."""
        return self.where, self.words, look_of(self.line)[0]

    @property
    def height(self) -> tuple[str, int]:
        """The height it stands at, to two points."""
        return self.where, round(self.line.box.top / 2) if self.line.box else 0


def running_heads(pages: Pages, heights: Mapping[int, float], body_size: float, wording: Wording) -> dict[int, str]:
    """Return role `furniture` for running heads, feet and page numbers, by line number."""
    edges = [edge for lines in pages.values() for edge in at_the_edges(lines, heights)]
    counts = Counter(edge.key for edge in edges if edge.words != LONE_NUMBER)
    often = max(thresholds.REPEATS, thresholds.OFTEN * len(pages))
    numbers = _repeated(edges, counts, often, pages, body_size)
    numbers |= page_numbers(edges, counts, wording)
    numbers |= _small_at_one_height(edges, body_size, often)
    numbers |= _clear_at_one_height(edges, body_size, often)
    numbers |= _repeated_off_text(edges, counts, text_area(pages, numbers, body_size), pages, body_size)
    kept = {
        edge.line.number for edge in edges if edge.line.number in numbers and _heads_items(edge, body_size, wording)
    }
    return dict.fromkeys(numbers - kept, "furniture")


def _repeated(edges: Sequence[Edge], counts: Counts, often: float, pages: Pages, body_size: float) -> set[int]:
    """Lines whose words stand at the edge of many pages."""
    return {
        edge.line.number
        for edge in edges
        if counts[edge.key] >= often and not is_display(edge.line, body_size, counts[edge.key], len(pages))
    }


def _repeated_off_text(
    edges: Sequence[Edge], counts: Counts, area: tuple[float, float], pages: Pages, body_size: float
) -> set[int]:
    """Lines above or below the text of all pages whose words stand at the edge of a few."""
    return {
        edge.line.number
        for edge in edges
        if _is_outside(edge, *area)
        and counts[edge.key] >= thresholds.REPEATS
        and not is_display(edge.line, body_size, 0, len(pages))
    }


def _is_outside(edge: Edge, first: float, last: float) -> bool:
    box = edge.line.box
    return box is not None and (box.bottom <= first if edge.where == "top" else box.top >= last)


def _heads_items(edge: Edge, body_size: float, wording: Wording) -> bool:
    """Is it a heading by its words, and not in small print: items often begin at the top of a page?"""
    large = edge.line.size >= thresholds.BODY_OR_LARGER * body_size
    return large and wording.starts_own_block(edge.line.text) is Start.ALONE


def page_numbers(edges: Sequence[Edge], counts: Counts, wording: Wording) -> set[int]:
    """Return the lines that number their pages: in sequence with others, or at the place where others do.

    A lone number elsewhere, such as a year that ends a sentence at the foot of a page, is text.
    """
    numbering = [edge for edge in edges if _reads_as_number(edge, wording)]
    lone = [edge for edge in numbering if edge.words == LONE_NUMBER]
    in_sequence = _in_sequence(lone)
    places = {edge.height for edge in in_sequence}
    in_place = [edge for edge in lone if edge.height in places]  # those in sequence among them
    worded = [edge for edge in numbering if edge.words != LONE_NUMBER and counts[edge.key] > 1]
    return {edge.line.number for edge in (*in_place, *worded)}


def _reads_as_number(edge: Edge, wording: Wording) -> bool:
    return len(edge.words.split()) <= _LONGEST_NUMBER and wording.is_page_number(edge.line.text.strip())


def _in_sequence(lone: Sequence[Edge]) -> list[Edge]:
    """Return the numbers that are as far from their pages' own as another's, or the same."""
    offsets = Counter(_offset(edge.line) for edge in lone)
    return [edge for edge in lone if offsets[_offset(edge.line)] > 1 or _offset(edge.line) == 0]


def _offset(line: Line) -> int:
    """How far the number printed on a page is from the page's own."""
    return int(line.text.strip() if line.text.strip().isdecimal() else 0) - (line.page or 0)


def _small_at_one_height(edges: Sequence[Edge], body_size: float, often: float) -> set[int]:
    """Small lines that stand at one height on many pages: running heads that change with the chapter."""
    small = [edge for edge in edges if edge.line.size < thresholds.RUNNING_HEAD_SIZE * body_size]
    return _on_many_pages(small, often)


def _clear_at_one_height(edges: Sequence[Edge], body_size: float, often: float) -> set[int]:
    """Lines in the body's type that stand off from the text at one height, where no page has a line of its text."""
    looks: dict[tuple[str, int], set[tuple[float, bool, int]]] = {}
    near = {edge.height for edge in edges if edge.gap <= thresholds.CLEAR * edge.line.size}
    for edge in edges:
        looks.setdefault(edge.height, set()).add(look_of(edge.line))
    clear = [
        edge
        for edge in edges
        if edge.line.size <= thresholds.LARGER * body_size
        and not edge.line.bold
        and len(looks[edge.height]) == 1
        and edge.height not in near
        and edge.gap < inf
    ]
    return _on_many_pages(clear, often)


def _on_many_pages(edges: Sequence[Edge], often: float) -> set[int]:
    pages_at: dict[tuple[str, int], set[int | None]] = {}
    for edge in edges:
        pages_at.setdefault(edge.height, set()).add(edge.line.page)
    least = max(often, thresholds.ONE_HEIGHT)
    return {edge.line.number for edge in edges if len(pages_at[edge.height]) >= least}


def is_display(line: Line, body_size: float, count: int, pages: int) -> bool:
    """Say whether large type is a heading that happens to repeat; on most pages it is none."""
    return line.size > thresholds.DISPLAY * body_size and count < thresholds.MOST * pages


def _figures_alike(text: str) -> str:
    return " ".join(_FIGURES.sub("#", text).split()).lower()


def at_the_edges(lines: Sequence[Line], heights: Mapping[int, float]) -> Iterator[Edge]:
    """Yield the few lines of one page that stand in its bands at top and foot."""
    placed = sorted((line for line in lines if line.box), key=_top)
    height = heights.get(lines[0].page or 0, _HEIGHT)
    few = int(thresholds.EDGE_LINES)
    for place, line in enumerate(placed[:few]):
        if line.box and line.box.bottom < thresholds.EDGE * height:
            yield Edge(line, "top", _figures_alike(line.text), _gap(line, placed[place + 1 :]))
    for place, line in enumerate(placed[-few:], len(placed[:-few])):
        if line.box and line.box.top > (1 - thresholds.EDGE) * height:
            yield Edge(line, "foot", _figures_alike(line.text), _gap(line, placed[:place][::-1]))


def _top(line: Line) -> float:
    return line.box.top if line.box else 0.0


def _gap(line: Line, inwards: Sequence[Line]) -> float:
    """How far away the next line is that stands on another level."""
    away = (abs(_top(other) - _top(line)) for other in inwards)
    return next((distance for distance in away if distance > thresholds.LEVEL * line.size), inf)


def text_area(pages: Pages, furniture: set[int], body_size: float) -> tuple[float, float]:
    """Return the top of the highest and the bottom of the lowest line of body type, over all pages."""
    tops, feet = [], []
    for lines in pages.values():
        boxes = [
            line.box
            for line in lines
            if line.box and line.number not in furniture and line.size > thresholds.BODY_OR_LARGER * body_size
        ]
        if boxes:
            tops.append(min(box.top for box in boxes))
            feet.append(max(box.bottom for box in boxes))
    return (min(tops), max(feet)) if tops else (0.0, 1e9)
