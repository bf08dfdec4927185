"""Verified findings by their words: an index in SQLite's full-text search, renewed when tables or decisions change.

The index is a file beside the tables, `search.sqlite`; where none can be written (an object store, a read-only folder)
it is made in memory. It holds what tables and decisions hold, and the themes that a caller gives, sealed as the tables
are. Where the tables have changed it is made anew, where decisions have, only the findings of the reports that they are
about.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractor.errors import BadSetting
from extractor.tables import seal, storage
from extractor.tables.lookup import force_named, hint, meant_by
from extractor.tables.storage import SEARCH_INDEX as FILE

if TYPE_CHECKING:
    from extractor.tables.rows import ReportRow

_FORMAT = "4"  # another number makes every index anew
_SEAL = seal.BLANK.encode()  # behind the index, until the digest stands there
_COLUMNS = (
    *("text", "detail", "question", "finding_id", "report_id", "kind", "force_id", "force_name", "cycle", "year"),
    *("question_id", "page_first", "page_label", "decision"),
)
_UNSEARCHED = _COLUMNS[3:]  # kept for filters and answers alone
_FACETS = """CREATE TABLE facets AS
    SELECT 'force' AS facet, force_id AS value, coalesce(force_name, '') AS name FROM findings
    WHERE force_id IS NOT NULL
    UNION SELECT 'year', year, coalesce(cycle, '') FROM findings
    UNION SELECT 'question', coalesce(question_id, question), question FROM findings WHERE question IS NOT NULL"""
_CHANGING = (  # one word to a reader, two to a stemmer, which looks at endings alone
    *(("child", "children"), ("man", "men"), ("woman", "women"), ("person", "people")),
    *(("knife", "knives"), ("life", "lives"), ("wife", "wives"), ("thief", "thieves")),
)
_QUESTION = "({id} = ? OR instr(lower({heading}), lower(?)))"
_YEAR = "({year} = ? OR instr({cycle}, ?))"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a finding must be, beside having the words; "" for anything."""

    force: str = ""  # force_id or words of the force's name
    question: str = ""  # question_id, or words of the heading
    year: str = ""  # of publication, or of the cycle
    kind: str = ""
    theme: str = ""  # id of a theme or words of its name


class Themed(Protocol):
    """Where the themes of findings come from; asked only when somebody filters by theme."""

    @property
    def version(self) -> str:
        """Another one when the themes would be others."""

    def names(self) -> Mapping[str, str]:
        """Return the name of each theme by its id."""

    def of_findings(self) -> Iterable[tuple[str, str]]:
        """Yield (finding_id, id of a theme), once for each theme that a finding has."""


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
    decision: str | None  # accepted, corrected or added; what was rejected is not found
    text: str
    excerpt: str


def find(
    words: str,
    outputs: Path | str,
    verdicts: Path,
    only: Filter = Filter(),
    *,
    most: int = 50,
    themed: Themed | None = None,
) -> list[Hit]:
    """Return the findings that have all the words, best first; endings of words do not count.

    Words in quotes stay together. Without words, every finding that the filter lets through, in order of id.

    Raises:
        BadSetting: there is nothing in the words to search for, or no finding is of the question, year or theme.
        UnknownForce: no finding is of the force; the message lists those that were perhaps meant.
        DamagedStore: a table is not what was written.
        ValueError: the file of decisions cannot be read.
    """
    query = " AND ".join(map(_asked, _parts(words)))
    if words.strip() and not query:
        raise BadSetting(f"there is no word to search for in {words!r}")
    with contextlib.closing(_index(storage.place(outputs), verdicts)) as index:
        known = index.total_changes
        tests = [*([("findings MATCH ?", (query,))] if query else []), *_tests(index, only, themed)]
        if index.total_changes != known:  # the themes were learnt
            _keep(index, storage.place(outputs))
        values = [value for _, own in tests for value in own]
        return [Hit(*row) for row in index.execute(_statement(tests, most, by_words=bool(query)), values)]


def _statement(tests: Sequence[_Test], most: int, *, by_words: bool) -> str:
    """Return what asks the index for the hits that pass all tests."""
    excerpt = "snippet(findings, -1, '', '', ' … ', 24)" if by_words else "text"
    order = "bm25(findings, 4.0, 1.0, 0.5), finding_id" if by_words else "finding_id"
    names = ", ".join(name for name in Hit.__dataclass_fields__ if name != "excerpt")
    where = f"WHERE {' AND '.join(test for test, _ in tests)}" if tests else ""
    return f"SELECT {names}, {excerpt} FROM findings {where} ORDER BY {order} LIMIT {most:d}"


