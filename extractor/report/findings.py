"""The findings: what stands under the headings of areas for improvement, causes of concern and good practice.

An item begins only at such a heading, never at a sentence. Its text is the blocks as printed; nothing is reworded. What
stands in an item's box and cannot be placed is reported, not dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.folding import id_form
from extractor.ids import short_hash
from extractor.layout.blocks import Block, Text
from extractor.models import Box, Finding, Problem
from extractor.report.gradings import Grader, origin_cycle
from extractor.report.remarks import Remark, doubt, note
from extractor.report.sections import EXPLAINING, ITEM_LABELS, Part, is_heading, is_strong_heading
from extractor.rulebook.dates import deadline_day
from extractor.rulebook.matcher import Labeller, Match
from extractor.vocabulary import KIND_CODES

KINDS = {
    "AFI_HEADING": "area_for_improvement",
    "COC_HEADING": "cause_of_concern",
    "REC_HEADING": "recommendation",
    "INN_HEADING": "innovative_practice",
    "PRO_HEADING": "promising_practice",
}
_CLOSED = re.compile(r"[.?!;:][’”'\")\]]*(?:\s+(?:and|or))?$|;\s*(?:and|or)$")
_FULL_STOP = re.compile(r"[.?!][’”'\")\]]*$")
_HEADING_TAGS = ("TH", "SUMMARY", "DT", "CAPTION", "LEGEND")
_ROW = 12  # blocks: cells of one row of a table
_PROSE = 8  # words: a sentence of a report, not a cell of a table
_RUN_ON = re.compile(r"\s*[•▪■●]\s*")
_LED = ("area_for_improvement", "cause_of_concern")
_LONG_LEAD = 40  # words: a lead sentence is shorter
_GLUED = re.compile(r"\b(?:19|20)\d{3,4}\b")  # a footnote mark after a year
_ODD_BEGINNING = re.compile(r"[^\w‘’“”'\"(\[£$€]")
_STRAY_MARK = re.compile(r"[^\W\d_][*†‡]|\[\d{1,2}\]")
_LEAD_WORDS = 4  # a bold beginning of fewer words is emphasis, not a lead sentence
_DEADLINE_REACH = 60  # characters from `should` within which a time limit belongs to it


@dataclass(slots=True)
class Item:
    """A finding while it is being put together."""

    kind: str
    place: int  # of the part it stands in
    rule_id: str
    text_blocks: list[tuple[Block, int, int]] = field(default_factory=list)  # block, from, to
    detail_blocks: list[tuple[Block, int, int]] = field(default_factory=list)
    limbs: list[str] = field(default_factory=list)
    limb_depth: int = 0
    stem: str | None = None
    parent: Item | None = None
    status: str = "new"
    origin: str | None = None
    flags: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return _joined(self.text_blocks)

    @property
    def detail(self) -> str | None:
        return _joined(self.detail_blocks) or None

    def take_limb(self, block: Block) -> None:
        self.take(block)
        self.limbs.append(block.text)
        self.limb_depth = self.limb_depth or block.depth

    def pages(self) -> list[int]:
        return [box.page for box in self.boxes()]

    def boxes(self) -> tuple[Box, ...]:
        return tuple(
            box for block, start, end in (*self.text_blocks, *self.detail_blocks) for box in block.boxes(start, end)
        )

    def take(self, block: Block, *, detail: bool = False, start: int = 0, end: int | None = None) -> None:
        (self.detail_blocks if detail else self.text_blocks).append(
            (block, start, len(block.text) if end is None else end)
        )
        self.flags.update(block.flags)


def _joined(blocks: Sequence[tuple[Block, int, int]]) -> str:
    return " ".join(block.text[start:end].strip() for block, start, end in blocks if block.text[start:end].strip())


@dataclass(slots=True)
class Region:
    """An item heading and the blocks that belong to it."""

    label: str
    heading: Block
    place: int
    blocks: list[Block]
    rule_id: str
    at_foot: bool = False  # its box reaches the foot of a page, and none was seen at the top of the next


class Finder:
    """Finds the items of one report."""

    def __init__(self, text: Text, parts: Sequence[Part], labels: Labeller, grader: Grader, items: str) -> None:
        self.text, self.parts, self.labels, self.grader, self.leads = text, parts, labels, grader, items == "lead"
        self.items: list[Item] = []
        self.problems: list[Remark] = []
        self.taken: set[int] = set()  # numbers of the blocks that some item or its frame accounts for
        self._part_of = {block.number: place for place, part in enumerate(parts) for block in part.blocks}
        self._openers = {part.heading.number for part in parts if part.heading}

    def collect(self) -> None:
        """Find all regions and read the items in each."""
        concern: Item | None = None
        for region in self._regions():
            self.taken.update(block.number for block in (region.heading, *region.blocks))
            if region.label == "COC_HEADING":
                concern = self._concern(region)
            elif region.label == "REC_HEADING":
                if (
                    concern is not None
                    and concern.place != region.place
                    and self.grader.owner(concern.place) != self.grader.owner(region.place)
                ):
                    concern = None
                self._recommendations(region.blocks, region, concern)
            else:
                concern = None
                self._plain_items(region)
            self._drop_repeated(region)
            if region.at_foot and self.items:
                self.items[-1].flags.add("box_at_foot")

    def _drop_repeated(self, region: Region) -> None:
        """Some reports print all items again in a closing summary: those are not counted twice."""
        if self.grader.owner(region.place) is not None:
            return
        before = {(item.kind, id_form(item.text)) for item in self.items if item.place != region.place}
        again = [
            item for item in self.items if item.place == region.place and (item.kind, id_form(item.text)) in before
        ]
        if again:
            self.items = [item for item in self.items if item not in again]
            title = self.parts[region.place].title
            message = f"“{title}” prints {len(again)} of the report's items again; they are not counted twice"
            self.problems.append(note("items_repeated", region.heading.page_first, message))

    # regions ----------------------------------------------------------------------------------------------------------

    def _regions(self) -> list[Region]:
        blocks = self.text.reading
        found = []
        place = 0
        while place < len(blocks):
            match = self.labels.first(blocks[place].text, *ITEM_LABELS) or self._carried_line(place)
            if match is None or not self._is_item_heading(place):
                place += 1
                continue
            label = match.label if match.label in KINDS else "AFI_HEADING"
            held = self._held(place, label)
            if held and self.labels.has(held[0].text, "NO_ITEMS"):
                self.taken.update(block.number for block in (blocks[place], *held))
                place += 1 + len(held)
                continue
            heading, after = blocks[place], blocks[place + 1 + len(held) :][:1]
            at_foot = bool(held) and self._may_go_on(held[-1], after)
            found.append(Region(label, heading, self._part_of[heading.number], held, match.rule_id, at_foot))
            if not held:
                message = f"nothing could be read below the heading “{heading.text}”"
                self.problems.append(doubt("heading_without_items", heading.page_first, message))
            place += 1 + len(held)
        return found

    def _carried_line(self, place: int) -> Match | None:
        """A line such as `One area for improvement remained from that inspection:` heads the bullets below it."""
        blocks = self.text.reading
        follower = blocks[place + 1] if place + 1 < len(blocks) else None
        if not blocks[place].text.endswith(":") or follower is None or follower.kind != "bullet":
            return None
        return self.labels.first(blocks[place].text, "CARRIED")

    def _is_item_heading(self, place: int) -> bool:
        """Type, box or what follows must speak for it, and it must not stand where items are only explained."""
        blocks = self.text.reading
        block = blocks[place]
        part = self._part_of.get(block.number)
        if part is None or self.parts[part].kind in EXPLAINING - {"aside"} or self._has_row(place):
            return False
        follower = blocks[place + 1] if place + 1 < len(blocks) else None
        begins = follower is not None and (
            follower.kind == "bullet"
            or self.labels.has(follower.text, "OPENER", "CARRIED", "COC_WORDS", "REC_LEAD")
            or follower.all_bold
            or _is_prose(follower)
        )
        typed = self._typed(block)
        if self.parts[part].kind == "aside" and not (
            typed and begins and (follower and self.labels.has(follower.text, "OPENER"))
        ):
            if typed and begins:
                self.problems.append(
                    note(
                        "item_heading_aside",
                        block.page_first,
                        f"“{block.text}” in “{self.parts[part].title}” is taken for an explanation, not for findings",
                    )
                )
            return False
        return typed or begins

    def _has_row(self, place: int) -> bool:
        """Does the block stand in a row of a table, with other cells beside it?"""
        blocks = self.text.reading
        block = blocks[place]
        near = blocks[max(place - _ROW, 0) : place + _ROW] if block.box is not None else ()
        cells = [other for other in near if other is not block and other.box == block.box and _beside(block, other)]
        return len(cells) > 1 or any(len(cell.text.split()) < _PROSE for cell in cells)

    def _typed(self, block: Block) -> bool:
        """Do type, box or tag speak for a heading?"""
        return (
            is_heading(block, self.text)
            or block.all_bold
            or block.text.isupper()
            or block.box is not None
            or block.lines[0].tag in _HEADING_TAGS
        )

    def _held(self, place: int, label: str) -> list[Block]:
        """The blocks from a heading to the end of what it heads."""
        blocks = self.text.reading
        box = blocks[place].box
        held: list[Block] = []
        for block in blocks[place + 1 :]:
            if self._is_end(block, held, label) or self._is_history(block):
                break
            if block.box != box and not self._moves_into_box(block, held):
                self._note_open_box(block, box, held)
                break
            if block.box != box:
                box = block.box
            if box is None and held and not self._goes_on(block, held, label):
                break
            held.append(block)
        return held

    def _is_end(self, block: Block, held: Sequence[Block], label: str) -> bool:
        if block.number in self._openers or self.labels.has(block.text, "GRADE", "NO_GRADE"):
            return True
        closed = not held or bool(_CLOSED.search(held[-1].text)) or held[-1].all_bold
        if label == "COC_HEADING" and self.labels.has(block.text, "REC_HEADING"):
            return True
        if self.labels.has(block.text, *ITEM_LABELS) and (self._typed(block) or closed):
            return True
        stop = self.labels.first(block.text, "STOP")
        return stop is not None and stop.start < 5

    def _is_history(self, block: Block) -> bool:
        """A list of what all forces were told, or of what was said in earlier years, is no list of items."""
        return (
            block.text.endswith(":")
            and self.labels.has(block.text, "NATIONAL", "PAST")
            and not self.labels.has(block.text, "CARRIED")
        )

    def _moves_into_box(self, block: Block, held: list[Block]) -> bool:
        """A heading may stand above its box, in a box of its own, or in one whose other half is on the next page."""
        return block.box is not None and not held

    def _note_open_box(self, block: Block, box: int | None, held: list[Block]) -> None:
        """A box that ends with its page may go on where no edge was seen: say so, unless its last words are an end."""
        last = held[-1] if held else None
        if last is None or last.all_bold:
            return
        turned = last.page_last is not None and block.page_first != last.page_last
        if not _CLOSED.search(last.text) or last.text.endswith((":", ";", "and")):
            message = f"the box ends with “{last.text[-60:]}”, which is no end; its rest may be missing"
            self.problems.append(doubt("box_cut", last.page_last, message))
        elif turned and box is not None and block.text[:1].islower():
            message = f"“{block.text[:60]}” may belong to the box on the page before"
            self.problems.append(doubt("box_cut", block.page_first, message))

    def _may_go_on(self, last: Block, after: Sequence[Block]) -> bool:
        """Does a box reach the foot of its page while the next page begins with plain text?"""
        if last.box is None or not after or after[0].page_first == last.page_last:
            return False
        return (
            self.leads
            and not is_heading(after[0], self.text)
            and not self.labels.has(after[0].text, "STOP", *ITEM_LABELS)
        )

    def _goes_on(self, block: Block, held: list[Block], label: str) -> bool:
        """Without a box: does this block still belong to the items above it?"""
        if block.kind == "bullet":
            return True
        if is_strong_heading(block, self.text):
            return False
        if self._is_history(block):
            return False
        frame = self.labels.has(block.text, "CARRIED", "REC_LEAD") or (
            block.text.endswith(":") and self.labels.has(block.text, "SHOULD")
        )
        opens = self.opens_item(block)
        if label in ("COC_HEADING", "REC_HEADING"):
            listed = any(other.kind == "bullet" for other in held)
            return frame or opens or not listed
        if block.all_bold and len(held) > 1 and not held[-1].all_bold and not opens:
            return False  # a sub-heading in the body's type
        if held[0].kind == "bullet":
            return frame  # after a list, a paragraph that only happens to begin like an item is prose again
        return self.leads or opens

    def opens_item(self, block: Block) -> bool:
        """Say whether a block begins as items do: `The force should …`."""
        opener = self.labels.first(block.text, "OPENER")
        return opener is not None and opener.start < 3

    # areas for improvement and good practice --------------------------------------------------------------------------

    def _plain_items(self, region: Region) -> None:
        kind = KINDS[region.label]
        blocks = [block for block in region.blocks if not self.labels.has(block.text, "CARRIED")]
        if not blocks:
            return
        if blocks[0].kind == "bullet" and not (self.leads and self._has_bold_lead(region)):
            self._listed(region, kind)
        elif (
            self.leads
            or region.label in ("INN_HEADING", "PRO_HEADING")
            or (blocks[0].all_bold and len(blocks) > 1 and not blocks[1].all_bold)
        ):
            self._led(region, kind, blocks)
        else:
            self._paragraphs(region, kind)

    def _has_bold_lead(self, region: Region) -> bool:
        first = region.blocks[0]
        return first.all_bold and len(region.blocks) > 1 and not region.blocks[1].all_bold

    def _new(self, region: Region, kind: str, block: Block | None = None, **fields: object) -> Item:
        item = Item(kind, region.place, region.rule_id, **fields)  # type: ignore[arg-type]
        if block is not None:
            item.take(block)
        if not is_heading(region.heading, self.text):
            item.flags.add("heading_in_body_type")
        self.items.append(item)
        return item

    def _listed(self, region: Region, kind: str) -> None:
        """Each bullet is an item; a list inside a bullet is its limbs."""
        item: Item | None = None
        status = self._status_below(region.heading)
        for block in region.blocks:
            if block.kind != "bullet" and self.labels.has(block.text, "CARRIED"):
                status = self._status_below(block)
            elif block.kind == "bullet" and item is not None and self._is_limb(block, item):
                item.take_limb(block)
            elif block.kind == "bullet" or self.opens_item(block):
                item = self._bullet(region, kind, block, status)
            elif item is not None and block.box is not None:
                item.take(block)
                item.flags.add("joined_paragraphs")
            else:
                self._unplaced(region, block)

    def _status_below(self, line: Block) -> tuple[str, str | None]:
        """Status and origin of the items that stand below a line."""
        if not self.labels.has(line.text, "CARRIED"):
            return "new", None
        return "carried_forward", origin_cycle(line.text, self.grader.profile.cycle)

    def _bullet(self, region: Region, kind: str, block: Block, status: tuple[str, str | None]) -> Item:
        item = self._new(region, kind, status=status[0], origin=status[1])
        split = self._bold_lead(block) if self.leads else None
        item.take(block, end=split)
        if split is not None:
            item.take(block, detail=True, start=split)
        return item

    def _led(self, region: Region, kind: str, blocks: Sequence[Block]) -> None:
        """A lead sentence, bold or in a paragraph of its own, and what explains it."""
        item: Item | None = None
        bold_leads = blocks[0].all_bold or self._bold_lead(blocks[0]) is not None
        status: tuple[str, str | None] = ("new", None)
        for block in region.blocks:
            if self.labels.has(block.text, "CARRIED") and block.text.endswith(":"):
                status = self._status_below(block)
                continue
            lead_end = len(block.text) if block.all_bold else self._bold_lead(block)
            if item is not None and self._leads_on(item, block, bold_leads):
                item.take(block)
            elif item is None or self._is_next_lead(region, block, item, bold_leads=bold_leads, lead_end=lead_end):
                item = self._new(region, kind, status=status[0], origin=status[1])
                item.take(block, end=lead_end if bold_leads else None)
                if bold_leads and lead_end is not None and lead_end < len(block.text):
                    item.take(block, detail=True, start=lead_end)
                if not bold_leads:
                    item.flags.add("lead_by_words")
            else:
                item.take(block, detail=True)
                if bold_leads and lead_end is not None and block.kind != "bullet":
                    item.flags.add("bold_in_detail")

    @staticmethod
    def _leads_on(item: Item, block: Block, bold_leads: bool) -> bool:
        """Does a lead go on in the next block: bold words, or where bold cannot be told, the list it opens?"""
        if item.detail is not None or _FULL_STOP.search(item.text):
            return False
        if not bold_leads:
            return block.kind == "bullet" and item.text.endswith((":", ";", "; and", "; or"))
        return block.all_bold and block.text[:1].islower()

    def _is_next_lead(
        self, region: Region, block: Block, item: Item, *, bold_leads: bool, lead_end: int | None
    ) -> bool:
        """Does a further item begin? Where leads are bold, bold words that open like one; else a short sentence."""
        if not bold_leads:
            return self._is_second_lead(region, block, item)
        if lead_end is None or block.kind == "bullet":
            return False
        return item.kind != "area_for_improvement" or self.opens_item(block)

    def _is_second_lead(self, region: Region, block: Block, item: Item) -> bool:
        """Under a plural heading without bold leads: a one-sentence paragraph that opens like an item is the next."""
        plural = region.heading.text.lower().rstrip(":. ").endswith("s") or region.heading.text.lower().startswith(
            "areas"
        )
        return (
            plural
            and item.detail is not None
            and self.opens_item(block)
            and len(re.findall(r"[.?!](?:\s|$)", block.text)) <= 1
        )

    def _bold_lead(self, block: Block) -> int | None:
        """Where the bold beginning of a paragraph ends, when it is a sentence and not the whole."""
        if not block.strong or block.strong[0][0] > 0:
            return None
        end = block.strong[0][1]
        lead, rest = block.text[:end].strip(), block.text[end:].strip()
        ends = bool(_FULL_STOP.search(lead)) or not rest[:1].islower()
        return end if ends and rest and len(lead.split()) >= _LEAD_WORDS else None

    def _paragraphs(self, region: Region, kind: str) -> None:
        """A list era's items set without bullets: a paragraph that opens like an item is one."""
        item: Item | None = None
        status: tuple[str, str | None] = ("new", None)
        for block in region.blocks:
            if self.labels.has(block.text, "CARRIED") and block.text.endswith(":"):
                status = self._status_below(block)
            elif item is not None and block.kind == "bullet" and self._is_limb(block, item):
                item.take_limb(block)
            elif (
                item is None
                or block.kind == "bullet"
                or (self.opens_item(block) and not self._is_second_sentence(block, item))
            ):
                item = self._new(region, kind, block, status=status[0], origin=status[1])
            else:
                item.take(block)
                item.flags.add("joined_paragraphs")

    def _is_second_sentence(self, block: Block, item: Item) -> bool:
        """At the top of a page, `There should be …` may well go on with the item before; its flag says so."""
        opener = self.labels.first(block.text, "OPENER")
        weak = opener is not None and opener.value == "weak"
        return weak and block.page_first not in item.pages()

    def _unplaced(self, region: Region, block: Block) -> None:
        self.problems.append(
            doubt(
                "text_not_placed",
                block.page_first,
                f"below “{region.heading.text}” stands “{block.text[:100]}”, which is no item; look at the page",
            )
        )

    def _is_limb(self, block: Block, item: Item) -> bool:
        """A list inside a bullet: the bullet ends with a colon, its limbs begin with a small letter or stand deeper."""
        if not item.limbs:
            return item.text.endswith(":") and (block.depth > 1 or block.text[:1].islower())
        closed = bool(_FULL_STOP.search(item.limbs[-1]))
        if closed and self.opens_item(block):
            return False
        if block.depth != item.limb_depth:
            return block.depth > item.limb_depth
        return block.depth > 1 or not closed

    # causes of concern ------------------------------------------------------------------------------------------------

    def _concern(self, region: Region) -> Item | None:
        has_heading = self._recommendations_follow(region)
        cut = (
            len(region.blocks)
            if has_heading
            else next(
                (place for place, block in enumerate(region.blocks) if self._begins_recommendations(region, place)),
                len(region.blocks),
            )
        )
        told, asked = region.blocks[:cut], region.blocks[cut:]
        concern = self._told_concerns(region, told)
        if concern is not None:
            self._mark_history(concern)
        if asked:
            self._recommendations(asked, region, concern)
        return concern

    def _mark_history(self, concern: Item) -> None:
        if self.labels.has(concern.text, "RECURRING"):
            concern.flags.add("recurring")
        if self.labels.has(concern.text, "RESTATED") or self.labels.has(concern.detail or "", "RESTATED"):
            concern.status = "restated"
            concern.origin = origin_cycle(f"{concern.text} {concern.detail or ''}", self.grader.profile.cycle)

    def _told_concerns(self, region: Region, told: Sequence[Block]) -> Item | None:
        """Read the words of a concern; in print with bold leads a further lead begins a further concern."""
        if not told:
            return None
        concern = self._new(region, "cause_of_concern")
        led = (
            bool(told) and (told[0].all_bold or self._bold_lead(told[0]) is not None) and (self.leads or len(told) > 1)
        )
        for block in told:
            split = len(block.text) if block.all_bold else self._bold_lead(block)
            is_lead = led and split is not None and block.kind != "bullet"
            if is_lead and concern.detail is not None:
                concern = self._new(region, "cause_of_concern")
            if is_lead:
                concern.take(block, end=split)
                if split is not None and split < len(block.text):
                    concern.take(block, detail=True, start=split)
            else:
                concern.take(block, detail=bool(concern.text_blocks) and (self.leads or led))
        return concern

    def _recommendations_follow(self, region: Region) -> bool:
        """Is the next item heading after this region one of recommendations?"""
        last = (region.blocks or [region.heading])[-1].number
        later = next((block for block in self.text.reading if block.number > last), None)
        return later is not None and self.labels.has(later.text, "REC_HEADING")

    def _begins_recommendations(self, region: Region, place: int) -> bool:
        block = region.blocks[place]
        follower = region.blocks[place + 1] if place + 1 < len(region.blocks) else None
        lead = self.labels.first(block.text, "REC_LEAD")
        if lead is not None and lead.start < 3:
            return True
        stem = (
            block.text.endswith(":")
            and self.labels.has(block.text, "SHOULD")
            and follower is not None
            and follower.kind == "bullet"
        )
        return place > 0 and (stem or (self.opens_item(block) and self._deadline(block.text) is not None))

    def _recommendations(self, blocks: Sequence[Block], region: Region, concern: Item | None) -> None:
        """A stem and its bullets are one recommendation a bullet; a sentence without bullets is one."""
        stem: Block | None = None
        item: Item | None = None
        for nth, block in enumerate(blocks):
            follower = blocks[nth + 1] if nth + 1 < len(blocks) else None
            if _RUN_ON.search(block.text):
                self._run_on(region, concern, block)
                stem = item = None
            elif block.kind == "bullet" and self._is_stem(block, follower):
                stem, item = block, None
            elif block.kind == "bullet":
                if item is not None and item.stem == (stem.text if stem else None) and self._is_limb(block, item):
                    item.take_limb(block)
                else:
                    item = self._recommendation(region, concern, block, stem)
            elif block.text.endswith(":") or (
                follower is not None and follower.kind == "bullet" and self.labels.has(block.text, "SHOULD", "REC_LEAD")
            ):
                if stem is not None and item is None and self.labels.has(stem.text, "SHOULD"):
                    self._unplaced(region, stem)
                stem, item = block, None
            elif self.labels.has(block.text, "SHOULD"):
                stem = None
                item = self._recommendation(region, concern, block, None)
            else:
                self._unplaced(region, block)
        if stem is not None and item is None:
            self.problems.append(
                doubt("stem_without_bullets", stem.page_first, f"no bullets could be read below “{stem.text[:100]}”")
            )

    def _is_stem(self, block: Block, follower: Block | None) -> bool:
        """A bullet such as `Within six months the force should:` with a list of its own below it."""
        deeper = follower is not None and follower.kind == "bullet" and follower.depth > block.depth
        return deeper and block.text.endswith(":") and self.labels.has(block.text, "SHOULD")

    def _run_on(self, region: Region, concern: Item | None, block: Block) -> None:
        """Bullets that run on in one line: the words before the first are the stem."""
        marks = [match.span() for match in _RUN_ON.finditer(block.text)]
        stem = block.text[: marks[0][0]].strip() or None
        for (_, start), (end, _) in pairwise([*marks, (len(block.text), 0)]):
            item = self._new(region, "recommendation", parent=concern, stem=stem)
            item.take(block, start=start, end=end)
            item.flags.add("bullets_in_text")

    def _recommendation(self, region: Region, concern: Item | None, block: Block, stem: Block | None) -> Item:
        item = self._new(region, "recommendation", block, parent=concern, stem=stem.text if stem else None)
        if concern is None:
            item.flags.add("no_cause_of_concern")
        if region.label == "COC_HEADING":
            item.rule_id = (
                match.rule_id
                if (match := self.labels.first(stem.text if stem else block.text, "REC_LEAD", "SHOULD"))
                else region.rule_id
            )
        return item

    # words in an item -------------------------------------------------------------------------------------------------

    def _deadline(self, words: str) -> str | None:
        should = self.labels.first(words, "SHOULD")
        reach = should.end + _DEADLINE_REACH if should else _DEADLINE_REACH
        found = self.labels.matches(words, "DEADLINE")
        matches = [match for match in found if match.start <= reach] or [
            match for match in found if match.value == "date"
        ]
        return min(matches, key=lambda match: (match.start, match.start - match.end)).text if matches else None

    def deadline_of(self, item: Item) -> str | None:
        """The printed time limit of a recommendation: its stem's, else its own."""
        if item.kind != "recommendation":
            return None
        return (self._deadline(item.stem) if item.stem else None) or self._deadline(
            item.text if not item.stem else item.text[:40]
        )

    def addressee_of(self, item: Item) -> str | None:
        """Whom the item speaks to: the subject before `should`."""
        words = item.stem or item.text
        should = self.labels.first(words, "SHOULD")
        subject = self.labels.first(words[: should.start] if should else "", "ADDRESSEE")
        return subject.text if subject else None


