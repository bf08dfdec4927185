"""Dates as British reports print them; nothing is guessed where no day is named."""

from __future__ import annotations

import locale
from datetime import date

import pytest

from extractor.rulebook.dates import british, british_stored, deadline_day, printed_date


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("Published on 31 March 2025", "2025-03-31"),
        ("1st of May, 2019", "2019-05-01"),
        ("March 31, 2025", "2025-03-31"),
        ("Last updated 02/03/2019", "2019-03-02"),
        ("2.3.2019", "2019-03-02"),
        ("2019-03-02T09:30:00", "2019-03-02"),
        ("Sept 2024", "2024-09"),
        ("© HMIC February 2016", "2016-02"),
        ("31 February 2018", None),
        ("39 March 2018", None),
        ("131 March 2018", None),
        ("the 131st of March 2018", None),
        ("13/13/2024", None),
        ("29 February 2023", None),
        ("29 February 2024", "2024-02-29"),
        ("2 May 20199", None),
        ("the marching band of 2019", None),
    ],
)
def test_printed_date(printed: str, date: str | None) -> None:
    assert printed_date(printed) == date


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("By 31/03/2025", "2025-03-31"),
        ("within three months", "2024-11-30"),
        ("within the next six months", "2025-02-28"),
        ("over the next three months", "2024-11-30"),
        ("within 28 days", "2024-09-28"),
        ("within eighteen months", "2026-02-28"),
        ("within a year", "2025-08-31"),
        ("by the end of March 2025", "2025-03-31"),
        ("by the end of winter 2024", "2025-02-28"),
        ("By July 2018", None),
        ("by autumn 2024", None),
        ("By 31 February 2019", None),
        ("within some months", None),
        ("within 99999999999 days", None),
        ("immediately", None),
        (None, None),
    ],
)
def test_deadline_day_of_a_report_of_31_august_2024(words: str | None, day: str | None) -> None:
    assert deadline_day(words, "2024-08-31") == day


@pytest.mark.parametrize("published", [None, "2024-08", "2024-02-31", "soon"])
def test_a_span_without_a_known_beginning_names_no_day(published: str | None) -> None:
    assert deadline_day("within three months", published) is None


def test_months_do_not_follow_the_locale_of_the_process() -> None:
    known = {locale.setlocale(locale.LC_TIME), "C"}
    for name in known:
        locale.setlocale(locale.LC_TIME, name)
        assert printed_date("3 October 2023") == "2023-10-03"


@pytest.mark.parametrize(("stored", "words"), [("2017-03-02", "2 March 2017"), ("2017-03", "March 2017")])
def test_stored_date_as_printed_in_britain(stored: str, words: str) -> None:
    assert british_stored(stored) == words


def test_day_with_its_weekday() -> None:
    assert british(date(2024, 2, 29), weekday=True) == "Thursday 29 February 2024"


@pytest.mark.parametrize("stored", ["2017", "2017-02-30", "soon"])
def test_date_that_is_none_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match=r"day|values|invalid"):
        british_stored(stored)
