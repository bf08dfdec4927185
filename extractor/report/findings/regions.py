"""Where items stand: what speaks for a heading of items, and all regions of a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractor.layout.blocks import Block
from extractor.models import Problem
from extractor.phrasing import shortened
from extractor.problems import problem
from extractor.report.findings.clues import CLOSED, Clues, is_dressed, is_prose, is_short
from extractor.report.findings.region import KINDS, Region
from extractor.report.findings.stops import FRAME_ENDS, fill
from extractor.report.sections import EXPLAINING, ITEM_LABELS
from extractor.rulebook.matcher import Match

_ROW = 12  # blocks: cells of one row of a table
_OVERLAP = 2  # points that two cells of one row share in height at least


@dataclass(frozen=True, slots=True)
class FoundRegions:
    """The regions of a document, the blocks they account for and what is to be said about them."""

    regions: tuple[Region, ...]
    taken: frozenset[int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """Something that speaks for a heading of items."""

    name: str
    says: Callable[[Block, Block | None, Clues], bool]  # the heading, the block after it


# where a region begins -----------------------------------------------------------------------------------------------

_BEGIN_LABELS = ("OPENER", "CARRIED", "ABOUT_ITEM", "COC_WORDS", "REC_LEAD")


def _begins_item(_: Block, follower: Block | None, clues: Clues) -> bool:
    return follower is not None and (
        follower.kind == "bullet" or clues.has(follower, *_BEGIN_LABELS) or follower.all_bold or is_prose(follower)
    )


WITNESSES = (
    Witness("its type is a heading's", lambda block, _, clues: clues.is_heading(block)),
    Witness("it is set apart by weight, capitals, box or tag", lambda block, _, __: is_dressed(block)),
    Witness("what follows begins like an item", _begins_item),
)


def heading_of(place: int, clues: Clues) -> Match | None:
    """Return the rule that the words of a block match as a heading of items, or None."""
    block, follower = clues.text.reading[place], clues.after(place)
    match = clues.first(block, *ITEM_LABELS)
    if match is not None or not block.text.endswith(":") or follower is None or follower.kind != "bullet":
        return match
    return clues.first(block, "CARRIED")  # a line such as `One area for improvement remained from that inspection:`


def witness_of(place: int, clues: Clues) -> Witness | None:
    """Return what speaks for words of an item heading, None where they stand where items are only explained."""
    block, follower = clues.text.reading[place], clues.after(place)
    part = clues.part_of.get(block.number)
    if part is None or has_row(place, clues):
        return None
    kind = "body" if _heads_section(block, clues) else clues.parts[part].kind
    if kind in EXPLAINING - {"aside"}:
        return None
    if kind == "aside" and not (_is_heading_aside(place, clues) and follower and clues.has(follower, "OPENER")):
        return None
    return next((witness for witness in WITNESSES if witness.says(block, follower, clues)), None)


def _heads_section(block: Block, clues: Clues) -> bool:
    """In papers with numbers, the recommendations are a section of their own, whatever stands before them."""
    return clues.numbered and clues.has(block, "REC_HEADING") and clues.is_heading(block)


def _is_heading_aside(place: int, clues: Clues) -> bool:
    block = clues.text.reading[place]
    return clues.is_set_apart(block) and _begins_item(block, clues.after(place), clues)


def has_row(place: int, clues: Clues) -> bool:
    """Does the block stand in a row of a table, with other cells beside it?"""
    blocks = clues.text.reading
    block = blocks[place]
    near = blocks[max(place - _ROW, 0) : place + _ROW] if block.frame is not None else ()
    cells = [
        other for other in near if other is not block and other.frame == block.frame and stand_beside(block, other)
    ]
    return len(cells) > 1 or any(is_short(cell) for cell in cells)


def stand_beside(one: Block, other: Block) -> bool:
    """Say whether two blocks share a height on one page, as the cells of a row do."""
    first, theirs = one.lines[0].box, other.lines[0].box
    if first is None or theirs is None or first.page != theirs.page:
        return False
    apart = first.x1 < theirs.x0 or theirs.x1 < first.x0
    return apart and first.top < theirs.bottom - _OVERLAP and theirs.top < first.bottom - _OVERLAP


# all regions ---------------------------------------------------------------------------------------------------------


def find_regions(clues: Clues) -> FoundRegions:
    """Find every heading of items and the blocks below it."""
    regions: list[Region] = []
    problems: list[Problem] = []
    taken: set[int] = set()
    place = 0
    while place < len(clues.text.reading):
        region, ender = _region_at(place, clues, problems)
        place += 1
        if region is None:
            continue
        place += len(region.blocks)
        taken.update(block.number for block in (region.heading, *region.blocks))
        if region.blocks and clues.has(region.blocks[0], "NO_ITEMS"):
            continue
        regions.append(region)
        problems += _end_problems(region, ender)
    return FoundRegions(tuple(regions), frozenset(taken), tuple(problems))


def _region_at(place: int, clues: Clues, problems: list[Problem]) -> tuple[Region | None, Block | None]:
    """Return the region whose heading stands at a place, and the block that ends it."""
    match = heading_of(place, clues)
    if match is None:
        return None, None
    blocks = clues.text.reading
    witness = witness_of(place, clues)
    if witness is None:
        problems += _aside_problems(place, clues)
        return None, None
    label = match.label if match.label in KINDS else "AFI_HEADING"
    heading = blocks[place]
    region = Region(label, heading, clues.part_of[heading.number], match.rule_id, witness.name, heading.frame)
    ender = fill(region, blocks[place + 1 :], clues)
    region.at_foot = _may_go_on(region, ender, clues)
    region.heads_more = ender if ender is not None and clues.has(ender, region.label) else None
    return region, ender


def _may_go_on(region: Region, ender: Block | None, clues: Clues) -> bool:
    """Does a box reach the foot of its page while the next page begins with plain text?"""
    last = region.last
    if not clues.leads or last is None or last.frame is None or ender is None or ender.page_first == last.page_last:
        return False
    return not clues.is_heading(ender) and not clues.has(ender, "STOP", *ITEM_LABELS)


def _aside_problems(place: int, clues: Clues) -> list[Problem]:
    block = clues.text.reading[place]
    part = clues.part_of.get(block.number)
    if part is None or clues.parts[part].kind != "aside" or has_row(place, clues):
        return []
    if not _is_heading_aside(place, clues):
        return []
    message = f"“{block.text}” in “{clues.parts[part].title}” is taken for an explanation, not for findings"
    return [problem("item_heading_aside", block.page_first, message)]


def _end_problems(region: Region, ender: Block | None) -> list[Problem]:
    """Say that nothing stands below a heading, or that a box ends where its words do not."""
    last = region.last
    if last is None:
        return _nothing_below(region)
    if region.ended_by != FRAME_ENDS or ender is None or last.all_bold:
        return []
    if not CLOSED.search(last.text) or last.text.endswith((":", ";", "and")):
        message = f"the box ends with “{last.text[-60:]}”, which is no end; its rest may be missing"
        return [problem("box_cut", last.page_last, message)]
    return _goes_on_overleaf(region, last, ender)


def _nothing_below(region: Region) -> list[Problem]:
    if region.heads_more:
        return []
    message = f"nothing could be read below the heading “{region.heading.text}”"
    return [problem("heading_without_items", region.heading.page_first, message)]


def _goes_on_overleaf(region: Region, last: Block, ender: Block) -> list[Problem]:
    """Say that what begins the next page with a small letter may belong to the box."""
    turned = last.page_last is not None and ender.page_first != last.page_last
    if turned and region.frame is not None and ender.text[:1].islower():
        message = f"“{shortened(ender.text, 60)}” may belong to the box on the page before"
        return [problem("box_cut", ender.page_first, message)]
    return []
