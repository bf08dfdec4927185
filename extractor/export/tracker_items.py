"""What a row of the tracker shows: an item with its report, grade, reference, drafts, answers and last day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, cast

from extractor.decisions.register import State
from extractor.response.last_day import Deadline, answered_paper
from extractor.response.references import references
from extractor.tables.rows import ActionRow, FindingRow, GradingRow, ReportRow

Row = Mapping[str, Any]

_TIMES = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


class TrackerItems:
    """Joins findings with what their rows show.

    Args:
        rules: folder of rules.
        state: what people answered.
        earlier: the earlier findings that each finding repeats.
    """

    def __init__(self, rules: Path, state: State, earlier: Mapping[str, Set[str]]) -> None:
        self.rules, self._state, self._earlier = rules, state, earlier

    def of_report(
        self,
        report: ReportRow,
        due: Deadline,
        address: str | None,
        findings: Sequence[Row],
        gradings: Sequence[Row],
        drafts: Sequence[ActionRow],
    ) -> list[dict[str, Any]]:
        """Return the findings of a report in order, with report, grade, reference, drafts, answers and last day."""
        drafted: dict[str, list[str]] = {}
        for action in drafts:
            drafted.setdefault(action["finding_id"], []).append(action["text"])
        law = answered_paper(report, self.rules).law
        return [
            {
                **row,
                "report": report,
                "address": address,
                "law": _law(row, law, due),
                "due": last_day_shown(due),
                "drafts": drafted.get(row["finding_id"], []),
                "answers": _answers(row["finding_id"], self._state),
                "seen": _seen(row["finding_id"], self._earlier),
            }
            for row in _with_references(findings, gradings)
        ]


def _with_references(findings: Sequence[Row], gradings: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield the findings of a report in order, each with its reference, its concern's and the grade it stands under."""
    grades = {row["question"]: row["grade"] for row in gradings if row["level"] == "question"}
    refs = references(cast(list[GradingRow], gradings), cast(list[FindingRow], findings))
    for row in sorted(findings, key=lambda row: row["order"]):
        yield {
            **row,
            "ref": refs[row["finding_id"]],
            "parent_ref": refs.get(row["parent_id"] or ""),
            "grade": grades.get(row["question"]),
        }


def _answers(finding_id: str, state: State) -> dict[str, str]:
    """Return what people answered to a finding, by column, without what they left empty."""
    return {name: entry.value for name, entry in state.get(finding_id, {}).items() if entry.value}


def _seen(finding_id: str, earlier: Mapping[str, Set[str]]) -> str:
    """Say how often something was found: “third time since 2015”; "" where it was met for the first time."""
    found, waiting = {finding_id}, [finding_id]
    while waiting:
        new = earlier.get(waiting.pop(), frozenset()) - found
        found |= new
        waiting += new
    years = sorted({name[:4] for name in found})
    count = len({name.split("/", 1)[0] for name in found})
    times = _TIMES[count] if count < len(_TIMES) else f"{count}th"
    return f"{times} time since {years[0]}" if count > 1 else ""


def _law(row: Row, law: str, due: Deadline) -> str:
    """Return whether section 55(5B) asks what was done about an item, or why not."""
    if row["kind"] != "recommendation":
        return "no"
    if law != "section_55":
        return "not settled" if law == "not_settled" else f"no: {law.replace('_', ' ')}"
    if due.before_the_act:
        return "no: before 2 May 2017"
    mixed = len({regime.statutory for regime in due.regimes}) > 1
    return "if of 2 May 2017 or later" if mixed else "yes, s.55(5B)"


def last_day_shown(due: Deadline) -> Any:
    """Return the one last day, or the words that give its range."""
    return due.last if due.exact else due.words[:1].upper() + due.words[1:]
