"""Items that are bullets or paragraphs: the list eras."""

from __future__ import annotations

from extractor.layout.blocks import Block
from extractor.models import Problem
from extractor.report.findings.clues import FULL_STOP, Clues, bold_lead
from extractor.report.findings.drafts import NEW, FindingDraft, Reading, Status, draft, not_placed
from extractor.report.findings.facts import status_below
from extractor.report.findings.region import Region


def is_limb(block: Block, item: FindingDraft, clues: Clues) -> bool:
    """True for a list inside a bullet: the bullet ends with a colon, its limbs stand deeper or begin small."""
    if not item.limbs:
        return item.text.endswith(":") and (block.depth > 1 or block.text[:1].islower())
    closed = bool(FULL_STOP.search(item.limbs[-1]))
    if closed and clues.opens_item(block):
        return False
    if block.depth != item.limb_depth:
        return block.depth > item.limb_depth
    return block.depth > 1 or not closed


def read_list(region: Region, clues: Clues) -> Reading:
    """Read bullets: each is an item, and a list inside a bullet is its limbs."""
    drafts: list[FindingDraft] = []
    problems: list[Problem] = []
    status = status_below(region.heading, clues)
    for block in region.blocks:
        item = drafts[-1] if drafts else None
        bullet = block.kind == "bullet"
        if not bullet and not clues.may_be_item(block):
            status = status_below(block, clues)
        elif bullet and item is not None and is_limb(block, item, clues):
            item.take_limb(block)
        elif bullet or clues.opens_item(block):
            drafts.append(_listed(region, clues, block, status))
        elif item is not None and block.frame is not None:
            item.take(block)
            item.flags.add("joined_paragraphs")
        else:
            problems.append(not_placed(region, block))
    return Reading(tuple(drafts), tuple(problems))


def _listed(region: Region, clues: Clues, block: Block, status: Status) -> FindingDraft:
    told_by = "a bullet" if block.kind == "bullet" else "a paragraph that opens like an item"
    item = draft(region, region.kind, clues, told_by, status=status)
    item.take_lead(block, bold_lead(block) if clues.leads else None)
    return item


def read_paragraphs(region: Region, clues: Clues) -> Reading:
    """Read items set without bullets: a paragraph that opens like an item is one."""
    drafts: list[FindingDraft] = []
    status = NEW
    for place, block in enumerate(region.blocks):
        item = drafts[-1] if drafts else None
        if clues.tells_status(block):
            status = status_below(block, clues)
        elif item is not None and not clues.leads and clues.hangs_under_stem(block, region.blocks[:place]):
            item.take_limb(block)
        elif item is None or _is_next(block, item, clues):
            drafts.append(draft(region, region.kind, clues, _told_by(block, item), status=status))
            drafts[-1].take(block)
        elif block.kind == "bullet":
            item.take_limb(block)
        else:
            item.take(block)
            item.flags.add("joined_paragraphs")
    return Reading(tuple(drafts))


def _told_by(block: Block, item: FindingDraft | None) -> str:
    if block.kind == "bullet":
        return "a bullet"
    return "the first paragraph" if item is None else "a paragraph that opens like an item"


def _is_next(block: Block, item: FindingDraft, clues: Clues) -> bool:
    if block.kind == "bullet":
        return not is_limb(block, item, clues)
    if not clues.leads and FULL_STOP.search(item.text) and clues.is_indented_alike(block, item.region.blocks[0]):
        return True
    return clues.opens_item(block) and not _is_second_sentence(block, item, clues)


def _is_second_sentence(block: Block, item: FindingDraft, clues: Clues) -> bool:
    """At the top of a page, `There should be …` may well go on with the item before; its flag says so."""
    opener = clues.first(block, "OPENER")
    weak = opener is not None and opener.value == "weak"
    return weak and block.page_first not in item.pages()