def unused(words: str, outputs: Path | str, verdicts: Path) -> list[str]:
    """Return those of the words that no finding has."""
    with contextlib.closing(_index(storage.place(outputs), verdicts)) as index:
        has = "SELECT 1 FROM findings WHERE findings MATCH ? LIMIT 1"
        return [part for part in _parts(words) if not index.execute(has, [_asked(part)]).fetchone()]


def _asked(part: str) -> str:
    """Return what asks the index for a word or phrase, and for the other number of a word that changes inside."""
    forms = next((forms for forms in _CHANGING if part.lower() in forms), (part,))
    phrases = " OR ".join(f'"{form}"' for form in forms)
    return f"({phrases})"


def _parts(words: str) -> list[str]:
    """Return words and phrases in quotes; nothing a user types is taken for an operator."""
    parts = re.findall(r'"([^"]+)"|(\S+)', words)
    return [part for phrase, word in parts if (part := " ".join(re.findall(r"\w+", phrase or word)))]


# filters -------------------------------------------------------------------------------------------------------------

_Test = tuple[str, tuple[str, ...]]  # a condition and its values


def _tests(index: sqlite3.Connection, only: Filter, themed: Themed | None) -> Iterator[_Test]:
    """Yield a condition for each thing asked for, once it is sure that there is such a thing."""
    if only.force:
        yield "force_id = ?", (force_named(only.force, _facet(index, "force")),)
    if only.question:
        _is_there(index, "question", _QUESTION.format(id="value", heading="name"), only.question)
        yield _QUESTION.format(id="question_id", heading="question"), (only.question,) * 2
    if only.year:
        _is_there(index, "year", _YEAR.format(year="value", cycle="name"), only.year)
        yield _YEAR.format(year="year", cycle="cycle"), (only.year,) * 2
    if only.kind:
        yield "kind = ?", (only.kind,)
    if only.theme:  # `+`: else SQLite looks the words up anew for each finding of the theme
        yield "+rowid IN (SELECT finding FROM themes WHERE theme = ?)", (_theme(index, only.theme, themed),)


def _is_there(index: sqlite3.Connection, facet: str, test: str, value: str) -> None:
    if not index.execute(f"SELECT 1 FROM facets WHERE facet = ? AND {test} LIMIT 1", (facet, value, value)).fetchone():
        raise BadSetting(f"no finding is of {facet} {value!r}; {hint(value, _facet(index, facet))}")


def _facet(index: sqlite3.Connection, facet: str) -> dict[str, str]:
    return dict(index.execute("SELECT value, name FROM facets WHERE facet = ? ORDER BY value", (facet,)))


def _theme(index: sqlite3.Connection, words: str, themed: Themed | None) -> str:
    """Return the id of a theme, after the index has learnt which finding has which."""
    if themed is not None and index.execute("SELECT themes FROM about").fetchone() != (themed.version,):
        _learn(index, themed)
    names = _facet(index, "theme")
    meant = meant_by(words, names)
    if len(meant) != 1:
        raise BadSetting(f"no theme {words!r}; {hint(words, names)}")
    return meant[0]


def _learn(index: sqlite3.Connection, themed: Themed) -> None:
    place = dict(index.execute("SELECT finding_id, rowid FROM findings"))
    rows = [(theme, place[finding]) for finding, theme in themed.of_findings() if finding in place]
    with index:
        index.execute("DELETE FROM themes")
        index.execute("DELETE FROM facets WHERE facet = 'theme'")
        index.executemany("INSERT INTO themes VALUES (?, ?)", rows)
        index.executemany("INSERT INTO facets VALUES ('theme', ?, ?)", themed.names().items())
        index.execute("UPDATE about SET themes = ?", (themed.version,))


# the index -----------------------------------------------------------------------------------------------------------


def _index(outputs: str, verdicts: Path) -> sqlite3.Connection:
    """Return the index of tables and decisions as they are now, in memory: the one kept, or another, which is kept."""
    state, decided = _state(outputs), _digest(verdicts)
    kept = _kept(storage.join(outputs, FILE), state)
    index = kept or _made(outputs, state)
    stale = index.execute("SELECT decided FROM about").fetchone() != (decided,)
    if stale:
        _decide(index, outputs, verdicts, decided)
    if stale or kept is None:
        _keep(index, outputs)
    return index


def _keep(index: sqlite3.Connection, outputs: str) -> None:
    if storage.is_remote(outputs) or not Path(outputs).is_dir():
        return
    with contextlib.suppress(OSError):  # a read-only folder: the index is made anew each time
        storage.write_bytes(storage.join(outputs, FILE), seal.sealed(index.serialize() + _SEAL))


