"""Frames: the boxes that a report prints round items, made of its panels; each line in one gets the frame's number."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import groupby

from extractor.layout import thresholds
from extractor.layout.rectangles import mostly_inside, stacked, union
from extractor.models import Box, Line, Page, Panel, Printed

Shade = tuple[int | None, int | None]  # fill, or the edge's colour where there is none
Framed = dict[int, list[tuple[Box, list[Line]]]]  # by page, from the top: each frame with the lines in it

_A4 = (595.0, 842.0)  # points, where a page's measure is unknown


def framed_lines(printed: Printed, roles: Mapping[int, str], body_size: float) -> Framed:
    """Return the frames of each page that hold lines of text."""
    pages = {page.number: page for page in printed.pages}
    lines_on = _text_by_page(printed.lines, roles)
    framed: Framed = {}
    for number, panels in groupby(sorted(printed.panels, key=_page_of), key=_page_of):
        lines, page = lines_on.get(number, []), pages.get(number)
        areas = [
            (_stretched(panel, lines, page, body_size), _shade(panel))
            for panel in panels
            if is_frame(panel, page, body_size)
        ]
        inside = [(area, [line for line in lines if holds(area, line)]) for area, _ in merged(areas, body_size)]
        framed[number] = sorted(((area, some) for area, some in inside if some), key=lambda pair: pair[0].top)
    return framed


def _text_by_page(lines: Sequence[Line], roles: Mapping[int, str]) -> dict[int, list[Line]]:
    """Return the lines of the text on each page."""
    lines_on: dict[int, list[Line]] = {}
    for line in lines:
        if line.box and line.number not in roles:
            lines_on.setdefault(line.box.page, []).append(line)
    return lines_on


def frame_numbers(
    framed: Framed, lines: Sequence[Line], roles: Mapping[int, str], pages: Sequence[Page], body_size: float
) -> dict[int, int]:
    """Return the frame of each line; one that goes on in the next column or page keeps its number."""
    place = {line.number: n for n, line in enumerate(line for line in lines if line.number not in roles)}
    widths = {page.number: page.width for page in pages}
    frame_of: dict[int, int] = {}
    count = 0
    before: tuple[Box, Line] | None = None  # the frame before and its last line
    for area, some in _in_order(framed, place):
        next_to = before is not None and place[some[0].number] == place[before[1].number] + 1
        width = widths.get(area.page, _A4[0])
        if not (before and next_to and goes_on(before[0], area, width, body_size)):
            count += 1
        frame_of.update((line.number, count) for line in some if line.number not in frame_of)
        before = area, some[-1]
    return frame_of


def _in_order(framed: Framed, text: Container[int]) -> list[tuple[Box, list[Line]]]:
    """Return all frames by their first lines, with those lines that are still part of the text."""
    areas = [(area, [line for line in some if line.number in text]) for page in framed.values() for area, some in page]
    return sorted(((area, some) for area, some in areas if some), key=lambda pair: pair[1][0].number)


def goes_on(before: Box, area: Box, page_width: float, body_size: float) -> bool:
    """Say whether a frame goes on as that one, in the next column or on the next page."""
    turned = before.page < area.page or before.top > area.top
    return turned and (_same_width(before, area, page_width, body_size) or stacked(before, area))


def _same_width(one: Box, other: Box, page_width: float, body_size: float) -> bool:
    """Margins may be mirrored, and a narrow frame may stand in another column."""
    width = one.x1 - one.x0
    alike = abs(width - (other.x1 - other.x0)) < thresholds.FRAME_GOES_ON * body_size
    near = abs(one.x0 - other.x0) < thresholds.MIRRORED * body_size
    return alike and (near or width < thresholds.NARROW * page_width)


def is_frame(panel: Panel, page: Page | None, body_size: float) -> bool:
    """Say whether a panel may frame text: an area, the shading between two paragraphs, or a bar beside some."""
    width, height = panel.box.x1 - panel.box.x0, panel.box.bottom - panel.box.top
    page_area = page.width * page.height if page else _A4[0] * _A4[1]
    is_area = width > thresholds.FRAME_WIDTH * body_size and height > thresholds.FRAME_HEIGHT * body_size
    is_strip = panel.fill is not None and height > thresholds.RULE * body_size and width > thresholds.STRIP * body_size
    is_bar = width < thresholds.BAR * body_size and height > thresholds.BAR_HEIGHT * body_size
    return (is_area or is_strip or is_bar) and width * height < thresholds.PAGE_SIZED * page_area


def _page_of(panel: Panel) -> int:
    return panel.box.page


def _stretched(panel: Panel, lines: Sequence[Line], page: Page | None, body_size: float) -> Box:
    """A bar at the left of paragraphs counts as a frame as wide as the text can be."""
    box = panel.box
    if page is None or box.x1 - box.x0 >= thresholds.BAR * body_size:
        return box
    beside = any(_stands_beside_bar(line, box, body_size) for line in lines)
    return Box(box.page, box.x0, box.top, max(box.x1, page.width - box.x0) if beside else box.x1, box.bottom)


def _stands_beside_bar(line: Line, bar: Box, body_size: float) -> bool:
    if line.box is None:
        return False
    level = bar.top - 2 <= line.box.top and line.box.bottom <= bar.bottom + 4
    return level and -2 < line.box.x0 - bar.x1 < thresholds.BESIDE_BAR * body_size


def _shade(panel: Panel) -> Shade:
    """The colour that a frame is known by: its fill, or its edge when it has none."""
    return (panel.fill, None) if panel.fill is not None else (None, panel.border)


def merged(areas: Sequence[tuple[Box, Shade]], body_size: float) -> Sequence[tuple[Box, Shade]]:
    """Join panels that lie in one another, or that stand on one another with the same sides."""
    joined: list[tuple[Box, Shade]] = []
    for box, shade in sorted(areas, key=lambda area: (area[0].top, area[0].x0, -area[0].bottom)):
        for place, (other, its_shade) in enumerate(joined):
            reach = (thresholds.BLANK_LINE if shade == its_shade else thresholds.TOUCHING) * body_size
            touching = stacked(box, other) and box.top - other.bottom <= reach
            if touching or mostly_inside(box, other) or mostly_inside(other, box):
                joined[place] = union(box, other), shade
                break
        else:
            joined.append((box, shade))
    return joined if len(joined) == len(areas) else merged(joined, body_size)


def holds(area: Box, line: Line) -> bool:
    """Say whether a line stands in an area: it begins there, and its middle is between top and bottom."""
    if line.box is None:
        return False
    middle = (line.box.top + line.box.bottom) / 2
    begins = area.x0 - thresholds.OVERHANG * line.size <= line.box.x0 < area.x1
    return begins and area.top - 1 <= middle <= area.bottom + 1
