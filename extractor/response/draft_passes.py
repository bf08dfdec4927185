"""The steps from an item's sentences to its drafts: each takes the pieces so far and returns them a little further.

A piece is one action in the making: the places of its words in the item, in the order in which they will be written.
No step adds a word but `have` and the subject that the item itself names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from extractor.response.draft_rules import Hit, Item
from extractor.rulebook.schema import DraftRule

AS_PRINTED = "R0-as-printed"  # no rule could draft: the sentence stands as the report prints it
ELSEWHERE = "R4-elsewhere"  # it speaks of something that no word of the item names
JOINING = frozenset({"and", "or"})
_MARKS = frozenset({",", ";", ":"})
_OBLIGATION = frozenset({"should", "must", "it", "they", "to"})
_ONE = frozenset({"a", "an", "one", "each", "another", "every"})
_THE = frozenset({"the", "its", "this"})
_PLURALS = frozenset({"people", "staff", "children", "police", "men", "women", "workforce"})


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


Pass = Callable[[Item, list[Piece]], list[Piece]]


def pieces_of(item: Item) -> list[Piece]:
    """Return an item's pieces after all passes; at least one, as printed where no rule could draft."""
    pieces = [Piece(tuple(range(sentence.start, sentence.end))) for sentence in item.doc.sents]
    for step in PASSES:
        pieces = [piece for piece in step(item, pieces) if has_words(item.doc, piece.words)]
    return pieces or [_whole_first_sentence(item)]


def has_words(doc: Doc, words: Iterable[int]) -> bool:
    """Whether there is a word or number among these places."""
    return any(doc[n].is_alpha or doc[n].like_num for n in words)


def _whole_first_sentence(item: Item) -> Piece:
    """Take the first sentence that is neither the stem nor a remark, as it is."""
    start = item.stem_words if item.stem_words < len(item.doc) else 0
    sentences = [s for s in item.doc.sents if s.end > start and has_words(item.doc, range(s.start, s.end))]
    asking = [s for s in sentences if not item.hits("no_demand", s.start, s.end)]
    sentence = next(iter(asking or sentences), item.sentence(start))
    return Piece(tuple(range(max(start, sentence.start), sentence.end)), (AS_PRINTED,))


# what the sentence demands -------------------------------------------------------------------------------------------


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
    subject = _subject(item.doc[hit.start : hit.end]) if hit.rule.subject else ""
    before = ((body[0], hit.rule.glue),) if hit.rule.glue and body else ()
    return [Piece(body, (*leadin, hit.rule.id), subject, before)] if body else []


def _subject(match: Span) -> str:
    """Return whom the sentence speaks to, as printed before the verb of obligation."""
    words = re.sub(r"\s+(?:should|must|(?:needs?|has|have|ought)\s+to)$", "", match.text, flags=re.I)
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
    if token.lower_ in ("should", "must"):
        return True
    following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    relative = token.i > token.sent.start + 1 and token.nbor(-1).lower_ in ("it", "they", "who", "which", "that")
    return token.lower_ == "needs" and following == "to" and not relative


# limbs ---------------------------------------------------------------------------------------------------------------


