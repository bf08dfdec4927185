"""Headings of items whose letters are wrong: “Area for improvment”, “Area for lmprovement”, a glyph lost.

The words must be those of a known heading but for a letter or two, the type a heading's, and what follows an item. They
are then read as the heading they stand for, and every item below says so with its flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from extractor.layout.blocks import Block, Text
from extractor.report.headings import is_heading
from extractor.report.sections import GRADE_LABELS, ITEM_LABELS
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.schema import Rule

_WRONG = 2  # letters at most, and
_LETTERS_EACH = 9  # so many letters of the heading for each wrong one: “Recommendation” is short
_LONGEST = 5  # words of a heading that is known whole
_PLAIN = re.compile(r"[a-z]+(?: [a-z]+)*")
_BEGIN = ("OPENER", "CARRIED", "COC_WORDS", "REC_LEAD")


def misprinted_headings(text: Text, labels: Labeller, rules: Iterable[Rule]) -> dict[str, str]:
    """Return the printed words of each misprinted heading of items, and the heading they stand for."""
    known = known_headings(rules)
    misprints: dict[str, str] = {}
    for block, follower in pairwise(text.reading):
        if not _is_short(block.text) or labels.has(block.text, *ITEM_LABELS, *GRADE_LABELS):
            continue
        if not _is_set_as_heading(block, text):
            continue
        heading = nearest_heading(block.text, known)
        if heading and _begins_item(follower, labels):
            misprints[block.text] = heading
    return misprints


def known_headings(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return the examples of the rules for headings of items, without their numbers and signs."""
    examples = (example for rule in rules if rule.label in ITEM_LABELS for example in rule.examples)
    plain = {example.lower() for example in examples if _is_short(example)}
    return tuple(sorted(heading for heading in plain if _PLAIN.fullmatch(heading)))


def nearest_heading(words: str, known: Iterable[str]) -> str | None:
    """Return the known heading that words are but for a letter or two, None where there is none."""
    distance, heading = min(_near_headings(words, known), default=(_WRONG + 1, ""))
    return heading if 0 < distance <= min(_WRONG, len(heading) // _LETTERS_EACH) else None


def has_near_heading(words: str, headings: Iterable[str]) -> bool:
    """Say whether any of some headings could decide for what words are taken."""
    return _is_short(words) and any(distance <= _WRONG for distance, _ in _near_headings(words, headings))


def _near_headings(words: str, headings: Iterable[str]) -> list[tuple[int, str]]:
    """Return the headings of about as many letters, each with how many are wrong; more than a few count as one more."""
    bare = " ".join(re.sub(r"[^\w ]", "", words).lower().split())
    long = [heading for heading in headings if abs(len(heading) - len(bare)) <= _WRONG]
    return [(DamerauLevenshtein.distance(bare, heading, score_cutoff=_WRONG), heading) for heading in long]


def _is_short(words: str) -> bool:
    return len(words.split()) <= _LONGEST


def _is_set_as_heading(block: Block, text: Text) -> bool:
    return is_heading(block, text) or block.all_bold or block.frame is not None


def _begins_item(block: Block, labels: Labeller) -> bool:
    return block.kind == "bullet" or block.all_bold or labels.has(block.text, *_BEGIN)
