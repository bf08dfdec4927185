"""What is printed across or beside the text and is no part of it: watermarks, side titles, comments, line numbers.

They are told by direction, place and size alone. Their role is `aside`: read over, never taken into an item, and named.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.layout import thresholds
from extractor.models import Box, Line

ROLE = "aside"
_FEW = 5  # lines: a page with fewer of the body's type shows no margin


def asides(lines: Sequence[Line], body_size: float) -> dict[int, str]:
    """Return role `aside` for lines of one page that stand across or beside its text, by line number."""
    text = [line for line in lines if _is_text(line, body_size)]
    boxes = [line.box for line in text if line.box]
    plain = {line.number for line in text}
    return {
        line.number: ROLE
        for line in lines
        if line.box
        and (line.number not in plain or line.text.strip().isdecimal())
        and _stands_aside(line, boxes, lines, body_size)
    }


def _is_text(line: Line, body_size: float) -> bool:
    """Say whether a line is set in the body's size and runs as the text does."""
    is_body = abs(line.size - body_size) < thresholds.SAME_SIZE * body_size
    return line.box is not None and is_body and not runs_sideways(line)


def _stands_aside(line: Line, text: Sequence[Box], lines: Sequence[Line], body_size: float) -> bool:
    return (
        runs_sideways(line)
        or lies_across(line, text, body_size)
        or stands_in_margin(line, text, body_size)
        or numbers_lines(line, text, lines)
    )


def runs_sideways(line: Line) -> bool:
    """Say whether words run up or down the page: they are much higher than wide."""
    box = line.box
    if box is None:
        return False
    height, width = box.bottom - box.top, box.x1 - box.x0
    return height > 2 * width and height > thresholds.SIDEWAYS * line.size and len(line.text.strip()) >= 3


def lies_across(line: Line, text: Sequence[Box], body_size: float) -> bool:
    """Say whether large type is printed over lines of the text: a watermark or a stamp."""
    if line.box is None or line.size <= thresholds.DISPLAY * body_size:
        return False
    return sum(_overprints(line.box, box) for box in text) > 1


def _overprints(large: Box, box: Box) -> bool:
    height = min(large.bottom, box.bottom) - max(large.top, box.top)
    width = min(large.x1, box.x1) - max(large.x0, box.x0)
    return width > 0 and height > thresholds.OVERPRINT * (box.bottom - box.top)


def stands_in_margin(line: Line, text: Sequence[Box], body_size: float) -> bool:
    """Say whether small type stands in the margin right of all the page's text, and beside it: a comment."""
    box = line.box
    if box is None or len(text) < _FEW or line.size >= thresholds.SMALLER * body_size:
        return False
    beside = min(other.top for other in text) <= box.top <= max(other.bottom for other in text)
    return beside and box.x0 >= max(other.x1 for other in text)


def numbers_lines(line: Line, text: Sequence[Box], lines: Sequence[Line]) -> bool:
    """Say whether a lone number left of the page's text is one of a column that counts up: the lines are numbered."""
    if line.box is None or not line.text.strip().isdecimal():
        return False
    column = [other for other in lines if other.text.strip().isdecimal() and _ends_with(other, line)]
    words = [box for box in text if box.x0 > line.box.x1]
    return _counts_up(column) and len(words) >= len(text) - len(column)


def _counts_up(column: Sequence[Line]) -> bool:
    """Say whether the numbers of a column grow by one step, from the top down."""
    values = [int(line.text) for line in sorted(column, key=_top)]
    steps = {after - before for before, after in pairwise(values)}
    return len(values) >= _FEW and len(steps) == 1 and min(steps) > 0


def _ends_with(one: Line, other: Line) -> bool:
    """Do two lines end at one right edge?"""
    return bool(one.box and other.box) and abs(_right(one) - _right(other)) < one.size


def _right(line: Line) -> float:
    return line.box.x1 if line.box else 0.0


def _top(line: Line) -> float:
    return line.box.top if line.box else 0.0