def _beside(one: Block, other: Block) -> bool:
    """Do two blocks share a height on one page?"""
    first, theirs = one.lines[0].box, other.lines[0].box
    if first is None or theirs is None or first.page != theirs.page:
        return False
    apart = first.x1 < theirs.x0 or theirs.x1 < first.x0
    return apart and first.top < theirs.bottom - 2 and theirs.top < first.bottom - 2


def _is_prose(block: Block) -> bool:
    return len(block.text.split()) >= _PROSE and block.text.endswith((".", ":"))


# records -------------------------------------------------------------------------------------------------------------


def finding_rows(
    finder: Finder, report_id: str, published: str | None, lengths: tuple[int, int]
) -> tuple[list[Finding], list[Problem]]:
    """Return one row per item in report order, and the problems met."""
    ids: dict[int, str] = {}
    seen: Counter[str] = Counter()
    rows = []
    for order, item in enumerate(finder.items):
        name = f"{report_id}/{KIND_CODES[item.kind]}/{short_hash(item.text)}"
        seen[name] += 1
        ids[id(item)] = name if seen[name] == 1 else f"{name}-{seen[name]}"
        rows.append(_row(item, order, ids, finder, report_id, published, lengths))
    problems = [remark.filed(report_id, "findings") for remark in finder.problems]
    return rows, problems


