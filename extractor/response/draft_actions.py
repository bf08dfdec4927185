"""Draft improvement actions from the words of an item, by rule.

A draft is made of the item's own words, in their order: what asks ("The force should"), urgency, purpose and means
fall away, limbs become actions of their own. The only words that may come in are `have`, `do`, `the` and the subject
that the item itself names. Whatever no draft of an item carries is listed as dropped, so nothing is lost unseen. The
rules are spaCy Matcher patterns in `rules/response/actions.jsonl`; the README beside it says what each `does`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span, Token

from extractor.rulebook.folder import rules_root
from extractor.rulebook.load import load_rules
from extractor.vocabulary import GRADES

AS_PRINTED = "R0-as-printed"  # no rule could draft: the sentence stands as the report prints it
LOSS = "R14-loss"  # more than half of the words that carry meaning were dropped
DRAFTED_KINDS = ("area_for_improvement", "recommendation", "cause_of_concern")
_LOSS_SHARE = 0.5
_WORST_FIRST = GRADES[::-1]
_JOINING = {"and", "or"}


@dataclass(frozen=True, slots=True)
class Action:
    """One drafted improvement action; the first six fields are a row of the table `actions`."""

    finding_id: str
    report_id: str
    order: int  # place in the list of the whole report, from 0: severity first
    text: str
    dropped: tuple[str, ...]  # the item's words that no draft of it carries, as printed
    rule_ids: tuple[str, ...]
    alternative: str | None = None  # the means named in the item, put as an action: an offer, never a row of its own


@dataclass(frozen=True, slots=True)
class Drafts:
    """An item's drafts beside its words."""

    finding_id: str
    actions: tuple[Action, ...]
    segments: tuple[tuple[str, bool], ...]  # the words as printed, in order, and whether they were dropped


@dataclass(slots=True)
class _Piece:
    """One action in the making: the places of its words in the item."""

    tokens: list[int]
    rules: list[str]
    glue: str = ""
    subject: str = ""
    alternative: str | None = None


@dataclass(slots=True)
class _Item:
    """An item's words with all rule matches in them."""

    doc: Doc
    kind: str
    stem_tokens: int
    matches: dict[str, list[tuple[int, int, dict[str, Any]]]] = field(default_factory=dict)

    def hits(self, does: str, start: int, end: int) -> list[tuple[int, int, dict[str, Any]]]:
        """Return the matches of rules that do this, wholly between two places, in reading order."""
        return [hit for hit in self.matches.get(does, ()) if hit[0] >= start and hit[1] <= end]


def draft_actions(
    findings: Sequence[Mapping[str, Any]], gradings: Sequence[Mapping[str, Any]], rules: Path | None = None
) -> list[Drafts]:
    """Draft actions for every item of one report that asks for something, in order of severity.

    Areas for improvement and recommendations are drafted; a cause of concern only where it has no recommendation.
    Practice is not.

    Args:
        findings: rows of the table `findings`.
        gradings: rows of the table `gradings`.
        rules: folder of rules, by default those built in.
    """
    parents = {row["parent_id"] for row in findings if row["kind"] == "recommendation"}
    wanted = [
        row
        for row in findings
        if row["kind"] in DRAFTED_KINDS and not (row["kind"] == "cause_of_concern" and row["finding_id"] in parents)
    ]
    drafted = [draft(row, rules) for row in by_severity(wanted, gradings, findings)]
    place, ordered = 0, []
    for drafts in drafted:
        actions = tuple(replace(action, order=place + n) for n, action in enumerate(drafts.actions))
        place += len(actions)
        ordered.append(replace(drafts, actions=actions))
    return ordered


