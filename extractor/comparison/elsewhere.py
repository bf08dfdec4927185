"""Other forces: which were told of the same kind of problem in the same cycle, and practice printed on the question.

Two findings of different forces are never linked: that they raise one matter on one question is all that is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractor.comparison.force_history import PRACTICE, History, Item

FEW = 3  # practices that are shown


@dataclass(frozen=True, slots=True)
class Practice:
    """Something a force was commended for."""

    force: str  # its name
    item: Item
    report_id: str


@dataclass(frozen=True, slots=True)
class Others:
    """What other forces were told beside one finding."""

    matters: tuple[str, ...]  # in words
    forces: tuple[str, ...]  # names, in order
    practices: tuple[Practice, ...]


class Elsewhere:
    """All findings of all forces, by what they raise."""

    def __init__(self, histories: Iterable[History]) -> None:
        self._told: dict[tuple[str, str, str], set[str]] = {}  # (cycle, question, matter) → names of forces
        self._practices: dict[str, list[Practice]] = {}  # by question
        for history in histories:
            name = name_of(history)
            for item in history.items:
                report = history.reports[item.at]
                if item.kind in PRACTICE:
                    practice = Practice(name, item, str(report["report_id"]))
                    self._practices.setdefault(item.family or "", []).append(practice)
                    continue
                for matter in item.text.matters:
                    key = str(report["cycle"]), item.family or "", matter
                    self._told.setdefault(key, set()).add(name)

    def beside(self, history: History, item: Item) -> Others:
        """Return what other forces were told of the matters of a finding, and the practice nearest to it."""
        own, cycle = name_of(history), str(history.reports[item.at]["cycle"])
        named = {
            matter: self._told.get((cycle, item.family or "", matter), set()) - {own} for matter in item.text.matters
        }
        shared = tuple(sorted(matter.replace("-", " ") for matter, forces in named.items() if forces))
        forces = tuple(sorted(set().union(*named.values())))
        known = [each for each in self._practices.get(item.family or "", ()) if item.family and each.force != own]
        near = [each for each in known if each.item.text.matters & item.text.matters]
        return Others(shared, forces, tuple(near[:FEW]))


def name_of(history: History) -> str:
    """Return a force's name as printed in its reports, the slug where none is."""
    return next((str(report["force_name"]) for report in history.reports if report["force_name"]), history.force_id)
