from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from filled_forms import complete, fill
from response_rows import finding, report, written

from extractor.errors import BadSetting
from extractor.models import Extraction, Finding, Mention
from extractor.response.answered_paper import paper_for
from extractor.response.check import check_response
from extractor.response.document import respond
from extractor.response.publication import publish
from extractor.response.word_text import lines
from extractor.rulebook.folder import rules_root

NATIONAL = "2024-03-05-national-quiet-roads"
LETTER = "2024-06-04-letter-cleveland"
FIRE = "2024-05-01-fire-north"
OWN = "2023-25-integrated-cleveland"
TITLE = "Quiet roads – An inspection of the policing of rural roads"
LIMITS = "publish the limits of speed that its patrols enforce on unlit roads"


def item(order: int, kind: str, text: str, report_id: str, *addressees: str, **other: object) -> Finding:
    return replace(finding(order, kind, "1. Roads", text, report_id), addressees=addressees, **other)  # type: ignore[arg-type]


def national() -> Extraction:
    row = replace(
        report(NATIONAL), title=TITLE, kind="national", force_id=None, force_name=None, publisher="HMICFRS",
        cycle=None, pillar=None, published="2024-03-05", publishers=("HMICFRS",),
    )  # fmt: skip
    findings = (
        item(0, "recommendation", "Chief constables should count patrols.", NATIONAL, "chief_constables", number="1"),
        item(1, "recommendation", "The Home Office should pay for signs.", NATIONAL, "home_office", number="2"),
        item(2, "area_for_improvement", f"Cleveland Police should {LIMITS}", NATIONAL, "cleveland", number="1"),
        item(3, "recommendation", "Kent Police should light its lanes.", NATIONAL, "kent", number="3"),
        item(4, "recommendation", "There should be a map of every lane.", NATIONAL, number="4"),
    )  # fmt: skip
    mentions = (
        Mention(NATIONAL, "cleveland", 4, "text", None, "In Cleveland Police, patrols keep a log."),
        Mention(NATIONAL, "cleveland", 8, "list", "visited", "Cleveland Police;"),
        Mention(NATIONAL, "kent", 9, "text", None, "Kent Police has no log."),
    )
    return Extraction(row, findings=findings, mentions=mentions)


def own_report() -> Extraction:
    row = replace(report(OWN), cycle="2023-25", pillar="integrated", publisher="HMICFRS", published="2024-02-06")
    return Extraction(row, findings=(item(0, "area_for_improvement", f"The force should {LIMITS}", OWN),))


def letter(**other: object) -> Extraction:
    row = replace(
        report(LETTER), kind="letter", letter_type="cause_of_concern_revisit", publisher="HMICFRS", cycle=None,
        pillar=None, published="2024-06-04", title="A letter on lanes",
    )  # fmt: skip
    findings = (
        item(0, "recommendation", "light the lanes;", LETTER, "cleveland", outcome="closed",
             outcome_sentence="We have closed this one."),
        item(1, "recommendation", "map the lanes.", LETTER, "cleveland", outcome="open", outcome_sentence="Not yet."),
    )  # fmt: skip
    return Extraction(replace(row, **other), findings=findings)  # type: ignore[arg-type]


def fire() -> Extraction:
    row = replace(
        report(FIRE), kind="fire", service="north", force_id=None, force_name=None, publisher="HMICFRS", cycle=None,
        pillar=None, published="2024-05-01", title="A fire report",
    )  # fmt: skip
    return Extraction(
        row, findings=(item(0, "recommendation", "The service should test its hoses.", FIRE, "other:North"),)
    )


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("papers"), national(), own_report(), letter(), fire())


def said(outputs: Path, report_id: str, force: str | None = None) -> list[str]:
    document = Document(str(respond(report_id, outputs, force=force, answers=outputs / "register.csv")))
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))]


def test_a_paper_about_many_wants_to_know_whose_answer_it_is(outputs: Path) -> None:
    with pytest.raises(BadSetting, match="--force"):
        said(outputs, NATIONAL)
    with pytest.raises(BadSetting, match="no force 'clevland'; known are cleveland"):
        said(outputs, NATIONAL, "clevland")


def test_own_items_are_those_for_all_for_the_force_and_for_nobody(outputs: Path) -> None:
    paper = paper_for(NATIONAL, outputs, rules_root(), force="cleveland")
    assert [paper.refs[row["finding_id"]] for row in paper.asked] == ["REC-1", "AFI-1", "REC-4"]
    assert [paper.refs[row["finding_id"]] for row in paper.for_others] == ["REC-2", "REC-3"]


