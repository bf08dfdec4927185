"""Headings open sections; what only looks like a heading does not."""

from __future__ import annotations

import pytest
from printed import extracted, grades, items, loud

from extractor.models import Extraction

PROSE = "The force works with its partners every day and keeps records of what it does with them.\n\n"
FIRST = f"# Investigating crime and reducing re-offending\n\nGood\n\n{PROSE}"
LIST = "### Areas for improvement\n\n- The force should plan.\n\n"


def tree(extraction: Extraction) -> list[tuple[int, str, str | None]]:
    """Level, kind and title of the sections after the cover and the introduction."""
    return [(row.level, row.kind, row.title) for row in extraction.sections[2:]]


def test_levels_follow_the_type() -> None:
    found = extracted(
        f"{FIRST}## Initial response\n\n{PROSE}### Assessing risk\n\n{PROSE}## Quality\n\n{PROSE}# Next\n\n{PROSE}"
    )
    assert tree(found) == [
        (1, "question", "Investigating crime and reducing re-offending"),
        (2, "body", "Initial response"),
        (3, "body", "Assessing risk"),
        (2, "body", "Quality"),
        (1, "body", "Next"),
    ]
    parents = [row.parent_id and row.parent_id.rsplit("/s")[-1] for row in found.sections[2:]]
    assert parents == [None, "2", "3", "2", None]


def test_levels_follow_the_tags_of_a_web_page() -> None:
    found = extracted(f"{FIRST}## Initial response\n\n{PROSE}### Assessing risk\n\n{PROSE}", medium="web")
    assert [(row.level, row.title) for row in found.sections[-3:]] == [
        (1, "Investigating crime and reducing re-offending"),
        (2, "Initial response"),
        (3, "Assessing risk"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "PROTECTING VULNERABLE PEOPLE AND SUPPORTING VICTIMS",
        "Protecting vulnerable people & supporting victims",
        "3. Protecting vulnerable people and supporting victims",
        "Question 3: Protecting vulnerable people and supporting victims",
        "How effective is the force at protecting those who are vulnerable from harm, and supporting victims?",
        "How effective is the force at protecting those who are vulnerable from harm and supporting victims",
    ],
)
def test_question_is_known_in_any_dress(heading: str) -> None:
    found = extracted(f"{FIRST}# {heading}\n\nInadequate\n\n{PROSE}{LIST}")
    assert found.sections[3].question_id == found.gradings[1].question_id == "protecting-vulnerable"
    assert found.findings[0].question_id == "protecting-vulnerable" and not loud(found)


def test_pages_of_a_section() -> None:
    found = extracted(f"{FIRST}\\f\n{PROSE}\\f\n# Next\n\n{PROSE}")
    assert [(row.page_first, row.page_last) for row in found.sections[2:]] == [(3, 4), (5, 5)]


def test_heading_at_the_foot_of_a_page() -> None:
    found = extracted(f"{FIRST}# Tackling serious and organised crime\n\n\\f\nInadequate\n\n{PROSE}")
    assert grades(found)[1] == ("Tackling serious and organised crime", "inadequate", "inspected")
    assert (found.sections[3].page_first, found.gradings[1].page) == (3, 4)


CONTENTS = {
    "leaders": "Introduction ........ 3\nInvestigating crime and reducing re-offending ........ 5\nAnnex A ....... 9\n",
    "no leaders": "Introduction 3\n\nInvestigating crime and reducing re-offending 5\n\nAbout the data 9\n",
    "bold": "**Introduction** 3\n\n**Investigating crime and re-offending** 5\n\n**Areas for improvement** 6\n",
    "wrapped": "How effective is the force at protecting those who are vulnerable from harm, and supporting\n"
    "victims? 6\n",
    "foot number inside": "Introduction ........ 3\n\n2\n\nInvestigating crime and reducing re-offending ........ 5\n",
}


@pytest.mark.parametrize("lines", CONTENTS.values(), ids=CONTENTS)
def test_contents_open_no_sections(lines: str) -> None:
    found = extracted(f"# Contents\n\n{lines}\\f\n{FIRST}{LIST}")
    assert tree(found) == [
        (1, "contents", "Contents"),
        (1, "question", "Investigating crime and reducing re-offending"),
    ]
    assert len(found.gradings) == 1 and items(found) == ["The force should plan."] and not loud(found)


def test_line_in_a_sentence_opens_no_section() -> None:
    found = extracted(f"{FIRST}The judgment on\nInvestigating crime and reducing re-offending\nremains.\n\n")
    assert tree(found) == [(1, "question", "Investigating crime and reducing re-offending")]


def test_running_header_that_names_the_question_opens_no_section() -> None:
    found = extracted(
        f"{FIRST}{LIST}" + f"\\f\n{PROSE}" * 3, header="Investigating crime and reducing re-offending", footer="#"
    )
    assert tree(found) == [(1, "question", "Investigating crime and reducing re-offending")] and not loud(found)


def test_short_title_that_recurs_deeper_is_no_second_question() -> None:
    found = extracted(
        f"{FIRST}## Protecting vulnerable people\n\n{PROSE}"
        f"# Protecting vulnerable people and supporting victims\n\nInadequate\n\n{PROSE}"
    )
    assert [row.kind for row in found.sections[2:]] == ["question", "body", "question"]
    assert [row[1] for row in grades(found)] == ["good", "inadequate"] and not loud(found)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Annex A – About the data", "annex"),
        ("Appendix 1: Methodology", "annex"),
        ("About the data", "annex"),
        ("Terminology in this report", "definitions"),
        ("Glossary", "definitions"),
    ],
)
def test_kinds_that_hold_no_answers(heading: str, kind: str) -> None:
    found = extracted(f"{FIRST}# {heading}\n\nInadequate\n\n{PROSE}## Below it\n\n{PROSE}")
    assert [row.kind for row in found.sections[3:]] == [kind, kind]
    assert grades(found) == [("Investigating crime and reducing re-offending", "good", "inspected")]


def test_annex_ends_with_the_next_chapter() -> None:
    found = extracted(f"# About the data\n\n{PROSE}{FIRST}{LIST}")
    assert [row.kind for row in found.sections[2:]] == ["annex", "question"] and len(items(found)) == 1


@pytest.mark.parametrize("above", ["# Terminology in this report", "# Introduction", "# What this report contains"])
def test_question_below_an_explaining_chapter_is_not_lost(above: str) -> None:
    found = extracted(
        f"{FIRST}{above}\n\n{PROSE}## Protecting vulnerable people and supporting victims\n\nInadequate\n\n{LIST}"
    )
    assert [row[1] for row in grades(found)] == ["good", "inadequate"] or loud(found)


def test_title_of_the_report_explains_nothing() -> None:
    found = extracted(f"## Investigating crime\n\nGood\n\n{PROSE}", "2023-25", medium="web")
    assert grades(found) == [("Investigating crime", "good", "inspected")]


def test_items_in_an_annex_are_said() -> None:
    found = extracted(f"{FIRST}### About the data\n\n{PROSE}**Areas for improvement**\n\n- The force should act.\n\n")
    assert not items(found) and loud(found)


def test_same_heading_twice_in_a_row() -> None:
    found = extracted(
        "# Investigating crime and reducing re-offending\n\n"
        f"## Investigating crime and reducing re-offending\n\nGood\n\n{PROSE}"
    )
    assert grades(found) == [("Investigating crime and reducing re-offending", "good", "inspected")]
