"""What one document asked of the rules, and what they answered.

Reading a document is a calculation from its lines and these answers: rules that answer alike give the same tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractor.rulebook.matcher import Match

Labels = tuple[str, ...]


class Question(NamedTuple):
    """What is asked about a text: whether the rules of a pack with these labels (none: with any) match it."""

    pack: str
    labels: Labels
    in_part: bool  # only whether they may match a part of it


class Heard:
    """What the rules of one pack were asked."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.answers: defaultdict[Labels, dict[str, tuple[Match, ...]]] = defaultdict(dict)  # by text
        self.parts: defaultdict[Labels, dict[str, str | None]] = defaultdict(dict)  # a rule that may match, by text


class Transcript:
    """The questions and answers of one document."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._packs: defaultdict[str, Heard] = defaultdict(Heard)

    def of(self, pack: str) -> Heard:
        """Return where the questions to a pack are written down."""
        return self._packs[pack]

    def questions(self) -> Iterator[Question]:
        """Yield each question that was asked."""
        for pack, heard in self._packs.items():
            yield from (Question(pack, labels, False) for labels in heard.answers)
            yield from (Question(pack, labels, True) for labels in heard.parts)

    def texts(self, question: Question) -> Iterable[str]:
        """Return the texts that a question was asked about."""
        heard = self._packs[question.pack]
        return heard.parts[question.labels] if question.in_part else heard.answers[question.labels]

    def matching(self) -> set[str]:
        """Return the ids of the rules that matched something, or for which a part of a text was looked at."""
        every = (answers for heard in self._packs.values() for answers in heard.answers.values())
        parts = (parts for heard in self._packs.values() for parts in heard.parts.values())
        matched = {match.rule_id for answers in every for matches in answers.values() for match in matches}
        return matched.union(held for rules in parts for held in rules.values() if held is not None)
