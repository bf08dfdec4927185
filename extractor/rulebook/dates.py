"""The day a printed time limit names, where it can be worked out."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_DAY = re.compile(rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({'|'.join(MONTHS)})\s+(20\d\d)", re.I)
_SPAN = re.compile(r"within\s+(\w+)\s+(day|week|month|year)s?", re.I)


def deadline_day(words: str | None, published: str | None) -> str | None:
    """Return YYYY-MM-DD for `By 31 March 2020`, or for `within three months` when the day of publication is known.

    A month alone (`By July 2018`) names no day, unless it is the end of the month that is named.
    """
    if not words:
        return None
    named = _DAY.search(words)
    if named and (named.group(1) or "end of" in words.lower()):
        return _last_day(named.group(1), MONTHS[named.group(2).lower()], int(named.group(3)))
    span = _SPAN.search(words)
    if span is None or published is None or len(published) < 10:
        return None
    number = int(span.group(1)) if span.group(1).isdigit() else _number(span.group(1).lower())
    return _later(date.fromisoformat(published), number, span.group(2).lower()).isoformat() if number else None


def _number(word: str) -> int:
    return {"an": 1, "eighteen": 18}.get(word, max(_NUMBERS.index(word), 1) if word in _NUMBERS else 0)


def _last_day(day: str | None, month: int, year: int) -> str | None:
    last = calendar.monthrange(year, month)[1]
    number = int(day) if day else last
    return date(year, month, number).isoformat() if 1 <= number <= last else None


def _later(start: date, number: int, unit: str) -> date:
    if unit in ("day", "week"):
        return start + timedelta(days=number * (7 if unit == "week" else 1))
    months = start.month - 1 + number * (12 if unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
