"""Where things stand on the page: body type, furniture, footnotes, boxes.

Nothing is removed. Each line is given a mark; the text layer reads on over what is marked `furniture` or `note`.
Thresholds are shares of the page or of the body type, so they hold for any page size and producer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractor.models import Box, Line, Page, Panel, Printed

_BAND = 0.12  # furniture stands in this share of the page's height at its top and foot
_REPEATS = 0.4  # on this share of the pages, the same words at the edge are furniture wherever the text begins
_EDGE_LINES = 4
_SMALL = 0.9  # of the body type: running heads and feet are smaller
_ALL_BOLD = 0.85  # share of the letters
_FOOTNOTE = re.compile(r"^(\d{1,3}|[*†‡§])(?!\d)\s*\S")
_PAGE_NUMBER = re.compile(r"^(page\s+)?(#|[ivxl]+)(\s*(of|/)\s*#)?$")
_CONTINUED = re.compile(r"^(?:\S+\s+){1,8}\(?(?:continued|cont\.?|cont[’']d)\)?$", re.I)
_COLUMN, _COLUMN_LINES = 120, 5  # points between the edges of two columns; lines that make an edge one
_TOUCH = 2.6  # points: panels this near are parts of one box
_SAME_SHADE = 16.0  # points: and so are panels of one colour with no more than a blank line between them
_PAGE_SIZED = 0.85
_NARROW = 300  # points: a box of this width may stand in another column on the next page
_RULE = 1.5  # points: a thinner filled strip is a line, a thicker one may be the shading between two paragraphs


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found out about the lines of one document, by line number."""

    body_size: float
    body_colour: int
    marks: dict[int, str]  # furniture | note; absent: part of the text
    box_of: dict[int, int]  # the box a line stands in; absent: none
    cell_of: dict[int, int]  # the table cell a line stands in, where a grid is drawn
    columns: dict[int, tuple[float, ...]]  # the left edges of the columns on each page, from the left

    def column_edge(self, box: Box) -> float:
        """Return the left edge of the column that a box stands in."""
        edges = self.columns.get(box.page, (box.x0,))
        return max((edge for edge in edges if edge <= box.x0 + 3), default=edges[0])


def plain_weight(printed: Printed) -> Printed:
    """Return the document with no line bold where nearly all are: such files have lost the weights of their fonts."""
    letters = sum(len(line.text) for line in printed.lines)
    if sum(len(line.text) for line in printed.lines if line.bold) < _ALL_BOLD * letters:
        return printed
    lines = (
        replace(line, bold=False, runs=tuple(replace(run, bold=False) for run in line.runs)) for line in printed.lines
    )
    return replace(printed, lines=tuple(lines))


def lay_out(printed: Printed) -> Layout:
    """Mark furniture and footnotes and put lines into boxes."""
    size, colour = _body_type(printed.lines)
    marks = {line.number: "furniture" for line in printed.lines if _is_artifact(line)}
    box_of: dict[int, int] = {}
    cell_of: dict[int, int] = {}
    if printed.medium == "pdf":
        by_page = {page: list(lines) for page, lines in groupby(printed.lines, key=lambda line: line.page)}
        heights = {page.number: page.height for page in printed.pages}
        marks |= _furniture(by_page, heights, size)
        boxed = _boxed(printed, marks)
        inside = {line.number for areas in boxed.values() for _, held in areas for line in held}
        for lines in by_page.values():
            marks |= _footnotes(
                [line for line in lines if line.number not in marks and line.number not in inside], size
            )
        box_of = _numbered(boxed, printed.lines, marks)
        cell_of = _cells(printed, by_page)
    return Layout(size, colour, marks, box_of, cell_of, _column_edges(printed.lines, marks, size))


def _is_artifact(line: Line) -> bool:
    """Marked as such by the file, blank, or a heading printed again where its text goes on."""
    return line.tag == "ARTIFACT" or not line.text.strip() or bool(_CONTINUED.match(line.text))


