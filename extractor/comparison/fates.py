"""What became of each earlier finding: in the force's next report that looks at its question, or by a letter.

An item that is linked has the fate of its link, whatever lies between. One that is not printed again is
`not_seen_again`; `closed` only where the inspectorate says so in a sentence, which is quoted with its page. Candidates
that might be the same problem, and doubts about how the later report was read, stand beside the silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.comparison.closures import Closure, Closures
from extractor.comparison.force_history import History, Item, Row
from extractor.comparison.links import Link
from extractor.comparison.rules import CompareRules
from extractor.tables.rows import FateRow

FATE = {"same": "repeated", "escalated": "escalated", "eased": "eased"}
_DOUBTS = 2  # doubts about a report that are told one by one


@dataclass(frozen=True, slots=True)
class Fate:
    """One row of `fates`."""

    item: int
    next_report_id: str | None
    fate: str
    link: str | None
    evidence: str


class Fates:
    """Decides the fates of one force's findings.

    Args:
        links: those that hold.
        candidates: for an item, the ids of findings that may be the same problem.
        doubts: for a report, what its extraction could not settle.
    """

    def __init__(
        self,
        history: History,
        rules: CompareRules,
        links: Sequence[Link],
        closures: Closures,
        candidates: Mapping[int, Sequence[str]],
        doubts: Mapping[str, Sequence[Row]],
    ) -> None:
        self.history, self.rules, self._closures = history, rules, closures
        self._candidates, self._doubts = candidates, doubts
        self._links: dict[int, list[Link]] = {}
        self._of_block: dict[str, list[Link]] = {}
        for link in links:
            self._links.setdefault(link.earlier, []).append(link)
            self._of_block.setdefault(history.items[link.earlier].block, []).append(link)

    def all(self) -> list[Fate]:
        """Return one fate for each finding that is followed by a report of a later cycle, or closed by a letter."""
        last = max((self.history.cycle(at) for at in range(len(self.history.reports))), default=0)
        found = []
        for place, item in enumerate(self.history.items):
            closure = self._closures.in_letters(item)
            if self.history.cycle(item.at) < last:
                found.append(self._fate(place, item, closure))
            elif closure:
                found.append(self._closed(place, closure))
        return found

    def _fate(self, place: int, item: Item, closure: Closure | None) -> Fate:
        if place in self._links:
            return self._linked(place, self._links[place])
        if item.block in self._of_block:
            fate = self._linked(place, self._of_block[item.block])
            return replace(fate, evidence=f"with its cause of concern: {fate.evidence}")
        if closure:
            return self._closed(place, closure)
        later = self.history.later(item.at, self.history.reports[item.at]["pillar"])
        covering = [at for at in later if self.history.covers(at, item.family) is not False]
        if covering:
            return self._silent(place, item, covering[0])
        if later:
            return Fate(place, self._report_id(later[0]), "not_inspected", None, self._uncovered(item, later[0]))
        return Fate(place, None, "not_inspected", None, "no later report in the tables covers this pillar")

    def _report_id(self, at: int) -> str:
        return str(self.history.reports[at]["report_id"])

    def _linked(self, place: int, links: Sequence[Link]) -> Fate:
        """Return the fate by the nearest report that has the problem, there by the best link."""
        ordered = sorted(links, key=lambda link: (self.history.items[link.later].at, -link.score))
        best = self.history.items[ordered[0].later]
        report_id = self._report_id(best.at)
        page = f", page {best.row['page_first']}" if best.row["page_first"] else ""
        others = [self.history.items[link.later].id for link in ordered[1:]]
        evidence = f"{ordered[0].relation} in {report_id}{page}"
        evidence += f"; {ordered[0].gap} looked at the question and does not have it" if ordered[0].gap else ""
        evidence += f"; also {', '.join(others)}" if others else ""
        return Fate(place, report_id, FATE.get(ordered[0].relation, "reworded"), best.id, evidence)

    def _closed(self, place: int, closure: Closure) -> Fate:
        evidence = f"{closure.report_id} says: “{closure.quote}” ({closure.place})"
        return Fate(place, closure.report_id, "closed", None, evidence)

    def _silent(self, place: int, item: Item, at: int) -> Fate:
        closure = self._closures.in_report(item, at)
        if closure:
            return self._closed(place, closure)
        report_id = self._report_id(at)
        parts = [f"no finding of {report_id} is surely about it"]
        if self.history.covers(at, item.family) is None:
            parts += ["whether its question was inspected is not known, as the question or the gradings are missing"]
        if self._candidates.get(place):
            parts += [f"it may be {' or '.join(self._candidates[place])}"]
        return Fate(place, report_id, "not_seen_again", None, "; ".join([*parts, *self._doubtful(report_id)]))

    def _doubtful(self, report_id: str) -> list[str]:
        """Say what the reading of a report left open: a finding may be missing from the tables for that."""
        doubts = self._doubts.get(report_id, ())
        told = [_doubt(row) for row in doubts[:_DOUBTS]]
        more = len(doubts) - len(told)
        told += [f"and {more} more"] if more else []
        return [f"the reading of that report is in doubt ({'; '.join(told)})"] if told else []

    def _uncovered(self, item: Item, at: int) -> str:
        report = self._report_id(at)
        rows = [
            row
            for row in self.history.gradings[at]
            if row["question_id"] == item.family and row["basis"] == "carried_over"
        ]
        if rows:
            origin = f" from {rows[0]['origin_cycle']}" if rows[0]["origin_cycle"] else ""
            page = f" (page {rows[0]['page']})" if rows[0]["page"] else ""
            return f"{report} carries the grade of this question over{origin}{page}: it was not inspected"
        family = self.rules.families.get(item.family or "")
        name = family.name if family else item.row["question"]
        return f"{report} has no section on this question ({name})"


def _doubt(row: Row) -> str:
    return f"page {row['page']}: {row['message']}" if row["page"] else str(row["message"])


def fate_rows(history: History, fates: Iterable[Fate]) -> list[FateRow]:
    """Return fates as rows of the table."""
    return [
        {
            "finding_id": history.items[fate.item].id,
            "next_report_id": fate.next_report_id,
            "fate": fate.fate,
            "link": fate.link,
            "evidence": fate.evidence,
        }
        for fate in fates
    ]
