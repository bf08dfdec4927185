"""Items of papers that set them as lists below headings: one bullet is one item, whatever it says.

Sub-headings part such a list and do not end it. Boxed studies of good or bad practice stand between the lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.layout.blocks import Block
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.findings.clues import Clues
from extractor.report.findings.drafts import FindingDraft, draft, not_placed
from extractor.report.findings.find import FoundItems
from extractor.report.findings.lists import is_limb
from extractor.report.findings.region import KINDS, Region
from extractor.rulebook.matcher import Match

_ENDED = re.compile(r"[.?!;:][’”'\")\]]*$")
_LONGEST_HEADING = 20  # words


def find_listed_items(clues: Clues) -> FoundItems:
    """Find every item of every list and every boxed study, in order."""
    reader = _Reader(clues)
    for block in clues.text.reading:
        reader.read(block)
    reader.close()
    return FoundItems(tuple(reader.items), frozenset(reader.taken), tuple(reader.problems))


@dataclass(slots=True)
class _Reader:
    """The list and the study that are open while a document is read block by block."""

    clues: Clues
    items: list[FindingDraft] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    list_: Region | None = None
    topic: str | None = None  # the sub-heading
    stem: Block | None = None  # the lead-in of the bullets
    study: FindingDraft | None = None

    def read(self, block: Block) -> None:
        """Take one block for what it is: a heading, a part of the study or list that is open, or neither."""
        match = self.clues.first(block, *KINDS)
        if match and match.start == 0 and self._is_heading(block):
            self._open(match, block)
        elif self._goes_on_with_study(block):
            self._take(self.study, block)
        elif self.list_ is None:
            return
        elif block.kind == "bullet":
            self._bullet(self.list_, block)
        elif self._ends_list(self.list_, block):
            self.close()
        elif block.all_bold and len(block.text.split()) <= _LONGEST_HEADING:
            self.topic, self.stem = block.text, None
            self.taken.add(block.number)
        else:
            self._paragraph(self.list_, block)

    def close(self) -> None:
        """End the list that is open; a heading below which nothing stood is said."""
        region = self.list_
        if region is not None and not any(item.region is region for item in self.items):
            message = f"nothing could be read below the heading “{region.heading.text}”"
            self.problems.append(problem("heading_without_items", region.heading.page_first, message))
        self.list_ = self.topic = self.stem = self.study = None

    def _is_heading(self, block: Block) -> bool:
        return block.all_bold or self.clues.is_heading(block)

    def _open(self, match: Match, heading: Block) -> None:
        self.taken.add(heading.number)
        place = self.clues.part_of.get(heading.number, 0)
        region = Region(match.label, heading, place, match.rule_id, "its heading", heading.frame)
        if match.label == "STUDY_HEADING":
            self.study = self._new(region, "a boxed study")
            self.study.topic = heading.text
        else:
            self.close()
            self.list_ = region

    def _new(self, region: Region, told_by: str) -> FindingDraft:
        item = draft(region, region.kind, self.clues, told_by, stem=self.stem.text if self.stem else None)
        item.topic = self.topic or region.heading.text
        self.items.append(item)
        return item

    def _take(self, item: FindingDraft | None, block: Block) -> None:
        if item is not None:
            item.take(block)
        self.taken.add(block.number)

    def _goes_on_with_study(self, block: Block) -> bool:
        """Does the block stand in the box of the study that was opened last, or without a box still in its prose?"""
        if self.study is None:
            return False
        frame = self.study.region.heading.frame
        goes_on = block.frame == frame and (
            frame is not None or not (self._is_heading(block) or block.kind == "bullet")
        )
        if not goes_on:
            self.study = None
        return goes_on

    def _bullet(self, region: Region, block: Block) -> None:
        last = self._last(region)
        self.taken.add(block.number)
        if last is not None and is_limb(block, last, self.clues):
            last.take_limb(block)
        else:
            self._new(region, "a bullet").take(block)

    def _last(self, region: Region) -> FindingDraft | None:
        """The item last read below the heading, sub-heading and lead-in that are open."""
        last = next((item for item in reversed(self.items) if item.region is region), None)
        stem = self.stem.text if self.stem else None
        topic = self.topic or region.heading.text
        return last if last is not None and (last.topic, last.stem) == (topic, stem) else None

    def _paragraph(self, region: Region, block: Block) -> None:
        """A paragraph leads in bullets, goes on with a cut item, or is an item in a list without marks."""
        self.taken.add(block.number)
        last = self._last(region)
        if block.text.endswith(":"):
            self.stem = block
        elif last is not None and not _ENDED.search(last.text) and block.text[:1].islower():
            last.take(block)
        elif self._has_marks(region):
            self.problems.append(not_placed(region, block))
        else:
            self._new(region, "a paragraph").take(block)

    def _has_marks(self, region: Region) -> bool:
        """Are the items of the list that is open set as bullets?"""
        return any(item.told_by == "a bullet" for item in self.items if item.region is region)

    def _ends_list(self, region: Region, block: Block) -> bool:
        if self.clues.has(block, "LIST_END") or block.frame is not None:
            return True
        body, size = self.clues.text.layout.body_size, block.look[0]
        return size > body and size >= region.heading.look[0] and self._is_heading(block)
