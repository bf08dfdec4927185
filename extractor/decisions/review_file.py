"""The small JSON file in which a review page saves its decisions, and how it gets into the file of verdicts.

The file may have come by mail or been edited, so nothing in it is believed before it is checked.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.decisions.apply import renamed
from extractor.decisions.store import VERDICTS, Verdict, add_verdicts, read_verdicts
from extractor.errors import BadDecisions
from extractor.ids import short_hash
from extractor.tables.read import read_rows
from extractor.vocabulary import KIND_CODES

FORMAT = "peel-verdicts"
LARGEST_FILE = 20_000_000  # bytes
MOST_DECISIONS = 20_000
_NO_FILE = "not a file of decisions; save it again with “Save decisions” in the review"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a review file holds: decisions on one report, and those that were taken back."""

    report_id: str
    verdicts: tuple[Verdict, ...]
    withdrawn: tuple[tuple[str, str, str], ...]


def apply_file(path: Path, outputs: Path | str, verdicts: Path = VERDICTS, by: str = "") -> Decisions:
    """Take the decisions of a review file into the file of verdicts and return them.

    `by` signs those that were made before a name was typed.

    Raises:
        ValueError: it is not such a file, or a decision in it cannot be used; the message names the first that cannot.
        OSError: a file cannot be read or written.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise BadDecisions(f"{path}: larger than any review file; was it saved by “Save decisions”?")
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise BadDecisions(f"{path}: {_NO_FILE}") from None
    try:
        checked(told, outputs)
        return apply_decisions(_signed(told, by.strip()), outputs, verdicts)
    except ValueError as error:
        raise BadDecisions(f"{path}: {error}") from None


def _signed(told: Any, by: str) -> Any:
    """Return a parsed review file in which every decision has a name.

    Raises:
        ValueError: one has none, and nobody signs for it.
    """
    each = [made for made in _entries(told) if isinstance(made, dict)]
    unsigned = [made for made in each if not made.get("by") and made.get("verdict") != "withdrawn"]
    if unsigned and not by:
        words = "decision has" if len(unsigned) == 1 else "decisions have"
        raise BadDecisions(f"{len(unsigned)} {words} no name; add --by 'NAME', or type the name in the review and save")
    return told | {"verdicts": [{**made, "by": by} if made in unsigned else made for made in told["verdicts"]]}


def apply_decisions(told: Any, outputs: Path | str, verdicts: Path = VERDICTS) -> Decisions:
    """Take decisions as a review page sends them into the file of verdicts, all or none, and return them.

    Raises:
        ValueError: a decision cannot be used.
        OSError: the file of verdicts cannot be written.
    """
    decisions = checked(told, outputs)
    before = read_verdicts(verdicts)
    current = zip(before, renamed(before, outputs), strict=True)
    withdrawn = {old.key for old, new in current if {old.key, new.key} & set(decisions.withdrawn)}
    add_verdicts(decisions.verdicts, verdicts, withdrawn)
    return decisions


def checked(told: Any, outputs: Path | str) -> Decisions:
    """Return the decisions of a parsed review file.

    Raises:
        ValueError: it is not such a file, the tables hold no such report, or a decision cannot be used.
    """
    entries = _entries(told)
    report_id = _report_id(told, outputs)
    found = [_verdict(number, each, report_id) for number, each in enumerate(entries, 1)]
    kept = {verdict.key: verdict for verdict in found}
    return Decisions(
        report_id,
        tuple(verdict for verdict in kept.values() if verdict.verdict != "withdrawn"),
        tuple(key for key, verdict in kept.items() if verdict.verdict == "withdrawn"),
    )


def _entries(told: Any) -> list[Any]:
    """Return the decisions of a parsed review file as they stand there."""
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("verdicts"), list):
        raise BadDecisions(_NO_FILE)
    entries: list[Any] = told["verdicts"]
    if len(entries) > MOST_DECISIONS:
        raise BadDecisions(f"more than {MOST_DECISIONS:,} decisions; was it saved by “Save decisions”?")
    return entries


def _report_id(told: dict[str, Any], outputs: Path | str) -> str:
    """Return the report that a review file is about, which the tables must hold."""
    report_id = told.get("report_id")
    if not isinstance(report_id, str) or not _is_plain(report_id) or not read_rows("reports", outputs, report_id):
        raise BadDecisions(
            f"it is about the report {report_id!r}, which is not in {outputs}; extract that report first"
        )
    return report_id


def _is_plain(report_id: str) -> bool:
    return bool(report_id) and all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in report_id)


def _verdict(number: int, told: Any, report_id: str) -> Verdict:
    from extractor.decisions.review_schema import entry  # loads pydantic, which who only writes a page does without

    decided = entry(number, told)
    made_up = f"{report_id}/{KIND_CODES.get(decided.kind, '')}/{short_hash(decided.text)}"
    name = decided.id or (made_up if decided.verdict == "added" else "")
    of_grading = name.startswith(f"{report_id}/grade/")
    if not re.fullmatch(rf"{re.escape(report_id)}/[\w~:-][\w./~:-]*", name):
        raise BadDecisions(f"decision {number}: {name[:80]!r} is not of the report {report_id}")
    if (decided.subject == "grading") != of_grading:
        raise BadDecisions(f"decision {number}: {name[:80]!r} is not the id of a {decided.subject}")
    return decided.as_verdict(name)
