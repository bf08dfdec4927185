"""Which decision is about which row: by id, by the words that were decided on, by the place on the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extractor.decisions.store import Verdict
from extractor.folding import id_form

_SAME_PLACE = 0.5  # share of the smaller item's area that both cover
_SAME_WORDS = 0.5  # share of the words that must be common to call two items at one place the same


def matched(
    rows: Sequence[Mapping[str, Any]], verdicts: Iterable[Verdict], name: str = "finding_id"
) -> dict[int, Verdict]:
    """Return the decision about each row, by the row's place in the list; each decision is about one row at most."""
    found: dict[int, Verdict] = {}
    waiting = list(verdicts)
    for same in (_by_id, _by_words, _by_place):
        for verdict in list(waiting):
            free = [at for at, row in enumerate(rows) if at not in found and same(row, verdict, name)]
            if free:
                found[min(free, key=lambda at: _distance(rows[at], verdict))] = verdict
                waiting.remove(verdict)
    return found


def _by_id(row: Mapping[str, Any], verdict: Verdict, name: str) -> bool:
    return bool(row[name] == verdict.id)


def _by_words(row: Mapping[str, Any], verdict: Verdict, name: str) -> bool:
    if name != "finding_id":
        return False  # a grading's id is made from its level and question: there are no other words to go by
    words = {id_form(verdict.printed), id_form(verdict.text) if verdict.verdict != "rejected" else ""} - {""}
    return id_form(row["text"]) in words


def _by_place(row: Mapping[str, Any], verdict: Verdict, name: str) -> bool:
    if name != "finding_id" or verdict.verdict == "rejected":
        return False
    there = _overlap(row.get("boxes") or [], boxes_of(verdict)) >= _SAME_PLACE
    return there and max(_alike(row["text"], words) for words in (verdict.printed, verdict.text)) >= _SAME_WORDS


def _distance(row: Mapping[str, Any], verdict: Verdict) -> tuple[bool, int]:
    page = row.get("page_first") or row.get("page") or 0
    apart = abs(page - int(verdict.page)) if verdict.page.isdigit() else 0
    return verdict.kind not in ("", row.get("kind")), apart


def boxes_of(verdict: Verdict) -> list[dict[str, float]]:
    """Return the places a decision names; [] where it names none."""
    boxes: list[dict[str, float]] = json.loads(verdict.boxes) if verdict.boxes else []
    return boxes


def _alike(one: str, other: str) -> float:
    """Return the share of the words of both that are in each."""
    some, others = set(id_form(one).split()), set(id_form(other).split())
    return len(some & others) / len(some | others) if some and others else 0.0


def _overlap(some: Sequence[Mapping[str, float]], others: Sequence[Mapping[str, float]]) -> float:
    """Return the share of the smaller area that both cover; 0 where one has none."""
    smaller = min(sum(map(_area, some)), sum(map(_area, others)))
    return sum(_common(one, other) for one in some for other in others) / smaller if smaller else 0.0


def _area(box: Mapping[str, float]) -> float:
    return max(box["x1"] - box["x0"], 0) * max(box["bottom"] - box["top"], 0)


def _common(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if one["page"] != other["page"]:
        return 0.0
    width = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
    height = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return max(width, 0) * max(height, 0)
