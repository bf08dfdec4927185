"""The gallery of README: every question is answered in three lines, and has its picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from response_rows import written

import extractor

pytest.importorskip("matplotlib")

from draw_gallery import ROOT, answer_to, draw, questions

README = (ROOT / "README.md").read_text(encoding="utf-8")
GALLERY = questions(README)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("workspace") / "outputs")


def test_there_are_six_questions_of_three_lines_with_a_picture_each() -> None:
    assert len(GALLERY) == 6
    assert [len(lines.splitlines()) for _, lines in GALLERY] == [3] * 6
    pictures = [f"corpus/pictures/question-{number}.png" for number in range(1, 7)]
    assert all(f"]({picture})" in README and (ROOT / picture).is_file() for picture in pictures)


@pytest.mark.parametrize("lines", [lines for _, lines in GALLERY])
def test_three_lines_answer_and_can_be_drawn(lines: str, outputs: Path, tmp_path: Path) -> None:
    answer = answer_to(lines, extractor.load("findings_flat", outputs))
    if len(answer):
        draw(answer, tmp_path / "answer.png")
        assert (tmp_path / "answer.png").read_bytes().startswith(b"\x89PNG")


def test_missing_children_are_found(outputs: Path) -> None:
    answer = answer_to(GALLERY[0][1], extractor.load("findings_flat", outputs))
    assert answer.to_dict() == {"2015": {"Cleveland Police": 1}}


def test_findings_are_counted_under_the_grade_of_their_question(outputs: Path) -> None:
    findings = extractor.load("findings_flat", outputs)
    answer = answer_to(GALLERY[2][1], findings)
    assert answer.to_numpy().sum() == len(findings)
    assert answer.loc["good", "area for improvement"] == 3
