"""What analysts decided as a measure of the rules, and as drafts of gold answers.

A decision says what is printed; it holds when the tables, as extracted, say the same. A report on which everything was
decided is a draft of a gold answer: somebody who knows the report still has to read it against the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from extractor.decisions.apply import (
    by_report,
    findings_and_verdicts,
    gradings_and_verdicts,
    renamed,
    verified_findings,
    verified_gradings,
)
from extractor.decisions.changed_rows import BY_ANALYST
from extractor.decisions.store import VERDICTS, Verdict, read_verdicts
from extractor.quality.scoring import FACTS, folded
from extractor.tables.read import read_rows

Row = Mapping[str, Any]


@dataclass(slots=True)
class Held:
    """How the decisions on one report compare with its tables."""

    report_id: str
    holding: int = 0
    differing: list[str] = field(default_factory=list)
    undecided: int = 0
    gold: dict[str, Any] | None = None  # a draft, where nothing is undecided

    def as_text(self) -> str:
        """Return it as lines to read."""
        draft = "decided in full: --json prints a draft of its gold" if self.gold else f"{self.undecided} undecided"
        head = f"{self.report_id}: {self.holding} decisions hold, {len(self.differing)} differ, {draft}"
        return "\n  ".join([head, *self.differing])


def against_verdicts(outputs: Path | str, verdicts: Path = VERDICTS) -> list[Held]:
    """Return, for each report of the tables that somebody has reviewed, what holds, what differs, and a draft of gold.

    Raises:
        ValueError: the file of decisions cannot be read.
    """
    decided = by_report(renamed([each for each in read_verdicts(verdicts) if each.subject != "link"], outputs))
    reports = {row["report_id"]: row for row in read_rows("reports", outputs)}
    return [_held(reports[name], decided[name], outputs, verdicts) for name in sorted(decided) if name in reports]


def _held(report: Row, decided: list[Verdict], outputs: Path | str, verdicts: Path) -> Held:
    held = Held(report["report_id"])
    findings = findings_and_verdicts(outputs, report["report_id"], verdicts)
    gradings = gradings_and_verdicts(outputs, report["report_id"], verdicts)
    for row, verdict in [*findings, *gradings]:
        if verdict is None:
            held.undecided += 1
        elif _holds(row, verdict):
            held.holding += 1
        else:
            held.differing.append(_told(row, verdict))
    met = {verdict.key for _, verdict in [*findings, *gradings] if verdict}
    held.holding += sum(each.verdict == "rejected" and each.key not in met for each in decided)
    if not held.undecided:
        held.gold = _gold(report, outputs, verdicts)
    return held


def _holds(row: Row, verdict: Verdict) -> bool:
    """Tell whether the tables, as extracted, say what the analyst says."""
    if verdict.verdict == "rejected" or row["rule_id"] == BY_ANALYST:
        return False
    if verdict.subject == "grading":
        return verdict.verdict == "accepted" or folded(verdict.text) == (row["grade"] or "not graded")
    wanted = {"text": verdict.text or verdict.printed, "kind": verdict.kind, "question": verdict.question}
    if verdict.verdict != "accepted":
        wanted["detail"] = verdict.detail
    return all(folded(value) in ("", folded(row[name])) for name, value in wanted.items())


def _told(row: Row, verdict: Verdict) -> str:
    page = f" (page {verdict.page})" if verdict.page else ""
    found = row["text"] if verdict.subject == "finding" else f"{row['question']}: {row['grade'] or 'not graded'}"
    if verdict.verdict == "rejected":
        return f"rejected, and still found: {found[:90]}{page}"
    wanted = verdict.text or verdict.printed
    if row["rule_id"] == BY_ANALYST:
        return f"not found: {wanted[:90]}{page}"
    return f"{verdict.verdict}: wanted {verdict.kind} “{wanted[:90]}”, found “{found[:90]}”{page}"


def _gold(report: Row, outputs: Path | str, verdicts: Path) -> dict[str, Any]:
    """Return a gold answer in the form of `corpus/gold`, from the verified tables."""
    gradings = verified_gradings(outputs, report["report_id"], verdicts)
    findings = verified_findings(outputs, report["report_id"], verdicts)
    names = {row["finding_id"]: f"f{number}" for number, row in enumerate(findings, 1)}
    same = ("question", "text", "detail", "stem", "limbs", "deadline", "status", "origin_cycle")
    return {
        "name": PurePath(report["source"]).stem,
        "report": {"title": report["title"], **{fact: report[column] for fact, column in FACTS.items()}},
        "gradings": [{name: row[name] for name in ("level", "question", "grade", "basis", "page")} for row in gradings],
        "findings": [
            {
                "id": names[row["finding_id"]],
                "type": row["kind"],
                "parent": names.get(row["parent_id"]),
                "page_start": row["page_first"],
                "page_end": row["page_last"],
                **{name: row[name] for name in same},
            }
            for row in findings
        ],
    }
