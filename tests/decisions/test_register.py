"""The register: dated rows that are only added, two axes, and two people who write at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.decisions.register import FIELDS, Entry, as_of, entries, merge, record, register, value_of

ITEM = "2016-effectiveness-essex/rec/1"
TWO_READERS = """
import sys
from pathlib import Path
from extractor.decisions.register import Entry, merge
who = sys.argv[2]
for at in range(25):
    merge([Entry(f"r/afi/{who}-{at}", "owner", who, who, "2024-05-01")], {}, Path(sys.argv[1]))
"""


def said(field: str, value: str, on: str = "2024-05-01", by: str = "A") -> Entry:
    return Entry(ITEM, field, value, by, on)


def test_every_day_shows_what_held_on_it(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    record([said("delivery", "Not started"), said("position", "Accepted")], path)
    record([said("delivery", "Done", "2024-07-01"), said("force_done_on", "2024-06-30", "2024-07-01", "B")], path)
    may, july = register(path, date(2024, 5, 31)), register(path, date(2024, 7, 1))
    assert [value_of(state, ITEM, "delivery") for state in (may, july)] == ["Not started", "Done"]
    assert [value_of(state, ITEM, "position") for state in (may, july)] == ["Accepted", "Accepted"]
    assert register(path, date(2024, 4, 30)) == {}
    assert july[ITEM]["force_done_on"].by == "B"


def test_what_the_force_says_closes_nothing_for_the_inspectorate(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    record([said("force_done_on", "2024-06-30")], path)
    assert value_of(register(path), ITEM, "inspectorate_closed_on") == ""


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    record([said("owner", "Supt X")], path)
    before = path.read_bytes()
    assert record([said("owner", "Supt X", "2024-08-01")], path) == ()
    assert merge([said("owner", "Supt X")], {(ITEM, "owner"): "Supt X"}, path).added == ()
    assert path.read_bytes() == before


def test_two_who_changed_the_same_field_are_both_shown(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    base = {(ITEM, "owner"): ""}
    merge([said("owner", "Supt X", by="A")], base, path)
    found = merge([said("owner", "Insp Y", by="B"), said("due", "2024-09-01", by="B")], base, path)
    assert [(each.kept, each.other, each.by) for each in found.conflicts] == [("Supt X", "Insp Y", "A")]
    assert "Supt X" in str(found.conflicts[0]) and "Insp Y" in str(found.conflicts[0])
    state = register(path)
    assert (value_of(state, ITEM, "owner"), value_of(state, ITEM, "due")) == ("Supt X", "2024-09-01")


def test_what_was_changed_in_a_file_is_taken_where_the_register_is_gone(tmp_path: Path) -> None:
    merged = merge([said("owner", "Supt Y")], {(ITEM, "owner"): "Supt X"}, tmp_path / "register.csv")
    assert [entry.value for entry in merged.added] == ["Supt Y"] and not merged.conflicts


def test_an_old_copy_that_was_left_alone_undoes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    record([said("owner", "Supt X")], path)
    assert merge([said("owner", "")], {(ITEM, "owner"): ""}, path) == merge([], {}, path)
    assert value_of(register(path), ITEM, "owner") == "Supt X"


def test_an_answer_taken_out_is_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    record([said("owner", "Supt X")], path)
    merge([said("owner", "", "2024-06-01")], {(ITEM, "owner"): "Supt X"}, path)
    assert value_of(register(path), ITEM, "owner") == ""
    assert value_of(register(path, date(2024, 5, 31)), ITEM, "owner") == "Supt X"


def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    assert merge([said("owner", "Supt X")], {}, path, write=False).added
    assert not path.exists()


def test_two_readers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    readers = [subprocess.Popen([sys.executable, "-c", TWO_READERS, str(path), who]) for who in "ab"]
    assert [reader.wait(timeout=240) for reader in readers] == [0, 0]
    assert len({entry.about for entry in entries(path)}) == 50


@pytest.mark.parametrize(
    ("entry", "words"),
    [(Entry(ITEM, "colour", "red", "A", "2024-05-01"), "colour"), (Entry(ITEM, "owner", "X", "A", ""), "no date")],
)
def test_a_row_without_a_known_field_or_day_is_refused(tmp_path: Path, entry: Entry, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        record([entry], tmp_path / "register.csv")
    assert not (tmp_path / "register.csv").exists()


def test_a_row_damaged_by_hand_is_named(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    record([said("owner", "Supt X"), said("due", "2024-09-01")], path)
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",due,", ",dew,"), encoding="utf-8")
    with pytest.raises(ValueError, match="line 3, column field: “dew”"):
        register(path)


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(FIELDS)), st.text(max_size=3), st.dates(date(2015, 1, 1), date(2030, 1, 1)))
    ),
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
)
def test_later_rows_never_change_an_earlier_day(told: list[tuple[str, str, date]], day: date) -> None:
    rows = [Entry(ITEM, field, value, "", on.isoformat()) for field, value, on in told]
    assert as_of(rows, day) == as_of([row for row in rows if row.on <= day.isoformat()])


def test_days_are_read_as_excel_leaves_them_and_never_in_a_form_that_sorts_wrongly(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    head = "about,field,value,by,on,source\n"
    file.write_text(f"{head}{ITEM},due,09/09/2026,A,01/06/2026,\n{ITEM},due,2026-03-01,A,2026-01-01,\n", "utf-8")
    assert value_of(register(file), ITEM, "due") == "2026-09-09"
    file.write_text(f"{head}{ITEM},due,2026-03-01,A,20260101,\n", "utf-8")
    with pytest.raises(ValueError, match="line 2, column on: “20260101” is no date"):
        register(file)


@pytest.mark.parametrize("field", ["report_published", "published", "sent_inspectors"])
def test_a_day_by_which_an_answer_is_late_is_a_day(tmp_path: Path, field: str) -> None:
    path = tmp_path / "register.csv"
    for value in ("next week", "2026-13-01", "March 2026"):
        path.write_text(f"about,field,value,by,on,source\nr,{field},{value},A,2026-01-01,\n", encoding="utf-8")
        with pytest.raises(ValueError, match=f"line 2, column value: “{value}” is no date; write YYYY-MM-DD"):
            entries(path)
    for value in ("2026-03-01", "01/03/2026", ""):
        path.write_text(f"about,field,value,by,on,source\nr,{field},{value},A,2026-01-01,\n", encoding="utf-8")
        assert [entry.value for entry in entries(path)] == ["2026-03-01" if value else ""]
