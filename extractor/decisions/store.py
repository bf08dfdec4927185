"""What people decided about findings, gradings and links: `corpus/verdicts.csv`.

One row per decision, added at the end; a later one on the same thing takes the place of the earlier, and `withdrawn`
takes it back. Rows are found again by id; a finding's id is made from its text, so a re-run keeps its verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path

from extractor.decisions.ledger import FORMULA_MARKS, Ledger, LedgerRow, UnreadableLedger
from extractor.vocabulary import KIND_CODES, KIND_NAMES

__all__ = ["COLUMNS", "FORMULA_MARKS", "VERDICTS", "WORDS", "Verdict", "add_verdicts", "read_verdicts"]

VERDICTS = Path("corpus/verdicts.csv")
RELATIONS = ("same", "reworded", "widened", "narrowed", "split", "merged", "escalated", "eased", "recurred")
WORDS = {  # what can be decided about each subject; "" is a note without a decision
    "finding": ("", "accepted", "corrected", "rejected", "added", "withdrawn"),
    "grading": ("", "accepted", "corrected", "rejected", "withdrawn"),
    "link": ("", "confirmed", "rejected", "withdrawn", *RELATIONS),
}
_OTHER_WORDS = {"ok": "accepted", "okay": "accepted", "accept": "accepted", "reject": "rejected", "add": "added"}
_ID = re.compile(r"[\w./~:-]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision of one analyst; every field is text, missing is ""."""

    subject: str  # finding | grading | link
    id: str  # finding_id, grading_id, or the earlier finding's id of a link; for an added finding the id it will have
    later_id: str = ""  # link: the later finding's id
    verdict: str = ""  # one of WORDS[subject]
    kind: str = ""  # finding: its kind, where corrected or added
    text: str = ""  # finding: the words, where corrected or added; grading: the grade, where corrected
    detail: str = ""  # finding: whole, as it should be; "" takes it out where corrected
    question: str = ""
    printed: str = ""  # the text the program had found, to find the item again when its id changed
    page: str = ""
    boxes: str = ""  # JSON list of {page, x0, top, x1, bottom}
    note: str = ""
    by: str = ""
    on: str = ""  # YYYY-MM-DD

    @property
    def key(self) -> tuple[str, str, str]:
        """What the decision is about."""
        return self.subject, self.id, self.later_id


COLUMNS = tuple(field.name for field in fields(Verdict))


def read_verdicts(path: Path = VERDICTS) -> list[Verdict]:
    """Return the decisions that hold, in the order in which their subjects first came; [] when there is no file.

    Raises:
        ValueError: the file, or a row of it, could be read in two ways; the message names each place and its mend.
    """
    holding: dict[tuple[str, str, str], Verdict] = {}
    for verdict in _every_verdict(path):
        if verdict.verdict == "withdrawn":
            holding.pop(verdict.key, None)
        else:
            holding[verdict.key] = verdict
    return list(holding.values())


def add_verdicts(
    verdicts: Iterable[Verdict], path: Path = VERDICTS, withdrawn: Collection[tuple[str, str, str]] = ()
) -> None:
    """Add decisions behind those in the file; what holds already is not written again. Whole or not at all.

    Those whose keys are in `withdrawn` are taken back.

    Raises:
        ValueError: the file cannot be read as it stands.
        OSError: it cannot be written.
    """
    ledger = _ledger(path)
    with ledger.locked():
        holding = {verdict.key: verdict for verdict in read_verdicts(path)}
        new = [verdict for verdict in verdicts if holding.get(verdict.key) != verdict]
        taken_back = [replace(Verdict(*key[:2]), later_id=key[2], verdict="withdrawn") for key in withdrawn]
        rows = [*new, *(verdict for verdict in taken_back if verdict.key in holding)]
        if rows:
            ledger.append_locked([asdict(verdict) for verdict in rows])


def _ledger(path: Path) -> Ledger:
    return Ledger(path, COLUMNS, ("subject", "id", "verdict"))


def _every_verdict(path: Path) -> list[Verdict]:
    rows = [_mended(row) for row in _ledger(path).rows()]
    mistakes = [mistake for row in rows for mistake in _mistakes(row)]
    if mistakes:
        raise UnreadableLedger(path, mistakes)
    return [Verdict(**row.cells) for row in rows]


def _mended(row: LedgerRow) -> LedgerRow:
    """Return a row with its closed words as the program writes them, however a person has."""
    cells = dict(row.cells)
    for name in ("subject", "id", "later_id", "verdict", "kind", "page", "on"):
        cells[name] = cells[name].strip()
    for name in ("subject", "verdict", "kind"):
        cells[name] = cells[name].casefold()
    cells["verdict"] = _OTHER_WORDS.get(cells["verdict"], cells["verdict"])
    cells["kind"] = _KINDS.get(cells["kind"], cells["kind"])
    cells["on"] = _iso(cells["on"])
    return LedgerRow(row.line, cells)


_KINDS = {name: kind for kind, names in KIND_NAMES.items() for name in names} | {
    code: kind for kind, code in KIND_CODES.items()
}


def _iso(day: str) -> str:
    """Return a day that Excel has rewritten (14/11/2024) as it was, anything else as it is."""
    try:
        return datetime.strptime(day, "%d/%m/%Y").date().isoformat()
    except ValueError:
        return day


def _mistakes(row: LedgerRow) -> Iterator[str]:
    cells, where = row.cells, f"line {row.line}, column"
    if cells["subject"] not in WORDS:
        yield f"{where} subject: “{cells['subject']}” is none of {', '.join(WORDS)}"
        return
    words = WORDS[cells["subject"]]
    if cells["verdict"] not in words:
        yield f"{where} verdict: “{cells['verdict']}” is none of {', '.join(filter(None, words))}"
    yield from _odd_ids(where, cells)
    if cells["kind"] and cells["kind"] not in KIND_CODES:
        yield f"{where} kind: “{cells['kind']}” is none of {', '.join(KIND_CODES)}"
    if cells["page"] and not (cells["page"].isascii() and cells["page"].isdigit()):
        yield f"{where} page: “{cells['page']}” is no page; write a number, or nothing"
    yield from _odd_day(where, cells["on"])


def _odd_ids(where: str, cells: Mapping[str, str]) -> Iterator[str]:
    for name in ("id", "later_id"):
        if cells[name] and not _ID.fullmatch(cells[name]):
            yield f"{where} {name}: “{cells[name][:60]}” is no id; copy it from `peel show REPORT`"
    if not cells["id"] or (cells["subject"] == "link" and not cells["later_id"]):
        yield f"{where} id: it names nothing; copy it from `peel show REPORT`, or take the row out"


def _odd_day(where: str, day: str) -> Iterator[str]:
    try:
        if day:
            date.fromisoformat(day)
    except ValueError:
        yield f"{where} on: “{day}” is no date; write YYYY-MM-DD"
