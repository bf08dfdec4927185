"""The rows that are exported, one report after another, so that a thousand reports need no more room than one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.decisions.apply import DecidedRows
from extractor.decisions.store import VERDICTS
from extractor.errors import NoSuchReport
from extractor.tables import storage
from extractor.tables.read import read_rows
from extractor.tables.rows import ReportRow
from extractor.tables.schemas import PER_REPORT

Row = Mapping[str, Any]
OF_FORCES = ("links", "candidates", "fates")  # tables with one file per force


@dataclass(frozen=True, slots=True)
class ReportRows:
    """All that the tables hold of one report, with analysts' decisions applied."""

    report: ReportRow | None  # None: its own row is missing, since a run was ended there
    tables: Mapping[str, Sequence[Row]]


class ExportedRows:
    """The rows of the reports asked for; of all that could be read, where none are named.

    Raises:
        NoSuchReport: the tables hold none of them.
        BadDecisions: the file of decisions cannot be read.
    """

    def __init__(self, outputs: Path | str, reports: Iterable[str] = (), verdicts: Path = VERDICTS) -> None:
        self._outputs, self._asked = outputs, set(reports)
        rows = read_rows("reports", outputs)
        self._failed = {row["report_id"] for row in rows if row["status"] == "failed"}
        self._reports = {row["report_id"]: row for row in rows if row["status"] != "failed"}
        known = self._reports.keys()
        lost = self._asked - known
        if lost or not known:
            raise NoSuchReport(f"no report {', '.join(sorted(lost)) or 'at all'} in {outputs}; `peel extract` first")
        self._verified = {table: DecidedRows(table, outputs, verdicts) for table in ("findings", "gradings")}

    def __iter__(self) -> Iterator[ReportRows]:
        """Yield the reports in the order of their files."""
        for stem in sorted({name for table in PER_REPORT for name in self._files(table)}):
            report_id = stem.removesuffix(".parquet")
            if self._wanted(report_id):
                yield self._report(report_id)

    def _report(self, report_id: str) -> ReportRows:
        report = self._reports.get(report_id)
        tables: dict[str, Sequence[Row]] = {
            "reports": [report] if report else [],
            "findings": self._verified["findings"].of_report(report_id),
            "gradings": self._verified["gradings"].of_report(report_id),
        }
        tables |= {name: read_rows(name, self._outputs, report_id) for name in PER_REPORT if name not in tables}
        return ReportRows(report, tables)

    def of_forces(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield the rows of the tables of comparison as (table, rows of one force)."""
        for table in OF_FORCES:
            for name in sorted(self._files(table)):
                rows: list[Row] = read_rows(table, self._outputs, name.removesuffix(".parquet"))
                yield table, [row for row in rows if self._wanted(_report_of(row))]

    def earlier(self) -> dict[str, set[str]]:
        """Return the earlier findings that each finding repeats, as far as links say so."""
        earlier: dict[str, set[str]] = {}
        for link in read_rows("links", self._outputs, columns=("earlier_id", "later_id", "verdict")):
            if link["verdict"] != "rejected" and self._wanted(_report_of(link)):
                earlier.setdefault(link["later_id"], set()).add(link["earlier_id"])
        return earlier

    def _files(self, table: str) -> list[str]:
        folder = storage.join(storage.place(self._outputs), table)
        return [name for name in storage.names(folder) if name.endswith(".parquet")]

    def _wanted(self, report_id: str) -> bool:
        return report_id not in self._failed and (not self._asked or report_id in self._asked)


def _report_of(row: Row) -> str:
    """Return the report a row of a table of comparison belongs to."""
    return str(row.get("later_id") or row.get("finding_id") or "").split("/", 1)[0]
