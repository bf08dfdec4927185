"""Drafts that must make sense alone: whether words speak of something before them, and what is done then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from extractor.response.draft_pieces import ELSEWHERE, MARKS, Piece, is_whole
from extractor.response.draft_rules import Item

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ONE = frozenset({"a", "an", "one", "each", "another", "every"})
_THE = frozenset({"the", "its", "this"})
_PLURALS = frozenset({"people", "staff", "children", "police", "men", "women", "workforce"})


def leans(item: Item, words: Sequence[int], subject: str) -> bool:
    """Whether words speak of something that stands before them, so that they make no sense alone."""
    places = set(words)
    for hit in item.matches("leans"):
        place = hit.start
        if place not in places:
            continue
        if item.doc[place].lower_ == "it" and _named_by_rule(item, words, place) and subject:
            continue
        before = [n for n in words if n < place]
        if hit.rule.leans or not _meant(item.doc, before, plural=item.doc[place].lower_ != "it"):
            return True
    return False


def _meant(doc: Doc, words: Sequence[int], plural: bool) -> bool:
    """Whether words name something that a later `it` (or `they`) may mean."""
    if plural:
        return any(_is_plural(doc[n]) for n in words)
    return any(doc[n].lower_ in _ONE or (doc[n].lower_ in _THE and _names_one(doc, n, words)) for n in words)


def _is_plural(token: Token) -> bool:
    word = token.lower_
    return word in _PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")))


def _names_one(doc: Doc, place: int, words: Sequence[int]) -> bool:
    """Whether the noun behind an article is one thing; its last word before a small word or mark counts."""
    after = [doc[n] for n in words if n > place]
    phrase = list(takewhile(lambda token: token.is_alpha and not token.is_stop, after))
    return bool(phrase) and not _is_plural(phrase[-1])


def _named_by_rule(item: Item, words: Sequence[int], place: int) -> bool:
    return any(hit.start <= place < hit.end for hit in item.hits_in("subject_for_it", words))


def name_subject(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Write `it` as the subject that the item names (R11), where nothing else can be meant."""
    return [piece if is_whole(piece) or not piece.subject else _named(item, piece) for piece in pieces]


def _named(item: Item, piece: Piece) -> Piece:
    for hit in item.hits_in("subject_for_it", piece.words):
        place = next(n for n in range(hit.start, hit.end) if item.doc[n].lower_ == "it")
        before = [n for n in piece.words if n < hit.start]
        if piece.named:
            break  # a second `it` means the subject just named
        if not (hit.rule.alone and _meant(item.doc, before, plural=False)):
            piece = piece.by(hit.rule, named=piece.named | {place})
    return piece


def join_leaning(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Put a sentence that makes no sense alone behind the one it speaks of."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and not piece.printed and _leans_back(item, piece):
            last = joined[-1]
            link = piece.linking or _stop(item, last)
            joined[-1] = replace(
                last, words=last.words + link + piece.words, rules=(*last.rules, *piece.rules),
                before=last.before + piece.before, named=last.named | piece.named,
            )  # fmt: skip
        else:
            alone = not joined and not piece.printed and leans(item, piece.words, piece.subject)
            joined.append(replace(piece, rules=(*piece.rules, ELSEWHERE)) if alone else piece)
    return joined


def _leans_back(item: Item, piece: Piece) -> bool:
    if piece.whole or piece.linking:
        return True
    return not piece.named and leans(item, piece.words, piece.subject) and _starts_sentence(item, piece)


def _starts_sentence(item: Item, piece: Piece) -> bool:
    """Whether a piece is its sentence's first, so that the sentence before may be what it speaks of."""
    start = item.sentence_start(piece.words[0])
    return start > 0 and not any(item.doc[n].text in MARKS for n in range(start, piece.words[0]))


def _stop(item: Item, piece: Piece) -> tuple[int, ...]:
    """Return the place of the full stop behind a piece, where a tail took it away."""
    end = item.sentence(piece.words[-1]).end - 1
    return () if end in piece.words else (end,)
