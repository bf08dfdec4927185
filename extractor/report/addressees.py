"""Whom an item tells to act: the subject of `should`, in the words of the contract.

Who comes after `should` is no addressee, but for partners set off right behind it (`should, with the Home Office, …`).
A sentence without a subject (`There should be …`) has none: it is flagged, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.models import Finding
from extractor.rulebook.force_names import ForceNames
from extractor.rulebook.matcher import Labeller

_ASKING = ("area_for_improvement", "cause_of_concern", "recommendation")
_PARTS = re.compile(r",\s*|(?<!\s)\s+(?:and|with)\s+|;\s*")
_NAME = re.compile(  # `National Employers`, `the IOPC`
    r"\A(?:the\s+|The\s+)?([A-Z][\w’'-]+(?:\s+(?:of|for|the|and|&))*(?:\s+[A-Z][\w’'-]+)+|[A-Z]{3,})$"
)
_FURTHER = re.compile(r"(?:the|all|each|every)\s+([a-z].*)$")  # `… and the relevant user groups`
_JOINS = re.compile(r"(?<!\s)\s+and$")
_ARTICLE = re.compile(r"^(?:the|all|each|every)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who should act: as the contract names them, as printed, and under which condition."""

    addressees: tuple[str, ...] = ()
    printed: str | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class _Body:
    start: int
    end: int
    name: str


def addressed(rows: Sequence[Finding], labels: Labeller, names: ForceNames) -> list[Finding]:
    """Return the rows with the subject of each item; a concern speaks to whom its recommendations do."""
    told = [_told(row, labels, names) for row in rows]
    asked: dict[str, list[str]] = {}
    for row in told:
        if row.parent_id:
            asked.setdefault(row.parent_id, []).extend(row.addressees)
    return [_with_children(row, asked) for row in told]


def addressed_to(rows: Sequence[Finding], addressee: str) -> list[Finding]:
    """Return the rows of a paper on one force or service: every item speaks to it."""
    return [replace(row, addressees=(addressee,)) if row.kind in _ASKING else row for row in rows]


def _told(row: Finding, labels: Labeller, names: ForceNames) -> Finding:
    if row.kind not in _ASKING:
        return row
    subject = subject_of(row.stem or row.text, labels, names)
    lacking = ("no_subject",) if not subject.addressees and row.kind == "recommendation" else ()
    return replace(
        row,
        addressees=subject.addressees,
        addressee=subject.printed,
        condition=subject.condition,
        flags=tuple(sorted({*row.flags, *lacking})),
    )


def _with_children(row: Finding, asked: Mapping[str, Sequence[str]]) -> Finding:
    if row.kind != "cause_of_concern" or row.addressees:
        return row
    return replace(row, addressees=tuple(dict.fromkeys(asked.get(row.finding_id, ()))))


def subject_of(words: str, labels: Labeller, names: ForceNames) -> Subject:
    """Return who should act by a sentence: the bodies before its first `should`, and partners right behind it."""
    should = next((match for match in labels.matches(words, "SHOULD") if "recommend" not in match.text), None)
    if should is None:
        return Subject()
    before, after = _without_deadlines(words[: should.start], labels), words[should.end :]
    bodies = _bodies(before, labels, names)
    partner = labels.first(after, "PARTNER")
    if partner is not None and partner.start == 0:
        bodies += _bodies(_up_to_break(after[partner.end :], labels), labels, names)
    addressees = tuple(dict.fromkeys(body.name for body in bodies))
    condition = labels.first(before, "CONDITION") if "chief_constables" in addressees else None
    return Subject(
        addressees,
        before.strip(" ,") or None if addressees else None,
        before[condition.start :].strip(" ,") if condition else None,
    )


def _without_deadlines(words: str, labels: Labeller) -> str:
    """The words before `should` without the time limits among them, each place kept as blanks."""
    for limit in labels.matches(words, "DEADLINE"):
        words = words[: limit.start] + " " * (limit.end - limit.start) + words[limit.end :]
    return words


def _up_to_break(words: str, labels: Labeller) -> str:
    limits = [match.start for match in labels.matches(words, "DEADLINE")]
    breaks = [place for mark in ",:" if (place := words.find(mark)) >= 0]
    return words[: min([*limits, *breaks, len(words)])]


def _bodies(words: str, labels: Labeller, names: ForceNames) -> list[_Body]:
    """The bodies named in a subject, in printed order; a name that no rule knows is kept as printed."""
    known = _known_bodies(words, labels)
    forces = [_Body(name.start, name.end, name.force_id) for name in names.find(words) if name.full]
    if forces:
        known = [body for body in known if body.name != "chief_constables"]
    known = [body for body in known if not any(force.start <= body.start < force.end for force in forces)]
    named = sorted([*known, *forces], key=lambda body: body.start)
    return [body for body in sorted([*named, *_unknown(words, named)], key=lambda body: body.start) if body.name]


def _known_bodies(words: str, labels: Labeller) -> list[_Body]:
    """The longest of the matches that overlap, each with its name in the contract; places have none."""
    found: list[_Body] = []
    for match in sorted(labels.matches(words, "BODY"), key=lambda match: match.start - match.end):
        if all(match.end <= body.start or match.start >= body.end for body in found):
            printed = _JOINS.sub("", _ARTICLE.sub("", match.text))
            name = {"other": f"other:{printed}", "place": ""}.get(match.value or "", match.value or "")
            found.append(_Body(match.start, match.end, name))
    return found


def _unknown(words: str, known: Sequence[_Body]) -> list[_Body]:
    """Names in capitals between the known bodies; what follows a body without a break only describes it."""
    masked = words
    for body in known:
        masked = masked[: body.start] + "\x00" * (body.end - body.start) + masked[body.end :]
    found = []
    start = 0
    for first, last in [*(hit.span() for hit in _PARTS.finditer(masked)), (len(masked), len(masked))]:
        piece = masked[start:first]
        name = _NAME.match(piece.strip()) or (_FURTHER.match(piece.strip()) if start else None)
        if name and "\x00" not in piece:
            found.append(_Body(start, first, f"other:{name.group(1)}"))
        start = last
    return found
