"""The drafting rules of `rules/response/actions.jsonl`, and where they match in the words of one item."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.response.draft_finder import Finder, Hit, Window
from extractor.rulebook.load import load_rules
from extractor.rulebook.matcher import english, make_doc
from extractor.rulebook.schema import DraftRule

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


@dataclass(slots=True)
class Item:
    """An item's words with all rule matches in them."""

    text: str
    doc: Doc
    kind: str
    stem_words: int
    finder: Finder
    windows: Mapping[str, Sequence[Window]]  # where rules may match, by what they do
    starts: list[int] = field(init=False)  # the first word of each sentence
    _found: dict[str, list[Hit]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find where sentences start."""
        self.starts = [sentence.start for sentence in self.doc.sents]

    def matches(self, does: str) -> list[Hit]:
        """Return the matches of rules that do this, in reading order."""
        found = self._found.get(does)
        if found is None:
            windows = self.windows.get(does)
            found = self._found[does] = self.finder.find(self.doc, windows) if windows else []
        return found

    def hits(self, does: str, start: int, end: int) -> list[Hit]:
        """Return the matches of rules that do this, wholly between two places, in reading order."""
        return [hit for hit in self.matches(does) if hit.start >= start and hit.end <= end]

    def hits_in(self, does: str, words: Iterable[int]) -> list[Hit]:
        """Return the matches of rules that do this, all of whose words are among these."""
        found = self.matches(does)
        places = frozenset(words) if found else frozenset()
        return [hit for hit in found if places.issuperset(range(hit.start, hit.end))]

    def printed(self, start: int, end: int, *, with_blank: bool = False) -> str:
        """Return the words between two places as printed, with the blank behind them or without."""
        last = self.doc[end - 1]
        begin, stop = self.doc[start].idx, last.idx + len(last)
        return self.text[begin : stop + len(last.whitespace_)] if with_blank else self.text[begin:stop]

    def sentence_start(self, place: int) -> int:
        """Return the place of the first word of the sentence in which a word stands."""
        return self.starts[bisect_right(self.starts, place) - 1]

    def sentence(self, place: int) -> Span:
        """Return the sentence in which a word stands."""
        after = bisect_right(self.starts, place)
        return self.doc[self.starts[after - 1] : self.starts[after] if after < len(self.starts) else len(self.doc)]


def read_item(stem: str, text: str, kind: str, rules: Path) -> Item:
    """Return an item's stem and text with the places where rules may match.

    Raises:
        RuleError: the rules cannot be used.
    """
    finder, whole = _finder(rules), f"{stem} {text}" if stem else text
    doc, stem_words = _sentences(whole), len(make_doc(stem)) if stem else 0
    return Item(whole, doc, kind, stem_words, finder, finder.windows(doc, kind))


def drafting_rules(folder: Path) -> tuple[DraftRule, ...]:
    """Return the drafting rules.

    Raises:
        RuleError: the rules cannot be used.
    """
    return load_rules(folder).drafting


@cache
def _finder(folder: Path) -> Finder:
    return Finder(drafting_rules(folder))


def _sentences(text: str) -> Doc:
    """Return a text's words with the sentences marked."""
    doc: Doc = _sentencizer()(english().make_doc(text))
    return doc


@cache
def _sentencizer() -> Callable[[Doc], Doc]:
    english()
    from spacy.pipeline import Sentencizer

    marks: Callable[[Doc], Doc] = Sentencizer()
    return marks
