"""The type that most of a document is set in, against which everything else is large, small or bold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractor.layout import thresholds
from extractor.models import Line, Printed

Look = tuple[float, bool, int]  # size to half a point, bold, colour

_UNKNOWN = (12.0, 0)  # of a document without lines


def type_size(line: Line) -> float:
    """Return the size that a line is set in, to half a point."""
    return round(line.size * 2) / 2


def look_of(line: Line) -> Look:
    """Return the size (to half a point), weight and colour that a line is set in."""
    return round(line.size * 2) / 2, line.bold, line.colour


def body_type(lines: Sequence[Line]) -> tuple[float, int]:
    """Return the size in points and the colour of most letters that are not bold."""
    letters: Counter[tuple[float, int]] = Counter()
    for line in lines:
        if not line.bold:
            letters[type_size(line), line.colour] += len(line.text)
    return letters.most_common(1)[0][0] if letters else _UNKNOWN


def plain_weight(printed: Printed) -> Printed:
    """Return the document with no line bold where nearly all are: such files have lost the weights of their fonts."""
    letters = sum(len(line.text) for line in printed.lines)
    if sum(len(line.text) for line in printed.lines if line.bold) < thresholds.NEARLY_ALL_BOLD * letters:
        return printed
    lines = (
        replace(line, bold=False, runs=tuple(replace(run, bold=False) for run in line.runs)) for line in printed.lines
    )
    return replace(printed, lines=tuple(lines))
