"""The workbook of the tracker, filled one report after another; each row is on its way to the disk before the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import xlsxwriter

from extractor.export.tracker_columns import ANSWERS, GRADINGS, ID, PRINTED
from extractor.export.tracker_filled import held_rows, marks_head, marks_row
from extractor.export.tracker_items import last_day_shown
from extractor.export.tracker_sheets import ItemSheet, Sheets
from extractor.export.tracker_summary import KIND_SHEETS, Summary
from extractor.response.last_day import Deadline
from extractor.tables.rows import ReportRow
from extractor.vocabulary import ASKING_KINDS

Row = Mapping[str, Any]
_OPTIONS = {
    **dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False),
    "constant_memory": True,
}
_MARKED = [column.heading for column in (*PRINTED, *ANSWERS) if column.value and not column.days_to]


class TrackerBook:
    """The sheets of the tracker: a summary, all items to answer, each kind of item, the grades.

    Args:
        path: where the workbook is written; it is complete when the book is left.
        rules: folder of rules.

    Raises:
        OSError: it cannot be written.
    """

    def __init__(self, path: Path, rules: Path) -> None:
        self._book = xlsxwriter.Workbook(str(path), _OPTIONS)
        self._book.set_properties({"created": datetime(2000, 1, 1)})  # no clock: same tables, same bytes
        self._sheets = Sheets(self._book, rules)
        self._summary = Summary(self._sheets)
        self._tracker = ItemSheet(self._sheets, "Tracker", [*PRINTED, *ANSWERS, ID])
        self._kinds = {name: ItemSheet(self._sheets, name, [*PRINTED, ID]) for name in KIND_SHEETS}
        self._gradings = ItemSheet(self._sheets, "Gradings", GRADINGS)
        self._held = [marks_head(_MARKED)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is None:
            for sheet in (self._tracker, *self._kinds.values(), self._gradings):
                sheet.end()
            self._summary.end()
            self._sheets.lists()
            self._sheets.held(self._held)
        self._book.close()

    def add(self, report: ReportRow, due: Deadline, items: Sequence[Row], problems: Sequence[Row]) -> None:
        """Write a report's line of the summary and its items."""
        kinds = Counter(row["kind"] for row in items)
        self._summary.add(report, last_day_shown(due), kinds, sum(row["severity"] != "note" for row in problems))
        for item in items:
            shown, named = self._sheets.shown(item, PRINTED), self._sheets.shown(item, [ID])
            if item["kind"] in ASKING_KINDS:
                self._ask(item, [*shown, *self._sheets.shown(item, ANSWERS), *named])
            for name, own in KIND_SHEETS.items():
                if item["kind"] in own:
                    self._kinds[name].add(item, [*shown, *named])

    def _ask(self, item: Row, shown: Sequence[Any]) -> None:
        """Write an item into the sheet that people fill in, and into the hidden one what stands there."""
        self._tracker.add(item, shown)
        printed = {column.heading: value for column, value in zip((*PRINTED, *ANSWERS), shown, strict=False)}
        self._held += [*held_rows(item), marks_row(item[ID.heading], [printed[heading] for heading in _MARKED])]

    def add_gradings(self, report: ReportRow | None, address: str | None, gradings: Sequence[Row]) -> None:
        """Write the grades of a report, which its address opens; of none where its own row is missing."""
        for row in gradings:
            joined = {**row, "report": report or {}, "address": address, "page_first": row["page"]}
            self._gradings.add(joined, self._sheets.shown(joined, GRADINGS))
