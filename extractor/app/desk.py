"""What the tables, decisions and register say of every report, kept in memory and read again where files changed.

A page must not open thousands of files. So each report's facts are kept with the sizes and times of the files they
came from, and only what changed since the last page, or since the last start, is read again.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from extractor.app.kept_pages import program
from extractor.app.kept_rows import KeptRows
from extractor.comparison.told_rows import FINDINGS, GRADINGS
from extractor.decisions.apply import by_report, renamed, verified_rows
from extractor.decisions.register import REGISTER, State, register
from extractor.decisions.store import VERDICTS, Verdict, read_verdicts
from extractor.response.doubts import open_doubts
from extractor.response.due import Duty, duties_of
from extractor.response.elsewhere import OF_MANY
from extractor.rulebook.folder import rules_root
from extractor.tables import storage
from extractor.tables.read import read_rows
from extractor.tables.rows import ProblemRow

Row = Mapping[str, Any]
Made = TypeVar("Made")
_TABLES = ("reports", "findings", "gradings", "problems")
_COLUMNS = {"findings": FINDINGS, "gradings": GRADINGS}  # those that pages and comparisons show
MANY = 20  # reports that are read while a page waits; for more, the page says that they are being read


@dataclass(frozen=True)
class Held:
    """What the tables hold of one report, with analysts' decisions applied."""

    row: Row
    findings: tuple[Row, ...]
    gradings: tuple[Row, ...]
    problems: tuple[ProblemRow, ...]
    decided: int
    read_on: date

    @property
    def id(self) -> str:
        """Its report_id."""
        return str(self.row["report_id"])

    @property
    def title(self) -> str:
        """What to call it."""
        return str(self.row["title"] or Path(self.row["source"]).name)

    @property
    def failed(self) -> bool:
        """Whether nothing in it can be relied on."""
        return bool(self.row["status"] == "failed")

    @property
    def force_id(self) -> str | None:
        """The force it is on; None where it could not be read or is on no one force."""
        return None if self.failed else self.row["force_id"]

    @property
    def is_about_many(self) -> bool:
        """Whether it is a paper that does not say itself which force has to answer."""
        return self.row["kind"] in OF_MANY and not self.row["force_id"]

    @property
    def total(self) -> int:
        """Findings and gradings to decide on."""
        return max(len(self.findings) + len(self.gradings), self.decided)

    @property
    def rows(self) -> tuple[Any, ...]:
        """All rows of it: what pages are made of."""
        return self.row, self.findings, self.gradings, self.problems

    @cached_property
    def kinds(self) -> Counter[str]:
        """How many findings of each kind."""
        return Counter(row["kind"] for row in self.findings)


