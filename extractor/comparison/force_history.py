"""One force over the years: its reports in order, what each looked at, and its findings ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from extractor.comparison.rules import CompareRules
from extractor.comparison.texts import Text
from extractor.rulebook.lexicon import Lexicon
from extractor.rulebook.schema import Family

_CLAUSE = re.compile(
    r"(?<=[.!?])\s+|[;:]\s+(?:and\s+)?|,\s+and\s+"
    r"|\s+and\s+(?=(?:that|to|by|should|ensure|make sure|improve|reduce|provide|supervisors?)\b)"
)
PRACTICE = frozenset({"innovative_practice", "promising_practice"})
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """A finding in its report, with the texts that comparing needs."""

    row: Row
    at: int  # place of its report in the history
    family: str | None
    text: Text
    retold: tuple[str, ...]  # sentences in which it names earlier inspections

    @property
    def id(self) -> str:
        return str(self.row["finding_id"])

    @property
    def kind(self) -> str:
        return str(self.row["kind"])

    @property
    def block(self) -> str:
        """The cause of concern it belongs to, or itself."""
        return str(self.row["parent_id"] or self.row["finding_id"])

    @property
    def severe(self) -> bool:
        """Whether it is a cause of concern or a recommendation made of one."""
        return self.kind in ("cause_of_concern", "recommendation")


@dataclass(frozen=True)
class History:
    """The reports of one force in the order of their cycles, with their gradings and findings."""

    force_id: str
    reports: tuple[Row, ...]
    gradings: tuple[tuple[Row, ...], ...]  # one tuple per report
    items: tuple[Item, ...]
    families: Mapping[str, Family]
    orders: Mapping[str, int]  # each cycle's place in time

    def cycle(self, at: int) -> int:
        """Return the place of a report's cycle in the order of cycles; reports of one cycle are contemporaries."""
        return self._cycles[at]

    @cached_property
    def _cycles(self) -> tuple[int, ...]:
        return tuple(cycle_order(report["cycle"], self.orders) for report in self.reports)

    @cached_property
    def years(self) -> tuple[frozenset[str], ...]:
        """The years by which later reports may call each report."""
        return tuple(frozenset(years_of(report)) for report in self.reports)

    @cached_property
    def by_report(self) -> tuple[tuple[int, ...], ...]:
        """Places of the items of each report."""
        places: list[list[int]] = [[] for _ in self.reports]
        for place, item in enumerate(self.items):
            places[item.at].append(place)
        return tuple(tuple(each) for each in places)

    def later(self, at: int, pillar: str | None) -> list[int]:
        """Return the places of the reports of later cycles that may speak of a pillar's questions."""
        return [
            number
            for number, report in enumerate(self.reports)
            if self.cycle(number) > self.cycle(at)
            and (pillar is None or pillar == "integrated" or report["pillar"] in (pillar, "integrated"))
        ]

    def related(self, one: str, other: str) -> bool:
        """Whether findings on two questions may speak of the same thing."""
        if one == other or one not in self.families or other not in self.families:
            return True
        return other in self.families[one].near or one in self.families[other].near

    def covers(self, at: int, family: str | None) -> bool | None:
        """Whether a report looked at a question; False: carried over or absent, None: not known."""
        if family is None:
            return None
        known = [row for row in self.gradings[at] if row["level"] == "question" and row["question_id"]]
        if not known:
            return any(self.items[place].family == family for place in self.by_report[at]) or None
        own = [row for row in known if row["question_id"] == family] or self._in_its_place(family, known)
        return any(row["basis"] != "carried_over" for row in own)

    def _in_its_place(self, family: str, gradings: Iterable[Row]) -> list[Row]:
        """Return the gradings of the questions that look at a family's matters where it is gone."""
        then = self.families[family].then if family in self.families else frozenset()
        return [row for row in gradings if row["question_id"] in then]


def cycle_order(cycle: str | None, orders: Mapping[str, int]) -> int:
    """Return a cycle's place in time; an unknown cycle stands after all others, in no order."""
    known = orders.get(cycle or "")
    return max(orders.values(), default=0) + 1 if known is None else known


