from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from response_rows import INVESTIGATE, finding, grading, report, suffolk, written

from extractor.cli import main
from extractor.export.tracker import LONGEST_CELL, as_csv, export
from extractor.models import Extraction

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
    ]
    assert book["Tracker"].max_row == 1 + 11 + 5
    assert book["Practice"].max_row == 2
    assert book["Gradings"].max_row == 1 + 5 + 3
    counts = [cell.value for cell in book["Summary"][6]][4:8]
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


def test_no_formula_is_made_from_report_text(tmp_path: Path) -> None:
    written(tmp_path, hostile())
    export(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "export" / "tracker.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert {text.strip() for text in FORMULAS} <= {cell.value for cell in cells}
    with ZipFile(tmp_path / "export" / "tracker.xlsx") as package:
        assert not [
            name for name in package.namelist() if name.startswith("xl/worksheets/") and b"<f>" in package.read(name)
        ]
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


class Tables(HTMLParser):
    """Collects headings with their scope, cells and everything that is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scopes: list[str | None] = []
        self.open: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_grade_matrix_is_an_accessible_table(exported: Path) -> None:
    page, part = (
        (exported / "grades.html").read_text("utf-8"),
        (exported / "grades" / "2023-25-integrated-suffolk.html").read_text("utf-8"),
    )
    for text in (page, part):
        tables = Tables(text)
        assert not tables.open
        assert set(tables.scopes) == {"col", "row"}
        assert tables.tags.count("caption") == tables.tags.count("table")
        assert "script" not in tables.tags and "link" not in tables.tags
    assert page.startswith("<!DOCTYPE html>") and '<html lang="en-GB">' in page
    assert "not directly comparable" in page
    assert "<html" not in part and "Carried over from 2021/22" in part and "Not graded" in part
    assert ">Adequate</th>" in part
    assert ">Adequate</th>" not in (exported / "grades" / "2015-effectiveness-cleveland.html").read_text("utf-8")


def test_grade_matrix_escapes_what_the_report_says(tmp_path: Path) -> None:
    written(tmp_path, hostile())
    export(tmp_path)
    page = (tmp_path / "export" / "grades.html").read_text("utf-8")
    assert "<script>" not in page and "&lt;script&gt;" in page and "javascript:" not in page


def test_a_tracker_that_people_filled_in_is_kept(tmp_path: Path) -> None:
    written(tmp_path)
    export(tmp_path)
    export(tmp_path)
    folder = tmp_path / "export"
    assert not list(folder.glob("tracker-old-*"))  # nothing changed: the same bytes
    book = openpyxl.load_workbook(folder / "tracker.xlsx")
    book["Tracker"]["U2"] = "Ours"
    book.save(folder / "tracker.xlsx")
    export(tmp_path)
    assert openpyxl.load_workbook(folder / "tracker-old-1.xlsx")["Tracker"]["U2"].value == "Ours"
    assert openpyxl.load_workbook(folder / "tracker.xlsx")["Tracker"]["U2"].value is None


def test_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path / "o", suffolk())
    assert (
        main(["export", "2023-25-integrated-suffolk", "--outputs", str(tmp_path / "o"), "--to", str(tmp_path / "e")])
        == 0
    )
    assert str(tmp_path / "e" / "tracker.xlsx") in capsys.readouterr().out
    assert not list((tmp_path / "e").rglob(".*"))
    assert main(["export", "nothing-here", "--outputs", str(tmp_path / "o")]) == 2
    assert main(["export", "--outputs", str(tmp_path / "none")]) == 2
    assert "peel extract" in capsys.readouterr().err
