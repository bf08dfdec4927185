"""How like two findings of one force are: 0 to 100.

Both texts lose the form of words they are dressed in ("The force should ensure that …"), become marks (`wording`), and
each mark weighs what it tells: a topic more than a word, a rare mark more than one that stands in the reports of many
forces, a word inside a stock phrase less than the same word elsewhere. The score joins the weight they share with
RapidFuzz's likeness of the words, and falls where the two ask for different things.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz

from extractor.rulebook.lexicon import Lexicon

WEIGHT = {"topic": 3.0, "subject": 1.8, "word": 1.5, "demand": 1.5, "manner": 1.2, "weak": 0.35, "frame": 0.0}
ALONE = 0.4  # of its weight: what a plain word counts against a pair when only one of the two has it
BOTH, PART = (
    0.4,
    0.34,
)  # the score is the shared weight as a part of both texts, of the lesser one, and RapidFuzz for the rest
OTHER_DEMAND = 0.68  # what the score keeps where both texts ask for something, and not for the same
ONE_DEMAND = 0.82  # where only one of them does
OTHER_STEP = 0.9  # where one asks that a thing be checked, taught or measured, and the other that it be done
OTHER_TOPIC = 0.87  # where each speaks of a topic that the other does not
SUBJECT_ONLY = 0.75  # where they share no more than the subject of the whole question
_STEPS = frozenset({"demand-supervise", "demand-train", "demand-scrutinise", "demand-evaluate"})
STOCK = 0.6  # what a mark inside a stock phrase keeps of its weight
CONTEXT = 0.5  # what a mark counts that only the surroundings have (the cause of concern above it, its explanation)
CLAUSE = 0.92  # what the likeness of two clauses counts for the findings they stand in
CLAUSE_LEAST = 3.0  # weight two clauses must share to be looked at: a topic
_STOCK_FORCES = 5  # a phrase in the reports of so many forces is stock
_PHRASE = 4  # marks


@dataclass(frozen=True, slots=True)
class Text:
    """A finding's words, ready to be compared."""

    bare: str  # without its opener
    marks: tuple[str, ...]
    context: frozenset[str] = frozenset()  # marks of its surroundings that it lacks itself
    clauses: tuple[tuple[str, tuple[str, ...]], ...] = ()  # its parts (words and marks), where it has several
    descriptive: bool = False  # says what is wrong, not what to do
    borrowed: frozenset[str] = frozenset()  # marks it has from the concern above it, having no subject of its own


@dataclass(frozen=True, slots=True)
class Likeness:
    """How one earlier text and one later text agree."""

    score: float  # 0 to 100
    shared: frozenset[str]  # marks of both
    kept: float  # share of the earlier text's weight that the later one has, 0 to 1
    old: float  # share of the later text's weight that the earlier one had, 0 to 1


