"""The first sheet of the tracker: what each report asks for and by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from operator import itemgetter

from extractor.export.tracker_columns import Column, day_shown
from extractor.export.tracker_rows import RowSheet
from extractor.export.tracker_sheets import Sheets, height
from extractor.tables.rows import ReportRow

KIND_SHEETS = {
    "Areas for improvement": ("area_for_improvement",),
    "Causes of concern": ("cause_of_concern",),
    "Recommendations": ("recommendation",),
    "Practice": ("innovative_practice", "promising_practice"),
}
_COLUMNS = [
    Column("Report", 30, itemgetter("report_id")),
    Column("Force", 22, itemgetter("force_name")),
    Column("Published", 16, lambda row: day_shown(row["published"]), is_date=True),
    Column("Last day for the response", 26, itemgetter("due"), is_date=True),
    *(Column(name, 16, itemgetter(name)) for name in KIND_SHEETS),
    Column("Status of the extraction", 16, itemgetter("status")),
    Column("Problems to look at", 12, itemgetter("problems")),
]


_HEAD = 3  # row of the headings; above it stand the title and what the sheets are


class Summary:
    """The first sheet, a line for each report."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets, self._blanks, self._rows = sheets, sheets.blanks(_COLUMNS), 0
        self._sheet = sheet = sheets.book.add_worksheet("Summary", RowSheet)
        sheet.write_string(0, 0, "Inspection findings to answer", sheets.title)
        about = "One line per report. The sheet Tracker has one row per item; its yellow cells are for you to fill in."
        sheet.merge_range(1, 0, 1, 6, about, sheets.note)
        sheet.set_row(_HEAD, 28)
        for c, column in enumerate(_COLUMNS):
            sheet.set_column(c, c, column.width)
            sheet.write_string(_HEAD, c, column.heading, sheets.head)

    def add(self, report: ReportRow, due: date | str, kinds: Mapping[str, int], problems: int) -> None:
        """Write what a report asks for and by when: `due` is the last day or its range, `kinds` counts its items."""
        self._rows += 1
        own = {sheet: sum(kinds.get(kind, 0) for kind in shown) for sheet, shown in KIND_SHEETS.items()}
        counts = {sheet: _uncertain(count) for sheet, count in own.items()} if problems else own
        row = {**report, "due": due, "problems": problems, **counts}
        shown = self._sheets.shown(row, _COLUMNS)
        self._sheet.begin_row(_HEAD + self._rows, height(shown, _COLUMNS), self._blanks)
        self._sheets.fill(self._sheet, _HEAD + self._rows, _COLUMNS, shown)

    def end(self) -> None:
        """Set what holds for all lines, when the last one is written."""
        self._sheet.freeze_panes(_HEAD + 1, 1)
        self._sheet.autofilter(_HEAD, 0, _HEAD + self._rows, len(_COLUMNS) - 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)


def _uncertain(count: int) -> str:
    """Return a count of a report with doubts: more may be printed than was read."""
    return f"at least {count}" if count else "none read"