def _body_type(lines: Sequence[Line]) -> tuple[float, int]:
    sizes: Counter[tuple[float, int]] = Counter()
    for line in lines:
        if not line.bold:
            sizes[round(line.size * 2) / 2, line.colour] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else (12.0, 0)


def _column_edges(lines: Sequence[Line], marks: dict[int, str], size: float) -> dict[int, tuple[float, ...]]:
    """The left edges of the columns of each page; the first is the usual one of all left-hand or right-hand pages."""
    starts: dict[int, Counter[int]] = {}
    for line in lines:
        if line.box and line.number not in marks and abs(line.size - size) < 0.6:
            starts.setdefault(line.box.page, Counter())[round(line.box.x0)] += 1
    common = {page: sorted(x for x, n in count.items() if n > 2) for page, count in starts.items()}
    firsts: dict[int, Counter[int]] = {0: Counter(), 1: Counter()}
    for page, edges in common.items():
        firsts[page % 2].update(edges[:1])
    usual = firsts[0] + firsts[1]
    found = {}
    for page, count in starts.items():
        hand = (firsts[page % 2] or usual).most_common(1)
        first = hand[0][0] if hand else min(count)
        found[page] = (float(first), *_further_columns(first, [x for x in common[page] if count[x] > _COLUMN_LINES]))
    return found


def _further_columns(first: int, edges: Iterable[int]) -> Iterable[float]:
    for edge in edges:
        if edge - first >= _COLUMN:
            first = edge
            yield float(edge)


# furniture -----------------------------------------------------------------------------------------------------------


def _furniture(by_page: dict[int | None, list[Line]], heights: dict[int, float], body: float) -> dict[int, str]:
    edge_lines = [(line, key) for lines in by_page.values() for line, key in _at_the_edges(lines, heights)]
    counts = Counter(key for _, key in edge_lines)
    often = max(3.0, _REPEATS * len(by_page))
    sure = {
        line.number
        for line, key in edge_lines
        if counts[key] >= often and not _is_display(line, body, counts[key], by_page)
    }
    sure |= {
        line.number for line, key in edge_lines if _PAGE_NUMBER.match(key[1]) and (counts[key] > 1 or key[1] == "#")
    }
    sure |= _small_at_one_height(edge_lines, body, often)
    tops, foots = _text_area(by_page, sure, body)
    for line, (where, _) in edge_lines:
        outside = line.box is not None and (line.box.bottom <= tops if where == "top" else line.box.top >= foots)
        if outside and counts[where, _words(line)] >= 3 and not _is_display(line, body, 0, by_page):
            sure.add(line.number)
    return dict.fromkeys(sure, "furniture")


def _small_at_one_height(edge_lines: Sequence[tuple[Line, tuple[str, str]]], body: float, often: float) -> set[int]:
    """Small lines that stand at one height on many pages: running heads that change with the chapter."""
    places: dict[tuple[str, int], set[int]] = {}
    at: dict[int, tuple[str, int]] = {}
    for line, (where, _) in edge_lines:
        if line.box and line.size < _SMALL * body:
            at[line.number] = where, round(line.box.top / 2)
            places.setdefault(at[line.number], set()).add(line.box.page)
    return {number for number, place in at.items() if len(places[place]) >= max(often, 4)}


def _is_display(line: Line, body: float, count: int, by_page: dict[int | None, list[Line]]) -> bool:
    """Large type is a heading that happens to repeat, unless it is on most pages."""
    return line.size > 1.25 * body and count < 0.6 * len(by_page)


def _words(line: Line) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\d+", "#", line.text)).strip().lower()


def _at_the_edges(lines: list[Line], heights: dict[int, float]) -> Iterable[tuple[Line, tuple[str, str]]]:
    placed = sorted((line for line in lines if line.box), key=lambda line: line.box.top if line.box else 0)
    height = heights.get(lines[0].page or 0, 842.0)
    for line in placed[:_EDGE_LINES]:
        if line.box and line.box.bottom < _BAND * height:
            yield line, ("top", _words(line))
    for line in placed[-_EDGE_LINES:]:
        if line.box and line.box.top > (1 - _BAND) * height:
            yield line, ("foot", _words(line))


