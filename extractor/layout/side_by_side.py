"""Frames that print two headings of items beside each other, a concern and what is recommended: each side is a frame.

Readers give the lines of such a frame row by row. Only where both headings stand alone by their words are the sides
read one after the other; any other table is read as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.layout import thresholds
from extractor.layout.wording import Start, Wording
from extractor.models import Line


@dataclass(frozen=True, slots=True)
class Sides:
    """How the lines of split frames are to be read, by line number."""

    frame_of: dict[int, int]  # the new frames of the right-hand sides
    place_of: dict[int, int]  # where each line stands in reading order, as a line number


def split_sides(lines: Sequence[Line], frame_of: Mapping[int, int], wording: Wording) -> Sides:
    """Return the sides of every frame that has two headings of items on one level."""
    sides = Sides({}, {})
    fresh = max(frame_of.values(), default=0)
    for place, (left, right) in enumerate(pairwise(lines)):
        frame = frame_of.get(left.number)
        if frame is None or frame != frame_of.get(right.number) or not _both_head(left, right, wording):
            continue
        fresh += 1
        below = [line for line in lines[place:] if _shares(line, left, frame_of)]
        ordered = [*_side(below, right, right_hand=False), *_side(below, right, right_hand=True)]
        places = sorted(line.number for line in below)
        sides.place_of.update((line.number, place) for line, place in zip(ordered, places, strict=True))
        sides.frame_of.update((line.number, fresh) for line in _side(below, right, right_hand=True))
    return sides


def _both_head(left: Line, right: Line, wording: Wording) -> bool:
    if not left.box or not right.box or left.page != right.page:
        return False
    level = abs(left.box.top - right.box.top) < thresholds.LEVEL * left.size
    alone = all(wording.starts_own_block(line.text) is Start.ALONE for line in (left, right)) if level else False
    return alone and left.box.x1 < right.box.x0


def _shares(line: Line, heading: Line, frame_of: Mapping[int, int]) -> bool:
    """Does a line stand in the heading's frame on its page, level with it or below?"""
    if line.box is None or heading.box is None or line.page != heading.page:
        return False
    return frame_of.get(line.number) == frame_of.get(heading.number) and line.box.bottom > heading.box.top


def _side(lines: Sequence[Line], right: Line, *, right_hand: bool) -> Iterator[Line]:
    edge = right.box.x0 - thresholds.IN_COLUMN * right.size if right.box else 0.0
    return (line for line in lines if line.box and (line.box.x0 >= edge) == right_hand)
