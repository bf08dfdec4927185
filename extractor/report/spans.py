"""A report as a spaCy Doc: its headings and findings as span groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.report.analysis import Analysis
from extractor.rulebook.matcher import make_doc

if TYPE_CHECKING:
    from spacy.tokens import Doc


def doc_of(analysis: Analysis) -> Doc:
    """Return the text of one report as a Doc, headings and findings as span groups (label: level or kind)."""
    starts: dict[int, int] = {}
    end = 0
    for block in analysis.text.reading:
        starts[block.number] = end
        end += len(block.text) + 1
    doc = make_doc("\n".join(block.text for block in analysis.text.reading))
    headings = [
        (part.heading, 0, len(part.heading.text), f"level {part.level}") for part in analysis.parts if part.heading
    ]
    items = analysis.answers.found.items if analysis.answers else ()
    findings = [(block, first, last, item.kind) for item in items for block, first, last in item.text_passages]
    for name, places in (("headings", headings), ("findings", findings)):
        spans = (
            doc.char_span(starts[block.number] + first, starts[block.number] + last, label, alignment_mode="expand")
            for block, first, last, label in places
        )
        doc.spans[name] = [span for span in spans if span is not None]
    return doc
