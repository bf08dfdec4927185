"""What became of each earlier finding in its force's next report on the question.

An item that is not printed again is `not_seen_again`. Whether it was put right only the report can say: sentences that
say so are quoted as evidence, with their page, and change nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractor.comparison.force_history import PRACTICE, History, Item, Row, sentences
from extractor.comparison.likeness import Comparison
from extractor.comparison.links import Link
from extractor.comparison.rules import CompareRules

FATE = {"same": "repeated", "escalated": "escalated", "eased": "eased"}
_ENOUGH = 0.5  # of an item's weight: what a sentence must share to speak of it
_LONGEST_QUOTE = 400
_NOT_PROSE = frozenset({"contents", "annex", "definitions", "cover"})


@dataclass(frozen=True, slots=True)
class Fate:
    """One row of `fates`."""

    item: int
    next_report_id: str | None
    fate: str
    link: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence that says that something was put right, with what stands before it, and where it is printed."""

    quote: str
    marks: frozenset[str]
    place: str


class Fates:
    """Decides the fates of one force's findings; `sections_of` returns the sections of a report."""

    def __init__(
        self,
        history: History,
        comparison: Comparison,
        rules: CompareRules,
        links: Sequence[Link],
        sections_of: Callable[[str], Iterable[Row]],
    ) -> None:
        self.history, self.comparison, self.rules, self._sections_of = history, comparison, rules, sections_of
        self._links: dict[int, list[Link]] = {}
        for link in links:
            self._links.setdefault(link.earlier, []).append(link)
        self._said: dict[int, list[_Said]] = {}

    def all(self) -> list[Fate]:
        """Return one fate for each finding that is followed by a report of a later cycle."""
        last = max((self.history.cycle(at) for at in range(len(self.history.reports))), default=0)
        return [
            self._fate(place, item)
            for place, item in enumerate(self.history.items)
            if self.history.cycle(item.at) < last
        ]

    def _fate(self, place: int, item: Item) -> Fate:
        later = self.history.later(item.at, self.history.reports[item.at]["pillar"])
        if not later:
            return Fate(place, None, "not_inspected", None, "no later report in the tables covers this pillar")
        at = later[0]
        report_id = str(self.history.reports[at]["report_id"])
        links = sorted(
            (link for link in self._links.get(place, ()) if self.history.items[link.later].at == at),
            key=lambda link: -link.score,
        )
        if links:
            return self._linked(place, report_id, links)
        covered = self.history.covers(at, item.family)
        if covered is False:
            return Fate(place, report_id, "not_inspected", None, self._uncovered(item, at))
        return Fate(place, report_id, "not_seen_again", None, self._silence(place, at, covered))

    def _linked(self, place: int, report_id: str, links: Sequence[Link]) -> Fate:
        best = self.history.items[links[0].later]
        page = f", page {best.row['page_first']}" if best.row["page_first"] else ""
        others = [self.history.items[link.later].id for link in links[1:]]
        evidence = f"{links[0].relation} in {report_id}{page}" + (f"; also {', '.join(others)}" if others else "")
        return Fate(place, report_id, FATE.get(links[0].relation, "reworded"), best.id, evidence)

    def _uncovered(self, item: Item, at: int) -> str:
        report = self.history.reports[at]["report_id"]
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

    def _silence(self, place: int, at: int, covered: bool | None) -> str:
        report = self.history.reports[at]["report_id"]
        silence = f"no finding of {report} is about it"
        if covered is None:
            silence += "; whether its question was inspected is not known, as the question or the gradings are missing"
        said = self._resolved(place, at)
        return f"{silence}; the report says: “{said.quote}” ({said.place})" if said else silence

    def _resolved(self, place: int, at: int) -> _Said | None:
        """Return the sentence that says that an item was put right, if there is one."""
        if self.history.items[place].kind in PRACTICE:
            return None
        weights = self.comparison.weights(place)
        topics = {mark for mark in weights if self.rules.lexicon.facet(mark) in ("topic", "subject")}
        total = sum(weights.values()) or 1.0
        best, share = None, _ENOUGH
        for said in self._statements(at):
            part = sum(weight for mark, weight in weights.items() if mark in said.marks) / total
            if topics & said.marks and part >= share:
                best, share = said, part + 1e-9
        return best

    def _statements(self, at: int) -> list[_Said]:
        """Return what a report says to have been put right, in its sections and in its findings' explanations."""
        if at not in self._said:
            report_id = str(self.history.reports[at]["report_id"])
            said: list[_Said] = []
            for section in self._sections_of(report_id):
                if section["kind"] not in _NOT_PROSE and section["text"]:
                    said += self._in_text(section["text"], _pages(section["page_first"], section["page_last"]))
            for place in self.history.by_report[at]:
                row = self.history.items[place].row
                said += self._in_text(row["detail"] or "", _pages(row["page_first"], row["page_last"]))
            self._said[at] = said
        return self._said[at]

    def _in_text(self, text: str, where: str) -> list[_Said]:
        if not self.rules.says("resolved", text):
            return []
        found = sentences(text)
        said = []
        for number, sentence in enumerate(found):
            if not self.rules.says("resolved", sentence) or self.rules.says("undone", sentence):
                continue
            quote, marks = sentence, set(self.rules.lexicon.marks(sentence))
            if number and not any(self.rules.lexicon.facet(mark) in ("topic", "subject") for mark in marks):
                quote = (
                    f"{found[number - 1]} {sentence}"  # "There are no longer such concerns." speaks of what went before
                )
                marks = set(self.rules.lexicon.marks(quote))
            said.append(_Said(_short(quote), frozenset(marks), where))
        return said


def _pages(first: int | None, last: int | None) -> str:
    if first is None:
        return "web page"
    return f"page {first}" if last in (None, first) else f"pages {first} to {last}"


def _short(quote: str) -> str:
    return quote if len(quote) <= _LONGEST_QUOTE else "…" + quote[-_LONGEST_QUOTE:].split(" ", 1)[-1]


def fate_rows(history: History, fates: Iterable[Fate]) -> list[Mapping[str, object]]:
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
