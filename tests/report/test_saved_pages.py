"""Web pages on one pillar: their id, their day of publication, and no grade from a sentence on a question."""

from __future__ import annotations

import pytest
from printed import extracted, grades, loud, printed

from extractor.models import Extraction
from extractor.pipeline import extract_printed, read
from extractor.reading.web.page import read_web
from extractor.rulebook.load import load_rules

PILLAR = "How effectively does the force reduce crime and keep people safe?"
SERVICES = "How efficiently does the force operate and how sustainable are its services to the public?"
PROSE = "Officers told us about their work, and most of them knew the plan well.\n\n"
QUESTION = "### Tackling serious and organised crime\n\nOutstanding\n\n" + PROSE


def page(*pillars: str, words: str = "Good", **meta: str) -> Extraction:
    heads = "".join(f"## {pillar}\n\n{words}\n\n{PROSE}" for pillar in pillars)
    title = {"title": "Dorset PEEL 2018", "h1": "Dorset PEEL 2018"}
    return extract_printed(
        printed(f"# Dorset PEEL 2018\n\n{heads}{QUESTION}", "web", "p.html", **title, **meta), load_rules()
    )


@pytest.mark.parametrize(
    ("pillars", "report_id"),
    [
        ((PILLAR,), "2018-19-effectiveness-dorset"),
        ((SERVICES,), "2018-19-efficiency-dorset"),
        ((PILLAR, SERVICES), "2018-19-integrated-dorset"),
    ],
)
def test_page_on_one_pillar_has_an_id_of_its_own(pillars: tuple[str, ...], report_id: str) -> None:
    assert page(*pillars).report.report_id == report_id


def test_day_of_an_update_is_no_day_of_publication() -> None:
    updated = page(PILLAR, **{"Last updated": "20/06/2019"})
    assert updated.report.published is None
    assert next(each for each in updated.problems if each.code == "no_date").severity == "doubt"
    published = page(PILLAR, **{"Published on": "20/06/2019", "Last updated": "2 July 2019"})
    assert published.report.published == "2019-06-20"


def test_sentence_on_a_question_grades_no_pillar() -> None:
    found = page(PILLAR, words="Dorset Police has gaps, but the force is good at tackling serious and organised crime.")
    assert not [row for row in found.gradings if row.level == "pillar"] and "question_without_grade" in loud(found)


def test_sentence_on_a_question_says_nothing_against_the_label_of_the_pillar() -> None:
    found = page(PILLAR, words="Inadequate\n\nDorset Police is good at tackling serious and organised crime.")
    assert (PILLAR, "inadequate", "inspected") in grades(found) and "grade_disagrees" not in loud(found)


def test_sentence_on_the_whole_grades_the_pillar() -> None:
    found = page(PILLAR, words="Dorset Police is good at reducing crime and keeping people safe.")
    assert (PILLAR, "good", "inspected") in grades(found)


def test_grade_carried_over_belongs_to_its_question_alone() -> None:
    said = "This question was not inspected in 2018/19, and our judgment from 2017 has been carried over."
    body = f"# {SERVICES}\n\n## Planning for the future\n\n{said}\n\n"
    found = extracted(body, "2018-19")
    assert [row.level for row in found.gradings] == ["question"] and "question_without_grade" in loud(found)


def test_report_without_an_answer_is_a_report_still() -> None:
    found = extract_printed(
        printed(f"# Dorset PEEL 2018\n\n## {PILLAR}\n\n{PROSE}", "web", "p.html", title="Dorset PEEL 2018"),
        load_rules(),
    )
    assert found.report.report_id == "2018-19-effectiveness-dorset" and {"no_gradings"} <= set(loud(found))


TABLE = """<html><head><title>Police effectiveness 2017 – Dorset Police</title></head><body>
<h1>Police effectiveness 2017 – Dorset Police</h1><h2>Judgments of earlier years</h2>
<table><tr><th>Question</th><th>Judgment</th><th>Year</th></tr>
<tr><td>Investigating crime and reducing re-offending</td><td>Good</td><td>{year}</td></tr>
<tr><td>Tackling serious and organised crime</td><td>Inadequate</td><td>2017</td></tr></table>
<p>Officers told us about their work, and most of them knew the plan well.</p></body></html>"""


@pytest.mark.parametrize(
    ("year", "basis"), [("2016", "carried_over"), ("2017", "inspected"), ("in force", "inspected")]
)
def test_year_in_the_next_cell_says_where_a_grade_comes_from(year: str, basis: str) -> None:
    page = extract_printed(read("p.html", TABLE.format(year=year).encode()), load_rules())
    assert {(row.question_id, row.grade, row.basis) for row in page.gradings} == {
        ("investigating-crime", "good", basis),
        ("serious-organised-crime", "inadequate", "inspected"),
    }


def test_force_in_the_line_below_the_heading_is_the_force_of_the_page() -> None:
    page = (
        "<main><h1>PEEL: Police effectiveness 2016</h1><p>An inspection of Cheshire Constabulary</p><p>March 2017</p>"
        "<h2>Protecting vulnerable people</h2><p>Good</p><p>Kent Police shares its control room. Kent Police leads.</p>"
        "<h3>Areas for improvement</h3><ul><li>The force should tell victims what happens.</li></ul></main>"
    )
    found = extract_printed(read_web("page.html", page.encode()), load_rules())
    assert found.report.force_id == "cheshire"
    assert not [each.code for each in found.problems if each.code.startswith("force")]
