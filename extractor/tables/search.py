"""Findings by their words: an index in SQLite's full-text search, made anew from the tables when they changed.

The index is a file beside the tables, `search.sqlite`; where none can be written (an object store, a read-only folder)
it is made in memory. It holds nothing that the tables do not hold.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import BadSetting
from extractor.tables import storage
from extractor.tables.read import read_rows
from extractor.tables.rows import FindingRow, ReportRow

FILE = "search.sqlite"
_FORMAT = "1"  # another number makes every index anew
_COLUMNS = (
    *("text", "detail", "question", "finding_id", "report_id", "kind", "force_id", "force_name", "cycle", "year"),
    *("question_id", "page_first", "page_label"),
)
_UNSEARCHED = _COLUMNS[3:]  # kept for filters and answers alone


@dataclass(frozen=True, slots=True)
class Filter:
    """What a finding must be, beside having the words; "" for anything."""

    force: str = ""  # force_id, or the beginning of the force's name
    question: str = ""  # question_id, or words of the heading
    year: str = ""  # of publication, or of the cycle
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding that was searched for; `excerpt` is its text around the words."""

    finding_id: str
    report_id: str
    kind: str
    force_id: str | None
    force_name: str | None
    cycle: str | None
    question: str | None
    page_first: int | None
    page_label: str | None
    text: str
    excerpt: str


def find(words: str, outputs: Path | str, only: Filter = Filter(), *, most: int = 50) -> list[Hit]:
    """Return the findings that have all the words, best first; endings of words do not count.

    Words in quotes stay together. Without words, every finding that the filter lets through, in order of id.

    Raises:
        BadSetting: there is nothing in the words to search for.
        DamagedStore: a table is not what was written.
    """
    query = _query(words)
    if words.strip() and not query:
        raise BadSetting(f"there is no word to search for in {words!r}")
    conditions, values = _conditions(only)
    if query:
        conditions, values = ["findings MATCH ?", *conditions], [query, *values]
    excerpt = "snippet(findings, -1, '', '', ' … ', 24)" if query else "substr(text, 1, 200)"
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    order = "bm25(findings, 4.0, 1.0, 0.5), finding_id" if query else "finding_id"
    names = ", ".join(name for name in Hit.__dataclass_fields__ if name != "excerpt")
    with contextlib.closing(_index(storage.place(outputs))) as index:
        rows = index.execute(f"SELECT {names}, {excerpt} FROM findings {where} ORDER BY {order} LIMIT {most:d}", values)
        return [Hit(*row) for row in rows]


def _query(words: str) -> str:
    """Return a query that asks for every word; nothing a user types is taken for an operator."""
    parts = re.findall(r'"([^"]+)"|(\S+)', words)
    plain = [" ".join(re.findall(r"\w+", phrase or word)) for phrase, word in parts]
    return " ".join(f'"{part}"' for part in plain if part)


def _conditions(only: Filter) -> tuple[list[str], list[str]]:
    tests = {
        "(force_id = lower(?1) OR force_name LIKE ?1 || '%')": only.force,
        "(question_id = ?1 OR question LIKE '%' || ?1 || '%')": only.question,
        "(year = ?1 OR cycle LIKE '%' || ?1 || '%')": only.year,
        "kind = ?1": only.kind,
    }
    conditions, values = [], []
    for test, value in tests.items():
        if value:
            conditions.append(test.replace("?1", "?"))
            values += [value] * test.count("?1")
    return conditions, values


def _index(outputs: str) -> sqlite3.Connection:
    """Return the index of the tables as they are now."""
    state = _state(outputs)
    if not storage.is_remote(outputs) and Path(outputs).is_dir():
        with contextlib.suppress(sqlite3.Error, OSError):
            return _kept(Path(outputs, FILE), outputs, state)
    return _made(sqlite3.connect(":memory:"), outputs, state)


def _kept(file: Path, outputs: str, state: str) -> sqlite3.Connection:
    index = sqlite3.connect(file, timeout=10)
    try:
        if index.execute("SELECT state FROM about").fetchone() == (state,):
            return index
    except sqlite3.Error:  # none yet, or damaged
        index.close()
        file.unlink(missing_ok=True)
        index = sqlite3.connect(file, timeout=10)
    return _made(index, outputs, state)


def _made(index: sqlite3.Connection, outputs: str, state: str) -> sqlite3.Connection:
    columns = ", ".join(f"{name} UNINDEXED" if name in _UNSEARCHED else name for name in _COLUMNS)
    with index:
        index.execute("BEGIN IMMEDIATE")
        index.execute("DROP TABLE IF EXISTS findings")
        index.execute("DROP TABLE IF EXISTS about")
        tokens = "tokenize = 'porter unicode61 remove_diacritics 2'"
        index.execute(f"CREATE VIRTUAL TABLE findings USING fts5({columns}, {tokens})")
        index.executemany(f"INSERT INTO findings VALUES ({', '.join('?' * len(_COLUMNS))})", _rows(outputs))
        index.execute("CREATE TABLE about (state TEXT)")
        index.execute("INSERT INTO about VALUES (?)", (state,))
    return index


def _rows(outputs: str) -> Iterator[tuple[object, ...]]:
    reports = {row["report_id"]: row for row in read_rows("reports", outputs)}
    for row in read_rows("findings", outputs):
        if row["report_id"] in reports:
            yield _row(row, reports[row["report_id"]])


def _row(finding: FindingRow, report: ReportRow) -> tuple[object, ...]:
    about = {"force_id": report["force_id"], "force_name": report["force_name"], "cycle": report["cycle"]}
    values = {**finding, **about, "year": (report["published"] or "")[:4]}
    return tuple(values[name] for name in _COLUMNS)


def _state(outputs: str) -> str:
    """Return a digest of which files the tables are made of, without opening one."""
    digest = hashlib.blake2b(_FORMAT.encode(), digest_size=12)
    for table in ("reports", "findings"):
        folder = storage.join(outputs, table)
        for name, size, changed in sorted(storage.listing(folder)):
            digest.update(f"{table}/{name} {size} {changed}\n".encode())
    return digest.hexdigest()
