"""What people did to a tracker beside filling it in: what must be put right first, what is put back or left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.export.tracker_columns import ANSWERS, ID, PRINTED
from extractor.export.tracker_filled import (
    HELD,
    SHEET,
    FilledCell,
    FilledRow,
    FilledTracker,
    mark,
    plain,
    without_result,
)
from extractor.export.tracker_summary import KIND_SHEETS

_TEXT = "Text as printed"
_KNOWN = {column.heading for column in (*PRINTED, *ANSWERS, ID)}
_SHEETS = {"Summary", SHEET, *KIND_SHEETS, "Gradings", "Lists", HELD}
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")
_SHOWN = 8  # places that a message names


def faults(filled: FilledTracker) -> Iterator[str]:
    """Say what must be put right before any answer of a tracker is taken: it would be lost, or another item's."""
    errors = [cell for row in filled.rows for cell in row.answers if plain(cell.value) in _ERRORS]
    if cells := [*errors, *without_result(filled)]:
        yield f"{_several(cells)}: a formula without a result; open and save the tracker in Excel, or type the answer"
    if nameless := [row for row in filled.rows if _is_nameless(row, filled)]:
        yield f"{_several(nameless)}: there are answers, but the {ID.heading} is not one of this tracker’s; put it back"
    if mixed := [row for row in filled.rows if _is_mixed(row, filled)]:
        yield f"{_several(mixed)}: the printed words are another finding’s; were some columns sorted alone? Undo that"


def remarks(filled: FilledTracker) -> Iterator[str]:
    """Say which printed cells were changed and are put back, and what else of people's work is not carried over."""
    if cells := [cell for row in filled.rows for cell in _changed(row, filled)]:
        yield f"{_several(cells)}: changed, but not for people to fill in; what is in the tables is put back"
    if cells := _in_own_columns(filled):
        yield f"{_several(cells)}: in no column of the tracker, so not carried over"
    if own := [f"“{name}”" for name in filled.sheets if name not in _SHEETS]:
        yield f"sheet {_several(own)}: none of the tracker’s, so not carried over"
    if filled.has_notes:
        yield "notes on cells are not carried over; what shall stay goes into the column Comment"
    if HELD not in filled.sheets:
        yield "its hidden sheet is gone, so nobody can tell whether printed cells were changed; they are put back"


def _is_nameless(row: FilledRow, filled: FilledTracker) -> bool:
    is_known = row.about in filled.marks if filled.marks else bool(row.about)
    return not is_known and any(plain(cell.value) for cell in row.answers)


def _is_mixed(row: FilledRow, filled: FilledTracker) -> bool:
    """Whether a row's words are those of another finding than its id names."""
    now = next((mark(cell.value) for cell in row.cells if cell.heading == _TEXT), "")
    own = filled.marks.get(row.about, {}).get(_TEXT, now)
    return now != own and any(marks.get(_TEXT) == now for marks in filled.marks.values())


def _changed(row: FilledRow, filled: FilledTracker) -> Iterator[FilledCell]:
    marks = filled.marks.get(row.about, {})
    return (cell for cell in row.cells if cell.heading in marks and marks[cell.heading] != mark(cell.value))


def _in_own_columns(filled: FilledTracker) -> list[FilledCell]:
    """Return the first cell with words of each column that people added or named otherwise."""
    cells = (cell for row in filled.rows for cell in row.cells if cell.heading not in _KNOWN and plain(cell.value))
    return list({cell.column: cell for cell in reversed([*cells])}.values())[::-1]


def _several(places: Sequence[object]) -> str:
    more = len(places) - _SHOWN
    return ", ".join(map(str, places[:_SHOWN])) + (f" and {more} more" if more > 0 else "")
