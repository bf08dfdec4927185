"""Which blocks and lines stand in one row or column of a table: geometry only, in points from the top left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from extractor.layout.blocks import Block
from extractor.models import Box, Line

_TOUCH = 5  # points by which a cell may reach into the next one
_SLACK = 2  # points between the edge of a line and the middle of the cell beside it
_SAME_ROW = 4  # points: cells whose tops differ by less stand in one row
_BEFORE, _FROM, _TO = 0.15, 0.85, 1.25  # of a column's width: how far left of its head a line of it may begin, how far
# right, and where it must end; centred and indented names of the judgments tables since 2021 stay within
_LINES = (4, 3, 2, 1)  # of a cell, most first


def _level(boxes: Sequence[Box], others: Sequence[Box]) -> bool:
    """Do two groups of boxes on one page share a height?"""
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    return min(box.top for box in others) < bottom and max(box.bottom for box in others) > top


def left_of(block: Block, others: Sequence[Block]) -> list[Block]:
    """Return the blocks to the left of a block, at its height on its page."""
    boxes = block.boxes()
    left = min(box.x0 for box in boxes)
    found = []
    for other in others:
        theirs = [box for box in other.boxes() if box.page == boxes[0].page] if other is not block else []
        if theirs and _level(boxes, theirs) and max(box.x1 for box in theirs) <= left + _TOUCH:
            found.append(other)
    return found


def right_of(block: Block, others: Sequence[Block]) -> list[Block]:
    """Return the blocks to the right of a block whose first line is level with its first line."""
    first = block.boxes()[:1]
    found = []
    for other in others if first else ():
        theirs = other.boxes()[:1]
        if theirs and theirs[0].page == first[0].page and _level(first, theirs) and theirs[0].x0 > first[0].x1:
            found.append(other)
    return found


def runs_level_with(block: Block, lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield the runs of one to four lines that the middle of a block is level with, longest first."""
    boxes = block.boxes()
    middle = sum((box.top + box.bottom) / 2 for box in boxes) / len(boxes)
    for count in _LINES:
        for start in range(len(lines) - count + 1):
            run = lines[start : start + count]
            held = [line.box for line in run if line.box]
            if len(held) == count and held[0].top - _SLACK <= middle <= held[-1].bottom + _SLACK:
                yield run


def rows_of(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return neighbouring blocks that stand in one row; a block without a place is a row of its own."""

    def row(block: Block) -> tuple[int | None, int]:
        boxes = block.boxes()
        return block.page_first, round(boxes[0].top / _SAME_ROW) if boxes else block.number

    return [list(group) for _, group in groupby(blocks, key=row)]


def columns_below(heads: Sequence[Block], blocks: Sequence[Block]) -> list[tuple[Block, list[Line]]]:
    """Return each head of a row with the lines of `blocks` in the column below it, from the top."""
    heads = sorted(heads, key=lambda block: block.boxes()[0].x0)
    lefts = [block.boxes()[0].x0 for block in heads]
    width = min(right - left for left, right in pairwise(lefts))
    top = max(box.bottom for block in heads for box in block.boxes()) - _SLACK
    placed = _placed_below(blocks, heads[0].page_first, top)
    return [
        (head, [line for box, line in placed if _below(box, left, width)])
        for head, left in zip(heads, lefts, strict=True)
    ]


def _placed_below(blocks: Sequence[Block], page: int | None, top: float) -> list[tuple[Box, Line]]:
    """The lines of a page below a height, from the top."""
    lines = [line for block in blocks for line in block.lines if line.page == page]
    placed = [(line.box, line) for line in lines if line.box and line.box.top >= top]
    return sorted(placed, key=lambda pair: pair[0].top)


def _below(box: Box, left: float, width: float) -> bool:
    return left - _BEFORE * width <= box.x0 < left + _FROM * width and box.x1 < left + _TO * width
