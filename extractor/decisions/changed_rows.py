"""What one decision does to one row: the words, kind and question an analyst gave it, and what follows from them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from extractor.decisions.matching import boxes_of
from extractor.decisions.store import Verdict
from extractor.folding import id_form
from extractor.rulebook.dates import deadline_day
from extractor.tables.read import read_rows
from extractor.tables.schemas import SCHEMAS

Row = dict[str, Any]
BY_ANALYST = "analyst"  # rule_id of an item that no rule found


class ReportFacts:
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


def changed_finding(row: Row, verdict: Verdict | None, report: ReportFacts) -> Row:
    """Return a finding with the words, kind and question an analyst gave it."""
    if verdict is None or verdict.verdict == "rejected":
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


def _deadline_left(row: Row, report: ReportFacts) -> Row:
    """Return the deadline of a row that was decided on; none where its words are no longer in the item."""
    words = id_form(" ".join(filter(None, (row["text"], row["detail"], row["stem"]))))
    if row["deadline"] and id_form(row["deadline"]) not in words:  # the analyst took it out
        return {"deadline": None, "deadline_on": None}
    return {"deadline_on": row["deadline_on"] or deadline_day(row["deadline"], report.published)}


def new_finding(verdict: Verdict, report: ReportFacts) -> Row:
    """Return a finding for an item that only an analyst has seen, or that a later extraction no longer finds."""
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


def changed_grading(row: Row, verdict: Verdict | None) -> Row:
    """Return a grading with the grade an analyst gave it; `not graded` takes it out."""
    if verdict is None or verdict.verdict != "corrected":
        return row
    if verdict.text == "not graded":
        return {**row, "grade": None, "basis": "not_graded"}
    return {**row, "grade": verdict.text, "basis": "inspected" if row["basis"] == "not_graded" else row["basis"]}
