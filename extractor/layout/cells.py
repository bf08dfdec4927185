"""Cells of drawn tables: panels that have a neighbour of the same height beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.layout.frames import holds
from extractor.models import Line, Panel


def table_cells(panels: Sequence[Panel], lines_on: Mapping[int | None, Sequence[Line]]) -> dict[int, int]:
    """Return the cell of each line that stands in a drawn grid, by line number; the smallest cell that holds it."""
    rows: dict[tuple[int, int, int], list[Panel]] = {}
    for panel in panels:
        rows.setdefault((panel.box.page, round(panel.box.top / 2), round(panel.box.bottom / 2)), []).append(panel)
    cells = [panel.box for row in rows.values() if len({round(panel.box.x0) for panel in row}) > 1 for panel in row]
    cell_of: dict[int, int] = {}
    for number, cell in enumerate(sorted(cells, key=lambda box: -(box.x1 - box.x0) * (box.bottom - box.top))):
        cell_of.update((line.number, number) for line in lines_on.get(cell.page, ()) if holds(cell, line))
    return cell_of
