"""What became of the files of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.phrasing import pages

if TYPE_CHECKING:
    from extractor.models import Problem


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file."""

    source: str
    report_id: str
    status: str  # ok | partial | failed | duplicate
    findings: int = 0
    flagged: int = 0
    unchanged: bool = False
    message: str | None = None  # the first problem that matters


@dataclass(slots=True)
class Tally:
    """What became of all files of a run."""

    results: list[Result] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)  # paths behind which there was nothing
    carried_over: int = 0  # reports read by earlier rules, which the change of the rules does not concern
    passed_over: Mapping[str, int] = field(default_factory=dict)  # by suffix: files in folders that are no reports

    def count(self, status: str) -> int:
        """Return how many files came out with this status."""
        return sum(result.status == status for result in self.results)

    @property
    def reports(self) -> list[Result]:
        """Results but for duplicates."""
        return [result for result in self.results if result.status != "duplicate"]

    @property
    def findings(self) -> int:
        """Findings of all reports."""
        return sum(result.findings for result in self.reports)

    @property
    def flagged(self) -> int:
        """Findings with a flag."""
        return sum(result.flagged for result in self.reports)

    @property
    def unchanged(self) -> int:
        """Files that were skipped."""
        return sum(result.unchanged for result in self.results)

    @property
    def complete(self) -> bool:
        """Tell whether every path was found and every report is ok."""
        return not (self.nothing or self.count("failed") or self.count("partial"))


def gravest(problems: Sequence[Problem]) -> str | None:
    """Return the words of the gravest problem, with the page of a doubt, None where there are only notes."""
    for severity in ("error", "doubt"):
        for problem in problems:
            if problem.severity == severity:
                where = pages(problem.page, label=problem.page_label) if severity == "doubt" else ""
                return ", ".join(filter(None, (where, problem.message)))
    return None
