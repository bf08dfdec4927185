"""Guards of sections, gradings, findings and checks: for each a layout that is read wrongly without it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from printed import INTRODUCTION, TITLES, extracted, grades, items, loud, printed

from extractor.models import Extraction
from extractor.pipeline import extract_printed
from extractor.rulebook.load import load_rules

PROSE = "The force works with its partners every day and keeps records of what it does with them.\n\n"
LONG = (
    "The force works with its partners every day and keeps records of what it does with them, so that each of its "
    "teams can see at any time what was promised to whom, and by when it must be done, and whether it was done, "
    "and what it cost.\n\n"
)
NAME = "Investigating crime and reducing re-offending"
ASKED = "Preventing crime and tackling anti-social behaviour"
BEFORE = f"# {NAME}\n\nGood\n\n{PROSE}"
LIST = "### Areas for improvement\n\n- The force should review its plans.\n\n"
RUNNING = {"header": "PEEL – An inspection of Cleveland Police", "footer": "#"}


def found(markup: str, cycle: str = "2017", **running: str) -> Extraction:
    return extracted(f"{BEFORE}{markup}\n\n{PROSE}", cycle, **running)


def codes(extraction: Extraction) -> list[str]:
    return [problem.code for problem in extraction.problems]


def titles(extraction: Extraction) -> list[str | None]:
    return [row.title for row in extraction.sections[2:]]


def grade_of(words: str) -> str | None:
    """The grade of the second question, whose section holds these words."""
    got = extracted(f"{BEFORE}# {ASKED}\n\n{words}\n\n{PROSE}")
    return next((grade for question, grade, _ in grades(got) if question == ASKED), None)


# sections ------------------------------------------------------------------------------------------------------------


def test_bold_sentence_opens_no_section() -> None:
    assert titles(found(f"**{ASKED}.**\n\n{PROSE}")) == [NAME]
    assert titles(found(f"**{ASKED}**\n\n{PROSE}")) == [NAME, ASKED]


def test_heading_in_a_box_with_other_text_opens_no_section() -> None:
    assert titles(found(f"> ## Case study\n>\n> Officers found a victim at risk.\n\n{PROSE}")) == [NAME]


def test_levels_go_by_type_where_few_headings_bear_a_level() -> None:
    body = f"{BEFORE}# Leadership of the force\n\n{PROSE}# Next steps\n\n{PROSE}# Another chapter\n\n{PROSE}"
    report = printed(TITLES["2017"] + INTRODUCTION + body)
    lines = tuple(replace(line, tag="H3") if line.text == NAME else line for line in report.lines)
    got = extract_printed(replace(report, lines=lines), load_rules())
    assert [row.level for row in got.sections if row.title in (NAME, "Next steps")] == [1, 1]


# findings ------------------------------------------------------------------------------------------------------------


def test_bold_word_at_the_beginning_is_no_lead() -> None:
    words = "**For all.** The force should improve how it records crime."
    got = found(f"> ### Area for improvement\n>\n> {words}\n", "2021-22")
    assert [(row.text, row.detail) for row in got.findings] == [(words.replace("**", ""), None)]


def test_time_limit_far_from_should_is_not_the_recommendations() -> None:
    words = "The force should review the plans that it made with its partners for the people in its custody suites " * 2
    got = found(f"### Recommendations\n\n- {words}so that detainees are seen immediately.")
    assert [row.deadline for row in got.findings] == [None]


def test_concern_is_known_below_a_sub_section_of_its_question() -> None:
    got = found(
        "> ### Cause of concern\n>\n> The force lacks people.\n\n## What must be done\n\n"
        "### Recommendations\n\n- The force should immediately train people."
    )
    concern, recommendation = got.findings
    assert recommendation.parent_id == concern.finding_id


def test_item_of_two_questions_is_an_item_of_each() -> None:
    got = found(f"{LIST}# {ASKED}\n\nGood\n\n{PROSE}{LIST}")
    assert [row.question for row in got.findings] == [NAME, ASKED] and "items_repeated" not in codes(got)


def test_items_of_a_closing_summary_are_counted_once() -> None:
    got = extracted(f"{BEFORE}{LIST}# Annual assessment\n\n{PROSE}{LIST}")
    assert [row.question for row in got.findings] == [NAME] and "items_repeated" in codes(got)


def test_cell_of_a_table_row_heads_no_list() -> None:
    row = "> Grades | Areas for improvement | Concerns | Visits\n"
    got = found(f"{row}>\n> - The force should not be read.\n\n{LIST}")
    assert items(got) == ["The force should review its plans."]


def test_history_in_the_box_of_the_items_is_no_item() -> None:
    got = found(
        "> ### Areas for improvement\n>\n> - The force should review its plans.\n>\n"
        "> In 2016, we recommended that all forces should:\n>\n> - monitor their searches.\n"
    )
    assert items(got) == ["The force should review its plans."]


def test_stock_sentence_ends_a_list_only_at_the_beginning_of_a_block() -> None:
    got = found(
        "### Areas for improvement\n\n- The force should review its plans.\n\n- The force should publish more. We "
        "set out our detailed findings below.\n\n- The force should act."
    )
    assert len(items(got)) == 3


def test_weak_opener_on_the_same_page_begins_an_item() -> None:
    got = found("### Areas for improvement\n\nThe force should act now.\n\nThere should be a plan for this.\n\n## Next")
    assert items(got) == ["The force should act now.", "There should be a plan for this."]


def test_weak_opener_on_the_next_page_may_go_on() -> None:
    got = found(
        "### Areas for improvement\n\nThe force should act now.\n\n\\f\nThere should be a plan for this.\n\n## Next",
        **RUNNING,
    )
    assert items(got) == ["The force should act now. There should be a plan for this."]
    assert "joined_paragraphs" in got.findings[0].flags


def test_closed_limbs_end_a_list_within_a_bullet() -> None:
    got = found(
        "### Areas for improvement\n\n- The force should ensure that its unit:\n- has enough people; and\n"
        "- can look for corruption.\n- There should be a plan for this."
    )
    assert len(items(got)) == 2 and got.findings[1].text == "There should be a plan for this."


# gradings ------------------------------------------------------------------------------------------------------------


def test_label_far_below_its_heading_is_no_grade() -> None:
    assert grade_of("One.\n\nTwo.\n\nThree.\n\nInadequate") == "inadequate"
    assert grade_of("One.\n\nTwo.\n\nThree.\n\nFour.\n\nInadequate") is None


def test_small_print_is_no_grade() -> None:
    report = printed(TITLES["2017"] + INTRODUCTION + f"{BEFORE}# {ASKED}\n\nInadequate\n\n{PROSE}")
    lines = tuple(replace(line, size=8.0) if line.text == "Inadequate" else line for line in report.lines)
    runs = tuple(replace(line, runs=tuple(replace(run, size=line.size) for run in line.runs)) for line in lines)
    assert [row[1] for row in grades(extract_printed(replace(report, lines=runs), load_rules()))] == ["good"]


def test_word_after_prose_in_a_sub_section_is_no_label() -> None:
    assert "grade_unplaced" in loud(found(f"## How it works\n\n{PROSE}Inadequate\n\n"))
    assert "grade_unplaced" not in loud(found(f"## How it works\n\n{LONG}Inadequate\n\n"))


def test_past_after_the_grade_only_compares() -> None:
    assert grade_of("Cleveland Police is good at preventing crime, as in our last inspection in 2015.") == "good"


def test_another_year_before_the_grade_is_another_grade() -> None:
    assert grade_of("In 2015 and later, Cleveland Police is good at preventing crime.") is None


def test_force_is_named_before_its_grade_and_soon() -> None:
    assert grade_of("We told people that Cleveland Police is judged to be good.") == "good"
    assert grade_of("It is judged to be good, and the force knows this.") is None
    late = "People who live along the coast and those who visit it told us so, and the force is judged to be good."
    assert grade_of(late) is None


def test_clause_of_an_overview_must_hold_half_of_a_questions_words() -> None:
    question = "Protecting vulnerable people and supporting victims"
    got = extracted(
        f"# Overview\n\nCleveland Police is judged to be outstanding at supporting its staff.\n\n{BEFORE}"
        f"# {question}\n\n{PROSE}"
    )
    assert question not in [row[0] for row in grades(got)]


# checks --------------------------------------------------------------------------------------------------------------


def test_item_far_longer_than_its_siblings_is_said() -> None:
    short = "".join(f"- The force should {word} its plans.\n" for word in ("review", "publish", "test", "keep"))
    long = "- The force should act" + ", and act" * 45 + ".\n"
    assert "unusual_length" in loud(found(f"### Areas for improvement\n\n{short}{long}"))
    assert "unusual_length" not in loud(found(f"### Areas for improvement\n\n{short}"))


def test_page_numbers_that_jump_are_said() -> None:
    numbered = "".join(f"\\f\n= Page {number}\n\n{PROSE}" for number in (1, 2, 4, 5))
    said = [problem for problem in found(numbered).problems if problem.code == "page_missing"]
    assert len(said) == 1 and "from 2 to 4" in said[0].message
    whole = "".join(f"\\f\n= Page {number}\n\n{PROSE}" for number in (1, 2, 3, 4))
    assert "page_missing" not in codes(found(whole))


def test_page_numbers_beside_a_running_title_are_read() -> None:
    for foot in ("{} | The force and its partners 2021", "The force and its partners 2021 | {}"):
        numbered = "".join(f"\\f\n= {foot.format(number)}\n\n{PROSE}" for number in (1, 2, 4, 5))
        assert any("from 2 to 4" in problem.message for problem in found(numbered).problems)


def test_one_page_without_its_number_is_said() -> None:
    def report(*bare: int, words: str = LONG * 3) -> str:
        pages = (f"\\f\n{'' if number in bare else f'= Page {number}'}\n\n{words}" for number in range(1, 11))
        return "".join(pages)

    def said(text: str) -> list[int | None]:
        return [problem.page for problem in found(text).problems if problem.code == "page_unnumbered"]

    (page,) = said(report(5))
    assert page is not None
    assert len(said(report(5, 8))) == 2
    assert said(report()) == said(report(3, 5, 8)) == said(report(10)) == []
    assert said(report(5, words="A short page.\n\n")) == []


@pytest.mark.parametrize(
    ("numbers", "pairs"),
    [
        ("1.1 1.2 1.3 2.1 2.2 2.3 2.4", []),
        ("1.1 1.2 1.4 2.1 2.2 2.3 2.4 2.5", ["1.2 to 1.4"]),
        ("1.1 1.2 1.3 1.4 1.5 1.6 1.6 1.7", ["1.6 to 1.6"]),
        ("1.1 1.2 1.4 2.1 2.3", []),  # a report that does not count its paragraphs
        ("1.1 1.2 1.3 1.4 1.5 1.6 1.12 2.1", []),
        ("1.1 1.2 1.3 1.5 1.4 1.6 1.7 1.8 1.9", []),  # read in another order, and all there
    ],
)
def test_numbers_of_paragraphs_that_leave_one_out_are_said(numbers: str, pairs: list[str]) -> None:
    text = "".join(f"{number} The force told us how it works with others.\n\n" for number in numbers.split())
    said = [
        problem.message
        for problem in found(f"# How it works\n\n{text}").problems
        if problem.code == "paragraph_missing"
    ]
    assert [pair in message for pair, message in zip(pairs, said, strict=True)] == [True] * len(pairs)


def test_page_numbers_above_their_places_are_said() -> None:
    numbered = "".join(f"\\f\n= Page {number}\n\n{PROSE}" for number in (5, 6, 7, 8))
    said = [problem for problem in found(numbered).problems if problem.code == "page_missing"]
    assert len(said) == 1 and "is numbered 5" in said[0].message
