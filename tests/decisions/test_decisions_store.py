"""The file of decisions: nothing lost between writers, nothing misread that a hand or a spreadsheet has touched."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.decisions.ledger import Ledger
from extractor.decisions.store import COLUMNS, Verdict, add_verdicts, read_verdicts
from extractor.decisions.written import copy_of, foreign_lines, remark
from extractor.errors import BadDecisions

ID = "2016-effectiveness-essex"
FIRST = Verdict("finding", f"{ID}/afi/1", verdict="rejected", printed="It’s a “heading”, no item", note="see p. 4")
SECOND = Verdict("finding", f"{ID}/afi/2", verdict="corrected", kind="recommendation", text="Do a; and\ndo b")
WRITER = """
import sys
from pathlib import Path
from extractor.decisions.store import Verdict, add_verdicts
path, who = Path(sys.argv[1]), sys.argv[2]
for at in range(40):
    add_verdicts([Verdict("finding", f"r/afi/{who}-{at}", verdict="accepted", by=who)], path)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "verdicts.csv"
    add_verdicts([FIRST, SECOND], path)
    return path


def test_four_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corpus" / "verdicts.csv"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(who)]) for who in range(4)]
    assert [writer.wait(timeout=240) for writer in writers] == [0] * 4
    assert {each.id for each in read_verdicts(path)} == {f"r/afi/{who}-{at}" for who in range(4) for at in range(40)}


def test_rows_are_only_ever_added(file: Path) -> None:
    before = file.read_bytes()
    add_verdicts([replace(FIRST, verdict="accepted")], file, [SECOND.key])
    assert file.read_bytes().startswith(before)
    assert read_verdicts(file) == [replace(FIRST, verdict="accepted")]


def test_what_holds_already_is_not_written_again(file: Path) -> None:
    before = file.read_bytes()
    add_verdicts([FIRST, SECOND], file, [("finding", "never", "decided")])
    assert file.read_bytes() == before


def test_a_decision_taken_back_and_made_again_holds(file: Path) -> None:
    add_verdicts([], file, [FIRST.key])
    add_verdicts([FIRST], file)
    assert FIRST in read_verdicts(file)


def test_a_reader_never_sees_a_part_and_nothing_is_left_behind(file: Path) -> None:
    assert {path.name for path in file.parent.iterdir()} <= {
        "verdicts.csv",
        "verdicts.csv.lock",
        ".verdicts.csv.written",
    }


def test_a_change_by_another_hand_is_told_until_the_next_decision(file: Path) -> None:
    assert foreign_lines(file) == []
    whole = file.read_bytes()
    for bit in range(8 * len(whole)):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        file.write_bytes(changed)
        assert foreign_lines(file)
    file.write_bytes(whole.replace(b"rejected", b"accepted"))
    assert foreign_lines(file) == [2] and str(copy_of(file)) in (remark(file) or "")
    add_verdicts([replace(FIRST, id=f"{ID}/afi/9")], file)
    assert foreign_lines(file) == [] and remark(file) is None
    file.unlink()
    assert foreign_lines(file)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=4))
def test_every_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, notes: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "v.csv"
    told = [Verdict("finding", f"{ID}/afi/{at}", verdict="accepted", note=note) for at, note in enumerate(notes)]
    for verdict in told:
        add_verdicts([verdict], path)
    assert read_verdicts(path) == told


# what hands and spreadsheets do --------------------------------------------------------------------------------------


def table(file: Path, delimiter: str = ",", **columns: str) -> str:
    """Return the file's rows written anew, with more columns at the end."""
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([*rows[0], *columns])
    writer.writerows([*row, *columns.values()] for row in rows[1:])
    return sink.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_other_encodings_and_separators_are_read_and_survive_a_new_decision(
    file: Path, encoding: str, delimiter: str
) -> None:
    file.write_bytes(table(file, delimiter).encode(encoding))
    assert read_verdicts(file) == [FIRST, SECOND]
    third = replace(FIRST, id=f"{ID}/afi/3", note="naïve – “quoted”")
    add_verdicts([third], file)
    assert read_verdicts(file) == [FIRST, SECOND, third]


def test_excels_own_first_line_is_no_header(file: Path) -> None:
    file.write_text("sep=;\r\n" + table(file, ";"), encoding="utf-8", newline="")
    assert read_verdicts(file) == [FIRST, SECOND]


def test_columns_of_other_people_are_kept(file: Path) -> None:
    file.write_text(table(file, Lead="Ms B", Priority="high"), encoding="utf-8", newline="")
    add_verdicts([replace(FIRST, verdict="accepted")], file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row.get("Lead") or row.get("lead") for row in rows] == ["Ms B", "Ms B", None]
    assert len(rows) == 3


def test_a_missing_column_is_added_without_losing_a_row(file: Path) -> None:
    few = "subject,id,verdict\r\nfinding,r/afi/1,accepted\r\n"
    file.write_text(few, encoding="utf-8", newline="")
    add_verdicts([FIRST], file)
    assert [each.id for each in read_verdicts(file)] == ["r/afi/1", FIRST.id]


def row(**cells: str) -> str:
    sink = io.StringIO()
    values = {"subject": "finding", "id": f"{ID}/afi/1", "verdict": "rejected"} | cells
    csv.writer(sink, lineterminator="\r\n").writerow([values.get(name, "") for name in COLUMNS])
    return sink.getvalue()


