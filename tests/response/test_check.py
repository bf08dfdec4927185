"""What people do to a filled-in form in Word, and what the check says to it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from filled_forms import complete, fill, without_controls, without_tags
from response_rows import cleveland, suffolk, written

from extractor.cli import main
from extractor.errors import UnreadableFile, WouldOverwrite
from extractor.models import Problem
from extractor.response.answers import day_in, is_answer
from extractor.response.check import Gap, check_response
from extractor.response.document import respond
from extractor.response.filled import Filled
from extractor.response.publication import publish
from extractor.response.word_text import tag_of, words_in
from extractor.rulebook.folder import rules_root

SUFFOLK = "2023-25-integrated-suffolk"
TODAY = date(2024, 1, 15)
RULES = rules_root()


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("outputs"))


@pytest.fixture
def form(outputs: Path, tmp_path: Path) -> Path:
    return fill(respond(SUFFOLK, outputs, to=tmp_path / "form.docx"), complete)


def gaps(path: Path) -> list[Gap]:
    return [gap for gap in check_response(path, today=TODAY) if gap.where != "Working copy"]


def needed(path: Path) -> list[str]:
    return [gap.where for gap in gaps(path) if gap.needed]


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    document = Document(str(path))
    change(document)
    document.save(str(path))
    return path


def row_of(document: Any, ref: str) -> Any:
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "Reference")
    return next(row for row in table.rows if row.cells[0].paragraphs[0].text == ref)


def control(document: Any, tag: str) -> Any:
    return next(each for each in document.element.body.iter(qn("w:sdt"))
                if each.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == tag)  # fmt: skip


def run_of(document: Any, tag: str) -> Any:
    return next(control(document, tag).iter(qn("w:r")))


def wrapped(run: Any, name: str) -> None:
    """Put a tracked change around a run."""
    mark = parse_xml(f'<w:{name} {nsdecls("w")} w:id="9" w:author="A" w:date="2024-01-01T00:00:00Z"/>')
    run.getparent().replace(run, mark)
    mark.append(run)


def struck(run: Any) -> None:
    run.get_or_add_rPr().append(OxmlElement("w:strike"))


# must be clean -------------------------------------------------------------------------------------------------------


def test_a_filled_form_is_clean_in_both_papers(form: Path) -> None:
    assert gaps(form) == []
    assert gaps(publish(form)) == []


def test_only_the_working_copy_says_that_it_is_one(form: Path) -> None:
    assert [gap.stage for gap in check_response(form, today=TODAY)] == ["publish"]
    assert check_response(publish(form), today=TODAY) == []


def test_what_word_changes_by_itself_is_no_change(form: Path) -> None:
    def change(document: Any) -> None:
        for text in document.element.body.iter(qn("w:t")):
            words = (text.text or "").replace("’", "'").replace("“", '"').replace("”", '"')
            text.text = words.replace("-", "\u2011").replace("vulner", "vul\u00adner").replace(" the ", "  the\u00a0")

    assert gaps(changed(form, change)) == []


@pytest.mark.parametrize("what", ["bullets", "working table", "area's row", "column", "split"])
def test_parts_that_offices_take_out_or_turn_round_are_no_gap(form: Path, what: str) -> None:
    def change(document: Any) -> None:
        items = row_of(document, "Q3-REC-1")._tr.getparent()
        if what == "bullets":
            for paragraph in [p for p in document.paragraphs if p.style.name == "List Bullet"]:
                paragraph._p.getparent().remove(paragraph._p)
        elif what == "working table":
            table = next(table for table in document.tables if table.rows[0].cells[0].text == "Item")
            table._tbl.getparent().remove(table._tbl)
        elif what == "area's row":
            items.remove(row_of(document, "Q3-AFI-1")._tr)
        elif what == "column":
            for row in items.findall(qn("w:tr")):
                row.append(parse_xml(f"<w:tc {nsdecls('w')}><w:tcPr/><w:p/></w:tc>"))
        else:
            other = copy.deepcopy(items)
            for row in other.findall(qn("w:tr"))[1:3]:
                other.remove(row)
            for row in items.findall(qn("w:tr"))[3:]:
                items.remove(row)
            items.addnext(other)
            items.addnext(OxmlElement("w:p"))

    assert needed(changed(form, change)) == []


def test_a_final_semicolon_may_go(form: Path) -> None:
    def change(document: Any) -> None:
        for text in document.element.body.iter(qn("w:t")):
            text.text = (text.text or "").replace("waiting; and", "waiting")

    assert gaps(changed(form, change)) == []


def test_an_answer_typed_as_tracked_insertion_or_beside_its_control_counts(form: Path) -> None:
    def change(document: Any) -> None:
        wrapped(run_of(document, "action/Q3-REC-1"), "ins")
        gone = control(document, "action/Q3-REC-2")
        gone.getparent().replace(gone, parse_xml(f"<w:r {nsdecls('w')}><w:t>We have hired six people.</w:t></w:r>"))

    assert needed(changed(form, change)) == []


@pytest.mark.parametrize("due", ["March 2025", "14/11/24", "14 Sept 2024", "1st of May 2024", "Friday, 3 May 2024"])
def test_due_dates_in_every_usual_form(form: Path, due: str) -> None:
    assert gaps(fill(form, lambda tag: due if tag == "due/Q3-REC-1" else None)) == []


def test_ongoing_is_a_remark(form: Path) -> None:
    found = gaps(fill(form, lambda tag: "Ongoing" if tag == "due/Q3-REC-1" else None))
    assert [(gap.where, gap.needed) for gap in found] == [("Q3-REC-1", False)]


def test_a_copied_row_whose_original_is_answered(form: Path) -> None:
    def change(document: Any) -> None:
        row = row_of(document, "Q3-REC-1")._tr
        other = copy.deepcopy(row)
        for text in other.iter(qn("w:t")):
            text.text = "" if next(text.iterancestors(qn("w:sdt")), None) is not None else text.text
        row.addnext(other)

    found = gaps(changed(form, change))
    assert [(gap.where, gap.needed) for gap in found] == [("Q3-REC-1", False)]


# must be told --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "filler",
    ["TBC", "tbc by Supt", "-", "?", ".", "n/a", "N/A.", "See above", "as above", "Accepted", "To follow", "…"],
)
def test_a_filler_is_no_answer(form: Path, filler: str) -> None:
    fill(form, lambda tag: filler if tag.split("/")[0] in ("action", "reason", "comment") else None)
    assert set(needed(form)) == {"Q3-REC-1", "Q3-REC-2", "Q3-REC-3", "Comment"}


@pytest.mark.parametrize("change", ["del", "moveFrom", "struck", "row"])
def test_an_answer_that_was_taken_out_is_none(form: Path, change: str) -> None:
    def apply(document: Any) -> None:
        for role in ("action", "reason"):
            run = run_of(document, f"{role}/Q3-REC-2")
            if change == "struck":
                struck(run)
            elif change != "row":
                wrapped(run, change)
        if change == "row":
            row = row_of(document, "Q3-REC-2")._tr
            row.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="9" w:author="A"/>'))

    assert needed(changed(form, apply)) == ["Q3-REC-2"]


def test_a_row_deleted_takes_its_answer_along(form: Path) -> None:
    changed(
        form, lambda document: row_of(document, "Q3-REC-2")._tr.getparent().remove(row_of(document, "Q3-REC-2")._tr)
    )
    assert needed(form) == ["Q3-REC-2"]


@pytest.mark.parametrize("tracked", [False, True])
def test_printed_words_that_were_retyped(form: Path, tracked: bool) -> None:
    def change(document: Any) -> None:
        run = row_of(document, "Q3-AFI-1").cells[1].paragraphs[0].runs[0]
        if tracked:
            new = copy.deepcopy(run._r)
            run._r.addnext(new)
            wrapped(run._r, "del")
            next(new.iter(qn("w:t"))).text = run.text.replace("needs to", "may")
        else:
            run.text = run.text.replace("needs to", "may")

    assert needed(changed(form, change)) == ["Q3-AFI-1"]


def test_a_copied_row_whose_original_is_blank(form: Path) -> None:
    def change(document: Any) -> None:
        row = row_of(document, "Q3-REC-1")._tr
        row.addnext(copy.deepcopy(row))
        for role in ("action", "reason"):
            next(control(document, f"{role}/Q3-REC-1").iter(qn("w:t"))).text = ""

    assert needed(changed(form, change)) == ["Q3-REC-1"]


def test_one_answer_over_two_recommendations_answers_one(form: Path) -> None:
    def change(document: Any) -> None:
        for role in ("action", "reason"):
            gone = control(document, f"{role}/Q3-REC-2")
            gone.getparent().remove(gone)
        row_of(document, "Q3-REC-1").cells[6].merge(row_of(document, "Q3-REC-2").cells[6])

    assert needed(changed(form, change)) == ["Q3-REC-2"]


def test_a_row_added_by_hand_needs_an_answer(form: Path) -> None:
    def change(document: Any) -> None:
        row = copy.deepcopy(row_of(document, "Q3-REC-1")._tr)
        for control in list(row.iter(qn("w:sdt"))):
            control.getparent().remove(control)
        next(row.iter(qn("w:t"))).text = "National 1"
        row_of(document, "Q3-REC-3")._tr.addnext(row)

    found = gaps(changed(form, change))
    assert [(gap.where, gap.needed) for gap in found] == [("National 1", False)]


@pytest.mark.parametrize("edited", [without_controls, without_tags])
def test_answers_outlive_the_controls_in_both_papers(edited: Callable[[Path], Path], form: Path) -> None:
    assert gaps(edited(form)) == []
    paper = publish(form)
    assert gaps(paper) == []
    assert gaps(edited(paper)) == []


def test_the_copy_to_publish_is_made_anew_unless_somebody_worked_in_it(form: Path) -> None:
    paper = publish(form)
    fill(form, lambda tag: "Supt Two" if tag == "owner/Q3-REC-1" else None)
    assert publish(form) == paper and Filled(paper).words("owner/Q3-REC-1") == "Supt Two"
    fill(paper, lambda tag: "Supt Three" if tag == "owner/Q3-REC-1" else None)
    with pytest.raises(WouldOverwrite, match="worked in this document"):
        publish(form)


@pytest.mark.parametrize("edited", [without_controls, without_tags])
def test_hints_without_their_controls_are_not_published(
    edited: Callable[[Path], Path], outputs: Path, tmp_path: Path
) -> None:
    form = respond(SUFFOLK, outputs, to=tmp_path / "form.docx")
    fill(form, lambda tag: complete(tag) if tag.startswith(("position", "action")) else None)
    published = publish(edited(form))
    assert "[date]" not in words_in(Document(str(published)).element.body)
    assert "Response published on" in needed(published)


def test_nameless_controls_that_could_be_either_blank_stay_nameless(form: Path) -> None:
    document = Document(str(without_tags(form)))
    control = next(document.element.body.iter(qn("w:sdt")))
    control.addnext(copy.deepcopy(control))
    document.save(str(form))
    named = [tag_of(each) for each in Filled(form).document.element.body.iter(qn("w:sdt"))]
    assert named[:2] == [None, None] and None not in named[2:]


def test_a_position_that_is_none_of_the_choices_is_told(outputs: Path, tmp_path: Path) -> None:
    form = respond(SUFFOLK, outputs, to=tmp_path / "form.docx")
    fill(form, lambda tag: "Accept in part" if tag.startswith("position") else complete(tag))
    told = [gap for gap in gaps(form) if "Accept in part" in gap.message]
    assert told and not any(gap.needed for gap in told)
    assert "Partly accepted" in told[0].message
    fill(form, lambda tag: "partly accepted." if tag.startswith("position") else None)
    assert gaps(form) == []


@pytest.mark.parametrize(
    ("role", "day", "words"),
    [
        ("published", "1 December 2023", "after the last day, 27 November 2023: late by 4 days"),
        ("published", "28/11/23", "late by 1 day"),
        ("published", "1 October 2023", "impossible: 1 October 2023 is before the report of 3 October 2023"),
        ("sent_inspectors", "3 March 2031", "impossible: 3 March 2031 is far ahead"),
        ("sent_secretary_of_state", "soon", "“soon” is no date"),
        ("published", "November 2023", "“November 2023” is no date"),
    ],
)
def test_days_that_are_late_or_cannot_be(form: Path, role: str, day: str, words: str) -> None:
    fill(form, lambda tag: day if tag == role else None)
    assert any(gap.needed and words in gap.message for gap in gaps(form))
    assert main(["respond", "--check", str(form), "-q"]) == 1


def test_nothing_published_after_the_last_day_is_late(outputs: Path, tmp_path: Path) -> None:
    path = respond(SUFFOLK, outputs, to=tmp_path / "a.docx")
    assert any("late by 49 days" in gap.message for gap in check_response(path, today=TODAY) if gap.needed)
    early = check_response(path, today=date(2023, 11, 27))
    assert not any("late" in gap.message for gap in early)


def test_drafts_in_the_paper_to_publish(form: Path) -> None:
    path = publish(form)
    working, public = Document(str(form)), Document(str(path))
    table = next(table for table in working.tables if table.rows[0].cells[0].text == "Item")
    public.element.body.insert(0, copy.deepcopy(table._tbl))
    public.save(str(path))
    assert "Working copy" in [gap.where for gap in check_response(path, today=TODAY) if gap.needed]


def test_a_doubt_of_the_extraction_stays_until_somebody_has_looked(tmp_path: Path) -> None:
    doubt = Problem(SUFFOLK, "a.pdf", "findings", "list", "doubt", 7, "a list could not be read")
    path = respond(replace(suffolk(), problems=(doubt,)), tmp_path, to=tmp_path / "a.docx")
    fill(path, lambda tag: None if tag.startswith("doubt/") else complete(tag))
    assert needed(path) == ["Caution 1"]
    assert needed(publish(path)) == ["Caution 1"]
    fill(path, lambda tag: "A. Clerk, 4 January 2024" if tag == "doubt/1" else None)
    assert needed(path) == []


# the law -------------------------------------------------------------------------------------------------------------


def test_an_empty_form_lists_what_the_law_needs(outputs: Path, tmp_path: Path) -> None:
    found = [gap for gap in check_response(respond(SUFFOLK, outputs, to=tmp_path / "a.docx")) if gap.needed]
    assert {gap.where for gap in found} == {
        "Q3-REC-1", "Q3-REC-2", "Q3-REC-3", "Chief officer asked for comments on", "Response published on",
        "Copy sent to the Secretary of State on", "Copy sent to the inspectors of constabulary on", "Comment",
    }  # fmt: skip


def test_before_the_act_no_item_is_needed(outputs: Path, tmp_path: Path) -> None:
    path = respond("2015-effectiveness-cleveland", outputs, to=tmp_path / "a.docx")
    assert not any(gap.finding_id and gap.needed for gap in check_response(path))
    assert "Yes" not in [cell.text for cell in row_of(Document(str(path)), "Q3-REC-1").cells]


def test_a_reason_is_enough_and_the_forces_words_are_not(outputs: Path, tmp_path: Path) -> None:
    path = respond(SUFFOLK, outputs, to=tmp_path / "a.docx")
    fill(path, lambda tag: None if tag.startswith(("action/", "reason/")) else complete(tag))
    assert needed(path) == ["Q3-REC-1", "Q3-REC-2", "Q3-REC-3"]
    fill(path, lambda tag: "We cannot pay for it." if tag.startswith("reason/") else None)
    assert needed(path) == []


def test_last_day_follows_from_the_day_that_was_filled_in(tmp_path: Path) -> None:
    days = {"report_published": "18 February 2016", "published": "1 June 2016"}
    path = fill(respond(cleveland(), tmp_path, to=tmp_path / "a.docx"), days.get)
    assert any("1 June 2016 is after the last day, 19 March 2016" in gap.message for gap in check_response(path))


# files ---------------------------------------------------------------------------------------------------------------


def test_check_on_the_command_line(
    form: Path, outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = respond(SUFFOLK, outputs, to=tmp_path / "a.docx")
    assert main(["respond", "--check", str(empty)]) == 1
    assert "Q3-REC-1" in capsys.readouterr().out
    assert main(["respond", "--check", str(publish(form)), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_check_refuses_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Document().save(str(tmp_path / "other.docx"))
    (tmp_path / "text.docx").write_text("hello", encoding="utf-8")
    for name, words in (("other.docx", "list of items"), ("text.docx", "not a Word document")):
        assert main(["respond", "--check", str(tmp_path / name)]) == 1
        assert words in capsys.readouterr().err


def test_a_damaged_or_swollen_document_is_named(outputs: Path, tmp_path: Path) -> None:
    made = respond(SUFFOLK, outputs, to=tmp_path / "a.docx")
    with ZipFile(made) as document:
        parts = {name: document.read(name) for name in document.namelist()}
    types = "[Content_Types].xml"
    for name, content, told in (
        ("word/document.xml", b"<x/>", "no text in it"),
        ("word/document.xml", b"<x>" + b" " * 21_000_000 + b"</x>", "larger than any response"),
        (types, parts[types].replace(b"styles+xml", b"stylus+xml"), "or a damaged one"),
    ):
        with ZipFile(tmp_path / "b.docx", "w", ZIP_DEFLATED) as document:
            for part, data in {**parts, name: content}.items():
                document.writestr(part, data)
        with pytest.raises(UnreadableFile, match=told):
            Filled(tmp_path / "b.docx")
    whole = made.read_bytes()
    (tmp_path / "c.docx").write_bytes(whole[:400] + bytes(letter ^ 1 for letter in whole[400:420]) + whole[420:])
    with pytest.raises(UnreadableFile, match="not a Word document"):
        Filled(tmp_path / "c.docx")


def test_a_document_that_somebody_worked_in_is_not_written_over(outputs: Path, tmp_path: Path) -> None:
    path = respond(SUFFOLK, outputs, to=tmp_path / "a.docx")
    assert respond(SUFFOLK, outputs, to=path) == path
    fill(path, lambda tag: "We did." if tag == "action/Q3-REC-1" else None)
    before = path.read_bytes()
    with pytest.raises(ValueError, match="worked in"):
        respond(SUFFOLK, outputs, to=path)
    assert path.read_bytes() == before


# words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("3 October 2023", date(2023, 10, 3)),
        ("the 3rd of October 2023", date(2023, 10, 3)),
        ("Tuesday 3 Oct. 2023", date(2023, 10, 3)),
        ("3/10/2023", date(2023, 10, 3)),
        ("03-10-23", date(2023, 10, 3)),
        ("3.10.2023", date(2023, 10, 3)),
        ("2023-10-03", date(2023, 10, 3)),
        ("3-Oct-23", date(2023, 10, 3)),
        ("30 February 2023", None),
        ("13/13/2023", None),
        ("soon", None),
        ("", None),
        ("10 3 2023 or so", None),
    ],
)
def test_days_are_read_as_in_britain(words: str, day: date | None) -> None:
    found = day_in(words)
    assert (found.first if found else None) == day


def test_a_month_is_a_month() -> None:
    month = day_in("by the end of March 2025")
    assert month and (month.first, month.last) == (date(2025, 3, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    "words", ["We have trained staff.", "None, as funding ended.", "In progress since May, with six officers"]
)
def test_short_answers_are_answers(words: str) -> None:
    assert is_answer(words, RULES)
