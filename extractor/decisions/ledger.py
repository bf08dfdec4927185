"""A CSV file to which rows are only ever added, and which people also open in Excel.

Nothing that stands in it is changed or dropped: unknown columns stay, a later row speaks for itself. Writers take
turns behind a lock; the longer file is written aside, flushed, read back, and only then put in the old one's place.
Excel's habits (other encodings, semicolons, a `sep=` line, empty cells) are read; what could be read in two ways is
refused, with line, column and mend.
"""

from __future__ import annotations

import csv
import io
import itertools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from extractor.decisions.written import copy_of
from extractor.errors import BadDecisions

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")  # beginnings that a spreadsheet takes for a formula
LONGEST_CELL = 1_000_000  # characters; more than any decision has, so that a lost quotation mark is noticed
_WAIT = 60.0  # seconds for the writers before us
_SEPARATORS = ",;\t"
_BOM = b"\xef\xbb\xbf"
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_UTF8_INSIDE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{2,3}|\xc3[\x80-\xbf]")
# Mac Roman has quotation marks, dashes and accents where Windows has Ð to Õ, and signs that stand in no word.
_MAC_ROMAN = re.compile(rb"[\xd0-\xd5]|[A-Za-z][\x80-\x83\x86-\x90\x95\x98-\x9f][a-z]")
_SERIAL = itertools.count()

_Cells = tuple[int, list[str]]  # the line on which a row begins, and what stands in it

csv.field_size_limit(LONGEST_CELL)


class UnreadableLedger(BadDecisions):
    """A file of decisions cannot be read as it was meant; the message names every place and its mend."""

    def __init__(self, path: Path, mistakes: Sequence[str]) -> None:
        super().__init__("\n  ".join([f"{path}: nothing was read from this file, since", *mistakes]))


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row: where it begins in the file (from 1) and what stands in its cells, as written."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Read:
    header: tuple[str, ...] = ()
    rows: tuple[LedgerRow, ...] = ()
    mistakes: tuple[str, ...] = ()
    plain: bool = True  # UTF-8 with commas: rows can be put behind as they are


