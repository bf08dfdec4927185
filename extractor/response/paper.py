"""The paper that is answered, for one force: its rows, which items are the force's own, and where it is named.

A force report is answered whole. Of a paper about many, a force answers what speaks to all chief constables, to it, or
to police and crime commissioners; what speaks to others is listed short, and what names nobody is never left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from extractor.decisions.store import Verdict
from extractor.response.elsewhere import Elsewhere
from extractor.response.last_day import Deadline, answered_paper
from extractor.response.references import references
from extractor.response.wording import Sentences, wording
from extractor.rulebook.load import load_rules
from extractor.rulebook.tables import AnsweredPaper, Force
from extractor.tables.rows import FindingRow, GradingRow, MentionRow, ProblemRow, ReportRow
from extractor.vocabulary import ASKING_KINDS

EVERY_FORCE = frozenset({"chief_constables", "pcc"})  # addressees that each force or its office is one of


@dataclass(frozen=True)
class Paper:
    """What a response answers, and for whom."""

    report: ReportRow
    gradings: Sequence[GradingRow]
    findings: Sequence[FindingRow]  # all of the report
    due: Deadline
    rules: Path
    force_id: str | None  # whose answer it is
    force: str  # as it is called
    mentions: Sequence[MentionRow] = ()
    doubts: Sequence[ProblemRow] = ()  # problems that nobody has cleared
    cleared: Mapping[str, Verdict] = field(default_factory=dict)  # who has checked which finding
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)  # other papers that print an item

    @cached_property
    def words(self) -> Sentences:
        """The sentences to put things in."""
        return wording(self.rules)

    @cached_property
    def kind(self) -> AnsweredPaper:
        """What such a paper is to an office."""
        return answered_paper(self.report, self.rules)

    @cached_property
    def refs(self) -> Mapping[str, str]:
        """Reference of each finding_id."""
        return references(self.gradings, self.findings)

    @property
    def all_forces(self) -> Sequence[Force]:
        """Every force there is."""
        return load_rules(self.rules).forces

    @cached_property
    def is_about_force(self) -> bool:
        """Whether the report is about this force, or about whom it serves."""
        return self.report["kind"] in ("force", "fire") or self.report["force_id"] == self.force_id is not None

    @cached_property
    def is_about_another(self) -> bool:
        """Whether the report is about one other force."""
        return self.report["force_id"] not in (None, self.force_id)

    @cached_property
    def is_anothers(self) -> bool:
        """Whether the report is for another force alone to answer."""
        return self.is_about_another and not self.asked

    @cached_property
    def by_law(self) -> bool:
        """Whether section 55 surely asks this force's office for a response."""
        return self.kind.law == "section_55" and not self.is_anothers

    @cached_property
    def own(self) -> tuple[FindingRow, ...]:
        """The items and practice that concern the force, in the report's order."""
        own = {row["finding_id"] for row in self.findings if self._is_own(row)}
        parents = {row["parent_id"] for row in self.findings if row["finding_id"] in own}
        return tuple(row for row in self._in_order if row["finding_id"] in own | parents)

    @cached_property
    def asked(self) -> tuple[FindingRow, ...]:
        """Those of the force's own that somebody must answer."""
        return tuple(row for row in self.own if row["kind"] in ASKING_KINDS)

    @cached_property
    def no_answer(self) -> frozenset[str]:
        """Items that need no answer here: closed by a letter, or answered in the force's own paper."""
        closed = {row["finding_id"] for row in self.asked if row["outcome"] == "closed"}
        return frozenset(closed | {name for name, other in self.elsewhere.items() if other.answered_there})

    @cached_property
    def for_others(self) -> tuple[FindingRow, ...]:
        """Items that speak to others."""
        own = {row["finding_id"] for row in self.own}
        rows = (row for row in self._in_order if row["kind"] in ASKING_KINDS)
        return tuple(row for row in rows if row["finding_id"] not in own)

    @cached_property
    def quoted(self) -> tuple[MentionRow, ...]:
        """Sentences that name the force."""
        return tuple(row for row in self._named if row["place"] in ("text", "box"))

    @cached_property
    def visited_on(self) -> tuple[MentionRow, ...]:
        """Where the force stands in a list of those that were visited."""
        return tuple(row for row in self._named if row["list"] == "visited")

    @cached_property
    def lists_visits(self) -> bool:
        """Whether the report lists which forces were visited."""
        return any(row["list"] == "visited" for row in self.mentions)

    @property
    def _named(self) -> Sequence[MentionRow]:
        return [row for row in self.mentions if row["force_id"] == self.force_id]

    @property
    def _in_order(self) -> Sequence[FindingRow]:
        return sorted(self.findings, key=lambda row: row["order"])

    def _is_own(self, row: FindingRow) -> bool:
        if self.is_about_another and self.report["kind"] != "fire":
            return self.force_id in (row["addressees"] or ())
        if row["kind"] not in ASKING_KINDS:
            return self.is_about_force or any(
                mention["sentence"] in f"{row['text']} {row['detail'] or ''}" for mention in self.quoted
            )
        named = set(row["addressees"] or ())
        return self.report["kind"] == "fire" or not named or bool(named & {*EVERY_FORCE, self.force_id})
