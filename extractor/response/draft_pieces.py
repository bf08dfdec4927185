"""A piece: one action in the making, as the places of its words in the item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extractor.rulebook.schema import DraftRule

if TYPE_CHECKING:
    from spacy.tokens import Doc

AS_PRINTED = "R0-as-printed"  # no rule could draft: the sentence stands as the report prints it
ELSEWHERE = "R4-elsewhere"  # it speaks of something that no word of the item names
JOINING = frozenset({"and", "or"})
MARKS = frozenset({",", ";", ":"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One action in the making."""

    words: tuple[int, ...]
    rules: tuple[str, ...] = ()
    subject: str = ""  # whom the item speaks to, as printed
    before: tuple[tuple[int, str], ...] = ()  # words put in before a place: the glue
    alternative: tuple[int, ...] = ()  # the means, offered as another action
    whole: bool = False  # a sentence that says nothing by itself and goes behind the one before as it is
    linking: tuple[int, ...] = ()  # marks and joining words before a clause that goes behind the one before
    named: frozenset[int] = field(default=frozenset())  # places of `it` that are written as the subject

    def by(self, rule: DraftRule, **changes: object) -> Piece:
        """Return the piece changed by a rule, which is noted."""
        return replace(self, rules=(*self.rules, rule.id), **changes)  # type: ignore[arg-type]

    @property
    def printed(self) -> bool:
        """Whether the words stand as the report prints them."""
        return AS_PRINTED in self.rules


def has_words(doc: Doc, words: Iterable[int]) -> bool:
    """Whether there is a word or number among these places."""
    return any(doc[n].is_alpha or doc[n].like_num for n in words)


def is_whole(piece: Piece) -> bool:
    """Whether a piece is a sentence as printed, which no step changes."""
    return piece.printed or piece.whole
