"""Where a report names a force as a force, and what only looks like it."""

from __future__ import annotations

import pytest
from printed import printed

from extractor.models import Mention
from extractor.pipeline import extract_printed
from extractor.report.sentences import sentences
from extractor.rulebook.load import load_rules

PROSE = "Forces keep tools in their stores, and few of them know how many there are or who has taken them out.\n\n"
COVER = "# Lost tools\n## An inspection of how well forces keep tools\n\nHMICFRS\n\n5 June 2024\n\\f\n# Stores\n\n"


def mentions(body: str, cover: str = COVER) -> tuple[Mention, ...]:
    return extract_printed(printed(cover + PROSE * 3 + body), load_rules()).mentions


NAMED = [
    ("Kent Police counts its tools.", ["kent"]),
    ("We spoke to Kent police officers.", ["kent"]),
    ("Devon & Cornwall Police and Dorset Police share a store.", ["devon-and-cornwall", "dorset"]),
    ("The MPS and GMP were late.", ["metropolitan", "greater-manchester"]),
    ("Kent Police’s store is old.", ["kent"]),
    ("Durham was the only constabulary with a list.", ["durham"]),
    ("In Derbyshire, the constabulary and the court agreed.", ["derbyshire"]),
    ("I wrote to the chief constables of Essex Police and Kent Police.", ["essex", "kent"]),
    ("Norfolk and Suffolk constabularies share a store.", ["norfolk", "suffolk"]),
]
NOT_NAMED = [
    "The Kent Police and Crime Commissioner agreed.",
    "The Essex Police, Fire and Crime Commissioner agreed.",
    "The Northumbria Police Federation agreed.",
    "A shop in Cleveland Street was shut.",
    "Durham University counted them.",
    "Businesses in Kent, Surrey and the Isle of Wight took part.",
    "Norfolk County Council helped.",
    "CPS Wessex and the Kent, Surrey and Sussex probation region told us.",
    "Suffolk Fire and Rescue Service helped.",
    "They moved to New South Wales.",
]


@pytest.mark.parametrize(("sentence", "forces"), NAMED, ids=[sentence[:40] for sentence, _ in NAMED])
def test_named_as_a_force(sentence: str, forces: list[str]) -> None:
    found = mentions(f"Tools were lost. {sentence} Others were not.")
    assert [mention.force_id for mention in found] == forces
    assert {(mention.sentence, mention.place, mention.page) for mention in found} == {(sentence, "text", 2)}


@pytest.mark.parametrize("sentence", NOT_NAMED)
def test_not_named_as_a_force(sentence: str) -> None:
    assert not mentions(sentence)


def test_list_of_forces_visited() -> None:
    found = mentions(
        "We visited two forces:\n\n- Kent Police; and\n\n- the Metropolitan Police Service.\n\nThen we wrote this."
    )
    assert [(m.force_id, m.place, m.list) for m in found] == [
        ("kent", "list", "visited"),
        ("metropolitan", "list", "visited"),
    ]


def test_rows_of_a_table_are_apart() -> None:
    found = mentions("Tools by force.\n\nForce | Tools\n\nKent | 5\n\nEssex | 7\n\n")
    assert {(m.force_id, m.place, m.list) for m in found} == {("kent", "table", "other"), ("essex", "table", "other")}


def test_words_of_a_recommendation_are_none_and_a_practice_box_is() -> None:
    body = (
        "### Recommendation 1\n\nKent Police should act.\n\n# Keys\n\n"
        "> ### Innovative practice\n>\n> **Keys are in one box**\n>\n> Essex Police keeps all keys in one box.\n\n"
    )
    assert [(m.force_id, m.place) for m in mentions(body)] == [("essex", "box")]


def test_own_force_is_none() -> None:
    cover = (
        "# PEEL 2021/22\n## An inspection of Kent Police\n\nHMICFRS\n\nMay 2022\n\\f\n# Investigating crime\n\nGood\n\n"
    )
    assert [m.force_id for m in mentions("Kent Police works with Essex Police.\n\n", cover)] == ["essex"]


def test_sentences_keep_their_words() -> None:
    text = "It rose. “Why?” she asked. Dr. Smith knew, e.g. of 4.5 percent. ‘No.’ It fell"
    assert [text[start:end] for start, end in sentences(text)] == [
        "It rose.", "“Why?” she asked.", "Dr. Smith knew, e.g. of 4.5 percent.", "‘No.’", "It fell",
    ]  # fmt: skip


def test_joint_area_report_names_the_force_of_its_area_in_items_too() -> None:
    cover = "5 May 2019\n\n**Joint targeted area inspection of Medway**\n\nOfsted and HMICFRS inspected.\n\n"
    body = "### Strengths\n\n- Kent Police is prompt.\n\n### Main findings\n\nThe Kent Police store is full.\n\n"
    found = extract_printed(printed(cover + PROSE * 3 + body), load_rules()).mentions
    assert [(m.force_id, m.sentence) for m in found] == [
        ("kent", "Kent Police is prompt."), ("kent", "The Kent Police store is full."),
    ]  # fmt: skip
