"""Which block a line goes on with: of the few newest, the first to which all tests of their joint join it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.layout import thresholds
from extractor.layout.bullets import bullet_of, is_outer, stands_beside
from extractor.layout.joints import (
    CONTINUES_BELOW,
    CONTINUES_OVERLEAF,
    CONTINUES_PAST_FIGURE,
    Joint,
    OpenBlock,
    first_failure,
)
from extractor.layout.leading import Leading
from extractor.layout.page_layout import Layout
from extractor.layout.rectangles import overlaps_across
from extractor.models import Line


class Decision(NamedTuple):
    """What became of a line: the block it was added to, or why it begins a new one."""

    block: OpenBlock | None
    why: str  # the kind of joint; where there is none, the first test that failed


def past_figure(line: Line, broken: OpenBlock | None, layout: Layout) -> Decision | None:
    """Decide whether a line goes on with the sentence that a figure broke; None where it does not.

    `broken` is the last block in the body's type, when since then only lines in other type were printed.
    """
    if broken is None or broken.last.box is None or line.box is None or bullet_of(line, layout.body_size):
        return None
    failure = first_failure(CONTINUES_PAST_FIGURE, Joint(broken, line, layout))
    return None if failure else Decision(broken, "past a figure")


def is_body_type(line: Line, layout: Layout) -> bool:
    """Say whether a line is set as the text is, light or bold."""
    return abs(line.size - layout.body_size) < thresholds.SAME_SIZE * layout.body_size


def home_of(line: Line, recent: Sequence[OpenBlock], layout: Layout, leading: Leading) -> Decision:
    """Decide which of the recent blocks (newest first) a line of a page goes on with."""
    if recent and waits_for_words(recent[0], line):
        return Decision(recent[0], "words beside their bullet")
    bullet = bullet_of(line, layout.body_size)
    if is_outer(bullet):
        return Decision(None, "bullet")
    why = "first_line"
    for place, block in enumerate(recent):
        if bullet and (place or block.is_closed):
            return Decision(None, "bullet")  # a dash or a figure may also stand at the beginning of a line by chance
        if not _in_reach(block.last, line, newest=place == 0):
            continue
        decision = _tested(Joint(block, line, layout, leading))
        if decision.block:
            return decision
        if place == 0:
            why = decision.why
            if _stands_under(block.last, line):
                break  # it stands below the last block and is not part of it
    return Decision(None, why)


def _in_reach(last: Line, line: Line, *, newest: bool) -> bool:
    """Say whether a line may go on after a block's last line: any with the newest block, only one below with others."""
    return last.box is not None and (newest or _stands_below(last, line))


def _tested(joint: Joint) -> Decision:
    """Ask the tests of a line on the same page, or those of one overleaf."""
    last, line = joint.block.last, joint.line
    failure = first_failure(CONTINUES_BELOW if _stands_below(last, line) else CONTINUES_OVERLEAF, joint)
    if failure:
        return Decision(None, failure)
    return Decision(joint.block, "below" if last.page == line.page else "overleaf")


def _stands_under(last: Line, line: Line) -> bool:
    """Say whether a line stands further down and in the same column."""
    if last.box is None or line.box is None:
        return False
    return _stands_below(last, line) and overlaps_across(last.box, line.box)


def _stands_below(last: Line, line: Line) -> bool:
    if last.box is None or line.box is None:
        return False
    return last.page == line.page and line.box.top > last.box.top + 1


def waits_for_words(block: OpenBlock, line: Line) -> bool:
    """Say whether a block is a bullet without words, and the line stands beside it."""
    waits = block.kind == "bullet" and len(block.lines) == 1 and block.bullet == block.last.text.strip()
    return waits and stands_beside(block.last, line)