def _row(
    item: Item,
    order: int,
    ids: dict[int, str],
    finder: Finder,
    report_id: str,
    published: str | None,
    lengths: tuple[int, int],
) -> Finding:
    owner = finder.grader.owner(item.place)
    pages = item.pages()
    question = finder.grader.identity(owner) if owner is not None else None
    deadline = finder.deadline_of(item)
    return Finding(
        finding_id=ids[id(item)],
        report_id=report_id,
        kind=item.kind,
        question=question[1] if question else finder.parts[item.place].title,
        question_id=question[2].id if question and question[2] else None,
        order=order,
        text=item.text,
        detail=item.detail,
        parent_id=ids.get(id(item.parent)) if item.parent else None,
        stem=item.stem,
        limbs=tuple(item.limbs),
        deadline=deadline,
        deadline_on=deadline_day(deadline, published),
        addressee=finder.addressee_of(item),
        status=item.status,
        origin_cycle=item.origin,
        page_first=min(pages, default=None),
        page_last=max(pages, default=None),
        boxes=item.boxes(),
        rule_id=item.rule_id,
        flags=tuple(sorted(item.flags | _more_flags(item, pages, question is None, lengths, leads=finder.leads))),
    )


def _more_flags(item: Item, pages: list[int], homeless: bool, lengths: tuple[int, int], *, leads: bool) -> set[str]:
    words = len(item.text.split())
    longest = lengths[1] * (3 if item.kind == "cause_of_concern" else 1)
    tests: dict[str, Callable[[], bool]] = {
        "crosses_page": lambda: len(set(pages)) > 1,
        "unusual_length": lambda: not lengths[0] <= words <= longest,
        "no_closing_mark": lambda: (
            item.detail is None
            and item.kind in ("area_for_improvement", "recommendation")
            and not _CLOSED.search(item.text)
        ),
        "no_question": lambda: homeless,
        "lead_not_parted": lambda: leads and item.kind in _LED and item.detail is None and words > _LONG_LEAD,
        "glued_figures": lambda: bool(_GLUED.search(f"{item.text} {item.detail or ''}")),
        "odd_beginning": lambda: bool(_ODD_BEGINNING.match(item.text)),
        "bullets_in_text": lambda: bool(_RUN_ON.search(item.text)),
        "mark_in_text": lambda: bool(_STRAY_MARK.search(f"{item.text} {item.detail or ''}")),
    }
    return {flag for flag, test in tests.items() if test()}
