"""All items of one document: each region is read by the first reader that fits it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractor.folding import id_form
from extractor.layout.blocks import Block
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.findings.clues import Clues
from extractor.report.findings.concerns import read_concern
from extractor.report.findings.drafts import FindingDraft, Reading
from extractor.report.findings.leads import has_bold_lead, read_leads
from extractor.report.findings.lists import read_list, read_paragraphs
from extractor.report.findings.numbered import (
    is_grouped,
    is_numbered,
    is_retold,
    number_of_heading,
    read_grouped,
    read_numbered,
    retold,
)
from extractor.report.findings.printed_twice import once_each
from extractor.report.findings.recommendations import read_recommendations
from extractor.report.findings.region import Region
from extractor.report.findings.regions import find_regions
from extractor.report.findings.repeated_rows import without_repeated_rows


@dataclass(frozen=True, slots=True)
class FoundItems:
    """Every item of a document in reading order, the blocks they account for and what is to be said."""

    items: tuple[FindingDraft, ...]
    taken: frozenset[int]  # numbers of the blocks that some item or its frame accounts for
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """A way to part the blocks of a region into items."""

    name: str  # shown by `peel show --why`
    fits: Callable[[Region, Clues], bool]
    read: Callable[[Region, Clues, FindingDraft | None], Reading]


def _is_empty(region: Region, clues: Clues) -> bool:
    return not _items_of(region, clues)


def _items_of(region: Region, clues: Clues) -> list[Block]:
    """The blocks of a region but for lines that only tell the status of items."""
    return [block for block in region.blocks if clues.may_be_item(block)]


def _is_bulleted(region: Region, clues: Clues) -> bool:
    first = _items_of(region, clues)[0]
    return first.kind == "bullet" and not (clues.leads and has_bold_lead(region))


def _is_led(region: Region, clues: Clues) -> bool:
    if clues.leads or region.label in ("INN_HEADING", "PRO_HEADING", "EFF_HEADING"):
        return True
    blocks = _items_of(region, clues)
    return blocks[0].all_bold and len(blocks) > 1 and not blocks[1].all_bold


READERS = (
    Reader("a numbered recommendation", is_numbered, read_numbered),
    Reader("recommendations in groups", is_grouped, read_grouped),
    Reader("a concern and its recommendations", lambda region, _: region.label == "COC_HEADING",
           lambda region, clues, _: read_concern(region, clues)),
    Reader("recommendations of the concern before them", lambda region, _: region.label == "REC_HEADING",
           lambda region, clues, concern: read_recommendations(region, region.blocks, concern, clues)),
    Reader("nothing below the heading", _is_empty, lambda *_: Reading()),
    Reader("bullets of a list", _is_bulleted, lambda region, clues, _: read_list(region, clues)),
    Reader("leads and what explains them", _is_led, lambda region, clues, _: read_leads(region, clues)),
    Reader("paragraphs that open like items", lambda *_: True, lambda region, clues, _: read_paragraphs(region, clues)),
)  # fmt: skip


def reader_of(region: Region, clues: Clues) -> Reader:
    """Return the first reader that fits a region."""
    return next(reader for reader in READERS if reader.fits(region, clues))


def find_items(clues: Clues) -> FoundItems:
    """Find all items of one document."""
    found = find_regions(clues)
    items: list[FindingDraft] = []
    problems = list(found.problems)
    concern: FindingDraft | None = None
    topic: str | None = None
    for region in without_repeated_rows(found.regions, clues):
        if clues.numbered and is_retold(region, clues):
            problems.append(retold(region))
            continue
        concern = _concern_for(region, concern, clues)
        reader = reader_of(region, clues)
        region.read_by = reader.name
        reading = reader.read(region, clues, concern)
        problems += reading.problems
        items += reading.drafts
        concern = _concern_after(region, concern, reading, clues)
        _number(region, reading, clues)
        topic = topic_of(region, clues) or topic
        for item in reading.drafts:
            item.topic = item.topic or topic
        repeated = _repeated(region, items, clues)
        items = [item for item in items if item not in repeated]
        problems += _repeated_problems(region, repeated, clues)
        if region.at_foot and items:
            items[-1].flags.add("box_at_foot")
    if clues.numbered:
        kept, differing = once_each(items)
        return FoundItems(kept, found.taken, (*problems, *differing))
    return FoundItems(tuple(items), found.taken, tuple(problems))


def topic_of(region: Region, clues: Clues) -> str | None:
    """Return what a heading says its concern is about, where the concern itself has a heading below it."""
    below = region.heads_more
    if region.label != "COC_HEADING" or region.blocks or below is None or len(region.heading.text) <= len(below.text):
        return None
    label = clues.first(region.heading, "TOPIC_LABEL")
    return region.heading.text[label.end :].strip() if label else region.heading.text


def _number(region: Region, reading: Reading, clues: Clues) -> None:
    """Give the one item below a numbered heading its number."""
    if clues.numbered and len(reading.drafts) == 1 and reading.drafts[0].number is None:
        reading.drafts[0].number = number_of_heading(region.heading)


def _concern_for(region: Region, concern: FindingDraft | None, clues: Clues) -> FindingDraft | None:
    """The concern that recommendations of a region belong to: the last before them, in the same question."""
    if region.label != "REC_HEADING" or concern is None or concern.place == region.place:
        return concern
    if clues.numbered:
        return None
    return concern if clues.subjects.owner(concern.place) == clues.subjects.owner(region.place) else None


def _concern_after(region: Region, concern: FindingDraft | None, reading: Reading, clues: Clues) -> FindingDraft | None:
    if clues.numbered and region.label == "REC_HEADING" and not reading.drafts:
        return None  # a heading over all recommendations that follow
    if region.label == "COC_HEADING":
        return next((item for item in reversed(reading.drafts) if item.kind == "cause_of_concern"), None)
    return concern if region.label == "REC_HEADING" else None


def _repeated(region: Region, items: list[FindingDraft], clues: Clues) -> list[FindingDraft]:
    """Some reports print all items again in a closing summary: those are not counted twice."""
    if clues.numbered or clues.subjects.owner(region.place) is not None:
        return []
    before = {_likeness(item) for item in items if item.place != region.place}
    return [item for item in items if item.place == region.place and _likeness(item) in before]


def _likeness(item: FindingDraft) -> tuple[str, str]:
    return item.kind, id_form(item.text)


def _repeated_problems(region: Region, repeated: list[FindingDraft], clues: Clues) -> list[Problem]:
    if not repeated:
        return []
    title = clues.parts[region.place].title
    message = f"“{title}” prints {len(repeated)} of the report's items again; they are not counted twice"
    return [problem("items_repeated", region.heading.page_first, message)]
