"""What people do to the tracker in Excel, beside filling it in: nothing is taken wrongly, nothing put back unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment
from response_rows import suffolk, written

from extractor.cli import main
from extractor.decisions.register import entries
from extractor.errors import UnreadableFile
from extractor.export.tracker import export
from extractor.export.tracker_back import take_back

TEXT = "Text as printed"


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    written(tmp_path, suffolk())
    export(tmp_path, answers=tmp_path / "register.csv")
    return tmp_path / "export" / "tracker.xlsx"


def changed(tracker: Path, change: Callable[[Any, Callable[[str], int]], object]) -> Path:
    """Let somebody change the sheet; `at` gives the number of a heading's column."""
    book = openpyxl.load_workbook(tracker)
    sheet = book["Tracker"]
    heads = [cell.value for cell in sheet[1]]
    change(sheet, lambda heading: heads.index(heading) + 1)
    book.save(tracker)
    return tracker


def put(row: int, values: dict[str, object]) -> Callable[[Any, Callable[[str], int]], None]:
    def change(sheet: Any, at: Callable[[str], int]) -> None:
        for heading, value in values.items():
            sheet.cell(row, at(heading)).value = value

    return change


def again(tracker: Path) -> int:
    return main(
        ["export", "--outputs", str(tracker.parents[1]), "--register", str(tracker.parents[1] / "register.csv")]
    )


def cell(tracker: Path, row: int, heading: str) -> Any:
    sheet = openpyxl.load_workbook(tracker)["Tracker"]
    return sheet.cell(row, [each.value for each in sheet[1]].index(heading) + 1)


@pytest.mark.parametrize("shown", [None, "", "#REF!"])
def test_a_formula_without_an_answer_is_named_and_nothing_is_written(shown: str | None, tracker: Path) -> None:
    changed(tracker, put(3, {"Owner": '="Supt "&B3', "Comment": "read"}))
    if shown is not None:
        work_out(tracker, shown, kind="e" if shown else "n")
    before, where = tracker.read_bytes(), cell(tracker, 3, "Owner").coordinate
    with pytest.raises(UnreadableFile, match=rf"{where} \(Owner\).*save.*Excel"):
        take_back(tracker, tracker.parents[1] / "register.csv")
    assert again(tracker) == 1
    assert tracker.read_bytes() == before and not (tracker.parents[1] / "register.csv").exists()


@pytest.mark.parametrize("shown", ["Supt One", ""])
def test_a_formula_that_was_worked_out_is_its_value(shown: str, tracker: Path) -> None:
    work_out(changed(tracker, put(3, {"Owner": '="Supt "&B3'})), shown)
    merged = take_back(tracker, tracker.parents[1] / "register.csv")
    assert [entry.value for entry in merged.added] == ([shown] if shown else [])


