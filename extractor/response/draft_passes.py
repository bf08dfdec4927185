"""The steps from an item's sentences to its drafts: each takes the pieces so far and returns them a little further.

A piece is one action in the making: the places of its words in the item, in the order in which they will be written.
No step adds a word but `have` and the subject that the item itself names.
"""

from __future__ import annotations

from collections.abc import Callable

from extractor.response.draft_cuts import cut_phrases, cut_tails, offer_means, strip_start
from extractor.response.draft_demands import split_demands, take_demands
from extractor.response.draft_limbs import split_limbs
from extractor.response.draft_pieces import AS_PRINTED, Piece, has_words
from extractor.response.draft_rules import Item
from extractor.response.draft_sense import join_leaning, name_subject

Pass = Callable[[Item, list[Piece]], list[Piece]]


def pieces_of(item: Item) -> list[Piece]:
    """Return an item's pieces after all passes; at least one, as printed where no rule could draft."""
    pieces = [Piece(tuple(range(sentence.start, sentence.end))) for sentence in item.doc.sents]
    for step in PASSES:
        pieces = [piece for piece in step(item, pieces) if has_words(item.doc, piece.words)]
    return pieces or [_whole_first_sentence(item)]


def _whole_first_sentence(item: Item) -> Piece:
    """Take the first sentence that is neither the stem nor a remark, as it is."""
    start = item.stem_words if item.stem_words < len(item.doc) else 0
    sentences = [s for s in item.doc.sents if s.end > start and has_words(item.doc, range(s.start, s.end))]
    asking = [s for s in sentences if not item.hits("no_demand", s.start, s.end)]
    sentence = next(iter(asking or sentences), item.sentence(start))
    return Piece(tuple(range(max(start, sentence.start), sentence.end)), (AS_PRINTED,))


def keep_own_words(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Print the whole sentence where what is left is no good imperative (R0)."""
    drafted = [piece for piece in pieces if not piece.printed]
    bad = [item.sentence(piece.words[0]) for piece in drafted if item.hits_in("own_words", piece.words)]
    kept: list[Piece] = []
    for piece in pieces:
        sentence = next((each for each in bad if each.start <= piece.words[-1] < each.end), None)
        if sentence is None:
            kept.append(piece)
        elif not any(sentence.start in other.words for other in kept if other.printed):
            kept.append(Piece(tuple(range(sentence.start, sentence.end)), (AS_PRINTED,)))
    return kept


PASSES: tuple[Pass, ...] = (
    take_demands,
    split_limbs,
    split_demands,
    offer_means,
    strip_start,
    cut_tails,
    cut_phrases,
    name_subject,
    join_leaning,
    keep_own_words,
)
