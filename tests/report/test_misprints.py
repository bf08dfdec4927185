"""A misprinted heading of items is read and flagged, one with unknown words is named, others are left alone."""

from __future__ import annotations

import pytest
from printed import extracted, items, loud

from extractor.report.misprints import nearest_heading

KNOWN = ("area for improvement", "areas for improvement", "cause of concern", "recommendation")
ITEM = "**The force should {do}.**\n\nIt has not done so for a year.\n\n"
FIRST = "# Responding to the public\n\nGood\n\n### Area for improvement\n\n" + ITEM.format(do="plan its work")
SECOND = ITEM.format(do="train its staff")


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("Area for improvment", "area for improvement"),
        ("Areas for lmprovement", "areas for improvement"),
        ("Arcas for improvement:", "areas for improvement"),
        ("Area fo improvement", "area for improvement"),
        ("Cause of cncern", "cause of concern"),
        ("Recommendatlon", "recommendation"),
        ("Area for improvement", None),  # as it should be
        ("Area requiring improvement", None),
        ("Causes and concerns", None),
        ("Recommended", None),
    ],
)
def test_nearest_heading(words: str, heading: str | None) -> None:
    assert nearest_heading(words, KNOWN) == heading


@pytest.mark.parametrize("heading", ["Area for improvment", "Area for lmprovement", "Arca for improvement"])
def test_misprinted_heading_is_read_and_said(heading: str) -> None:
    extraction = extracted(f"{FIRST}### {heading}\n\n{SECOND}", "2023-25")
    assert items(extraction) == ["The force should plan its work.", "The force should train its staff."]
    assert [finding.flags for finding in extraction.findings] == [(), ("heading_misprinted",)]
    assert "heading_misprinted" in loud(extraction)


def test_only_heading_may_be_misprinted() -> None:
    extraction = extracted(
        "# Responding to the public\n\nGood\n\n### Areas for lmprovement\n\n- The force should act.\n"
    )
    assert items(extraction) == ["The force should act."]


def test_unknown_heading_above_an_item_is_named() -> None:
    extraction = extracted(f"{FIRST}### Matters that need work\n\n{SECOND}", "2023-25")
    assert "heading_unknown" in loud(extraction) and len(extraction.findings) == 1


@pytest.mark.parametrize(
    "below", ["The force should not be blamed for this, and it works well.", "**Its staff are trained.**\n\nThey are."]
)
def test_other_headings_of_the_same_type_are_silent(below: str) -> None:
    assert "heading_unknown" not in loud(extracted(f"{FIRST}### How it works\n\n{below}\n", "2023-25"))


def test_misprint_in_prose_is_prose() -> None:
    extraction = extracted(
        f"{FIRST}# Investigating crime\n\nGood\n\nArea for improvment\n\nThe force works well.\n", "2023-25"
    )
    assert len(extraction.findings) == 1


def test_heading_row_printed_again_overleaf_begins_nothing() -> None:
    boxed = "> ### Area for improvement\n>\n> **The force should plan.**\n>\n> It has no plan.\n\\f\n"
    extraction = extracted(
        f"# Responding to the public\n\nGood\n\n{boxed}> ### Area for improvement\n>\n> It knows of this.\n", "2023-25"
    )
    assert [(finding.text, finding.detail) for finding in extraction.findings] == [
        ("The force should plan.", "It has no plan. It knows of this.")
    ]


@pytest.mark.parametrize("line", ["", "Carried forward from PEEL 2021/22\n>\n> "])
def test_second_item_overleaf_is_an_item(line: str) -> None:
    boxed = "> ### Area for improvement\n>\n> {}**The force should {}.**\n>\n> It has not.\n"
    extraction = extracted(
        f"# Responding to the public\n\nGood\n\n{boxed.format('', 'plan')}\\f\n{boxed.format(line, 'act')}", "2023-25"
    )
    assert [(finding.text, finding.status) for finding in extraction.findings] == [
        ("The force should plan.", "new"), ("The force should act.", "carried_forward" if line else "new"),
    ]  # fmt: skip
