"""What a person reads in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from printed import extracted

from extractor.cli import main
from extractor.errors import NoSuchReport
from extractor.models import Extraction
from extractor.review.report_text import british_date, context_of, print_finding, print_report
from extractor.review.why import print_why, why
from extractor.tables.read import read_rows
from extractor.tables.write import as_row

SPECIMENS = Path(__file__).parents[2] / "corpus/specimens"

BODY = (
    "# Investigating crime\n\nInadequate\n\nThe force works with its partners.\n\n"
    "> ### Cause of concern\n>\n> **The force lacks people to answer its calls**\n>\n> It has few.\n>\n"
    "> ### Recommendations\n>\n> The force should immediately:\n>\n> - train all of its staff; and\n> - plan.\n\n"
    "> ### Area for improvement\n>\n> **The force should plan**\n>\n> It does not plan.\n\n"
    "# Responding to the public\n\nGood\n\nWe have carried last year’s grade forward.\n\n"
    "# Managing offenders\n\nNot graded\n\nWords.\n"
)


@pytest.fixture(scope="module")
def found() -> Extraction:
    return extracted(BODY, "2023-25")


def test_report(found: Extraction) -> None:
    said = print_report(found)
    assert said.split("\n")[:2] == [
        "PEEL 2023–2025 – An inspection of Cleveland Police",
        f"4 October 2024 · {found.report.pages} pages · 2023-25-integrated-cleveland",
    ]
    for words in (
        "Inadequate", "Investigating crime", "Not graded", "carried over",
        "1 cause of concern · 2 recommendations · 1 area for", "CAUSE OF CONCERN",
        "The force should immediately:", "• train all of its staff; and", "p. 3",
    ):  # fmt: skip
        assert words in said
    assert said.count("The force should immediately:") == 1
    assert max(len(line) for line in said.split("\n")) <= 100 and not [
        line for line in said.split("\n") if line != line.rstrip()
    ]


def test_problems_are_shown_and_notes_are_not() -> None:
    said = print_report(extracted("# Investigating crime\n\nGood\n\nIt is so.\n\n- The force should act.\n"))
    assert "LOOK AT THESE" in said and "reads like an item" in said and "no area for improvement" not in said


def test_finding(found: Extraction) -> None:
    row = as_row(found.findings[1])
    said = print_finding(row, as_row(found.report), "the context")
    for words in ("train all of its staff; and", "recommendation", "The force should immediately:", "immediately",
                  "p. 3",
                  found.findings[0].finding_id, "report.pdf", row["rule_id"], "the context"):  # fmt: skip
        assert words in said
    assert "None" not in said and "[]" not in said


def test_detail_of_a_finding_is_shown(found: Extraction) -> None:
    assert "It does not plan." in print_finding(as_row(found.findings[3]), as_row(found.report), None)


def test_context_is_the_section_around_it(found: Extraction) -> None:
    sections = [as_row(row) for row in found.sections]
    context = context_of(as_row(found.findings[1]), sections)
    assert context and "train all of its staff" in context and "The force should immediately:" in context
    assert context_of({"text": "Words that stand nowhere in it"}, sections) is None


@pytest.mark.parametrize(
    ("date", "said"),
    [("2017-03-02", "2 March 2017"), ("2017-03", "March 2017"), (None, "date not printed"), ("", "date not printed")],
)
def test_date_as_the_british_write_it(date: str | None, said: str) -> None:
    assert british_date(date) == said


def test_steps_are_found_again_from_the_lines_that_were_kept(tmp_path: Path) -> None:
    file = SPECIMENS / "specimen-2021-22.pdf"
    assert main(["extract", str(file), "--outputs", str(tmp_path), "-q"]) in (0, 1)
    finding = read_rows("findings", tmp_path)[0]
    report = read_rows("reports", tmp_path)[0]
    said = print_why(why(finding["finding_id"], report["source"], report["sha256"], tmp_path))
    assert all(f"{name}:" in said for name in ("begins because", "ends because", "kind", "question"))
    assert finding["question"] in " ".join(said.split())


def test_lines_that_are_not_kept_are_said(tmp_path: Path) -> None:
    with pytest.raises(NoSuchReport, match="--fresh"):
        why("2017-effectiveness-norfolk/afi/12345678", "report.pdf", "0" * 64, tmp_path)
