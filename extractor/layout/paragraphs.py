"""Whether a line goes on with a paragraph: named tests, of which all must hold.

`CONTINUES_BELOW` is asked of the next line on the same page, `CONTINUES_OVERLEAF` of the first line of the next page or
column, `CONTINUES_PAST_FIGURE` where only labels in other type stand between. Each test is a pure function of a
`Joint`; the first that fails is kept, so that anyone can see why a paragraph was cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extractor.layout import thresholds
from extractor.layout.body_type import look_of
from extractor.layout.bullets import bullet_of, is_outer, stands_beside
from extractor.layout.leading import Leading, edge_of
from extractor.layout.page_layout import Layout
from extractor.layout.rectangles import overlaps_across
from extractor.models import Box, Line

_CLOSED = re.compile(r"[.?!:;][’”'\")\]]*$")


@dataclass(slots=True)
class OpenBlock:
    """A block that lines are still being added to."""

    kind: str  # text | bullet | furniture | note
    lines: list[Line] = field(default_factory=list)
    words_x0: float | None = None  # where its words begin, right of a bullet, once known
    bullet: str = ""

    @property
    def last(self) -> Line:
        """The line added last."""
        return self.lines[-1]

    @property
    def is_closed(self) -> bool:
        """Whether its last line ends a sentence or a clause, be it with the sign of a footnote."""
        words = "".join(run.text for run in self.last.runs if not run.raised) or self.last.text
        return _CLOSED.search(words.rstrip()) is not None


@dataclass(frozen=True, slots=True)
class Joint:
    """A block and the line that may go on with it; both stand on a page."""

    block: OpenBlock
    line: Line
    layout: Layout
    leading: Leading = field(default_factory=dict)

    @property
    def last(self) -> Box:
        """Where the block's last line stands."""
        assert self.block.last.box is not None
        return self.block.last.box

    @property
    def next(self) -> Box:
        """Where the line stands."""
        assert self.line.box is not None
        return self.line.box

    @property
    def shift(self) -> float:
        """How far right the line's column is of the block's: margins may be mirrored, columns stand apart."""
        first = self.block.lines[0].box or self.last
        return self.layout.column_edge(self.next) - self.layout.column_edge(first)


Test = Callable[[Joint], bool]


# tests of the next line on the same page -----------------------------------------------------------------------------


def same_style(joint: Joint) -> bool:
    """The size is the same, and the weight unless it changes inside a line (a bold lead, then plain words)."""
    last, line = joint.block.last, joint.line
    near = abs(last.size - line.size) < thresholds.SAME_SIZE * line.size and last.bold == line.bold
    if look_of(last)[0] != look_of(line)[0] and not near:
        return False
    if last.bold == line.bold:
        return last.colour == line.colour or not line.bold
    return _is_mixed(last) or (_is_mixed(line) and bool(line.runs) and line.runs[0].bold == last.bold)


def _is_mixed(line: Line) -> bool:
    weights = {run.bold for run in line.runs if run.text.strip() and not run.raised}
    return len(weights) > 1


def same_frame(joint: Joint) -> bool:
    """Both stand in one frame, or in none."""
    frames = joint.layout.frame_of
    return frames.get(joint.block.last.number) == frames.get(joint.line.number)


def same_cell(joint: Joint) -> bool:
    """Both stand in one cell of a drawn table, or in none."""
    cells = joint.layout.cell_of
    return cells.get(joint.block.last.number) == cells.get(joint.line.number)


def within_leading(joint: Joint) -> bool:
    """The line stands no further below than lines of one paragraph do."""
    size = joint.line.size
    usual = joint.leading.get(look_of(joint.line)[0], thresholds.LEADING * size)
    if _was_full(joint):
        usual = max(usual, joint.leading.get(edge_of(joint.line), 0.0))
    step = joint.next.top - joint.last.top
    return step <= thresholds.LOOSE * usual and step <= thresholds.LOOSEST * size


def aligned(joint: Joint) -> bool:
    """A bullet's line hangs right of its sign; prose keeps its left edge, its right edge or its middle."""
    block, size = joint.block, joint.line.size
    if block.kind == "bullet":
        return _hangs(block, joint.next.x0, size)
    moved = joint.next.x0 - joint.last.x0
    left = abs(moved) < thresholds.ALIGNED * size
    indented = len(block.lines) == 1 and -thresholds.INDENT * size < moved < 0
    middles = abs((joint.next.x0 + joint.next.x1) - (joint.last.x0 + joint.last.x1)) / 2
    right = abs(joint.next.x1 - joint.last.x1) < thresholds.FLUSH_RIGHT * size
    return left or indented or middles < thresholds.CENTRED * size or right


