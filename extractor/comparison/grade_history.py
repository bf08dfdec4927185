"""The grades of one force over the years, and whether two of them may be compared.

HMICFRS says of each new framework that its grades are not directly comparable with those before. A change of grade is
therefore never given without saying whether it stands inside one framework; a grade carried over is the old grade
again, and no new judgment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from extractor.comparison.force_history import History, Row, sentences
from extractor.comparison.rules import CompareRules

OUR_NOTE = (
    "HMICFRS advises against comparing grades of different cycles directly: questions, method or scale changed, "
    "and a lower grade need not mean worse performance."
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One question in one report."""

    grade: str | None
    basis: str  # inspected | carried_over | not_graded
    origin_cycle: str | None
    question: str
    page: int | None
    new: bool  # a new judgment of this report


@dataclass(frozen=True, slots=True)
class Change:
    """Two judgments of one question that follow one another."""

    family: str
    earlier: int  # places of the reports
    later: int
    before: str
    after: str
    comparable: bool
    note: str  # why not; "" where comparable

    @property
    def same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class GradeHistory:
    """Rows of questions, columns of reports."""

    cells: dict[tuple[str, str], dict[int, Cell]]  # (level, family or heading) → report → cell
    changes: tuple[Change, ...]
    caveats: dict[int, str]  # report → its own words on comparing grades


def grade_history(history: History, rules: CompareRules, sections_of: Callable[[str], Iterable[Row]]) -> GradeHistory:
    """Return the grades of one force, question by question, with each change of grade and whether it means anything."""
    cells: dict[tuple[str, str], dict[int, Cell]] = {}
    for at, rows in enumerate(history.gradings):
        for row in rows:
            key = (row["level"], row["question_id"] or row["question"])
            cell = Cell(
                row["grade"],
                row["basis"],
                row["origin_cycle"],
                row["question"],
                row["page"],
                row["basis"] == "inspected" and bool(row["grade"]),
            )
            held = cells.setdefault(key, {}).get(at)
            if held is None or (cell.new and not held.new):
                cells[key][at] = cell
    caveats = {
        at: said
        for at, report in enumerate(history.reports)
        if (said := _caveat(sections_of(str(report["report_id"])), rules))
    }
    changes = [change for key, row in cells.items() for change in _changes(history, rules, key[1], row, caveats)]
    return GradeHistory(cells, tuple(changes), caveats)


def _changes(
    history: History, rules: CompareRules, family: str, row: dict[int, Cell], caveats: dict[int, str]
) -> Iterable[Change]:
    judged = [at for at in sorted(row) if row[at].new]
    for earlier, later in pairwise(judged):
        old, new = (rules.framework(history.reports[at]["cycle"]) for at in (earlier, later))
        comparable = old is not None and old is new
        note = "" if comparable else caveats.get(later, OUR_NOTE)
        yield Change(family, earlier, later, str(row[earlier].grade), str(row[later].grade), comparable, note)


def _caveat(sections: Iterable[Row], rules: CompareRules) -> str | None:
    """Return a report's own sentences on comparing its grades with earlier ones."""
    for section in sections:
        if not section["text"] or section["kind"] in ("contents", "annex"):
            continue
        found = sentences(section["text"])
        hits = [number for number, each in enumerate(found) if rules.caveats[0].pattern.search(each)]
        if hits:
            follow = found[hits[0] + 1 : hits[0] + 2]
            more = [each for each in follow if any(phrase.pattern.search(each) for phrase in rules.caveats[1:])]
            return " ".join([found[hits[0]], *more])
    return None
