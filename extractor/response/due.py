"""The section 55 clock: which responses are due, sent or late, as lines and as a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractor.decisions.register import REGISTER, State, register, value_of
from extractor.response.last_day import Deadline, british_published, deadline
from extractor.rulebook.dates import british
from extractor.rulebook.folder import rules_root
from extractor.rulebook.load import load_rules
from extractor.tables.read import read_rows

_DONE = {  # all three, and the duty is done
    "published": "the day on which the response was published",
    "sent_secretary_of_state": "the copy to the Secretary of State",
    "sent_inspectors": "the copy to the inspectors",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """The response to one report: when it is due and what of it is done."""

    report_id: str
    title: str
    published: str | None  # as in the table `reports`
    due: Deadline
    done: dict[str, str]  # day of each of publishing and sending, as the register says
    today: date

    @property
    def is_done(self) -> bool:
        """Whether it is published and both copies are sent."""
        return all(self.done.values())

    @property
    def last(self) -> date | None:
        """The last day; where only a range is known, its end."""
        return self.due.last

    @property
    def days_left(self) -> int | None:
        """Days until the last day, negative when it has passed; None where it is not known."""
        return (self.last - self.today).days if self.last else None

    @property
    def is_late(self) -> bool:
        """Whether the last day has passed and it is not done."""
        return not self.is_done and self.days_left is not None and self.days_left < 0

    @property
    def words(self) -> str:
        """What is to be told of it."""
        if self.is_done:
            late = self._days_late()
            if late is None:
                return f"sent, published on no day that can be read (“{self.done['published']}”)"
            return "sent" + (f", published {_days(late)} late" if late > 0 else "")
        if self.days_left is None:
            return "the day of publication is not known"
        clock = f"late by {_days(-self.days_left)}" if self.days_left < 0 else f"{_days(self.days_left)} left"
        return clock + self._lacks()

    def _lacks(self) -> str:
        """Say what the register lacks, where it has a part: a response that is out would seem not to be written."""
        lacking = [name for field, name in _DONE.items() if not self.done[field]]
        return f"; not in the register: {', '.join(lacking)}" if len(lacking) < len(_DONE) else ""

    def _days_late(self) -> int | None:
        """Return the days between the last day and that of publication; None where a word stands for a day."""
        if not (self.last and self.done["published"]):
            return 0
        try:
            return (date.fromisoformat(self.done["published"]) - self.last).days
        except ValueError:
            return None


def duties(
    outputs: Path | str, answers: Path = REGISTER, rules: Path | None = None, today: date | None = None
) -> list[Duty]:
    """Return the duty to respond to each report in the tables, the most urgent first.

    Failed reports take no part, nor do papers that section 55 does not cover, such as those on fire services.

    Raises:
        BadDecisions: the register cannot be read.
    """
    return duties_of(read_rows("reports", outputs), register(answers), rules, today)


def duties_of(
    reports: Iterable[Mapping[str, Any]], state: State, rules: Path | None = None, today: date | None = None
) -> list[Duty]:
    """Return the duty to respond to each of these rows of `reports`, as the register stands; see `duties`."""
    folder, day = rules or rules_root(), today or date.today()
    apart = {family.kind for family in load_rules(folder).papers if not family.section_55}
    answered = (row for row in reports if row["status"] != "failed" and row["kind"] not in apart)
    found = [_duty(row, state, folder, day) for row in answered]
    return sorted(found, key=lambda duty: (duty.is_done, duty.last or date.max, duty.report_id))


def _duty(row: Mapping[str, Any], state: State, folder: Path, today: date) -> Duty:
    about = row["report_id"]
    published = value_of(state, about, "report_published") or row["published"] or row.get("sent")
    done = {field: value_of(state, about, field) for field in _DONE}
    due = _deadline(published, folder, row["cycle"], load_rules(folder).version)
    return Duty(about, row["title"] or about, published, due, done, today)


@lru_cache(maxsize=4096)
def _deadline(published: str | None, folder: Path, cycle: str | None, _version: str) -> Deadline:
    """Work out a last day once for each day of publication, which many reports share."""
    return deadline(published, folder, cycle)


def as_text(found: Sequence[Duty]) -> str:
    """Return the duties as lines: report, published, last day, what is to be told."""
    rows = [("REPORT", "PUBLISHED", "LAST DAY", "")]
    for duty in found:
        last = british(duty.last) if duty.last else "not known"
        last = last if duty.due.exact or not duty.last else f"{last} at the latest"
        rows.append((duty.report_id, british_published(duty.published) or "not known", last, duty.words))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join("  ".join([*map(str.ljust, row[:3], widths), row[3]]).rstrip() for row in rows)


def as_calendar(found: Sequence[Duty]) -> str:
    """Return the last days of what is not done as an iCalendar file, with a reminder two weeks before.

    Source of the form: RFC 5545; lines end in CRLF and are folded at 75 bytes.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//peel//section 55//EN"]
    for duty in found:
        if duty.is_done or duty.last is None:
            continue
        lines += [
            "BEGIN:VEVENT",
            f"UID:{duty.report_id}@peel",
            f"DTSTAMP:{duty.today:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{duty.last:%Y%m%d}",
            f"DTEND;VALUE=DATE:{duty.last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(f'Last day to publish the response to: {duty.title}')}",
            "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P14D", "DESCRIPTION:Two weeks left", "END:VALARM",
            "END:VEVENT",
        ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
