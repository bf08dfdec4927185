"""A region: a heading of items and the blocks that belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.layout.blocks import Block

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
