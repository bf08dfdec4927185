from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from response_rows import INVESTIGATE, cleveland, finding, grading, report, suffolk, written

from extractor.cli import main
from extractor.decisions.register import Entry, record, register, value_of
from extractor.export import tracker_filled, tracker_sheets
from extractor.export.csv_copies import as_csv
from extractor.export.tracker import export
from extractor.export.tracker_sheets import LONGEST_CELL
from extractor.models import Extraction, Problem
from extractor.tables.write import write_rows

SUFFOLK = "2023-25-integrated-suffolk"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "=cmd|' /C calc'!A0")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    written(folder)
    export(folder)
    return folder / "export"


def hostile() -> Extraction:
    rows = tuple(
        finding(n, "area_for_improvement", text, text, detail=text, deadline=text) for n, text in enumerate(FORMULAS)
    )
    gradings = tuple(grading(n, "question", text, "good") for n, text in enumerate(FORMULAS))
    return Extraction(
        report(force_name="=1+1", title="<script>alert(1)</script>", source="javascript:alert(1)"),
        gradings=gradings,
        findings=rows,
    )


def test_tracker_has_one_row_per_item_and_a_sheet_per_kind(exported: Path) -> None:
    book = openpyxl.load_workbook(exported / "tracker.xlsx")
    assert book.sheetnames == [
        "Summary",
        "Tracker",
        "Areas for improvement",
        "Causes of concern",
        "Recommendations",
        "Practice",
        "Gradings",
        "Lists",
        "Register",
    ]
    assert book["Register"].sheet_state == "veryHidden"
    assert book["Tracker"].max_row == 1 + 11 + 5
    assert book["Practice"].max_row == 2
    assert book["Gradings"].max_row == 1 + 5 + 3
    counts = [cell.value for cell in book["Summary"][6]][4:8]
    heights = [book["Summary"].row_dimensions[row].height for row in (5, 6)]
    assert max(heights) > 24  # the last day is a range, on two lines
    assert counts == [1, 1, 3, 1]


def test_tracker_filters_freezes_wraps_and_offers_lists(exported: Path) -> None:
    sheet = openpyxl.load_workbook(exported / "tracker.xlsx")["Tracker"]
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == sheet.dimensions
    head = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, head.index("Text as printed") + 1).alignment.wrap_text
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert lists == {"Lists!$A$2:$A$6", "Lists!$B$2:$B$10"}
    assert sheet.conditional_formatting
    assert all(sheet.cell(2, head.index(name) + 1).value is None for name in ("Position", "Owner", "Delivery status"))


def test_drafts_dates_and_page_links(exported: Path) -> None:
    sheet = openpyxl.load_workbook(exported / "tracker.xlsx")["Tracker"]
    head = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[head.index("Report")].value.endswith("suffolk"))
    assert row[head.index("Page")].hyperlink.target == "https://example.invalid/suffolk.pdf"
    assert row[head.index("Page")].hyperlink.location == "page=16"
    assert row[head.index("Last day for the response")].value.strftime("%Y-%m-%d") == "2023-11-27"
    drafts = [row[head.index("Draft improvement actions")].value for row in sheet.iter_rows(min_row=2)]
    assert "Identify repeat callers." in drafts


@pytest.mark.parametrize(("words", "linked"), [("a" * 1_900, True), ("a" * 2_000, False), ("😀" * 1_000, False)])
def test_a_page_is_shown_without_a_link_where_the_address_is_too_long_for_excel(
    tmp_path: Path, words: str, linked: bool
) -> None:
    long = report(SUFFOLK, source=f"https://example.invalid/{words}")
    written(tmp_path, replace(suffolk(), report=long))
    export(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "export" / "tracker.xlsx")["Tracker"]
    column = [cell.value for cell in sheet[1]].index("Page") + 1
    page = sheet.cell(2, column)
    assert int(page.value) == 16 and bool(page.hyperlink) is linked


def test_pages_beyond_the_links_that_excel_holds_are_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracker_sheets, "MOST_LINKS", 1)
    written(tmp_path)
    export(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "export" / "tracker.xlsx")["Tracker"]
    column = [cell.value for cell in sheet[1]].index("Page") + 1
    first, second = sheet.cell(2, column), sheet.cell(3, column)
    assert first.hyperlink and not second.hyperlink and isinstance(second.value, int)


def test_a_count_of_none_is_a_number(exported: Path) -> None:
    head, *lines = openpyxl.load_workbook(exported / "tracker.xlsx")["Summary"].iter_rows(min_row=4, values_only=True)
    assert [dict(zip(head, line, strict=True))["Practice"] for line in lines] == [0, 1]


