"""Draft improvement actions from the words of an item, by rule.

A draft is made of the item's own words: what asks ("The force should"), urgency, purpose and means fall away, limbs
become actions of their own. The only words that may come in are `have`, `do`, `the` and the subject that the item
itself names. Whatever no draft of an item carries is listed as dropped, and a dropped deadline, condition, defect or
part of a sentence asks for a second look. The rules are in `rules/response/actions.jsonl`, the steps in
`draft_passes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.response.draft_passes import pieces_of
from extractor.response.draft_pieces import JOINING, Piece, has_words
from extractor.response.draft_rules import Item, read_item
from extractor.rulebook.folder import rules_root
from extractor.vocabulary import GRADES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LOSS = "R14-loss"  # more than half of the words that carry meaning were dropped
LEFT_OUT = "R14-left-out"  # a part of the sentence was dropped that is neither a demand nor urgency
DRAFTED_KINDS = ("area_for_improvement", "recommendation", "cause_of_concern")
_LOSS_SHARE = 0.5
_WORST_FIRST = GRADES[::-1]
_FRAMES = ("demand", "frame", "strip", "split", "subject", "passive", "active", "front", "leadin")


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


def drafts_from(kept: Mapping[str, Any]) -> Drafts:
    """Return an item's drafts from their fields, where a tuple may have become a list."""
    actions = (
        Action(**{**action, "dropped": tuple(action["dropped"]), "rule_ids": tuple(action["rule_ids"])})
        for action in kept["actions"]
    )
    return Drafts(kept["finding_id"], tuple(actions), tuple((words, lost) for words, lost in kept["segments"]))


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
    """Draft the actions of one item, at least one, from its text and the stem it stands under.

    Raises:
        RuleError: the drafting rules cannot be used.
    """
    stem, text, kind = finding.get("stem") or "", finding["text"], finding["kind"]
    drafted, segments = _drafted(stem, text, kind, rules or rules_root())
    actions = (Action(finding["finding_id"], finding["report_id"], 0, *each) for each in drafted)
    return Drafts(finding["finding_id"], tuple(actions), segments)


class _Draft(NamedTuple):
    """What a draft says, whatever item it is of: the fields of an action behind its place."""

    text: str
    dropped: tuple[str, ...]
    rule_ids: tuple[str, ...]
    alternative: str | None


@lru_cache(maxsize=4_000)  # items, more than a cycle has: the same words are often printed for several of its forces
def _drafted(stem: str, text: str, kind: str, rules: Path) -> tuple[tuple[_Draft, ...], tuple[tuple[str, bool], ...]]:
    """Return the drafts of an item, and its words as printed with whether they were dropped."""
    item = read_item(stem, text, kind, rules)
    pieces = pieces_of(item)
    runs = _dropped(item.doc, {n for piece in pieces for n in piece.words})
    drafts = (_draft(item, piece, lost) for piece, lost in zip(pieces, _by_piece(pieces, runs), strict=True))
    return tuple(drafts), _segments(item, runs)


def _draft(item: Item, piece: Piece, lost: Sequence[tuple[int, int]]) -> _Draft:
    ids = dict.fromkeys([*piece.rules, *_the(item, piece), *_second_look(item, piece, lost)])
    dropped = tuple(item.printed(start, end) for start, end in lost)
    means = _sentence(item, Piece(piece.alternative, (), piece.subject)) if piece.alternative else None
    return _Draft(_sentence(item, piece), dropped, tuple(ids), means)


# writing -------------------------------------------------------------------------------------------------------------


