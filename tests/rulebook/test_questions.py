"""A heading is matched with the wordings of its own cycle, and short ones only word for word."""

from __future__ import annotations

import pytest

from extractor.rulebook.load import load_rules
from extractor.rulebook.questions import Crosswalk, plain
from extractor.rulebook.tables import Question

WORDS = {"effective": "effectiveness", "efficient": "efficiency", "legitimate": "legitimacy"}


def walk(cycle: str, pillar: str | None = None) -> Crosswalk:
    packs = load_rules()
    return Crosswalk(packs.questions, cycle, pillar, packs.settings.questions.likeness)


def found(title: str, cycle: str = "2017", pillar: str | None = None) -> str | None:
    question = walk(cycle, pillar).find(title)
    return question.id if question else None


@pytest.mark.parametrize(
    "question", load_rules().questions, ids=lambda question: f"{question.cycle} {question.title[:60]}"
)
def test_every_wording_of_the_crosswalk_finds_its_question(question: Question) -> None:
    got = walk(question.cycle, question.pillar).find(question.title)
    assert got is not None and (got.id, got.level) == (question.id, question.level)


@pytest.mark.parametrize(
    "title",
    [
        "To what extent does the force treat all of the people it serves with fairness and respect?",
        "To what extent does the force treat all the people it serves with fairness and respect",
        "1. To what extent does the force treat all of the people it serves with fairness and respect?",
        "TO WHAT EXTENT DOES THE FORCE TREAT ALL OF THE PEOPLE IT SERVES WITH FAIRNESS AND RESPECT?",
    ],
)
def test_long_wordings_may_differ_a_little(title: str) -> None:
    assert found(title, "2017", "legitimacy") == "treating-public"


@pytest.mark.parametrize(
    "title",
    [
        "Investigating crimes",
        "Preventing crime in towns",
        "Good",
        "",
        "Protecting people",
        "How well does the force do?",
    ],
)
def test_sub_headings_that_resemble_a_question(title: str) -> None:
    assert found(title) is None


def test_questions_that_resemble_each_other_are_kept_apart() -> None:
    public = found(
        "To what extent does the force treat all of the people it serves with fairness and respect?",
        "2017",
        "legitimacy",
    )
    workforce = found(
        "To what extent does the force treat its workforce with fairness and respect?", "2017", "legitimacy"
    )
    assert (public, workforce) == ("treating-public", "treating-workforce")
    asked = "How {} is the force at keeping people safe and reducing crime?"
    pillars = {found(asked.format(word), "2016", pillar) for word, pillar in WORDS.items()}
    assert pillars == set(WORDS.values())


def test_another_cycle_knows_other_questions() -> None:
    assert found("Engaging with and treating the public with fairness and respect", "2016", "effectiveness") is None


def test_short_names_of_a_table() -> None:
    short = walk("2021/22").find_short("Good use of resources")
    assert short is not None and short.id == "force-management"
    assert walk("2021/22").find_short("") is None and walk("2021/22").find_short("Weather and tides") is None


def test_unknown_cycle_knows_nothing() -> None:
    assert walk("1999").find("Investigating crime") is None and walk("1999").all() == ()


def test_plain() -> None:
    assert plain(" The force’s  Stop & Search – 2016! ") == "the forces stop and search 2016"
