"""What people wrote in the Excel tracker, back into the register before the next one is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from extractor.decisions.register import REGISTER, Entry, Merged, merge
from extractor.decisions.written import copy_of
from extractor.errors import UnreadableFile
from extractor.export.tracker_faults import faults, remarks
from extractor.export.tracker_filled import FIELDS, FilledCell, FilledTracker, plain
from extractor.response.answers import day_in
from extractor.response.odd_answers import as_offered, odd
from extractor.rulebook.load import RulePacks, load_rules
from extractor.tables import storage


def take_back(
    path: Path, to: Path = REGISTER, *, by: str = "", on: date | None = None, rules: Path | None = None
) -> Merged:
    """Take what people wrote in a tracker into the register; what others wrote meanwhile stays, and is told.

    Args:
        path: the workbook; none there is as good as an empty one.
        to: the register.
        by: who wrote in it, where known.
        on: the day from which it holds; by default today.
        rules: folder of rules, by default those built in.

    Raises:
        UnreadableFile: it is no workbook, lacks the columns that name items, or holds what is to be put right first.
        BadDecisions: the register cannot be read.
        OSError: a file cannot be read or written.
    """
    if not path.exists() or _is_untouched(path):
        return Merged((), ())
    filled = FilledTracker(path)
    if mistakes := [*faults(filled)]:
        raise UnreadableFile(f"{path}: {'. '.join(mistakes)}. No answer was taken; give it again when that is done")
    day = (on or date.today()).isoformat()
    answers, packs = list(_answers(filled)), load_rules(rules)
    entries = [Entry(*key, as_offered(key[1], _words(cell), packs), by, day, path.name) for key, cell in answers]
    merged, cells = merge(entries, filled.held, to), dict(answers)
    told = (*remarks(filled), *_oddities(merged, cells, packs))
    return merged.told({key: str(cell) for key, cell in cells.items()}, told)


def remember(path: Path) -> None:
    """Note beside a tracker what it is, so that one in which nobody wrote need not be read back cell by cell."""
    with suppress(OSError):  # it saves time, no more
        copy_of(path).write_text(storage.sha256(str(path)), encoding="ascii")


def _is_untouched(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return copy_of(path).read_text(encoding="ascii") == storage.sha256(str(path))
    return False


def _answers(filled: FilledTracker) -> Iterator[tuple[tuple[str, str], FilledCell]]:
    """Yield each cell that people fill in, with what it is about and its field."""
    for row in filled.rows:
        for cell in row.answers if row.about else ():
            yield (row.about, FIELDS[cell.heading]), cell


def _words(cell: FilledCell) -> str:
    words = plain(cell.value)
    day = day_in(words)
    return day.first.isoformat() if day and day.exact else words


def _oddities(merged: Merged, cells: Mapping[tuple[str, str], FilledCell], rules: RulePacks) -> Iterator[str]:
    """Name new answers that are none of the list, or no day; they stay as typed, where people see them."""
    for entry in merged.added:
        if said := odd(entry.field, entry.value, rules):
            yield f"{cells[entry.about, entry.field]}: {said}; it stays as it was typed"