def _kept(file: str, state: str) -> sqlite3.Connection | None:
    """Return the index in a file; None where it is damaged or of other tables."""
    try:
        about = None if storage.is_remote(file) else Path(file).stat()
        data = _whole(file, (about.st_size, about.st_mtime_ns, about.st_ino)) if about else None
    except OSError:
        return None
    if data is None:
        return None
    index = sqlite3.connect(":memory:")
    with contextlib.suppress(sqlite3.Error):
        index.deserialize(data[: -len(_SEAL)])
        if index.execute("SELECT state FROM about").fetchone() == (state,):
            return index
    index.close()
    return None


@lru_cache(maxsize=1)  # a server is asked again and again
def _whole(file: str, _written: tuple[int, int, int]) -> bytes | None:
    """Return what a file holds, as it was written then; None where it is damaged."""
    data = storage.read_bytes(file)
    return data if seal.seal_of(data) is not None and seal.is_whole(data) else None


def _made(outputs: str, state: str) -> sqlite3.Connection:
    """Return an index of what was extracted; decisions come into it next."""
    from extractor.tables.read import read_rows

    columns = ", ".join(f"{name} UNINDEXED" if name in _UNSEARCHED else name for name in _COLUMNS)
    index = sqlite3.connect(":memory:")
    with index:
        tokens = "tokenize = 'porter unicode61 remove_diacritics 2'"
        index.execute(f"CREATE VIRTUAL TABLE findings USING fts5({columns}, {tokens})")
        index.executemany(_INSERT, _rows(read_rows("findings", outputs), outputs))
        index.execute(_FACETS)
        index.execute("CREATE TABLE themes (theme TEXT, finding INTEGER, PRIMARY KEY (theme, finding)) WITHOUT ROWID")
        index.execute("CREATE TABLE decided (report_id TEXT PRIMARY KEY)")
        index.execute("CREATE TABLE about (state TEXT, themes TEXT, decided TEXT)")
        index.execute("INSERT INTO about VALUES (?, NULL, ?)", (state, _digest(None)))
    return index


def _decide(index: sqlite3.Connection, outputs: str, verdicts: Path, decided: str) -> None:
    """Renew the findings of the reports that decisions are or were about."""
    from extractor.decisions.apply import DecidedRows, by_report, renamed
    from extractor.decisions.store import read_verdicts

    before = {report for (report,) in index.execute("SELECT report_id FROM decided")}
    kept = [verdict for verdict in read_verdicts(verdicts) if verdict.subject == "finding"]
    now = set(by_report(renamed(kept, outputs)))
    rows = DecidedRows("findings", outputs, verdicts)
    with index:
        for report in sorted(before | now):
            index.execute("DELETE FROM findings WHERE report_id = ?", (report,))
            index.executemany(_INSERT, _rows(rows.of_report(report), outputs, report))
        index.execute("DELETE FROM decided")
        index.executemany("INSERT INTO decided VALUES (?)", [(report,) for report in now])
        index.execute("DROP TABLE facets")
        index.execute(_FACETS)
        index.execute("UPDATE about SET themes = NULL, decided = ?", (decided,))


_INSERT = f"INSERT INTO findings VALUES ({', '.join('?' * len(_COLUMNS))})"


def _rows(findings: Iterable[Mapping[str, Any]], outputs: str, report_id: str | None = None) -> Iterator[list[Any]]:
    from extractor.tables.read import read_rows

    reports = {row["report_id"]: row for row in read_rows("reports", outputs, report_id)}
    for row in sorted(findings, key=lambda row: str(row["finding_id"])):
        if row["report_id"] in reports:
            yield _row(row, reports[row["report_id"]])


def _row(finding: Mapping[str, Any], report: ReportRow) -> list[Any]:
    about = {"force_id": report["force_id"], "force_name": report["force_name"], "cycle": report["cycle"]}
    values = {"decision": None, **finding, **about, "year": (report["published"] or "")[:4]}
    return [values[name] for name in _COLUMNS]


def _digest(verdicts: Path | None) -> str:
    """Return a digest of the file of decisions; of none, that of an empty one."""
    written = verdicts.read_bytes() if verdicts and verdicts.is_file() else b""
    return hashlib.blake2b(written, digest_size=12).hexdigest()


def _state(outputs: str) -> str:
    """Return a digest of which files the tables are made of, without opening one."""
    digest = hashlib.blake2b(_FORMAT.encode(), digest_size=12)
    for table in ("reports", "findings"):
        folder = storage.join(outputs, table)
        for name, size, changed in sorted(storage.listing(folder)):
            digest.update(f"{table}/{name} {size} {changed}\n".encode())
    return digest.hexdigest()
