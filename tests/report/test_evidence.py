"""Each finding tells which steps decided about it."""

from __future__ import annotations

import pytest
from printed import INTRODUCTION, TITLES, printed

from extractor.report.analysis import analyse
from extractor.report.findings.evidence import Evidence, evidence_of
from extractor.report.findings.stops import STOPS
from extractor.rulebook.load import load_rules

PROSE = "The force works with its partners every day and keeps records of what it does with them.\n\n"
BEFORE = f"# Investigating crime\n\nGood\n\n{PROSE}"
LIST = "### Areas for improvement\n\n- The force should plan.\n\n"


def evidence(markup: str, cycle: str = "2017") -> list[Evidence]:
    analysis = analyse(printed(TITLES[cycle] + INTRODUCTION + BEFORE + markup), load_rules())
    assert analysis.answers
    items, clues = analysis.answers.found.items, analysis.answers.clues
    return [evidence_of(item, items, clues) for item in items]


# what ends the list above it: every stop of the table has a case
ENDS = {
    "a section opens": (LIST + f"## Next\n\n{PROSE}", "2017"),
    "a grade is displayed": (LIST + "Good\n\n", "2017"),
    "its recommendations begin": (
        "> ### Cause of concern\n>\n> The force lacks people.\n>\n> ### Recommendations\n>\n> - It should act.\n",
        "2017",
    ),
    "the next item heading": (LIST + LIST.replace("plan", "act"), "2017"),
    "a stock sentence ends it": (LIST + "We set out our detailed findings below.\n\n", "2017"),
    "history of earlier reports": (LIST + "In 2016, we recommended that all forces should:\n\n- act.\n\n", "2017"),
    "the frame ends": ("> ### Areas for improvement\n>\n> - The force should plan.\n\n" + PROSE, "2017"),
    "prose after recommendations": ("### Recommendations\n\n- The force should act.\n\n" + PROSE, "2017"),
    "a sub-heading in the body's type": (
        f"### Area for improvement\n\n**The force should plan its work.**\n\nWhy.\n\n**It is good at much**\n\n{PROSE}",
        "2021-22",
    ),
    "prose after a list": (LIST + PROSE, "2017"),
    "prose that opens no item": ("### Areas for improvement\n\nThe force should act now.\n\n" + PROSE, "2017"),
    "the report ends": (LIST, "2017"),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDS)
def test_stop_that_ended_an_item_is_named(name: str) -> None:
    assert evidence(*ENDS[name])[0].end == name


def test_every_stop_has_a_case() -> None:
    assert {stop.name for stop in STOPS} | {"the report ends"} == set(ENDS)


def test_end_of_an_item_before_another_is_the_other() -> None:
    first, last = evidence(LIST + "- The force should act.\n\n")
    assert first.end == "the next item begins, told by a bullet" and last.end == "the report ends"


@pytest.mark.parametrize(
    ("heading", "witness"),
    [
        ("### Areas for improvement", "its type is a heading's"),
        ("AREAS FOR IMPROVEMENT", "it is set apart by weight, capitals, box or tag"),
        ("Areas for improvement", "what follows begins like an item"),
    ],
)
def test_witness_for_a_heading_is_named(heading: str, witness: str) -> None:
    begin = evidence(f"{heading}\n\n- The force should plan.\n\n")[0].begin
    assert witness in begin and "bullets of a list" in begin and "told by a bullet" in begin


def test_kind_names_the_rule() -> None:
    concern, recommendation = evidence(
        "> ### Cause of concern\n>\n> The force lacks people.\n>\n> The force should immediately:\n>\n> - act.\n"
    )
    assert concern.kind.startswith("cause of concern: rule heading.coc")
    assert "recommendation: it asks for something below the heading of a cause of concern" in recommendation.kind


def test_question_names_the_section() -> None:
    here, below = evidence(LIST)[0], evidence("## How it works\n\n" + PROSE + LIST)[0]
    assert here.question == "“Investigating crime”: the section it stands in, known from the crosswalk"
    assert below.question.startswith("“Investigating crime”: the section around “How it works”")
