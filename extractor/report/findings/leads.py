"""Items that are a lead sentence, bold or in a paragraph of its own, and what explains it: the lead eras."""

from __future__ import annotations

from enum import Enum

from extractor.layout.blocks import Block
from extractor.report.findings.clues import FULL_STOP, SENTENCE_END, Clues, lead_end
from extractor.report.findings.drafts import NEW, FindingDraft, Reading, Status, draft
from extractor.report.findings.facts import status_below, take_status
from extractor.report.findings.region import Region

_OPENS_LIST = (":", ";", "; and", "; or")


class LeadRole(Enum):
    """What a block is to the items of a lead era."""

    STATUS = "says of the items below it that they are carried forward"
    OWN_STATUS = "says of the item above it where it comes from"
    LEAD = "begins an item"
    MORE_LEAD = "goes on with the lead"
    DETAIL = "explains the item"


def read_leads(region: Region, clues: Clues) -> Reading:
    """Read leads and what explains each."""
    first = next(block for block in region.blocks if clues.may_be_item(block))
    bold = lead_end(first) is not None  # are leads told by bold type, or by their words?
    drafts: list[FindingDraft] = []
    status = NEW
    for block in region.blocks:
        role = role_of(block, drafts[-1] if drafts else None, clues, bold=bold)
        if role is LeadRole.STATUS:
            status = status_below(block, clues)
        elif role is LeadRole.OWN_STATUS:
            take_status(drafts[-1], block, clues)
        elif role is LeadRole.LEAD:
            drafts.append(_begun(region, clues, block, status, bold=bold))
        elif role is LeadRole.MORE_LEAD:
            drafts[-1].take(block)
        else:
            _explain(drafts[-1], block, bold=bold)
            take_status(drafts[-1], block, clues)
    return Reading(tuple(drafts))


def role_of(block: Block, item: FindingDraft | None, clues: Clues, *, bold: bool) -> LeadRole:
    """Say what a block is below the item before it."""
    if clues.tells_status(block):
        return LeadRole.STATUS if item is None or block.text.endswith(":") else LeadRole.OWN_STATUS
    if item is None:
        return LeadRole.LEAD
    if _goes_on(item, block, bold=bold):
        return LeadRole.MORE_LEAD
    begins = _is_next_bold_lead(block, item, clues) if bold else _is_next_sentence(block, item, clues)
    return LeadRole.LEAD if begins else LeadRole.DETAIL


def _begun(region: Region, clues: Clues, block: Block, status: Status, *, bold: bool) -> FindingDraft:
    item = draft(region, region.kind, clues, "bold type" if bold else "its words", status=status)
    item.take_lead(block, lead_end(block) if bold else None)
    if not bold:
        item.flags.add("lead_by_words")
    return item


def _explain(item: FindingDraft, block: Block, *, bold: bool) -> None:
    item.explain(block)
    if bold and lead_end(block) is not None and block.kind != "bullet":
        item.flags.add("bold_in_detail")


def _goes_on(item: FindingDraft, block: Block, *, bold: bool) -> bool:
    """Does a lead go on in the next block: bold words, or where bold cannot be told, the list it opens?"""
    if item.detail is not None or FULL_STOP.search(item.text):
        return False
    if bold:
        return block.all_bold and block.text[:1].islower()
    return block.kind == "bullet" and item.text.endswith(_OPENS_LIST)


def _is_next_bold_lead(block: Block, item: FindingDraft, clues: Clues) -> bool:
    """Bold words begin a further item; of areas for improvement only such as open like one."""
    if lead_end(block) is None or block.kind == "bullet":
        return False
    return item.kind != "area_for_improvement" or clues.opens_item(block)


def _is_next_sentence(block: Block, item: FindingDraft, clues: Clues) -> bool:
    """Under a plural heading without bold leads: a one-sentence paragraph that opens like an item is the next."""
    return (
        _is_plural(item.region.heading.text.lower())
        and item.detail is not None
        and clues.opens_item(block)
        and len(SENTENCE_END.findall(block.text)) <= 1
    )


def _is_plural(heading: str) -> bool:
    return heading.rstrip(":. ").endswith("s") or heading.startswith("areas")


def read_concerns(region: Region, told: tuple[Block, ...], clues: Clues) -> tuple[FindingDraft, ...]:
    """Read the words of a concern; in print with bold leads a further lead begins a further concern."""
    about = tuple(block for block in told if clues.is_about_items(block))
    told = tuple(block for block in told if block not in about)
    if not told:
        return ()
    led = lead_end(told[0]) is not None and (clues.leads or len(told) > 1)
    drafts = _led_concerns(region, told, clues) if led else [_one_concern(region, told, clues)]
    for line in about:
        take_status(drafts[0], line, clues)
    return tuple(drafts)


def _one_concern(region: Region, told: tuple[Block, ...], clues: Clues) -> FindingDraft:
    """Read all words below a heading as one concern."""
    concern = draft(region, region.kind, clues, "its heading")
    for block in told:
        _take_words(concern, block, explains=clues.leads)
    return concern


def _led_concerns(region: Region, told: tuple[Block, ...], clues: Clues) -> list[FindingDraft]:
    """Read concerns of which each has a bold lead and then what explains it."""
    drafts = [draft(region, region.kind, clues, "bold type")]
    for block in told:
        end = lead_end(block) if block.kind != "bullet" else None
        if end is None:
            _take_words(drafts[-1], block, explains=True)
            continue
        if drafts[-1].detail is not None:
            drafts.append(draft(region, region.kind, clues, "bold type"))
        drafts[-1].take_lead(block, end)
    return drafts


def _take_words(concern: FindingDraft, block: Block, *, explains: bool) -> None:
    """Add words below a lead to what explains it; the first words are the concern's own."""
    if concern.text_passages and explains:
        concern.explain(block)
    else:
        concern.take(block)


def has_bold_lead(region: Region) -> bool:
    """True when the first block is bold and the second is not."""
    first = region.blocks[0]
    return first.all_bold and len(region.blocks) > 1 and not region.blocks[1].all_bold
