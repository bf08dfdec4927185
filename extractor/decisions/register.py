"""What became of every item: `corpus/register.csv`, the memory behind the Word response and the Excel tracker.

One row says that one field of one finding (or of one report) has a value since a day, and who said so. Rows are only
added, so every state that the register ever had can be shown again "as of" its day. Position and delivery are two
axes, and what the force says is done is kept apart from what the inspectorate has closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Literal

from extractor.decisions.ledger import Ledger, LedgerRow, UnreadableLedger, is_day, iso_day
from extractor.errors import BadDecisions

REGISTER = Path("corpus/register.csv")

Axis = Literal["position", "delivery", "answer", "report"]
FIELDS: dict[str, Axis] = {
    "position": "position",
    "force_answer": "answer",
    "action": "answer",
    "reason": "answer",
    "owner": "answer",
    "doubt_cleared": "answer",
    "due": "answer",
    "revised_due": "delivery",
    "delivery": "delivery",
    "force_done_on": "delivery",
    "office_satisfied_on": "delivery",
    "inspectorate_closed_on": "delivery",
    "evidence": "delivery",
    "comment": "delivery",
    "report_published": "report",
    "comments_requested": "report",
    "comments_due": "report",
    "comments_received": "report",
    "published": "report",
    "published_at": "report",
    "sent_secretary_of_state": "report",
    "sent_inspectors": "report",
}
DAYS = {
    *("due", "revised_due", "force_done_on", "office_satisfied_on", "inspectorate_closed_on"),
    *(name for name, axis in FIELDS.items() if axis == "report" and name != "published_at"),
}

# the days by which a response is late
_OF_THE_DUTY = ("report_published", "published", "sent_secretary_of_state", "sent_inspectors")


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated statement; every part is text, an empty value takes back what was said before."""

    about: str  # finding_id, report_id for the fields of a report, `<report_id>/doubt/<hash>` for a doubt
    field: str  # one of FIELDS
    value: str  # days as YYYY-MM-DD where they are days
    by: str = ""
    on: str = ""  # YYYY-MM-DD: the day from which it holds
    source: str = ""  # the file it was read from


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people gave one field different values; none was overwritten."""

    about: str
    field: str
    kept: str  # what the register holds
    other: str  # what the file says
    by: str = ""  # who wrote what the register holds
    named: str = ""  # what people call the place in the file: `Q1-AFI-1, Owner`

    def __str__(self) -> str:
        """Say both values, for a person to choose."""
        writer = f" (by {self.by})" if self.by else ""
        where = self.named or f"{self.about}: {self.field}"
        return f"{where}: the register says “{self.kept}”{writer}, the file “{self.other}”"


@dataclass(frozen=True, slots=True)
class Merged:
    """What reading a filled-in file back came to."""

    added: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[str, ...] = ()  # what of the file was not taken as it stands, and why
    corrected: tuple[Conflict, ...] = ()  # what of `added` stands in the place of what the same file said before

    def told(self, names: Mapping[tuple[str, str], str], remarks: Iterable[str]) -> Merged:
        """Return it with what people call the place of each field (about, field) in the file, and with remarks."""
        conflicts, corrected = (
            tuple(replace(each, named=names.get((each.about, each.field), "")) for each in told)
            for told in (self.conflicts, self.corrected)
        )
        return Merged(self.added, conflicts, tuple(remarks), corrected)


COLUMNS = tuple(each.name for each in fields(Entry))
State = dict[str, dict[str, Entry]]  # about → field → the entry that holds


def entries(path: Path = REGISTER) -> list[Entry]:
    """Return every entry ever made, in file order; [] when there is no file.

    Raises:
        ValueError: the file, or a row of it, could be read in two ways; the message names each place and its mend.
    """
    rows = [_mended(row) for row in _ledger(path).rows()]
    mistakes = [mistake for row in rows for mistake in _mistakes(row)]
    if mistakes:
        raise UnreadableLedger(path, mistakes)
    return [Entry(**row.cells) for row in rows]


def as_of(told: Iterable[Entry], day: date | None = None) -> State:
    """Return what held on a day (by default: what holds now): for each thing and field the latest entry up to it.

    Of two entries of one day the one further down the file holds.
    """
    state: State = {}
    for entry in sorted(told, key=lambda entry: entry.on):
        if day is None or entry.on <= day.isoformat():
            state.setdefault(entry.about, {})[entry.field] = entry
    return state


def register(path: Path = REGISTER, day: date | None = None) -> State:
    """Return the register as of a day, by default as it is now; {} when there is no file.

    Raises:
        ValueError: the file cannot be read.
    """
    return as_of(entries(path), day)


def value_of(state: Mapping[str, Mapping[str, Entry]], about: str, field: str) -> str:
    """Return what the register holds for a field, or "" where it holds nothing."""
    entry = state.get(about, {}).get(field)
    return entry.value if entry else ""


def record(told: Iterable[Entry], path: Path = REGISTER) -> tuple[Entry, ...]:
    """Add entries; those that say what holds already are left out. Return those added.

    Raises:
        ValueError: the file cannot be read, or an entry has no known field or no day.
        OSError: it cannot be written.
    """
    ledger = _ledger(path)
    with ledger.locked():
        state = register(path)
        new = [entry for entry in told if value_of(state, entry.about, entry.field) != entry.value]
        _append(ledger, new)
    return tuple(new)


def merge(
    read: Sequence[Entry], base: Mapping[tuple[str, str], str], path: Path = REGISTER, *, write: bool = True
) -> Merged:
    """Take what people wrote in a file into the register, overwriting nothing that somebody else wrote meanwhile.

    Args:
        read: what the file says now, also where it says nothing (value "").
        base: what the register held when the file was made, by (about, field); what the same person read from the
            file since, is what it held, too. An older copy of it undoes nothing.
        path: the register.
        write: False only tells what would happen.

    Raises:
        ValueError: the register cannot be read, or an entry has no known field or no day.
        OSError: it cannot be written.
    """
    ledger = _ledger(path)
    with ledger.locked():
        told = entries(path)
        state, before = as_of(told), _read_before(told, base, read)
        added: dict[tuple[str, str], Entry] = {}
        conflicts, corrected = [], []
        for entry in read:
            key = entry.about, entry.field
            holder = state.get(entry.about, {}).get(entry.field, Entry(*key, ""))
            now, then, own = holder.value, base.get(key, ""), before.get(key, [])
            if entry.value in (now, then, *own[-1:]):
                continue  # nobody changed it in the file, or the register says the same by now
            is_corrected = own[-1:] == [now] and entry.value not in own
            if key in added and added[key].value != entry.value:  # the file itself says two things
                conflicts.append(Conflict(*key, added[key].value, entry.value, entry.by))
            elif now == then or is_corrected or not holder.on:  # it is theirs to say, or nobody has said anything
                added[key] = entry
                corrected += [Conflict(*key, now, entry.value, holder.by)] if is_corrected and now != then else []
            else:
                conflicts.append(Conflict(*key, now, entry.value, holder.by))
        if write:
            _append(ledger, list(added.values()))
    return Merged(tuple(added.values()), tuple(conflicts), corrected=tuple(corrected))


def _read_before(
    told: Iterable[Entry], base: Mapping[tuple[str, str], str], read: Iterable[Entry]
) -> dict[tuple[str, str], list[str]]:
    """Return what the same person read from the same file for each field, since the file was made."""
    own = {(entry.about, entry.field): (entry.by, entry.source) for entry in read if entry.by and entry.source}
    before: dict[tuple[str, str], list[str]] = {key: [] for key in own}
    for entry in told:
        key = entry.about, entry.field
        if key in own and entry.value == base.get(key, ""):
            before[key].clear()
        elif own.get(key) == (entry.by, entry.source):
            before[key].append(entry.value)
    return before


def _append(ledger: Ledger, new: Sequence[Entry]) -> None:
    rows = [asdict(entry) for entry in new]
    mistakes = [mistake for row in rows for mistake in _mistakes(LedgerRow(0, row))]
    if mistakes:
        raise BadDecisions("; ".join(mistake.split(": ", 1)[1] for mistake in mistakes))
    if rows:
        ledger.append_locked(rows)


def _ledger(path: Path) -> Ledger:
    return Ledger(path, COLUMNS, ("about", "field", "value", "on"))


def _mended(row: LedgerRow) -> LedgerRow:
    """Return a row with its days as the program writes them, also where Excel has shown them its own way."""
    cells = {name: value.strip() for name, value in row.cells.items()}
    cells["on"] = iso_day(cells["on"])
    if cells["field"] in DAYS:
        cells["value"] = iso_day(cells["value"])
    return LedgerRow(row.line, cells)


def _mistakes(row: LedgerRow) -> Iterator[str]:
    where = f"line {row.line}, column"
    if not row.cells["about"].strip():
        yield f"{where} about: it names nothing; write a finding_id or report_id"
    if row.cells["field"].strip() not in FIELDS:
        yield f"{where} field: “{row.cells['field']}” is none of {', '.join(FIELDS)}"
    if not is_day(row.cells["on"].strip()):
        yield f"{where} on: “{row.cells['on']}” is no date; write YYYY-MM-DD"
    value = row.cells["value"].strip()
    if value and row.cells["field"].strip() in _OF_THE_DUTY and not is_day(value):
        yield f"{where} value: “{value}” is no date; write YYYY-MM-DD"
