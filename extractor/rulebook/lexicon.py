"""Words of the trade: from printed text to the things it speaks of.

A text becomes *marks*: the identifiers of the terms in `rules/common/domain_terms.jsonl` that it uses ("MASH" and
"multi-agency safeguarding hub" are one mark), and the stems of all its other words. What a term is worth depends on
its facet: `topic` (what an item is about), `subject` (what a whole question is about, so that it tells less), `demand`
(what an item asks for), `manner` (how it should be done), `weak` (words found everywhere), `frame` (the form of words
an item is dressed in; worth nothing). A word in no term has the facet `word`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import snowballstemmer

from extractor.rulebook.profile import PlainWords
from extractor.rulebook.schema import Term

_TOKEN = re.compile(r"[a-z]+|\d+")


class Lexicon:
    """Terms, and the way from a text to its marks.

    Args:
        terms: what the reports speak of.
        words: words that tell nothing, and words that keep their form.
    """

    def __init__(self, terms: Sequence[Term], words: PlainWords) -> None:
        self.terms = tuple(terms)
        self.facets: Mapping[str, str] = {term.id: term.facet for term in terms}
        self._says = {term.id: term.says for term in terms if term.says}
        self._stemmer = snowballstemmer.stemmer("english")
        self._stems: dict[str, str] = words.stems_kept() | dict.fromkeys(words.small.split(), "")
        self._forms: dict[tuple[str, ...], set[str]] = {}
        for term in terms:
            for form in term.forms:
                self._forms.setdefault(tuple(self.stems(form)), set()).update((term.id, *term.also))
        self._marks: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._longest = max((len(form) for form in self._forms), default=0)

    def stems(self, text: str) -> list[str]:
        """Return the stems of a text's words, small words left out."""
        folded = text.lower().replace("’", "'").replace("'s ", " ").replace("&", " and ")
        return [stem for word in _TOKEN.findall(folded) if (stem := self._stem(word))]

    def _stem(self, word: str) -> str:
        """Return a word's stem, "" for a small word."""
        stem = self._stems.get(word)
        if stem is None:
            stem = self._stems[word] = str(self._stemmer.stemWord(word))
        return stem

    def marks(self, text: str) -> list[str]:
        """Return the marks of a text in its order, with repeats.

        The longest term counts, and inside it the shorter ones that tell something of their own.
        """
        words = self.stems(text)
        found: list[str] = []
        at = 0
        while at < len(words):
            length = next(
                (
                    size
                    for size in range(min(self._longest, len(words) - at), 0, -1)
                    if tuple(words[at : at + size]) in self._forms
                ),
                0,
            )
            found += self._inside(tuple(words[at : at + length])) if length else [words[at]]
            at += length or 1
        return found

    def _inside(self, form: tuple[str, ...]) -> tuple[str, ...]:
        """Return the marks of one matched form: its own, and of the forms within it those that are not weak."""
        if form not in self._marks:
            marks = set(self._forms[form])
            for start in range(len(form)):
                for end in range(start + 1, len(form) + 1):
                    inner = self._forms.get(form[start:end], ())
                    marks.update(mark for mark in inner if self.facet(mark) in ("topic", "subject", "demand"))
            self._marks[form] = tuple(sorted(marks))
        return self._marks[form]

    def facet(self, mark: str) -> str:
        """Return the facet of a mark; `word` for one that is no term."""
        return self.facets.get(mark, "word")

    def name(self, mark: str) -> str:
        """Return a mark in words, as readers see it."""
        return self._says.get(mark) or mark.removeprefix("demand-").replace("-", " ")