def by_severity(
    rows: Iterable[Mapping[str, Any]], gradings: Iterable[Mapping[str, Any]], findings: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Sort items as offices list them (rule R13).

    Questions with a cause of concern come first, then the worst grade, then the report's order; within a question,
    recommendations before areas for improvement.
    """
    grade = {row["question"]: row["grade"] for row in gradings if row["level"] == "question"}
    concerned: set[str | None] = set()
    place: dict[str | None, int] = {}
    for row in findings:
        place.setdefault(row["question"], len(place))
        if row["kind"] == "cause_of_concern":
            concerned.add(row["question"])

    def key(row: Mapping[str, Any]) -> tuple[int, ...]:
        question = row["question"]
        rank = _WORST_FIRST.index(grade[question]) if grade.get(question) in _WORST_FIRST else len(_WORST_FIRST)
        asks_less = int(row["kind"] == "area_for_improvement")
        return int(question not in concerned), rank, place.get(question, len(place)), asks_less, row["order"]

    return sorted(rows, key=key)


def draft(finding: Mapping[str, Any], rules: Path | None = None) -> Drafts:
    """Draft the actions of one item, at least one, from its text and the stem it stands under."""
    nlp, matcher, by_id = _engine(rules or rules_root())
    stem = finding.get("stem") or ""
    doc = nlp(f"{stem} {finding['text']}" if stem else finding["text"])
    item = _Item(doc, finding["kind"], len(nlp.make_doc(stem)) if stem else 0)
    for rule_id, start, end in matcher(doc):
        rule = by_id[nlp.vocab.strings[rule_id]]
        if item.kind in rule.get("kinds", (item.kind,)):
            item.matches.setdefault(rule["does"], []).append((start, end, rule))
    for hits in item.matches.values():
        hits.sort(key=lambda hit: (hit[0], -hit[1]))
    pieces = [piece for sentence in doc.sents for piece in _sentence(item, sentence)]
    pieces = [piece for piece in pieces if _words(item, piece)] or [_as_printed(item)]
    return _drafts(item, pieces, finding)


def _as_printed(item: _Item) -> _Piece:
    """Take the first sentence that is not the stem, as it is."""
    start = item.stem_tokens if item.stem_tokens < len(item.doc) else 0
    sentence = item.doc[start].sent
    return _Piece(list(range(max(start, sentence.start), sentence.end)), [AS_PRINTED])


# one sentence --------------------------------------------------------------------------------------------------------


def _sentence(item: _Item, sentence: Span) -> list[_Piece]:
    demands = item.hits("demand", sentence.start, sentence.end)
    if not demands:
        return _causative(item, sentence)
    start, end, rule = min(demands, key=lambda hit: (hit[1], hit[0]))
    subject = _subject(item.doc[start:end]) if rule.get("subject") else ""
    leadin = [hit[2]["id"] for hit in item.hits("leadin", sentence.start, start)]
    known = [*leadin[:1], rule["id"]]
    body = list(range(end - rule.get("keep", 0), sentence.end))
    if not body:
        return []
    pieces = _limbs(item, body, known)
    pieces = [part for piece in pieces for part in _split(item, piece)]
    for piece in pieces:
        piece.subject, piece.glue = subject, rule.get("glue", "")
        _offer(item, piece)
        _prune(item, piece)
    return pieces


def _subject(match: Span) -> str:
    """Return whom the sentence speaks to, as printed before the verb of obligation."""
    words = re.sub(r"\s+(?:should|must|(?:needs?|has|have|ought)\s+to)$", "", match.text, flags=re.I)
    return re.sub(r"^(The|This|All)\b", lambda first: first[0].lower(), words)


def _causative(item: _Item, sentence: Span) -> list[_Piece]:
    """Turn 'This review should be recorded' into 'Have this review recorded', and the like."""
    for does in ("passive", "active"):
        for start, end, rule in item.hits(does, sentence.start, sentence.end):
            left_out = {"should", "must"} | ({"be"} if does == "passive" else set())
            head = [n for n in range(start, end) if item.doc[n].lower_ not in left_out]
            piece = _Piece(head + list(range(end, sentence.end)), [rule["id"]], glue=rule["glue"])
            _prune(item, piece)
            return [piece]
    if any(_demands(token) for token in sentence):  # it asks for something, in words no rule knows: never drop that
        return [_Piece(list(range(sentence.start, sentence.end)), [AS_PRINTED])]
    return []


def _demands(token: Token) -> bool:
    following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return token.lower_ in ("should", "must") or (token.lower_ == "needs" and following == "to")


def _limbs(item: _Item, body: list[int], known: list[str]) -> list[_Piece]:
    """Return one piece per limb of a list, or the body whole."""
    doc, first, last = item.doc, body[0], body[-1] + 1
    for _, end, rule in item.hits("umbrella", first, last):
        if end < last and (doc[end].text == ":" or any(doc[n].text == ";" for n in range(end, last))):
            return _under_umbrella(item, body, end, [*known, rule["id"]])
    for start, _, rule in item.hits("headline", first + 2, last):
        return [_Piece(list(range(first, start)), [*known, rule["id"]])]
    for start, end, rule in item.hits("limbs", first, last):
        if start < item.stem_tokens or any(doc[n].text == ";" for n in range(end, last)):
            head = list(range(first, start))
            ids = [*known, rule["id"]] if head else known
            return [_Piece(head + limb, list(ids)) for limb in _at_semicolons(doc, end, last)]
    series = item.hits("series", first, last)
    opening = next((n for n in range(first, series[0][0]) if doc[n].lower_ == "that"), None) if series else None
    if opening is not None:
        head, ids = list(range(first, opening)), [*known, series[0][2]["id"]]
        starts = [opening, *(end - rule["keep"] for _, end, rule in series)]
        ends = [*(start for start, _, _ in series), last]
        return [_Piece(head + list(range(a, b)), list(ids)) for a, b in zip(starts, ends, strict=True)]
    return [_Piece(body, known)]


def _under_umbrella(item: _Item, body: list[int], end: int, ids: list[str]) -> list[_Piece]:
    """Split 'improve X by ensuring that: staff do a; and staff do b'; keep the umbrella where a limb needs it."""
    pieces = []
    for limb in _at_semicolons(item.doc, end + (item.doc[end].text == ":"), body[-1] + 1):
        hit = next((hit for hit in item.hits("subject", limb[0], limb[-1] + 1) if hit[0] == limb[0]), None)
        if hit:
            pieces.append(_Piece(list(range(hit[1] - hit[2]["keep"], limb[-1] + 1)), [*ids, hit[2]["id"]]))
        else:
            pieces.append(_Piece(list(range(body[0], end)) + limb, list(ids)))
    return pieces


def _at_semicolons(doc: Doc, start: int, end: int) -> list[list[int]]:
    limbs: list[list[int]] = [[]]
    for n in range(start, end):
        if doc[n].text == ";":
            limbs.append([])
        elif limbs[-1] or doc[n].lower_ not in _JOINING:
            limbs[-1].append(n)
    return [limb for limb in limbs if any(doc[n].is_alpha for n in limb)]


def _split(item: _Item, piece: _Piece) -> list[_Piece]:
    """Split where a second verb of obligation begins."""
    hits = [hit for hit in _within(item, piece, "split") if hit[0] != piece.tokens[0]]
    parts, begin = [], 0
    for start, end, rule in hits:
        cut = piece.tokens.index(start)
        if cut <= begin:
            continue
        parts.append(_Piece(piece.tokens[begin:cut], [*piece.rules, rule["id"]]))
        begin = piece.tokens.index(end - rule.get("keep", 0))
    return [*parts, _Piece(piece.tokens[begin:], list(piece.rules) + ([hits[0][2]["id"]] if parts else []))]


def _offer(item: _Item, piece: _Piece) -> None:
    for _, end, rule in item.hits("alternative", piece.tokens[0], piece.tokens[-1] + 1):
        means = _Piece(list(range(end - rule["keep"], piece.tokens[-1] + 1)), [], subject=piece.subject)
        _prune(item, means)
        piece.alternative = _surface(item, means)
        piece.rules.append(rule["id"])
        return


def _prune(item: _Item, piece: _Piece) -> None:
    """Take away urgency at the start, clauses of purpose at the end and fixed phrases within."""
    _strip_start(item, piece)
    if not piece.tokens:
        return
    phrase = not any(hit[0] <= piece.tokens[0] + 1 for hit in _within(item, piece, "note"))
    for conditional in (False, True):
        for start, end, rule in _within(item, piece, "tail"):
            if bool(rule.get("needs_phrase")) != conditional or start not in piece.tokens[2:]:
                continue
            later = [n for n in piece.tokens if n >= end]
            if conditional and (
                not phrase or (rule.get("no_comma_after") and any(item.doc[n].text == "," for n in later))
            ):
                continue
            piece.tokens = [n for n in piece.tokens if n < start]
            piece.rules.append(rule["id"])
            break
    for start, end, rule in _within(item, piece, "phrase"):
        piece.tokens = [n for n in piece.tokens if not start <= n < end]
        piece.rules.append(rule["id"])
    piece.rules += [rule["id"] for _, _, rule in _within(item, piece, "note")][:1]


def _strip_start(item: _Item, piece: _Piece) -> None:
    while True:
        while piece.tokens and item.doc[piece.tokens[0]].text in {":", ",", ";"} and not _strips(item, piece):
            piece.tokens.pop(0)
        hits = _strips(item, piece)
        if not hits:
            return
        _, end, rule = hits[0]
        piece.tokens = [n for n in piece.tokens if n >= end]
        piece.rules.append(rule["id"])


def _strips(item: _Item, piece: _Piece) -> list[tuple[int, int, dict[str, Any]]]:
    if not piece.tokens:
        return []
    return [hit for hit in item.hits("strip", piece.tokens[0], len(item.doc)) if hit[0] == piece.tokens[0]]


def _within(item: _Item, piece: _Piece, does: str) -> list[tuple[int, int, dict[str, Any]]]:
    places = set(piece.tokens)
    return [hit for hit in item.matches.get(does, ()) if all(n in places for n in range(hit[0], hit[1]))]


# words ---------------------------------------------------------------------------------------------------------------


def _words(item: _Item, piece: _Piece) -> list[int]:
    return [n for n in piece.tokens if item.doc[n].is_alpha or item.doc[n].like_num]


def _surface(item: _Item, piece: _Piece) -> str:
    """Write a piece as a sentence in the imperative."""
    swapped = _pronouns(item, piece)
    after = [*piece.tokens[1:], -1]
    parts = [
        swapped.get(n, item.doc[n].text) + (" " if item.doc[n].whitespace_ or follower != n + 1 else "")
        for n, follower in zip(piece.tokens, after, strict=True)
    ]
    negative = bool(piece.tokens) and item.doc[piece.tokens[0]].lower_ == "not"
    glue = "do" if negative else piece.glue
    if glue and parts:
        parts = [f"{glue} ", parts[0][:1].lower() + parts[0][1:], *parts[1:]]
    text = re.sub(r"\s+([,;:.)])", r"\1", " ".join("".join(parts).split()))
    text = re.sub(r"[;,]\s*(?:and|or)\s*$", "", text).strip().rstrip(";,:.–- ")
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(("?", "!")) else ".")


def _pronouns(item: _Item, piece: _Piece) -> dict[int, str]:
    if AS_PRINTED in piece.rules:
        return {}
    swapped = {}
    for start, _, rule in _within(item, piece, "the"):
        swapped[start] = "the"
        piece.rules.append(rule["id"])
    for _, end, rule in _within(item, piece, "subject_for_it"):
        if piece.subject:
            swapped[end - 1] = piece.subject
            piece.rules.append(rule["id"])
    return swapped


def _drafts(item: _Item, pieces: list[_Piece], finding: Mapping[str, Any]) -> Drafts:
    texts = [_surface(item, piece) for piece in pieces]
    carried = {n for piece in pieces for n in piece.tokens}
    runs = _runs(item.doc, carried)
    by_piece: list[list[tuple[int, int]]] = [[] for _ in pieces]
    for start, end in runs:
        before = [max((n for n in piece.tokens if n < start), default=-1) for piece in pieces]
        by_piece[before.index(max(before))].append((start, end))
    actions = []
    for piece, text, lost in zip(pieces, texts, by_piece, strict=True):
        rule_ids = tuple(dict.fromkeys([*piece.rules, *_guards(item, piece, lost)]))
        dropped = tuple(item.doc[start:end].text for start, end in lost)
        actions.append(
            Action(finding["finding_id"], finding["report_id"], 0, text, dropped, rule_ids, piece.alternative)
        )
    return Drafts(finding["finding_id"], tuple(actions), _segments(item.doc, runs))


def _runs(doc: Doc, carried: set[int]) -> list[tuple[int, int]]:
    """Return the stretches that no draft carries; joining words and marks alone are no loss."""
    runs, start = [], None
    for n in range(len(doc) + 1):
        out = n < len(doc) and n not in carried
        if out and start is None:
            start = n
        elif not out and start is not None:
            runs.append((start, n))
            start = None
    return [
        run
        for run in runs
        if any((t.is_alpha or t.like_num) and t.lower_ not in _JOINING for t in doc[run[0] : run[1]])
    ]


def _guards(item: _Item, piece: _Piece, lost: list[tuple[int, int]]) -> list[str]:
    """Name what an analyst must look at (rule R14): a word that may carry the defect, or many words, dropped."""
    kept = {item.doc[n].lower_ for n in piece.tokens}
    inside = [run for run in lost if run[0] > piece.tokens[0]]
    guards = [
        rule["id"]
        for start, end in inside
        for hit_start, _, rule in item.hits("guard", start, end)
        if item.doc[hit_start].lower_ not in kept
    ]
    dropped = sum(_carries_meaning(token) for start, end in inside for token in item.doc[start:end])
    held = sum(_carries_meaning(item.doc[n]) for n in piece.tokens)
    return guards[:1] + ([LOSS] if dropped and dropped > _LOSS_SHARE * (dropped + held) else [])


def _carries_meaning(token: Token) -> bool:
    return bool(token.is_alpha and not token.is_stop)


def _segments(doc: Doc, runs: list[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    marks = sorted({0, len(doc), *(place for run in runs for place in run)})
    starts = {start for start, _ in runs}
    return tuple((_with_blank(doc[a:b]), a in starts) for a, b in pairwise(marks))


def _with_blank(span: Span) -> str:
    return str(span.text_with_ws)


# rules ---------------------------------------------------------------------------------------------------------------


def drafting_rules(folder: Path) -> tuple[dict[str, Any], ...]:
    """Return the drafting rules: id, what each does, its pattern, examples and counter-examples."""
    return tuple(rule.model_dump(exclude_unset=True) for rule in load_rules(folder).drafting)


@cache
def _engine(folder: Path) -> tuple[Language, Matcher, dict[str, dict[str, Any]]]:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = Matcher(nlp.vocab)
    by_id = {rule["id"]: rule for rule in drafting_rules(folder)}
    for rule in by_id.values():
        matcher.add(rule["id"], [list(rule["pattern"])], greedy="LONGEST")
    return nlp, matcher, by_id
