"""The same item printed in two papers: which other paper prints it, and which of the two is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.folding import id_form
from extractor.tables.read import read_rows
from extractor.tables.rows import FindingRow, ReportRow
from extractor.vocabulary import ASKING_KINDS

_OF_FORCE = ("letter", "force", "specialist")  # papers about one force
OF_MANY = ("national", "joint")  # papers that many forces answer
_ALIKE = 90.0  # likeness, of 100, of two prints of one item; reworded items that were read for it stay below 80
_LEAST = 5  # words: shorter texts are alike by chance
_ADDRESSED = re.compile(r"^.{0,90}?\b(?:should|needs? to|must)\b")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where else an item is printed."""

    report: ReportRow
    page: int | None
    answered_there: bool  # of a force's own paper and one about many, the force's own is answered


def printed_elsewhere(
    report: ReportRow, findings: Sequence[FindingRow], force_id: str | None, outputs: Path | str
) -> dict[str, Elsewhere]:
    """Return which items of a report another paper prints too, by finding_id.

    A force's own papers are compared with those about many, and with letters to the force.
    """
    found: dict[str, Elsewhere] = {}
    for other in _others(report, force_id, outputs):
        rows = [row for row in read_rows("findings", outputs, other["report_id"]) if row["kind"] in ASKING_KINDS]
        for row in findings:
            twin = next((each for each in rows if _same(row, each)), None)
            if twin is not None and row["kind"] in ASKING_KINDS:
                there = report["kind"] in OF_MANY
                found.setdefault(row["finding_id"], Elsewhere(other, twin["page_first"], there))
    return found


def _others(report: ReportRow, force_id: str | None, outputs: Path | str) -> Iterator[ReportRow]:
    for other in read_rows("reports", outputs):
        if other["report_id"] == report["report_id"] or other["status"] == "failed":
            continue
        own = other["kind"] in _OF_FORCE and other["force_id"] == force_id is not None
        if report["kind"] in OF_MANY:
            fits = own
        else:
            accelerated = own and other["letter_type"] == "accelerated_cause_of_concern"
            fits = accelerated or other["kind"] in OF_MANY
        if fits:
            yield other


def _same(one: FindingRow, other: FindingRow) -> bool:
    from rapidfuzz import fuzz  # few papers are printed twice

    some, others = _demand(one["text"]), _demand(other["text"])
    return min(len(some.split()), len(others.split())) >= _LEAST and fuzz.ratio(some, others) >= _ALIKE


def _demand(text: str) -> str:
    """Return an item's words without whom it speaks to, which differs between two prints."""
    return _ADDRESSED.sub("", id_form(text), count=1).strip()
