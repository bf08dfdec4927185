"""Which findings of a force are the same problem again.

Every finding is held against those of every later cycle of its force (`likelihood`). A pair is a link where it is
likely enough, where no other pair of the two reports explains it better, and where no chain of nearer links says the
same. A cause of concern and its recommendations are one block: a link is the concern's, and a recommendation's own only
where its own words are clearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz

from extractor.comparison.evidence import Matrix
from extractor.comparison.force_history import History, Item
from extractor.comparison.likelihood import judge
from extractor.comparison.retelling import Pair, retellings
from extractor.comparison.rules import CompareRules
from extractor.comparison.texts import same_words
from extractor.comparison.weights import Weights

CLOSE = 5.0  # a runner-up within so many points is mentioned
EDITED = 75.0  # RapidFuzz ratio from which a text is the other one with words changed
_RESTRICTS = re.compile(
    r"\b(specifically|in particular|particularly|especially|above all|with regard to|in cases of)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Link:
    """One row of `links`, with what relations are decided from."""

    earlier: int  # places in the history's items
    later: int
    score: float  # likelihood, 0 to 100; of two blocks that of their likeliest items
    retold: str | None = None  # the sentence in which the later item names the earlier one
    words: float = 0.0  # RapidFuzz ratio of the two texts, 0 to 100
    relation: str = ""
    runner_up: float | None = None
    rival: int | None = None  # the item the runner-up score belongs to
    through: Pair | None = None  # the items that make two blocks one problem, where they are not their heads
    gap: str | None = None  # report_id of a report in between that looked at the question and is silent


class Linker:
    """Finds the links of one force."""

    def __init__(self, history: History, weights: Weights, rules: CompareRules) -> None:
        self.history, self.rules, self.lexicon = history, rules, rules.lexicon
        self.items: Sequence[Item] = history.items
        self._told = retellings(history, rules)
        self.likely = judge(history, weights, rules.link_model, self._told)
        self._head = self._heads()

    def _heads(self) -> tuple[int, ...]:
        """Return for each item the one that stands for its block: the cause of concern, or itself."""
        first: dict[str, int] = {}
        for place, item in enumerate(self.items):
            if item.id == item.block or item.block not in first:
                first[item.block] = place
        return tuple(first[item.block] for item in self.items)

    def links(self, rejected: Collection[Pair] = (), confirmed: Collection[Pair] = ()) -> list[Link]:
        """Return all links with their relations, in order of items.

        Pairs that an analyst rejected make room for others and come last in the list; pairs that one confirmed are
        links whatever their likelihood.
        """
        allowed = self.likely.copy()
        for pair in rejected:
            allowed[pair] = 0
        found = [link for earlier, later in self._report_pairs() for link in self._between(allowed, earlier, later)]
        known = {(link.earlier, link.later) for link in found}
        told = [self.link(pair) for pair in sorted(set(confirmed) - known)]
        kept = _without_detours([*found, *told], frozenset(confirmed))
        refused = [self.link(pair) for pair in sorted(rejected)]
        return self._relate(kept) + [
            replace(link, relation=self._relation(link, None, (link,), (link,))) for link in refused
        ]

    def link(self, pair: Pair) -> Link:
        """Return a pair as a link, whatever its likelihood."""
        words = fuzz.ratio(*(self.items[place].text.bare.lower() for place in pair))
        return Link(*pair, round(float(self.likely[pair]) * 100, 1), self._told.get(pair), round(words, 1))

    def _report_pairs(self) -> Iterator[tuple[int, int]]:
        count = range(len(self.history.reports))
        return ((old, new) for old in count for new in count if self.history.cycle(old) < self.history.cycle(new))

    def _between(self, likely: Matrix, earlier: int, later: int) -> list[Link]:
        """Return the links between two reports: the likeliest pairs of blocks first, each block once."""
        model, places = self.rules.link_model, self.history.by_report
        blocks: dict[Pair, list[tuple[float, Pair]]] = {}
        rows, columns = list(places[earlier]), list(places[later])
        for row, column in np.argwhere(likely[np.ix_(rows, columns)] >= model.part):
            pair = rows[row], columns[column]
            heads = self._head[pair[0]], self._head[pair[1]]
            blocks.setdefault(heads, []).append((float(likely[pair]), pair))
        likeliest = {heads: min(pairs, key=_best) for heads, pairs in blocks.items()}
        ranked = sorted(((chance, heads) for heads, (chance, _) in likeliest.items()), key=_best)
        taken: list[Pair] = []
        chosen: list[Link] = []
        for chance, heads in ranked:
            if not self._adds(heads, chance, taken):
                continue
            taken.append(heads)
            own = [pair for member, pair in blocks[heads] if pair != heads and member >= model.recommendation]
            chosen += [self._ranked(self._of_block(heads, *likeliest[heads]), columns)]
            chosen += [self._ranked(self.link(pair), columns) for pair in own]
        return chosen

    def _of_block(self, heads: Pair, chance: float, likeliest: Pair) -> Link:
        """Return the link of two blocks: as likely as their likeliest items are one problem."""
        link = self.link(heads)
        if likeliest == heads:
            return link
        return replace(link, score=round(chance * 100, 1), through=likeliest)

    def _adds(self, pair: Pair, chance: float, taken: Sequence[Pair]) -> bool:
        """Whether a pair of blocks is a link, given likelier ones: by itself, or by what they leave unexplained."""
        model = self.rules.link_model
        rivals = [other for other in taken if other[0] == pair[0] or other[1] == pair[1]]
        own = self._shared(pair)
        if rivals and own and all(own.isdisjoint(self._shared(other)) for other in rivals):
            return True
        return chance >= (model.shared if rivals else model.certain)

    def _shared(self, pair: Pair) -> frozenset[str]:
        return self.items[pair[0]].text.matters & self.items[pair[1]].text.matters

    def _ranked(self, link: Link, later: Sequence[int]) -> Link:
        """Return a link with the next best of the later report's items of other blocks."""
        rivals = [place for place in later if self._head[place] != self._head[link.later]]
        if not rivals:
            return link
        old = (link.through or (link.earlier, link.later))[0]
        rival = max(rivals, key=lambda place: (float(self.likely[old, place]), -place))
        return replace(link, runner_up=round(float(self.likely[old, rival]) * 100, 1), rival=rival)

    def _relate(self, links: Sequence[Link]) -> list[Link]:
        forward: dict[int, list[Link]] = {}
        backward: dict[int, list[Link]] = {}
        for link in links:
            forward.setdefault(link.earlier, []).append(link)
            backward.setdefault(link.later, []).append(link)
        related = []
        for link in sorted(links, key=lambda each: (each.earlier, each.later)):
            gap = self._gap(link, forward)
            together = [
                each for each in forward[link.earlier] if self.items[each.later].at == self.items[link.later].at
            ]
            merged = [
                each for each in backward[link.later] if self.items[each.earlier].at == self.items[link.earlier].at
            ]
            related.append(replace(link, gap=gap, relation=self._relation(link, gap, together, merged)))
        return related

    def _gap(self, link: Link, forward: Mapping[int, Sequence[Link]]) -> str | None:
        """Return the first report in between that looked at the question and does not have the problem."""
        old, new = self.items[link.earlier], self.items[link.later]
        seen = {self.items[each.later].at for each in forward[link.earlier]}
        pillar = self.history.reports[old.at]["pillar"]
        for at in self.history.later(old.at, pillar):
            if self.history.cycle(at) >= self.history.cycle(new.at):
                break
            if at not in seen and self.history.covers(at, old.family):
                return str(self.history.reports[at]["report_id"])
        return None

    def _relation(self, link: Link, gap: str | None, together: Sequence[Link], merged: Sequence[Link]) -> str:
        old, new = self.items[link.earlier], self.items[link.later]
        if old.severe != new.severe:
            return "escalated" if new.severe else "eased"
        if gap:
            return "recurred"
        if len({self.items[each.later].block for each in together}) > 1:
            return "split"
        if len({self.items[each.earlier].block for each in merged}) > 1:
            return "merged"
        if same_words(old.row["text"], new.row["text"]):
            return "same"
        return self._scope(link)

    def _scope(self, link: Link) -> str:
        """Return widened, narrowed or reworded: by words that restrict, then by topics that only one of the two has."""
        old, new = self.items[link.earlier], self.items[link.later]
        restricted = [bool(_RESTRICTS.search(item.row["text"])) for item in (old, new)]
        if restricted[0] != restricted[1]:
            return "widened" if restricted[0] else "narrowed"
        lost, gained = self._only(link.earlier, link.later), self._only(link.later, link.earlier)
        edited = link.words >= EDITED
        if "topic" in gained and not lost and (edited or self._own_clause(link.later, link.earlier)):
            return "widened"
        if "topic" in lost and not gained and (edited or self._own_clause(link.earlier, link.later)):
            return "narrowed"
        return "reworded"

    def _own_clause(self, one: int, other: int) -> bool:
        """Whether a part of one item speaks of nothing that the other speaks of."""
        known = set(self.items[other].text.marks) | self.items[other].text.context
        return any(
            not any(mark in known and self.lexicon.facet(mark) in ("topic", "subject", "demand") for mark in marks)
            for marks in self.items[one].text.clauses
        )

    def _only(self, one: int, other: int) -> set[str]:
        """Return the facets, topic or demand, of the marks of one item that the other, with its surroundings, lacks."""
        known = set(self.items[other].text.marks) | self.items[other].text.context
        return {
            self.lexicon.facet(mark).replace("subject", "topic")
            for mark in self.items[one].text.marks
            if mark not in known
        } & {"topic", "demand"}


def _best(ranked: tuple[float, Pair]) -> tuple[float, Pair]:
    return -ranked[0], ranked[1]


def _without_detours(links: Sequence[Link], always: Collection[Pair]) -> list[Link]:
    """Return the links that no chain of other links stands for, and those that must stay."""
    forward: dict[int, set[int]] = {}
    for link in links:
        forward.setdefault(link.earlier, set()).add(link.later)
    reached: dict[int, frozenset[int]] = {}
    for start in sorted(forward, reverse=True):  # items stand in order of time: what follows one is known before it
        beyond = (reached.get(step, frozenset()) for step in forward[start])
        reached[start] = frozenset(forward[start]).union(*beyond)
    return [
        link
        for link in links
        if (link.earlier, link.later) in always
        or not any(link.later in reached.get(step, ()) for step in forward[link.earlier] if step != link.later)
    ]