def test_the_tracker_counts_the_days_left_and_says_what_the_law_asks(tmp_path: Path) -> None:
    written(tmp_path)
    export(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "export" / "tracker.xlsx")["Tracker"]
    head = [cell.value for cell in sheet[1]]
    law = {}
    for row in sheet.iter_rows(min_row=2, values_only=True):
        law.setdefault((row[head.index("Report")], row[head.index("Kind")]), row[head.index("Required by law?")])
    assert law["2015-effectiveness-cleveland", "recommendation"] == "no: before 2 May 2017"
    assert law[SUFFOLK, "recommendation"] == "yes, s.55(5B)" and law[SUFFOLK, "cause of concern"] == "no"
    day = openpyxl.utils.get_column_letter(head.index("Last day for the response") + 1)
    assert sheet.cell(2, head.index("Days left") + 1).value == f'=IF(ISNUMBER({day}2),{day}2-TODAY(),"")'


def test_no_formula_is_made_from_report_text(tmp_path: Path) -> None:
    written(tmp_path, hostile())
    export(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "export" / "tracker.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    ours = re.compile(r'=IF\(ISNUMBER\((\w+)\),\1-TODAY\(\),""\)')
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" and not ours.fullmatch(cell.value)]
    assert {text.strip() for text in FORMULAS} <= {cell.value for cell in cells}
    with ZipFile(tmp_path / "export" / "tracker.xlsx") as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/")]
        assert all(b"TODAY()" in formula for sheet in sheets for formula in re.findall(rb"<f>(.*?)</f>", sheet))
        assert b'quotePrefix="1"' in package.read("xl/styles.xml")
        assert not [name for name in package.namelist() if b"javascript:" in package.read(name)]
    with (tmp_path / "export" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            assert row["text"].startswith("'") and row["text"][1:] in FORMULAS


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), (3, 3), (["a", "=b"], '["a", "=b"]'), ("=x", "'=x"), (" -x", "' -x"), ("a=b", "a=b")],
)
def test_csv_values(value: object, cell: object) -> None:
    assert as_csv(value) == cell


def test_csv_copies_hold_every_row(exported: Path) -> None:
    with (exported / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 17 and json.loads(rows[0]["boxes"])[0]["page"] == 16


def test_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    long = "word " * 8000
    written(tmp_path, Extraction(report(), findings=(finding(0, "cause_of_concern", INVESTIGATE, long.strip()),)))
    export(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "export" / "tracker.xlsx")["Tracker"]
    value = sheet.cell(2, [cell.value for cell in sheet[1]].index("Text as printed") + 1).value
    assert len(value) == LONGEST_CELL and "longer than a cell can hold" in value


def test_what_people_wrote_is_in_the_next_tracker(tmp_path: Path) -> None:
    written(tmp_path)
    answers, merged = tmp_path / "register.csv", []
    export(tmp_path, answers=answers)
    export(tmp_path, answers=answers)
    folder = tmp_path / "export"
    assert not list(folder.glob("tracker-old-*"))  # nothing changed: the same bytes
    fill(folder / "tracker.xlsx", {"Owner": "Supt One", "Due date": datetime(2024, 3, 31), "Evidence": "=1+1"})
    export(tmp_path, answers=answers, on_merged=merged.append)
    assert len(merged[0].added) == 3 and not merged[0].conflicts
    assert first_answers(folder / "tracker.xlsx") == ("Supt One", datetime(2024, 3, 31), "=1+1")
    assert list(folder.glob("tracker-old-*"))
    before = answers.read_bytes(), (folder / "tracker.xlsx").read_bytes()
    export(tmp_path, answers=answers)
    assert (answers.read_bytes(), (folder / "tracker.xlsx").read_bytes()) == before


def test_what_others_answered_meanwhile_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path)
    answers = tmp_path / "register.csv"
    verb = ["export", "--outputs", str(tmp_path), "--register", str(answers)]
    assert main(verb) == 0
    tracker = tmp_path / "export" / "tracker.xlsx"
    fill(tracker, {"Owner": "Insp Two", "Comment": "ours"})
    item = next(iter(openpyxl.load_workbook(tracker)["Tracker"].iter_rows(min_row=2, values_only=True)))[-1]
    record([Entry(str(item), "owner", "Supt One", "A", "2024-01-01")], answers)
    assert main(verb) == 1
    said = capsys.readouterr().err
    assert re.search(r"Z2 \(Owner\): the register says “Supt One” \(by A\), the file “Insp Two”", said)
    assert first_answers(tracker, "Owner", "Comment") == ("Supt One", "ours")


def test_a_tracker_in_which_nobody_wrote_is_not_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path)
    opened: list[Path] = []
    really = tracker_filled._rows
    monkeypatch.setattr(tracker_filled, "_rows", lambda book, path: opened.append(path) or really(book, path))
    answers, tracker = tmp_path / "register.csv", tmp_path / "export" / "tracker.xlsx"
    for _ in range(2):
        export(tmp_path, answers=answers)
    assert not opened
    fill(tracker, {"Owner": "Supt One"})
    export(tmp_path, answers=answers)
    assert opened == [tracker]
    assert first_answers(tracker, "Owner") == ("Supt One",)
    tracker.with_name(".tracker.xlsx.written").unlink()
    export(tmp_path, answers=answers)
    assert opened == [tracker, tracker]