HEADER = ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    "cells",
    [
        {"verdict": "Rejected"},
        {"verdict": "rejected "},
        {"subject": "Finding"},
        {"subject": " FINDING"},
        {"verdict": "Reject"},
        {"id": f"{ID}/afi/1 "},
    ],
)
def test_words_are_known_however_they_are_typed(tmp_path: Path, cells: dict[str, str]) -> None:
    file = tmp_path / "v.csv"
    file.write_text(HEADER + row(**cells), encoding="utf-8", newline="")
    assert read_verdicts(file) == [Verdict("finding", f"{ID}/afi/1", verdict="rejected")]


def test_days_that_excel_has_rewritten(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text(HEADER + row(on="14/11/2024", kind="Area for improvement"), encoding="utf-8")
    found = read_verdicts(tmp_path / "v.csv")[0]
    assert (found.on, found.kind) == ("2024-11-14", "area_for_improvement")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEADER + row() + row(verdict="delete"), "line 3, column verdict: “delete” is none of accepted, corrected"),
        (HEADER + row(subject="report"), "line 2, column subject: “report”"),
        (HEADER + row(id=""), "line 2, column id: it names nothing"),
        (HEADER + row(id="the second one"), "line 2, column id: “the second one” is no id"),
        (HEADER + row(kind="opinion"), "line 2, column kind: “opinion”"),
        (HEADER + row(on="11-14-24"), "line 2, column on: “11-14-24” is no date; write YYYY-MM-DD"),
        (HEADER + row(page="four"), "line 2, column page"),
        (HEADER + f'finding,{ID}/afi/1,,rejected,,"a stray mark,,,,,,,,\r\n' + row(), "line 2: a quotation mark"),
        (HEADER + row(note="x").replace("x", "one\rtwo"), "line 2: a quotation mark or line end is astray"),
        (HEADER + f"finding,{ID}/afi/1,,rejected\r\n", "line 2: 4 cells where the header has 14"),
        (HEADER + row().replace("\r\n", ",more\r\n"), "line 2: “more” stands under no column"),
        (HEADER.replace("note", "text"), "line 1: column text stands twice"),
        (HEADER.replace("verdict,", "decision,") + row(), "line 1: column verdict is missing"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "v.csv"
    file.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(ValueError) as error:
        read_verdicts(file)
    assert words in str(error.value) and str(file) in str(error.value)
    with pytest.raises(ValueError):
        add_verdicts([FIRST], file)
    assert file.read_text(encoding="utf-8") == text.replace("\r\n", "\n").replace("\r", "\n")


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text(HEADER + row(verdict="x") + row(page="y") + row(on="z"), encoding="utf-8")
    with pytest.raises(ValueError) as error:
        read_verdicts(tmp_path / "v.csv")
    assert [f"line {line}" in str(error.value) for line in (2, 3, 4)] == [True] * 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (HEADER.encode() + row(note="é").encode() + row(note="é").encode("cp1252"), "line 3: two encodings are mixed"),
        (HEADER.encode() + row(note="\x00").encode(), "zero bytes"),
        (HEADER.encode("utf-16")[:-1], "cut off"),
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "v.csv").write_bytes(data)
    with pytest.raises(ValueError, match=words):
        read_verdicts(tmp_path / "v.csv")


def test_a_large_cell_does_not_close_the_file_to_everybody(tmp_path: Path) -> None:
    large = replace(FIRST, note="x" * 300_000)
    add_verdicts([large, SECOND], tmp_path / "v.csv")
    assert read_verdicts(tmp_path / "v.csv") == [large, SECOND]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"subject": "grading", "id": f"{ID}/grade/1", "verdict": "corrected", "text": "goood"}, "“goood” is no grade"),
        ({"subject": "grading", "id": f"{ID}/afi/1"}, "is not the id of a grading"),
        ({"id": f"{ID}/grade/1"}, "is not the id of a finding"),
        ({"id": ID}, "is not the id of a finding"),
        ({"verdict": "corrected", "kind": "recommendation"}, "a corrected finding needs its words"),
        ({"verdict": "added", "text": "Words."}, "an added finding needs its kind"),
        ({"boxes": "[1]"}, "these are no places"),
        ({"boxes": '[{"page": 1}]'}, "these are no places"),
        ({"boxes": "[" * 5_000}, "these are no places"),
        ({"boxes": '[{"page": 1, "x0": NaN, "top": 1, "x1": 2, "bottom": 2}]'}, "these are no places"),
        ({"page": "0"}, "“0” is no page"),
        ({"on": "20260102"}, "“20260102” is no date"),
        ({"on": "2026-W01-2"}, "“2026-W01-2” is no date"),
    ],
)
def test_a_cell_that_would_change_a_row_into_nonsense_is_refused(
    tmp_path: Path, cells: dict[str, str], told: str
) -> None:
    made = Verdict(**{"subject": "finding", "id": f"{ID}/afi/1", "verdict": "rejected"} | cells)
    with pytest.raises(BadDecisions, match=re.escape(told)):
        add_verdicts([made], tmp_path / "v.csv")
    Ledger(tmp_path / "v.csv", COLUMNS).append([asdict(made)])
    with pytest.raises(BadDecisions, match=re.escape(told)):
        read_verdicts(tmp_path / "v.csv")


def test_a_grade_is_read_however_a_person_writes_it(tmp_path: Path) -> None:
    add_verdicts(
        [Verdict("grading", f"{ID}/grade/1", verdict="corrected", text="Requires_Improvement ")], tmp_path / "v"
    )
    assert read_verdicts(tmp_path / "v")[0].text == "requires improvement"
