"""Words that are struck through: by a drawn rule, or by an annotation."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.reading.pdf.content import Drawing, SetLine

_STROKE = 0.18  # of the type size: the breadth of a stroke at most; Word draws it at 0.05, browsers at 0.1
_LOWEST, _HIGHEST = 0.12, 0.45  # of the type size above the baseline: strokes go through the small letters
_ACROSS = 0.8  # of a rule, or of a line: the part that must lie on the other

Sides = tuple[float, float, float, float]


def struck_words(lines: Sequence[SetLine], drawing: Drawing, marks: Sequence[Sides]) -> list[str]:
    """Return the words under strokes; `marks` are those of annotations, on the upright page."""
    broadest = _STROKE * max((line.size for line in lines), default=0.0)
    thin = [shape[:4] for shape in drawing.shapes if shape.bottom - shape.top < min(broadest, shape.x1 - shape.x0)]
    if not thin and not marks:
        return []
    return [words for line in lines for stroke in _through(line, thin, marks) if (words := _under(stroke, line))]


def _through(line: SetLine, thin: Sequence[Sides], marks: Sequence[Sides]) -> list[Sides]:
    """Return the strokes that go through a line."""
    strokes = [rule for rule in thin if _strikes(rule, line)]
    return strokes + [mark for mark in marks if mark[1] < line.base - _HIGHEST * line.size < mark[3]]


def _strikes(rule: Sides, line: SetLine) -> bool:
    height = line.base - (rule[1] + rule[3]) / 2
    if not (_LOWEST * line.size < height < _HIGHEST * line.size and rule[3] - rule[1] < _STROKE * line.size):
        return False
    common = min(rule[2], line.x1) - max(rule[0], line.x0)
    return common > _ACROSS * min(rule[2] - rule[0], line.x1 - line.x0) and common > line.size


def _under(stroke: Sides, line: SetLine) -> str:
    """Return the words of a line that lie under a stroke, by their share of its length."""
    per_letter = (line.x1 - line.x0) / max(len(line.text), 1)
    first = round((max(stroke[0], line.x0) - line.x0) / per_letter)
    last = round((min(stroke[2], line.x1) - line.x0) / per_letter)
    begin = line.text.rfind(" ", 0, first + 1) + 1
    end = line.text.find(" ", max(last - 1, begin))
    return line.text[begin : end if end >= 0 else None].strip()
