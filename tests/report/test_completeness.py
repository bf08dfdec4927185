"""A question of the cycle that a report says nothing of is told; a short paper and a full report raise nothing."""

from __future__ import annotations

import pytest
from printed import extracted, grades, loud

from extractor.models import Extraction
from extractor.rulebook.load import load_rules
from extractor.rulebook.profile import Profile

PROSE = "Officers told us about their work, and most of them knew the plan well.\n\n"
TITLES = {
    "2016": [
        "How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?",
        "How effective is the force at investigating crime and reducing re-offending?",
        "How effective is the force at protecting those who are vulnerable from harm, and supporting victims?",
        "How effective is the force at tackling serious and organised crime?",
    ],
    "2023-25": [
        "Preventing and deterring crime and antisocial behaviour, and reducing vulnerability",
        "Police powers and treating the public fairly and respectfully",
        "Responding to the public",
        "Investigating crime",
        "Protecting vulnerable people",
        "Managing offenders and suspects",
        "Building, supporting and protecting the workforce",
        "Leadership and force management",
    ],
}


def _report(cycle: str, *left_out: str, before: str = "") -> Extraction:
    chapters = (f"# {title}\n\nGood\n\n{PROSE}" for title in TITLES[cycle] if title not in left_out)
    return extracted(before + "".join(chapters), cycle)


@pytest.mark.parametrize("cycle", TITLES)
def test_full_report_misses_no_question(cycle: str) -> None:
    assert "question_missing" not in loud(_report(cycle))


@pytest.mark.parametrize(("cycle", "lost"), [("2016", 1), ("2023-25", 4)])
def test_lost_question_is_named(cycle: str, lost: int) -> None:
    found = _report(cycle, TITLES[cycle][lost])
    said = [problem.message for problem in found.problems if problem.code == "question_missing"]
    assert len(said) == 1 and TITLES[cycle][lost] in said[0]


def test_paper_with_few_of_the_questions_is_of_another_form() -> None:
    assert "question_missing" not in loud(_report("2023-25", *TITLES["2023-25"][4:]))
    assert "question_missing" in loud(_report("2023-25", *TITLES["2023-25"][5:]))


def test_report_that_counts_its_judgments_is_checked_by_its_count() -> None:
    counted = f"# Our judgments\n\nWe make graded judgments in seven of these eight areas.\n\n{PROSE}"
    assert "question_missing" not in loud(_report("2023-25", "Investigating crime", before=counted))


@pytest.mark.parametrize("profile", load_rules().profiles, ids=lambda profile: profile.cycle)
def test_every_cycle_expects_some_question(profile: Profile) -> None:
    assert profile.expect


@pytest.mark.parametrize(
    "said",
    [
        "We also looked at the service that the force gives to victims of crime. We don’t make a graded judgment here.",
        "We do not make a graded judgment in the area of providing a service to victims of crime.",
    ],
)
def test_overview_says_which_area_is_not_graded(said: str) -> None:
    chapter = f"# Providing a service to the victims of crime\n\n## How victims are kept informed\n\n{PROSE}"
    found = _report("2023-25", before=f"# Our judgments\n\n{said}\n\n{chapter}")
    assert ("Providing a service to the victims of crime", None, "not_graded") in grades(found)


def test_sentence_on_another_thing_leaves_an_area_without_grade_loud() -> None:
    said = "We also looked at the buildings. We don’t make a graded judgment on them."
    chapter = f"# Providing a service to the victims of crime\n\n## How victims are kept informed\n\n{PROSE}"
    assert "question_without_grade" in loud(_report("2023-25", before=f"# Our judgments\n\n{said}\n\n{chapter}"))


def test_grade_carried_forward_in_words() -> None:
    words = "We have carried the grade from our 2016 legitimacy inspection forward."
    found = extracted(f"# Treating the workforce fairly\n\nGood\n\n{words}\n\n{PROSE}", "2018-19")
    assert grades(found) == [("Treating the workforce fairly", "good", "carried_over")]


def test_question_in_other_words_has_its_own_row_and_is_said() -> None:
    asked = "How well does the force find and charge those who commit crime?"
    found = extracted(f"# {asked}\n\n## Summary of findings\n\nInadequate\n\n{PROSE}", "2016")
    assert grades(found) == [(asked, "inadequate", "inspected")] and "unrecognised_area" in loud(found)
    assert {row.level for row in found.gradings} == {"question"}