@dataclass(frozen=True, slots=True)
class Ledger:
    """One such file with the columns the program writes; `needed` are those without which a row means nothing."""

    path: Path
    columns: tuple[str, ...]
    needed: tuple[str, ...] = field(default=())

    def rows(self) -> list[LedgerRow]:
        """Return all rows in file order, cells as people see them; [] when there is no file.

        Raises:
            UnreadableLedger: a part of it could be read in two ways, or not at all.
        """
        try:
            read = self._checked(self.path.read_bytes())
        except FileNotFoundError:
            return []
        return [
            LedgerRow(row.line, {name: unguarded(row.cells.get(name, "")) for name in self.columns})
            for row in read.rows
        ]

    def append(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Add rows at the end, whole or not at all, after everybody else's.

        Raises:
            UnreadableLedger: the file cannot be read as it stands; it is left alone.
            OSError: it cannot be written, or not within a minute because of other writers.
        """
        if not rows:
            return
        with self.locked():
            self.append_locked(rows)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the file against other writers; what is read inside is what `append_locked` adds to."""
        from filelock import FileLock, Timeout  # who only reads does without

        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(f"{self.path}.lock", timeout=_WAIT):
                yield
        except Timeout as error:
            words = "another program is writing decisions and does not end; try again, or close it"
            raise OSError(11, words, str(self.path)) from error

    def append_locked(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Add rows while `locked`."""
        guarded = [{name: _guarded(value) for name, value in row.items()} for row in rows]
        data = self.path.read_bytes() if self.path.exists() else b""
        grown = self._grown(data, self._checked(data), guarded)
        _put(self.path, grown)
        with suppress(OSError):  # it guards the file; where it cannot be written, the decisions still are
            _put(copy_of(self.path), grown)

    def _grown(self, data: bytes, before: _Read, rows: Sequence[Mapping[str, str]]) -> bytes:
        header = before.header + tuple(name for name in self.columns if name not in before.header)
        if data and before.plain and header == before.header:
            grown = data + (b"" if data.endswith(b"\n") else b"\n") + _as_csv(header, rows, head=False)
        else:
            grown = _BOM + _as_csv(header, [*(row.cells for row in before.rows), *rows])
        _compare(self.path, [*(row.cells for row in before.rows), *rows], self._checked(grown))
        return grown

    def _checked(self, data: bytes) -> _Read:
        read = _read(data)
        missing = [name for name in self.needed if data and name not in read.header and not read.mistakes]
        mistakes = [*read.mistakes]
        if missing:
            mistakes.append(f"line 1: column {', '.join(missing)} is missing; restore the header line")
        if mistakes:
            raise UnreadableLedger(self.path, mistakes)
        return read


def _compare(path: Path, wanted: Sequence[Mapping[str, str]], found: _Read) -> None:
    """Raise unless a file that is about to replace another holds all its rows and the new ones."""
    filled = [{name: value for name, value in row.items() if value} for row in wanted]
    if filled != [{name: value for name, value in row.cells.items() if value} for row in found.rows]:
        raise OSError(5, "the new file does not hold what it should; the old one was left alone", str(path))


def _put(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}-{next(_SERIAL)}.partial")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if partial.read_bytes() != data:
            raise OSError(5, "what was written cannot be read back; the old file was left alone", str(path))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _as_csv(header: Sequence[str], rows: Sequence[Mapping[str, str]], head: bool = True) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")  # so that a lone line end within a cell is put in quotation marks
    if head:
        writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return sink.getvalue().encode()


# reading -------------------------------------------------------------------------------------------------------------


def _read(data: bytes) -> _Read:
    if not data.strip():
        return _Read()
    text, plain, mistake = _decoded(data)
    if mistake:
        return _Read(mistakes=(mistake,))
    sep = _SEP_LINE.match(text)
    body = text[sep.end() :] if sep else text
    separator = sep[1] if sep else _separator(body)
    cells, astray = _cells(body, separator, 1 if sep else 0)
    if not cells:
        return _Read(mistakes=tuple(astray))
    (_, first), *others = cells
    header = tuple(name.strip().casefold() for name in first)
    rows, misshapen = _rows(others, header)
    mistakes = (*astray, *_twice(header), *misshapen)
    return _Read(header, rows, mistakes, plain and separator == "," and not sep and "" not in header)


def _twice(header: Sequence[str]) -> list[str]:
    """Return the mistake of each column that the header names more than once."""
    named = [name for name in header if name]
    return [f"line 1: column {name} stands twice" for name in sorted({n for n in named if named.count(n) > 1})]


def _rows(cells: Sequence[_Cells], header: Sequence[str]) -> tuple[tuple[LedgerRow, ...], list[str]]:
    """Return the rows below the header that hold anything, and what is wrong with their shape."""
    filled = [(line, row) for line, row in cells if any(cell.strip() for cell in row)]
    rows = [
        LedgerRow(line, {name: cell for name, cell in zip(header, row, strict=False) if name}) for line, row in filled
    ]
    return tuple(rows), [mistake for line, row in filled for mistake in _misshapen(line, row, header)]


def _decoded(data: bytes) -> tuple[str, bool, str]:
    """Return the text, whether it is UTF-8, and what is wrong with it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            return "", False, "it is cut off or no text; restore a copy"
        return _as_text(text, plain=False)
    try:
        text = data.decode("utf-8-sig")
        plain = True
    except UnicodeDecodeError as error:
        plain = False
        line = data.count(b"\n", 0, error.start) + 1
        if _UTF8_INSIDE.search(data):
            return "", False, f"line {line}: two encodings are mixed; save it in Excel as “CSV UTF-8”"
        if mac := _MAC_ROMAN.search(data):
            line = data.count(b"\n", 0, mac.start()) + 1
            return "", False, f"line {line}: the encoding may be a Mac's; save it in Excel as “CSV UTF-8”"
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            return "", False, f"line {line}: the encoding is not known; save it in Excel as “CSV UTF-8”"
    return _as_text(text, plain=plain)


def _as_text(text: str, *, plain: bool) -> tuple[str, bool, str]:
    if "\0" in text:
        return "", plain, "it holds zero bytes, so it is no text; save it in Excel as “CSV UTF-8”"
    return text if "\n" in text else text.replace("\r", "\n"), plain, ""


def _separator(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(_SEPARATORS, key=head.count)


def _cells(text: str, separator: str, skipped: int) -> tuple[list[_Cells], list[str]]:
    """Return each row with the line it begins on, and the mistake at which reading ended, if any."""
    # Only \n ends a line here, so that a lone \r within a cell is told instead of splitting the row.
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator, strict=True)
    rows, line = [], 1 + skipped
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        return rows, [f"line {line}: a quotation mark or line end is astray in the row that begins here ({error})"]
    return rows, []


def _misshapen(line: int, row: Sequence[str], header: Sequence[str]) -> Iterator[str]:
    extra = [cell for cell, name in itertools.zip_longest(row, header, fillvalue="") if cell.strip() and not name]
    if extra:
        yield f"line {line}: “{extra[0][:40]}” stands under no column; put text with separators in quotation marks"
    elif len(row) < len(header):
        yield f"line {line}: {len(row)} cells where the header has {len(header)}; add the missing separators"


def iso_day(text: str) -> str:
    """Return a day that a British Excel has rewritten (14/11/2024) as it was, anything else as it is."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()
    except ValueError:
        return text


def is_day(text: str) -> bool:
    """Tell whether a cell is a day as the program writes it, YYYY-MM-DD: such days sort as they follow each other."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _guarded(value: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate; `unguarded` takes it away again."""
    return f"'{value}" if value.lstrip("'").startswith(FORMULA_MARKS) else value


def unguarded(value: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from calculating it."""
    return value[1:] if value.startswith("'") and value.lstrip("'").startswith(FORMULA_MARKS) else value
