"""Sentences in which a later finding names an earlier one: “in our 2021 inspection we said that …”."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.comparison.force_history import History, Item, years_of
from extractor.comparison.rules import CompareRules

_YEAR = re.compile(r"20\d\d")
Pair = tuple[int, int]


def retellings(history: History, rules: CompareRules) -> Mapping[Pair, str]:
    """Return the sentence by which a later item names an earlier one, for each pair of which there is one.

    An item that is printed as carried forward from a cycle names the findings of that cycle by its own words.
    """
    found: dict[Pair, str] = {}
    for later, new in enumerate(history.items):
        carried = str(new.row["origin_cycle"] or "") if new.row["status"] == "carried_forward" else ""
        if not (new.retold or carried):
            continue
        for earlier, old in enumerate(history.items):
            if history.cycle(old.at) >= history.cycle(new.at):
                continue
            said = _retold(history, rules, old, new)
            if said or (carried == history.reports[old.at]["cycle"] and old.text.matters & new.text.matters):
                found[earlier, later] = said or f"carried forward from {carried}"
    return found


def _retold(history: History, rules: CompareRules, old: Item, new: Item) -> str | None:
    """Return the sentence of the later item that tells of the earlier one, if there is one."""
    years = years_of(history.reports[old.at])
    for sentence in new.retold:
        named = set(_YEAR.findall(sentence))
        if not (named & years if named else _last_before(history, old, new)):
            continue
        # "We raised a similar concern in 2019" is about whatever the item itself is about.
        spoken = rules.matters.of(sentence) or new.text.matters
        if spoken & old.text.matters or _names(sentence, old, rules):
            return sentence
    return None


def _names(sentence: str, old: Item, rules: CompareRules) -> bool:
    """Whether a sentence speaks of a topic of an item that speaks of no known matter."""
    topics = {mark for mark in old.text.marks if rules.lexicon.facet(mark) in ("topic", "word")}
    return not old.text.matters and bool(topics & set(rules.lexicon.marks(sentence)))


def _last_before(history: History, old: Item, new: Item) -> bool:
    """Whether the earlier item stands in the last cycle before the later one: "our last report" is that one."""
    cycles = {history.cycle(at) for at in range(len(history.reports)) if history.cycle(at) < history.cycle(new.at)}
    return history.cycle(old.at) == max(cycles)
