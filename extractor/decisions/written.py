"""What the program wrote last into a file of decisions: a hidden copy beside it, so that damage is never silent.

People may edit the file, so a difference is told and not refused; the next decision that is saved takes it as it is.
"""

from __future__ import annotations

import itertools
from pathlib import Path

_SHOWN = 5  # lines that a message names


def copy_of(file: Path) -> Path:
    """Return the place of the copy, or of a note on what was written."""
    return file.with_name(f".{file.name}.written")


def foreign_lines(file: Path) -> list[int]:
    """Return the lines (from 1) that are not those written last; [] where nothing is known of what was written."""
    try:
        written = copy_of(file).read_bytes().split(b"\n")
    except OSError:
        return []
    try:
        found = file.read_bytes().split(b"\n")
    except OSError:
        found = []
    pairs = enumerate(itertools.zip_longest(written, found), 1)
    return [line for line, (one, other) in pairs if one != other]


def remark(file: Path) -> str | None:
    """Say where a file is not what was written, and what to do; None where it is."""
    lines = foreign_lines(file)
    if not lines:
        return None
    named = ", ".join(map(str, lines[:_SHOWN])) + (f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else "")
    return (
        f"{file}: since `peel` wrote it, line {named} was changed by hand or damaged; if nobody did that, "
        f"what was written is in {copy_of(file)}"
    )
