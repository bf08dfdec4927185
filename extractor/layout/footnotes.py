"""Footnotes: the small lines at the foot of a page, from the first that opens with the sign of a note."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.layout import thresholds
from extractor.models import Line

_NOTE = re.compile(r"^(\d{1,3}|[*†‡§])(?!\d)\s*\S")
_NOTE_REF = re.compile(r"^\s*[\[(]?(\d{1,3}|[*†‡§]+|[a-z])[\])]?(\s*,\s*\d{1,3})*\s*$")


def footnotes(lines: Iterable[Line], body_size: float) -> dict[int, str]:
    """Return role `note` for the lines of one page that are its footnotes, by line number."""
    small: list[Line] = []
    for line in sorted((line for line in lines if line.box), key=lambda line: -line.box.top if line.box else 0):
        if line.size > thresholds.SMALLER * body_size:
            break
        small.append(line)
    small.reverse()
    first = next((place for place, line in enumerate(small) if _NOTE.match(line.text)), None)
    return {} if first is None else {line.number: "note" for line in small[first:]}


def is_note_ref(text: str) -> bool:
    """Say whether a raised run is the sign of a footnote: a figure, a dagger or a letter, not `th` or `rd`."""
    return _NOTE_REF.match(text) is not None
