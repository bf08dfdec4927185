"""The tables as analysts left them: what `respond`, `export` and `compare` work with.

A decision is found again by id; where the id is gone, by the words the program had printed or the analyst had put in
their place; where the words have changed, by the place on the page and half of the words. A finding that somebody
signed for never disappears because a later extraction missed it. What was rejected is left out only by its id or its
words: another item at the same place may be a good one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from extractor.decisions.matching import boxes_of, matched
from extractor.decisions.store import VERDICTS, Verdict, read_verdicts
from extractor.folding import id_form
from extractor.rulebook.dates import deadline_day
from extractor.tables.read import read_rows
from extractor.tables.schemas import SCHEMAS

Row = dict[str, Any]
Pair = tuple[Row, Verdict | None]  # a row as extracted, and the decision about it

_UNKNOWN = "unknown-"  # what the id of a report begins with whose front matter does not settle it
BY_ANALYST = "analyst"  # rule_id of an item that no rule found


def verified_findings(
    outputs: Path | str,
    report_id: str | None = None,
    verdicts: Path = VERDICTS,
    columns: Sequence[str] | None = None,
) -> list[Row]:
    """Return the findings of one report or of all, with analysts' decisions applied.

    Args:
        outputs: folder of the tables.
        report_id: one report; by default all.
        verdicts: the file of decisions.
        columns: only these, by default all.

    Raises:
        ValueError: the file of decisions cannot be read.
    """
    return _verified("findings", "finding", _with_findings, outputs, report_id, verdicts, columns)


def verified_gradings(
    outputs: Path | str,
    report_id: str | None = None,
    verdicts: Path = VERDICTS,
    columns: Sequence[str] | None = None,
) -> list[Row]:
    """Return the gradings of one report or of all, with analysts' decisions applied; see `verified_findings`."""
    return _verified("gradings", "grading", _with_gradings, outputs, report_id, verdicts, columns)


def _verified(
    table: str,
    subject: str,
    apply: Callable[[list[Row], Sequence[Verdict], _Report], list[Row]],
    outputs: Path | str,
    report_id: str | None,
    file: Path,
    columns: Sequence[str] | None,
) -> list[Row]:
    decided = _decisions_on(subject, outputs, file)
    rows = read_rows(table, outputs, report_id, columns)
    touched = [each for each in decided if report_id in (None, each) and read_rows("reports", outputs, each)]
    if not touched:
        return rows
    if columns and "report_id" not in columns:
        raise ValueError(f"ask for report_id among the columns of {table}")
    grouped = _rows_by_report(rows)
    for each in touched:
        whole = apply(read_rows(table, outputs, each), decided[each], _Report(outputs, each))
        grouped[each] = _only(columns, whole)
    return [row for each in sorted(grouped) for row in grouped[each]]


def _decisions_on(subject: str, outputs: Path | str, file: Path) -> dict[str, list[Verdict]]:
    """Return the decisions on findings or on gradings, by the names their reports have now."""
    return by_report(renamed([verdict for verdict in read_verdicts(file) if verdict.subject == subject], outputs))


def _rows_by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["report_id"], []).append(row)
    return grouped


def _only(columns: Sequence[str] | None, rows: list[Row]) -> list[Row]:
    return [{name: row[name] for name in columns} for row in rows] if columns else rows


def renamed(verdicts: Sequence[Verdict], outputs: Path | str) -> list[Verdict]:
    """Return the decisions with those on `unknown-<hash>` reports moved to the names that the reports have by now."""
    if not any(verdict.id.startswith(_UNKNOWN) for verdict in verdicts):
        return list(verdicts)
    names = {
        f"{_UNKNOWN}{row['sha256'][:12]}": row["report_id"]
        for row in read_rows("reports", outputs, columns=("report_id", "sha256"))
        if row["sha256"]
    }
    parts = [verdict.id.partition("/") for verdict in verdicts]
    return [
        replace(verdict, id=f"{names.get(report_id, report_id)}/{rest}")
        for verdict, (report_id, _, rest) in zip(verdicts, parts, strict=True)
    ]


