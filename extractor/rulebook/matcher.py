"""Say which rules a piece of text matches: spaCy's tokeniser and Matcher, loaded from the rule packs.

Only headings, boxes and candidate sentences are tokenised, never the whole of a report's prose.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from operator import attrgetter
from types import ModuleType
from typing import TYPE_CHECKING

from extractor.rulebook.load import RulePacks
from extractor.rulebook.quick_look import (
    Gate,
    NeededWords,
    QuickLook,
    Sight,
    gate_of,
    is_long,
    quick_looks,
    without_icon,
)
from extractor.rulebook.schema import Rule
from extractor.rulebook.transcript import Heard, Transcript

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

_KEPT = 1 << 14  # texts of which a labeller keeps what it saw


@dataclass(frozen=True, slots=True)
class Match:
    """One rule's hit: the words from character `start` to `end` of the text."""

    label: str
    rule_id: str
    start: int
    end: int
    text: str
    value: str | None


class _Seen(Sight):
    """A text with the matches of the labels that were asked for."""

    def __init__(self, text: str, needed: NeededWords) -> None:
        super().__init__(text, needed)
        self.known: dict[tuple[str, ...], tuple[Match, ...]] = {}


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

    A text is looked at once; it is tokenised only when a rule may match by all that can be told quickly.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._looks: dict[str, list[QuickLook]] = {}
        for look in quick_looks(tuple(rules)):
            self._looks.setdefault(look.rule.label, []).append(look)
        self._needed = NeededWords(chain.from_iterable(self._looks.values()))
        self._gates: dict[tuple[str, ...], Gate] = {}
        self._matchers: dict[str, Matcher] = {}
        self._seen: dict[str, _Seen] = {}
        self.read_as: Mapping[str, str] = {}  # texts that are taken for others
        self._heard: Heard | None = None

    def heard_by(self, heard: Heard) -> Labeller:
        """Return a labeller of the same rules that writes down what it is asked and what it answers."""
        other = copy(self)
        other._heard = heard
        return other

    def reading(self, read_as: Mapping[str, str]) -> Labeller:
        """Return a labeller of the same rules that takes some texts for others: misprints for what they stand for."""
        other = copy(self)
        other.read_as = read_as
        return other

    def matches(self, text: str, *labels: str) -> tuple[Match, ...]:
        """Return the matches of rules with these labels (of all, when none is named), in order of place."""
        return self._told(text, labels)

    def _told(self, text: str, labels: tuple[str, ...]) -> tuple[Match, ...]:
        seen = self._sight(text)
        known = self._known(seen, labels)
        if self._heard is not None:
            self._heard.answers[labels][seen.text] = known
        return known

    def _known(self, seen: _Seen, labels: tuple[str, ...]) -> tuple[Match, ...]:
        known = seen.known.get(labels)
        if known is None:
            known = seen.known[labels] = self._answer(seen, labels)
        return known

    def _sight(self, text: str) -> _Seen:
        if self.read_as:
            text = self.read_as.get(text, text)
        seen = self._seen.get(text)
        if seen is None:
            if len(self._seen) >= _KEPT:
                self._seen.clear()
            seen = self._seen[text] = _Seen(text, self._needed)
        return seen

    def _answer(self, seen: _Seen, labels: tuple[str, ...]) -> tuple[Match, ...]:
        if not self._gate(labels).lets_by(seen):
            return ()
        if len(labels) == 1:
            found = list(self._find(seen, labels[0]))
        else:
            found = [match for label in labels or self._looks for match in self._known(seen, (label,))]
        found.sort(key=attrgetter("start"))
        return tuple(found)

    def _gate(self, labels: tuple[str, ...]) -> Gate:
        gate = self._gates.get(labels)
        if gate is None:
            gate = self._gates[labels] = gate_of(list(self._looks_of(labels)))
        return gate

    def _looks_of(self, labels: tuple[str, ...]) -> Iterator[QuickLook]:
        return chain.from_iterable(self._looks.get(label, ()) for label in labels or self._looks)

    def _find(self, seen: _Seen, label: str) -> Iterator[Match]:
        """Yield the matches of one label, rule by rule; only what passes all quick looks is tokenised."""
        for rule, words in self._likely(seen, label):
            yield from self._matches_of(rule, make_doc(words))

    def _likely(self, seen: _Seen, label: str) -> Iterator[tuple[Rule, str]]:
        """Yield the rules of a label that may match by all that can be told quickly, with the words to match."""
        likely = [look for look in self._looks.get(label, ()) if not look.scarce.isdisjoint(seen.words)]
        fitting = [look for look in likely if look.fits(seen)]
        if not fitting:
            return
        line, long = without_icon(seen.text), is_long(seen.text)
        for look in fitting:
            words = line if look.rule.whole else seen.text
            if not (look.rule.whole and long) and look.may_match(words.lower()):
                yield look.rule, words

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

    def may_hold(self, text: str, *labels: str) -> bool:
        """Say whether a rule of the labels may match a part of a text: it has every word that one of them needs."""
        seen = self._sight(text)
        holds = self._held(seen, labels)
        if self._heard is not None:
            self._heard.parts[labels][seen.text] = holds
        return holds is not None

    def _held(self, seen: _Seen, labels: tuple[str, ...]) -> str | None:
        """Return the id of the first rule of the labels that may match a part of a text."""
        if self._gate(labels).words.isdisjoint(seen.words):
            return None
        return next((look.rule.id for look in self._looks_of(labels) if look.has_words_in(seen)), None)

    def first(self, text: str, *labels: str) -> Match | None:
        """Return the first match of one of the labels, or None."""
        found = self._told(text, labels)
        return found[0] if found else None

    def has(self, text: str, *labels: str) -> bool:
        """Say whether a rule of one of the labels matches."""
        return bool(self._told(text, labels))

    def may_match(self, text: str, *labels: str) -> bool:
        """Say whether a rule of the labels may match, by all that is told without tokenising."""
        seen = self._sight(text)
        return any(True for label in labels or self._looks for _ in self._likely(seen, label))


def _tokens(rule: Rule) -> list[dict[str, object]]:
    if isinstance(rule.pattern, str):
        return [{"LOWER": token.lower_} for token in make_doc(rule.pattern)]
    return [dict(token) for token in rule.pattern]


_labellers: dict[tuple[str, str], Labeller] = {}


def labeller(packs: RulePacks, pack: str = "", transcript: Transcript | None = None) -> Labeller:
    """Return the labeller of the common rules and those of one pack; made once per process and rules version.

    What a document asks of it goes into the document's transcript.
    """
    key = packs.version, pack if pack in packs.packs_with_rules else ""
    if key not in _labellers:
        _labellers[key] = Labeller(packs.rules_of(key[1]))
    return _labellers[key].heard_by(transcript.of(pack)) if transcript is not None else _labellers[key]


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
