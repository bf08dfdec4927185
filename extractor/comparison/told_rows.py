"""What comparing reads: reports, findings, gradings and problems, with analysts' decisions applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar

from extractor.decisions.apply import DecidedRows
from extractor.decisions.store import VERDICTS, Verdict, read_verdicts
from extractor.tables.read import read_rows

Row = Mapping[str, Any]
R = TypeVar("R", bound=Mapping[str, Any])

FINDINGS = (
    *("finding_id", "report_id", "kind", "question", "question_id", "order", "text", "detail", "parent_id", "stem"),
    *("deadline", "status", "origin_cycle", "page_first", "page_last", "page_label", "outcome", "outcome_sentence"),
)
GRADINGS = ("report_id", "level", "question", "question_id", "grade", "basis", "origin_cycle", "page")
_REPORTS = (
    *("report_id", "title", "force_id", "force_name", "cycle", "pillar", "published", "source"),
    *("kind", "status", "sent", "replies_to"),
)
_PROBLEMS = ("report_id", "stage", "severity", "page", "message")


class Told(Protocol):
    """Where comparing has its rows from."""

    @property
    def reports(self) -> Sequence[Row]:
        """The rows of all reports, in the order of their files."""

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """Analysts' decisions."""

    def findings_of(self, report_id: str) -> Sequence[dict[str, Any]]:
        """Return a report's findings, with the columns `FINDINGS`."""

    def gradings_of(self, report_id: str) -> Sequence[dict[str, Any]]:
        """Return a report's gradings, with the columns `GRADINGS`."""

    def problems_of(self, report_id: str) -> Sequence[Row]:
        """Return what the extraction of a report has to tell."""


@dataclass(frozen=True)
class ToldRows:
    """Rows that are at hand already, in order of report, and the verdicts on links."""

    reports: Sequence[Row]
    findings: Sequence[dict[str, Any]]  # with FINDINGS
    gradings: Sequence[dict[str, Any]]  # with GRADINGS
    problems: Sequence[Row]
    verdicts: Sequence[Verdict]

    def findings_of(self, report_id: str) -> Sequence[dict[str, Any]]:
        """Return a report's findings."""
        return self._findings.get(report_id, ())

    def gradings_of(self, report_id: str) -> Sequence[dict[str, Any]]:
        """Return a report's gradings."""
        return self._gradings.get(report_id, ())

    def problems_of(self, report_id: str) -> Sequence[Row]:
        """Return a report's problems."""
        return self._problems.get(report_id, ())

    @cached_property
    def _findings(self) -> dict[str, list[dict[str, Any]]]:
        return _by_report(self.findings)

    @cached_property
    def _gradings(self) -> dict[str, list[dict[str, Any]]]:
        return _by_report(self.gradings)

    @cached_property
    def _problems(self) -> dict[str, list[Row]]:
        return _by_report(self.problems)


class StoredRows:
    """Rows read from the tables when they are asked for: one force's comparison reads its own reports alone.

    Raises:
        ValueError: the file of verdicts cannot be read.
    """

    def __init__(self, outputs: Path | str, verdicts: Path = VERDICTS) -> None:
        self._outputs = outputs
        self.reports: Sequence[Row] = read_rows("reports", outputs, columns=_REPORTS)
        self.verdicts: Sequence[Verdict] = read_verdicts(verdicts)
        self._findings = DecidedRows("findings", outputs, verdicts)
        self._gradings = DecidedRows("gradings", outputs, verdicts)

    def findings_of(self, report_id: str) -> Sequence[dict[str, Any]]:
        """Return a report's findings."""
        return self._findings.of_report(report_id, FINDINGS)

    def gradings_of(self, report_id: str) -> Sequence[dict[str, Any]]:
        """Return a report's gradings."""
        return self._gradings.of_report(report_id, GRADINGS)

    def problems_of(self, report_id: str) -> Sequence[Row]:
        """Return a report's problems."""
        rows: Sequence[Row] = read_rows("problems", self._outputs, report_id, _PROBLEMS)
        return rows


def _by_report(rows: Iterable[R]) -> dict[str, list[R]]:
    grouped: dict[str, list[R]] = {}
    for row in rows:
        grouped.setdefault(row["report_id"], []).append(row)
    return grouped
