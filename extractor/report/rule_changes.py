"""Which documents a change of the rules concerns: those where a changed rule did match something, or may match now.

What a document asked of the rules is known from its transcript. Where no changed rule has a part in the answers, they
are the same, and so are the document's tables. Whatever is in doubt counts as concerned.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractor.report.misprints import has_near_heading, known_headings
from extractor.rulebook.load import RulePacks
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.schema import Rule
from extractor.rulebook.transcript import Question, Transcript

_DIGITS = 12  # of a hash


@dataclass(frozen=True, slots=True)
class RulesState:
    """The rules that a document was read with, as far as others are compared with them."""

    tables: str  # version of all but the rules for words
    patterns: tuple[str, ...]  # a hash of what each rule for words matches and says, in their order
    headings: tuple[str, ...]  # what a misprinted heading may stand for


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept of how a document was read."""

    state: RulesState
    matching: frozenset[str]  # the hashes of the rules that matched something
    questions: tuple[Question, ...]
    asked: Mapping[str, Sequence[int]]  # by text: the numbers of the questions about it


def memory_of(transcript: Transcript, packs: RulePacks) -> Memory:
    """Return what is to be kept of a document's transcript, in an order that does not depend on how it was made."""
    questions = tuple(sorted(transcript.questions()))
    asked: dict[str, list[int]] = defaultdict(list)
    for number, question in enumerate(questions):
        for text in transcript.texts(question):
            asked[text].append(number)
    hashes = _hashes(packs)
    return Memory(state_of(packs), frozenset(map(hashes.__getitem__, transcript.matching())), questions, asked)


@cache
def state_of(packs: RulePacks) -> RulesState:
    """Return the state of the rules; made once in a process."""
    return RulesState(packs.version_of_tables, tuple(_hashes(packs).values()), known_headings(packs.rules))


@cache
def _hashes(packs: RulePacks) -> dict[str, str]:
    """Return a hash of each rule for words, by its id."""
    return {rule.id: _hash_of(rule) for rule in packs.rules}


def _hash_of(rule: Rule) -> str:
    says = rule.id, rule.pack, rule.label, rule.pattern, rule.value, rule.whole
    return hashlib.sha256(repr(says).encode()).hexdigest()[:_DIGITS]


class RuleChange:
    """The step from the rules of one state to others."""

    def __init__(self, old: RulesState, packs: RulePacks) -> None:
        """Find the rules that are new, gone, or say something else."""
        self.old = old
        new = state_of(packs)
        self._gone = set(old.patterns).difference(new.patterns)
        fresh = set(new.patterns).difference(old.patterns)
        added = {rule.id: rule for rule in packs.rules if _hashes(packs)[rule.id] in fresh}
        self._headings = set(old.headings).symmetric_difference(new.headings)
        self._labels = {rule.label for rule in added.values()}
        self._added = {
            pack: Labeller(rule for rule in packs.rules_of(pack) if rule.id in added)
            for pack in {"", *(rule.pack for rule in added.values())}
        }
        self._is_total = old.tables != new.tables or not _in_one_order(old.patterns, new.patterns)

    def concerns(self, memory: Memory) -> bool:
        """Say whether a document that was read with the old rules might be read otherwise with the new ones."""
        if self._is_total or not self._gone.isdisjoint(memory.matching):
            return True
        if self._headings and any(has_near_heading(text, self._headings) for text in memory.asked):
            return True
        answers = {number: question for number, question in enumerate(memory.questions) if self._is_put_to(question)}
        return any(
            self._may_answer(answers[number], text)
            for text, numbers in memory.asked.items()
            for number in numbers
            if number in answers
        )

    def _is_put_to(self, question: Question) -> bool:
        """Say whether a question asks for the label of a rule that is new."""
        return not self._labels.isdisjoint(question.labels) if question.labels else bool(self._labels)

    def _may_answer(self, question: Question, text: str) -> bool:
        added = self._added.get(question.pack, self._added[""])
        may_match = added.may_hold if question.in_part else added.may_match
        return may_match(text, *question.labels)


def _in_one_order(some: Sequence[str], others: Sequence[str]) -> bool:
    both = set(some).intersection(others)
    return [each for each in some if each in both] == [each for each in others if each in both]
