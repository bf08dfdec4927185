"""The last day for publishing a response, with the rule that sets it and what falls on that day.

The periods and their sources are dated rows of `rules/response/regimes.csv`; the bank holidays of England and Wales
are in `rules/response/bank_holidays.csv`. A last day that falls on a weekend or holiday is named, never moved: the Act
counts days, not working days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from extractor.errors import BadSetting
from extractor.rulebook.dates import WEEKDAYS, british, british_stored
from extractor.rulebook.folder import rules_root
from extractor.rulebook.load import RulePacks, load_rules
from extractor.rulebook.tables import AnsweredPaper, Regime
from extractor.tables.rows import ReportRow

NO_PERIOD = ("action_plan", "partnership")  # how papers are answered that section 55 does not cover


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a response is due. `first` and `last` are the same day when the day of publication is known."""

    published: str | None  # as printed: YYYY-MM-DD, YYYY-MM or None
    first: date | None  # the last day, if the report came out on the first possible day
    last: date | None  # the last day, if it came out on the last possible day
    regimes: tuple[Regime, ...] = ()  # two, where a month has days before and after a change of the rule
    notes: tuple[str, ...] = ()  # sentences an office must read beside the date
    none: str = ""  # why there is no last day at all

    @property
    def exact(self) -> bool:
        """Whether one day can be named."""
        return self.first is not None and self.first == self.last

    @property
    def before_the_act(self) -> bool:
        """Whether every day on which the report can have come out is before section 55(5B)."""
        return bool(self.regimes) and not any(regime.statutory for regime in self.regimes)

    @property
    def words(self) -> str:
        """The last day, or its range, in British dates with the weekday."""
        if self.none:
            return self.none
        if self.first is None or self.last is None:
            return "cannot be worked out: the day of publication is not known"
        if self.exact:
            return british(self.first, weekday=True)
        return f"between {british(self.first, weekday=True)} and {british(self.last, weekday=True)}"


def british_published(published: str | None) -> str | None:
    """Return a date of the tables (YYYY-MM-DD or YYYY-MM) as printed in Britain: a full date, or month and year."""
    return british_stored(published) if possible_days(published) and published else None


def possible_days(published: str | None) -> tuple[date, date] | None:
    """Return the first and last day that a date of the tables can mean, or None when there is none.

    Raises:
        ValueError: it is neither YYYY-MM-DD nor YYYY-MM, or no such day exists.
    """
    if not published:
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", published):
        day = date.fromisoformat(published)
        return day, day
    if not re.fullmatch(r"\d{4}-\d{2}", published):
        raise BadSetting(f"publication date {published!r} is neither YYYY-MM-DD nor YYYY-MM")
    first = date.fromisoformat(f"{published}-01")
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def deadline(published: str | None, rules: Path | None = None, cycle: str | None = None) -> Deadline:
    """Work out the last day for publishing a response to a report.

    Args:
        published: as in the table `reports`; with only a month, the answer is a range.
        rules: folder of rules, by default those built in.
        cycle: the inspection cycle, which gives a range where the report prints no day.

    Raises:
        ValueError: the date is not one, or no regime covers it.
    """
    return _deadline(published, load_rules(rules or rules_root()), cycle)


def _deadline(published: str | None, packs: RulePacks, cycle: str | None) -> Deadline:
    span = possible_days(published)
    undated = next((each for each in packs.undated if each.cycle == cycle), None) if span is None else None
    if undated:
        span = date.fromisoformat(undated.first), date.fromisoformat(undated.last)
    if span is None:
        return Deadline(None, None, None, notes=("The report, as read, prints no date of publication.",))
    found = [_regime(day, packs) for day in span]
    due = [day + timedelta(days=regime.days_after) for day, regime in zip(span, found, strict=True)]
    regimes = tuple(dict.fromkeys(found))
    if undated:
        notes = [f"The report prints no day: {undated.source}."]
    else:
        notes = _month_notes(published or "", regimes) if span[0] != span[1] else _day_notes(due[0], packs)
    notes += [packs.wording.sentences["prompts"]["find_day"]] if span[0] != span[1] else []
    return Deadline(published, due[0], due[1], regimes, tuple(notes))


def answered_paper(report: ReportRow, rules: Path) -> AnsweredPaper:
    """Return what a paper is to the office that answers it, by its kind and, of letters, what they do."""
    return _answered(report, load_rules(rules))


def _answered(report: ReportRow, packs: RulePacks) -> AnsweredPaper:
    kind = report.get("kind") or "force"
    rows = [row for row in packs.answered if row.kind == kind]
    return next((row for row in rows if row.letter_type and row.letter_type == report.get("letter_type")), rows[-1])


def deadline_of(report: ReportRow, rules: Path | None = None) -> Deadline:
    """Work out the last day for the response to a paper of any kind.

    A letter that prints no day of publication is counted from the day it was sent. A paper that is answered by an
    action plan has no last day.

    Raises:
        BadSetting: the date is not one, or no regime covers it.
    """
    packs = load_rules(rules or rules_root())
    say, paper = packs.wording.sentences["papers"], _answered(report, packs)
    law = paper.law
    if law in NO_PERIOD:
        return Deadline(report["published"], None, None, none=say[f"{law}_period"], notes=(say[law],))
    sent = report.get("sent") if not report["published"] else None
    due = _deadline(sent or report["published"], packs, report["cycle"])
    notes = [say["sent"]] if sent else []
    notes += [say["not_settled"].format(source=paper.source)] if law == "not_settled" else []
    return replace(due, notes=(*due.notes, *notes))


def _regime(day: date, packs: RulePacks) -> Regime:
    for regime in packs.regimes:
        if (regime.first is None or regime.first <= day) and (regime.last is None or day <= regime.last):
            return regime
    raise BadSetting(f"{packs.root / 'response/regimes.csv'}: no row covers reports published on {british(day)}")


def _month_notes(published: str, regimes: tuple[Regime, ...]) -> list[str]:
    notes = [f"The report prints only the month ({british_published(published)}), so the last day is a range."]
    if len(regimes) > 1:
        notes.append("The period changed within that month: which one applies depends on the day of publication.")
    return notes


def _day_notes(day: date, packs: RulePacks) -> list[str]:
    holidays = packs.holidays_by_day
    years = sorted({holiday.year for holiday in holidays})
    notes = []
    if day.weekday() >= 5:
        notes.append(f"That day is a {WEEKDAYS[day.weekday()]}. The period runs on regardless.")
    if day in holidays:
        notes.append(
            f"That day is a bank holiday in England and Wales: {holidays[day]}. The period runs on regardless."
        )
    if day.year not in years:
        notes.append(f"Bank holidays were not looked up: the list covers {years[0]} to {years[-1]}.")
    return notes
