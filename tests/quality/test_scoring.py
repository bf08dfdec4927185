"""Scores count what is right, missed and made up, and two runs are compared row by row."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from printed import extracted

from extractor.models import Extraction
from extractor.quality.scoring import changes, f1, score, unread
from extractor.tables.write import write_tables

BODY = (
    "# Investigating crime\n\nGood\n\nThe force works with its partners and keeps records.\n\n"
    "### Areas for improvement\n\n- The force should plan.\n- The force should act.\n"
)


@pytest.fixture(scope="module")
def found() -> Extraction:
    return extracted(BODY)


def gold_of(found: Extraction) -> dict[str, object]:
    report = found.report
    facts = {"force": report.force_id, "publisher": report.publisher, "cycle": report.cycle, "pillar": report.pillar,
             "published": report.published, "pages": report.pages}  # fmt: skip
    return {
        "report": facts,
        "gradings": [asdict(row) for row in found.gradings],
        "findings": [
            {**asdict(row), "type": row.kind, "page_start": row.page_first, "page_end": row.page_last}
            for row in found.findings
        ],
    }


def write_gold(folder: Path, gold: dict[str, object], name: str = "report") -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.gold.json").write_text(json.dumps(gold), encoding="utf-8")


def test_perfect(found: Extraction, tmp_path: Path) -> None:
    write_tables(found, tmp_path / "out")
    write_gold(tmp_path / "gold", gold_of(found))
    (result,) = score(tmp_path / "gold", tmp_path / "out")
    assert result.perfect and f1([result], "findings") == f1([result], "gradings") == 1.0


def test_missed_and_made_up(found: Extraction, tmp_path: Path) -> None:
    gold = gold_of(found)
    changed = (replace(found.findings[0], text="The force should  plan"), found.findings[1])
    write_tables(replace(found, findings=changed), tmp_path / "out")
    write_gold(tmp_path / "gold", gold)
    (result,) = score(tmp_path / "gold", tmp_path / "out")
    assert len(result.missed) == len(result.made_up) == 1 and not result.perfect
    assert "The force should plan." in result.missed[0] and f1([result], "findings") == 0.5


@pytest.mark.parametrize("field", ["text", "detail", "stem", "deadline", "page_first"])
def test_a_finding_is_the_same_only_when_all_of_it_is(found: Extraction, tmp_path: Path, field: str) -> None:
    other = replace(found.findings[0], **{field: 99 if field == "page_first" else "another"})
    write_tables(replace(found, findings=(other, found.findings[1])), tmp_path / "out")
    write_gold(tmp_path / "gold", gold_of(found))
    assert not score(tmp_path / "gold", tmp_path / "out")[0].perfect


def test_a_grading_is_the_same_only_when_grade_and_basis_are(found: Extraction, tmp_path: Path) -> None:
    for change in ({"grade": "inadequate"}, {"basis": "carried_over"}, {"level": "pillar"}, {"question": "Another"}):
        write_tables(replace(found, gradings=(replace(found.gradings[0], **change),)), tmp_path / "out")
        write_gold(tmp_path / "gold", gold_of(found))
        assert f1(score(tmp_path / "gold", tmp_path / "out"), "gradings") == 0


def test_wrong_facts_and_missing_reports(found: Extraction, tmp_path: Path) -> None:
    write_tables(found, tmp_path / "out")
    gold = gold_of(found)
    gold["report"] = {**gold["report"], "published": "2099-01"}  # type: ignore[dict-item]
    write_gold(tmp_path / "gold", gold)
    write_gold(tmp_path / "gold", gold, "unread")
    (wrong,) = score(tmp_path / "gold", tmp_path / "out")
    assert wrong.facts_wrong == ["published: wanted '2099-01', got '2018-02'"]
    assert unread(tmp_path / "gold", tmp_path / "out") == ["unread"]


def test_nothing_to_score(tmp_path: Path) -> None:
    assert score(tmp_path, tmp_path) == [] and f1([], "findings") == 1.0


def test_gains_and_losses(found: Extraction, tmp_path: Path) -> None:
    write_tables(found, tmp_path / "before")
    write_tables(replace(found, findings=found.findings[:1]), tmp_path / "after")
    lost, gained = changes(tmp_path / "before", tmp_path / "after")
    assert len(lost) == 1 and "The force should act." in lost[0] and gained == []
    assert changes(tmp_path / "after", tmp_path / "before") == (gained, lost)
    assert changes(tmp_path / "before", tmp_path / "before") == ([], [])


@pytest.mark.parametrize("first", ["a", "z"])
def test_of_two_reports_of_one_file_name_the_one_the_answer_is_about_is_scored(
    found: Extraction, tmp_path: Path, first: str
) -> None:
    write_gold(tmp_path / "gold", gold_of(found))
    write_tables(replace(found, report=replace(found.report, source="one/report.pdf")), tmp_path / "out")
    other = replace(found.report, report_id=f"{first}-other", source="two/report.pdf", cycle="2014", pages=99)
    write_tables(Extraction(other), tmp_path / "out")
    (result,) = score(tmp_path / "gold", tmp_path / "out")
    assert not result.facts_wrong and not result.missed
