"""The small JSON file in which a review page saves its decisions, and how it gets into the file of verdicts.

The file may have come by mail or been edited, so nothing in it is believed before it is checked.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extractor.decisions.apply import renamed
from extractor.decisions.store import VERDICTS, Verdict, add_verdicts, read_verdicts
from extractor.errors import BadDecisions
from extractor.ids import short_hash
from extractor.tables.datasets import read_rows
from extractor.vocabulary import GRADES, KIND_CODES

FORMAT = "peel-verdicts"
LARGEST_FILE = 20_000_000  # bytes
GRADE_CHOICES = (*GRADES, "not graded")
_WORDS = {
    "finding": ("accepted", "corrected", "rejected", "added", "withdrawn"),
    "grading": ("accepted", "corrected", "rejected", "withdrawn"),
}
_TEXTS = ("kind", "text", "detail", "question", "printed", "note", "by", "on")
_NO_FILE = "not a file of decisions; save it again with “Save decisions” in the review"
_LONGEST_TEXT = 50_000  # characters
_MOST_BOXES = 1_000


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a review file holds: decisions on one report, and those that were taken back."""

    report_id: str
    verdicts: tuple[Verdict, ...]
    withdrawn: tuple[tuple[str, str, str], ...]


def apply_file(path: Path, outputs: Path | str, verdicts: Path = VERDICTS) -> Decisions:
    """Take the decisions of a review file into the file of verdicts and return them.

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
        return apply_decisions(told, outputs, verdicts)
    except ValueError as error:
        raise BadDecisions(f"{path}: {error}") from None


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
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("verdicts"), list):
        raise BadDecisions(_NO_FILE)
    report_id = told.get("report_id")
    if not isinstance(report_id, str) or not _is_plain(report_id) or not read_rows("reports", outputs, report_id):
        raise BadDecisions(
            f"it is about the report {report_id!r}, which is not in {outputs}; extract that report first"
        )
    found = [_verdict(number, entry, report_id) for number, entry in enumerate(told["verdicts"], 1)]
    kept = {verdict.key: verdict for verdict in found}
    return Decisions(
        report_id,
        tuple(verdict for verdict in kept.values() if verdict.verdict != "withdrawn"),
        tuple(key for key, verdict in kept.items() if verdict.verdict == "withdrawn"),
    )


def _is_plain(report_id: str) -> bool:
    return bool(report_id) and all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in report_id)


def _verdict(number: int, entry: Any, report_id: str) -> Verdict:
    where = f"decision {number}"
    if not isinstance(entry, dict) or entry.get("subject") not in _WORDS:
        raise BadDecisions(f"{where} is about neither a finding nor a grading")
    subject, word = entry["subject"], entry.get("verdict")
    if word not in _WORDS[subject]:
        raise BadDecisions(f"{where}: {word!r} is no verdict on a {subject}; use {', '.join(_WORDS[subject])}")
    texts = {name: _text(where, name, entry.get(name)) for name in _TEXTS}
    boxes = _boxes(where, entry.get("boxes"))
    if texts["on"]:
        _day(where, texts["on"])
    if subject == "finding" and word != "withdrawn":
        _check_finding(where, word, texts)
    if subject == "grading" and word == "corrected" and texts["text"] not in GRADE_CHOICES:
        raise BadDecisions(f"{where}: {texts['text']!r} is no grade; use {', '.join(GRADE_CHOICES)}")
    made_up = f"{report_id}/{KIND_CODES.get(texts['kind'], '')}/{short_hash(texts['text'])}"
    name = _text(where, "id", entry.get("id")) or (made_up if word == "added" else "")
    if not name.startswith(f"{report_id}/"):
        raise BadDecisions(f"{where}: {name!r} is not of the report {report_id}")
    page = str(_page(where, entry.get("page")) or "")
    return Verdict(subject, name, verdict=word, page=page, boxes=json.dumps(boxes) if boxes else "", **texts)


def _check_finding(where: str, word: str, texts: Mapping[str, str]) -> None:
    if texts["kind"] not in KIND_CODES:
        raise BadDecisions(f"{where}: {texts['kind']!r} is no kind of finding; use {', '.join(KIND_CODES)}")
    if word in ("corrected", "added") and not texts["text"].strip():
        raise BadDecisions(f"{where}: a {word} finding needs its text")


def _text(where: str, name: str, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise BadDecisions(f"{where}: {name} is not text, or longer than {_LONGEST_TEXT:,} characters")
    return "".join(letter for letter in value if not 0xD800 <= ord(letter) < 0xE000 and letter != "\0").strip()


def _day(where: str, value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise BadDecisions(f"{where}: {value!r} is no date; write YYYY-MM-DD") from None


def _page(where: str, value: Any) -> int | None:
    if value in (None, ""):
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 100_000:
        raise BadDecisions(f"{where}: {value!r} is no page")
    return value


def _boxes(where: str, value: Any) -> list[dict[str, float]]:
    if value in (None, []):
        return []
    if not isinstance(value, list) or len(value) > _MOST_BOXES:
        raise BadDecisions(f"{where}: boxes is not a list of places")
    return [_box(where, box) for box in value]


def _box(where: str, value: Any) -> dict[str, float]:
    names = ("page", "x0", "top", "x1", "bottom")
    sides = [value.get(name) for name in names] if isinstance(value, dict) else []
    numbers = [side for side in sides if isinstance(side, (int, float)) and not isinstance(side, bool)]
    if len(numbers) != len(names) or not all(map(math.isfinite, numbers)):
        raise BadDecisions(f"{where}: a place needs numbers for {', '.join(names)}")
    places = {name: round(side, 2) for name, side in zip(names[1:], numbers[1:], strict=True)}
    return {"page": int(numbers[0]), **places}
