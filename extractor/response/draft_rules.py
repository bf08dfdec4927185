"""The drafting rules of `rules/response/actions.jsonl`, and where they match in the words of one item."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.rulebook.load import load_rules
from extractor.rulebook.matcher import english
from extractor.rulebook.schema import DraftRule

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule matches: words from `start` up to, not including, `end`."""

    start: int
    end: int
    rule: DraftRule


@dataclass(slots=True)
class Item:
    """An item's words with all rule matches in them."""

    doc: Doc
    kind: str
    stem_words: int
    matches: dict[str, list[Hit]] = field(default_factory=dict)
    starts: list[int] = field(init=False)  # the first word of each sentence

    def __post_init__(self) -> None:
        """Find where sentences start."""
        self.starts = [sentence.start for sentence in self.doc.sents]

    def hits(self, does: str, start: int, end: int) -> list[Hit]:
        """Return the matches of rules that do this, wholly between two places, in reading order."""
        return [hit for hit in self.matches.get(does, ()) if hit.start >= start and hit.end <= end]

    def hits_in(self, does: str, words: Iterable[int]) -> list[Hit]:
        """Return the matches of rules that do this, all of whose words are among these."""
        places = set(words)
        return [hit for hit in self.matches.get(does, ()) if places.issuperset(range(hit.start, hit.end))]

    def sentence_start(self, place: int) -> int:
        """Return the place of the first word of the sentence in which a word stands."""
        return self.starts[bisect_right(self.starts, place) - 1]

    def sentence(self, place: int) -> Span:
        """Return the sentence in which a word stands."""
        return self.doc[place].sent


def read_item(finding: Mapping[str, Any], rules: Path) -> Item:
    """Return an item's stem and text with the matches of all rules.

    Raises:
        RuleError: the rules cannot be used.
    """
    engine, stem = _engine(rules), finding.get("stem") or ""
    doc = _sentences(f"{stem} {finding['text']}" if stem else finding["text"])
    item = Item(doc, finding["kind"], len(english().make_doc(stem)) if stem else 0)
    for name, start, end in engine.matcher(doc):
        rule = engine.rules[english().vocab.strings[name]]
        if not rule.kinds or item.kind in rule.kinds:
            item.matches.setdefault(rule.does, []).append(Hit(start, end, rule))
    for hits in item.matches.values():
        hits.sort(key=lambda hit: (hit.start, -hit.end))
    return item


def drafting_rules(folder: Path) -> tuple[DraftRule, ...]:
    """Return the drafting rules.

    Raises:
        RuleError: the rules cannot be used.
    """
    return load_rules(folder).drafting


@dataclass(frozen=True, slots=True)
class _Engine:
    """The drafting rules, and spaCy's matcher that finds them."""

    matcher: Matcher
    rules: Mapping[str, DraftRule]


@cache
def _engine(folder: Path) -> _Engine:
    vocab = english().vocab  # first of all: it knows how to import spaCy without its command line
    from spacy.matcher import Matcher

    rules = {rule.id: rule for rule in drafting_rules(folder)}
    matcher = Matcher(vocab)
    for rule in rules.values():
        matcher.add(rule.id, [[dict(token) for token in rule.pattern]], greedy="LONGEST")
    return _Engine(matcher, rules)


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
