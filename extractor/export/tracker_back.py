"""What people wrote in the Excel tracker, back into the register before the next one is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from extractor.decisions.register import REGISTER, Entry, Merged, merge
from extractor.decisions.written import copy_of
from extractor.errors import UnreadableFile
from extractor.response.answers import day_in
from extractor.tables import storage

SHEET = "Tracker"
HELD = "Register"  # the hidden sheet that says what the register held when the tracker was written
KEY = "finding_id"
FIELDS = {
    "Position": "position",
    "Response of the force": "force_answer",
    "Action taken or proposed": "action",
    "Reason, if no action": "reason",
    "Owner": "owner",
    "Due date": "due",
    "Revised due date": "revised_due",
    "Delivery status": "delivery",
    "Force says done on": "force_done_on",
    "Office satisfied on": "office_satisfied_on",
    "Closed by HMICFRS on": "inspectorate_closed_on",
    "Evidence": "evidence",
    "Comment": "comment",
}


def take_back(path: Path, to: Path = REGISTER, *, by: str = "", on: date | None = None) -> Merged:
    """Take what people wrote in a tracker into the register; what others wrote meanwhile stays, and is told.

    Args:
        path: the workbook; none there is as good as an empty one.
        to: the register.
        by: who wrote in it, where known.
        on: the day from which it holds; by default today.

    Raises:
        UnreadableFile: it is no workbook, or lacks the columns that name items.
        BadDecisions: the register cannot be read.
        OSError: a file cannot be read or written.
    """
    if not path.exists() or _is_untouched(path):
        return Merged((), ())
    book = _opened(path)
    held = dict(_held(book))
    day = (on or date.today()).isoformat()
    entries = [Entry(about, field, value, by, day, path.name) for about, field, value in _written(book, path)]
    return merge(entries, held, to)


def remember(path: Path) -> None:
    """Note beside a tracker what it is, so that one in which nobody wrote need not be read back cell by cell."""
    with suppress(OSError):  # it saves time, no more
        copy_of(path).write_text(storage.sha256(str(path)), encoding="ascii")


def _is_untouched(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return copy_of(path).read_text(encoding="ascii") == storage.sha256(str(path))
    return False


def _opened(path: Path) -> Any:
    from openpyxl import load_workbook  # only a tracker in which people wrote is worth its weight
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UnreadableFile(f"{path}: no workbook of Excel; move it away, then export again") from error


def _held(book: Any) -> Iterator[tuple[tuple[str, str], str]]:
    if HELD in book.sheetnames:
        for about, field, value, *_ in book[HELD].iter_rows(min_row=2, values_only=True):
            yield (str(about), str(field)), str(value or "")


def _written(book: Any, path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each cell that people fill in: what it is about, its field, its words."""
    rows = book[SHEET].iter_rows(values_only=True) if SHEET in book.sheetnames else iter(())
    heads = [str(head or "").strip() for head in next(rows, ())]
    if KEY not in heads:
        raise UnreadableFile(f"{path}: the sheet {SHEET} has no column {KEY}; put it back, or move the file away")
    columns = {at: FIELDS[head] for at, head in enumerate(heads) if head in FIELDS}
    for row in rows:
        about = row[heads.index(KEY)] if len(row) > heads.index(KEY) else None
        for at, field in columns.items() if about else ():
            yield str(about), field, _words(row[at] if at < len(row) else None)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = str(value).strip()
    day = day_in(words)
    return day.first.isoformat() if day and day.exact else words


def held_rows(items: list[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Return what the hidden sheet says: about, field and value of every answer shown."""
    return [(item[KEY], field, value) for item in items for field, value in sorted(item["answers"].items())]
