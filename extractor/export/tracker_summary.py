"""The first sheet of the tracker: what each report asks for and by when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import cast

from extractor.export.tracker_columns import Column, Row, day_shown
from extractor.export.tracker_items import last_day_shown
from extractor.export.tracker_sheets import Sheets
from extractor.response.last_day import deadline_of
from extractor.tables.rows import ReportRow

KIND_SHEETS = {
    "Areas for improvement": ("area_for_improvement",),
    "Causes of concern": ("cause_of_concern",),
    "Recommendations": ("recommendation",),
    "Practice": ("innovative_practice", "promising_practice"),
}


def summary_sheet(sheets: Sheets, tables: Mapping[str, Sequence[Row]], items: Sequence[Row]) -> None:
    """Write the first sheet: what each report asks for and by when."""
    sheet = sheets.book.add_worksheet("Summary")
    sheet.write_string(0, 0, "Inspection findings to answer", sheets.title)
    about = "One line per report. The sheet Tracker has one row per item; its yellow cells are for you to fill in."
    sheet.merge_range(1, 0, 1, 6, about, sheets.note)
    columns = [
        Column("Report", 30, lambda row: row["report_id"]),
        Column("Force", 22, lambda row: row["force_name"]),
        Column("Published", 16, lambda row: day_shown(row["published"]), is_date=True),
        Column("Last day for the response", 26, lambda row: row["due"], is_date=True),
        *(Column(name, 16, itemgetter(name)) for name in KIND_SHEETS),
        Column("Status of the extraction", 16, lambda row: row["status"]),
        Column("Problems to look at", 12, lambda row: row["problems"]),
    ]
    kinds = Counter((row["report_id"], row["kind"]) for row in items)
    problems = Counter(row["report_id"] for row in tables["problems"] if row["severity"] != "note")
    rows = [_counted(sheets.rules, report, kinds, problems) for report in tables["reports"]]
    for c, column in enumerate(columns):
        sheet.set_column(c, c, column.width)
        sheet.write_string(3, c, column.heading, sheets.head)
        for r, row in enumerate(rows, 4):
            sheets.cell(sheet, r, c, column, row)
    sheet.set_row(3, 28)
    sheet.freeze_panes(4, 1)
    sheet.autofilter(3, 0, 3 + len(tables["reports"]), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _counted(rules: Path, report: Row, kinds: Counter[tuple[str, str]], problems: Counter[str]) -> Row:
    """Return a report with its last day and how much of each kind it asks for."""
    name = report["report_id"]
    own = {sheet: sum(kinds[name, kind] for kind in shown) for sheet, shown in KIND_SHEETS.items()}
    due = last_day_shown(deadline_of(cast(ReportRow, report), rules))
    shown = {kind: f"at least {count}" for kind, count in own.items()} if problems[name] else own
    return {**report, "due": due, "problems": problems[name], **shown}
