"""The grades as pages: what stands in which cell, and that it can be read, sorted, pasted and printed anywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from response_rows import cleveland, grading, report, suffolk, written

from extractor.export.force_map import COLOURS, TILES
from extractor.export.grade_matrix import by_cycle, by_force, matrix_files, matrix_html, matrix_page, script_source
from extractor.models import Extraction
from extractor.rulebook.load import load_rules
from extractor.tables.read import read_rows

LATER = "2016-effectiveness-cleveland"
QUESTION = "How effective is the force at investigating crime and managing offenders?"


class Tags(HTMLParser):
    """Collects headings with their scope, and everything that is not closed."""

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


def later() -> Extraction:
    row = report(LATER, cycle="2016", published="2017-03-02")
    return Extraction(row, gradings=(grading(1, "question", QUESTION, "requires improvement", LATER),))


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("outputs"), cleveland(), suffolk(), later())


def test_forces_stand_by_questions_with_words_and_days(outputs: Path) -> None:
    matrix = by_force(read_rows("reports", outputs), read_rows("gradings", outputs), "2015")
    assert [(line.name, line.published) for line in matrix.lines] == [("Cleveland Police", "February 2016")]
    assert [cell.words for cell in matrix.lines[0].cells if cell] == [
        "Requires improvement",  # of effectiveness, before its questions
        "Requires improvement",
        "Good",
        "Requires improvement",
        "Good",
    ]
    assert "may be compared" in matrix.note


def test_a_force_stands_by_its_cycles_oldest_first(outputs: Path) -> None:
    matrix = by_cycle(read_rows("reports", outputs), read_rows("gradings", outputs), "cleveland")
    assert matrix.columns == ("2015 (published February 2016)", "2016 (published 2 March 2017)")
    investigating = next(line for line in matrix.lines if line.cells[1])
    assert [cell.words for cell in investigating.cells if cell] == ["Good", "Requires improvement"]
    assert "advises against comparing" in matrix.note


def test_what_was_carried_over_or_not_graded_says_so(outputs: Path) -> None:
    page = matrix_page(outputs, outputs / "none.csv", "suffolk")
    assert page is not None
    assert "carried over from 2021/22" in page
    assert ">Not graded</strong>" in page


def test_of_two_reports_on_a_question_the_later_counts(tmp_path: Path) -> None:
    first = replace(grading(1, "question", QUESTION, "good", "a"), question_id="x")
    second = replace(grading(1, "question", QUESTION, "inadequate", "b"), question_id="x")
    old, new = report("a", published="2016-02-18"), report("b", published="2016-03-01")
    written(tmp_path, Extraction(new, gradings=(second,)), Extraction(old, gradings=(first,)))
    matrix = by_force(read_rows("reports", tmp_path), read_rows("gradings", tmp_path), "2015")
    assert [cell.grade for cell in matrix.lines[0].cells if cell] == ["inadequate"]


def test_pages_are_whole_and_parts_stand_in_any_page(outputs: Path) -> None:
    files = matrix_files(read_rows("reports", outputs), read_rows("gradings", outputs), maps=True)
    assert set(files) >= {"index.html", "2023-25.html", "2015-part.html", "cleveland.html", "cleveland-part.html"}
    assert files["index.html"] == files["2023-25.html"]
    for name, text in files.items():
        tags = Tags(text)
        assert not tags.open, name
        assert set(tags.scopes) == {"col", "row"}
        assert tags.tags.count("caption") == tags.tags.count("table") == 1
        assert "link" not in tags.tags
        part = name.endswith("-part.html")
        assert part == ("html" not in tags.tags) == ("script" not in tags.tags)
        assert not part or (text.isascii() and "<style>" in text)
        assert part or 'charset="utf-8"' in text


def test_the_policy_names_the_script_that_sorts(outputs: Path) -> None:
    page = matrix_page(outputs, outputs / "none.csv")
    assert page is not None
    assert len(re.findall("<script", page)) == 1
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", script_source())


def test_what_a_report_says_stays_words(tmp_path: Path) -> None:
    row = replace(grading(1, "question", "<script>alert(1)</script>", "good", "a"), question_id=None)
    written(tmp_path, Extraction(report("a", force_name='"><script>x'), gradings=(row,)))
    for text in matrix_files(read_rows("reports", tmp_path), read_rows("gradings", tmp_path), maps=True).values():
        assert "<script>alert" not in text
        assert "<script>x" not in text
        assert "&lt;script&gt;" in text


def test_no_grades_no_page(tmp_path: Path) -> None:
    assert matrix_page(tmp_path, tmp_path / "none.csv") is None
    assert matrix_files([], []) == {}


# the map -------------------------------------------------------------------------------------------------------------


def test_every_force_has_a_tile_of_its_own() -> None:
    assert set(TILES) == {force.id for force in load_rules().forces}
    assert len({tile[:2] for tile in TILES.values()}) == len(TILES) == 43
    assert len({tile[2] for tile in TILES.values()}) == 43


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_letters_on_tiles_can_be_read() -> None:
    for fill, ink in COLOURS.values():
        dark, light = sorted((_luminance(fill), _luminance(ink)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_map_says_grades_by_letter_and_in_words(outputs: Path) -> None:
    matrix = by_force(read_rows("reports", outputs), read_rows("gradings", outputs), "2015")
    page = matrix_html(matrix, page=True, maps=True)
    assert page.count("<svg") == len(matrix.columns)
    assert "<title>Cleveland: Good</title>" in page
    assert "<title>Kent: no report</title>" in page
    assert "Good: 1" in page


def test_pages_on_a_disk_link_only_to_each_other(outputs: Path) -> None:
    files = matrix_files(read_rows("reports", outputs), read_rows("gradings", outputs))
    addresses = {address for text in files.values() for address in re.findall(r'href="([^"]*)"', text)}
    assert addresses and addresses <= set(files)
    assert 'href="/"' in (matrix_page(outputs, outputs / "none.csv") or "")
