"""What kinds of problem a text raises: words of the field that stand together in one sentence.

A word by itself tells little ("reach", "attend", "file"): a matter is known by families of words, a verb and its object
mostly, wherever in a sentence they stand and however they are put.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

import snowballstemmer

from extractor.rulebook.schema import Matter, WordFamily

_SENTENCE = re.compile(r"(?<=[.!?])\s+|;\s+")
_RECENT = 1_024  # texts whose matters are remembered: a concern is asked about again for each recommendation
_TOKEN = re.compile(r"[a-z0-9']+")


class Matters:
    """The kinds of problem that inspections raise.

    Args:
        families: words that stand for one another.
        matters: ways to speak of a kind of problem, as families that meet in a sentence.
        kept: words that keep their form, with that form ("investigator" is no "investigation").
    """

    def __init__(
        self, families: Iterable[WordFamily], matters: Iterable[Matter], kept: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._stemmer = snowballstemmer.stemmer("english")
        self._stems: dict[str, str] = dict(kept)
        self._forms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for family in families:
            for form in family.forms:
                words = tuple(self._words(form))
                self._forms.setdefault(words[0], []).append((words, family.id))
        self._known = lru_cache(maxsize=_RECENT)(self._of)
        self._ways: dict[str, list[tuple[frozenset[str], str]]] = {}  # by one family that each needs
        for matter in matters:
            for way in matter.ways:
                self._ways.setdefault(way[0], []).append((frozenset(way), matter.id))

    def of(self, text: str) -> frozenset[str]:
        """Return the ids of the matters that some sentence of a text speaks of."""
        return self._known(text)

    def _of(self, text: str) -> frozenset[str]:
        return frozenset(matter for sentence in _SENTENCE.split(text) for matter in self._in_sentence(sentence))

    def _in_sentence(self, sentence: str) -> Iterator[str]:
        families = self._families(self._words(sentence))
        ways = (each for family in families for each in self._ways.get(family, ()))
        met = [(way, matter) for way, matter in ways if way <= families]
        # "stalking" says nothing that "the risk in cases of stalking" does not
        yield from (matter for way, matter in met if not any(way < other for other, _ in met))

    def _families(self, words: list[str]) -> set[str]:
        return {
            family
            for at, word in enumerate(words)
            for form, family in self._forms.get(word, ())
            if len(form) == 1 or tuple(words[at : at + len(form)]) == form
        }

    def _words(self, text: str) -> list[str]:
        return [self._stem(word) for word in _TOKEN.findall(text.lower().replace("’", "'").replace("-", " "))]

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = str(self._stemmer.stemWord(word))
        return self._stems[word]
