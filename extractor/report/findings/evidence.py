"""Which steps decided about a finding: where it begins and ends, what kind it is, which question it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.report.findings.clues import Clues
from extractor.report.findings.drafts import FindingDraft
from extractor.vocabulary import KIND_NAMES


@dataclass(frozen=True, slots=True)
class Evidence:
    """The names of the steps, as sentences to read."""

    begin: str
    end: str
    kind: str
    question: str


def evidence_of(item: FindingDraft, items: Sequence[FindingDraft], clues: Clues) -> Evidence:
    """Return which steps decided about one of the items of a document."""
    return Evidence(_begin(item), _end(item, items), _kind(item), _question(item, clues))


def _begin(item: FindingDraft) -> str:
    region = item.region
    return (
        f"the heading “{region.heading.text}” heads items: {region.begun_by}; "
        f"what stands below it is read as {region.read_by}; the item is told by {item.told_by}"
    )


def _end(item: FindingDraft, items: Sequence[FindingDraft]) -> str:
    own = [other for other in items if other.region is item.region]
    place = next(place for place, other in enumerate(own) if other is item)
    if place + 1 < len(own):
        return f"the next item begins, told by {own[place + 1].told_by}"
    return item.region.ended_by


def _kind(item: FindingDraft) -> str:
    name = KIND_NAMES[item.kind][0]
    if item.kind == item.region.kind:
        return f"{name}: rule {item.region.rule_id} matches the heading"
    return f"{name}: it asks for something below the heading of a {KIND_NAMES[item.region.kind][0]} ({item.rule_id})"


def _question(item: FindingDraft, clues: Clues) -> str:
    owner = clues.subjects.owner(item.place)
    if owner is None:
        return f"none: no section around “{clues.parts[item.place].title}” is a question that is known"
    title = clues.subjects.at(owner).title
    how = "the section it stands in" if owner == item.place else f"the section around “{clues.parts[item.place].title}”"
    known = "known from the crosswalk" if clues.parts[owner].question else "taken as printed, since it has a grade"
    return f"“{title}”: {how}, {known}"
