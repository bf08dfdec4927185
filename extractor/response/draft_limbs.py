"""One piece per limb of a list: “…: a; and b”, “that a; that b”, “by ensuring that: …”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.response.draft_finder import Hit
from extractor.response.draft_pieces import JOINING, Piece, is_whole
from extractor.response.draft_rules import Item
from extractor.response.draft_sense import leans

if TYPE_CHECKING:
    from spacy.tokens import Doc


def split_limbs(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Make one piece per limb of a list (R4); of a long area for improvement only the headline is drafted (R6)."""
    return [limb for piece in pieces for limb in ([piece] if is_whole(piece) else _limbs(item, piece))]


def _limbs(item: Item, piece: Piece) -> list[Piece]:
    doc, (first, last) = item.doc, (piece.words[0], piece.words[-1] + 1)
    for hit in item.hits("umbrella", first, last):
        if hit.end < last and (doc[hit.end].text == ":" or _has(doc, ";", hit.end, last)):
            return _under_umbrella(item, piece, hit)
    for hit in item.hits("headline", first + 2, last):
        return [piece.by(hit.rule, words=tuple(range(first, hit.start)))]
    for hit in item.hits("limbs", first, last):
        if hit.start < item.stem_words or _has(doc, ";", hit.end, last):
            if _is_cut(item, first, hit.start):
                break  # “including by: a; b” is the tail of one demand, not a list of demands
            head = tuple(range(first, hit.start))
            return _under_head(item, piece.by(hit.rule) if head else piece, head, hit.end, last)
    return _series(item, piece, first, last)


def _has(doc: Doc, mark: str, start: int, end: int) -> bool:
    return any(doc[n].text == mark for n in range(start, end))


def _is_cut(item: Item, first: int, end: int) -> bool:
    return any(hit.start > first + 1 for hit in item.hits("tail", first, end))


def _series(item: Item, piece: Piece, first: int, last: int) -> list[Piece]:
    """Split “that a; that b”, unless a later limb speaks of an earlier one."""
    hits = item.hits("series", first, last)
    opening = next((n for n in range(first, hits[0].start) if item.doc[n].lower_ == "that"), None) if hits else None
    if opening is None:
        return [piece]
    head = tuple(range(first, opening))
    starts = [opening, *(hit.end - hit.rule.keep for hit in hits)]
    limbs = [tuple(range(a, b)) for a, b in zip(starts, [*(hit.start for hit in hits), last], strict=True)]
    if any(leans(item, limb, piece.subject) for limb in limbs[1:]):
        return [piece]
    return [piece.by(hits[0].rule, words=head + limb) for limb in limbs]


def _under_head(item: Item, piece: Piece, head: tuple[int, ...], start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    for limb in _at_semicolons(item, start, end):
        frame = any(hit.start <= limb[0] < hit.end for hit in item.hits("frame", start, end))
        head = () if frame else head  # “and within three months should: …” begins anew
        if pieces and (_is_elliptical(item, limb) or leans(item, limb, piece.subject)):
            words = pieces[-1].words
            pieces[-1] = replace(pieces[-1], words=(*words, *range(words[-1] + 1, limb[-1] + 1)))
        else:
            pieces.append(replace(piece, words=head + limb))
    return pieces


def _is_elliptical(item: Item, limb: Sequence[int]) -> bool:
    """Whether a limb has no verb of its own: “within three working days in all other cases”."""
    return any(hit.start == limb[0] and hit.end >= limb[-1] for hit in item.hits("elliptical", limb[0], limb[-1] + 1))


def _under_umbrella(item: Item, piece: Piece, hit: Hit) -> list[Piece]:
    """Split “improve X by ensuring that: staff do a; and staff do b”; keep the umbrella where a limb needs it."""
    pieces = []
    umbrella = tuple(range(piece.words[0], hit.end))
    for limb in _at_semicolons(item, hit.end + (item.doc[hit.end].text == ":"), piece.words[-1] + 1):
        own = next((each for each in item.hits("subject", limb[0], limb[-1] + 1) if each.start == limb[0]), None)
        if own:
            words = tuple(range(own.end - own.rule.keep, limb[-1] + 1))
            pieces.append(piece.by(hit.rule).by(own.rule, words=words))
        else:
            pieces.append(piece.by(hit.rule, words=umbrella + limb))
    return pieces


def _at_semicolons(item: Item, start: int, end: int) -> list[tuple[int, ...]]:
    limbs: list[list[int]] = [[]]
    for n in range(start, end):
        if item.doc[n].text == ";":
            limbs.append([])
        elif limbs[-1] or item.doc[n].lower_ not in JOINING:
            limbs[-1].append(n)
    return [tuple(limb) for limb in limbs if any(item.doc[n].is_alpha for n in limb)]
