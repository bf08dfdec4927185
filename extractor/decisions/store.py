"""What people decided about findings, gradings and links: `corpus/verdicts.csv`.

One row per decision, added at the end; a later one on the same thing takes the place of the earlier, and `withdrawn`
takes it back. Rows are found again by id; a finding's id is made from its text, so a re-run keeps its verdicts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from math import isfinite
from pathlib import Path
from typing import Any

from extractor.decisions.ledger import FORMULA_MARKS, Ledger, LedgerRow, UnreadableLedger, is_day, iso_day
from extractor.errors import BadDecisions
from extractor.vocabulary import GRADES, KIND_CODES, KIND_NAMES

__all__ = ["COLUMNS", "FORMULA_MARKS", "GRADE_CHOICES", "VERDICTS", "WORDS", "Verdict", "add_verdicts", "read_verdicts"]

VERDICTS = Path("corpus/verdicts.csv")
RELATIONS = ("same", "reworded", "widened", "narrowed", "split", "merged", "escalated", "eased", "recurred")
WORDS = {  # what can be decided about each subject; "" is a note without a decision
    "finding": ("", "accepted", "corrected", "rejected", "added", "withdrawn"),
    "grading": ("", "accepted", "corrected", "rejected", "withdrawn"),
    "link": ("", "confirmed", "rejected", "withdrawn", *RELATIONS),
}
GRADE_CHOICES = (*GRADES, "not graded")  # what a corrected grading may say
_OTHER_WORDS = {"ok": "accepted", "okay": "accepted", "accept": "accepted", "reject": "rejected", "add": "added"}
_ID = re.compile(r"[\w./~:-]+")
_GRADING = re.compile(r"[^/]+/grade/[^/]+")
_FURTHEST_PAGE = 99_999
_SIDES = ("x0", "top", "x1", "bottom")


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
        ValueError: the file cannot be read as it stands, or a decision could not be read again.
        OSError: it cannot be written.
    """
    ledger = _ledger(path)
    with ledger.locked():
        holding = {verdict.key: verdict for verdict in read_verdicts(path)}
        new = [verdict for verdict in verdicts if holding.get(verdict.key) != verdict]
        taken_back = [replace(Verdict(*key[:2]), later_id=key[2], verdict="withdrawn") for key in withdrawn]
        rows = [*new, *(verdict for verdict in taken_back if verdict.key in holding)]
        mistakes = [mistake for verdict in rows for mistake in _mistakes(_mended(LedgerRow(0, asdict(verdict))))]
        if mistakes:
            raise BadDecisions("; ".join(mistake.split(", column ", 1)[1] for mistake in mistakes))
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
    cells["on"] = iso_day(cells["on"])
    if cells["subject"] == "grading" and cells["verdict"] == "corrected":
        cells["text"] = " ".join(cells["text"].replace("_", " ").split()).casefold()
    return LedgerRow(row.line, cells)


_KINDS = {name: kind for kind, names in KIND_NAMES.items() for name in names} | {
    code: kind for kind, code in KIND_CODES.items()
}


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
    if cells["page"] and not _is_page(cells["page"]):
        yield f"{where} page: “{cells['page']}” is no page; write a number, or nothing"
    if cells["boxes"] and not _are_boxes(cells["boxes"]):
        yield f"{where} boxes: these are no places; restore what stood there, or write nothing"
    if cells["on"] and not is_day(cells["on"]):
        yield f"{where} on: “{cells['on']}” is no date; write YYYY-MM-DD"
    yield from _lacks_words(where, cells)


def _odd_ids(where: str, cells: Mapping[str, str]) -> Iterator[str]:
    for name in ("id", "later_id"):
        if cells[name] and not _ID.fullmatch(cells[name]):
            yield f"{where} {name}: “{cells[name][:60]}” is no id; copy it from `peel show REPORT`"
    if not cells["id"] or (cells["subject"] == "link" and not cells["later_id"]):
        yield f"{where} id: it names nothing; copy it from `peel show REPORT`, or take the row out"
    elif (cells["subject"] == "grading") != bool(_GRADING.fullmatch(cells["id"])) or (
        cells["subject"] == "finding" and "/" not in cells["id"]
    ):
        yield f"{where} id: “{cells['id'][:60]}” is not the id of a {cells['subject']}; copy it from `peel show REPORT`"


def _is_page(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text) <= _FURTHEST_PAGE


def _are_boxes(text: str) -> bool:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, list) and all(map(_is_box, told))


def _is_box(told: Any) -> bool:
    if not isinstance(told, dict) or not all(type(told.get(name)) in (int, float) for name in ("page", *_SIDES)):
        return False
    return 0 < told["page"] <= _FURTHEST_PAGE and all(isfinite(told[side]) for side in _SIDES)


def _lacks_words(where: str, cells: Mapping[str, str]) -> Iterator[str]:
    """Yield what a decision that changes or adds something does not say, since a blank would take the words away."""
    if cells["verdict"] not in ("corrected", "added"):
        return
    if cells["subject"] == "grading" and cells["text"] not in GRADE_CHOICES:
        yield f"{where} text: “{cells['text'][:60]}” is no grade; write one of {', '.join(GRADE_CHOICES)}"
    if cells["subject"] == "finding" and not cells["text"].strip():
        yield f"{where} text: a {cells['verdict']} finding needs its words; write them whole, its detail too"
    if cells["verdict"] == "added" and not cells["kind"]:
        yield f"{where} kind: an added finding needs its kind; write one of {', '.join(KIND_CODES)}"