def split_limbs(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Make one piece per limb of a list (R4); of a long area for improvement only the headline is drafted (R6)."""
    return [limb for piece in pieces for limb in ([piece] if _is_whole(piece) else _limbs(item, piece))]


def _is_whole(piece: Piece) -> bool:
    return piece.printed or piece.whole


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


# a second demand -----------------------------------------------------------------------------------------------------


def split_demands(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Begin an action of its own where a second verb of obligation stands (R5), or join it in its place."""
    return [part for piece in pieces for part in ([piece] if _is_whole(piece) else _second_demands(item, piece))]


def _second_demands(item: Item, piece: Piece) -> list[Piece]:
    hits: list[Hit] = []
    for hit in item.hits_in("split", piece.words):
        apart = not hits or hit.start >= hits[-1].end
        if apart and hit.start != piece.words[0] and has_words(item.doc, (n for n in piece.words if n >= hit.end - 1)):
            hits.append(hit)
    ends = [piece.words.index(hit.start) for hit in hits] + [len(piece.words)]
    parts = [replace(piece, words=piece.words[: ends[0]], rules=(*piece.rules, *(hit.rule.id for hit in hits[:1])))]
    for hit, begin, end in zip(hits, ends[:-1], ends[1:], strict=True):
        rest = _after(item, hit, piece.words[begin:end])
        linking = tuple(n for n in range(hit.start, hit.end) if _links(item.doc[n]) and n < rest[0])
        before = ((rest[0], hit.rule.glue),) if hit.rule.glue else ()
        part = replace(piece.by(hit.rule), words=rest, before=before)
        parts.append(replace(part, linking=linking) if leans(item, rest, piece.subject) else part)
    return parts


def _links(token: Token) -> bool:
    return token.text in _MARKS or token.lower_ in JOINING


def _after(item: Item, hit: Hit, words: Sequence[int]) -> tuple[int, ...]:
    """Return what a second demand asks for: its words without the verb of obligation."""
    if hit.rule.glue:  # a passive: “and the results should be shared”
        drop = {"should", "must", "be"}
        first = next(n for n in words if not _links(item.doc[n]))
        return tuple(n for n in words if n >= first and (n >= hit.end or item.doc[n].lower_ not in drop))
    return tuple(n for n in words if n >= hit.end - hit.rule.keep)


def leans(item: Item, words: Sequence[int], subject: str) -> bool:
    """Whether words speak of something that stands before them, so that they make no sense alone."""
    places = set(words)
    for hit in item.matches.get("leans", ()):
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


# what falls away -----------------------------------------------------------------------------------------------------


def offer_means(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Offer the means as another action (R10); where a tail would take it away, it becomes an action of its own."""
    found: list[Piece] = []
    for piece in pieces:
        hit = next(iter(item.hits_in("alternative", piece.words) if not _is_whole(piece) else []), None)
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
    return [piece if _is_whole(piece) else _stripped(item, piece) for piece in pieces]


def _stripped(item: Item, piece: Piece) -> Piece:
    while piece.words:
        first = piece.words[0]
        found = (*item.hits("strip", first, len(item.doc)), *item.matches.get("frame", ()))
        hit = next((each for each in found if each.start <= first < each.end and each.start >= first - 1), None)
        if hit:
            piece = piece.by(hit.rule, words=tuple(n for n in piece.words if n >= hit.end))
        elif item.doc[first].text in _MARKS:
            piece = replace(piece, words=piece.words[1:])
        else:
            break
    return piece


def cut_tails(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Cut clauses of purpose and detail at the end (R7)."""
    return [piece if _is_whole(piece) else _cut(item, piece) for piece in pieces]


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
        for hit in item.hits_in("phrase", piece.words) if not _is_whole(piece) else []:
            piece = piece.by(hit.rule, words=tuple(n for n in piece.words if not hit.start <= n < hit.end))
        for hit in item.hits_in("note", piece.words)[:1] if not _is_whole(piece) else []:
            piece = piece.by(hit.rule)
        found.append(piece)
    return found


# what must make sense ------------------------------------------------------------------------------------------------


def name_subject(item: Item, pieces: list[Piece]) -> list[Piece]:
    """Write `it` as the subject that the item names (R11), where nothing else can be meant."""
    return [piece if _is_whole(piece) or not piece.subject else _named(item, piece) for piece in pieces]


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
    start = item.sentence(piece.words[0]).start
    return start > 0 and not any(item.doc[n].text in _MARKS for n in range(start, piece.words[0]))


def _stop(item: Item, piece: Piece) -> tuple[int, ...]:
    """Return the place of the full stop behind a piece, where a tail took it away."""
    end = item.sentence(piece.words[-1]).end - 1
    return () if end in piece.words else (end,)


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