class Openers:
    """The forms of words in which items are dressed."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self._patterns = tuple(patterns)

    def strip(self, text: str) -> str:
        """Return a text without the openers at its beginning, peeled one after another."""
        bare, before = text.strip(), ""
        while bare != before:
            before = bare
            for pattern in self._patterns:
                bare = pattern.sub("", bare, count=1).strip()
        return bare or text.strip()


@dataclass(slots=True)
class Weights:
    """What a mark weighs, learned once from all findings of all forces."""

    lexicon: Lexicon
    findings: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    stock: frozenset[tuple[str, ...]] = frozenset()

    @classmethod
    def learn(cls, lexicon: Lexicon, texts: Iterable[tuple[str, Sequence[str]]]) -> Weights:
        """Count marks and phrases over (force_id, marks) of every finding."""
        counts: Counter[str] = Counter()
        forces: dict[tuple[str, ...], set[str]] = {}
        findings = 0
        for force, marks in texts:
            findings += 1
            counts.update(set(marks))
            for phrase in _phrases(marks):
                forces.setdefault(phrase, set()).add(force)
        stock = frozenset(phrase for phrase, users in forces.items() if len(users) >= _STOCK_FORCES)
        return cls(lexicon, findings, counts, stock)

    def of(self, mark: str) -> float:
        """Return what a mark weighs; a mark in every second finding weighs 0.3 of one in a few."""
        rarity = math.log((self.findings + 60) / (self.counts[mark] + 1.5)) / math.log(self.findings + 60) * 1.3
        return WEIGHT[self.lexicon.facet(mark)] * min(1.0, max(0.3, rarity))

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


def same_words(earlier: str, later: str) -> bool:
    """Whether two texts are the same but for case, punctuation and the final full stop."""
    return re.findall(r"\w+", earlier.lower()) == re.findall(r"\w+", later.lower())


class Comparison:
    """The findings of one force, compared with one another, whole and by their clauses.

    The weight that any two share comes from one matrix product, so that most pairs cost next to nothing; RapidFuzz
    looks at those that share enough.
    """

    def __init__(self, texts: Sequence[Text], weights: Weights) -> None:
        self._learned = weights
        self._units: list[_Unit] = []
        self._of: list[list[int]] = []  # the units of each text, the whole one first
        for text in texts:
            self._of.append([])
            for number, (words, marks) in enumerate([(text.bare, text.marks), *text.clauses]):
                self._of[-1].append(len(self._units))
                self._units.append(_Unit(text, words, marks, weights, number > 0))

    def weights(self, at: int) -> dict[str, float]:
        """Return the weight of each mark of a text."""
        return self._units[self._of[at][0]].weights

    @cached_property
    def _shared(self) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """The weight that any two units share."""
        column = {
            mark: number for number, mark in enumerate(sorted({mark for unit in self._units for mark in unit.weights}))
        }
        matrix = np.zeros((len(self._units), len(column)), np.float32)
        for row, unit in enumerate(self._units):
            for mark, weight in unit.weights.items():
                matrix[row, column[mark]] = math.sqrt(weight)
        return np.asarray(matrix @ matrix.T, np.float32)

    def release(self) -> None:
        """Give back the memory that only finding links needs."""
        self.__dict__.pop("_shared", None)

    def candidates(self, earlier: Sequence[int], later: Sequence[int], least: float) -> list[tuple[int, int]]:
        """Return the pairs of which one, or one of its clauses, shares at least `least` of its weight."""
        rows, columns = ([(unit, at) for at in places for unit in self._of[at]] for places in (earlier, later))
        if not rows or not columns:
            return []
        lines, posts = ([unit for unit, _ in side] for side in (rows, columns))
        totals = np.array([unit.total for unit in self._units], np.float32)
        part = self._shared[np.ix_(lines, posts)] / np.minimum(totals[lines][:, None], totals[posts][None, :])
        return sorted({(rows[row][1], columns[column][1]) for row, column in np.argwhere(part >= least)})

    def between(self, earlier: int, later: int) -> Likeness:
        """Return how like two findings are: as wholes, or by the clauses that agree best."""
        best = self._compare(self._units[self._of[earlier][0]], self._units[self._of[later][0]])
        for one in self._of[earlier]:
            for other in self._of[later]:
                old, new = self._units[one], self._units[other]
                if (old.clause or new.clause) and self._shared[one, other] >= CLAUSE_LEAST and old.topics & new.topics:
                    part = self._compare(old, new)
                    if part.score * CLAUSE > best.score:
                        best = replace(part, score=round(part.score * CLAUSE, 1), kept=best.kept, old=best.old)
        return best

    def ratio(self, earlier: int, later: int) -> float:
        """Return RapidFuzz's ratio of the words of two findings, 0 to 100."""
        old, new = (self._units[self._of[at][0]].words for at in (earlier, later))
        return float(fuzz.ratio(old, new))

    def with_words(self, earlier: int, words: str) -> Likeness:
        """Return how like a finding and some other words are."""
        marks = self._learned.lexicon.marks(words)
        return self._compare(
            self._units[self._of[earlier][0]], _Unit(Text(words, tuple(marks)), words, marks, self._learned, False)
        )

    def _compare(self, old: _Unit, new: _Unit) -> Likeness:
        shared = old.weights.keys() & new.weights.keys()
        common = sum(math.sqrt(old.weights[mark] * new.weights[mark]) for mark in shared)
        near = sum(old.weights[mark] for mark in old.context_of(new)) + sum(
            new.weights[mark] for mark in new.context_of(old)
        )
        totals = old.counted(shared), new.counted(shared)
        joint = common + CONTEXT * near / 2
        both, part = min(1.0, 2 * joint / sum(totals)), min(1.0, joint / min(totals))
        score = (BOTH * both + PART * part) * 100 + (1 - BOTH - PART) * fuzz.token_set_ratio(old.words, new.words)
        kept, known = (min(1.0, common / each) for each in totals)
        score = round(min(score * _agreement(old, new, shared), 100.0), 1)
        return Likeness(score, frozenset(shared), kept, known)


def _agreement(old: _Unit, new: _Unit, shared: Set[str]) -> float:
    """Return what the score keeps where the two ask for different things, or speak of different ones."""
    keeps = 1.0
    asked = bool(shared & old.demands)
    descriptive = old.descriptive or new.descriptive  # says what fails, and so need not say what it asks for
    if not asked and (old.demands or new.demands) and not descriptive:
        keeps = OTHER_DEMAND if old.demands and new.demands else ONE_DEMAND
    if old.demands & _STEPS != new.demands & _STEPS and not descriptive:
        keeps *= OTHER_STEP
    if old.topics - shared and new.topics - shared:
        keeps *= OTHER_TOPIC
    if not asked and shared <= old.borrowed | new.borrowed | {"frame"}:
        keeps *= 0.5
    telling = shared & old.topics or shared & old.plain
    if not telling and not asked:
        keeps *= SUBJECT_ONLY
    return keeps if telling or shared & old.subjects else keeps * 0.5


class _Unit:
    """A text or one of its clauses."""

    __slots__ = (
        "borrowed",
        "clause",
        "context",
        "demands",
        "descriptive",
        "plain",
        "subjects",
        "topics",
        "total",
        "weights",
        "words",
    )

    def __init__(self, text: Text, words: str, marks: Sequence[str], weights: Weights, clause: bool) -> None:
        self.words, self.weights, self.clause = words.lower(), weights.in_text(marks), clause
        self.context, self.descriptive, self.borrowed = text.context, text.descriptive, text.borrowed
        self.total = sum(self.weights.values()) or 1.0
        facet = weights.lexicon.facet
        self.topics, self.subjects, self.plain, self.demands = (
            frozenset(mark for mark in self.weights if facet(mark) == name)
            for name in ("topic", "subject", "word", "demand")
        )

    def context_of(self, other: _Unit) -> Set[str]:
        """Return the marks of this text that only the other's surroundings have."""
        return self.weights.keys() & other.context

    def counted(self, shared: Set[str]) -> float:
        """Return the weight of a text; plain words that the other lacks count less: they differ in any rewording."""
        alone = sum(self.weights[mark] for mark in self.plain - shared)
        return (self.total - alone * (1 - ALONE)) or 1.0
