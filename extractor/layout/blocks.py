"""From lines to blocks: headings, paragraphs and bullets in reading order, joined across lines and pages.

A block's text is what is printed, with white space folded, bullets and signs of footnotes left out and words broken at
a line end joined again. Every character of it belongs to a printed line (`Block.pieces`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.layout import thresholds
from extractor.layout.block_text import Pieces, Stretches, folded_line, join_lines
from extractor.layout.body_type import Look, look_of
from extractor.layout.bullets import ListPlace, bullet_of, depths, lone_bullet, words_begin
from extractor.layout.hyphens import Hyphens
from extractor.layout.joints import OpenBlock
from extractor.layout.leading import Leading, usual_leading
from extractor.layout.page_layout import Layout
from extractor.layout.paragraphs import Decision, home_of, is_body_type, past_figure
from extractor.layout.wording import Start, Wording
from extractor.models import Box, Line, Printed

OUTSIDE = ("furniture", "note", "aside")  # kinds of blocks that the text reads on over


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, bullet or table cell."""

    number: int
    kind: str  # text | bullet | furniture | note | aside
    text: str
    lines: tuple[Line, ...]
    pieces: Pieces
    strong: Stretches = ()  # stretches set in bold
    depth: int = 0  # bullets: 1 for the outer list, 2 for a list in it
    frame: int | None = None  # the number of the frame it stands in
    flags: tuple[str, ...] = ()

    @property
    def page_first(self) -> int | None:
        """The page it begins on."""
        return self.lines[0].page

    @property
    def page_last(self) -> int | None:
        """The page it ends on."""
        return self.lines[-1].page

    @property
    def look(self) -> Look:
        """Size, weight and colour of its first line."""
        return look_of(self.lines[0])

    @property
    def all_bold(self) -> bool:
        """Whether it is bold, but for a full stop perhaps."""
        bold = sum(end - start for start, end in self.strong) if self.strong else 0
        return bold > 0 and bold >= thresholds.ALL_OF_A_BLOCK * len(self.text)

    def boxes(self, start: int = 0, end: int | None = None) -> tuple[Box, ...]:
        """Return where the lines stand that hold characters `start` to `end`."""
        end = len(self.text) if end is None else end
        wanted = {number for first, last, number in self.pieces if first < end and last > start}
        return tuple(line.box for line in self.lines if line.number in wanted and line.box)


@dataclass(frozen=True, slots=True)
class Text:
    """The blocks of one document in reading order; furniture and notes stand where they were printed."""

    blocks: tuple[Block, ...]
    layout: Layout
    medium: str
    decisions: dict[int, str] = field(default_factory=dict, repr=False)  # by line: how it was joined, or what cut it

    reading: tuple[Block, ...] = field(init=False, repr=False)  # all but furniture and footnotes

    def __post_init__(self) -> None:
        """Keep the blocks that are read."""
        object.__setattr__(self, "reading", tuple(block for block in self.blocks if block.kind not in OUTSIDE))


def to_text(printed: Printed, layout: Layout, wording: Wording | None = None) -> Text:
    """Put the lines of a document together to blocks; lines of a web page are blocks as they are."""
    wording = wording or Wording()
    leading = usual_leading(printed.lines, layout.roles)
    opened: list[OpenBlock] = []
    recent: deque[OpenBlock] = deque(maxlen=int(thresholds.LOOK_BACK))  # blocks of the text, newest first
    decisions: dict[int, str] = {}
    body: OpenBlock | None = None  # the last block in the body's type
    lines = _in_reading_order(printed.lines, layout)
    for place, line in enumerate(lines):
        role = layout.roles.get(line.number)
        if role:
            opened.append(OpenBlock(role, [line]))
            continue
        decision = _decide(line, recent, layout, leading, wording)
        if decision.block is None:
            decision = past_figure(line, body if body and body is not recent[0] else None, layout) or decision
        decisions[line.number] = f"{'joined' if decision.block else 'cut'}: {decision.why}"
        if decision.block:
            decision.block.lines.append(line)
        else:
            opened.append(_opened(line, lines[place + 1 : place + 2], layout))
            recent.appendleft(opened[-1])
        if is_body_type(line, layout):
            body = decision.block or opened[-1]
    hyphens = Hyphens(printed.lines, wording.compounds, wording.whole)
    return Text(tuple(_closed(opened, layout, hyphens)), layout, printed.medium, decisions)


def _in_reading_order(lines: Sequence[Line], layout: Layout) -> Sequence[Line]:
    if not layout.place_of:
        return lines
    return sorted(lines, key=lambda line: layout.place_of.get(line.number, line.number))


def _decide(line: Line, recent: Sequence[OpenBlock], layout: Layout, leading: Leading, wording: Wording) -> Decision:
    if not line.box:
        return Decision(None, "no_place")
    decision = home_of(line, recent, layout, leading)
    if decision.block is None:
        return decision
    start = wording.starts_own_block(line.text) if line.text[:1].isupper() else Start.NO
    if start in (Start.BEGINS, Start.ALONE) or (start is Start.AFTER_SENTENCE and decision.block.is_closed):
        return Decision(None, "starts_own_block")
    if len(decision.block.lines) == 1 and _stands_alone(decision.block.last, wording):
        return Decision(None, "follows_heading")
    return decision


def _stands_alone(line: Line, wording: Wording) -> bool:
    """A line that is a heading by its words; in small letters it is the end of a sentence."""
    return not line.text[:1].islower() and wording.starts_own_block(line.text) is Start.ALONE


def _opened(line: Line, following: Sequence[Line], layout: Layout) -> OpenBlock:
    bullet = bullet_of(line, layout.body_size) or lone_bullet(line, following[0] if following else None)
    return OpenBlock("bullet" if bullet else "text", [line], words_begin(line, bullet), bullet)


def _closed(opened: Sequence[OpenBlock], layout: Layout, hyphens: Hyphens) -> Iterable[Block]:
    read = [block for block in opened if block.kind not in OUTSIDE]
    depth_of = dict(zip(map(id, read), depths(map(_list_place, read)), strict=True))
    for number, block in enumerate(opened):
        outside = block.kind in OUTSIDE
        joined = folded_line(block.last) if outside else join_lines(block, hyphens)
        yield Block(
            number,
            block.kind,
            joined.text,
            tuple(block.lines),
            joined.pieces,
            joined.strong,
            depth_of.get(id(block), 0),
            None if outside else layout.frame_of.get(block.lines[0].number),
            joined.flags,
        )


def _list_place(block: OpenBlock) -> ListPlace | None:
    if block.kind != "bullet":
        return None
    line = block.lines[0]
    return ListPlace(line.box.x0 if line.box else 0.0, block.bullet, line.size)