def _text_area(by_page: dict[int | None, list[Line]], marked: set[int], body: float) -> tuple[float, float]:
    """The highest first and the lowest last line of body type, over all pages."""
    tops, foots = [], []
    for lines in by_page.values():
        boxes = [line.box for line in lines if line.box and line.number not in marked and line.size > 0.95 * body]
        if boxes:
            tops.append(min(box.top for box in boxes))
            foots.append(max(box.bottom for box in boxes))
    return (min(tops), max(foots)) if tops else (0.0, 1e9)


# footnotes -----------------------------------------------------------------------------------------------------------


def _footnotes(lines: list[Line], body: float) -> dict[int, str]:
    """Mark the small lines at the foot of a page, from the first that opens with a footnote mark."""
    small: list[Line] = []
    for line in sorted((line for line in lines if line.box), key=lambda line: -line.box.top if line.box else 0):
        if line.size > 0.93 * body:
            break
        small.append(line)
    small.reverse()
    first = next((place for place, line in enumerate(small) if _FOOTNOTE.match(line.text)), None)
    return {} if first is None else {line.number: "note" for line in small[first:]}


# boxes ---------------------------------------------------------------------------------------------------------------


_Boxed = dict[int, list[tuple[Box, list[Line]]]]  # by page, from the top: each box with the lines in it


def _boxed(printed: Printed, marks: dict[int, str]) -> _Boxed:
    """The boxes of each page that hold lines of text."""
    sizes = {page.number: page for page in printed.pages}
    lines_on: dict[int, list[Line]] = {}
    for line in printed.lines:
        if line.box and line.number not in marks:
            lines_on.setdefault(line.box.page, []).append(line)
    found: _Boxed = {}
    for page, panels in groupby(
        sorted(printed.panels, key=lambda panel: panel.box.page), key=lambda panel: panel.box.page
    ):
        lines = lines_on.get(page, [])
        areas = [
            area
            for area, _ in _merge(
                [
                    (_stretched(panel, lines, sizes.get(page)), _shade(panel))
                    for panel in panels
                    if _is_box(panel, sizes.get(page))
                ]
            )
        ]
        inside = [(area, [line for line in lines if _holds(area, line)]) for area in areas]
        found[page] = sorted(((area, held) for area, held in inside if held), key=lambda pair: pair[0].top)
    return found


def _numbered(boxed: _Boxed, lines: Sequence[Line], marks: dict[int, str]) -> dict[int, int]:
    """The number of the box each line stands in; one that goes on in the next column or page keeps its number."""
    place = {line.number: n for n, line in enumerate(line for line in lines if line.number not in marks)}
    areas = [(area, [line for line in held if line.number in place]) for page in boxed.values() for area, held in page]
    areas = sorted(((area, held) for area, held in areas if held), key=lambda pair: pair[1][0].number)
    box_of: dict[int, int] = {}
    count = 0
    before: tuple[Box, Line] | None = None  # the box before and its last line
    for area, held in areas:
        first, last = held[0], held[-1]
        turned = before is not None and (before[0].page < area.page or before[0].top > area.top)
        next_to = before is not None and place[first.number] == place[before[1].number] + 1
        if not (before and turned and next_to and (_same_width(before[0], area) or _stacked(before[0], area))):
            count += 1
        box_of.update((line.number, count) for line in held if line.number not in box_of)
        before = area, last
    return box_of


def _is_box(panel: Panel, page: Page | None) -> bool:
    width, height = panel.box.x1 - panel.box.x0, panel.box.bottom - panel.box.top
    page_area = page.width * page.height if page else 595 * 842
    is_area = width > 40 and (height > 8 or (height > _RULE and width > 100 and panel.fill is not None))
    is_bar = width < 12 and height > 10
    return (is_area or is_bar) and width * height < _PAGE_SIZED * page_area


