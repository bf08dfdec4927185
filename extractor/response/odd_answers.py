"""Answers by a list or a calendar: as the form offers them, or said to be odd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from extractor.decisions.register import DAYS, FIELDS
from extractor.folding import id_form
from extractor.response.answers import day_in, is_ongoing
from extractor.rulebook.load import load_rules

_LISTS = {"position": "positions", "delivery": "states of delivery"}  # fields that take one of a list of positions.csv


def choices_of(rules: Path) -> dict[str, list[str]]:
    """Return what the form offers in each field that takes one of a list."""
    positions = load_rules(rules).positions
    return {field: [choice.value for choice in positions if choice.list == field] for field in _LISTS}


def as_offered(field: str, words: str, choices: Mapping[str, Sequence[str]]) -> str:
    """Return words as the form offers them, where only case, stops or dashes differ: else they would not be counted."""
    offered = choices.get(field, ()) if words else ()
    return next((choice for choice in offered if id_form(choice) == id_form(words)), words)


def odd(field: str, words: str | None, rules: Path) -> str | None:
    """Say what is odd about words in a field of the register: none of its list, or no day; None where nothing is.

    A month will do for a day by which something is to be done, but not for one on which something was published.
    """
    if not words:
        return None
    if field in _LISTS:
        choices = choices_of(rules)
        is_known = as_offered(field, words, choices) in choices[field]
        return None if is_known else f"“{words}” is none of the {_LISTS[field]}: {', '.join(choices[field])}"
    return _no_day(words, rules, exact=FIELDS.get(field) == "report") if field in DAYS else None


def _no_day(words: str, rules: Path, *, exact: bool) -> str | None:
    if not exact and is_ongoing(words, rules):
        return f"“{words}” names no day by which it can be told whether it is done"
    day = day_in(words)
    return f"“{words}” is no date" if day is None or (exact and not day.exact) else None
