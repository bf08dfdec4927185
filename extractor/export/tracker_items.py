"""What a row of the tracker shows: an item with its report, grade, reference, drafts, answers and last day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from extractor.decisions.register import State
from extractor.response.draft_actions import draft_actions
from extractor.response.last_day import Deadline, answered_paper, deadline_of
from extractor.response.references import references
from extractor.tables.rows import FindingRow, GradingRow, ReportRow

Row = Mapping[str, Any]

_TIMES = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def tracker_items(tables: Mapping[str, Sequence[Row]], rules: Path, state: State) -> list[dict[str, Any]]:
    """Join each finding with what its row shows: report, grade, reference, drafts and the last day for the response."""
    items = []
    written, earlier = _written_drafts(tables), _earlier(tables)
    gradings_of, findings_of = _by_report(tables["gradings"]), _by_report(tables["findings"])
    for report in tables["reports"]:
        gradings = gradings_of.get(report["report_id"], [])
        findings = findings_of.get(report["report_id"], [])
        drafts = _drafts(findings, gradings, rules, written)
        for row in _with_report(report, findings, gradings, rules):
            joined = {
                "drafts": drafts.get(row["finding_id"], []),
                "answers": _answers(row["finding_id"], state),
                "seen": _seen(row["finding_id"], earlier),
            }
            items.append(row | joined)
    return items


def _written_drafts(tables: Mapping[str, Sequence[Row]]) -> dict[str, list[str]]:
    """Return the draft actions that responses were made with, by finding."""
    drafts: dict[str, list[str]] = {}
    for row in sorted(tables["actions"], key=lambda row: row["order"]):
        drafts.setdefault(row["finding_id"], []).append(row["text"])
    return drafts


def _drafts(
    findings: Sequence[Row], gradings: Sequence[Row], rules: Path, written: Mapping[str, list[str]]
) -> Mapping[str, list[str]]:
    """Return the draft actions of a report's findings: those written, or new ones where no response was made yet."""
    if any(row["finding_id"] in written for row in findings):
        return written
    drafted = draft_actions(findings, gradings, rules)
    return {item.finding_id: [action.text for action in item.actions] for item in drafted}


def _with_report(
    report: Row, findings: Sequence[Row], gradings: Sequence[Row], rules: Path
) -> Iterator[dict[str, Any]]:
    """Yield the findings of a report in order, each with its reference, its grade and what the law asks of it."""
    grades = {row["question"]: row["grade"] for row in gradings if row["level"] == "question"}
    refs = references(cast(list[GradingRow], gradings), cast(list[FindingRow], findings))
    due = deadline_of(cast(ReportRow, report), rules)
    for row in sorted(findings, key=lambda row: row["order"]):
        yield dict(row) | {
            "report": report,
            "ref": refs[row["finding_id"]],
            "parent_ref": refs.get(row["parent_id"] or ""),
            "grade": grades.get(row["question"]),
            "law": _law(row, report, due, rules),
            "due": last_day_shown(due),
        }


def _answers(finding_id: str, state: State) -> dict[str, str]:
    """Return what people answered to a finding, by column, without what they left empty."""
    return {name: entry.value for name, entry in state.get(finding_id, {}).items() if entry.value}


def _earlier(tables: Mapping[str, Sequence[Row]]) -> dict[str, set[str]]:
    """Return the earlier findings that each finding repeats, as far as links say so."""
    earlier: dict[str, set[str]] = {}
    for link in tables["links"]:
        if link["verdict"] != "rejected":
            earlier.setdefault(link["later_id"], set()).add(link["earlier_id"])
    return earlier


def _seen(finding_id: str, earlier: Mapping[str, set[str]]) -> str:
    """Say how often something was found: “third time since 2015”; "" where it was met for the first time."""
    found, waiting = {finding_id}, [finding_id]
    while waiting:
        new = earlier.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    years = sorted({name[:4] for name in found})
    count = len({name.split("/", 1)[0] for name in found})
    times = _TIMES[count] if count < len(_TIMES) else f"{count}th"
    return f"{times} time since {years[0]}" if count > 1 else ""


def tracker_gradings(tables: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    reports = {row["report_id"]: row for row in tables["reports"]}
    return [
        dict(row) | {"report": reports.get(row["report_id"], {}), "page_first": row["page"]}
        for row in tables["gradings"]
    ]


def _by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["report_id"], []).append(row)
    return found


def _law(row: Row, report: Row, due: Deadline, rules: Path) -> str:
    """Return whether section 55(5B) asks what was done about an item, or why not."""
    law = answered_paper(cast(ReportRow, report), rules).law
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
