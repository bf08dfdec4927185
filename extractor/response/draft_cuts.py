"""What falls away from a draft: urgency at its start, clauses of purpose and detail at its end, fixed phrases."""

from __future__ import annotations

from dataclasses import replace

from extractor.response.draft_finder import Hit
from extractor.response.draft_pieces import MARKS, Piece, is_whole
from extractor.response.draft_rules import Item


def offer_means(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Offer the means as another action (R10); where a tail would take it away, it becomes an action of its own."""
    found: list[Piece] = []
    for piece in pieces:
        hit = next(iter(item.hits_in("alternative", piece.words) if not is_whole(piece) else []), None)
        if hit is None:
            found.append(piece)
            continue
        means = tuple(n for n in piece.words if n >= hit.end - hit.rule.keep)
        tails = [tail for tail in _tails(item, piece) if tail.start < hit.start]
        if tails:
            found += [piece.by(hit.rule), Piece(means, (hit.rule.id,), piece.subject)]
        else:
            found.append(piece.by(hit.rule, alternative=means))
    return found


def strip_start(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Take away urgency and frames at the start (R3)."""
    return [piece if is_whole(piece) else _stripped(item, piece) for piece in pieces]


def _stripped(item: Item, piece: Piece) -> Piece:
    while piece.words:
        first = piece.words[0]
        found = (*item.hits("strip", first, len(item.doc)), *item.matches("frame"))
        hit = next((each for each in found if each.start <= first < each.end and each.start >= first - 1), None)
        if hit:
            piece = piece.by(hit.rule, words=tuple(n for n in piece.words if n >= hit.end))
        elif item.doc[first].text in MARKS:
            piece = replace(piece, words=piece.words[1:])
        else:
            break
    return piece


def cut_tails(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Cut clauses of purpose and detail at the end (R7)."""
    return [piece if is_whole(piece) else _cut(item, piece) for piece in pieces]


def _cut(item: Item, piece: Piece) -> Piece:
    for hit in _tails(item, piece):
        if hit.start in piece.words:
            piece = piece.by(hit.rule, words=tuple(n for n in piece.words if n < hit.start))
    return piece


def _tails(item: Item, piece: Piece) -> list[Hit]:
    """Return where the piece may be cut, the firm cuts first; never where a list of limbs would go."""
    phrase = not any(hit.start <= piece.words[0] + 1 for hit in item.hits_in("note", piece.words))
    found = []
    for hit in item.hits_in("tail", piece.words):
        later = [item.doc[n].text for n in piece.words if n >= hit.end]
        limbs = ":" in later or ";" in later
        held = hit.rule.needs_phrase and (not phrase or (hit.rule.no_comma_after and "," in later))
        if hit.start in piece.words[2:] and not limbs and not held:
            found.append(hit)
    return sorted(found, key=lambda hit: hit.rule.needs_phrase)


def cut_phrases(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Take fixed phrases out, and note where clauses are not to be cut before their verb (R7, R9)."""
    found = []
    for piece in pieces:
        for hit in item.hits_in("phrase", piece.words) if not is_whole(piece) else []:
            piece = piece.by(hit.rule, words=tuple(n for n in piece.words if not hit.start <= n < hit.end))
        for hit in item.hits_in("note", piece.words)[:1] if not is_whole(piece) else []:
            piece = piece.by(hit.rule)
        found.append(piece)
    return found
