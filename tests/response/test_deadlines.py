from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.response.last_day import british_published, deadline, possible_days
from extractor.rulebook.dates import british
from extractor.rulebook.load import load_rules


@pytest.mark.parametrize(
    ("published", "last"),
    [
        ("2023-03-17", "2023-05-11"),  # 56 days beginning with the day of publication
        ("2017-05-02", "2017-06-26"),  # first day of the duty
        ("2017-05-01", "2017-05-31"),  # last day before it: 30 days after
        ("2016-02-18", "2016-03-19"),
        ("2024-01-05", "2024-02-29"),  # leap year
    ],
)
def test_last_day(published: str, last: str) -> None:
    due = deadline(published)
    assert due.exact and due.last == date.fromisoformat(last)


def test_only_a_month_gives_a_range_and_says_so() -> None:
    due = deadline("2022-07")
    assert (due.first, due.last) == (date(2022, 8, 25), date(2022, 9, 24))
    assert not due.exact
    assert "July 2022" in due.notes[0]
    assert due.words == "between Thursday 25 August 2022 and Saturday 24 September 2022"


def test_month_with_a_change_of_rule_names_both_periods() -> None:
    due = deadline("2017-05")
    assert [regime.days for regime in due.regimes] == [30, 56]
    assert "changed within that month" in due.notes[1]


def test_no_date_is_said() -> None:
    due = deadline(None)
    assert due.last is None and "cannot be worked out" in due.words


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2023-10-07", "Friday"),
        ("2023-02-13", "Sunday"),  # 9 April 2023
        ("2023-02-14", "Easter Monday"),
        ("2022-07-26", "State Funeral"),
    ],
)
def test_weekends_and_bank_holidays_are_shown_not_shifted(published: str, words: str) -> None:
    due = deadline(published)
    assert due.last is not None and (due.last - date.fromisoformat(published)).days == 55
    assert words in due.words + " ".join(due.notes)


def test_years_outside_the_list_of_bank_holidays_are_said() -> None:
    assert any("the list covers 2014 to 2028" in note for note in deadline("2031-03-03").notes)


def test_weekend_outside_the_list_says_both() -> None:
    notes = " ".join(deadline("2031-02-02").notes)
    assert "Saturday" in notes and "the list covers" in notes


@pytest.mark.parametrize("wrong", ["18/02/2016", "2016", "2016-13", "2016-02-30", "soon"])
def test_what_is_no_date_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        deadline(wrong)


def test_british_dates() -> None:
    assert british(date(2016, 2, 18), weekday=True) == "Thursday 18 February 2016"
    assert british_published("2016-02") == "February 2016"
    assert british_published("2016-02-08") == "8 February 2016"
    assert british_published(None) is None


def test_table_of_periods_has_no_gap_and_names_its_sources() -> None:
    rows = load_rules().regimes
    assert rows[0].first is None and rows[-1].last is None
    for earlier, later in pairwise(rows):
        assert earlier.last and later.first and (later.first - earlier.last).days == 1
    assert all("http" in row.source for row in rows)


def test_bank_holidays_are_working_weekdays_and_eight_or_more_a_year() -> None:
    days = {holiday.day: holiday.name for holiday in load_rules().holidays}
    for year in range(2014, 2029):
        assert len([day for day in days if day.year == year]) >= 8
    assert all(day.weekday() < 5 for day in days)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_month_spans_every_day_it_can_mean(day: date) -> None:
    whole, month = deadline(day.isoformat()), deadline(f"{day:%Y-%m}")
    assert month.first and month.last and whole.last
    assert month.first <= whole.last <= month.last
    span = possible_days(f"{day:%Y-%m}")
    assert span and span[0] <= day <= span[1]
