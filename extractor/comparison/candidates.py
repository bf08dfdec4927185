"""The closest three: for an earlier finding without a link, the later findings that may be the same problem after all.

Each comes with the words that speak for it and against it, so that a reader can confirm or reject it at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from extractor.comparison.force_history import PRACTICE, Item
from extractor.comparison.links import Link, Linker
from extractor.comparison.retelling import Pair
from extractor.comparison.rules import CompareRules

CLOSEST = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of `candidates`."""

    link: Link
    rank: int  # from 1
    speaks_for: str
    speaks_against: str


def candidates(linker: Linker, links: Sequence[Link], rejected: Collection[Pair] = ()) -> list[Candidate]:
    """Return the closest candidates of each earlier finding from which, or from whose concern, no link leads.

    What an analyst rejected is none. Nothing is said of practice, which is no problem.
    """
    linked = {linker.items[link.earlier].block for link in links}
    least = linker.rules.link_model.candidate
    found = []
    for place, item in enumerate(linker.items):
        if item.block in linked or item.kind in PRACTICE:
            continue
        chances = linker.likely[place].astype(float)
        likely = sorted((-chances[later], int(later)) for later in np.flatnonzero(chances >= least))
        kept = [later for _, later in likely if (place, later) not in rejected][:CLOSEST]
        found += [_candidate(linker, (place, later), rank) for rank, later in enumerate(kept, 1)]
    return found


def _candidate(linker: Linker, pair: Pair, rank: int) -> Candidate:
    old, new = (linker.items[place] for place in pair)
    link = linker.link(pair)
    shared = spoken(old, new, linker.rules)
    speaks_for = [*shared, *([f"the later report says: “{link.retold}”"] if link.retold else [])]
    against = list(_against(old, new, linker.rules))
    return Candidate(
        link,
        rank,
        "; ".join([*speaks_for, f"words {link.words:.0f}% alike"]),
        "; ".join(against) or "nothing but that other pairs or its words are not sure enough",
    )


def spoken(old: Item, new: Item, rules: CompareRules) -> Iterator[str]:
    """Say what two findings share: the matter, the topics and what they ask for."""
    matters = old.text.matters & new.text.matters
    shared = set(old.text.marks) & set(new.text.marks)
    topics = {mark for mark in shared if rules.lexicon.facet(mark) == "topic"}
    demands = {mark for mark in shared if rules.lexicon.facet(mark) == "demand"}
    if matters:
        yield f"both are about {_listed(matters, rules)}"
    if topics - matters:
        yield f"both speak of {_listed(topics - matters, rules)}"
    if demands:
        yield f"both ask to {_listed(demands, rules)}"


def _against(old: Item, new: Item, rules: CompareRules) -> Iterator[str]:
    for name, own, other in (("earlier", old, new), ("later", new, old)):
        matters = own.text.matters - other.text.matters - other.text.matters_around
        if matters:
            yield f"only the {name} one is about {_listed(matters, rules)}"
    if old.family != new.family and old.family and new.family:
        names = [rules.families[each].name if each in rules.families else each for each in (old.family, new.family)]
        yield f"the questions are “{names[0]}” and “{names[1]}”"


def _listed(marks: Collection[str], rules: CompareRules) -> str:
    return ", ".join(sorted(rules.lexicon.name(mark) for mark in marks))
