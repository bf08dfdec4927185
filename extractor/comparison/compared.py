"""One force, compared: its links, candidates and fates as rows of the tables, and the words that speak for a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from extractor.comparison.candidates import Candidate, spoken
from extractor.comparison.elsewhere import name_of
from extractor.comparison.fates import Fate, fate_rows
from extractor.comparison.force_history import History, Item, Row
from extractor.comparison.grade_history import GradeHistory, grade_history
from extractor.comparison.links import CLOSE, Link
from extractor.comparison.rules import CompareRules
from extractor.tables.rows import CandidateRow, FateRow, LinkRow


@dataclass(frozen=True)
class Compared:
    """One force, compared: links and fates with all they were decided from."""

    history: History
    rules: CompareRules
    links: tuple[Link, ...]
    candidates: tuple[Candidate, ...]
    words: Mapping[tuple[str, str], str]  # verdicts on links: (earlier_id, later_id) → word
    fates: tuple[Fate, ...]
    sections_of: Callable[[str], Iterable[Row]]

    @property
    def name(self) -> str:
        """The force's name as printed in its reports, the slug where none is."""
        return name_of(self.history)

    @cached_property
    def grades(self) -> GradeHistory:
        """The force's grades over the years."""
        return grade_history(self.history, self.rules, self.sections_of)

    def pair(self, link: Link) -> tuple[Item, Item]:
        """Return the two findings of a link."""
        return self.history.items[link.earlier], self.history.items[link.later]

    def valid(self) -> tuple[Link, ...]:
        """Return the links that no analyst has rejected."""
        return tuple(link for link in self.links if self.words.get(self._key(link)) != "rejected")

    def _key(self, link: Link) -> tuple[str, str]:
        old, new = self.pair(link)
        return old.id, new.id

    def link_rows(self) -> list[LinkRow]:
        """Return the links as rows of the table, in order of their findings' ids."""
        rows: list[LinkRow] = [
            {
                "earlier_id": self.pair(link)[0].id,
                "later_id": self.pair(link)[1].id,
                "force_id": self.history.force_id,
                "relation": link.relation,
                "score": link.score,
                "runner_up": link.runner_up,
                "evidence": self.evidence(link),
                "verdict": self.words.get(self._key(link)),
            }
            for link in self.links
        ]
        return sorted(rows, key=lambda row: (row["earlier_id"], row["later_id"]))

    def fate_rows(self) -> list[FateRow]:
        """Return the fates as rows of the table, in order of the findings' ids."""
        return sorted(fate_rows(self.history, self.fates), key=lambda row: row["finding_id"])

    def candidate_rows(self) -> list[CandidateRow]:
        """Return the closest candidates as rows of the table, in order of the earlier findings' ids."""
        rows: list[CandidateRow] = [
            {
                "earlier_id": self.pair(each.link)[0].id,
                "later_id": self.pair(each.link)[1].id,
                "force_id": self.history.force_id,
                "rank": each.rank,
                "score": each.link.score,
                "speaks_for": each.speaks_for,
                "speaks_against": each.speaks_against,
            }
            for each in self.candidates
        ]
        return sorted(rows, key=lambda row: (row["earlier_id"], row["rank"]))

    def evidence(self, link: Link) -> str:
        """Say in words what speaks for a link, and what might speak against it."""
        parts = [*self._through(link), *spoken(*self.pair(link), self.rules), f"words {link.words:.0f}% alike"]
        parts += [f"the later report says: “{link.retold}”"] if link.retold else []
        parts += [f"{link.gap} looked at the question and does not have it"] if link.gap else []
        if link.rival is not None and link.runner_up is not None and link.runner_up > link.score - CLOSE:
            parts.append(f"but {self.history.items[link.rival].id} is as close ({link.runner_up:.0f})")
        return "; ".join(parts)

    def _through(self, link: Link) -> list[str]:
        """Name the recommendations by which two causes of concern, or one and another item, are one problem."""
        if link.through is None:
            return []
        items = self.history.items
        own = zip(link.through, (link.earlier, link.later), strict=True)
        return [f"one problem by {' and '.join(items[place].id for place, head in own if place != head)}"]
