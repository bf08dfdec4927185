"""Painted paths to panels: the areas, boxes, table cells and bars that text stands in or beside.

Producers paint one box in many ways: one rectangle for each line of text (Word), four thin rectangles or lines for the
edges, one stroked rectangle. Pieces of one colour that touch are one area; rules that meet are the edges of cells.
A panel narrower than `THIN` is a bar or rule on its own, not an area.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import nlargest
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeVar

from extractor.models import Box, Panel
from extractor.reading.pdf.content import WHITE, Drawing, Shape

THIN = 6.0  # points
_TOUCH = 1.6  # points by which the pieces of one area may miss each other
_CORNER = 3.5  # points by which the rules of one box may miss each other at a corner
_SHORTEST_RULE = 12.0  # points; shorter strokes are parts of drawings
_MOST_POSITIONS = 60  # rules at more places, one way, are a chart's grid
_MOST_SHAPES = 2000  # on one page; the smaller ones beyond that belong to a drawing


Item = TypeVar("Item")


class _Rule(NamedTuple):
    """A straight rule: at `at` across its length, from `start` to `end`."""

    at: float
    start: float
    end: float
    colour: int


def panels_of(drawing: Drawing, page: int) -> list[Panel]:
    """Return the page's panels from the top down: areas, boxes, table cells, bars and rules on their own."""
    shapes = _on_page(drawing)
    areas = [shape for shape in shapes if not _lies(shape) and not _stands(shape)]
    fills = _merged_areas(Shape(*area[:4], area.fill, None) for area in areas if area.fill not in (None, WHITE))
    cells = _ruled_cells(shapes)
    frames = [Shape(*area[:4], None, area.edge) for area in areas if area.edge is not None] + cells + _wholes(cells)
    lone = _lone(shapes, cells)
    found = _framed(fills, frames) + lone
    found.sort(key=lambda shape: (shape.top, shape.x0, -shape.bottom))
    return [Panel(Box(page, *map(_rounded, shape[:4])), shape.fill, shape.edge) for shape in found]


def _rounded(side: float) -> float:
    return round(side, 2)


def _on_page(drawing: Drawing) -> list[Shape]:
    """Return each shape once, cut at the page's edges; of too many the largest."""
    shapes = [clipped for shape in dict.fromkeys(drawing.shapes) if (clipped := _clipped(shape, drawing)) is not None]
    return shapes if len(shapes) <= _MOST_SHAPES else nlargest(_MOST_SHAPES, shapes, key=_extent)


def _clipped(shape: Shape, drawing: Drawing) -> Shape | None:
    """Return the part on the page; None where there is none, or only a dot."""
    x0, top = max(shape.x0, 0.0), max(shape.top, 0.0)
    x1, bottom = min(shape.x1, drawing.width), min(shape.bottom, drawing.height)
    if x1 < x0 or bottom < top or max(x1 - x0, bottom - top) < _SHORTEST_RULE:
        return None
    return Shape(x0, top, x1, bottom, shape.fill, shape.edge)


def _extent(shape: Shape) -> float:
    return shape.x1 - shape.x0 + shape.bottom - shape.top


def _lies(shape: Shape) -> bool:
    return shape.bottom - shape.top <= THIN < shape.x1 - shape.x0


def _stands(shape: Shape) -> bool:
    return shape.x1 - shape.x0 <= THIN < shape.bottom - shape.top


def _colour(shape: Shape) -> int:
    return shape.fill if shape.fill is not None else shape.edge or 0


# areas ---------------------------------------------------------------------------------------------------------------


def _merged_areas(pieces: Iterable[Shape]) -> list[Shape]:
    """Join pieces of one colour that together make a rectangle, as long as any do."""
    areas = list(pieces)
    while len(areas) > 1:
        joined = _joined(_joined(areas, ("x0", "x1"), ("top", "bottom")), ("top", "bottom"), ("x0", "x1"))
        if len(joined) == len(areas):
            return joined
        areas = joined
    return areas


def _joined(areas: Sequence[Shape], same: tuple[str, str], along: tuple[str, str]) -> list[Shape]:
    """Join pieces with the same two sides `same` that follow each other in the direction of the sides `along`."""
    (near, far), (start, end) = map(attrgetter, same), map(attrgetter, along)
    result: list[Shape] = []
    for _, coloured in groupby(sorted(areas, key=_fill), key=_fill):
        for aligned in _alike(coloured, near):
            for column in _alike(aligned, far):
                column.sort(key=start)
                pieces = [[column[0]]]
                for area in column[1:]:
                    if start(area) <= max(map(end, pieces[-1])) + _TOUCH:
                        pieces[-1].append(area)
                    else:
                        pieces.append([area])
                result += map(_around, pieces)
    return result


def _fill(shape: Shape) -> int:
    return shape.fill or 0


def _alike(items: Iterable[Item], value: Callable[[Item], float]) -> list[list[Item]]:
    """Group the items whose values are the same but for a hair."""
    groups: list[list[Item]] = []
    for item in sorted(items, key=value):
        if groups and value(item) - value(groups[-1][0]) <= _TOUCH:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _around(shapes: Sequence[Shape]) -> Shape:
    return Shape(
        min(shape.x0 for shape in shapes),
        min(shape.top for shape in shapes),
        max(shape.x1 for shape in shapes),
        max(shape.bottom for shape in shapes),
        shapes[0].fill,
        shapes[0].edge,
    )


