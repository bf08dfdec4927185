"""A joint: a block and the line that may go on with it, and the named tests of which all must hold.

`CONTINUES_BELOW` is asked of the next line on the same page, `CONTINUES_OVERLEAF` of the first line of the next page or
column, `CONTINUES_PAST_FIGURE` where only labels in other type stand between. Each test is a pure function of a
`Joint`; the first that fails is kept, so that anyone can see why a paragraph was cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extractor.layout import thresholds
from extractor.layout.body_type import type_size
from extractor.layout.bullets import hangs
from extractor.layout.leading import Leading, edge_of, ends_closed
from extractor.layout.page_layout import Layout
from extractor.models import Box, Line

_CLOSING = (".", "?", "!", ":", ";")


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
        line = self.lines[-1]
        words = line.text
        if any(run.raised for run in line.runs):
            words = "".join(run.text for run in line.runs if not run.raised) or words
        return ends_closed(words, _CLOSING)


@dataclass(slots=True, eq=False)
class Joint:
    """A block and the line that may go on with it; both stand on a page."""

    block: OpenBlock
    line: Line
    layout: Layout
    leading: Leading = field(default_factory=dict)
    last: Box = field(init=False)  # where the block's last line stands
    next: Box = field(init=False)  # where the line stands

    def __post_init__(self) -> None:
        """Keep the places of both lines."""
        last, following = self.block.lines[-1].box, self.line.box
        assert last is not None and following is not None
        self.last, self.next = last, following

    @property
    def shift(self) -> float:
        """How far right the line's column is of the block's: margins may be mirrored, columns stand apart."""
        first = self.block.lines[0].box or self.last
        return self.layout.column_edge(self.next) - self.layout.column_edge(first)


Test = Callable[[Joint], bool]


# tests of the next line on the same page -----------------------------------------------------------------------------


def same_style(joint: Joint) -> bool:
    """The size is the same, and the weight unless it changes inside a line (a bold lead, then plain words)."""
    last, line = joint.block.lines[-1], joint.line
    if last.size != line.size and type_size(last) != type_size(line):
        near = abs(last.size - line.size) < thresholds.SAME_SIZE * line.size and last.bold == line.bold
        if not near:
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
    step = joint.next.top - joint.last.top
    if step > thresholds.LOOSEST * size:
        return False
    usual = joint.leading.get(type_size(joint.line)) or thresholds.LEADING * size
    if step <= thresholds.LOOSE * usual:
        return True
    return _was_full(joint) and step <= thresholds.LOOSE * joint.leading.get(edge_of(joint.line), 0.0)


def aligned(joint: Joint) -> bool:
    """A bullet's line hangs right of its sign; prose keeps its left edge, its right edge or its middle."""
    block, size, last, line = joint.block, joint.line.size, joint.last, joint.next
    if block.kind == "bullet":
        return _hangs(block, line.x0, size)
    moved = line.x0 - last.x0
    if abs(moved) < thresholds.ALIGNED * size or (len(block.lines) == 1 and -thresholds.INDENT * size < moved < 0):
        return True
    middles = abs((line.x0 + line.x1) - (last.x0 + last.x1)) / 2
    return middles < thresholds.CENTRED * size or abs(line.x1 - last.x1) < thresholds.FLUSH_RIGHT * size


def needed_a_new_line(joint: Joint) -> bool:
    """After a closed sentence, a line that had room for the next word and did not take it ends its paragraph."""
    block, line = joint.block, joint.line
    if block.kind == "bullet" or line.text[:1].islower() or not block.is_closed:
        return True
    return _was_full(joint) or block.last.number not in joint.layout.right_of


def _was_full(joint: Joint) -> bool:
    """Had the block's last line no room for the next word?"""
    line, right = joint.line, joint.layout.right_of.get(joint.block.last.number)
    word = len(line.text.split(None, 1)[0]) / len(line.text) * (joint.next.x1 - joint.next.x0)
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
    return hangs(x0 - shift, first.x0, size)


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


def nothing_below_heading(joint: Joint) -> bool:
    """A heading goes on overleaf where it stands last on its page, and not above a figure with labels or notes."""
    last = joint.block.last
    is_heading = last.size > thresholds.LARGER * joint.layout.body_size
    if last.page == joint.line.page or begins_small(joint) or not is_heading:
        return True
    return joint.layout.foot_of.get(joint.last.page, 0.0) - joint.last.bottom <= thresholds.LOOSEST * last.size


# tests of a line below a figure, or overleaf of one -------------------------------------------------------------------


def begins_small(joint: Joint) -> bool:
    """The line begins in the middle of a sentence."""
    return joint.line.text[:1].islower()


def unfinished(joint: Joint) -> bool:
    """The block ends in the middle of a sentence."""
    return not joint.block.is_closed


CONTINUES_BELOW: tuple[Test, ...] = (same_style, same_frame, same_cell, within_leading, aligned, needed_a_new_line)
CONTINUES_OVERLEAF: tuple[Test, ...] = (
    *(same_style, both_framed, not_beside, sentence_open, line_full, keeps_margin),
    nothing_below_heading,
)
CONTINUES_PAST_FIGURE: tuple[Test, ...] = (begins_small, unfinished, same_style, both_framed, keeps_margin)


def first_failure(tests: Sequence[Test], joint: Joint) -> str:
    """Return the name of the first test that fails, or nothing where all hold."""
    for test in tests:
        if not test(joint):
            return test.__name__
    return ""