def needed_a_new_line(joint: Joint) -> bool:
    """After a closed sentence, a line that had room for the next word and did not take it ends its paragraph."""
    block, line = joint.block, joint.line
    if block.kind == "bullet" or not block.is_closed or line.text[:1].islower():
        return True
    return _was_full(joint) or block.last.number not in joint.layout.right_of


def _was_full(joint: Joint) -> bool:
    """Had the block's last line no room for the next word?"""
    line, right = joint.line, joint.layout.right_of.get(joint.block.last.number)
    word = len(line.text.split()[0]) / len(line.text) * (joint.next.x1 - joint.next.x0)
    return right is not None and right - joint.last.x1 < word + thresholds.ROOM * line.size


def _hangs(block: OpenBlock, x0: float, size: float, shift: float = 0.0) -> bool:
    """Does a line that begins at `x0` go on with a bullet, whose later lines hang right of its sign?"""
    first = block.lines[0].box
    if first is None:
        return False
    if len(block.lines) > 1 and block.lines[1].box:
        offset = 0.0 if block.lines[1].page == block.lines[0].page else shift
        return abs(x0 - shift - (block.lines[1].box.x0 - offset)) < thresholds.ALIGNED * size
    if block.words_x0 is not None:
        return abs(x0 - shift - block.words_x0) < thresholds.HANGING * size
    return thresholds.LEAST_HANG * size < x0 - shift - first.x0 < thresholds.HANG * size


# tests of the first line of the next page or column ------------------------------------------------------------------


def both_framed(joint: Joint) -> bool:
    """Both stand in a frame, or neither does."""
    frames = joint.layout.frame_of
    return (joint.block.last.number in frames) == (joint.line.number in frames)


def not_beside(joint: Joint) -> bool:
    """On one page, the line stands at the top of the next column, and not merely beside the block."""
    if joint.block.last.page != joint.line.page:
        return True
    higher = joint.last.top - joint.next.top >= thresholds.COLUMN_TOP * joint.line.size
    return higher and joint.line.number not in joint.layout.cell_of


def sentence_open(joint: Joint) -> bool:
    """The block's last sentence is open; a closed bullet may go on too, but not with prose at the margin."""
    if joint.block.kind != "bullet":
        return not joint.block.is_closed
    indent = joint.next.x0 - joint.layout.column_edge(joint.next)
    return not (joint.block.is_closed and indent < thresholds.AT_MARGIN * joint.line.size)


def line_full(joint: Joint) -> bool:
    """The block's last line had no room for more; a short one ends a paragraph, unless a sentence goes on in small."""
    lines = [line.box for line in joint.block.lines if line.box and line.page == joint.block.last.page]
    if len(lines) < 2 or joint.block.kind == "bullet" or joint.line.text[:1].islower():
        return True
    measure = max(box.x1 for box in lines) - joint.last.x0
    return joint.last.x1 - joint.last.x0 > thresholds.HALF_EMPTY * measure


def keeps_margin(joint: Joint) -> bool:
    """The line stands as far from its column's edge as the block's lines do from theirs."""
    if joint.block.kind == "bullet":
        return _hangs(joint.block, joint.next.x0, joint.line.size, joint.shift)
    moved = joint.next.x0 - joint.last.x0
    return min(abs(moved), abs(moved - joint.shift)) < thresholds.MARGIN_MOVED * joint.line.size


# tests of a line below a figure, or overleaf of one -------------------------------------------------------------------


def begins_small(joint: Joint) -> bool:
    """The line begins in the middle of a sentence."""
    return joint.line.text[:1].islower()


def unfinished(joint: Joint) -> bool:
    """The block ends in the middle of a sentence."""
    return not joint.block.is_closed


CONTINUES_BELOW: tuple[Test, ...] = (same_style, same_frame, same_cell, within_leading, aligned, needed_a_new_line)
CONTINUES_OVERLEAF: tuple[Test, ...] = (same_style, both_framed, not_beside, sentence_open, line_full, keeps_margin)
CONTINUES_PAST_FIGURE: tuple[Test, ...] = (begins_small, unfinished, same_style, both_framed, keeps_margin)


# which block a line goes on with -------------------------------------------------------------------------------------


def first_failure(tests: Sequence[Test], joint: Joint) -> str:
    """Return the name of the first test that fails, or nothing where all hold."""
    return next((test.__name__ for test in tests if not test(joint)), "")


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a line: the block it was added to, or why it begins a new one."""

    block: OpenBlock | None
    why: str  # the kind of joint; where there is none, the first test that failed


def past_figure(line: Line, broken: OpenBlock | None, layout: Layout) -> Decision | None:
    """Decide whether a line goes on with the sentence that a figure broke; None where it does not.

    `broken` is the last block in the body's type, when since then only lines in other type were printed.
    """
    if broken is None or broken.last.box is None or line.box is None:
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
