"""Numbered recommendations of national and joint reports: one number is one item, wherever and how often it stands."""

from __future__ import annotations

import pytest
from printed import items, loud, printed

from extractor.models import Extraction
from extractor.pipeline import extract_printed
from extractor.report.addressees import subject_of
from extractor.rulebook.force_names import force_names
from extractor.rulebook.load import load_rules
from extractor.rulebook.matcher import labeller
from extractor.rulebook.numbers import number_in

PROSE = "Forces keep tools in their stores, and few of them know how many there are or who has taken them out.\n\n"
COVER = "# Lost tools\n## An inspection of how well forces keep tools\n\nHMICFRS\n\n5 June 2024\n\\f\n"
FIRST = "By 31 March 2025, chief constables should count their tools."
RULES = load_rules()


def read(body: str, cover: str = COVER) -> Extraction:
    return extract_printed(printed(cover + PROSE * 3 + body), RULES)


def test_item_in_front_and_in_its_chapter_counts_once_at_the_chapter() -> None:
    front = f"# Summary\n\n## Recommendations\n\n### Recommendation 1\n\n{FIRST}\n\n"
    chapter = f"\\f\n# Stores\n\n{PROSE}> ### Recommendation 1\n>\n> {FIRST}\n\n{PROSE}"
    (row,) = read(front + chapter + "# Conclusion\n\n" + PROSE).findings
    assert (row.number, row.text, row.page_first, row.also_on) == ("1", FIRST, 3, (2,))
    assert (row.question, row.deadline, row.addressees) == ("Stores", "By 31 March 2025", ("chief_constables",))


def test_lists_and_paragraphs_below_one_number_are_one_item() -> None:
    asked = "By 1 May 2025, all forces should:\n\n- count tools; and\n\n- mark them.\n\nThis will help."
    body = f"# Stores\n\n### Recommendation 1\n\n{asked}"
    (row,) = read(body).findings
    assert row.text == "By 1 May 2025, all forces should: count tools; and mark them. This will help."
    assert row.limbs == ("count tools; and", "mark them.") and row.stem is None


def test_numbers_that_run_on_over_groups() -> None:
    body = (
        "# Introduction\n\n# Recommendations\n\nThese stand in one series.\n\n### Police forces\n\n"
        "Within six months, police forces should:\n\n1. count tools; and\n\n2. mark them.\n\n"
        "### The Home Office\n\nThe Home Office should, by 1 May 2025:\n\n3. pay.\n\n"
        f"# Findings\n\n{PROSE}"
    )
    rows = read(body).findings
    assert [(row.number, row.text, row.addressees, row.deadline) for row in rows] == [
        ("1", "count tools; and", ("chief_constables",), "Within six months"),
        ("2", "mark them.", ("chief_constables",), "Within six months"),
        ("3", "pay.", ("home_office",), "by 1 May 2025"),
    ]


def test_recommendations_of_an_earlier_report_are_left_out_and_said() -> None:
    told = (
        "# Progress against our recommendations\n\n### Recommendation 1\n\nForces should act.\n\nStatus: Complete\n\n"
    )
    found = read(f"{told}# New work\n\n### Recommendation 1\n\n{FIRST}\n\n")
    assert items(found) == [FIRST] and "items_retold" in [problem.code for problem in found.problems]


def test_gap_in_the_numbers_and_count_that_does_not_agree_are_said() -> None:
    body = f"# Stores\n\nWe have made four recommendations.\n\n### Recommendation 1\n\n{FIRST}\n\n"
    body += "### Recommendation 3\n\nForces should act.\n\n"
    assert {"number_missing", "count_disagrees"} <= set(loud(read(body)))
    agreed = body.replace("four", "two").replace("Recommendation 3", "Recommendation 2")
    assert not {"number_missing", "count_disagrees"} & set(loud(read(agreed)))


def test_concern_has_the_recommendations_of_its_section_only() -> None:
    body = (
        "# Stores\n\n> ### Cause of concern\n>\n> **Tools are lost every week**\n>\n> Nobody counts.\n\n"
        f"> ### Recommendation 1\n>\n> {FIRST}\n\n# Keys\n\n"
        "> ### Recommendation 2\n>\n> The College of Policing should act.\n\n"
    )
    concern, first, second = read(body).findings
    assert first.parent_id == concern.finding_id and second.parent_id is None
    assert concern.addressees == ("chief_constables",) and second.addressees == ("college_of_policing",)


SUBJECTS = [
    ("By 1 May 2025, chief constables in England and Wales should act", ("chief_constables",)),
    ("The CPS, the Home Office and the NPCC should act", ("cps", "home_office", "npcc")),
    ("The College of Policing, with the NPCC lead for tools, should act", ("college_of_policing", "npcc")),
    ("The NPCC should work with the Home Office to act", ("npcc",)),
    ("The Ministry of Justice should, with the Home Office and by 1 May 2025:",
     ("other:Ministry of Justice", "home_office")),
    ("Chief constables of Kent Police and Surrey Police should act", ("kent", "surrey")),
    ("Police and crime commissioners and their mayoral equivalents should act", ("pcc",)),
    ("All chief constables and the relevant user groups should act",
     ("chief_constables", "other:relevant user groups")),
    ("HM Prison and Probation Service and local authorities should act",
     ("other:HM Prison and Probation Service", "other:local authorities")),
    ("We recommend that forces should act", ("chief_constables",)),
    ("There should be a plan", ()),
    ("Structures and funding should be put in place", ()),
]  # fmt: skip


@pytest.mark.parametrize(("words", "addressees"), SUBJECTS, ids=[words[:40] for words, _ in SUBJECTS])
def test_subject_of_should(words: str, addressees: tuple[str, ...]) -> None:
    assert subject_of(words, labeller(RULES), force_names(RULES)).addressees == addressees


def test_condition_is_kept_as_printed() -> None:
    words = "By 1 May 2025, those forces that haven’t done so should act"
    assert subject_of(words, labeller(RULES), force_names(RULES)).condition == "that haven’t done so"


def test_item_without_a_subject_is_flagged() -> None:
    (row,) = read("# Stores\n\n### Recommendation 1\n\nThere should be a plan.\n\n").findings
    assert row.addressees == () and "no_subject" in row.flags


@pytest.mark.parametrize(("words", "number"), [("43", 43), ("twenty-two items", 22), ("ten", 10), ("some", None)])
def test_numbers_in_words(words: str, number: int | None) -> None:
    assert number_in(words) == number


def test_number_that_runs_on_into_its_recommendation() -> None:
    asked = (
        "Recommendation 2: By 1 May 2025, forces should mark tools. This will help them to:\n\n- count; and\n\n- find."
    )
    found = read(
        f"# Foreword\n\n{PROSE}# Our recommendations\n\n**Recommendation 1:** {FIRST}\n\n{asked}\n\n"
        f"# Summary\n\n{PROSE}"
    )
    assert [(row.number, row.text) for row in found.findings] == [
        ("1", FIRST), ("2", "By 1 May 2025, forces should mark tools. This will help them to: count; and find."),
    ]  # fmt: skip
