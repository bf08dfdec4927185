"""Where things stand on the page: body type, running heads, footnotes, frames, cells, columns.

Nothing is removed. Each line may be given a role; the text reads on over what is `furniture`, `note` or `aside`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from extractor.layout import thresholds
from extractor.layout.asides import asides
from extractor.layout.body_type import body_type
from extractor.layout.cells import table_cells
from extractor.layout.columns import Edges, column_edges
from extractor.layout.footnotes import footnotes
from extractor.layout.frames import Framed, frame_numbers, framed_lines
from extractor.layout.running_heads import running_heads
from extractor.layout.side_by_side import split_sides
from extractor.layout.wording import Wording
from extractor.models import Box, Line, Printed

_LONGEST_HEADING = 60  # characters of a heading that is printed again; the rules are asked of few lines only
ARTIFACT = "ARTIFACT"  # the tag of what a file says is no part of its text


@dataclass(frozen=True, slots=True)
class Layout:
    """What was made out about the lines of one document, by line number."""

    body_size: float  # points
    body_colour: int
    roles: dict[int, str]  # furniture | note | aside; absent: part of the text
    frame_of: dict[int, int]  # the frame a line stands in; absent: none
    cell_of: dict[int, int]  # the table cell a line stands in, where a grid is drawn
    columns: Edges
    place_of: dict[int, int] = field(default_factory=dict)  # lines that are read elsewhere than they were given
    right_of: dict[int, float] = field(default_factory=dict)  # how far right lines below each other reach, in points
    foot_of: dict[int, float] = field(default_factory=dict)  # where the lowest line of a page ends, in points

    def column_edge(self, box: Box) -> float:
        """Return the left edge of the column that a box stands in."""
        edges = self.columns.get(box.page, (box.x0,))
        reach = box.x0 + thresholds.IN_COLUMN * self.body_size
        return max((edge for edge in edges if edge <= reach), default=edges[0])


def lay_out(printed: Printed, wording: Wording | None = None) -> Layout:
    """Give lines their roles and put them into frames, cells and columns."""
    wording = wording or Wording()
    size, colour = body_type(printed.lines)
    roles = {line.number: "furniture" for line in printed.lines if _is_furniture(line, wording)}
    if printed.medium != "pdf":
        return Layout(size, colour, roles, {}, {}, {})
    lines_on = {page: list(lines) for page, lines in groupby(printed.lines, key=lambda line: line.page)}
    roles |= running_heads(lines_on, {page.number: page.height for page in printed.pages}, size, wording)
    for lines in lines_on.values():
        roles |= asides([line for line in lines if line.number not in roles], size)
    framed = framed_lines(printed, roles, size)
    roles |= _notes(lines_on, framed, roles, size)
    frames = frame_numbers(framed, printed.lines, roles, printed.pages, size)
    sides = split_sides(printed.lines, frames, wording)
    cells = table_cells(printed.panels, lines_on)
    columns = column_edges(printed.lines, roles, size)
    frames |= sides.frame_of
    reach, feet = right_edges(printed.lines, frames), lowest_edges(printed.lines, roles)
    return Layout(size, colour, roles, frames, cells, columns, sides.place_of, reach, feet)


def lowest_edges(lines: Sequence[Line], roles: Mapping[int, str]) -> dict[int, float]:
    """Return where the lowest line of each page ends, notes and labels of figures among them, in points."""
    feet: defaultdict[int, float] = defaultdict(float)
    for line in lines:
        if line.box and roles.get(line.number) != "furniture":
            feet[line.box.page] = max(feet[line.box.page], line.box.bottom)
    return feet


def right_edges(lines: Sequence[Line], frames: Mapping[int, int]) -> dict[int, float]:
    """Return how far the lines reach that begin at the same edge, in one frame of a page; by line number, in points."""
    reach: defaultdict[Hashable, float] = defaultdict(float)
    key_of: dict[int, tuple[Hashable, ...]] = {}
    for line in lines:
        if line.box:
            key = (line.page, frames.get(line.number), round(line.box.x0))
            key_of[line.number] = key
            reach[key] = max(reach[key], line.box.x1)
    return {number: reach[key] for number, key in key_of.items()}


def _is_furniture(line: Line, wording: Wording) -> bool:
    """Marked as such by the file, blank, or a heading printed again where its text goes on."""
    if line.tag == ARTIFACT or not line.text.strip():
        return True
    return len(line.text) <= _LONGEST_HEADING and wording.is_continued(line.text)


def _notes(
    lines_on: dict[int | None, list[Line]], framed: Framed, roles: dict[int, str], size: float
) -> dict[int, str]:
    """The footnotes of all pages; small print in a frame is none."""
    inside = {line.number for areas in framed.values() for _, some in areas for line in some}
    notes: dict[int, str] = {}
    for lines in lines_on.values():
        notes |= footnotes([line for line in lines if line.number not in roles and line.number not in inside], size)
    return notes
