"""One place where a grade, or the lack of one, is stated, and which inspection its words speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.layout.blocks import Block, Text
from extractor.models import Box
from extractor.report.gradings.subjects import Subject
from extractor.rulebook.matcher import Labeller, Match
from extractor.rulebook.profile import Profile

_YEARS = re.compile(r"(20[1-9]\d)(?:\s*[/–-]\s*(?:20)?(\d\d)\b)?")


@dataclass(frozen=True, slots=True)
class Cycles:
    """The cycle of a report among all cycles, to tell its own years from those of other inspections."""

    own: str
    every: tuple[str, ...] = ()

    def others_in(self, words: str) -> Iterator[str]:
        """Yield each other cycle that the words name, else each other year, as tables write them."""
        own = _span(self.own)
        for match in _YEARS.finditer(words):
            first, last = _span_of(match)
            if not (own[0] <= first and last <= own[1]):
                yield self._written(match)

    def other_in(self, words: str) -> str | None:
        """Return the first other cycle or year that the words name."""
        return next(self.others_in(words), None)

    def alone_in(self, words: str) -> str | None:
        """Return the other cycle or year that is all of the words, be it in brackets."""
        words = words.strip(" ()")
        return self.other_in(words) if _YEARS.fullmatch(words) else None

    def _written(self, match: re.Match[str]) -> str:
        """The cycle of these years; years of no cycle as printed but for the dash."""
        known = next((cycle for cycle in self.every if match[2] and _span(cycle) == _span_of(match)), None)
        return known or (f"{match[1]}/{match[2]}" if match[2] else match[1])


def _span(cycle: str) -> tuple[int, int]:
    """First and last year of a cycle: 2021/22 → 2021, 2022."""
    match = _YEARS.match(cycle)
    return _span_of(match) if match else (0, 0)


def _span_of(match: re.Match[str]) -> tuple[int, int]:
    first = int(match[1])
    return first, first // 100 * 100 + int(match[2]) if match[2] else first


@dataclass(frozen=True, slots=True)
class GradeClues:
    """One document as the steps see it; no step changes it."""

    text: Text
    labels: Labeller
    profile: Profile
    pillar: str | None
    cycles: Cycles

    @property
    def body_size(self) -> float:
        return self.text.layout.body_size


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place where a grade, or the lack of one, is stated."""

    subject: Subject
    source: str  # label | row | column | sentence | statement
    grade: str | None
    basis: str  # inspected | carried_over | not_graded
    origin: str | None  # of a grade carried over: the inspection it comes from
    wording: str
    page: int | None
    boxes: tuple[Box, ...]
    rule_id: str

    @property
    def is_displayed(self) -> bool:
        """Is it no sentence?"""
        return self.source in ("label", "row", "column")


class Beside(NamedTuple):
    """What stands beside a grade in its row: that it is carried over, and from which inspection."""

    carried: bool = False
    origin: str | None = None


NOTHING_BESIDE = Beside()


def displayed(
    subject: Subject, source: str, match: Match, block: Block, cycles: Cycles, beside: Beside = NOTHING_BESIDE
) -> Evidence:
    """Return the evidence of a label or row; another year in it or beside it says that the grade is carried over."""
    origin = beside.origin or cycles.other_in(block.text)
    basis = "inspected"
    if match.label == "NO_GRADE" and not beside.carried:
        basis = "not_graded"
    elif origin or beside.carried:
        basis = "carried_over"
    return stated(subject, source, match, block, block.text, basis, origin)


def stated(
    subject: Subject,
    source: str,
    match: Match,
    block: Block,
    wording: str,
    basis: str = "inspected",
    origin: str | None = None,
) -> Evidence:
    """Return the evidence of some words in a block."""
    since = origin if basis == "carried_over" else None
    return Evidence(subject, source, match.value, basis, since, wording, block.page_first, block.boxes(), match.rule_id)


def of_subject(evidence: Sequence[Evidence], subject: Subject) -> list[Evidence]:
    """Return what is stated of one subject."""
    return [one for one in evidence if one.subject.key == subject.key]
