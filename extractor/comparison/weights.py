"""What words and matters weigh: a rare one more than one that stands in the reports of many forces.

A topic weighs more than a word, and a word inside a stock phrase less than the same word elsewhere.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.comparison.texts import Text
from extractor.rulebook.lexicon import Lexicon

WEIGHT = {"topic": 3.0, "subject": 1.8, "word": 1.5, "demand": 1.5, "manner": 1.2, "weak": 0.35, "frame": 0.0}
STOCK = 0.6  # what a mark inside a stock phrase keeps of its weight
_RARE = 100  # one finding in so many
_STOCK_FORCES = 5  # a phrase in the reports of so many forces is stock
_PHRASE = 4  # marks


@dataclass(slots=True)
class Weights:
    """What a mark weighs, learned once from all findings of all forces."""

    lexicon: Lexicon
    findings: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    matters: Counter[str] = field(default_factory=Counter)
    stock: frozenset[tuple[str, ...]] = frozenset()

    @classmethod
    def learn(cls, lexicon: Lexicon, texts: Iterable[tuple[str, Text]]) -> Weights:
        """Count marks, matters and phrases over (force_id, text) of every finding."""
        counts: Counter[str] = Counter()
        matters: Counter[str] = Counter()
        forces: dict[tuple[str, ...], set[str]] = {}
        findings = 0
        for force, text in texts:
            findings += 1
            counts.update(set(text.marks))
            matters.update(text.matters)
            for phrase in _phrases(text.marks):
                forces.setdefault(phrase, set()).add(force)
        stock = frozenset(phrase for phrase, users in forces.items() if len(users) >= _STOCK_FORCES)
        return cls(lexicon, findings, counts, matters, stock)

    def of(self, mark: str) -> float:
        """Return what a mark weighs; one in every second finding weighs 0.3 of one in a hundred."""
        return WEIGHT[self.lexicon.facet(mark)] * self._rarity(self.counts[mark])

    def of_matters(self, matters: Iterable[str]) -> dict[str, float]:
        """Return what each of some matters weighs."""
        return {matter: self._rarity(self.matters[matter]) for matter in matters}

    def _rarity(self, count: int) -> float:
        share = (count + 1.5) / (self.findings + 60)
        return min(1.0, max(0.3, -math.log(share) / math.log(_RARE)))

    def in_text(self, marks: Sequence[str]) -> dict[str, float]:
        """Return the weight of each mark of one text; a mark that stands only in stock phrases keeps less."""
        weights = {mark: self.of(mark) for mark in marks}
        covered = [False] * len(marks)
        for at, phrase in enumerate(_phrases(marks)):
            if phrase in self.stock:
                covered[at : at + _PHRASE] = [True] * _PHRASE
        free = {mark for mark, stock in zip(marks, covered, strict=True) if not stock}
        return {mark: weight if mark in free else weight * STOCK for mark, weight in weights.items()}


def _phrases(marks: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(marks[at : at + _PHRASE]) for at in range(len(marks) - _PHRASE + 1))
