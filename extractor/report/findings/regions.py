"""Where items stand: from a heading of items to the first of the stops that ends what it heads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extractor.layout.blocks import Block
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.findings.clues import CLOSED, Clues, is_dressed, is_prose, is_short, sentences
from extractor.report.sections import EXPLAINING, GRADE_LABELS, ITEM_LABELS
from extractor.rulebook.matcher import Match

KINDS = {
    "AFI_HEADING": "area_for_improvement",
    "COC_HEADING": "cause_of_concern",
    "REC_HEADING": "recommendation",
    "INN_HEADING": "innovative_practice",
    "PRO_HEADING": "promising_practice",
    "EFF_HEADING": "effective_practice",
    "PRI_HEADING": "priority_action",
    "STR_HEADING": "strength",
    "STUDY_HEADING": "practice_study",
}
_ASKING = ("COC_HEADING", "REC_HEADING")
_ROW = 12  # blocks: cells of one row of a table
_OVERLAP = 2  # points that two cells of one row share in height at least
_STOCK_WITHIN = 5  # characters: a stock sentence that begins later is a part of prose


@dataclass(slots=True, eq=False)
class Region:
    """An item heading and the blocks that belong to it."""

    label: str
    heading: Block
    place: int  # of the part it stands in
    rule_id: str
    begun_by: str  # the step that took the heading for one
    frame: int | None  # the box that its last block stands in
    blocks: list[Block] = field(default_factory=list)
    ended_by: str = "the report ends"
    read_by: str = ""  # the reader that parted its blocks
    heads_more: Block | None = None  # the heading of the same kind that ended it: `Recommendations`, `Recommendation 1`
    at_foot: bool = False  # its box reaches the foot of a page, and none was seen at the top of the next

    @property
    def kind(self) -> str:
        return KINDS[self.label]

    @property
    def last(self) -> Block | None:
        return self.blocks[-1] if self.blocks else None

    @property
    def is_listed(self) -> bool:
        """Does it hold a bullet?"""
        return any(block.kind == "bullet" for block in self.blocks)

    def take(self, block: Block) -> None:
        """Add a block, which may stand in another box than the heading."""
        self.blocks.append(block)
        self.frame = block.frame


@dataclass(frozen=True, slots=True)
class FoundRegions:
    """The regions of a document, the blocks they account for and what is to be said about them."""

    regions: tuple[Region, ...]
    taken: frozenset[int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A reason why a block does not belong to the region above it."""

    name: str  # shown by `peel show --why`
    says: Callable[[Block, Region, Clues], bool]


@dataclass(frozen=True, slots=True)
class Witness:
    """Something that speaks for a heading of items."""

    name: str
    says: Callable[[Block, Block | None, Clues], bool]  # the heading, the block after it


# where a region ends -------------------------------------------------------------------------------------------------


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
    if clues.leads or not _is_plain(block, region) or region.blocks[0].kind == "bullet" or clues.is_about_items(block):
        return False
    return not clues.opens_item(block) and not clues.is_indented_alike(block, region.blocks[0])


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
        message = f"“{ender.text[:60]}” may belong to the box on the page before"
        return [problem("box_cut", ender.page_first, message)]
    return []