def test_the_form_says_where_the_force_is_named_and_what_is_for_others(outputs: Path) -> None:
    text = said(outputs, NATIONAL, "cleveland")
    assert "☐ Cleveland Police specific    ☐ Follow up    ☐ Partner inspection" in text
    assert "☒ National    ☒ Thematic" in text
    assert "☒ Yes    ☐ No    (page 4)" in text and "Page 4: “In Cleveland Police, patrols keep a log.”" in text
    assert "☒ Yes    ☐ No    named among the forces visited (page 8)" in text
    assert "Items for others to answer" in text and "Home Office" in text and "Kent Police" in text
    assert any(line.startswith("Look again: no addressee was found") for line in text)
    public = publish(respond(NATIONAL, outputs, force="cleveland", to=outputs.parent / "working.docx"))
    assert not any("Look again" in line for line in lines(Document(str(public))))
    assert "The report contains one area for improvement and four recommendations." in text
    assert (
        "Of these, one area for improvement and two recommendations are for Cleveland Police or its local policing"
        " body to answer." in text
    )


def test_an_item_of_the_forces_own_report_is_answered_there_alone(outputs: Path) -> None:
    text = said(outputs, NATIONAL, "cleveland")
    told = next(line for line in text if "Only the answer to that report is needed" in line)
    assert OWN in told
    assert any("It is answered here and only here" in line and NATIONAL in line for line in said(outputs, OWN))


def test_a_force_without_an_item_gets_a_short_form(tmp_path: Path) -> None:
    only = replace(national(), findings=national().findings[1:2])
    text = said(written(tmp_path, only), NATIONAL, "cleveland")
    assert "FORCE RESPONSE TO RECOMMENDATIONS" not in text and "Response to each item" not in text
    assert any(line.startswith("None of them is addressed to Cleveland Police") for line in text)


def test_a_letter_says_what_it_closed(outputs: Path) -> None:
    text = said(outputs, LETTER)
    assert "☒ Cleveland Police specific    ☒ Follow up    ☐ Partner inspection" in text
    assert "Of the two items that the letter judges, one was closed and one remains open." in text
    assert any("“We have closed this one.” No answer is needed." in line for line in text)
    assert any("Still open" in line and "“Not yet.”" in line for line in text)
    assert text.count("Not settled") == 1


def test_an_accelerated_cause_of_concern_has_its_own_56_days(tmp_path: Path) -> None:
    text = said(written(tmp_path, letter(letter_type="accelerated_cause_of_concern")), LETTER)
    assert (
        "Monday 29 July 2024" in text and "☒ Cleveland Police specific    ☐ Follow up    ☐ Partner inspection" in text
    )
    assert "Yes" in text and "Not settled" not in text
    text = said(
        written(tmp_path, letter(letter_type="accelerated_cause_of_concern", published=None, sent="2024-06-03")), LETTER
    )
    assert "Sunday 28 July 2024" in text and any("counted from the day it was sent" in line for line in text)


def test_a_letter_to_another_force_asks_nothing(outputs: Path) -> None:
    text = said(outputs, LETTER, "kent")
    assert "No answer is due from Kent Police: this paper is about Cleveland Police." in text
    assert "Copy sent to the Secretary of State on" not in text


def test_a_fire_paper_is_answered_by_an_action_plan_and_needs_nothing_by_law(outputs: Path, tmp_path: Path) -> None:
    text = said(outputs, FIRE)
    assert "No period of days: this paper is answered by an action plan" in text and "No: action plan" in text
    assert "Copy sent to the Secretary of State on" not in text
    path = respond(FIRE, outputs, to=tmp_path / "f.docx", answers=tmp_path / "r.csv")
    fill(path, lambda tag: str(complete(tag)).replace("2023", "2024"))
    lacking = [gap for gap in check_response(path) if gap.needed]
    assert {gap.where for gap in lacking} == {"[responding body]", "[title of the signatory]"}, "no office is known"
    assert {gap.stage for gap in lacking} == {"publish"}


def test_the_offices_own_force_answers_papers_about_many_alone(outputs: Path) -> None:
    paper = paper_for(NATIONAL, outputs, rules_root(), usual="kent")
    assert paper.force == "Kent Police"
    assert paper_for(LETTER, outputs, rules_root(), usual="kent").force == "Cleveland Police"


def test_a_paper_on_a_local_area_is_answered_by_its_partnership(tmp_path: Path) -> None:
    area = replace(letter(kind="joint_area", letter_type=None), findings=())
    text = said(written(tmp_path, area), LETTER)
    assert any(line.startswith("No period of days under section 55: the partnership") for line in text)
    assert "☐ Cleveland Police specific    ☐ Follow up    ☒ Partner inspection" in text
