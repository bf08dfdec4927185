"""Dates and time limits as British reports print them: what is printed, and the day it names, where it names one.

Nothing is guessed: a date that no calendar has, a month without a day, a span without a beginning name no day. Names
of months and days are British ones, whatever the locale of the process.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from dateutil.relativedelta import relativedelta

from extractor.vocabulary import NUMBER_WORDS

_NAMES_OF_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_NAMES = dict(enumerate(_NAMES_OF_MONTHS, 1))
MONTHS = (
    {name.lower(): number for number, name in _MONTH_NAMES.items()}
    | {name[:3].lower(): number for number, name in _MONTH_NAMES.items()}
    | {"sept": 9}
)  # in full and as they are shortened
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}  # last month, by the Met Office's seasons
_SMALL = NUMBER_WORDS | {"a": 1, "an": 1, "eighteen": 18, "twenty-four": 24}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(20\d\d)(?!\d)"
_DAY = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?"
_DAY_FIRST = re.compile(rf"{_DAY}(?:\s+of)?\s+({_MONTH})\b\.?,?\s+{_YEAR}", re.I)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\b\.?\s+{_DAY},?\s+{_YEAR}", re.I)
_NUMERIC = re.compile(rf"(?<![\d/.-])(\d{{1,2}})([/.-])(\d{{1,2}})\2{_YEAR}(?![/.-]\d)")
_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_MONTH_ALONE = re.compile(rf"\b({_MONTH})\b\.?,?\s+{_YEAR}", re.I)
_NO_DAY = re.compile(r"\d(?:st|nd|rd|th)?(?:\s+of)?\s*$")  # `131 March`: not that month either
_MARKS = r"\W{0,20}"  # bounded, so that a line of a thousand dots costs no more than a short one
_ALONE = re.compile(rf"^{_MARKS}(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH})\s+20\d\d{_MARKS}(?:$|[|©])", re.I)
_SEASON = re.compile(rf"\b({'|'.join(SEASON_ENDS)})\s+(?:of\s+)?{_YEAR}", re.I)
_END_OF = re.compile(r"\bend of\b", re.I)
_SPAN = re.compile(
    r"\b(?:within|over|during|in)\s+(?:the\s+)?(?:next\s+)?([\w-]{1,12})\s+(day|week|month|year)s?\b", re.I
)


def british(day: date, *, weekday: bool = False) -> str:
    """Return `18 February 2016`, with the weekday before it when asked for."""
    words = f"{day.day} {_MONTH_NAMES[day.month]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {words}" if weekday else words


def british_stored(stored: str) -> str:
    """Return a date of the tables as printed in Britain: `2 March 2017` for 2017-03-02, `March 2017` for 2017-03.

    Raises:
        ValueError: it is neither, or no calendar has the day.
    """
    year, month, *day = map(int, stored.split("-"))
    return british(date(year, month, *day)) if day else f"{_MONTH_NAMES[month]} {year}"


def printed_date(words: str) -> str | None:
    """Return the first date that is printed, as YYYY-MM-DD or YYYY-MM; None where there is none that can be.

    `31 March 2025`, `31st of March, 2025`, `March 31, 2025`, `31/03/2025` (the day first), `2025-03-31`, `Sept 2024`.
    An impossible date (`31 February 2018`, `131 March 2018`) is none, and not its month either.
    """
    full = _full_date(words)
    if full:
        return full[0].isoformat() if full[0] else None
    month = _MONTH_ALONE.search(words)
    if month is None or _NO_DAY.search(words[max(0, month.start() - 12) : month.start()]):
        return None
    return f"{month[2]}-{MONTHS[month[1].lower()]:02}"


def date_alone(words: str) -> str | None:
    """Return the date of a line that holds nothing else, save marks and what follows `|` or `©`; None for others."""
    return printed_date(words) if _ALONE.match(words) else None


def deadline_day(words: str | None, published: str | None) -> str | None:
    """Return YYYY-MM-DD for `By 31 March 2020`, or for `within three months` when the day of publication is known.

    A month or season alone (`By July 2018`, `by autumn 2024`) names no day, unless it is its end that is named.
    """
    if not words:
        return None
    full = _full_date(words)
    day = full[0] if full else _end_named(words) or _end_of_span(words, published)
    return day.isoformat() if day else None


def _full_date(words: str) -> tuple[date | None] | None:
    """Return the first date with a day, in a tuple: (None,) where the calendar has no such day."""
    if hit := _DAY_FIRST.search(words):
        return (_possible(int(hit[3]), MONTHS[hit[2].lower()], int(hit[1])),)
    if hit := _MONTH_FIRST.search(words):
        return (_possible(int(hit[3]), MONTHS[hit[1].lower()], int(hit[2])),)
    if hit := _NUMERIC.search(words):
        return (_possible(int(hit[4]), int(hit[3]), int(hit[1])),)
    if hit := _ISO.search(words):
        return (_possible(int(hit[1]), int(hit[2]), int(hit[3])),)
    return None


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end_named(words: str) -> date | None:
    """The last day of a month or season, where the words name its end."""
    if not _END_OF.search(words):
        return None
    if hit := _MONTH_ALONE.search(words):
        return _last_of(int(hit[2]), MONTHS[hit[1].lower()])
    if hit := _SEASON.search(words):
        season, year = hit[1].lower(), int(hit[2])
        return _last_of(year + (season == "winter"), SEASON_ENDS[season])  # winter ends in the year after
    return None


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _end_of_span(words: str, published: str | None) -> date | None:
    span = _SPAN.search(words)
    start = _full_date(published or "")
    number = _number(span[1]) if span else 0
    if not (span and number and start and start[0]):
        return None
    spans = {f"{span[2].lower()}s": number}
    try:
        end: date = start[0] + relativedelta(**spans)
        return end
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() else _SMALL.get(word.lower(), 0)
