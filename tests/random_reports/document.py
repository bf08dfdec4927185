"""What a random report is made of: blocks to be set, and the answer that a person would read in them.

Text may hold marks of its own: `^3^` is a raised footnote mark, U+00AD a place where a word may be broken; neither is
in the answer. `of` names the answer that a block's words belong to, so that its pages can be found after setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a chapter, 4 stands above a list."""

    text: str
    level: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `look`: body | lead (bold) | small | quote | line (a short line on its own)."""

    text: str
    look: str = "body"
    of: str = ""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One entry of a list, with the entries of a list inside it."""

    text: str
    limbs: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    entries: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade on display. `shape`: word | bar | box | pair (a table of question and grade)."""

    grade: str
    shape: str
    question: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Framed:
    """Blocks in a frame; the frame's look is the style's, or plain for a case study."""

    blocks: tuple[Block, ...]
    case_study: bool = False
    head: str = ""  # a heading that a look with a head row sets in that row


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; the first row is a header. `of` names the answer of each row."""

    cells: tuple[tuple[str, ...], ...]
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """A contents list of headings, with invented page numbers."""

    entries: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with labels in it and a line below it."""

    labels: tuple[str, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks in two columns."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """The rest of this page stays empty."""


Block = Heading | Para | Bullets | Grade | Framed | Rows | Contents | Figure | Columns | NewPage


@dataclass(slots=True)
class Wanted:
    """The right answer, in the terms of `*.gold.json`."""

    report: dict[str, Any] = field(default_factory=dict)
    gradings: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)

    def as_row(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {"report": self.report, "gradings": self.gradings, "findings": self.findings}


@dataclass(frozen=True, slots=True)
class Composed:
    """One report before it is set."""

    seed: int
    name: str
    era: str
    blocks: tuple[Block, ...]
    wanted: Wanted
    running: str  # words of a running head or foot


def plain(text: str) -> str:
    """Return the words without footnote marks and places to break."""
    return re.sub(r"\^[^^]*\^", "", text).replace("\u00ad", "")


def leaves(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Yield (words, answer) of every block in the order of reading."""
    for block in blocks:
        match block:
            case Heading() | Para():
                yield plain(block.text), block.of
            case Bullets():
                for entry in block.entries:
                    yield from ((plain(words), entry.of) for words in (entry.text, *entry.limbs))
            case Grade():
                yield f"{plain(block.question)} {block.grade}" if block.shape == "pair" else block.grade, block.of
            case Contents(entries):
                yield from ((plain(title), "") for title, _ in entries)
            case Framed():
                yield from (((block.head, ""),) if block.head else ())
                yield from leaves(block.blocks)
            case Columns():
                yield from leaves(block.blocks)
            case Rows():
                for row, of in zip(block.cells, block.of or ("",) * len(block.cells), strict=True):
                    yield " ".join(cell for cell in row if cell), of
            case _:
                continue
