"""Say which rules a piece of text matches: spaCy's tokeniser and Matcher, loaded from the rule packs.

Only headings, boxes and candidate sentences are tokenised, never the whole of a report's prose.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from extractor.rulebook.load import RulePacks
from extractor.rulebook.schema import Rule

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

_WORD = re.compile(r"\w+")
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")
_SYMBOLS = re.compile(r"^[^\w\s]+\s+")  # an icon before a heading
_ANY = ""  # stands among the words of every text
_NONE, _ALL = frozenset[str](), frozenset((_ANY,))
_LONGEST_WHOLE = 30  # words: a rule for whole lines is not tried on longer ones
_ICON = 1  # word that may stand before a whole line
_BOUNDED = ("1", "?", "!")  # how often a token may come, where that is once at most
_WHOLE_WORD = re.compile(r"(?:\^|/|\\b)(\w+)(?:\\b|\\\.|\$)")  # in a regular expression: a word between its ends


@dataclass(frozen=True, slots=True)
class Match:
    """One rule's hit: the words from character `start` to `end` of the text."""

    label: str
    rule_id: str
    start: int
    end: int
    text: str
    value: str | None


class Quick(NamedTuple):
    """A rule, and what tells without tokenising that it does not match."""

    rule: Rule
    needed: tuple[frozenset[str], ...]  # groups of words: a text must hold one of each
    most: float  # words between blanks that a text may have


@cache
def english() -> Language:
    """Return spaCy's English tokeniser, without any model; made once per process."""
    with _without_command_line():
        import spacy

    return spacy.blank("en")


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Let `import spacy` pass over spaCy's own command line: that is half of the import, and never used here."""
    names = () if "spacy" in sys.modules else ("spacy.cli", "spacy.cli.info")
    for name in names:
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name])["info"] = None
    try:
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)


