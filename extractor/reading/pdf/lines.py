"""The printed lines of a page: their text, type and runs, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.models import Run
from extractor.reading.pdf.content import Drawing, SetLine, Stretch, turned
from extractor.reading.pdf.joining import is_note_mark, set_rows
from extractor.reading.pdf.reading_order import in_reading_order

ASCENT, DESCENT = 0.905, 0.212  # of the type size, as in Arial: one rule for every font, so that boxes compare
_SPACE = 0.18  # of the type size: a wider gap is a space
_RAISED = 0.12  # of the type size: how far a footnote mark stands above the line, at least


def set_lines(drawing: Drawing) -> list[SetLine]:
    """Return the lines of the page that can be seen, in reading order; text set sideways follows the upright text."""
    return _lines(drawing, [stretch for stretch in drawing.stretches if not stretch.face.invisible])


def hidden_lines(drawing: Drawing) -> list[SetLine]:
    """Return the lines of the page that cannot be seen."""
    return _lines(drawing, [stretch for stretch in drawing.stretches if stretch.face.invisible])


def _lines(drawing: Drawing, stretches: list[Stretch]) -> list[SetLine]:
    lines: list[SetLine] = []
    if not stretches:
        return lines
    drawing = drawing._replace(stretches=stretches)
    turned = {stretch.face.quarter for stretch in drawing.stretches}
    for turn in range(4):
        quarter = (drawing.quarter + turn) % 4
        if quarter not in turned:
            continue
        rows = set_rows(drawing, quarter)
        placed = in_reading_order([line for row in rows if (line := _line(row)) is not None])
        lines += [_turned(line, turn, drawing) for line in placed] if turn else placed
    return lines


def _line(row: Sequence[Stretch]) -> SetLine | None:
    """Return the line of a row of stretches; None when it holds only blanks."""
    if len(row) == 1:
        return _plain_line(row[0])
    main = max(row, key=_weight)
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


def _plain_line(stretch: Stretch) -> SetLine | None:
    """Return the line of a stretch that stands alone; None when it holds only blanks."""
    text, x0, x1, base, _, face, *_ = stretch
    text = text.strip()
    if not text:
        return None
    font, size, bold, italic, colour, _, tag, _ = face
    runs = (Run(text, x0, x1, size, bold, italic, colour),)
    top, bottom = base - ASCENT * size, base + DESCENT * size
    return SetLine(text, x0, top, x1, bottom, base, font, size, bold, italic, colour, tag, runs)


def _weight(stretch: Stretch) -> float:
    return len(stretch.text.strip()) * stretch.face.size


def _runs(row: Sequence[Stretch], base: float, size: float) -> list[Run]:
    """Return the row's runs: neighbours of one style joined, blanks put between words."""
    parts: list[tuple[list[str], Stretch, bool, float]] = []  # words, first stretch, raised, right side
    for stretch in row:
        raised = base - stretch.base > _RAISED * size and is_note_mark(stretch.text)
        text = stretch.text
        if parts:
            words, first, was_raised, right = parts[-1]
            if _blank_before(words[-1], right, stretch, raised):
                text = " " + text
            if was_raised == raised and _same_style(first, stretch):
                words.append(text)
                parts[-1] = words, first, raised, stretch.x1
                continue
        parts.append(([text], stretch, raised, stretch.x1))
    return [_run("".join(words), first, raised, right) for words, first, raised, right in parts]


def _blank_before(before: str, right: float, stretch: Stretch, raised: bool) -> bool:
    """Tell whether a blank is missing before a stretch; a footnote mark has none, whatever pdfium made up."""
    if before[-1:].isspace() or stretch.text[:1].isspace():
        return False
    wide = stretch.x0 - right > _SPACE * stretch.face.size
    return wide or (stretch.blank and not raised)


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
    x0, top, x1, bottom = turned((line.x0, line.top, line.x1, line.bottom), turn, drawing)
    return line._replace(x0=x0, top=top, x1=x1, bottom=bottom, base=bottom)
