"""A tracker as people left it in Excel: the rows of its items, and what its hidden sheet says stood there before."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from extractor.errors import PeelError, UnreadableFile

SHEET = "Tracker"
HELD = "Register"  # the hidden sheet: what the register held when the tracker was written, and marks of what it printed
KEY = "finding_id"
MARKS = "printed"  # what stands in the hidden sheet in the place of a field, before the marks of a row
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
_LARGEST = 500_000_000  # bytes unpacked; the tracker of a thousand reports has a tenth of it
_NO_WORKBOOK = (  # what reading a file raises that is none, or a damaged one; of XML it is a SyntaxError
    *(BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError, AttributeError, RuntimeError, EOFError),
    OSError,
)
_TEXT = ("s", "str", "inlineStr")  # kinds of cells that hold words, as the format calls them


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell of the sheet of items: where it is, and what it shows."""

    row: int  # as Excel counts
    column: int
    heading: str
    value: Any
    is_text: bool  # also where a formula came to no words

    def __str__(self) -> str:
        """Name it as people find it: `K7 (Owner)`."""
        from openpyxl.utils import get_column_letter

        return f"{get_column_letter(self.column)}{self.row} ({self.heading or 'no heading'})"


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of the sheet of items."""

    number: int  # as Excel counts
    about: str  # finding_id, "" where there is none
    cells: tuple[FilledCell, ...]

    def __str__(self) -> str:
        """Name it as people find it."""
        return f"row {self.number}"

    @property
    def answers(self) -> Iterator[FilledCell]:
        """The cells that people fill in."""
        return (cell for cell in self.cells if cell.heading in FIELDS)


class FilledTracker:
    """A workbook of the tracker.

    Raises:
        UnreadableFile: it is no workbook, or its sheet of items lacks the column that names them.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with opened(path) as book:
            self.sheets: list[str] = book.sheetnames
            self.held: dict[tuple[str, str], str] = dict(_held(book))
            self.rows = list(_rows(book, path))

    @property
    def has_notes(self) -> bool:
        """Whether somebody put notes or comments to cells."""
        with ZipFile(self.path) as book:
            return any(re.match(r"xl/(threadedC|c)omments", name) for name in book.namelist())

    @cached_property
    def marks(self) -> dict[str, dict[str, str]]:
        """The mark of each printed cell, by finding_id and heading; {} in trackers of before there were marks."""
        headings = self.held.get((KEY, MARKS), "").split("\n")
        marked = ((about, value.split()) for (about, field), value in self.held.items() if field == MARKS)
        return {about: dict(zip(headings, marks, strict=False)) for about, marks in marked if about != KEY}


@contextmanager
def opened(path: Path, *, formulas: bool = False) -> Iterator[Any]:
    """Give a workbook with what its cells show, or with their formulas; it is read as it is used.

    Raises:
        UnreadableFile: it is none, damaged, or larger than any tracker.
        OSError: it cannot be read.
    """
    from openpyxl import load_workbook  # only a tracker in which people wrote is worth its weight
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _check_size(path)
        yield load_workbook(path, read_only=True, data_only=not formulas)
    except (*_NO_WORKBOOK, InvalidFileException) as error:
        if isinstance(error, PeelError) or getattr(error, "errno", None) is not None:
            raise
        raise UnreadableFile(
            f"{path}: no workbook of Excel, or damaged; go on from another copy of it, or move it away"
        ) from error


def _check_size(path: Path) -> None:
    with ZipFile(path) as book:
        if sum(part.file_size for part in book.infolist()) > _LARGEST:
            raise UnreadableFile(f"{path}: this workbook is larger than any tracker; was it made by `peel export`?")


def plain(value: Any) -> str:
    """Return what a cell shows as words, a day as YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def mark(value: Any) -> str:
    """Return the mark of what a cell shows: another one for other words, the same for other spaces."""
    return _mark_of(value if isinstance(value, str) else plain(value))


@lru_cache(maxsize=1_000)
def _mark_of(words: str) -> str:
    return format(zlib.crc32(" ".join(words.split()).encode()), "x")


def _held(book: Any) -> Iterator[tuple[tuple[str, str], str]]:
    if HELD in book.sheetnames:
        for about, field, value, *_ in book[HELD].iter_rows(min_row=2, values_only=True):
            yield (str(about), str(field)), str(value or "")


def _rows(book: Any, path: Path) -> Iterator[FilledRow]:
    rows = book[SHEET].iter_rows() if SHEET in book.sheetnames else iter(())
    heads = [plain(cell.value) for cell in next(rows, ())]
    if KEY not in heads:
        raise UnreadableFile(f"{path}: the sheet {SHEET} has no column {KEY}; put it back, or move the file away")
    for number, row in enumerate(rows, 2):
        cells = tuple(_cell(cell, number, *each) for cell, each in zip(row, _numbered(heads), strict=False))
        about = next((plain(cell.value) for cell in cells if cell.heading == KEY), "")
        yield FilledRow(number, about, cells)


def _numbered(heads: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the number and heading of each column, and of those to the right of the last heading."""
    return enumerate(chain(heads, repeat("")), 1)


def _cell(cell: Any, row: int, column: int, heading: str) -> FilledCell:
    return FilledCell(row, column, heading, cell.value, cell.data_type in _TEXT)


def without_result(filled: FilledTracker) -> Iterator[FilledCell]:
    """Yield the cells for answers in which a formula stands that no program has worked out yet."""
    empty = {(cell.row, cell.column): cell for row in filled.rows for cell in row.answers if _shows_nothing(cell)}
    with opened(filled.path, formulas=True) as book:
        for number, row in enumerate(book[SHEET].iter_rows(values_only=True) if empty else (), 1):
            for column, value in enumerate(row, 1):
                if value is not None and (number, column) in empty:
                    yield empty[number, column]


def _shows_nothing(cell: FilledCell) -> bool:
    return cell.value is None and not cell.is_text  # a formula that came to no words is told apart by its type


# what the hidden sheet says ------------------------------------------------------------------------------------------


def held_rows(item: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return about, field and value of every answer that an item's row shows."""
    return [(item[KEY], field, value) for field, value in sorted(item["answers"].items())]


def marks_head(headings: Sequence[str]) -> tuple[str, str, str]:
    """Return the row that says in which order the marks of printed cells stand."""
    return KEY, MARKS, "\n".join(headings)


def marks_row(about: str, values: Sequence[Any]) -> tuple[str, str, str]:
    """Return the row with the marks of an item's printed cells."""
    return about, MARKS, " ".join(map(mark, values))
