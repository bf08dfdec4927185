"""A result that cannot be true is said, and a good one raises nothing."""

from __future__ import annotations

import pytest
from printed import extracted, loud

from extractor.models import Problem
from extractor.report.checks import status_of

PROSE = "The force works with its partners every day and keeps records of what it does with them.\n\n"
GRADED = "# Investigating crime\n\n{}\n\n" + PROSE
LIST = "### Areas for improvement\n\n- The force should plan its work.\n\n"
CONCERN = "> ### Cause of concern\n>\n> **The force lacks people to answer calls**\n>\n> It has few.\n{}\n"
DEMAND = ">\n> ### Recommendations\n>\n> The force should immediately:\n>\n> - train all of its staff.\n"
GOOD = GRADED.format("Good")

CASES = [
    ("concern_without_recommendation", "2021-22", GOOD + CONCERN.format("")),
    ("recommendation_without_concern", "2017", GOOD + "### Recommendations\n\n- The force should immediately act.\n\n"),
    ("inadequate_without_concern", "2021-22", GRADED.format("Inadequate") + LIST),
    ("question_without_grade", "2017", GOOD + "# Preventing crime\n\n" + PROSE),
    ("heading_without_items", "2017", GOOD + "### Areas for improvement\n\n## Next\n\n" + PROSE * 2),
    ("item_twice", "2017", GOOD + LIST + LIST),
    ("bullet_not_read", "2017", GOOD + "- The force should plan its work.\n\n"),
    ("count_disagrees", "2021-22", "# Our judgments\n\nWe make graded judgments in nine of these ten.\n\n" + GOOD),
    ("unusual_length", "2017", GOOD + LIST + "- The force should act" + ", and act" * 80 + ".\n\n"),
    ("no_closing_mark", "2017", GOOD + LIST + "- The force should act and then\n\n## Next\n\n" + PROSE),
    ("no_gradings", "2017", "# Working well\n\n" + PROSE + LIST),
    ("grade_disagrees", "2017", GOOD + "Cleveland Police is judged to be inadequate in this area.\n\n"),
    ("grade_unplaced", "2017", GOOD + "## Working well\n\nInadequate\n\n" + PROSE),
    ("unrecognised_area", "2021-22", GOOD + "# Keeping the peace at sea\n\nAdequate\n\n" + PROSE),
    ("item_in_box_not_read", "2017", GOOD + "> The force should plan its work.\n\n"),
    ("strange_letter", "2017", GOOD + LIST + "- The force should use \u6600orce.\n\n"),
    ("strange_letter", "2017", GOOD + LIST + "- The force should say why it doesn9t record oûences.\n\n"),
    ("text_suspect", "2017", GOOD + LIST + "The force9s staû aren9t told, and oûcers don9t ask for beneüts.\n\n"),
    ("box_cut", "2017", GOOD + "> ### Areas for improvement\n>\n> - The force should plan so that\n\n" + PROSE),
]  # fmt: skip


@pytest.mark.parametrize(("code", "cycle", "body"), CASES, ids=[case[0] for case in CASES])
def test_problem_is_said(code: str, cycle: str, body: str) -> None:
    found = extracted(body, cycle)
    assert code in loud(found) and found.report.status == "partial"
    problem = next(problem for problem in found.problems if problem.code == code)
    assert problem.message and problem.severity == "doubt" and problem.report_id == found.report.report_id
    assert problem.page is not None or code == "no_gradings"


@pytest.mark.parametrize(
    ("cycle", "body"),
    [
        ("2017", GOOD + LIST),
        ("2021-22", GRADED.format("Inadequate") + CONCERN.format(DEMAND)),
        ("2017", GRADED.format("Inadequate") + LIST),
        ("2017", GOOD + LIST + "- The force should answer by 8am in 3 of 10 calls, as Ms Müller of G9 asked.\n\n"),
        ("2018-19", GOOD + CONCERN.format(DEMAND) + LIST),
    ],
)
def test_good_report_raises_nothing(cycle: str, body: str) -> None:
    found = extracted(body, cycle)
    assert not loud(found) and found.report.status == "ok"


def test_report_with_grades_alone_is_noted_and_is_no_fault() -> None:
    found = extracted(GOOD)
    assert found.report.status == "ok" and "no_findings" in [problem.code for problem in found.problems]


def test_every_problem_says_what_is_wrong_in_words() -> None:
    for _, cycle, body in CASES:
        for problem in extracted(body, cycle).problems:
            assert len(problem.message.split()) > 3 and not problem.message.endswith("."), problem.message
            assert " 1 words" not in problem.message


@pytest.mark.parametrize(
    ("severities", "status"),
    [((), "ok"), (("note",), "ok"), (("note", "doubt"), "partial"), (("doubt", "error"), "failed")],
)
def test_status_follows_from_the_problems(severities: tuple[str, ...], status: str) -> None:
    assert status_of(Problem("r", "s", "checks", "c", severity, None, "m") for severity in severities) == status
