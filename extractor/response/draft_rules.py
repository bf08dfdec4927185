"""The drafting rules of `rules/response/actions.jsonl`, and where they match in the words of one item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from extractor.rulebook.load import load_rules
from extractor.rulebook.schema import DraftRule


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

    def hits(self, does: str, start: int, end: int) -> list[Hit]:
        """Return the matches of rules that do this, wholly between two places, in reading order."""
        return [hit for hit in self.matches.get(does, ()) if hit.start >= start and hit.end <= end]

    def hits_in(self, does: str, words: Iterable[int]) -> list[Hit]:
        """Return the matches of rules that do this, all of whose words are among these."""
        places = set(words)
        return [hit for hit in self.matches.get(does, ()) if places.issuperset(range(hit.start, hit.end))]

    def sentence(self, place: int) -> Span:
        """Return the sentence in which a word stands."""
        return self.doc[place].sent


def read_item(finding: Mapping[str, Any], rules: Path) -> Item:
    """Return an item's stem and text with the matches of all rules.

    Raises:
        RuleError: the rules cannot be used.
    """
    nlp, matcher, by_id = _engine(rules)
    stem = finding.get("stem") or ""
    doc = nlp(f"{stem} {finding['text']}" if stem else finding["text"])
    item = Item(doc, finding["kind"], len(nlp.make_doc(stem)) if stem else 0)
    for name, start, end in matcher(doc):
        rule = by_id[nlp.vocab.strings[name]]
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


@cache
def _engine(folder: Path) -> tuple[Language, Matcher, dict[str, DraftRule]]:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = Matcher(nlp.vocab)
    by_id = {rule.id: rule for rule in drafting_rules(folder)}
    for rule in by_id.values():
        matcher.add(rule.id, [[dict(token) for token in rule.pattern]], greedy="LONGEST")
    return nlp, matcher, by_id
