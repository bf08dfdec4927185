"""Specialist reports on one force and reports on one fire and rescue service."""

from __future__ import annotations

from printed import grades, loud, printed

from extractor.models import Extraction
from extractor.pipeline import extract_printed
from extractor.rulebook.load import load_rules

PROSE = (
    "The force keeps records of what it does with its partners, and its leaders read them every week of the year.\n\n"
)
CHILDREN = "# National child protection inspection\n## An inspection of Kent Police\n\nHMICFRS\n\n4 May 2021\n\\f\n"
CUSTODY = (
    "# Report on an unannounced inspection visit to police custody suites in Cumbria\n\nHMICFRS\n\nMay 2021\n\\f\n"
)
FIRE = (
    "# Effectiveness, efficiency and people 2023–2025\n## An inspection of Kent Fire and Rescue Service\n\n"
    "HMICFRS\n\n9 May 2024\n\\f\n"
)


def read(markup: str) -> Extraction:
    return extract_printed(printed(markup), load_rules())


def test_recommendations_by_urgency_belong_to_their_chapter() -> None:
    body = (
        f"# 5. Initial contact\n\n{PROSE * 3}## Calls\n\n{PROSE}> ### Recommendations\n>\n"
        "> We recommend that Kent Police immediately:\n>\n> - reviews its calls; and\n>\n> - trains its staff.\n>\n"
        "> We recommend that, within three months, Kent Police should take steps to improve. As a minimum, this should"
        " include:\n>\n> - counting calls.\n\n# 6. Help\n\n"
        f"{PROSE}It says that the police should:\n\n- identify children at risk.\n\n{PROSE}"
    )
    found = read(CHILDREN + body)
    assert [(row.text, row.stem, row.deadline) for row in found.findings] == [
        ("reviews its calls; and", "We recommend that Kent Police immediately:", "immediately"),
        ("trains its staff.", "We recommend that Kent Police immediately:", "immediately"),
        ("counting calls.",
         "We recommend that, within three months, Kent Police should take steps to improve. "
         "As a minimum, this should include:",
         "within three months"),
    ]  # fmt: skip
    assert {(row.question, row.addressees, row.parent_id) for row in found.findings} == {
        ("5. Initial contact", ("kent",), None)
    }
    assert not loud(found, "unusual_length") and not found.gradings


def test_counts_of_cases_are_no_grades_of_the_force() -> None:
    table = "Type of case | Good | Inadequate\n\nMissing children | 4 | 3\n\n"
    found = read(
        f"{CHILDREN}# 4. Case file analysis\n\n{PROSE * 3}We assessed 4 as good and 3 as inadequate.\n\n{table}{PROSE}"
    )
    assert not found.gradings


def test_items_of_a_closing_summary_count_once() -> None:
    asked = "### Recommendation\n\nThe force should review detention.\n\n"
    concern = f"### Cause of concern\n\n**Detention isn’t reviewed**\n\n{asked}"
    area = "### Area for improvement\n\nThe force should improve its cells.\n\n"
    found = read(
        f"{CUSTODY}# 1. Leadership\n\n{PROSE * 3}{concern}{area}\\f\n# Summary of findings\n\n{PROSE}{concern}{area}"
    )
    assert [(row.kind, row.page_first) for row in found.findings] == [
        ("cause_of_concern", 2), ("recommendation", 2), ("area_for_improvement", 2),
    ]  # fmt: skip


SECTION = (
    "# {title}\n\n> **{grade}**\n\nKent Fire and Rescue Service is {words} at {title}.\n\n"
    "Each fire and rescue service should identify all foreseeable risks.\n\n{items}"
    "We set out our detailed findings below. These are the basis for our judgment.\n\n" + PROSE
)


def test_fire_report_has_its_questions_grades_and_items_and_no_standard() -> None:
    listed = "> - The service should count its ladders.\n>\n> - The service should mark them.\n\n"
    items = f"> ### Areas for improvement\n>\n{listed}"
    body = PROSE * 3
    body += SECTION.format(title="Preventing fires and other risks", grade="Good", words="good", items=items)
    body += SECTION.format(title="Making best use of resources", grade="Inadequate", words="inadequate", items="")
    found = read(FIRE + body)
    assert (found.report.kind, found.report.service, found.report.force_id) == ("fire", "kent", None)
    assert grades(found) == [
        ("Preventing fires and other risks", "good", "inspected"),
        ("Making best use of resources", "inadequate", "inspected"),
    ]
    assert [row.question_id for row in found.gradings] == ["fire-prevention", "fire-resources"]
    assert [row.text for row in found.findings] == [
        "The service should count its ladders.",
        "The service should mark them.",
    ]
    assert {row.addressees for row in found.findings} == {("other:Kent Fire and Rescue Service",)}


def test_older_wordings_of_fire_questions_are_the_same_questions() -> None:
    body = PROSE * 3 + SECTION.format(title="Responding to national risks", grade="Good", words="good", items="")
    (grading,) = read(FIRE.replace("2023–2025", "2018/19") + body).gradings
    assert grading.question_id == "fire-major-incidents"
