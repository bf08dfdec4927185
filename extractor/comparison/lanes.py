"""Swim-lanes: each problem of the last inspection through the years, one cell for each cycle, the oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.comparison.chains import Thread, threads
from extractor.comparison.compared import Compared
from extractor.comparison.force_history import PRACTICE, Item
from extractor.comparison.themes import UNTHEMED, theme_name, themes_of
from extractor.vocabulary import KIND_NAMES

MARKS = {"area_for_improvement": "AFI", "cause_of_concern": "CoC", "recommendation": "Rec"}
STANDINGS = {"escalated": "worse", "recurred": "back", "eased": "eased"}  # others: again, or new


@dataclass(frozen=True, slots=True)
class LaneCell:
    """One cycle of a lane: the mark of the finding in it, and the grade of its question."""

    cycle: str
    mark: str  # "" where the cycle's reports have no such finding
    grade: str | None
    about: str  # the same in words, for those who do not see it


@dataclass(frozen=True, slots=True)
class Lane:
    """A finding of the last cycle with its past."""

    item: Item
    standing: str  # new | again | back | worse | eased
    cells: tuple[LaneCell, ...]
    thread: Thread
    parts: tuple[Item, ...]  # the recommendations made of it
    question: str
    themes: tuple[str, ...]


def lanes(compared: Compared) -> list[Lane]:
    """Return the findings of the last cycle, those first met longest ago before the others; practice is left out."""
    history = compared.history
    last = max((history.cycle(at) for at in range(len(history.reports))), default=0)
    found = [
        _lane(compared, place, thread)
        for thread in threads(compared)
        for place in thread.items
        if history.cycle(history.items[place].at) == last and _leads(history.items[place])
    ]
    return sorted(
        found, key=lambda lane: (lane.thread.first if lane.thread.links else len(history.items), lane.item.at)
    )


def _leads(item: Item) -> bool:
    """Whether an item has a lane of its own: recommendations stand with their cause of concern."""
    return item.kind not in PRACTICE and not item.row["parent_id"]


def _lane(compared: Compared, place: int, thread: Thread) -> Lane:
    item = compared.history.items[place]
    family = compared.rules.families.get(item.family or "")
    return Lane(
        item,
        _standing(thread, place),
        tuple(_cells(compared, item, thread)),
        thread,
        tuple(each for each in compared.history.items if each.row["parent_id"] == item.id),
        family.name if family else str(item.row["question"] or "No question"),
        tuple(theme_name(theme, compared.rules) for theme in themes_of(item, compared.rules) or (UNTHEMED,)),
    )


def _standing(thread: Thread, place: int) -> str:
    relations = {link.relation for link in thread.links if link.later == place}
    if not relations:
        return "new"
    return next((word for relation, word in STANDINGS.items() if relation in relations), "again")


def _cells(compared: Compared, item: Item, thread: Thread) -> Iterator[LaneCell]:
    history = compared.history
    reports: dict[str, list[int]] = {}
    for at, report in enumerate(history.reports):
        reports.setdefault(str(report["cycle"]), []).append(at)
    for cycle, places in reports.items():
        own = [history.items[place] for place in thread.items if history.items[place].at in places]
        grade = _grade(compared, item.family, places)
        kinds = list(dict.fromkeys(each.kind for each in own))
        mark = MARKS.get(min(kinds, key=list(MARKS).index), "") if kinds else ""
        said = " and ".join(KIND_NAMES[kind][0] for kind in kinds) or "no such finding"
        yield LaneCell(cycle, mark, grade, f"{cycle}: {said}, {f'graded {grade}' if grade else 'no grade'}")


def _grade(compared: Compared, family: str | None, places: Sequence[int]) -> str | None:
    """Return the grade that reports of one cycle newly gave to a question."""
    rows = (row for at in places for row in compared.history.gradings[at])
    return next((row["grade"] for row in rows if row["question_id"] == family and row["basis"] == "inspected"), None)
