"""What comparing reads: reports, findings, gradings and problems, with analysts' decisions applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.decisions.apply import verified_findings, verified_gradings
from extractor.decisions.store import VERDICTS, Verdict, read_verdicts
from extractor.tables.read import read_rows

Row = Mapping[str, Any]

FINDINGS = (
    *("finding_id", "report_id", "kind", "question", "question_id", "order", "text", "detail", "parent_id", "stem"),
    *("deadline", "status", "origin_cycle", "page_first", "page_last", "outcome", "outcome_sentence"),
)
GRADINGS = ("report_id", "level", "question", "question_id", "grade", "basis", "origin_cycle", "page")
_REPORTS = (
    *("report_id", "title", "force_id", "force_name", "cycle", "pillar", "published", "source"),
    *("kind", "status", "sent", "replies_to"),
)
_PROBLEMS = ("report_id", "stage", "severity", "page", "message")


@dataclass(frozen=True, slots=True)
class ToldRows:
    """Rows of the tables in order of report, and the verdicts on links."""

    reports: Sequence[Row]
    findings: Sequence[dict[str, Any]]  # with FINDINGS
    gradings: Sequence[dict[str, Any]]  # with GRADINGS
    problems: Sequence[Row]
    verdicts: Sequence[Verdict]


def told_rows(outputs: Path | str, verdicts: Path = VERDICTS) -> ToldRows:
    """Return what the tables hold.

    Raises:
        ValueError: the file of verdicts cannot be read.
    """
    return ToldRows(
        read_rows("reports", outputs, columns=_REPORTS),
        verified_findings(outputs, None, verdicts, FINDINGS),
        verified_gradings(outputs, None, verdicts, GRADINGS),
        read_rows("problems", outputs, columns=_PROBLEMS),
        read_verdicts(verdicts),
    )
