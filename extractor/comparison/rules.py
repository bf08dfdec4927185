"""What comparing knows, from the rules: terms, openers, words about progress, question families, frameworks, themes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from extractor.comparison.likeness import Openers
from extractor.errors import RuleError
from extractor.rulebook.lexicon import Lexicon, read_jsonl, read_terms
from extractor.rulebook.load import rules_root

SENSES = ("reference", "open", "resolved", "undone")


@dataclass(frozen=True, slots=True)
class Family:
    """A question over the years, under all its names."""

    id: str
    name: str
    near: frozenset[str]  # families whose findings may speak of the same thing
    then: frozenset[str]  # families that look at it where the family itself is gone


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


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject under which findings are counted, told by the terms they use."""

    id: str
    name: str
    terms: frozenset[str]
    questions: frozenset[str]
    examples: tuple[str, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True)
class CompareRules:
    """Everything that comparing knows."""

    lexicon: Lexicon
    openers: Openers
    opener_phrases: tuple[Phrase, ...]
    progress: tuple[Phrase, ...]
    caveats: tuple[Phrase, ...]
    families: Mapping[str, Family]
    frameworks: tuple[Framework, ...]
    themes: tuple[Theme, ...]

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
    """Load and validate the rules for comparing.

    Raises:
        RuleError: a file is missing or a rule is wrong; the message names the file and line.
    """
    return _load(Path(root) if root else rules_root())


@cache
def _load(root: Path) -> CompareRules:
    folder = root / "common"
    try:
        openers, progress = _phrases(folder / "openers.jsonl"), _phrases(folder / "progress.jsonl")
        families = {row["id"]: _family(row) for row in _rows(folder / "families.jsonl")}
        lexicon = Lexicon(read_terms(folder / "domain_terms.jsonl"))
        rules = CompareRules(
            lexicon,
            Openers(phrase.pattern for phrase in openers),
            openers,
            progress,
            _phrases(folder / "caveats.jsonl"),
            families,
            tuple(_framework(row) for row in _rows(folder / "frameworks.jsonl")),
            tuple(_theme(row) for row in _rows(folder / "themes.jsonl")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RuleError(f"{folder}: {error}") from error
    _check(rules)
    return rules


def _rows(file: Path) -> Iterable[dict[str, Any]]:
    return (row for _, row in read_jsonl(file))


def _phrases(file: Path) -> tuple[Phrase, ...]:
    phrases = []
    for where, row in read_jsonl(file):
        try:
            pattern = re.compile(row["pattern"], re.IGNORECASE)
        except (re.error, KeyError) as error:
            raise ValueError(f"{where}: the pattern cannot be read ({error})") from error
        phrases.append(
            Phrase(
                row["id"],
                pattern,
                tuple(row["examples"]),
                tuple(row["counter"]),
                row.get("sense", ""),
                tuple(row.get("words", ())),
            )
        )
    return tuple(phrases)


def _family(row: Mapping[str, Any]) -> Family:
    return Family(row["id"], row["name"], frozenset(row["near"]), frozenset(row["then"]))


def _framework(row: Mapping[str, Any]) -> Framework:
    return Framework(row["id"], tuple(row["cycles"]), tuple(row["scale"]), row["about"])


def _theme(row: Mapping[str, Any]) -> Theme:
    lists = (tuple(row.get(key, ())) for key in ("examples", "counter"))
    return Theme(row["id"], row["name"], frozenset(row["terms"]), frozenset(row.get("questions", ())), *lists)


def _check(rules: CompareRules) -> None:
    """Raise RuleError where rules name what does not exist."""
    mistakes = [
        f"progress.jsonl: {each.id}: unknown sense {each.sense!r}"
        for each in rules.progress
        if each.sense not in SENSES
    ]
    for theme in rules.themes:
        mistakes += _unknown("themes.jsonl", theme.id, theme.terms, rules.lexicon.facets)
        mistakes += _unknown("themes.jsonl", theme.id, theme.questions, rules.families)
    for family in rules.families.values():
        mistakes += _unknown("families.jsonl", family.id, family.near | family.then, rules.families)
    if mistakes:
        raise RuleError("\n".join(mistakes))


def _unknown(file: str, rule: str, named: Iterable[str], known: Iterable[str]) -> Sequence[str]:
    unknown = sorted(set(named) - set(known))
    return [f"{file}: {rule}: unknown {', '.join(unknown)}"] if unknown else []
