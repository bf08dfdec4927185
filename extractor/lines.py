"""Stretches of text to printed lines, and lines to reading order.

Stretches join in the order they are drawn, which is the order of writing in files from word processors and browsers;
what stands apart on one height (table cells, columns) stays apart. Lines keep the order in which they are drawn as
long as that runs down the page; what is drawn out of turn (page furniture, side bars, second columns) is put in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.drawing import Drawing, Stretch
from extractor.models import Run

ASCENT, DESCENT = 0.905, 0.212  # of the type size, as in Arial: one rule for every font, so that boxes compare
_SPACE, _CELL, _MARK = 0.18, 1.5, 5.0  # gaps, in parts of the type size: a space, a new cell, from a mark to its text
_SAME_BASE, _RAISED, _LEVEL = 0.2, 0.12, 0.6  # differences of baselines, in parts of the type size
_LONGEST_MARK = 4  # characters of a footnote mark
_TOUCH = 2.0  # points by which neighbours may overlap

_SYMBOL_FONTS = re.compile(r"symbol|wingding|webding|dingbat|bullets", re.IGNORECASE)
_SYMBOLS = {"\uf0fc": "✓", "\uf0fb": "✗", "\uf0e0": "→", "\uf0e8": "→", "\uf02d": "–", "\uf06f": "◦", "\uf0a1": "◦"}
_FONT_MARKS = {"ü": "✓", "û": "✗", "à": "→", "o": "◦"}  # the same marks where the file maps them to letters
_MARK_TEXT = re.compile(r"[•◦●○▪■□‣⁃∙·✓✗→➢–—\-*o]|\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]", re.IGNORECASE)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")


class SetLine(NamedTuple):
    """A line of type on one page; sides in points from the top left of the upright page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    font: str
    size: float
    bold: bool
    italic: bool
    colour: int
    tag: str | None
    runs: tuple[Run, ...]


def set_lines(drawing: Drawing) -> list[SetLine]:
    """Return the page's lines in reading order; text set sideways follows the upright text."""
    lines: list[SetLine] = []
    for turn in (0, 1, 2, 3):
        quarter = (drawing.quarter + turn) % 4
        rows = _with_marks(_rows(stretch for stretch in drawing.stretches if stretch.face.quarter == quarter))
        set_rows = [line for line in map(_line, rows) if line is not None]
        placed = in_reading_order(set_rows)
        lines += placed if not turn else [_turned(line, turn, drawing) for line in placed]
    return lines


# joining -------------------------------------------------------------------------------------------------------------


def _rows(stretches: Iterable[Stretch]) -> list[list[Stretch]]:
    """Return the stretches of each line, left to right, joined in the order drawn."""
    rows: list[list[Stretch]] = []
    row: list[Stretch] = []
    for stretch in stretches:
        stretch = _plain(stretch)
        if row and _continues(row, stretch):
            row.append(stretch)
        else:
            row = [stretch]
            rows.append(row)
    return rows


def _with_marks(rows: list[list[Stretch]]) -> list[list[Stretch]]:
    """Put bullet marks that were drawn apart from their text (all together, after the list) in front of it."""
    marks = [row for row in rows if len(row) == 1 and is_mark(row[0].text)]
    starts = [row for row in rows if row not in marks] if marks else []
    for mark in marks:
        texts = [row for row in starts if _continues(mark, row[0]) and abs(row[0].base - mark[0].base) < 1]
        if texts:
            min(texts, key=lambda row: row[0].x0).insert(0, mark[0])
            rows = [row for row in rows if row is not mark]
    return rows


def _plain(stretch: Stretch) -> Stretch:
    """Replace symbol-font characters and ligatures by what they stand for."""
    text = stretch.text
    if len(text) > 2 and text.isascii():
        return stretch
    if _LIGATURE.search(text):
        text = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)
    if _SYMBOL_FONTS.search(stretch.face.font) and len(text.strip()) == 1:
        mark = text.strip()
        text = _FONT_MARKS.get(mark) or _SYMBOLS.get(mark) or (mark if mark in "◦○–—→✓✗" else "•")
    elif _PRIVATE.search(text) and len(text.strip()) == 1:
        text = _SYMBOLS.get(text.strip(), "•")
    return stretch if text is stretch.text else stretch._replace(text=text)


