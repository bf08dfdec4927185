"""Words of the trade: from printed text to the things it speaks of.

A text becomes *marks*: the identifiers of the terms in `rules/common/domain_terms.jsonl` that it uses ("MASH" and
"multi-agency safeguarding hub" are one mark), and the stems of all its other words. What a term is worth depends on
its facet: `topic` (what an item is about), `subject` (what a whole question is about, so that it tells less), `demand`
(what an item asks for), `manner` (how it should be done), `weak` (words found everywhere), `frame` (the form of words
an item is dressed in; worth nothing). A word in no term has the facet `word`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import snowballstemmer

from extractor.rulebook.load import rules_root

FACETS = ("topic", "subject", "word", "demand", "manner", "weak", "frame")
_TOKEN = re.compile(r"[a-z]+|\d+")
_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing the reports speak of, under all the names they have for it."""

    id: str
    facet: str
    forms: tuple[str, ...]
    also: tuple[str, ...]  # other terms that are meant whenever this one is
    examples: tuple[str, ...]
    counter: tuple[str, ...]


class Lexicon:
    """Terms, and the way from a text to its marks."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        self.facets: Mapping[str, str] = {term.id: term.facet for term in terms}
        self._forms: dict[tuple[str, ...], set[str]] = {}
        for term in terms:
            for form in term.forms:
                self._forms.setdefault(tuple(stems(form)), set()).update((term.id, *term.also))
        self._marks: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._longest = max((len(form) for form in self._forms), default=0)

    def marks(self, text: str) -> list[str]:
        """Return the marks of a text in its order, with repeats.

        The longest term counts, and inside it the shorter ones that tell something of their own.
        """
        words = stems(text)
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


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, small words left out."""
    folded = text.lower().replace("’", "'").replace("'s ", " ").replace("&", " and ")
    return [stem for word in _TOKEN.findall(folded) if (stem := _stem(word))]


@cache
def _stem(word: str) -> str:
    """Return a word's stem, "" for a small word."""
    small, kept = _plain_words()
    return "" if word in small else kept.get(word) or str(_stemmer.stemWord(word))


@cache
def _plain_words() -> tuple[frozenset[str], Mapping[str, str]]:
    words = tomllib.loads((rules_root() / "common" / "words.toml").read_text(encoding="utf-8"))
    return frozenset(words["small"].split()), {
        word: stem for stem, forms in words["kept"].items() for word in forms.split()
    }


def read_terms(file: Path) -> list[Term]:
    """Return the terms of one file.

    Raises:
        ValueError: a line is not a term, a name is used twice or a facet is unknown; the message names the line.
    """
    terms: dict[str, Term] = {}
    for where, row in read_jsonl(file):
        term = Term(
            row["id"],
            row.get("facet", ""),
            *(tuple(row.get(key, ())) for key in ("forms", "with", "examples", "counter")),
        )
        if term.facet not in FACETS or not term.forms or term.id in terms:
            raise ValueError(f"{where}: a term needs a name of its own, a facet ({', '.join(FACETS)}) and forms")
        terms[term.id] = term
    unknown = sorted({other for term in terms.values() for other in term.also} - set(terms))
    if unknown:
        raise ValueError(f"{file.name}: unknown terms {', '.join(unknown)}")
    return list(terms.values())


def read_jsonl(file: Path) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield (place, row) for each line of a rule file.

    Raises:
        ValueError: a line is not JSON or has no `id`; the message names the file and line.
    """
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        where = f"{file.name}:{number}"
        try:
            row = json.loads(line)
            row["id"]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{where}: not a rule in JSON with an `id`") from error
        yield where, row
