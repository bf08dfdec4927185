"""Running heads, feet and page numbers: what stands at the edge of many pages and is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from extractor.layout import thresholds
from extractor.layout.wording import Wording
from extractor.models import Line

Pages = Mapping[int | None, Sequence[Line]]
Edge = tuple[Line, str, str]  # a line, where it stands (top or foot), its words with every figure as #

_HEIGHT = 842.0  # points, where a page's measure is unknown
_LONGEST_NUMBER = 4  # words: "page 3 of 20"


def running_heads(pages: Pages, heights: Mapping[int, float], body_size: float, wording: Wording) -> dict[int, str]:
    """Return role `furniture` for running heads, feet and page numbers, by line number."""
    edges = [edge for lines in pages.values() for edge in at_the_edges(lines, heights)]
    counts = Counter((where, words) for _, where, words in edges)
    often = max(thresholds.REPEATS, thresholds.OFTEN * len(pages))
    numbers = {
        line.number
        for line, where, words in edges
        if counts[where, words] >= often and not is_display(line, body_size, counts[where, words], len(pages))
    }
    numbers |= {
        line.number for line, where, words in edges if _is_page_number(line, words, counts[where, words], wording)
    }
    numbers |= _small_at_one_height(edges, body_size, often)
    first, last = text_area(pages, numbers, body_size)
    for line, where, words in edges:
        outside = line.box is not None and (line.box.bottom <= first if where == "top" else line.box.top >= last)
        repeats = counts[where, words] >= thresholds.REPEATS
        if outside and repeats and not is_display(line, body_size, 0, len(pages)):
            numbers.add(line.number)
    return dict.fromkeys(numbers, "furniture")


def _is_page_number(line: Line, words: str, count: int, wording: Wording) -> bool:
    is_number = len(words.split()) <= _LONGEST_NUMBER and wording.is_page_number(line.text.strip())
    return is_number and (count > 1 or words == "#")


def _small_at_one_height(edges: Sequence[Edge], body_size: float, often: float) -> set[int]:
    """Small lines that stand at one height on many pages: running heads that change with the chapter."""
    pages_at: dict[tuple[str, int], set[int]] = {}
    place_of: dict[int, tuple[str, int]] = {}
    for line, where, _ in edges:
        if line.box and line.size < thresholds.RUNNING_HEAD_SIZE * body_size:
            place_of[line.number] = where, round(line.box.top / 2)
            pages_at.setdefault(place_of[line.number], set()).add(line.box.page)
    least = max(often, thresholds.ONE_HEIGHT)
    return {number for number, place in place_of.items() if len(pages_at[place]) >= least}


def is_display(line: Line, body_size: float, count: int, pages: int) -> bool:
    """Large type is a heading that happens to repeat, unless it is on most pages."""
    return line.size > thresholds.DISPLAY * body_size and count < thresholds.MOST * pages


def _figures_alike(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\d+", "#", text)).strip().lower()


def at_the_edges(lines: Sequence[Line], heights: Mapping[int, float]) -> Iterator[Edge]:
    """Yield the few lines of one page that stand in its bands at top and foot."""
    placed = sorted((line for line in lines if line.box), key=lambda line: line.box.top if line.box else 0)
    height = heights.get(lines[0].page or 0, _HEIGHT)
    few = int(thresholds.EDGE_LINES)
    for line in placed[:few]:
        if line.box and line.box.bottom < thresholds.EDGE * height:
            yield line, "top", _figures_alike(line.text)
    for line in placed[-few:]:
        if line.box and line.box.top > (1 - thresholds.EDGE) * height:
            yield line, "foot", _figures_alike(line.text)


def text_area(pages: Pages, furniture: set[int], body_size: float) -> tuple[float, float]:
    """The highest first and the lowest last line of body type, over all pages."""
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
