"""What comparing knows, from the rules: terms, openers, words about progress, question families, frameworks, themes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from extractor.comparison.matters import Matters
from extractor.comparison.texts import Openers
from extractor.rulebook import schema
from extractor.rulebook.lexicon import Lexicon
from extractor.rulebook.load import RulePacks, load_rules
from extractor.rulebook.schema import Family, Theme

SENSES = ("reference", "open", "resolved", "undone")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A form of words, with sentences that have it and sentences that do not."""

    id: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    sense: str = ""
    words: tuple[str, ...] = ()  # one of which a sentence must have, in small letters: a quick look before the pattern

    def found(self, sentence: str) -> bool:
        """Whether a sentence has this form of words."""
        return self.found_in(sentence, sentence.lower())

    def found_in(self, sentence: str, small: str) -> bool:
        """The same, with the sentence in small letters at hand."""
        if not self.words:
            return self.pattern.search(sentence) is not None
        for word in self.words:
            if word in small:
                return self.pattern.search(sentence) is not None
        return False


@dataclass(frozen=True, slots=True)
class Framework:
    """The cycles whose grades were given on one scale and by one method."""

    id: str
    cycles: tuple[str, ...]
    scale: tuple[str, ...]  # from the best
    about: str


@dataclass(frozen=True)
class CompareRules:
    """Everything that comparing knows."""

    lexicon: Lexicon
    matters: Matters
    link_model: schema.LinkModel
    openers: Openers
    opener_phrases: tuple[Phrase, ...]
    progress: tuple[Phrase, ...]
    caveats: tuple[Phrase, ...]
    families: Mapping[str, Family]
    frameworks: tuple[Framework, ...]
    themes: tuple[Theme, ...]
    orders: Mapping[str, int]  # each cycle's place in time

    def says(self, sense: str, sentence: str) -> bool:
        """Whether a sentence says something about progress in this sense."""
        small = sentence.lower()
        return any(phrase.found_in(sentence, small) for phrase in self._by_sense[sense])

    @cached_property
    def _by_sense(self) -> Mapping[str, tuple[Phrase, ...]]:
        return {sense: tuple(each for each in self.progress if each.sense == sense) for sense in SENSES}

    def framework(self, cycle: str | None) -> Framework | None:
        """Return the framework of a cycle; None for a cycle that is not known."""
        return next((each for each in self.frameworks if cycle in each.cycles), None)


def load_compare_rules(root: Path | str | None = None) -> CompareRules:
    """Return the rules for comparing.

    Raises:
        RuleError: the rules cannot be used; the message names every mistake with its file and line.
    """
    return _of(load_rules(root))


@lru_cache(maxsize=4)
def _of(packs: RulePacks) -> CompareRules:
    openers = _phrases(packs.openers)
    return CompareRules(
        lexicon=Lexicon(packs.terms, packs.words),
        matters=Matters(packs.word_families, packs.matters, packs.words.stems_kept()),
        link_model=packs.link_model,
        openers=Openers(phrase.pattern for phrase in openers),
        opener_phrases=openers,
        progress=_phrases(packs.progress),
        caveats=_phrases(packs.caveats),
        families={family.id: family for family in packs.families},
        frameworks=_frameworks(packs),
        themes=packs.themes,
        orders=packs.orders,
    )


def _phrases(rows: Iterable[schema.Phrase]) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(row.id, re.compile(row.pattern, re.IGNORECASE), row.examples, row.counter, row.sense, row.words)
        for row in rows
    )


def _frameworks(packs: RulePacks) -> tuple[Framework, ...]:
    """The cycles that a profile declares to be comparable, together."""
    of_cycles = {profile.framework: profile for profile in packs.profiles}
    return tuple(
        Framework(
            framework,
            tuple(each.cycle for each in packs.profiles if each.framework == framework),
            profile.grades,
            profile.comparable.about if profile.comparable else "",
        )
        for framework, profile in of_cycles.items()
    )