# boxes made of rules -------------------------------------------------------------------------------------------------


def _merged_rules(rules: Iterable[_Rule]) -> list[_Rule]:
    """Join rules on one line that touch or overlap."""
    result: list[_Rule] = []
    for line in _alike(rules, attrgetter("at")):
        line.sort(key=attrgetter("start"))
        result.append(line[0])
        for rule in line[1:]:
            last = result[-1]
            if rule.start <= last.end + _TOUCH:
                result[-1] = last._replace(end=max(last.end, rule.end))
            else:
                result.append(rule)
    return result


def _ruled_cells(shapes: Sequence[Shape]) -> list[Shape]:
    """Return the cells between the rules among the shapes."""
    across = _merged_rules(_Rule((s.top + s.bottom) / 2, s.x0, s.x1, _colour(s)) for s in shapes if _lies(s))
    down = _merged_rules(_Rule((s.x0 + s.x1) / 2, s.top, s.bottom, _colour(s)) for s in shapes if _stands(s))
    return _cells(across, down)


def _cells(across: Sequence[_Rule], down: Sequence[_Rule]) -> list[Shape]:
    """Return the smallest boxes with a rule on each side."""
    lefts, tops = _positions(down), _positions(across)
    if len(lefts) > _MOST_POSITIONS or len(tops) > _MOST_POSITIONS:
        return []
    cells = []
    for i, left in enumerate(lefts[:-1]):
        for j, top in enumerate(tops[:-1]):
            cell = _cell(left, top, lefts[i + 1 :], tops[j + 1 :], across, down)
            if cell is not None:
                cells.append(cell)
    return cells


def _positions(rules: Sequence[_Rule]) -> list[float]:
    positions: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not positions or at - positions[-1] > _CORNER:
            positions.append(at)
    return positions


def _cell(
    left: float,
    top: float,
    rights: Sequence[float],
    bottoms: Sequence[float],
    across: Sequence[_Rule],
    down: Sequence[_Rule],
) -> Shape | None:
    """Return the smallest ruled box with this corner at its top left; None when there is none."""
    for bottom in bottoms:
        wall = _covering(down, left, top, bottom)
        if wall is None:
            return None
        for right in rights:
            ceiling = _covering(across, top, left, right)
            if ceiling is None:
                break
            floor, other_wall = _covering(across, bottom, left, right), _covering(down, right, top, bottom)
            if floor is not None and other_wall is not None:
                return Shape(wall.at, ceiling.at, other_wall.at, floor.at, None, ceiling.colour)
    return None


def _covering(rules: Sequence[_Rule], at: float, start: float, end: float) -> _Rule | None:
    for rule in rules:
        if abs(rule.at - at) <= _CORNER and rule.start <= start + _CORNER and rule.end >= end - _CORNER:
            return rule
    return None


def _wholes(cells: Sequence[Shape]) -> list[Shape]:
    """Return the box around each group of cells that share an edge, where the group has more than one cell."""
    groups: list[list[Shape]] = []
    for cell in cells:
        touching = [group for group in groups if any(_adjoin(cell, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([cell, *(other for group in touching for other in group)])
    return [_around(group) for group in groups if len(group) > 1]


def _adjoin(one: Shape, other: Shape) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return min(wide, high) >= -_CORNER and max(wide, high) > _CORNER


def _lone(shapes: Sequence[Shape], cells: Sequence[Shape]) -> list[Shape]:
    """Return the bars and rules that are no cell's edge, as broad as they are painted."""
    result = []
    for shape in shapes:
        lies, stands = _lies(shape), _stands(shape)
        if (lies or stands) and not any(_is_edge(shape, cell, lies) for cell in cells):
            colour = _colour(shape)
            result.append(Shape(*shape[:4], colour, None))
    return _merged_areas(result)


def _is_edge(shape: Shape, cell: Shape, lies: bool) -> bool:
    """Does a rule run along a side of the cell, and not only up to its corner?"""
    if lies:
        at, along = (shape.top + shape.bottom) / 2, min(shape.x1, cell.x1) - max(shape.x0, cell.x0)
        return min(abs(at - cell.top), abs(at - cell.bottom)) <= _CORNER < along
    at, along = (shape.x0 + shape.x1) / 2, min(shape.bottom, cell.bottom) - max(shape.top, cell.top)
    return min(abs(at - cell.x0), abs(at - cell.x1)) <= _CORNER < along


# areas and their edges -----------------------------------------------------------------------------------------------


def _framed(fills: list[Shape], frames: list[Shape]) -> list[Shape]:
    """Give each frame the colour it encloses; an area that only its frame shows is not listed twice."""
    result: list[Shape] = []
    used: set[int] = set()
    for frame in frames:
        within = [fill for fill in fills if _encloses(fill, frame)]
        under = min(within, key=lambda fill: fill.bottom - fill.top) if within else None
        if under is not None and _encloses(frame, under):
            used.add(id(under))
        if under is not None or frame.edge != WHITE:
            result.append(frame._replace(fill=under.fill if under is not None else None))
    return [fill for fill in fills if id(fill) not in used] + result


def _encloses(outer: Shape, inner: Shape) -> bool:
    return (
        outer.x0 <= inner.x0 + _CORNER
        and outer.top <= inner.top + _CORNER
        and outer.x1 >= inner.x1 - _CORNER
        and outer.bottom >= inner.bottom - _CORNER
    )
