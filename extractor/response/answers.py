"""What counts as an answer, and which day a person means: British dates in every usual form."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extractor.rulebook.dates import MONTHS
from extractor.rulebook.load import load_rules

_MONTH = {name[: max(3, length)]: number for name, number in MONTHS.items() for length in (3, len(name))} | {"sept": 9}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\s+)?(?:the\s+)?"
_FORMS = (
    re.compile(rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m>{_NAMES})\.?\s+(?P<y>\d{{4}}|\d{{2}})"),
    re.compile(rf"(?P<d>\d{{1,2}})[-/. ](?P<m>{_NAMES})[-/. ](?P<y>\d{{4}}|\d{{2}})"),
    re.compile(r"(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(rf"(?:(?:by|end of|the end of)\s+)*(?P<m>{_NAMES})\.?\s+(?P<y>\d{{4}}|\d{{2}})"),
    re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """The days that words can mean; `first` and `last` are the same where they name one."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether one day is named."""
        return self.first == self.last


def day_in(words: str | None) -> Day | None:
    """Return the day or month that words name, the day before the month as in Britain; None where they name none."""
    told = " ".join((words or "").casefold().replace(",", " ").split()).strip(" .;")
    for form in _FORMS:
        found = form.fullmatch(told)
        if found:
            return _day(found.groupdict())
    return None


def _day(parts: dict[str, str | None]) -> Day | None:
    month, year = str(parts["m"]), int(str(parts["y"]))
    number = int(month) if month.isdigit() else _MONTH[month]
    year += 2000 if year < 100 else 0
    if not 1 <= number <= 12 or not 1900 < year < 2200:
        return None
    length = monthrange(year, number)[1]
    if not parts.get("d"):
        return Day(date(year, number, 1), date(year, number, length))
    day = int(str(parts["d"]))
    return Day(date(year, number, day), date(year, number, day)) if 1 <= day <= length else None


def is_answer(words: str | None, rules: Path) -> bool:
    """Whether words can be an answer: more than one word, and none of the fillers that stand for one to come."""
    told = re.sub(r"[^a-z0-9 ]+", " ", (words or "").casefold().replace("n/a", "na").replace("’", ""))
    said = told.split()
    phrases, openings = fillers(rules)
    if " ".join(said) in phrases or any(told.strip().startswith(opening) for opening in openings):
        return False
    return sum(any(letter.isalpha() for letter in word) for word in said) > 1


def fillers(rules: Path) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return phrases that are no answer, and beginnings after which no answer follows."""
    told = load_rules(rules).fillers
    whole = frozenset(filler.words for filler in told if filler.where == "whole")
    return whole, tuple(filler.words for filler in told if filler.where == "beginning")


def is_ongoing(words: str | None, rules: Path) -> bool:
    """Whether words say that there is no end date: “ongoing”."""
    said = (words or "").casefold().strip(" .")
    return any(filler.words == said for filler in load_rules(rules).fillers if filler.where == "date")
