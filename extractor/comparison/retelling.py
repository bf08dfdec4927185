"""Sentences in which a later finding names an earlier one: “in our 2021 inspection we said that …”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractor.comparison.force_history import History, Item
from extractor.comparison.rules import CompareRules

_YEAR = re.compile(r"20\d\d")
Pair = tuple[int, int]


def retellings(history: History, rules: CompareRules) -> Mapping[Pair, str]:
    """Return the sentence by which a later item names an earlier one, for each pair of which there is one.

    An item that is printed as carried forward from a cycle names the findings of that cycle by its own words.
    """
    return {
        (earlier, later): said
        for later, new in enumerate(history.items)
        if new.retold or _carried_from(new)
        for earlier, said in _told_by(new, history, rules)
    }


def _told_by(new: Item, history: History, rules: CompareRules) -> Iterator[tuple[int, str]]:
    """Yield the earlier items that a later one names, each with the sentence."""
    told = [_Telling.of(sentence, new, rules) for sentence in new.retold]
    for at in _earlier_reports(history, new):
        meant = [telling for telling in told if telling.may_mean(history, new, at)]
        carried = _carried_from(new) == history.reports[at]["cycle"]
        for earlier in history.by_report[at]:
            old = history.items[earlier]
            said = next((telling.sentence for telling in meant if telling.names(old, rules)), "")
            if not said and carried and old.text.matters & new.text.matters:
                said = f"carried forward from {_carried_from(new)}"
            if said:
                yield earlier, said


def _carried_from(item: Item) -> str:
    """Return the cycle from which an item is printed as carried forward, "" where it is not."""
    return str(item.row["origin_cycle"] or "") if item.row["status"] == "carried_forward" else ""


def _earlier_reports(history: History, new: Item) -> list[int]:
    return [at for at in range(len(history.reports)) if history.cycle(at) < history.cycle(new.at)]


@dataclass(frozen=True, slots=True)
class _Telling:
    """A sentence of a later item, with the years it names, the matters it speaks of and its marks."""

    sentence: str
    years: frozenset[str]
    matters: frozenset[str]
    marks: frozenset[str]

    @classmethod
    def of(cls, sentence: str, new: Item, rules: CompareRules) -> _Telling:
        # "We raised a similar concern in 2019" is about whatever the item itself is about.
        matters = rules.matters.of(sentence) or new.text.matters
        return cls(sentence, frozenset(_YEAR.findall(sentence)), matters, frozenset(rules.lexicon.marks(sentence)))

    def may_mean(self, history: History, new: Item, at: int) -> bool:
        """Whether the years it names are those of a report; "our last report" is that of the cycle before."""
        if self.years:
            return not self.years.isdisjoint(history.years[at])
        return history.cycle(at) == max(history.cycle(other) for other in _earlier_reports(history, new))

    def names(self, old: Item, rules: CompareRules) -> bool:
        """Whether it speaks of the matter of an item; of one without a known matter, of a topic."""
        if old.text.matters:
            return not self.matters.isdisjoint(old.text.matters)
        return any(mark in self.marks and rules.lexicon.facet(mark) in ("topic", "word") for mark in old.text.marks)