def _cells(printed: Printed, by_page: dict[int | None, list[Line]]) -> dict[int, int]:
    """The cell of each line in a drawn grid: panels that have a neighbour of the same height beside them."""
    cell_of: dict[int, int] = {}
    rows: dict[tuple[int, int, int], list[Panel]] = {}
    for panel in printed.panels:
        rows.setdefault((panel.box.page, round(panel.box.top / 2), round(panel.box.bottom / 2)), []).append(panel)
    cells = [panel.box for row in rows.values() if len({round(panel.box.x0) for panel in row}) > 1 for panel in row]
    for number, cell in enumerate(sorted(cells, key=lambda box: -(box.x1 - box.x0) * (box.bottom - box.top))):
        cell_of.update((line.number, number) for line in by_page.get(cell.page, []) if _holds(cell, line))
    return cell_of


def _stretched(panel: Panel, lines: list[Line], page: Page | None) -> Box:
    """A bar at the left of paragraphs counts as a box as wide as the text can be."""
    box = panel.box
    if box.x1 - box.x0 >= 12 or page is None:
        return box
    beside = any(
        line.box
        and box.top - 2 <= line.box.top
        and line.box.bottom <= box.bottom + 4
        and -2 < line.box.x0 - box.x1 < 40
        for line in lines
    )
    return Box(box.page, box.x0, box.top, max(box.x1, page.width - box.x0) if beside else box.x1, box.bottom)


def _shade(panel: Panel) -> tuple[int | None, int | None]:
    """The colour that a box is known by: its fill, or its edge when it has none."""
    return (panel.fill, None) if panel.fill is not None else (None, panel.border)


def _merge(areas: list[tuple[Box, tuple[int | None, int | None]]]) -> list[tuple[Box, tuple[int | None, int | None]]]:
    """Join panels that lie in one another, or that stand on one another with the same edges."""
    merged: list[tuple[Box, tuple[int | None, int | None]]] = []
    for box, shade in sorted(areas, key=lambda area: (area[0].top, area[0].x0, -area[0].bottom)):
        for place, (other, its_shade) in enumerate(merged):
            reach = _SAME_SHADE if shade == its_shade else _TOUCH
            if (
                _mostly_inside(box, other)
                or _mostly_inside(other, box)
                or (_stacked(box, other) and box.top - other.bottom <= reach)
            ):
                merged[place] = _union(box, other), shade
                break
        else:
            merged.append((box, shade))
    return merged if len(merged) == len(areas) else _merge(merged)


def _mostly_inside(inner: Box, outer: Box) -> bool:
    """Does at least nine tenths of one lie in the other (an edge is often drawn a little beside its shading)?"""
    width = min(inner.x1, outer.x1) - max(inner.x0, outer.x0)
    height = min(inner.bottom, outer.bottom) - max(inner.top, outer.top)
    area = (inner.x1 - inner.x0) * (inner.bottom - inner.top)
    return width > 0 and height > 0 and width * height >= 0.9 * area


def _stacked(one: Box, other: Box) -> bool:
    """Do two boxes of one page have nearly the same edges at left and right?"""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    return width >= 0.85 * max(one.x1 - one.x0, other.x1 - other.x0)


def _same_width(one: Box, other: Box) -> bool:
    """Can a box go on as that box of the next page or column? Margins may be mirrored."""
    width = one.x1 - one.x0
    return abs(width - (other.x1 - other.x0)) < 12 and (abs(one.x0 - other.x0) < 40 or width < _NARROW)


def _union(one: Box, other: Box) -> Box:
    return Box(
        one.page, min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom)
    )


def _holds(area: Box, line: Line) -> bool:
    if line.box is None:
        return False
    middle = (line.box.top + line.box.bottom) / 2
    return area.x0 - 3 <= line.box.x0 and line.box.x0 < area.x1 and area.top - 1 <= middle <= area.bottom + 1
