"""Where drafting rules match in the words of one item: spaCy decides, and is asked only where a rule may match.

A part of a pattern that must come and names its words tells how far off they can be: in “the force should” the word
`should` is the last of three. So each such part gives a window of the item, and a match stands in all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.rulebook.matcher import english
from extractor.rulebook.schema import DraftRule

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

_NAMES = ("LOWER", "ORTH", "TEXT")  # what names a token by its words
_MUST_COME = ("1", "+")  # how often a token may come, where that is once at least
_MOST = {"1": 1, "?": 1, "!": 1}  # how many words it may be, where that is not said in figures or without end
_NO_END = 1 << 30  # words; no item has so many

Wanted = frozenset[str] | re.Pattern[str]  # what a word must be, in small letters
ANYTHING = 0  # the number of what every text holds, for rules that name no word


class Hit(NamedTuple):
    """Where a rule matches: words from `start` up to, not including, `end`."""

    start: int
    end: int
    rule: DraftRule


class Part(NamedTuple):
    """A word that stands in every match of a pattern."""

    wanted: Wanted
    before: int  # words that may stand before it in a match, at most
    after: int


def parts_of(pattern: Sequence[Mapping[str, Any]]) -> Iterator[Part]:
    """Yield the words that a pattern cannot do without, and names."""
    most = [_most(token.get("OP", "1")) for token in pattern]
    for n, token in enumerate(pattern):
        if _must_come(token):
            for wanted in _wanted(token):
                once = most[n] - 1
                yield Part(wanted, sum(most[:n]) + once, sum(most[n + 1 :]) + once)


def _must_come(token: Mapping[str, Any]) -> bool:
    return token.get("OP", "1") in _MUST_COME


def _most(often: str) -> int:
    return int(often[1:-1].split(",")[-1]) if often.startswith("{") else _MOST.get(often, _NO_END)


def _wanted(token: Mapping[str, Any]) -> Iterator[Wanted]:
    for name in _NAMES:
        value = token.get(name)
        if isinstance(value, str):
            yield frozenset((value.lower(),))
        elif isinstance(value, dict) and "IN" in value:
            yield frozenset(map(str.lower, value["IN"]))
        elif isinstance(value, dict) and "REGEX" in value and name == "LOWER":
            yield re.compile(value["REGEX"])


class Window(NamedTuple):
    """The words of a text, from `start` up to, not including, `end`, in which all matches of a rule stand."""

    number: int  # of the rule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a text holds what rules want: its length, and the first and last place of each, by number."""

    length: int
    first: Mapping[int, int]
    last: Mapping[int, int]

    def window(self, needs: Iterable[tuple[int, int, int]], least: int) -> tuple[int, int] | None:
        """Return where all that is needed stands close enough: (number, words before it, words from it on).

        A match has at least `least` words.
        """
        start, end, first, last = 0, self.length, self.first, self.last
        for number, before, after in needs:
            if number not in first:
                return None
            start, end = max(start, first[number] - before), min(end, last[number] + after)
            if end - start < least:
                return None
        return start, end


class Finder:
    """Finds the matches of drafting rules, by what the rules do."""

    def __init__(self, rules: Sequence[DraftRule]) -> None:
        parts = [tuple(parts_of(rule.pattern)) for rule in rules]
        asked = Counter(part.wanted for own in parts for part in own)
        numbers = {wanted: n for n, wanted in enumerate(asked, ANYTHING + 1)}
        self._rules = tuple(rules)
        self._ids = {english().vocab.strings.add(rule.id): rule for rule in rules}
        self._wanted = _Wanted(numbers)
        self._least = [sum(_must_come(token) for token in rule.pattern) for rule in rules]
        self._needs = [[(numbers[part.wanted], part.before, part.after + 1) for part in own] for own in parts]
        self._by_scarce: dict[int, list[int]] = {}  # rules by what fewest rules want
        for n, own in enumerate(parts):
            scarce = min((part.wanted for part in own), key=asked.__getitem__, default=None)
            self._by_scarce.setdefault(numbers[scarce] if scarce else ANYTHING, []).append(n)
        self._matchers: dict[tuple[int, ...], Matcher] = {}

    def windows(self, doc: Doc, kind: str) -> dict[str, list[Window]]:
        """Return where rules may match a text of a kind of item, by what the rules do; in the order of the rules."""
        places, found = self._places(doc), dict[str, list[Window]]()
        for n in sorted([n for number in places.first for n in self._by_scarce.get(number, ())]):
            window, rule = places.window(self._needs[n], self._least[n]), self._rules[n]
            if window and (not rule.kinds or kind in rule.kinds):
                found.setdefault(rule.does, []).append(Window(n, *window))
        return found

    def _places(self, doc: Doc) -> _Places:
        first, last = {ANYTHING: 0}, {ANYTHING: 0}
        for place, word in enumerate(doc.to_array("LOWER").tolist()):
            for number in self._wanted[word]:
                first.setdefault(number, place)
                last[number] = place
        return _Places(len(doc), first, last)

    def find(self, doc: Doc, windows: Sequence[Window]) -> list[Hit]:
        """Return the matches of some rules in reading order."""
        numbers, starts, ends = zip(*windows, strict=True)
        start = min(starts)
        found = self._matcher(numbers)(doc[start : max(ends)])
        hits = [Hit(start + begin, start + stop, self._ids[name]) for name, begin, stop in found]
        hits.sort(key=_reading_order)
        return hits

    def _matcher(self, numbers: tuple[int, ...]) -> Matcher:
        matcher = self._matchers.get(numbers)
        if matcher is None:
            matcher = self._matchers[numbers] = matcher_of([self._rules[n] for n in numbers])
        return matcher


def matcher_of(rules: Iterable[DraftRule]) -> Matcher:
    """Return spaCy's matcher of some rules; the order in which it finds two of them does not depend on the others."""
    vocab = english().vocab  # first of all: it knows how to import spaCy without its command line
    from spacy.matcher import Matcher

    matcher = Matcher(vocab, validate=False)
    for rule in rules:
        matcher.add(rule.id, [[dict(token) for token in rule.pattern]], greedy="LONGEST")
    return matcher


def _reading_order(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


class _Wanted(dict[int, tuple[int, ...]]):
    """The numbers of all that is wanted and a word is, by its own number in spaCy's store; made out once a word."""

    def __init__(self, numbers: Mapping[Wanted, int]) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, word: int) -> tuple[int, ...]:
        text = english().vocab.strings[word]
        found = self[word] = tuple(n for wanted, n in self._numbers.items() if _is_one(text, wanted))
        return found


def _is_one(word: str, wanted: Wanted) -> bool:
    return word in wanted if isinstance(wanted, frozenset) else bool(wanted.search(word))
