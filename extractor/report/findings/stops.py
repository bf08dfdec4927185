"""Where a region ends: the stops, each a reason why a block does not belong to the heading of items above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.layout.blocks import Block
from extractor.report.findings.clues import CLOSED, Clues, sentences
from extractor.report.findings.region import Region
from extractor.report.sections import GRADE_LABELS, ITEM_LABELS

_ASKING = ("COC_HEADING", "REC_HEADING")
_STOCK_WITHIN = 5  # characters: a stock sentence that begins later is a part of prose


@dataclass(frozen=True, slots=True)
class Stop:
    """A reason why a block does not belong to the region above it."""

    name: str  # shown by `peel show --why`
    says: Callable[[Block, Region, Clues], bool]


def _opens_section(block: Block, _: Region, clues: Clues) -> bool:
    return block.number in clues.openers


def _shows_grade(block: Block, _: Region, clues: Clues) -> bool:
    return clues.has(block, *GRADE_LABELS)


def _recommendations_begin(block: Block, region: Region, clues: Clues) -> bool:
    return region.label == "COC_HEADING" and clues.has(block, "REC_HEADING")


def _is_next_heading(block: Block, region: Region, clues: Clues) -> bool:
    """Words of an item heading are one when they are set apart, or when the sentence before them is closed."""
    if not clues.has(block, *ITEM_LABELS):
        return False
    last = region.last
    return clues.is_set_apart(block) or last is None or bool(CLOSED.search(last.text)) or last.all_bold


def _is_stock_sentence(block: Block, _: Region, clues: Clues) -> bool:
    return clues.begins(block, "STOP", within=_STOCK_WITHIN)


def _is_history(block: Block, _: Region, clues: Clues) -> bool:
    """A list of what all forces were told, or of what was said in earlier years, is no list of items."""
    if not block.text.endswith(":") or clues.has(block, "CARRIED"):
        return False
    return clues.labels.has(sentences(block.text)[-1], "NATIONAL", "PAST")


def _leaves_frame(block: Block, region: Region, clues: Clues) -> bool:
    """A heading may stand above its box, in a box of its own, or in one whose other half is on the next page."""
    if block.frame == region.frame or not (block.frame is None or region.blocks):
        return False
    return bool(region.blocks) or block.page_first == region.heading.page_first or not clues.opens_item(block)


def _is_unframed(block: Block, region: Region) -> bool:
    """True for a paragraph outside any box, with something between it and the heading."""
    return block.frame is None and bool(region.blocks) and block.kind != "bullet"


def _is_prose_after_recommendations(block: Block, region: Region, clues: Clues) -> bool:
    if region.label not in _ASKING or not _is_unframed(block, region):
        return False
    asked = region.label == "REC_HEADING" or any(_asks(one, clues) for one in region.blocks)
    return asked and region.is_listed and not _is_frame_line(block, clues) and not clues.opens_item(block)


def _asks(block: Block, clues: Clues) -> bool:
    """Does a block lead in recommendations, or ask for something itself?"""
    stem = clues.has(block, "REC_LEAD") or (block.text.endswith(":") and clues.has(block, "SHOULD"))
    return stem or clues.opens_item(block)


def _is_plain(block: Block, region: Region) -> bool:
    """True for an unframed paragraph below a heading of areas for improvement or of good practice."""
    return region.label not in _ASKING and _is_unframed(block, region)


def _is_sub_heading(block: Block, region: Region, clues: Clues) -> bool:
    """A bold line in the body's type, below what explains an item."""
    if not _is_plain(block, region) or not block.all_bold or clues.opens_item(block):
        return False
    return len(region.blocks) > 1 and not region.blocks[-1].all_bold


def _is_prose_after_list(block: Block, region: Region, clues: Clues) -> bool:
    """After a list, a paragraph that only happens to begin like an item is prose again."""
    return _is_plain(block, region) and region.blocks[0].kind == "bullet" and not _is_frame_line(block, clues)


def _is_prose(block: Block, region: Region, clues: Clues) -> bool:
    """Where items are lists, a paragraph that does not open like an item."""
    if clues.leads or not _is_plain(block, region) or region.blocks[0].kind == "bullet" or clues.tells_status(block):
        return False
    if clues.opens_item(block) or clues.is_indented_alike(block, region.blocks[0]):
        return False
    return not clues.hangs_under_stem(block, region.blocks)


def _is_frame_line(block: Block, clues: Clues) -> bool:
    """A line that leads up to more items: `The following area remains:`, `The force should:`."""
    if clues.has(block, "CARRIED", "REC_LEAD") or clues.is_about_items(block):
        return True
    return block.text.endswith(":") and clues.has(block, "SHOULD")


def _opens_larger_section(block: Block, region: Region, clues: Clues) -> bool:
    return block.number in clues.openers and block.look[0] >= region.heading.look[0]


FRAME_ENDS = "the frame ends"
STOPS = (
    Stop("a section opens", _opens_section),
    Stop("a grade is displayed", _shows_grade),
    Stop("its recommendations begin", _recommendations_begin),
    Stop("the next item heading", _is_next_heading),
    Stop("a stock sentence ends it", _is_stock_sentence),
    Stop("history of earlier reports", _is_history),
    Stop(FRAME_ENDS, _leaves_frame),
    Stop("prose after recommendations", _is_prose_after_recommendations),
    Stop("a sub-heading in the body's type", _is_sub_heading),
    Stop("prose after a list", _is_prose_after_list),
    Stop("prose that opens no item", _is_prose),
)

NUMBERED_STOPS = (  # one number may hold paragraphs and lists; in groups, smaller headings name who is told
    Stop("a section opens", _opens_larger_section),
    Stop("the next item heading", _is_next_heading),
    Stop("a stock sentence ends it", _is_stock_sentence),
    Stop(FRAME_ENDS, _leaves_frame),
)


def stop_at(block: Block, region: Region, clues: Clues) -> Stop | None:
    """Return the first reason why a block does not belong to the region above it."""
    stops = NUMBERED_STOPS if clues.numbered and region.label == "REC_HEADING" else STOPS
    return next((stop for stop in stops if stop.says(block, region, clues)), None)


def fill(region: Region, following: Sequence[Block], clues: Clues) -> Block | None:
    """Take blocks into a region up to the first stop; return the block that ended it."""
    for block in following:
        if stop := stop_at(block, region, clues):
            region.ended_by = stop.name
            return block
        region.take(block)
    return None
