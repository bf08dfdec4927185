"""The blocks that may state the grade of a subject: the first of its own section and of the summaries in it."""

from __future__ import annotations

from itertools import takewhile

from extractor.layout.blocks import Block
from extractor.report.gradings.evidence import GradeClues
from extractor.report.gradings.subjects import Subjects
from extractor.report.sections import ITEM_LABELS, Part

_OPENING = 4  # blocks of a section that may state its grade
_FEW = 2  # blocks: a section with fewer of its own hands this on to the first one in it


def opening(place: int, subjects: Subjects, clues: GradeClues) -> list[Block]:
    """Return the blocks that may state the grade of the subject at a place."""
    parts = subjects.parts
    blocks = before_items(parts[place], clues)
    below = place + 1 < len(parts) and parts[place + 1].parent == place and not subjects.is_subject(place + 1)
    if len(blocks) < _FEW and below:
        blocks += before_items(parts[place + 1], clues)
    for child, other in enumerate(parts):
        summary = clues.labels.has(other.title or "", "SUMMARY", "JUDGMENTS")
        if child != place and summary and subjects.owner(child) == place:
            blocks += before_items(other, clues)
    return blocks


def before_items(part: Part, clues: GradeClues) -> list[Block]:
    """Return the first blocks of a part, up to the first heading of items."""
    read = (block for block in part.blocks if block.kind != "note")
    return list(takewhile(lambda block: not clues.labels.has(block.text, *ITEM_LABELS), read))[:_OPENING]