def work_out(tracker: Path, shown: str, kind: str = "str") -> None:
    """Write into the workbook what Excel keeps beside the formula for the owner: the words it came to."""
    with ZipFile(tracker) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet2.xml"
    worked = rb'\1 t="%s"><f>"Supt "&amp;B3</f><v>%s</v>' % (kind.encode(), shown.encode())
    parts[name], found = re.subn(rb'(<c r="\w+" s="\d+")><f>"Supt "&amp;B3</f><v ?/?>(</v>)?', worked, parts[name])
    assert found == 1
    with ZipFile(tracker, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_words_of_the_report_that_were_changed_are_put_back_and_told(
    tracker: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, drafts = cell(tracker, 2, TEXT).value, cell(tracker, 3, "Draft improvement actions").value
    edits = {TEXT: "The force should do less.", "Owner": "Supt One"}
    changed(tracker, put(2, edits))
    changed(tracker, put(3, {"Draft improvement actions": "Do less.", "Page": 99}))
    assert again(tracker) == 1
    said = capsys.readouterr().err
    assert all(f"{cell(tracker, row, head).coordinate} ({head})" in said for row, head in ((2, TEXT), (3, "Page")))
    assert "put back" in said and "tracker-old" in said
    assert cell(tracker, 2, TEXT).value == text and cell(tracker, 2, "Owner").value == "Supt One"
    assert cell(tracker, 3, "Draft improvement actions").value == drafts
    assert again(tracker) == 0


def test_many_changed_cells_are_counted_after_the_first(tracker: Path) -> None:
    def shout(sheet: Any, at: Callable[[str], int]) -> None:
        for heading in ("Kind", "Force", "Page", "Look again"):
            for row in (2, 3, 4):
                sheet.cell(row, at(heading)).value = "!"

    (told,) = take_back(changed(tracker, shout), tracker.parents[1] / "register.csv").remarks
    assert told.count("(") == 8 and " and 4 more: changed" in told


def test_a_tracker_as_it_was_written_has_no_changed_words(tracker: Path) -> None:
    changed(tracker, put(2, {"Owner": "Supt One"}))
    assert take_back(tracker, tracker.parents[1] / "register.csv").remarks == ()


def test_rows_sorted_in_part_are_refused(tracker: Path) -> None:
    def sort_texts_alone(sheet: Any, at: Callable[[str], int]) -> None:
        texts = [sheet.cell(row, at(TEXT)).value for row in (2, 3)]
        for row, text in zip((3, 2), texts, strict=True):
            sheet.cell(row, at(TEXT)).value = text

    changed(tracker, sort_texts_alone)
    with pytest.raises(UnreadableFile, match=r"row 2.*another"):
        take_back(tracker, tracker.parents[1] / "register.csv")


@pytest.mark.parametrize("name", [None, "2023-25-integrated-suffolk/afi/0000000x"])
def test_answers_in_a_row_without_its_name_are_refused(name: str | None, tracker: Path) -> None:
    changed(tracker, put(2, {"finding_id": name, "Owner": "Supt One"}))
    with pytest.raises(UnreadableFile, match=r"row 2.*finding_id"):
        take_back(tracker, tracker.parents[1] / "register.csv")
    assert entries(tracker.parents[1] / "register.csv") == []


def test_a_row_taken_out_and_an_empty_row_are_no_matter(tracker: Path) -> None:
    changed(tracker, lambda sheet, _at: (sheet.delete_rows(2), sheet.insert_rows(3)))
    assert take_back(tracker, tracker.parents[1] / "register.csv").remarks == ()


def test_a_tracker_without_marks_is_read_as_ever(tracker: Path) -> None:
    book = openpyxl.load_workbook(tracker)
    book["Register"].delete_rows(2, book["Register"].max_row)
    book.save(tracker)
    changed(tracker, put(2, {"Owner": "Supt One"}))
    merged = take_back(tracker, tracker.parents[1] / "register.csv")
    assert [entry.value for entry in merged.added] == ["Supt One"] and not merged.remarks


def test_a_column_of_ones_own_is_named_before_it_goes(tracker: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def rename(sheet: Any, at: Callable[[str], int]) -> None:
        sheet.cell(1, at("Owner")).value = "Lead"
        sheet.cell(2, at("Owner")).value = "Supt One"

    changed(tracker, rename)
    assert again(tracker) == 1
    said = capsys.readouterr().err
    assert f"{cell(tracker, 2, 'Owner').coordinate} (Lead)" in said and "not carried over" in said


def test_a_tracker_that_came_by_mail_is_read_before_the_next_is_written(
    tracker: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = tmp_path / "tracker (2).xlsx"
    theirs.write_bytes(tracker.read_bytes())
    changed(theirs, put(2, {"Owner": "Supt One", TEXT: "Less."}))
    changed(tracker, put(3, {"Owner": "Supt Two"}))
    verb = ["export", "--outputs", str(tmp_path), "--register", str(tmp_path / "register.csv"), "--read", str(theirs)]
    assert main(verb) == 2 and "--by" in capsys.readouterr().err
    assert main([*verb, "--by", "A. Clerk"]) == 1
    said = capsys.readouterr().err
    assert "2 answers" in said and f"{TEXT})" in said
    assert [cell(tracker, row, "Owner").value for row in (2, 3)] == ["Supt One", "Supt Two"]
    assert [entry.by for entry in entries(tmp_path / "register.csv")] == ["A. Clerk", ""]
    assert main([*verb, "--by", "A. Clerk"]) == 1, "it is named again"
    said = capsys.readouterr().err
    assert "tracker (2).xlsx: " in said and "tracker-old" not in said
    assert main([*verb, "--by", "A", "--flat"]) == 2


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet2.xml", "xl/worksheets/sheet9.xml", "xl/styles.xml", "xl/workbook.xml"]
)
@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: data.replace(b"<", b"", 9)])
def test_a_damaged_workbook_is_named_and_stays(part: str, damage: Callable[[bytes], bytes], tracker: Path) -> None:
    with ZipFile(tracker) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(tracker, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, damage(content) if name == part else content)
    before = tracker.read_bytes()
    with pytest.raises(UnreadableFile, match="damaged"):
        take_back(tracker, tracker.parents[1] / "register.csv")
    assert again(tracker) == 1 and tracker.read_bytes() == before


@pytest.mark.parametrize("name", ["answer.docx", "tracker.xls", "tracker"])
def test_a_file_of_another_kind_is_named(name: str, tracker: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=f"{name}: no workbook"):
        take_back(tracker.rename(tmp_path / name), tmp_path / "register.csv")


def test_a_bit_turned_in_a_packed_sheet_is_named(tracker: Path) -> None:
    with ZipFile(tracker) as package:
        sheet = package.getinfo("xl/worksheets/sheet2.xml")
    data = bytearray(tracker.read_bytes())
    data[sheet.header_offset + 60 + sheet.compress_size // 2] ^= 16
    tracker.write_bytes(data)
    with pytest.raises(UnreadableFile, match="damaged"):
        take_back(tracker, tracker.parents[1] / "register.csv")


def test_a_workbook_that_would_fill_the_memory_is_refused(tracker: Path) -> None:
    with ZipFile(tracker, "a", ZIP_DEFLATED) as package, package.open("xl/more.xml", "w", force_zip64=True) as part:
        for _ in range(600):
            part.write(bytes(1_000_000))
    with pytest.raises(UnreadableFile, match="larger than any tracker"):
        take_back(tracker, tracker.parents[1] / "register.csv")


def test_own_sheets_and_notes_are_named_before_they_go(tracker: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def add(sheet: Any, at: Callable[[str], int]) -> None:
        sheet.cell(2, at("Owner")).comment = Comment("ask", "A")
        sheet.parent.create_sheet("Meeting")

    changed(tracker, add)
    assert again(tracker) == 1
    said = capsys.readouterr().err
    assert "sheet “Meeting”" in said and "notes on cells" in said and "tracker-old-1.xlsx" in said


def test_without_its_hidden_sheet_a_tracker_is_read_and_says_so(tracker: Path) -> None:
    changed(
        tracker, lambda sheet, at: (sheet.parent.remove(sheet.parent["Register"]), put(2, {"Owner": "X"})(sheet, at))
    )
    merged = take_back(tracker, tracker.parents[1] / "register.csv")
    assert len(merged.added) == 1 and "hidden sheet is gone" in merged.remarks[0]


def test_a_choice_is_taken_as_the_list_has_it(tracker: Path, tmp_path: Path) -> None:
    changed(tracker, put(2, {"Position": "accepted.", "Delivery status": "in progress - on track"}))
    assert again(tracker) == 0
    told = {entry.field: entry.value for entry in entries(tmp_path / "register.csv")}
    assert told == {"position": "Accepted", "delivery": "In progress – on track"}


def test_a_position_or_day_that_is_none_is_taken_as_typed_and_named(
    tracker: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(tracker, put(2, {"Position": "Agred", "Due date": "soon", "Delivery status": "Doing"}))
    assert again(tracker) == 1
    said = capsys.readouterr().err
    assert all(f"“{words}”" in said for words in ("Agred", "soon", "Doing"))
    assert cell(tracker, 2, "Position").value == "Agred"