class Desk:
    """Every report of one outputs folder.

    Args:
        outputs: folder of the tables.
        verdicts: the file of decisions.
        answers: the register.
    """

    def __init__(self, outputs: Path, verdicts: Path = VERDICTS, answers: Path = REGISTER) -> None:
        self.outputs, self.verdicts, self.answers = outputs, verdicts, answers
        self.version = 0  # another number whenever a row, as decided, is another
        self.reading = 0  # reports that are being read at the first start, where they are many
        self._lock = threading.Lock()
        self._states: dict[str, object] = {}  # report_id → sizes and times of its files, and its decisions
        self._held: dict[str, Held] = {}
        self._kept: dict[str, tuple[object, Any]] = {}
        self._rows = KeptRows(outputs)
        self._is_kept = False

    def reports(self) -> dict[str, Held]:
        """Return every report, by id.

        Raises:
            BadDecisions: the file of decisions cannot be read.
            DamagedStore: a table is not what was written.
        """
        with self._lock:
            files, decided = self._files(), self._decisions()
            now = {name: (each, tuple(decided.get(name, ()))) for name, each in files.items()}
            changed = {name for name, state in now.items() if self._states.get(name) != state}
            kept = {name: self._held[name] for name in self._held.keys() & now.keys() - changed}
            if changed and not self._held:
                kept = self._kept_before({name: now[name] for name in changed})
            if now.keys() - kept or len(kept) != len(self._held):
                self._take_up(kept | self._read(now.keys() - kept, decided, files))
            self._states = {name: now[name] for name in self._held}
            return self._held

    def keep(self) -> None:
        """Keep the rows for the next start, where they are others than those kept."""
        with self._lock:
            if self._is_kept:
                return
            self._is_kept = True
            held = [(name, _name_of(self._states[name]), each) for name, each in self._held.items()]
        self._rows.put((name, made_of, (*each.rows, each.decided)) for name, made_of, each in held)

    def _kept_before(self, states: Mapping[str, tuple[tuple[tuple[str, int, str], ...], object]]) -> dict[str, Held]:
        kept = self._rows.get({name: _name_of(state) for name, state in states.items()})
        self._is_kept = kept.keys() == states.keys()
        return {
            name: Held(row, tuple(findings), tuple(gradings), tuple(problems), decided, _read_on(states[name][0]))
            for name, (row, findings, gradings, problems, decided) in kept.items()
        }

    def _take_up(self, held: dict[str, Held]) -> None:
        rows, before = ({name: each.rows for name, each in reports.items()} for reports in (held, self._held))
        self.version += rows != before
        self._held = held

    def state(self) -> str:
        """Return a name for what the files of tables and decisions are now; none is opened."""
        files = (str(self._files()), str(_state(self.verdicts)))
        return hashlib.blake2b("\n".join(files).encode(), digest_size=12).hexdigest()

    def duties(self) -> list[Duty]:
        """Return the duty to respond to each report, the most urgent first."""
        held, today = self.reports(), date.today()
        rows = [each.row for each in held.values()]
        return self._once(
            "duties", (self.version, _state(self.answers), today), lambda: duties_of(rows, self.register())
        )

    def doubts(self) -> dict[str, list[ProblemRow]]:
        """Return, for each report that has any, the problems somebody should look at and nobody has cleared."""
        held, state = self.reports(), _state(self.answers)

        def open_ones() -> dict[str, list[ProblemRow]]:
            rules, answers = rules_root(), self.register()
            found = {each.id: open_doubts(each.problems, answers, rules) for each in held.values() if each.problems}
            return {name: doubts for name, doubts in found.items() if doubts}

        return self._once("doubts", (self.version, state), open_ones)

    def register(self) -> State:
        """Return what the register holds now.

        Raises:
            BadDecisions: it cannot be read.
        """
        return self._once("register", _state(self.answers), lambda: register(self.answers))

    def _decisions(self) -> dict[str, list[Verdict]]:
        def read() -> dict[str, list[Verdict]]:
            kept = [each for each in read_verdicts(self.verdicts) if each.subject != "link"]
            return by_report(renamed(kept, self.outputs))

        return self._once("decisions", _state(self.verdicts), read)

    def _once(self, name: str, state: object, make: Callable[[], Made]) -> Made:
        """Return what was made from this state before, or make it."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != state:
            kept = self._kept[name] = (state, make())
        made: Made = kept[1]
        return made

    def _files(self) -> dict[str, tuple[tuple[str, int, str], ...]]:
        """Return (table, size, time) of each report's files, by report_id."""
        found: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        for table in _TABLES:
            for name, size, changed in storage.listing(storage.join(storage.place(self.outputs), table)):
                found[name.removesuffix(".parquet")].append((table, size, changed))
        return {name: tuple(files) for name, files in found.items() if any(file[0] == "reports" for file in files)}

    def _read(
        self,
        changed: set[str],
        decided: Mapping[str, Sequence[Verdict]],
        states: Mapping[str, Iterable[tuple[str, int, str]]],
    ) -> dict[str, Held]:
        self._is_kept = False
        self.reading = len(changed) if len(changed) > MANY and not self._held else 0
        try:
            found = self._rows_of(changed, whole=2 * len(changed) > len(states))
        finally:
            self.reading = 0
        made = {}
        for name in changed & found["reports"].keys():
            rows: dict[str, Sequence[Row]] = {table: found[table][name] for table in _TABLES}
            if decided.get(name):
                rows |= {
                    table: verified_rows(table, self.outputs, name, decided[name], columns)
                    for table, columns in _COLUMNS.items()
                }
            findings, gradings, problems = (tuple(rows[table]) for table in ("findings", "gradings", "problems"))
            number = len(decided.get(name, ()))
            told = cast(tuple[ProblemRow, ...], problems)
            made[name] = Held(rows["reports"][0], findings, gradings, told, number, _read_on(states[name]))
        return made

    def _rows_of(self, reports: set[str], *, whole: bool) -> dict[str, dict[str, list[Row]]]:
        """Return the rows of each table by report, as extracted; of `whole` tables all are read at once."""
        found: dict[str, dict[str, list[Row]]] = {table: defaultdict(list) for table in _TABLES}
        for each in [None] if whole and reports else sorted(reports):
            for table in _TABLES:
                for row in read_rows(table, self.outputs, each, _COLUMNS.get(table)):
                    found[table][row["report_id"]].append(row)
        return found


def _name_of(state: object) -> str:
    """Return a name for what a report's rows are made of: files, decisions and the program."""
    return hashlib.blake2b(f"{program()} {state}".encode(), digest_size=12).hexdigest()


def _read_on(files: Iterable[tuple[str, int, str]]) -> date:
    return max(datetime.fromtimestamp(_seconds(changed)).date() for _, _, changed in files)


def _seconds(changed: str) -> float:
    """Return the time of a file in seconds; 0 where its store tells it otherwise."""
    return int(changed) / 1e9 if changed.isdigit() else 0.0


def _state(path: Path) -> tuple[int, int] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns
