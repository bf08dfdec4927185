"""The drafted actions beside the words they come from, as the working table prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractor.response.draft_actions import Action, Drafts
from extractor.response.draft_pieces import AS_PRINTED, ELSEWHERE
from extractor.response.paper import Paper
from extractor.response.wording import clean, pages_of, printable, series


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A stretch of an item's words, and whether the draft left it out."""

    text: str
    dropped: bool


@dataclass(frozen=True, slots=True)
class DraftedAction:
    """One drafted action with the remarks on it."""

    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One item beside its drafts."""

    ref: str
    page: str
    parts: tuple[PrintedPart, ...]
    actions: tuple[DraftedAction, ...]


def draft_rows(drafts: Sequence[Drafts], paper: Paper) -> list[DraftRow]:
    """Return the rows of the working table."""
    pages = {row["finding_id"]: pages_of(row) for row in paper.findings}
    return [
        DraftRow(
            ref=paper.refs[item.finding_id],
            page=f"page {pages[item.finding_id]}" if pages[item.finding_id] else "",
            parts=tuple(PrintedPart(printable(text), dropped) for text, dropped in item.segments),
            actions=tuple(DraftedAction(clean(action.text), _notes(action, paper)) for action in item.actions),
        )
        for item in drafts
    ]


def _notes(action: Action, paper: Paper) -> tuple[str, ...]:
    say = paper.words["drafts"]
    lost = [what for rule_id, what in paper.words["lost"].items() if rule_id in action.rule_ids]
    notes = [
        say["as_printed"] if AS_PRINTED in action.rule_ids else "",
        say["elsewhere"] if ELSEWHERE in action.rule_ids else "",
        say["look_again"].format(lost=series(lost)) if lost else "",
        say["alternative"].format(text=clean(action.alternative)) if action.alternative else "",
    ]
    return tuple(filter(None, notes))


def with_capitals(rows: Sequence[DraftRow], terms: Iterable[str]) -> list[DraftRow]:
    """Write an office's own capitals in drafted actions (rule R12), on whole words only."""
    told = tuple(terms)
    return [
        replace(row, actions=tuple(replace(each, text=_capitalised(each.text, told)) for each in row.actions))
        for row in rows
    ]


def _capitalised(text: str, terms: Iterable[str]) -> str:
    for term in terms:
        written = str(term).replace("\\", r"\\")
        text = re.sub(rf"(?<!\w){re.escape(str(term))}(?!\w)", written, text, flags=re.IGNORECASE)
    return text
