"""Answers that are none: a position that the form does not offer, a day that no calendar has."""

from __future__ import annotations

from pathlib import Path

from extractor.decisions.register import DAYS, FIELDS
from extractor.response.answers import day_in, is_ongoing
from extractor.rulebook.load import load_rules

_LISTS = {"position": "positions", "delivery": "states of delivery"}  # fields that take one of a list of positions.csv


def odd(field: str, words: str | None, rules: Path) -> str | None:
    """Say what is odd about words in a field of the register: none of its list, or no day; None where nothing is.

    A month will do for a day by which something is to be done, but not for one on which something was published.
    """
    if not words:
        return None
    if field in _LISTS:
        choices = [choice.value for choice in load_rules(rules).positions if choice.list == field]
        is_known = words.casefold().strip(" .") in map(str.casefold, choices)
        return None if is_known else f"“{words}” is none of the {_LISTS[field]}: {', '.join(choices)}"
    return _no_day(words, rules, exact=FIELDS.get(field) == "report") if field in DAYS else None


def _no_day(words: str, rules: Path, *, exact: bool) -> str | None:
    if not exact and is_ongoing(words, rules):
        return f"“{words}” names no day by which it can be told whether it is done"
    day = day_in(words)
    return f"“{words}” is no date" if day is None or (exact and not day.exact) else None
