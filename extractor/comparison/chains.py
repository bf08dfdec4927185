"""Threads: one problem through the years; and where a force stands after its last inspection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractor.comparison.compared import Compared
from extractor.comparison.fates import Fate
from extractor.comparison.force_history import PRACTICE, History, Item
from extractor.comparison.links import Link

STANDINGS = ("new", "repeated", "escalated", "eased")
KINDS = ("cause_of_concern", "recommendation", "area_for_improvement")
_OLDEST = 5


@dataclass(frozen=True, slots=True)
class Thread:
    """Findings joined by links, in order of their reports, and what became of the last of them."""

    items: tuple[int, ...]
    links: tuple[Link, ...]

    @property
    def first(self) -> int:
        return self.items[0]

    @property
    def last(self) -> int:
        return self.items[-1]


@dataclass(frozen=True)
class Standing:
    """What the last cycle's reports say; every number can be counted again in `findings`, `links` and `fates`."""

    cycle: str
    reports: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]  # (standing, kind) → findings of the last cycle
    gone: Mapping[tuple[str, str], int]  # (not_seen_again | not_inspected, kind) → earlier findings
    oldest: tuple[tuple[Item, Item], ...]  # (first met, as printed now): problems that are oldest
    escalated: tuple[tuple[Item, Item], ...]  # (earlier, later)
    new: tuple[Item, ...]  # causes of concern first
    silent: tuple[Item, ...]  # not seen again, causes of concern first


def threads(compared: Compared) -> list[Thread]:
    """Return all findings as threads, the longest in years first; a finding with no link is a thread of its own."""
    parent = list(range(len(compared.history.items)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for link in compared.valid():
        one, other = sorted((root(link.earlier), root(link.later)))
        parent[other] = one
    members: dict[int, list[int]] = {}
    for place in parent:
        members.setdefault(root(place), [])
    for place in range(len(parent)):
        members[root(place)].append(place)
    links: dict[int, list[Link]] = {}
    for link in compared.valid():
        links.setdefault(root(link.earlier), []).append(link)
    found = [Thread(tuple(places), tuple(links.get(top, ()))) for top, places in members.items()]
    return sorted(found, key=lambda thread: (-_span(compared, thread), thread.items))


def _span(compared: Compared, thread: Thread) -> int:
    return len({compared.history.items[place].at for place in thread.items})


def standing(compared: Compared) -> Standing:
    """Return what the last cycle says: findings new, repeated, escalated, eased; those not seen again; the oldest."""
    history = compared.history
    reports = _of_last_cycle(history)
    incoming = _incoming(compared)
    stood = _stood(compared, incoming, reports)
    ids = tuple(str(history.reports[at]["report_id"]) for at in reports)
    gone = [(fate.fate, history.items[fate.item]) for fate in compared.fates if _gone(compared, fate, ids)]
    return Standing(
        history.reports[reports[-1]]["cycle"] if reports else "",
        ids,
        Counter((word, history.items[place].kind) for place, word in stood.items()),
        Counter((fate, item.kind) for fate, item in gone),
        _oldest(compared, set(reports)),
        _escalated(compared, stood, incoming),
        _gravest(history.items[place] for place, word in stood.items() if word == "new"),
        _gravest(item for fate, item in gone if fate == "not_seen_again"),
    )


def _incoming(compared: Compared) -> dict[int, list[Link]]:
    """Return the links that lead to each later finding."""
    incoming: dict[int, list[Link]] = {}
    for link in compared.valid():
        incoming.setdefault(link.later, []).append(link)
    return incoming


def _escalated(
    compared: Compared, places: Iterable[int], incoming: Mapping[int, list[Link]]
) -> tuple[tuple[Item, Item], ...]:
    links = (link for place in places for link in incoming.get(place, ()))
    return tuple(compared.pair(link) for link in links if link.relation == "escalated")


def _of_last_cycle(history: History) -> list[int]:
    """Return the places of the reports of a force's last cycle."""
    last = max((history.cycle(at) for at in range(len(history.reports))), default=0)
    return [at for at in range(len(history.reports)) if history.cycle(at) == last]


def _stood(compared: Compared, incoming: Mapping[int, list[Link]], reports: Sequence[int]) -> dict[int, str]:
    """Return how each finding of some reports came about, by its place."""
    items = compared.history.items
    of_block: dict[str, list[Link]] = {}  # a recommendation stands as its cause of concern does
    for link in compared.valid():
        of_block.setdefault(items[link.later].block, []).append(link)
    places = [place for at in reports for place in compared.history.by_report[at] if items[place].kind not in PRACTICE]
    return {place: _standing(incoming.get(place, of_block.get(items[place].block, []))) for place in places}


def _gravest(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return findings in order of kind, causes of concern first, and within a kind as they were."""
    return tuple(sorted(items, key=lambda item: KINDS.index(item.kind)))


def _standing(links: Sequence[Link]) -> str:
    """Return how a finding of the last cycle came about: the gravest of its links."""
    relations = {link.relation for link in links}
    for relation in ("escalated", "eased"):
        if relation in relations:
            return relation
    return "repeated" if relations else "new"


def _gone(compared: Compared, fate: Fate, last: tuple[str, ...]) -> bool:
    kind = compared.history.items[fate.item].kind
    return (
        fate.fate in ("not_seen_again", "closed", "not_inspected")
        and fate.next_report_id in last
        and kind not in PRACTICE
    )


def _oldest(compared: Compared, last: set[int]) -> tuple[tuple[Item, Item], ...]:
    """Return the problems of the last cycle that were first met longest ago."""
    items = compared.history.items
    pairs = []
    for thread in threads(compared):
        now = [items[place] for place in thread.items if items[place].at in last]
        first = items[thread.first]
        if now and first.at not in last and first.kind not in PRACTICE:
            pairs.append((first, sorted(now, key=lambda item: item.kind != "cause_of_concern")[0]))
    pairs.sort(key=lambda pair: (compared.history.cycle(pair[0].at), pair[0].row["report_id"], pair[0].row["order"]))
    return tuple(pairs[:_OLDEST])