def by_report(verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    """Return the decisions of each report, in order; of two about the same thing the later one."""
    grouped: dict[str, list[Verdict]] = {}
    for verdict in {verdict.key: verdict for verdict in verdicts}.values():
        grouped.setdefault(verdict.id.split("/", 1)[0], []).append(verdict)
    return grouped


class _Report:
    """What a changed row needs to know of its report, read only when asked for."""

    def __init__(self, outputs: Path | str, report_id: str) -> None:
        self.outputs, self.report_id = outputs, report_id

    @cached_property
    def published(self) -> str | None:
        """The day or month of publication."""
        return next((row["published"] for row in read_rows("reports", self.outputs, self.report_id)), None)

    @cached_property
    def families(self) -> dict[str, str | None]:
        """Question families of the report's headings."""
        rows = [row for table in ("gradings", "findings") for row in read_rows(table, self.outputs, self.report_id)]
        return {row["question"]: row["question_id"] for row in rows}


# what a decision does to a row ---------------------------------------------------------------------------------------


def _with_findings(rows: list[Row], verdicts: Sequence[Verdict], report: _Report) -> list[Row]:
    pairs = _in_order(rows, verdicts, report)
    kept = [_decided(row, verdict, report) for row, verdict in pairs if not _is_rejected(verdict)]
    concerns = {row["finding_id"] for row in kept if row["kind"] == "cause_of_concern"}
    for at, row in enumerate(kept):
        kept[at] = {**row, "order": at, "parent_id": row["parent_id"] if row["parent_id"] in concerns else None}
    return kept


def findings_and_verdicts(outputs: Path | str, report_id: str, verdicts: Path = VERDICTS) -> list[Pair]:
    """Return each finding of a report as extracted, with the decision on it, and those that only analysts have seen.

    Raises:
        ValueError: the file of decisions cannot be read.
    """
    decided = _decisions_on("finding", outputs, verdicts)
    rows: list[Row] = [dict(row) for row in read_rows("findings", outputs, report_id)]
    return _in_order(rows, decided.get(report_id, []), _Report(outputs, report_id))


def gradings_and_verdicts(outputs: Path | str, report_id: str, verdicts: Path = VERDICTS) -> list[Pair]:
    """Return each grading of a report as extracted, with the decision on it.

    Raises:
        ValueError: the file of decisions cannot be read.
    """
    decided = _decisions_on("grading", outputs, verdicts)
    rows: list[Row] = [dict(row) for row in read_rows("gradings", outputs, report_id)]
    found = matched(rows, decided.get(report_id, []), "grading_id")
    return [(row, found.get(at)) for at, row in enumerate(rows)]


def _in_order(rows: list[Row], verdicts: Sequence[Verdict], report: _Report) -> list[Pair]:
    found = matched(rows, verdicts)
    pairs = [(row, found.get(at)) for at, row in enumerate(rows)]
    used = set(map(id, found.values()))
    for verdict in verdicts:
        if id(verdict) not in used and verdict.verdict in ("accepted", "corrected", "added"):
            _insert(pairs, (_new_row(verdict, report), verdict))
    return pairs


def _is_rejected(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.verdict == "rejected"


def _decided(row: Row, verdict: Verdict | None, report: _Report) -> Row:
    """Return the row with the words, kind and question an analyst gave it."""
    if verdict is None:
        return row
    text, detail = _decided_words(row, verdict)
    question = verdict.question or row["question"]
    changed = {**row, "text": text, "detail": detail, "kind": verdict.kind or row["kind"], "question": question}
    if question != row["question"]:
        changed["question_id"] = report.families.get(question)
    if text != row["text"]:
        changed["limbs"] = [limb for limb in row["limbs"] or [] if id_form(limb) in id_form(text)]
    return changed | _deadline_left(changed, report)


def _decided_words(row: Row, verdict: Verdict) -> tuple[str, str | None]:
    """Return the text and detail of an item as the analyst left them."""
    same = verdict.verdict not in ("corrected", "added")  # only these carry words of their own
    text = (verdict.printed if same else verdict.text) or row["text"]
    return text, row["detail"] if same and id_form(text) == id_form(row["text"]) else verdict.detail or None


def _deadline_left(row: Row, report: _Report) -> Row:
    """Return the deadline of a row that was decided on; none where its words are no longer in the item."""
    words = id_form(" ".join(filter(None, (row["text"], row["detail"], row["stem"]))))
    if row["deadline"] and id_form(row["deadline"]) not in words:  # the analyst took it out
        return {"deadline": None, "deadline_on": None}
    return {"deadline_on": row["deadline_on"] or deadline_day(row["deadline"], report.published)}


def _new_row(verdict: Verdict, report: _Report) -> Row:
    """Return a row for an item that only an analyst has seen, or that a later extraction no longer finds."""
    boxes = boxes_of(verdict)
    pages = [int(box["page"]) for box in boxes] or ([int(verdict.page)] if verdict.page.isdigit() else [])
    return dict.fromkeys(SCHEMAS["findings"].names) | {
        "finding_id": verdict.id,
        "report_id": verdict.id.split("/", 1)[0],
        "kind": verdict.kind,
        "question": verdict.question or None,
        "question_id": report.families.get(verdict.question),
        "text": verdict.text or verdict.printed,
        "detail": verdict.detail or None,
        "limbs": [],
        "status": "new",
        "page_first": min(pages, default=None),
        "page_last": max(pages, default=None),
        "boxes": boxes or None,
        "rule_id": BY_ANALYST,
        "flags": [],
    }


def _insert(pairs: list[Pair], pair: Pair) -> None:
    """Put a row where it stands in the report: by its place, else at the end of its question, else last."""
    new, rows = pair[0], [row for row, _ in pairs]
    if new["page_first"]:
        before = [at for at, row in enumerate(rows) if row["page_first"] and _place(row) <= _place(new)]
    else:
        before = [at for at, row in enumerate(rows) if row["question"] == new["question"]] or [len(rows) - 1]
    pairs.insert(max(before, default=-1) + 1, pair)


def _place(row: Row) -> tuple[int, float]:
    boxes = [box["top"] for box in row["boxes"] or [] if box["page"] == row["page_first"]]
    return row["page_first"], min(boxes, default=0.0)


def _with_gradings(rows: list[Row], verdicts: Sequence[Verdict], _report: _Report) -> list[Row]:
    found = matched(rows, verdicts, "grading_id")
    return [_graded(row, found.get(at)) for at, row in enumerate(rows) if not _is_rejected(found.get(at))]


def _graded(row: Row, verdict: Verdict | None) -> Row:
    if verdict is None or verdict.verdict != "corrected":
        return row
    if verdict.text == "not graded":
        return {**row, "grade": None, "basis": "not_graded"}
    return {**row, "grade": verdict.text, "basis": "inspected" if row["basis"] == "not_graded" else row["basis"]}
