"""Which question or area is this? Headings against the crosswalk of all cycles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from extractor.rulebook.tables import Question

_NO_WORD = re.compile(r"[^a-z0-9]+")
_PREFIX = re.compile(r"^(?:Overview|Question \d+|Q\d+|\d+\.?)\s*[–—:-]?\s+")
_PART = 15  # letters: shorter parts resemble anything
_FULL = 5  # words: shorter titles must be equal, since ordinary sub-headings resemble them


def plain(title: str) -> str:
    """Return a title as it is compared: small letters and figures only, `&` as `and`."""
    return _NO_WORD.sub(" ", title.lower().replace("&", " and ").replace("’", "").replace("'", "")).strip()


class Crosswalk:
    """The known wordings of one cycle."""

    def __init__(self, questions: Sequence[Question], cycle: str | None, pillar: str | None, likeness: float) -> None:
        self._likeness = likeness
        wanted = [question for question in questions if question.cycle == cycle]
        if pillar and pillar != "integrated":
            wanted = [question for question in wanted if question.pillar in (pillar, "integrated")] or wanted
        self._known: dict[str, Question] = {}
        for question in wanted:
            self._known.setdefault(plain(question.title), question)
        self._shorts: dict[str, Question] = {}
        for question in wanted:
            self._shorts.setdefault(plain(question.short), question)
        self.find = lru_cache(maxsize=4096)(self._find)

    def _find(self, heading: str) -> Question | None:
        """Return the question a heading is a wording of, or None."""
        words = plain(_PREFIX.sub("", heading.strip()))
        if not words:
            return None
        if words in self._known:
            return self._known[words]
        if len(words.split()) < _FULL:
            return None
        best = process.extractOne(words, self._known.keys(), scorer=fuzz.ratio, score_cutoff=self._likeness)
        return self._known[best[0]] if best and len(best[0].split()) >= _FULL else None

    def is_wording(self, name: str) -> bool:
        """Say whether words are a known title or short name, letter for letter."""
        return plain(name) in self._known or plain(name) in self._shorts

    def find_short(self, name: str) -> Question | None:
        """Return the question a short name of a judgments table stands for, or None."""
        words = plain(name)
        exact = self._shorts.get(words) or self._known.get(words)
        if exact or not words:
            return exact
        best = process.extractOne(words, [*self._shorts, *self._known], scorer=fuzz.ratio, score_cutoff=self._likeness)
        return (self._shorts.get(best[0]) or self._known[best[0]]) if best else None

    def resembles(self, words: str) -> bool:
        """Say whether words look like a part of a known question."""
        part = plain(words)
        return len(part) > _PART and any(fuzz.partial_ratio(part, title) >= self._likeness for title in self._known)

    def all(self) -> tuple[Question, ...]:
        """Return every wording."""
        return tuple(self._known.values())
