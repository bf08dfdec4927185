"""Answers by a list or a calendar: as the form offers them, or said to be odd."""

from __future__ import annotations

from extractor.decisions.register import DAYS, FIELDS
from extractor.folding import id_form
from extractor.response.answers import day_in, is_ongoing
from extractor.rulebook.load import RulePacks

_LISTS = {"position": "positions", "delivery": "states of delivery"}  # fields that take one of a list of positions.csv


def as_offered(field: str, words: str, rules: RulePacks) -> str:
    """Return words as the form offers them, where only case, stops or dashes differ: else they would not be counted."""
    offered = rules.choices.get(field, ()) if words else ()
    return next((choice for choice in offered if id_form(choice) == id_form(words)), words)


def odd(field: str, words: str | None, rules: RulePacks) -> str | None:
    """Say what is odd about words in a field of the register: none of its list, or no day; None where nothing is.

    A month will do for a day by which something is to be done, but not for one on which something was published.
    """
    if not words:
        return None
    if field in _LISTS:
        choices = rules.choices.get(field, [])
        is_known = as_offered(field, words, rules) in choices
        return None if is_known else f"“{words}” is none of the {_LISTS[field]}: {', '.join(choices)}"
    return _no_day(words, rules, exact=FIELDS.get(field) == "report") if field in DAYS else None


def _no_day(words: str, rules: RulePacks, *, exact: bool) -> str | None:
    if not exact and is_ongoing(words, rules.root):
        return f"“{words}” names no day by which it can be told whether it is done"
    day = day_in(words)
    return f"“{words}” is no date" if day is None or (exact and not day.exact) else None