def sort_key(report: Row, orders: Mapping[str, int]) -> tuple[int, str, str]:
    """Return what orders the reports of a force."""
    return cycle_order(report["cycle"], orders), report["published"] or "", report["report_id"]


def years_of(report: Row) -> set[str]:
    """Return the years by which later reports may call one: of its cycle, of its publication, the one before."""
    cycle, published = report["cycle"] or "", report["published"] or ""
    years = set(re.findall(r"20\d\d", cycle))
    for tail in re.findall(r"(?<=[/-])\d\d\b", cycle):
        years.add(f"20{tail}")
    if published:
        years |= {published[:4], str(int(published[:4]) - 1)}
    return years


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a full stop inside a number or before a small letter ends none."""
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+(?=[A-Z‘“\"(])", text) if part.strip()]


def build_items(
    findings: Iterable[Row], place: Mapping[str, int], family_of: Mapping[str, str | None], rules: CompareRules
) -> list[Item]:
    """Return the findings as items, in order of report and place; what its surroundings speak of goes with each."""
    rows = sorted(findings, key=lambda row: (place[row["report_id"]], row["order"]))
    texts = {row["finding_id"]: row["text"] for row in rows}
    made: dict[str, list[str]] = {}
    for row in rows:
        if row["parent_id"]:
            made.setdefault(row["parent_id"], []).append(row["text"])
    return [
        Item(
            row,
            place[row["report_id"]],
            family_of[row["finding_id"]],
            _text(row, texts.get(row["parent_id"]), made.get(row["finding_id"], ()), rules),
            _retold(row, rules),
        )
        for row in rows
    ]


def _text(row: Row, parent: str | None, made: Iterable[str], rules: CompareRules) -> Text:
    """Return a finding's words; `parent` is the concern it was made of, `made` are the recommendations made of it."""
    lexicon = rules.lexicon
    bare, own, matters = rules.openers.strip(row["text"]), own_marks(row, parent, rules), rules.matters.of(row["text"])
    if row["kind"] == "recommendation" and not matters:
        matters = rules.matters.of(f"{(parent or '').rstrip('.')}, {row['text']}")
    around = [text for text in (row["stem"], parent, row["detail"], *made) if text]
    context = frozenset(lexicon.marks(" ".join(around))) - frozenset(own)
    spoken = frozenset(matter for text in around for matter in rules.matters.of(text))
    return Text(bare, tuple(own), context, _clauses(row["text"], rules), matters, spoken - matters)


def own_marks(row: Row, parent: str | None, rules: CompareRules) -> list[str]:
    """Return the marks of a finding's words; a recommendation without a topic has those of its concern, `parent`."""
    lexicon, strip = rules.lexicon, rules.openers.strip
    own = lexicon.marks(strip(row["text"]))
    if row["kind"] == "recommendation" and not _topics(own, lexicon):
        own += sorted(_topics(lexicon.marks(strip(parent or "")), lexicon))  # "detain them": the concern says whom
    return own


def _retold(row: Row, rules: CompareRules) -> tuple[str, ...]:
    """Return the sentences that name an earlier inspection, but for those of which the next says that it is done."""
    found = [*sentences(row["text"]), *sentences(row["detail"] or "")]
    done = [rules.says("resolved", each) and not rules.says("undone", each) for each in found]
    after = [*done[1:], False]
    return tuple(each for each, ends in zip(found, after, strict=True) if not ends and rules.says("reference", each))


def _clauses(text: str, rules: CompareRules) -> tuple[tuple[str, ...], ...]:
    """Return the marks of the parts of a text that each speak of something, where it has more than one."""
    parts = [rules.openers.strip(part) for part in _CLAUSE.split(text) if part.strip()]
    clauses = [tuple(rules.lexicon.marks(part)) for part in parts]
    return tuple(clause for clause in clauses if _topics(clause, rules.lexicon)) if len(parts) > 1 else ()


def _topics(marks: Iterable[str], lexicon: Lexicon) -> set[str]:
    return {mark for mark in marks if lexicon.facet(mark) in ("topic", "subject")}