def test_a_sorted_tracker_and_a_row_that_stands_twice(tmp_path: Path) -> None:
    written(tmp_path)
    answers, merged = tmp_path / "register.csv", []
    export(tmp_path, answers=answers)
    tracker = tmp_path / "export" / "tracker.xlsx"
    book = openpyxl.load_workbook(tracker)
    sheet, owner = book["Tracker"], heads(book).index("Owner")
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    rows[0][owner] = "Supt One"
    twice = [*rows[0]]
    twice[owner] = "Insp Two"
    for r, row in enumerate([*reversed(rows), twice], 2):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c).value = value
    book.save(tracker)
    export(tmp_path, answers=answers, on_merged=merged.append)
    assert [(each.kept, each.other) for each in merged[0].conflicts] == [("Supt One", "Insp Two")]
    assert value_of(register(answers), rows[0][-1], "owner") == "Supt One"


def test_a_file_that_is_no_tracker_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path)
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "tracker.xlsx").write_text("hello")
    assert main(["export", "--outputs", str(tmp_path), "--register", str(tmp_path / "r.csv")]) == 1
    assert "no workbook" in capsys.readouterr().err


def test_the_tracker_prints_one_page_wide_and_folds_its_details(exported: Path) -> None:
    sheet = openpyxl.load_workbook(exported / "tracker.xlsx")["Tracker"]
    paper = sheet.page_setup
    assert (paper.orientation, paper.paperSize, paper.fitToWidth or 1, paper.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    folded = {at for each in sheet.column_dimensions.values() if each.hidden for at in range(each.min, each.max + 1)}
    shown = [cell.value for cell in sheet[1] if cell.column not in folded]
    assert len(shown) <= 14 and {"Owner", "Due date", "Text as printed"} <= set(shown)


def test_doubts_and_repetition_are_in_the_tracker_and_failed_reports_are_not(tmp_path: Path) -> None:
    doubt = Problem(SUFFOLK, "a.pdf", "findings", "list", "doubt", 7, "a list could not be read")
    flagged = replace(suffolk().findings[4], flags=("joined_paragraphs",))
    extraction = replace(suffolk(), problems=(doubt,), findings=(*suffolk().findings[:4], flagged))
    failed = replace(cleveland(), report=replace(cleveland().report, status="failed"))
    written(tmp_path, extraction, failed)
    link = {"earlier_id": "2016-integrated-suffolk/afi/1", "later_id": flagged.finding_id, "force_id": "suffolk",
            "relation": "same", "score": 90.0, "runner_up": None, "evidence": "", "verdict": None}  # fmt: skip
    write_rows("links", [link], tmp_path, "suffolk")
    export(tmp_path, answers=tmp_path / "r.csv")
    book = openpyxl.load_workbook(tmp_path / "export" / "tracker.xlsx")
    row = [cell.value for cell in book["Tracker"][book["Tracker"].max_row]]
    assert row[heads(book).index("Seen before")] == "second time since 2016"
    assert "several paragraphs" in row[heads(book).index("Look again")]
    assert "at least 1" in [cell.value for cell in book["Summary"][5]]
    assert "cleveland" not in str([[c.value for c in r] for sheet in book for r in sheet.iter_rows()])
    assert "Cleveland" not in (tmp_path / "export" / "grades" / "index.html").read_text("utf-8")


def heads(book: Any) -> list[str]:
    return [cell.value for cell in book["Tracker"][1]]


def fill(tracker: Path, values: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(tracker)
    for heading, value in values.items():
        cell = book["Tracker"].cell(2, heads(book).index(heading) + 1)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(tracker)


def first_answers(tracker: Path, *headings: str) -> tuple[Any, ...]:
    book = openpyxl.load_workbook(tracker)
    names = headings or ("Owner", "Due date", "Evidence")
    return tuple(book["Tracker"].cell(2, heads(book).index(name) + 1).value for name in names)


def test_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path / "o", suffolk())
    assert (
        main(["export", "2023-25-integrated-suffolk", "--outputs", str(tmp_path / "o"), "--to", str(tmp_path / "e")])
        == 0
    )
    assert str(tmp_path / "e" / "tracker.xlsx") in capsys.readouterr().out
    assert [path.name for path in (tmp_path / "e").rglob(".*")] == [".tracker.xlsx.written"]
    assert main(["export", "nothing-here", "--outputs", str(tmp_path / "o")]) == 2
    assert main(["export", "--outputs", str(tmp_path / "none")]) == 2
    assert "peel extract" in capsys.readouterr().err
