"""Recommendations: a stem and its bullets are one a bullet, a sentence without bullets is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from extractor.layout.blocks import Block
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.findings.clues import CLOSED, Clues
from extractor.report.findings.drafts import FindingDraft, Reading, draft, not_placed
from extractor.report.findings.lists import is_limb
from extractor.report.findings.region import Region

RUN_ON = re.compile(r"(?:(?<!\s)\s+)?[•▪■●]\s*")


class Role(Enum):
    """What a block is to the recommendations it stands among."""

    RUN_ON = "bullets that run on in one line"
    INNER_STEM = "a bullet that heads a list of its own"
    LIMB = "a list inside a recommendation"
    BULLET = "a bullet"
    STEM = "a stem"
    SENTENCE = "a sentence that says `should`"
    LINE = "a line that goes on from its stem"
    REST = "the rest of a line"
    UNPLACED = "no recommendation"


@dataclass(frozen=True, slots=True)
class Place:
    """A block, its follower, and the stem and recommendation before it."""

    block: Block
    follower: Block | None
    stem: Block | None
    item: FindingDraft | None
    is_marked: bool = False  # some recommendation of the region has a bullet: one without is none

    @property
    def goes_on(self) -> bool:
        """Does it begin in small letters?"""
        return self.block.text[:1].islower()

    @property
    def item_is_closed(self) -> bool:
        """Is there no recommendation before it, or does it end with a closing mark?"""
        return self.item is None or CLOSED.search(self.item.text) is not None

    @property
    def is_bullet(self) -> bool:
        return self.block.kind == "bullet"

    @property
    def heads_list(self) -> bool:
        """Does a bullet follow?"""
        return self.follower is not None and self.follower.kind == "bullet"

    @property
    def heads_deeper_list(self) -> bool:
        """Does a bullet that stands deeper follow?"""
        return self.heads_list and self.follower is not None and self.follower.depth > self.block.depth


def _is_inner_stem(place: Place, clues: Clues) -> bool:
    """A bullet such as `Within six months the force should:` with a list of its own below it."""
    colon = place.is_bullet and place.block.text.endswith(":")
    return colon and place.heads_deeper_list and clues.has(place.block, "SHOULD")


def _is_limb(place: Place, clues: Clues) -> bool:
    if not place.is_bullet or place.item is None:
        return False
    same_stem = place.item.stem == (place.stem.text if place.stem else None)
    return same_stem and is_limb(place.block, place.item, clues)


def _is_stem(place: Place, clues: Clues) -> bool:
    return place.block.text.endswith(":") or (place.heads_list and clues.has(place.block, "SHOULD", "REC_LEAD"))


ROLES: tuple[tuple[Role, Callable[[Place, Clues], bool]], ...] = (
    (Role.RUN_ON, lambda place, _: bool(RUN_ON.search(place.block.text))),
    (Role.INNER_STEM, _is_inner_stem),
    (Role.LIMB, _is_limb),
    (Role.BULLET, lambda place, _: place.is_bullet),
    (Role.STEM, _is_stem),
    (Role.SENTENCE, lambda place, clues: clues.has(place.block, "SHOULD")),
    (Role.REST, lambda place, _: place.goes_on and not place.item_is_closed),
    (Role.LINE, lambda place, _: place.goes_on and place.stem is not None and not place.is_marked),
)


def role_of(place: Place, clues: Clues) -> Role:
    """Return the first role that fits a block."""
    return next((role for role, fits in ROLES if fits(place, clues)), Role.UNPLACED)


@dataclass(slots=True)
class _Recommendations:
    """The recommendations of one region so far."""

    region: Region
    concern: FindingDraft | None
    clues: Clues
    drafts: list[FindingDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stem: Block | None = None
    item: FindingDraft | None = None  # that a limb would belong to

    def act(self, role: Role, block: Block) -> None:
        """Take a block up as what its role says."""
        if role is Role.RUN_ON:
            self.drafts += _run_on(self.region, self.concern, block, self.clues)
            self.stem = self.item = None
        elif role is Role.LIMB and self.item is not None:
            self.item.take_limb(block)
        elif role is Role.BULLET:
            self._add(block, role)
        elif role in (Role.STEM, Role.INNER_STEM):
            self._head(block, inner=role is Role.INNER_STEM)
        elif role is Role.SENTENCE:
            self.stem = None
            self._add(block, role)
        elif role is Role.LINE:
            self._add(block, role)
        elif role is Role.REST and self.item is not None:
            self.item.take(block)
            self.item.flags.add("joined_paragraphs")
        else:
            self.problems.append(not_placed(self.region, block))

    def _add(self, block: Block, role: Role) -> None:
        stem = self.stem.text if self.stem else None
        told_by = f"{role.value} below a stem" if stem else role.value
        self.item = draft(self.region, "recommendation", self.clues, told_by, parent=self.concern, stem=stem)
        self.item.take(block)
        if self.concern is None:
            self.item.flags.add("no_cause_of_concern")
        if self.region.label == "COC_HEADING" and (
            match := self.clues.labels.first(stem or block.text, "REC_LEAD", "SHOULD")
        ):
            self.item.rule_id = match.rule_id
        self.drafts.append(self.item)

    def _head(self, block: Block, *, inner: bool) -> None:
        """Begin a stem; one before it that headed nothing is in no item."""
        if not inner and self.stem is not None and self.item is None and self.clues.has(self.stem, "SHOULD"):
            self.problems.append(not_placed(self.region, self.stem))
        self.stem, self.item = block, None

    def close(self) -> Reading:
        if self.stem is not None and self.item is None:
            message = f"no bullets could be read below “{self.stem.text[:100]}”"
            self.problems.append(problem("stem_without_bullets", self.stem.page_first, message))
        return Reading(tuple(self.drafts), tuple(self.problems))


def read_recommendations(
    region: Region, blocks: Sequence[Block], concern: FindingDraft | None, clues: Clues
) -> Reading:
    """Read the recommendations in some blocks of a region; they belong to `concern`."""
    reading = _Recommendations(region, concern, clues)
    for block, follower in pairwise((*blocks, None)):
        if block is not None:
            place = Place(block, follower, reading.stem, reading.item, region.is_listed)
            reading.act(role_of(place, clues), block)
    return reading.close()


def _run_on(region: Region, concern: FindingDraft | None, block: Block, clues: Clues) -> list[FindingDraft]:
    """Bullets that run on in one line: the words before the first are the stem."""
    marks = [match.span() for match in RUN_ON.finditer(block.text)]
    stem = block.text[: marks[0][0]].strip() or None
    drafts = []
    for (_, start), (end, _) in pairwise([*marks, (len(block.text), 0)]):
        item = draft(region, "recommendation", clues, Role.RUN_ON.value, parent=concern, stem=stem)
        item.take(block, start=start, end=end)
        item.flags.add("bullets_in_text")
        drafts.append(item)
    return drafts
