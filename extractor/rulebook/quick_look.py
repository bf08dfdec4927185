"""What tells without tokenising that a rule does not match: words it cannot do without, its length, its outline.

Each is a necessary condition, read off the pattern. A rule that passes them all may match; spaCy decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, dropwhile
from math import inf

from extractor.rulebook.schema import Rule

_WORD = re.compile(r"\w+")
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")
_FIRST = re.compile(r"\A\W*+(\w+)")
_WHOLE_WORD = re.compile(r"(?:\^|/|\\b)(\w+)(?:\\b|\\\.|\$)")  # in a regular expression: a word between its ends
# A regular expression of a whole token that says the same of small letters, and repeats nothing without an end.
_WHOLE_TOKEN = re.compile(r"\A\^(\((?:\?:)?(?:(?!\[\^)[^()*+\\]|\\d)*\)|(?:(?!\[\^)[^()*+|\\]|\\d)*)\$")
_SYMBOLS = re.compile(r"^[^\w\s]+\s+")  # an icon before a heading
_ICON = 1  # word that may stand before a whole line
_BOUNDED = ("1", "?", "!")  # how often a token may come, where that is once at most
_LONGEST_WHOLE = 30  # words and signs: a rule for whole lines is not tried on longer ones
_KEPT = 1 << 15  # stretches between blanks, of a cache
_LONGEST_KEPT = 40  # characters of one
ANY = ""  # stands among the words of every text
ALL = frozenset((ANY,))
_NONE = frozenset[str]()


@dataclass(frozen=True, eq=False)
class QuickLook:
    """A rule, and what every text that it matches has."""

    rule: Rule
    needed: tuple[frozenset[str], ...]  # groups of words: a text must hold one of each
    most: float  # words between blanks that a text may have
    scarce: frozenset[str]  # the group of words that fewest texts hold one of; ANY where none is needed
    firsts: frozenset[str] | None = None  # what the first word of a whole line may be; None for any
    lasts: frozenset[str] | None = None

    @cached_property
    def every(self) -> frozenset[str]:
        """The words that a text must hold."""
        return _NONE.union(*(group for group in self.needed if len(group) == 1))

    @cached_property
    def choices(self) -> tuple[frozenset[str], ...]:
        """The groups of several words."""
        return tuple(group for group in self.needed if len(group) > 1)

    @cached_property
    def outline(self) -> Sequence[re.Pattern[str]]:
        """Expressions that are found one after the other in small letters."""
        return tuple(_outline(self.rule))

    def fits(self, text: Sight) -> bool:
        """Say whether a text may match by its words and its length."""
        return text.length <= self.most and self.has_words_in(text)

    def has_words_in(self, text: Sight) -> bool:
        """Say whether a text holds every word that a match needs."""
        return self.every <= text.words and not any(group.isdisjoint(text.words) for group in self.choices)

    def may_match(self, low: str) -> bool:
        """Say whether the words stand in a text in small letters in the order of the rule, and next to each other."""
        place = 0
        for part in self.outline:
            found = part.search(low, place)
            if found is None:
                return False
            place = found.start() + 1
        return True


def quick_looks(rules: Sequence[Rule]) -> Iterator[QuickLook]:
    """Yield what every text has that a rule matches, for each rule; how common words are is told by the examples."""
    examples = (example.lower().split() for rule in rules for example in rule.examples)
    common = Counter(chain.from_iterable(examples))
    for rule in rules:
        needed = _needed_words(rule)
        scarce = min(needed, key=partial(_commonness, common), default=ALL)
        yield QuickLook(rule, needed, _most_words(rule), scarce, _edge_words(rule, 0), _edge_words(rule, -1))


def _commonness(common: Counter[str], group: frozenset[str]) -> tuple[int, int]:
    return sum(map(common.__getitem__, group)), -max(map(len, group))


@dataclass(frozen=True, slots=True)
class Gate:
    """What a text must have for any of several rules to match; each part is the union over the rules."""

    firsts: frozenset[str] | None
    lasts: frozenset[str] | None
    words: frozenset[str]
    most: float

    def lets_by(self, text: Sight) -> bool:
        """Say whether a text may match; what costs least is looked at first."""
        if self.firsts is not None and text.first not in self.firsts:
            return False
        if self.lasts is not None and text.last not in self.lasts:
            return False
        return not self.words.isdisjoint(text.words) and text.length <= self.most


def gate_of(looks: Sequence[QuickLook]) -> Gate:
    """Return what the texts have that any of the rules match."""
    firsts, lasts = _union([look.firsts for look in looks]), _union([look.lasts for look in looks])
    words = _NONE.union(*(look.scarce for look in looks))
    return Gate(firsts, lasts, words, max((look.most for look in looks), default=0))


def _union(sets: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    known = [each for each in sets if each is not None]
    return _NONE.union(*known) if len(known) == len(sets) else None


class Sight:
    """A text, and what rules ask of it; each is made out when it is first asked."""

    def __init__(self, text: str, needed: NeededWords) -> None:
        self.text = text
        self._needed = needed

    @cached_property
    def first(self) -> str:
        """Its first word in small letters."""
        found = _FIRST.match(self.text)
        return found[1].lower() if found else ""

    @cached_property
    def last(self) -> str:
        """Its last word in small letters, or the end of a long one."""
        found = _WORD.findall(self.text[-_LONGEST_KEPT:].lower())
        return found[-1] if found else ""

    @cached_property
    def stretches(self) -> Sequence[str]:
        """What stands between its blanks, in small letters."""
        return self.text.lower().split()

    @cached_property
    def length(self) -> int:
        """How many words between blanks it has."""
        return len(self.stretches)

    @cached_property
    def words(self) -> frozenset[str]:
        """Those of its words that some rule needs, and ANY."""
        return self._needed.among(self.stretches)


def is_long(text: str) -> bool:
    """Say whether a text has too many words and signs for a rule for whole lines."""
    return len(text) >= _LONGEST_WHOLE and len(set(_WORD_OR_SIGN.findall(text.lower()))) >= _LONGEST_WHOLE


def without_icon(text: str) -> str:
    """Return a line without the sign that stands before its words."""
    return _SYMBOLS.sub("", text)


class NeededWords(dict[str, frozenset[str]]):
    """Which of the words that rules need stand in a stretch between blanks, in small letters; looked up once each."""

    def __init__(self, looks: Iterable[QuickLook]) -> None:
        super().__init__()
        self._asked = _NONE.union(*(group for look in looks for group in look.needed))

    def __missing__(self, stretch: str) -> frozenset[str]:
        found = self._asked.intersection(_WORD_OR_SIGN.findall(stretch)) or _NONE
        if len(stretch) <= _LONGEST_KEPT:
            if len(self) >= _KEPT:
                self.clear()
            self[stretch] = found
        return found

    def among(self, stretches: Iterable[str]) -> frozenset[str]:
        """Return all needed words of some stretches, and ANY."""
        return ALL.union(*set(map(self.__getitem__, stretches)))


def _needed_words(rule: Rule) -> tuple[frozenset[str], ...]:
    """For each token that a rule cannot do without: the words it may be, of which the text then holds one."""
    if isinstance(rule.pattern, str):
        return tuple(frozenset((word,)) for word in _WORD.findall(rule.pattern.lower()))
    groups = []
    for token in rule.pattern:
        if token.get("OP", "1") not in ("1", "+"):
            continue
        words = [_last_part(word) for word in _forms(_wanted(token))]
        if words and all(words):
            groups.append(frozenset(words))
    return tuple(groups)


def _wanted(token: object) -> object:
    assert isinstance(token, dict)
    return token.get("LOWER", token.get("TEXT", token.get("ORTH")))


def _edge_words(rule: Rule, end: int) -> frozenset[str] | None:
    """Return what the first (0) or last (-1) word of a whole line may be that a rule matches; None for any."""
    if not rule.whole:
        return None
    words: set[str] = set()
    for token in _tokens(rule)[:: -1 if end else 1]:
        parts = [_WORD.findall(form) for form in _literals(_wanted(token))]
        if not parts or token.get("OP", "1") not in ("1", "?", "*", "+"):
            return None
        words.update(part[end] for part in parts if part)
        if token.get("OP", "1") in ("1", "+") and all(parts):
            return frozenset(words)
    return None


def _tokens(rule: Rule) -> Sequence[Mapping[str, object]]:
    return [{"LOWER": word} for word in rule.pattern.split()] if isinstance(rule.pattern, str) else rule.pattern


def _literals(wanted: object) -> list[str]:
    """Return what a token may be, in small letters; nothing where the pattern does not say it word by word."""
    words = [wanted] if isinstance(wanted, str) else wanted.get("IN", []) if isinstance(wanted, dict) else []
    return [word.lower() for word in words]


def _forms(wanted: object) -> list[str]:
    """Return what a token may be, or the words of a regular expression of which it holds one."""
    if isinstance(wanted, str):
        return [wanted]
    if not isinstance(wanted, dict):
        return []
    words = [_WHOLE_WORD.fullmatch(choice) for choice in wanted.get("REGEX", "").split("|")]
    return [word[1] for word in words if word] if all(words) else list(wanted.get("IN", []))


def _last_part(word: str) -> str:
    """Return what stands among the words of every text with this token, which may begin within a word: `n’t`."""
    parts = _WORD_OR_SIGN.findall(word.lower())
    return parts[-1] if parts else ""


def _most_words(rule: Rule) -> float:
    """Return how many words between blanks a whole line has at most that the rule matches: none is part of two."""
    if not rule.whole or isinstance(rule.pattern, str):
        return inf
    bounded = all(token.get("OP", "1") in _BOUNDED for token in rule.pattern)
    return len(rule.pattern) + _ICON if bounded else inf


# outlines ------------------------------------------------------------------------------------------------------------

_Part = tuple[str, bool]  # an expression for the words of a token, and whether the token may be absent


def _outline(rule: Rule) -> Iterator[re.Pattern[str]]:
    """Yield an expression for each stretch of tokens whose words are known; one for a whole line is held at its ends.

    Between two stretches stands what the pattern does not name word by word, or what it repeats: so no expression
    repeats a group, and each reads a text once.
    """
    stretches = _stretches(rule)
    for place, parts in enumerate(stretches):
        begins, ends = rule.whole and place == 0, rule.whole and place == len(stretches) - 1
        parts = parts if begins else list(dropwhile(_is_optional, parts))
        parts = parts if ends else list(dropwhile(_is_optional, parts[::-1]))[::-1]
        if not all(map(_is_optional, parts)):
            words = "".join(rf"(?:{words}\s*)?" if optional else rf"{words}\s*" for words, optional in parts)
            yield re.compile((r"\A\s*" if begins else "") + words + (r"\Z" if ends else ""))


def _is_optional(part: _Part) -> bool:
    return part[1]


def _stretches(rule: Rule) -> list[list[_Part]]:
    if isinstance(rule.pattern, str):
        return [[(re.escape(word), False) for word in _WORD_OR_SIGN.findall(rule.pattern.lower())]]
    stretches: list[list[_Part]] = [[]]
    for token in rule.pattern:
        words, often = _expression(_wanted(token)), token.get("OP", "1")
        if words and often in ("1", "?", "+"):
            stretches[-1].append((words, often == "?"))
        if not words or often not in ("1", "?"):
            stretches.append([])
    return stretches


def _expression(wanted: object) -> str:
    """Return an expression for a token that is one of some words or all of a plain expression, "" for any other."""
    if isinstance(wanted, dict) and (whole := _WHOLE_TOKEN.fullmatch(wanted.get("REGEX", ""))):
        return f"(?i:{whole[1]})"
    words = _literals(wanted)
    choices = "|".join(map(re.escape, words))
    return f"(?:{choices})" if len(words) > 1 else choices
