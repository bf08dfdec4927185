"""How a document sets its blocks: a census of styles, so that blocks which look alike can vouch for each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from extractor.layout.blocks import Block, Text
from extractor.layout.page_layout import Layout


class Typeface(NamedTuple):
    """What a block is set in; a family of headings shares it."""

    size: float  # points, to half a point
    bold: bool
    colour: int
    tag: str | None


class Style(NamedTuple):
    """How a block is set and where it begins."""

    face: Typeface
    framed: bool
    bullet: bool
    indent: int  # from the edge of its column, in halves of its size


def typeface_of(block: Block) -> Typeface:
    """Return what the first line of a block is set in."""
    size, bold, colour = block.look
    return Typeface(size, bold or block.all_bold, colour, block.lines[0].tag)


def style_of(block: Block, layout: Layout) -> Style:
    """Return how a block is set; the indent is 0 where no place is known."""
    box, size = block.lines[0].box, block.lines[0].size
    indent = round(2 * (box.x0 - layout.column_edge(box)) / size) if box and size else 0
    return Style(typeface_of(block), block.frame is not None, block.kind == "bullet", indent)


class StyleCensus:
    """The blocks of one document by their style."""

    def __init__(self, text: Text) -> None:
        """Count the blocks that are read."""
        self._layout = text.layout
        self._members: defaultdict[Style, list[Block]] = defaultdict(list)
        for block in text.reading:
            self._members[style_of(block, text.layout)].append(block)

    @property
    def styles(self) -> dict[Style, int]:
        """How many blocks each style sets, the commonest first."""
        return {style: len(some) for style, some in sorted(self._members.items(), key=lambda item: -len(item[1]))}

    def faces(self, blocks: Iterable[Block]) -> frozenset[Typeface]:
        """Return what some blocks are set in: the family they make."""
        return frozenset(typeface_of(block) for block in blocks)

    def alike(self, block: Block) -> tuple[Block, ...]:
        """Return all blocks of a block's style, in reading order, itself among them."""
        return tuple(self._members[style_of(block, self._layout)])