def _continues(row: Sequence[Stretch], stretch: Stretch) -> bool:
    """Tell whether a stretch goes on in the line: level with it or raised, and not a cell's distance away."""
    last, size = row[-1], stretch.face.size
    big = max(size, last.face.size)
    drop = abs(stretch.base - last.base)
    if drop > _LEVEL * big or stretch.x0 <= last.x0:
        return False
    if drop > _SAME_BASE * min(size, last.face.size) and min(len(stretch.text), len(last.text)) > _LONGEST_MARK:
        return False
    gap = stretch.x0 - last.x1
    return gap < _CELL * big or (gap < _MARK * big and len(row) == 1 and is_mark(last.text))


def is_mark(text: str) -> bool:
    """Tell whether the text is a bullet or an item's number, without its item."""
    return _MARK_TEXT.fullmatch(text.strip()) is not None


# setting -------------------------------------------------------------------------------------------------------------


def _line(row: Sequence[Stretch]) -> SetLine | None:
    """Return the line of a row of stretches; None when it holds only blanks."""
    main = row[0] if len(row) == 1 else max(row, key=_weight)
    runs = _trimmed(_runs(row, main.base, main.face.size))
    text = "".join(run.text for run in runs)
    if not runs:
        return None
    face = main.face
    bold = face.bold if len(runs) == 1 else 2 * sum(len(run.text) for run in runs if run.bold) > len(text)
    top, bottom = main.base - ASCENT * face.size, main.base + DESCENT * face.size
    right = max(run.x1 for run in runs)
    style = (face.font, face.size, bold, face.italic, face.colour, face.tag)
    return SetLine(text, runs[0].x0, top, right, bottom, main.base, *style, tuple(runs))


def _weight(stretch: Stretch) -> float:
    return len(stretch.text.strip()) * stretch.face.size


def _runs(row: Sequence[Stretch], base: float, size: float) -> list[Run]:
    """Return the row's runs: neighbours of one style joined, blanks put between words."""
    parts: list[tuple[list[str], Stretch, bool, float]] = []  # words, first stretch, raised, right side
    for stretch in row:
        raised = base - stretch.base > _RAISED * size and len(stretch.text.strip()) <= _LONGEST_MARK
        text = stretch.text
        if parts:
            words, first, was_raised, right = parts[-1]
            if _blank_before(words[-1], right, stretch):
                text = " " + text
            if was_raised == raised and _same_style(first, stretch):
                words.append(text)
                parts[-1] = words, first, raised, stretch.x1
                continue
        parts.append(([text], stretch, raised, stretch.x1))
    return [_run("".join(words), first, raised, right) for words, first, raised, right in parts]


def _blank_before(before: str, right: float, stretch: Stretch) -> bool:
    if before[-1:].isspace() or stretch.text[:1].isspace():
        return False
    return stretch.blank or stretch.x0 - right > _SPACE * stretch.face.size


def _same_style(one: Stretch, other: Stretch) -> bool:
    a, b = one.face, other.face
    return a is b or (a.size, a.bold, a.italic, a.colour) == (b.size, b.bold, b.italic, b.colour)


def _run(text: str, first: Stretch, raised: bool, right: float) -> Run:
    face = first.face
    return Run(text, first.x0, right, face.size, face.bold, face.italic, face.colour, raised)


def _trimmed(runs: list[Run]) -> list[Run]:
    """Drop blanks at both ends of a line."""
    while runs and not runs[0].text.strip():
        runs = runs[1:]
    while runs and not runs[-1].text.strip():
        runs = runs[:-1]
    if runs and runs[-1].text[-1].isspace():
        runs = [*runs[:-1], _retext(runs[-1], runs[-1].text.rstrip())]
    if runs and runs[0].text[0].isspace():
        runs = [_retext(runs[0], runs[0].text.lstrip()), *runs[1:]]
    return runs


