"""Evidence of a concern that stands below its recommendations, under a heading of its own."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.report.findings.clues import Clues
from extractor.report.findings.drafts import FindingDraft
from extractor.report.sections import ITEM_LABELS


def explain_by_evidence(items: Sequence[FindingDraft], clues: Clues) -> None:
    """Add what stands below each heading of evidence to the detail of the concern before it."""
    concern: FindingDraft | None = None
    for block in clues.text.reading:
        if clues.is_heading(block):
            concern = _before(block.number, items) if clues.has(block, "EVIDENCE") else None
        elif concern is not None and not clues.has(block, *ITEM_LABELS):
            concern.explain(block)


def _before(number: int, items: Sequence[FindingDraft]) -> FindingDraft | None:
    told = [item for item in items if item.kind == "cause_of_concern" and item.region.heading.number < number]
    return told[-1] if told else None
