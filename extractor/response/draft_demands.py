"""What a sentence demands, without the subject and verb of obligation; a second demand is an action of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.response.draft_finder import Hit
from extractor.response.draft_pieces import AS_PRINTED, JOINING, MARKS, Piece, has_words, is_whole
from extractor.response.draft_rules import Item
from extractor.response.draft_sense import leans

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def take_demands(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Drop the subject and verb of obligation (R1, R2, R8); a sentence that demands nothing gives no piece."""
    taken: list[Piece] = []
    for piece in pieces:
        subject = next((other.subject for other in reversed(taken) if other.subject), "")
        for new in _demanded(item, item.sentence(piece.words[0])):
            taken.append(replace(new, subject=new.subject or subject))
    return taken


def _demanded(item: Item, sentence: Span) -> list[Piece]:
    start, end = sentence.start, sentence.end
    if item.hits("no_demand", start, end):
        return []
    demands = item.hits("demand", start, end)
    if not demands:
        return _causative(item, sentence)
    hit = min(demands, key=lambda hit: (hit.end, hit.start))
    leadin = [other.rule.id for other in item.hits("leadin", start, hit.start)][:1]
    body = tuple(range(hit.end - hit.rule.keep, end))
    if hit.rule.leans:  # “This should include …” says nothing by itself: its sentence stays whole
        return [Piece(tuple(range(start, end)), (hit.rule.id,), whole=True)]
    subject = _subject(item.printed(hit.start, hit.end)) if hit.rule.subject else ""
    before = ((body[0], hit.rule.glue),) if hit.rule.glue and body else ()
    return [Piece(body, (*leadin, hit.rule.id), subject, before)] if body else []


def _subject(match: str) -> str:
    """Return whom the sentence speaks to, as printed before the verb of obligation."""
    words = re.sub(r"\s+(?:should|must|(?:needs?|has|have|ought)\s+to)$", "", match, flags=re.I)
    return re.sub(r"^(The|This|All)\b", lambda first: first[0].lower(), words)


def _causative(item: Item, sentence: Span) -> list[Piece]:
    """Turn “This review should be recorded” into “Have this review recorded”, and the like."""
    for hit in item.hits("passive", sentence.start, sentence.end) + item.hits("active", sentence.start, sentence.end):
        words = _without_verb(item, hit, sentence.end)
        return [Piece(words, (hit.rule.id,), before=((words[0], hit.rule.glue),))]
    for hit in item.hits("front", sentence.start, sentence.end):
        verb = hit.end - 1
        first = next((n + 1 for n in range(hit.start, hit.end) if item.doc[n].text == ","), hit.start)
        rest = (*range(first, verb - 1), *range(hit.end, sentence.end))
        return [Piece((verb, *rest), (hit.rule.id,))]
    if any(_asks(token) for token in sentence):  # it asks for something, in words no rule knows: never drop that
        return [Piece(tuple(range(sentence.start, sentence.end)), (AS_PRINTED,))]
    return []


def _without_verb(item: Item, hit: Hit, end: int) -> tuple[int, ...]:
    """Return the words from a match on, without the verb of obligation."""
    left_out = {"should", "must"} | ({"be"} if hit.rule.does != "active" else set())
    return tuple(n for n in range(hit.start, end) if n >= hit.end or item.doc[n].lower_ not in left_out)


def _asks(token: Token) -> bool:
    """Whether a word asks for something; “the people it needs to meet demand” does not."""
    word = token.lower_
    if word != "needs":
        return word in ("should", "must")
    following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    relative = token.i > token.sent.start + 1 and token.nbor(-1).lower_ in ("it", "they", "who", "which", "that")
    return following == "to" and not relative


def split_demands(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Begin an action of its own where a second verb of obligation stands (R5), or join it in its place."""
    return [part for piece in pieces for part in ([piece] if is_whole(piece) else _second_demands(item, piece))]


def _second_demands(item: Item, piece: Piece) -> list[Piece]:
    hits = _splits(item, piece)
    ends = [piece.words.index(hit.start) for hit in hits] + [len(piece.words)]
    parts = [replace(piece, words=piece.words[: ends[0]], rules=(*piece.rules, *(hit.rule.id for hit in hits[:1])))]
    for hit, begin, end in zip(hits, ends[:-1], ends[1:], strict=True):
        parts.append(_second(item, piece, hit, piece.words[begin:end]))
    return parts


def _splits(item: Item, piece: Piece) -> list[Hit]:
    """Return where further demands begin, none within another, each with words of its own."""
    hits: list[Hit] = []
    for hit in item.hits_in("split", piece.words):
        apart = not hits or hit.start >= hits[-1].end
        if apart and hit.start != piece.words[0] and has_words(item.doc, (n for n in piece.words if n >= hit.end - 1)):
            hits.append(hit)
    return hits


def _second(item: Item, piece: Piece, hit: Hit, words: Sequence[int]) -> Piece:
    """Return a further demand of a piece as an action; with what links it, where it makes no sense alone."""
    rest = _after(item, hit, words)
    linking = tuple(n for n in range(hit.start, hit.end) if _links(item.doc[n]) and n < rest[0])
    before = ((rest[0], hit.rule.glue),) if hit.rule.glue else ()
    part = replace(piece.by(hit.rule), words=rest, before=before)
    return replace(part, linking=linking) if leans(item, rest, piece.subject) else part


def _links(token: Token) -> bool:
    return token.text in MARKS or token.lower_ in JOINING


def _after(item: Item, hit: Hit, words: Sequence[int]) -> tuple[int, ...]:
    """Return what a second demand asks for: its words without the verb of obligation."""
    if hit.rule.glue:  # a passive: “and the results should be shared”
        drop = {"should", "must", "be"}
        first = next(n for n in words if not _links(item.doc[n]))
        return tuple(n for n in words if n >= first and (n >= hit.end or item.doc[n].lower_ not in drop))
    return tuple(n for n in words if n >= hit.end - hit.rule.keep)