def _retext(run: Run, text: str) -> Run:
    return Run(text, run.x0, run.x1, run.size, run.bold, run.italic, run.colour, run.raised)


def _turned(line: SetLine, turn: int, drawing: Drawing) -> SetLine:
    """Put a line that was measured on the page turned by `turn` quarters where it stands on the upright page."""
    width, height = drawing.width, drawing.height
    x0, top, x1, bottom = {
        1: (line.top, height - line.x1, line.bottom, height - line.x0),
        2: (width - line.x1, height - line.bottom, width - line.x0, height - line.top),
        3: (width - line.bottom, line.x0, width - line.top, line.x1),
    }[turn]
    return line._replace(x0=x0, top=top, x1=x1, bottom=bottom, base=bottom)


# order ---------------------------------------------------------------------------------------------------------------


class _Block(NamedTuple):
    """Lines drawn one after another down the page."""

    lines: list[SetLine]
    x0: float
    top: float
    x1: float
    bottom: float


def in_reading_order(lines: Sequence[SetLine]) -> list[SetLine]:
    """Return the lines from the top down, column by column, cells of one height from left to right."""
    blocks = _blocks(lines)
    if len(blocks) < 2:
        return list(lines)
    parts = [part for block in blocks for part in _parted(block, [other for other in blocks if other is not block])]
    return [line for block in _ordered(parts) for line in block.lines]


def _blocks(lines: Sequence[SetLine]) -> list[_Block]:
    groups: list[list[SetLine]] = []
    for line in lines:
        if groups and _follows(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group) for group in groups]


def _follows(before: SetLine, line: SetLine) -> bool:
    """Tell whether a line stands below the line drawn before it, or to its right on the same height."""
    if abs(line.base - before.base) < 0.5 * min(line.size, before.size):
        return line.x0 > before.x0
    return line.base > before.base


def _block(lines: list[SetLine]) -> _Block:
    return _Block(
        lines,
        min(line.x0 for line in lines),
        min(line.top for line in lines),
        max(line.x1 for line in lines),
        max(line.bottom for line in lines),
    )


def _parted(block: _Block, others: Sequence[_Block]) -> list[_Block]:
    """Cut a block where lines of other blocks stand between two of its lines (header and footer drawn together)."""
    strangers = [line for other in others if other.x0 < block.x1 and other.x1 > block.x0 for line in other.lines]
    groups = [[block.lines[0]]]
    for before, line in zip(block.lines, block.lines[1:], strict=False):
        between = line.base - before.base > 1.2 * line.size and any(
            before.base < stranger.base < line.base and stranger.x0 < block.x1 and stranger.x1 > block.x0
            for stranger in strangers
        )
        if between:
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_block(group) for group in groups]


def _ordered(blocks: list[_Block]) -> list[_Block]:
    """Order blocks by cutting the page across where nothing is cut through, then down, then across again."""
    if len(blocks) < 2:
        return blocks
    for cut in (_cut_across, _cut_down):
        groups = cut(blocks)
        if len(groups) > 1:
            return [block for group in groups for block in _ordered(group)]
    lines = sorted((line for block in blocks for line in block.lines), key=lambda line: (round(line.base), line.x0))
    return [_block(lines)]


def _cut_across(blocks: list[_Block]) -> list[list[_Block]]:
    return _apart(blocks, [(block.top, block.bottom) for block in blocks])


def _cut_down(blocks: list[_Block]) -> list[list[_Block]]:
    return _apart(blocks, [(block.x0, block.x1) for block in blocks])


def _apart(blocks: list[_Block], spans: list[tuple[float, float]]) -> list[list[_Block]]:
    """Return the blocks grouped so that the spans of different groups do not overlap, in the order of the spans."""
    groups: list[list[_Block]] = []
    reach = float("-inf")
    for (start, end), _, block in sorted(zip(spans, range(len(blocks)), blocks, strict=True)):
        if start < reach - _TOUCH:
            groups[-1].append(block)
        else:
            groups.append([block])
        reach = max(reach, end)
    return groups
