"""The order in which the lines of a page are read.

The order in which lines are drawn is the order of writing in files from word processors and browsers, and is kept as
long as it runs down the page or to the next column or cell on the right. What is drawn out of turn (page furniture,
side bars, notes) is put in its place by cutting the page across and down between the blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, pairwise
from operator import attrgetter
from typing import NamedTuple, TypeVar

from extractor.reading.pdf.content import SetLine

_TOUCH = 2.0  # points by which neighbours may overlap
_LEVEL = 0.5  # of the type size: difference of baselines on one height
_LEADING = 1.2  # of the type size: lines further apart may have others between them
_MOST_BLOCKS, _MOST_LINES = 100, 800  # more pieces out of turn are the labels of a drawing
_WAYS = (
    (attrgetter("top"), attrgetter("bottom")),
    (attrgetter("x0"), attrgetter("x1")),
)  # across the page, down the page


class _Block(NamedTuple):
    """Lines that are read one after another."""

    lines: list[SetLine]
    x0: float
    top: float
    x1: float
    bottom: float


AreaT = TypeVar("AreaT", _Block, SetLine)
Side = Callable[[_Block | SetLine], float]


def in_reading_order(lines: Sequence[SetLine]) -> list[SetLine]:
    """Return the lines in the order of reading: down each column, cells of one height from left to right."""
    groups = _groups(lines)
    if len(groups) < 2:
        return list(lines)
    blocks = list(map(_block, groups))
    if len(blocks) <= _MOST_BLOCKS:
        parts = [part for block in blocks for part in _parted(block, [other for other in blocks if other is not block])]
        blocks = _ordered(parts)
    else:
        return _cut(list(lines))
    return [line for block in blocks for line in block.lines]


def _groups(lines: Sequence[SetLine]) -> list[list[SetLine]]:
    """Return the lines in groups that are drawn in the order of reading."""
    groups: list[list[SetLine]] = []
    for line in lines:
        if groups and _follows(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _follows(block: Sequence[SetLine], line: SetLine) -> bool:
    """Tell whether a line is in its turn: below the line before, or right of all that reaches its height."""
    before = block[-1]
    if line.base > before.base + _LEVEL * min(line.size, before.size):
        return True
    height = line.base - _LEVEL * line.size
    return all(other.x1 <= line.x0 + _TOUCH for other in block if other.base > height)


def _block(lines: Sequence[SetLine]) -> _Block:
    return _Block(
        list(lines),
        min(line.x0 for line in lines),
        min(line.top for line in lines),
        max(line.x1 for line in lines),
        max(line.bottom for line in lines),
    )


def _parted(block: _Block, others: Sequence[_Block]) -> list[_Block]:
    """Cut a block where lines of other blocks stand between two of its lines: header and footer drawn together."""
    strangers = [line for other in others for line in other.lines if line.x0 < block.x1 and line.x1 > block.x0]
    groups = [[block.lines[0]]]
    for before, line in pairwise(block.lines):
        apart = line.base - before.base > _LEADING * line.size
        if apart and any(before.base < stranger.base < line.base for stranger in strangers):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_block(group) for group in groups]


# cutting -------------------------------------------------------------------------------------------------------------


def _ordered(blocks: list[_Block]) -> list[_Block]:
    """Order blocks by cutting across where nothing is cut through, else down; where neither goes, line by line."""
    if len(blocks) < 2:
        return blocks
    for near, far in _WAYS:
        groups = _apart(blocks, near, far)
        if len(groups) > 1:
            return [block for group in groups for block in _ordered(group)]
    return [_block(_cut([line for block in blocks for line in block.lines]))]


def _cut(lines: list[SetLine]) -> list[SetLine]:
    """Order lines by cutting the page at its widest gap, across or down, and each part again."""
    ways = [_apart(lines, near, far) for near, far in _WAYS]
    gaps = [_widest(groups, near, far) for groups, (near, far) in zip(ways, _WAYS, strict=True)]
    (_, place), groups = max(zip(gaps, ways, strict=True), key=lambda way: way[0][0])
    if not place or len(lines) > _MOST_LINES:
        return sorted(lines, key=lambda line: (round(line.base), line.x0))
    return _cut(list(chain(*groups[:place]))) + _cut(list(chain(*groups[place:])))


def _widest(groups: list[list[SetLine]], near: Side, far: Side) -> tuple[float, int]:
    """Return the widest gap between groups, and the number of groups before it; 0 where there is but one."""
    best, reach = (float("-inf"), 0), float("-inf")
    for place, group in enumerate(groups):
        if place:
            best = max(best, (min(map(near, group)) - reach, place))
        reach = max(reach, max(map(far, group)))
    return best


def _apart(areas: Sequence[AreaT], near: Side, far: Side) -> list[list[AreaT]]:
    """Group areas so that those of different groups do not overlap between their sides `near` and `far`, in order."""
    groups: list[list[AreaT]] = []
    reach = float("-inf")
    for area in sorted(areas, key=near):
        if near(area) < reach - _TOUCH:
            groups[-1].append(area)
        else:
            groups.append([area])
        reach = max(reach, far(area))
    return groups
