"""What is written can be read again, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from printed import extracted

from extractor.models import Extraction
from extractor.tables.read import read_extraction, read_rows, read_table
from extractor.tables.schemas import PER_REPORT
from extractor.tables.write import write_rows, write_tables

BODY = (
    "# Investigating crime\n\nGood\n\nThe force works with its partners and keeps records.\n\n"
    "### Areas for improvement\n\n- The force should plan.\n- The force should see that:\n-- staff act; or\n-- not.\n"
)


@pytest.fixture(scope="module")
def found() -> Extraction:
    return extracted(BODY)


def test_columns_are_the_contract(found: Extraction, tmp_path: Path) -> None:
    write_tables(found, tmp_path)
    contract = {
        "reports": "report_id title force_id force_name publisher cycle pillar published pages source sha256 profile "
        "rules_version extractor_version status kind publishers area service sent letter_type replies_to",
        "sections": "section_id report_id parent_id order level title kind question_id page_first page_last text "
        "page_label",
        "gradings": "grading_id report_id level question question_id grade basis origin_cycle wording page boxes "
        "rule_id flags page_label",
        "findings": "finding_id report_id kind question question_id order text detail parent_id stem limbs deadline "
        "deadline_on addressee status origin_cycle page_first page_last boxes rule_id flags page_label number "
        "addressees condition also_on outcome outcome_sentence",
        "problems": "report_id source stage code severity page message page_label",
        "mentions": "report_id force_id page place list sentence boxes page_label",
    }
    for name, columns in contract.items():
        (file,) = (tmp_path / name).iterdir()
        assert file.name == "2017-effectiveness-cleveland.parquet"
        assert pq.read_schema(file).names == columns.split()


def test_missing_is_null(found: Extraction, tmp_path: Path) -> None:
    write_tables(found, tmp_path)
    rows = [row for name in PER_REPORT for row in read_rows(name, tmp_path)]
    assert rows and not [key for row in rows for key, value in row.items() if value in ("", -1)]


def test_reading_gives_the_same_but_for_the_lines(found: Extraction, tmp_path: Path) -> None:
    write_tables(found, tmp_path)
    back = read_extraction(tmp_path, found.report.report_id)
    assert back is not None and back.report == found.report and back.sections == found.sections
    assert [replace(row, boxes=()) for row in back.findings] == [replace(row, boxes=()) for row in found.findings]
    for one, other in zip(back.findings, found.findings, strict=True):
        assert [(box.page, round(box.x0, 2)) for box in one.boxes] == [
            (box.page, round(box.x0, 2)) for box in other.boxes
        ]


def test_pandas_reads_a_folder(found: Extraction, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    write_tables(found, tmp_path)
    frame = pandas.read_parquet(tmp_path / "findings")
    assert list(frame["text"]) == [row.text for row in found.findings]
    assert list(read_table("findings", tmp_path)["finding_id"]) == [row.finding_id for row in found.findings]


def test_writing_replaces_one_reports_files_and_no_others(found: Extraction, tmp_path: Path) -> None:
    other = replace(found, report=replace(found.report, report_id="other"))
    write_tables(other, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("other.parquet")}
    write_tables(found, tmp_path)
    write_tables(replace(found, findings=()), tmp_path)
    assert {path: path.read_bytes() for path in before} == before and len(before) == len(PER_REPORT)
    assert read_rows("findings", tmp_path, found.report.report_id) == []
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".parquet"]


def test_what_is_not_there(tmp_path: Path) -> None:
    assert read_extraction(tmp_path, "nothing") is None and read_rows("findings", tmp_path) == []
    assert read_table("findings", tmp_path).empty


def test_only_the_columns_asked_for(found: Extraction, tmp_path: Path) -> None:
    write_tables(found, tmp_path)
    assert {frozenset(row) for row in read_rows("findings", tmp_path, columns=["text"])} == {frozenset({"text"})}


def test_a_score_is_read_as_it_was_told(tmp_path: Path) -> None:
    link = {"earlier_id": "x/afi/1", "later_id": "y/afi/2", "force_id": "kent", "relation": "same", "score": 97.4,
            "runner_up": 0.3, "evidence": "", "verdict": None}  # fmt: skip
    write_rows("links", [link], tmp_path, "kent")
    assert read_rows("links", tmp_path)[0]["score"] == 97.4
    assert read_table("links", tmp_path).runner_up.tolist() == [0.3]
