"""The words of a finding, ready to be compared: without the form of words they are dressed in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A finding's words, ready to be compared."""

    bare: str  # without its opener
    marks: tuple[str, ...]
    context: frozenset[str] = frozenset()  # marks of its surroundings that it lacks itself
    clauses: tuple[tuple[str, ...], ...] = ()  # the marks of its parts, where it has several
    matters: frozenset[str] = frozenset()
    matters_around: frozenset[str] = frozenset()  # of its explanation, and of the recommendations made of a concern


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


def same_words(earlier: str, later: str) -> bool:
    """Whether two texts are the same but for case, punctuation and the final full stop."""
    return re.findall(r"\w+", earlier.lower()) == re.findall(r"\w+", later.lower())
