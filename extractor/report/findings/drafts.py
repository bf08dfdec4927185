"""A finding while it is put together from blocks, and the steps that decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.layout.blocks import Block
from extractor.models import Box, Problem
from extractor.phrasing import shortened
from extractor.problems import problem
from extractor.report.findings.clues import Clues
from extractor.report.findings.region import Region


class Passage(NamedTuple):
    """A stretch of a block: the characters from `start` to `end`."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end].strip()


class Status(NamedTuple):
    """Whether an item is new, and if not where it comes from."""

    status: str = "new"  # new | carried_forward | restated
    origin: str | None = None


NEW = Status()


@dataclass(slots=True, eq=False)
class FindingDraft:
    """A finding while it is being put together."""

    kind: str
    region: Region
    rule_id: str
    stem: str | None = None
    parent: FindingDraft | None = None
    status: Status = NEW
    flags: set[str] = field(default_factory=set)
    limbs: list[str] = field(default_factory=list)
    limb_depth: int = 0
    number: str | None = None  # as printed
    outcome: str | None = None  # closed | open, where a letter says so
    outcome_sentence: str | None = None
    also_on: set[int] = field(default_factory=set)  # pages where it is printed again
    topic: str | None = None  # the nearest heading, where the paper has no questions
    told_by: str = ""  # the step that made it an item of its own
    text_passages: list[Passage] = field(default_factory=list)
    detail_passages: list[Passage] = field(default_factory=list)

    @property
    def place(self) -> int:
        """Place of the part it stands in."""
        return self.region.place

    @property
    def text(self) -> str:
        return _joined(self.text_passages)

    @property
    def detail(self) -> str | None:
        return _joined(self.detail_passages) or None

    def take(self, block: Block, *, start: int = 0, end: int | None = None) -> None:
        """Add words to its text."""
        self.text_passages.append(Passage(block, start, len(block.text) if end is None else end))
        self.flags.update(block.flags)

    def explain(self, block: Block, *, start: int = 0) -> None:
        """Add words to its detail."""
        self.detail_passages.append(Passage(block, start, len(block.text)))
        self.flags.update(block.flags)

    def take_lead(self, block: Block, end: int | None) -> None:
        """Add the words to `end` to its text and what follows them to its detail."""
        self.take(block, end=end)
        if end is not None and end < len(block.text):
            self.explain(block, start=end)

    def take_limb(self, block: Block) -> None:
        """Add a bullet of the list inside it."""
        self.take(block)
        self.limbs.append(block.text)
        self.limb_depth = self.limb_depth or block.depth

    def boxes(self) -> tuple[Box, ...]:
        """Return the boxes of all its lines."""
        passages = (*self.text_passages, *self.detail_passages)
        return tuple(box for block, start, end in passages for box in block.boxes(start, end))

    def pages(self) -> list[int]:
        """Return the page of each of its lines."""
        return [box.page for box in self.boxes()]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one region."""

    drafts: tuple[FindingDraft, ...] = ()
    problems: tuple[Problem, ...] = ()


def draft(
    region: Region,
    kind: str,
    clues: Clues,
    told_by: str,
    *,
    stem: str | None = None,
    parent: FindingDraft | None = None,
    status: Status = NEW,
) -> FindingDraft:
    """Return a draft without words yet."""
    flags = set() if clues.is_set_apart(region.heading) else {"heading_in_body_type"}
    if region.heading.text in clues.labels.read_as:
        flags.add("heading_misprinted")
    return FindingDraft(kind, region, region.rule_id, stem, parent, status, flags, told_by=told_by)


def not_placed(region: Region, block: Block) -> Problem:
    """Return the problem that a block of a region is in no item."""
    message = f"below “{region.heading.text}” stands “{shortened(block.text, 100)}”, which is no item; look at the page"
    return problem("text_not_placed", block.page_first, message)


def _joined(passages: Sequence[Passage]) -> str:
    return " ".join(words for passage in passages if (words := passage.text))