class Labeller:
    """Matches a set of rules; the answers are kept, since headings and openings recur.

    A text is tokenised only when it holds every word that some rule cannot do without, and is not too long for it.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, list[Quick]] = {}
        for rule in rules:
            self._rules.setdefault(rule.label, []).append(Quick(rule, _needed_words(rule), _most_words(rule)))
        self._matchers: dict[str, Matcher] = {}
        self._together = {label: _one_needed(quick) for label, quick in self._rules.items()}
        self._any: dict[tuple[str, ...], frozenset[str]] = {}
        self._known: dict[tuple[str, str], tuple[Match, ...]] = {}
        self._answers: dict[tuple[str, tuple[str, ...]], tuple[Match, ...]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self.read_as: Mapping[str, str] = {}  # texts that are taken for others

    def reading(self, read_as: Mapping[str, str]) -> Labeller:
        """Return a labeller of the same rules that takes some texts for others: misprints for what they stand for."""
        other = copy(self)
        other.read_as = read_as
        return other

    def matches(self, text: str, *labels: str) -> tuple[Match, ...]:
        """Return the matches of rules with these labels (of all, when none is named), in order of place."""
        text = self.read_as.get(text, text)
        answer = self._answers.get((text, labels))
        if answer is None:
            answer = self._answers[text, labels] = self._answer(text, labels)
        return answer

    def _answer(self, text: str, labels: tuple[str, ...]) -> tuple[Match, ...]:
        words = self._words_of(text)
        if labels not in self._any:
            self._any[labels] = _NONE.union(*(self._together.get(label, _NONE) for label in labels or self._rules))
        if self._any[labels].isdisjoint(words):
            return ()
        likely = [label for label in labels or self._rules if not self._together.get(label, _NONE).isdisjoint(words)]
        found = [match for label in likely for match in self._of(text, label)]
        return tuple(sorted(found, key=lambda match: match.start))

    def _of(self, text: str, label: str) -> tuple[Match, ...]:
        known = self._known.get((text, label))
        if known is None:
            known = self._known[text, label] = tuple(self._find(text, label))
        return known

    def _find(self, text: str, label: str) -> Iterable[Match]:
        words = self._words_of(text)
        length = len(text.split())
        long = len(words) > _LONGEST_WHOLE
        for rule, needed, most in self._rules.get(label, ()):
            fits = length <= most and not (rule.whole and long)
            if fits and not any(group.isdisjoint(words) for group in needed):
                yield from self._matches_of(rule, make_doc(_SYMBOLS.sub("", text) if rule.whole else text))

    def _words_of(self, text: str) -> frozenset[str]:
        words = self._words.get(text)
        if words is None:
            words = self._words[text] = frozenset((*_WORD_OR_SIGN.findall(text.lower()), _ANY))
        return words

    def _matches_of(self, rule: Rule, doc: Doc) -> Iterable[Match]:
        for _, start, end in self._matcher(rule)(doc):
            if not rule.whole or (start == 0 and end == len(doc)):
                span = doc[start:end]
                yield Match(rule.label, rule.id, span.start_char, span.end_char, span.text, rule.value)

    def _matcher(self, rule: Rule) -> Matcher:
        matcher = self._matchers.get(rule.id)
        if matcher is None:
            from spacy.matcher import Matcher

            matcher = self._matchers[rule.id] = Matcher(english().vocab, validate=False)
            matcher.add(rule.id, [_tokens(rule)], greedy="LONGEST")
        return matcher

    def first(self, text: str, *labels: str) -> Match | None:
        """Return the first match of one of the labels, or None."""
        found = self.matches(text, *labels)
        return found[0] if found else None

    def has(self, text: str, *labels: str) -> bool:
        """Say whether a rule of one of the labels matches."""
        return bool(self.matches(text, *labels))


def _tokens(rule: Rule) -> list[dict[str, object]]:
    if isinstance(rule.pattern, str):
        return [{"LOWER": token.lower_} for token in make_doc(rule.pattern)]
    return [dict(token) for token in rule.pattern]


def _one_needed(rules: Iterable[Quick]) -> frozenset[str]:
    """Words of which a text must hold one for any of these rules to match: one of each rule, the least common."""
    scarce = (
        min(quick.needed, key=lambda group: (len(group), -max(map(len, group)))) if quick.needed else _ALL
        for quick in rules
    )
    return frozenset().union(*scarce)


def _needed_words(rule: Rule) -> tuple[frozenset[str], ...]:
    """For each token that a rule cannot do without: the words it may be, of which the text then holds one."""
    if isinstance(rule.pattern, str):
        return tuple(frozenset((word,)) for word in _WORD.findall(rule.pattern.lower()))
    groups = []
    for token in rule.pattern:
        if token.get("OP", "1") not in ("1", "+"):
            continue
        words = [_last_part(word) for word in _forms(token.get("LOWER", token.get("TEXT", token.get("ORTH"))))]
        if words and all(words):
            groups.append(frozenset(words))
    return tuple(groups)


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


_labellers: dict[tuple[str, str], Labeller] = {}


def labeller(packs: RulePacks, pack: str = "") -> Labeller:
    """Return the labeller of the common rules and those of one pack; made once per process and rules version."""
    rules = packs.rules_of(pack)
    key = packs.version, pack if len(rules) > len(packs.rules_of("")) else ""
    if key not in _labellers:
        _labellers[key] = Labeller(rules)
    return _labellers[key]


def example_mistakes(rules: Iterable[Rule]) -> list[str]:
    """Return a line for each example that its rule does not match and each counter-example that it does."""
    mistakes = []
    for rule in rules:
        alone = Labeller([rule])
        mistakes += [
            f"{rule.origin} {rule.id}: does not match its example {text!r}"
            for text in rule.examples
            if not alone.matches(text)
        ]
        mistakes += [
            f"{rule.origin} {rule.id}: matches its counter-example {text!r}"
            for text in rule.counter
            if alone.matches(text)
        ]
    return mistakes


@lru_cache(maxsize=512)
def make_doc(text: str) -> Doc:
    """Return a spaCy Doc of `text`, tokenised as the rules see it."""
    return english().make_doc(text)
