"""What the steps may ask of a block: its words against the rules, its type, its place in the tree of sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.layout.blocks import Block, Text
from extractor.layout.style_census import style_of
from extractor.report.gradings.evidence import Cycles
from extractor.report.gradings.subjects import Subjects
from extractor.report.headings import is_heading
from extractor.report.sections import Part
from extractor.rulebook.matcher import Labeller, Match

CLOSED = re.compile(r"[.?!;:][’”'\")\]]*(?:\s+(?:and|or))?$|;\s*(?:and|or)$")
SENTENCE_END = re.compile(r"[.?!](?:\s|$)")
_BETWEEN = re.compile(r"(?<=[.?!])\s+(?=[^a-z])")
FULL_STOP = re.compile(r"[.?!][’”'\")\]]*$")
_HEADING_TAGS = ("TH", "SUMMARY", "DT", "CAPTION", "LEGEND")
_PROSE = 8  # words: a sentence of a report, not a cell of a table
_LEAD_WORDS = 4  # a bold beginning of fewer words is emphasis, not a lead sentence
_AT_START = 3  # characters: words that begin later do not open the block


@dataclass(frozen=True, slots=True)
class Clues:
    """One document as the steps see it; no step changes it."""

    text: Text
    parts: Sequence[Part]
    labels: Labeller
    subjects: Subjects
    cycles: Cycles
    leads: bool  # items are a lead sentence and its explanation, not bullets of a list
    numbered: bool = False  # the number of a recommendation, not its bullet, makes it one
    listed: bool = False  # items are bullets that find something, in as many words as it takes
    chapters: bool = False  # items belong to the chapter they stand in, not to its nearest heading
    part_of: dict[int, int] = field(init=False)  # number of a block → place of its part
    openers: frozenset[int] = field(init=False)  # numbers of the blocks that open a section

    def __post_init__(self) -> None:
        held = {block.number: place for place, part in enumerate(self.parts) for block in part.blocks}
        object.__setattr__(self, "part_of", held)
        opening = frozenset(part.heading.number for part in self.parts if part.heading)
        object.__setattr__(self, "openers", opening)

    def has(self, block: Block, *labels: str) -> bool:
        """Say whether the words of a block match a rule of one of the labels."""
        return self.labels.has(block.text, *labels)

    def first(self, block: Block, *labels: str) -> Match | None:
        """Return the first match of the labels in a block."""
        return self.labels.first(block.text, *labels)

    def begins(self, block: Block, label: str, within: int = _AT_START) -> bool:
        """Say whether a match of the label begins in the first characters of a block."""
        match = self.labels.first(block.text, label)
        return match is not None and match.start < within

    def opens_item(self, block: Block) -> bool:
        """Say whether a block begins as items do: `The force should …`."""
        return self.begins(block, "OPENER")

    def is_about_items(self, block: Block) -> bool:
        """True for words only on where an item comes from, such as `This area for improvement is carried over …`."""
        return self.tells_of_items(block) and not any(
            self.labels.first(sentence, "ABOUT_ITEM", "ABOUT_MORE") is None for sentence in sentences(block.text)
        )

    def tells_of_items(self, block: Block) -> bool:
        """True for a paragraph that begins with a sentence on where an item comes from."""
        return block.kind != "bullet" and self.begins(block, "ABOUT_ITEM")

    def is_carried_line(self, block: Block) -> bool:
        """True for a line such as `One area for improvement remained from that inspection:`."""
        return self.has(block, "CARRIED") and block.text.endswith(":")

    def is_heading(self, block: Block) -> bool:
        """Say whether type and words make a block a heading."""
        return is_heading(block, self.text)

    def is_set_apart(self, block: Block) -> bool:
        """Do type, box or tag speak for a heading?"""
        return self.is_heading(block) or is_dressed(block)

    def may_be_item(self, block: Block) -> bool:
        """Say whether a block is more than a line on the status of items."""
        return not self.has(block, "CARRIED") and not self.is_about_items(block)

    def tells_status(self, block: Block) -> bool:
        """Say whether a block is no item, and tells of those below it that they are not new."""
        return self.is_carried_line(block) or self.is_about_items(block)

    def home_of(self, place: int) -> str | None:
        """Return the title that the items of a part stand under, where the report has no questions."""
        part = self.parts[place]
        if not self.chapters:
            return part.title
        level = _chapter_level(self.parts)
        while part.level > level and part.parent is not None:
            part = self.parts[part.parent]
        return part.title

    def is_indented_alike(self, block: Block, first: Block) -> bool:
        """Say whether a block is set as the first of an indented list is: the list's bullets may be pictures."""
        style = style_of(first, self.text.layout)
        return style.indent > 0 and style_of(block, self.text.layout) == style

    def hangs_under_stem(self, block: Block, before: Sequence[Block]) -> bool:
        """Say whether a paragraph is set as the point of a list below words that end with a colon: `It should:`.

        The bullets of such a list may be pictures. `before` are the blocks that it follows.
        """
        if self.opens_item(block):
            return False
        style = style_of(block, self.text.layout)
        for above in reversed(before):
            other = style_of(above, self.text.layout)
            if above.text.endswith(":"):
                return style.indent > other.indent and not self.tells_status(above)
            if other != style or not CLOSED.search(above.text):
                return False
        return False

    def after(self, place: int) -> Block | None:
        """Return the block that follows a place of the reading text."""
        blocks = self.text.reading
        return blocks[place + 1] if place + 1 < len(blocks) else None


def _chapter_level(parts: Sequence[Part]) -> int:
    """The highest level with several headings; a title alone above them is no chapter."""
    counts = Counter(part.level for part in parts if part.heading)
    return min((level for level, count in counts.items() if count > 1), default=0)


def is_dressed(block: Block) -> bool:
    """True for bold type, capitals, a box or the tag of a heading."""
    return block.all_bold or block.text.isupper() or block.frame is not None or block.lines[0].tag in _HEADING_TAGS


def is_prose(block: Block) -> bool:
    """True for a sentence of a report, not a cell of a table."""
    return len(block.text.split()) >= _PROSE and block.text.endswith((".", ":"))


def is_short(block: Block) -> bool:
    """True for fewer words than a sentence of a report has."""
    return len(block.text.split()) < _PROSE


def sentences(words: str) -> list[str]:
    """Part words after each closing mark that no small letter follows."""
    return _BETWEEN.split(words)


def bold_lead(block: Block) -> int | None:
    """Where the bold beginning of a paragraph ends, when it is a sentence and not the whole."""
    if not block.strong or block.strong[0][0] > 0:
        return None
    end = block.strong[0][1]
    lead, rest = block.text[:end].strip(), block.text[end:].strip()
    ends = bool(FULL_STOP.search(lead)) or not rest[:1].islower()
    return end if ends and rest and len(lead.split()) >= _LEAD_WORDS else None


def lead_end(block: Block) -> int | None:
    """Where the bold words at the beginning of a block end, be they a part or the whole of it."""
    return len(block.text) if block.all_bold else bold_lead(block)