def _sentence(item: Item, piece: Piece) -> str:
    """Write a piece as a sentence in the imperative."""
    doc, words = item.doc, piece.words
    swapped = dict.fromkeys(piece.named, piece.subject) | dict.fromkeys(_the(item, piece).values(), "the")
    glue = dict(piece.before)
    if doc[words[0]].lower_ == "not":
        glue[words[0]] = "do"
    text = ""
    for n, follower in zip(words, (*words[1:], -1), strict=True):
        token = doc[n]
        word = swapped.get(n, token.text)
        if n in glue:
            word = f"{glue[n]} {word[:1].lower()}{word[1:]}"
        if text.endswith((". ", ".")) and n != words[0] and token.is_alpha:
            word = word[:1].upper() + word[1:]
        text += word + (" " if follower != n + 1 or token.whitespace_ else "")
    text = re.sub(r"\s+([,;:.)])", r"\1", " ".join(text.split()))
    text = re.sub(r"[;,]\s*(?:and|or)\s*$", "", text).strip().rstrip(";,:.–- ")
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(("?", "!")) else ".")


def _the(item: Item, piece: Piece) -> dict[str, int]:
    """Return where `its` is written as `the` (R11), by rule: only for the object of the first verb."""
    if piece.printed or piece.whole:
        return {}
    near = piece.words[:3]
    return {hit.rule.id: hit.start for hit in item.hits_in("the", piece.words) if hit.start in near}


# what was dropped ----------------------------------------------------------------------------------------------------


def _dropped(doc: Doc, carried: set[int]) -> list[tuple[int, int]]:
    """Return the stretches that no draft carries; joining words and marks alone are no loss."""
    runs, start = [], None
    for n in range(len(doc) + 1):
        out = n < len(doc) and n not in carried
        if out and start is None:
            start = n
        elif not out and start is not None:
            runs.append((start, n))
            start = None
    return [(a, b) for a, b in runs if has_words(doc, (n for n in range(a, b) if doc[n].lower_ not in JOINING))]


def _by_piece(pieces: Sequence[Piece], runs: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Give each dropped stretch to the piece whose words stand before it."""
    lost: list[list[tuple[int, int]]] = [[] for _ in pieces]
    for start, end in runs:
        before = [max((n for n in piece.words if n < start), default=-1) for piece in pieces]
        lost[before.index(max(before))].append((start, end))
    return lost


def _second_look(item: Item, piece: Piece, lost: Sequence[tuple[int, int]]) -> list[str]:
    """Name what an analyst must look at (R14): which kinds of words were dropped."""
    guards = list(dict.fromkeys(_guards(item, piece, lost)))
    outside = [token for token in _unframed(item, lost) if _carries_meaning(token)]
    if not outside:
        return guards
    own = {item.sentence_start(n) for n in piece.words}  # an explanation beside the demand is no loss of half of it
    held = sum(_carries_meaning(item.doc[n]) for n in piece.words)
    gone = sum(item.sentence_start(token.i) in own for token in outside)
    return [*guards, LEFT_OUT, *([LOSS] if gone > _LOSS_SHARE * (gone + held) else [])]


def _guards(item: Item, piece: Piece, lost: Sequence[tuple[int, int]]) -> list[str]:
    """Return the rules that watch over words of which some were dropped."""
    hits = [hit for start, end in lost for hit in item.hits("guard", start, end)]
    kept = {item.doc[n].lower_ for n in piece.words} if hits else ()
    return [hit.rule.id for hit in hits if any(item.doc[n].lower_ not in kept for n in range(hit.start, hit.end))]


def _unframed(item: Item, lost: Sequence[tuple[int, int]]) -> list[Token]:
    """Return the dropped words that are no part of what asks."""
    framed = {n for does in _FRAMES for hit in item.matches(does) for n in range(hit.start, hit.end)}
    return [item.doc[n] for start, end in lost for n in range(start, end) if n not in framed]


def _carries_meaning(token: Token) -> bool:
    return bool(token.like_num or (token.is_alpha and not token.is_stop))


def _segments(item: Item, runs: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    marks = sorted({0, len(item.doc), *(place for run in runs for place in run)})
    starts = {start for start, _ in runs}
    return tuple((item.printed(a, b, with_blank=True), a in starts) for a, b in pairwise(marks))
