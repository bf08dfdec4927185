"""Recommendations counted by their printed number: one number is one item, whatever bullets or limbs it has.

The number stands in the heading (`Recommendation 4`) or at the bullet, in groups below a heading `Recommendations`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.layout.blocks import Block
from extractor.models import Problem
from extractor.phrasing import shortened
from extractor.problems import problem
from extractor.report.findings.clues import CLOSED, Clues
from extractor.report.findings.drafts import FindingDraft, Reading, draft, not_placed
from extractor.report.findings.lists import is_limb
from extractor.report.findings.region import Region

_LAST_NUMBER = re.compile(r"\b(\d{1,3}(?:\.\d{1,2})?)\W*$")
_FIRST_NUMBER = re.compile(r"^\s*\(?(\d{1,3}(?:\.\d{1,2})?)[.)]?(?:\s|$)")


def number_of_heading(heading: Block) -> str | None:
    """Return the number a heading of one item ends with, as printed."""
    return number_of_heading_words(heading.text)


def number_of_heading_words(words: str) -> str | None:
    """Return the number that some words end with, as printed."""
    found = _LAST_NUMBER.search(words)
    return found.group(1) if found else None


def number_of_bullet(block: Block) -> str | None:
    """Return the number that stands as the mark of a bullet, as printed."""
    found = _FIRST_NUMBER.match(block.lines[0].text) if block.kind == "bullet" else None
    return found.group(1) if found else None


def is_numbered(region: Region, clues: Clues) -> bool:
    """Does the heading of recommendations carry the number of one?"""
    return clues.numbered and region.label == "REC_HEADING" and number_of_heading(region.heading) is not None


def is_grouped(region: Region, clues: Clues) -> bool:
    """Does a heading without a number head recommendations in groups?"""
    return clues.numbered and region.label == "REC_HEADING" and number_of_heading(region.heading) is None


def is_retold(region: Region, clues: Clues) -> bool:
    """Does it print recommendations of an earlier report: by a heading above it, or with what became of them?"""
    place: int | None = region.place
    while place is not None:
        if clues.labels.has(clues.parts[place].title or "", "RETOLD"):
            return True
        place = clues.parts[place].parent
    return any(clues.begins(block, "STATUS_LINE") for block in region.blocks)


def retold(region: Region) -> Problem:
    """Return the remark that items of an earlier report are left out."""
    words = shortened(" ".join(block.text for block in region.blocks), 80)
    message = f"“{region.heading.text}” (“{words}”) tells again what an earlier report said; it is no new item"
    return problem("items_retold", region.heading.page_first, message)


def read_numbered(region: Region, clues: Clues, concern: FindingDraft | None) -> Reading:
    """Read all that stands below a numbered heading as one recommendation."""
    if not region.blocks:
        return Reading()
    item = draft(region, region.kind, clues, "the number of its heading", parent=concern)
    item.number = number_of_heading(region.heading)
    for block in region.blocks:
        if block.kind == "bullet":
            item.take_limb(block)
        else:
            item.take(block)
    return Reading((item,))


def read_grouped(region: Region, clues: Clues, concern: FindingDraft | None) -> Reading:
    """Read recommendations in groups, each below a stem: a number begins an item, bullets without one are its limbs."""
    groups = _Groups(region, clues, concern)
    for block in region.blocks:
        groups.read(block)
    return groups.close()


@dataclass(slots=True)
class _Groups:
    """The group and item that are open while a list of recommendations is read."""

    region: Region
    clues: Clues
    concern: FindingDraft | None
    drafts: list[FindingDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stem: Block | None = None
    item: FindingDraft | None = None

    def read(self, block: Block) -> None:
        """Take one block for what it is among the groups."""
        run_in = self.clues.first(block, "RUN_IN")
        if run_in is not None and run_in.start == 0:
            self._close_group()
            self._begin(block, "its number", start=run_in.end, number=number_of_heading_words(run_in.text))
        elif block.kind == "bullet":
            self._bullet(block)
        elif self.clues.is_heading(block):
            self._close_group()
        elif block.text.endswith(":"):
            self._close_group()
            self.stem = block
        elif self.item is not None and not CLOSED.search(self.item.text):
            self.item.take(block)
        elif self.clues.has(block, "SHOULD") and not self.clues.has(block, "PAST"):
            self._close_group()
            self._begin(block, "a sentence that tells somebody to act")
        elif self.drafts:
            self.problems.append(not_placed(self.region, block))

    def _bullet(self, block: Block) -> None:
        number = number_of_bullet(block)
        limb = (
            self.item is not None
            and number is None
            and (self.item.number is not None or is_limb(block, self.item, self.clues))
        )
        if limb and self.item is not None:
            self.item.take_limb(block)
        else:
            self._begin(block, "its number" if number else "a bullet")

    def _begin(self, block: Block, told_by: str, *, start: int = 0, number: str | None = None) -> None:
        stem = self.stem.text if self.stem and block.kind == "bullet" else None
        self.item = draft(self.region, self.region.kind, self.clues, told_by, stem=stem, parent=self.concern)
        self.item.number = number or number_of_bullet(block)
        self.item.topic = self.region.heading.text
        self.item.take(block, start=start)
        self.drafts.append(self.item)

    def _close_group(self) -> None:
        """Say so when a stem headed nothing."""
        if self.stem is not None and self.item is None:
            message = f"no bullets could be read below “{self.stem.text[:100]}”"
            self.problems.append(problem("stem_without_bullets", self.stem.page_first, message))
        self.stem = self.item = None

    def close(self) -> Reading:
        """Return all items and what is to be said."""
        self._close_group()
        return Reading(tuple(self.drafts), tuple(self.problems))
