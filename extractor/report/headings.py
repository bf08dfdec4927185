"""What is set as a heading: type (size, weight, colour or tag) and words that a heading can have."""

from __future__ import annotations

import re

from extractor.layout import thresholds
from extractor.layout.blocks import Block, Text

_LONGEST = 25  # words
_WHITE = 0xFFFFFF
_HEADING_TAGS = frozenset(("H", "H1", "H2", "H3", "H4", "H5", "H6"))
_WORD = re.compile(r"[^\W\d_]{3}")  # big figures of an infographic are no headings
_ENDS_SENTENCE = re.compile(r"[.;,]$")


def is_heading(block: Block, text: Text) -> bool:
    """Say whether type and words make a block a heading of some kind."""
    if is_tagged(block) or text.medium == "web":
        return is_tagged(block) and _may_head(block)
    if _is_larger(block, text):
        return _may_head(block) and _uniform(block)
    if block.kind == "bullet" or not block.look[1]:
        return False
    return _may_head(block) and not _ENDS_SENTENCE.search(block.text) and _uniform(block)


def _may_head(block: Block) -> bool:
    """Are the words as few as those of a heading, and words at all?"""
    return len(block.text.split()) <= _LONGEST and bool(_WORD.search(block.text))


def is_strong_heading(block: Block, text: Text) -> bool:
    """Say whether a heading is set apart by more than bold type of the body's size."""
    if not is_heading(block, text):
        return False
    return is_tagged(block) or _is_larger(block, text) or _is_coloured(block, text)


def _is_larger(block: Block, text: Text) -> bool:
    return block.look[0] > thresholds.LARGER * text.layout.body_size


def _is_coloured(block: Block, text: Text) -> bool:
    """Bold in a colour that is neither the body's nor white."""
    _, bold, colour = block.look
    return bold and colour not in (text.layout.body_colour, _WHITE)


def is_tagged(block: Block) -> bool:
    """Say whether the tag of a block is a heading's."""
    return block.lines[0].tag in _HEADING_TAGS


def _uniform(block: Block) -> bool:
    looks = {(round(line.size), line.bold) for line in block.lines}
    return len(looks) == 1 and (block.all_bold or not block.strong)
