"""Which findings of a force are the same problem again, and what became of the problem.

Every finding is compared with those of every later cycle of its force. A pair is a link where it is like enough, where
no other pair explains it better (a finding may split or be merged, when the parts differ), and where no chain of
nearer links says the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.comparison.force_history import PRACTICE, History, Item, years_of
from extractor.comparison.likeness import CLAUSE, Comparison, Likeness, same_words
from extractor.rulebook.lexicon import Lexicon

LEAST = 46.0  # score of a link
FAR = 14.0  # more is asked of findings on questions that have nothing to do with one another
RETOLD = 14.0  # what a sentence that names its predecessor adds
CLOSE = 5.0  # a runner-up within so many points is mentioned
EDITED = 75.0  # RapidFuzz ratio from which a text is the other one with words changed
PAST = 68.0  # score of a link past a nearer report that has the problem too
BLOCK = 52.0  # score of a second link into or out of one concern with its recommendations
PART = 0.2  # of a finding's weight: what a second link must explain that the first does not
_CANDIDATE = 0.3  # of the weight of the shorter text: pairs that share less are not looked at
_RESTRICTS = re.compile(
    r"\b(specifically|in particular|particularly|especially|above all|with regard to|in cases of)\b", re.IGNORECASE
)
_YEAR = re.compile(r"20\d\d")


Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Link:
    """One row of `links`, with what relations are decided from."""

    earlier: int  # places in the history's items
    later: int
    likeness: Likeness
    score: float
    retold: str | None = None  # the sentence in which the later item names the earlier one
    words: float = 0.0  # RapidFuzz ratio of the two texts, 0 to 100
    relation: str = ""
    runner_up: float | None = None
    rival: int | None = None  # the item the runner-up score belongs to
    gap: str | None = None  # report_id of a report in between that looked at the question and is silent


class Linker:
    """Finds the links of one force."""

    def __init__(self, history: History, comparison: Comparison, lexicon: Lexicon) -> None:
        self.history, self.comparison, self.lexicon = history, comparison, lexicon
        self.items: Sequence[Item] = history.items

    def links(self, rejected: Collection[Pair] = (), confirmed: Collection[Pair] = ()) -> list[Link]:
        """Return all links with their relations, in order of items.

        Pairs that an analyst rejected make room for others and come last in the list; pairs that one confirmed are
        links whatever their score.
        """
        found: list[Link] = []
        for earlier in range(len(self.history.reports)):
            for later in range(len(self.history.reports)):
                if self.history.cycle(earlier) < self.history.cycle(later):
                    found += self._between(earlier, later, rejected)
        found = self._onward(found)
        known = {(link.earlier, link.later) for link in found}
        told = [self._score(*pair) for pair in sorted(set(confirmed) - known)]
        kept = _without_detours(found, frozenset(confirmed)) + [link for link in told if link]
        refused = [link for pair in sorted(rejected) if (link := self._score(*pair))]
        return self._relate(kept) + [
            replace(link, relation=self._relation(link, None, (link,), (link,)))
            for link in map(self._with_words, refused)
        ]

    def _onward(self, links: Sequence[Link]) -> list[Link]:
        """Leave out weak links past a nearer report that has the problem too: the thread goes on from there."""
        nearest: dict[int, int] = {}
        for link in links:
            cycle = self.history.cycle(self.items[link.later].at)
            nearest[link.earlier] = min(cycle, nearest.get(link.earlier, cycle))
        return [
            link
            for link in links
            if link.score >= PAST or self.history.cycle(self.items[link.later].at) == nearest[link.earlier]
        ]

    def _between(self, earlier: int, later: int, rejected: Collection[Pair]) -> list[Link]:
        """Return the links between two reports."""
        places = self.history.by_report
        pairs = set(self.comparison.candidates(places[earlier], places[later], _CANDIDATE))
        pairs |= {(old, new) for new in places[later] if self.items[new].retold for old in places[earlier]}
        return self._choose([link for pair in sorted(pairs) if pair not in rejected and (link := self._score(*pair))])

    def _score(self, earlier: int, later: int) -> Link | None:
        old, new = self.items[earlier], self.items[later]
        if (old.kind in PRACTICE) != (new.kind in PRACTICE):
            return None
        likeness, retold = self.comparison.between(earlier, later), self._retold(old, new)
        score = likeness.score
        if retold:
            told = self.comparison.with_words(earlier, retold).score * CLAUSE
            score = max(score, told) + (RETOLD if told >= LEAST / 2 or score >= LEAST / 2 else 0.0)
        if not self._related(old.family, new.family):
            score -= FAR
        if new.row["status"] == "carried_forward" and new.row["origin_cycle"] == self.history.reports[old.at]["cycle"]:
            score += RETOLD
        return Link(earlier, later, likeness, round(max(0.0, min(100.0, score)), 1), retold)

    def _related(self, one: str | None, other: str | None) -> bool:
        families = self.history.families
        if one is None or other is None or one == other:
            return True
        return (
            other in families[one].near or one in families[other].near
            if one in families and other in families
            else True
        )

    def _retold(self, old: Item, new: Item) -> str | None:
        """Return the sentence of the later item that tells of the earlier one, if there is one."""
        if not new.retold:
            return None
        years = years_of(self.history.reports[old.at])
        told = [mark for mark in set(old.text.marks) if self.lexicon.facet(mark) in ("topic", "subject", "word")]
        for sentence in new.retold:
            named = set(_YEAR.findall(sentence))
            if named & years if named else self._last_before(old, new):
                marks = set(self.lexicon.marks(sentence))
                if marks.intersection(told):
                    return sentence
                if marks.isdisjoint(mark for mark in marks if self.lexicon.facet(mark) == "topic") and set(told) & set(
                    new.text.marks
                ):
                    return sentence  # "We raised a similar concern in 2019": about whatever the item itself is about
        return None

    def _last_before(self, old: Item, new: Item) -> bool:
        """Whether the earlier item stands in the last cycle before the later one: "our last report" is that one."""
        cycles = {
            self.history.cycle(at)
            for at in range(len(self.history.reports))
            if self.history.cycle(at) < self.history.cycle(new.at)
        }
        return self.history.cycle(old.at) == max(cycles)

    def _choose(self, scored: Iterable[Link]) -> list[Link]:
        """Return the links among scored pairs of two reports: the best first, then the parts they leave unexplained."""
        ranked = sorted(scored, key=lambda link: (-link.score, link.earlier, link.later))
        chosen: list[Link] = []
        for link in ranked:
            if link.score < LEAST:
                break
            if all(
                self._adds(link, other)
                for other in chosen
                if other.earlier == link.earlier or other.later == link.later
            ):
                chosen.append(link)
        return [self._with_runner_up(link, ranked, chosen) for link in chosen]

    def _adds(self, link: Link, other: Link) -> bool:
        """Whether a weaker link that shares an end with a stronger one stands for something of its own."""
        if link.earlier == other.earlier:
            if self._one_block(link.later, other.later):
                return self._level(link) and link.score >= BLOCK
            side = link.earlier
        else:
            if self._one_block(link.earlier, other.earlier):
                return self._level(link) and link.score >= BLOCK
            side = link.later
        weights = self.comparison.weights(side)
        extra = sum(weights[mark] for mark in link.likeness.shared - other.likeness.shared if mark in weights)
        return extra >= PART * (sum(weights.values()) or 1.0)

    def _one_block(self, one: int, other: int) -> bool:
        return self.items[one].block == self.items[other].block

    def _level(self, link: Link) -> bool:
        """Whether a link is not a cause of concern's with another concern's recommendation, or the other way round."""
        old, new = self.items[link.earlier], self.items[link.later]
        return not (old.severe and new.severe) or old.kind == new.kind

    def _with_runner_up(self, link: Link, ranked: Sequence[Link], chosen: Sequence[Link]) -> Link:
        taken = {(other.earlier, other.later) for other in chosen}
        rivals = [
            other for other in ranked if other.earlier == link.earlier and (other.earlier, other.later) not in taken
        ]
        return replace(link, runner_up=rivals[0].score, rival=rivals[0].later) if rivals else link

    def _relate(self, links: Sequence[Link]) -> list[Link]:
        forward: dict[int, list[Link]] = {}
        backward: dict[int, list[Link]] = {}
        for link in links:
            forward.setdefault(link.earlier, []).append(link)
            backward.setdefault(link.later, []).append(link)
        related = []
        for link in sorted(links, key=lambda each: (each.earlier, each.later)):
            link = self._with_words(link)
            gap = self._gap(link, forward)
            together = [
                each for each in forward[link.earlier] if self.items[each.later].at == self.items[link.later].at
            ]
            merged = [
                each for each in backward[link.later] if self.items[each.earlier].at == self.items[link.earlier].at
            ]
            related.append(replace(link, gap=gap, relation=self._relation(link, gap, together, merged)))
        return related

    def _with_words(self, link: Link) -> Link:
        return replace(link, words=self.comparison.ratio(link.earlier, link.later))

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
        if "topic" in gained and not lost:
            return "widened"
        if "topic" in lost and not gained and (link.words >= EDITED or self._drops_clause(link)):
            return "narrowed"
        return "reworded"

    def _drops_clause(self, link: Link) -> bool:
        """Whether a part of the earlier item speaks of nothing that the later one speaks of."""
        known = set(self.items[link.later].text.marks) | self.items[link.later].text.context
        clauses = (marks for _, marks in self.items[link.earlier].text.clauses)
        return any(
            not any(mark in known and self.lexicon.facet(mark) in ("topic", "subject", "demand") for mark in marks)
            for marks in clauses
        )

    def _only(self, one: int, other: int) -> set[str]:
        """Return the facets, topic or demand, of the marks of one item that the other, with its surroundings, lacks."""
        known = self.comparison.weights(other).keys() | self.items[other].text.context
        return {
            self.lexicon.facet(mark).replace("subject", "topic")
            for mark in self.comparison.weights(one)
            if mark not in known
        } & {"topic", "demand"}


def _without_detours(links: Sequence[Link], always: Collection[Pair]) -> list[Link]:
    """Return the links that no chain of other links stands for, and those that must stay."""
    forward: dict[int, set[int]] = {}
    for link in links:
        forward.setdefault(link.earlier, set()).add(link.later)

    def reaches(start: int, end: int) -> bool:
        return any(
            step != end and (end in forward.get(step, ()) or reaches(step, end)) for step in forward.get(start, ())
        )

    return [link for link in links if (link.earlier, link.later) in always or not reaches(link.earlier, link.later)]
