"""What people answer in Word, in the register and back in the next Word document; and the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from filled_forms import complete, fill
from response_rows import cleveland, suffolk, written

from extractor.cli import main
from extractor.decisions.register import Entry, Merged, entries, record, register, value_of
from extractor.models import Problem
from extractor.response.check import check_response
from extractor.response.document import respond
from extractor.response.due import as_calendar, as_text, duties
from extractor.response.publication import publish
from extractor.response.read_back import read_response
from extractor.tables.read import read_rows

SUFFOLK = "2023-25-integrated-suffolk"
ITEM = f"{SUFFOLK}/rec/00000001"  # Q3-REC-1
DAY = date(2024, 1, 15)
TYPED = "We’ve hired – at last – “six” people;  twice."


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    return written(tmp_path / "outputs")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def made(outputs: Path, answers: Path, name: str = "a.docx") -> Path:
    return respond(SUFFOLK, outputs, to=outputs.parent / name, answers=answers)


def test_answers_come_back_letter_for_letter(outputs: Path, answers: Path) -> None:
    path = fill(made(outputs, answers), lambda tag: TYPED if tag == "action/Q3-REC-1" else complete(tag))
    merged = read_response(path, answers, by="A. Clerk", on=DAY)
    assert not merged.conflicts
    state = register(answers)
    assert value_of(state, ITEM, "action") == TYPED.replace("  ", " ")
    assert value_of(state, ITEM, "due") == "2023-11-20"
    assert value_of(state, SUFFOLK, "published") == "2023-11-20"
    assert state[ITEM]["action"].by == "A. Clerk" and state[ITEM]["action"].on == "2024-01-15"


def test_the_next_document_holds_what_was_answered_and_says_the_same(outputs: Path, answers: Path) -> None:
    read_response(fill(made(outputs, answers), complete), answers, on=DAY)
    before = answers.read_bytes()
    again = made(outputs, answers, "b.docx")
    assert [gap for gap in check_response(again, today=DAY) if gap.needed] == [
        gap for gap in check_response(again, today=DAY) if gap.needed and gap.where == "Comment"
    ]
    assert read_response(again, answers).added == ()
    assert answers.read_bytes() == before
    assert respond(SUFFOLK, outputs, to=again, answers=answers) == again, "nobody has worked in it"


def test_both_papers_read_back_the_same(outputs: Path, answers: Path) -> None:
    path = fill(made(outputs, answers), complete)
    read_response(path, answers, on=DAY)
    assert read_response(publish(path), answers).added == ()


def test_two_clerks_and_one_field(outputs: Path, answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = made(outputs, answers), made(outputs, answers, "b.docx")
    fill(one, lambda tag: "Supt One" if tag == "owner/Q3-REC-1" else None)
    fill(other, lambda tag: {"owner/Q3-REC-1": "Insp Two", "owner/Q3-REC-2": "Insp Two"}.get(tag))
    read = ["respond", "--register", str(answers), "--by", "B", "--read"]
    assert main([*read, str(one)]) == 0
    assert main([*read, str(other)]) == 1
    said = capsys.readouterr().out
    assert "Q3-REC-1, Owner: the register says “Supt One” (by B), the file “Insp Two”" in said
    assert value_of(register(answers), ITEM, "owner") == "Supt One"
    assert value_of(register(answers), f"{SUFFOLK}/rec/00000002", "owner") == "Insp Two"


def owner(path: Path, name: str, by: str, answers: Path) -> Merged:
    """Let somebody type an owner and read the document back."""
    return read_response(fill(path, {"owner/Q3-REC-1": name}.get), answers, by=by, on=DAY)


def test_who_corrects_an_answer_in_the_same_file_is_no_conflict(outputs: Path, answers: Path) -> None:
    path, before = made(outputs, answers), ""
    for name in ("Supt One", "Supt Two", "Supt Three"):
        merged = owner(path, name, "A", answers)
        assert not merged.conflicts and [entry.value for entry in merged.added] == [name]
        told = [(each.named, each.kept, each.other) for each in merged.corrected]
        assert told == ([("Q3-REC-1, Owner", before, name)] if before else [])
        before = name
    assert value_of(register(answers), ITEM, "owner") == "Supt Three"


def test_an_older_copy_of_the_same_file_undoes_nothing(outputs: Path, answers: Path) -> None:
    path = made(outputs, answers)
    blank = path.read_bytes()
    for name in ("Supt One", "Supt Two"):
        owner(path, name, "A", answers)
    path.write_bytes(blank)
    assert read_response(path, answers, by="A", on=DAY) == Merged((), ())
    assert [each.kept for each in owner(path, "Supt One", "A", answers).conflicts] == ["Supt Two"]


def test_an_answer_read_before_does_not_undo_what_came_after(outputs: Path, answers: Path) -> None:
    path = made(outputs, answers)
    owner(path, "Supt One", "A", answers)
    record([Entry(ITEM, "owner", "Supt Two", "B", DAY.isoformat(), "tracker.xlsx")], answers)
    assert read_response(path, answers, by="A", on=DAY) == Merged((), ())
    merged = owner(path, "Supt Three", "A", answers)
    assert [(each.kept, each.other) for each in merged.conflicts] == [("Supt Two", "Supt Three")]


def test_a_document_made_anew_counts_from_what_it_was_made_with(outputs: Path, answers: Path) -> None:
    owner(made(outputs, answers), "Supt One", "A", answers)
    record([Entry(ITEM, "owner", "Supt Two", "B", DAY.isoformat(), "tracker.xlsx")], answers)
    path = respond(SUFFOLK, outputs, to=outputs.parent / "new" / "a.docx", answers=answers)
    record([Entry(ITEM, "owner", "Supt Three", "B", DAY.isoformat(), "tracker.xlsx")], answers)
    assert read_response(path, answers, by="A", on=DAY) == Merged((), ())
    assert [each.other for each in owner(path, "Supt One", "A", answers).conflicts] == ["Supt One"]


@pytest.mark.parametrize("by", ["B", ""])
def test_two_clerks_with_files_of_one_name_stay_two(by: str, outputs: Path, answers: Path) -> None:
    one = made(outputs, answers)
    other = respond(SUFFOLK, outputs, to=outputs.parent / "other" / one.name, answers=answers)
    owner(one, "Supt One", "A" if by else "", answers)
    assert [each.other for each in owner(other, "Insp Two", by, answers).conflicts] == ["Insp Two"]


def test_an_odd_position_or_day_is_named_and_not_taken(
    outputs: Path, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = {"position/Q3-REC-1": "Agred", "due/Q3-REC-1": "soon", "published": "March 2024", "owner/Q3-REC-1": "Supt"}
    path = fill(made(outputs, answers), typed.get)
    assert main(["respond", "--register", str(answers), "--by", "B", "--read", str(path)]) == 1
    said = capsys.readouterr().out
    assert all(f"“{typed[tag]}”" in said for tag in typed if not tag.startswith("owner")) and "Q3-REC-1" in said
    state = register(answers)
    assert [value_of(state, ITEM, field) for field in ("position", "due", "owner")] == ["", "", "Supt"]
    assert value_of(state, SUFFOLK, "published") == ""


def test_work_may_be_ongoing_but_no_publication(outputs: Path, answers: Path) -> None:
    path = fill(made(outputs, answers), dict.fromkeys(("due/Q3-REC-1", "published"), "ongoing").get)
    told = read_response(path, answers).remarks
    assert any("names no day by which" in words for words in told) and any("is no date" in words for words in told)


def test_an_odd_answer_that_the_register_held_already_is_not_named_again(outputs: Path, answers: Path) -> None:
    record([Entry(ITEM, "due", "ongoing", "A", "2024-01-01")], answers)
    assert read_response(made(outputs, answers), answers).remarks == ()


def test_a_position_is_taken_as_the_form_offers_it(outputs: Path, answers: Path) -> None:
    read_response(fill(made(outputs, answers), {"position/Q3-REC-1": "partly accepted."}.get), answers, by="A", on=DAY)
    assert value_of(register(answers), ITEM, "position") == "Partly accepted"


def test_a_month_will_do_for_a_due_date(outputs: Path, answers: Path) -> None:
    path = fill(made(outputs, answers), lambda tag: "March 2024" if tag == "due/Q3-REC-1" else None)
    merged = read_response(path, answers)
    assert value_of(register(answers), ITEM, "due") == "March 2024" and not merged.remarks


def test_a_blank_form_writes_nothing(outputs: Path, answers: Path) -> None:
    assert read_response(made(outputs, answers), answers).added == ()
    assert not answers.exists()


def test_what_the_register_holds_is_plain_words_in_the_document(outputs: Path, answers: Path) -> None:
    record(
        [
            Entry(ITEM, "owner", "Supt One & Co <x>", "A", "2024-01-01"),
            Entry(ITEM, "due", "2024-03-31", "A", "2024-01-01"),
        ],
        answers,
    )
    words = [node.text for node in Document(str(made(outputs, answers))).element.body.iter(qn("w:t"))]
    assert "Supt One & Co <x>" in words and "31 March 2024" in words


@pytest.mark.parametrize(("kept", "deleted"), [("action", "reason"), ("reason", "action")])
def test_a_blank_deleted_beside_an_answer_does_not_take_the_answer_over(
    kept: str, deleted: str, outputs: Path, answers: Path
) -> None:
    path = fill(made(outputs, answers), lambda tag: "Each case is read." if tag == f"{kept}/Q3-REC-1" else None)
    document = Document(str(path))
    for mark in list(document.element.body.iter(qn("w:tag"))):
        if mark.get(qn("w:val")) == f"{deleted}/Q3-REC-1":
            control = mark.getparent().getparent()
            control.getparent().remove(control)
    document.save(str(path))
    read_response(path, answers, by="A. Clerk")
    state = register(answers)
    assert value_of(state, ITEM, kept) == "Each case is read." and not value_of(state, ITEM, deleted)


def test_words_typed_over_both_blanks_of_a_cell_are_one_answer(outputs: Path, answers: Path) -> None:
    path = fill(made(outputs, answers), lambda tag: "Each case is read." if tag == "action/Q3-REC-1" else None)
    document = Document(str(path))
    for mark in list(document.element.body.iter(qn("w:tag"))):
        if mark.get(qn("w:val")) in ("action/Q3-REC-1", "reason/Q3-REC-1"):
            control = mark.getparent().getparent()
            for part in list(control.find(qn("w:sdtContent"))):
                control.addprevious(part)
            control.getparent().remove(control)
    document.save(str(path))
    read_response(path, answers, by="A. Clerk")
    state = register(answers)
    assert value_of(state, ITEM, "action") == "Each case is read." and not value_of(state, ITEM, "reason")


# the clock -----------------------------------------------------------------------------------------------------------


def test_what_is_late_left_and_sent(outputs: Path, answers: Path) -> None:
    found = {duty.report_id: duty for duty in duties(outputs, answers, today=date(2023, 11, 26))}
    assert found[SUFFOLK].words == "1 day left" and not found[SUFFOLK].is_late
    late = {duty.report_id: duty for duty in duties(outputs, answers, today=date(2023, 12, 1))}
    assert late[SUFFOLK].words == "late by 4 days" and late[SUFFOLK].is_late
    days = {"published": "2023-11-20", "sent_secretary_of_state": "2023-11-20", "sent_inspectors": "2023-11-21"}
    record([Entry(SUFFOLK, field, day, "A", "2023-11-21") for field, day in days.items()], answers)
    done = {duty.report_id: duty for duty in duties(outputs, answers, today=date(2023, 12, 1))}
    assert done[SUFFOLK].words == "sent" and not done[SUFFOLK].is_late


def test_what_is_published_but_not_sent_says_what_the_register_lacks(outputs: Path, answers: Path) -> None:
    record([Entry(SUFFOLK, "published", "2023-11-20", "A", "2023-11-20")], answers)
    found = {duty.report_id: duty for duty in duties(outputs, answers, today=date(2023, 12, 1))}
    lacks = "not in the register: the copy to the Secretary of State, the copy to the inspectors"
    assert found[SUFFOLK].words == f"late by 4 days; {lacks}"


def test_a_range_counts_from_its_end_and_the_day_found_later_settles_it(outputs: Path, answers: Path) -> None:
    report = cleveland().report.report_id
    found = next(duty for duty in duties(outputs, answers, today=date(2016, 3, 20)) if duty.report_id == report)
    assert not found.is_late and "at the latest" in as_text([found])
    record([Entry(report, "report_published", "2016-02-18", "A", "2016-02-20")], answers)
    found = next(duty for duty in duties(outputs, answers, today=date(2016, 3, 20)) if duty.report_id == report)
    assert found.words == "late by 1 day"


@pytest.mark.parametrize(
    ("kind", "covered"), [("national", True), ("letter", True), ("fire", False), ("joint_area", False)]
)
def test_papers_that_section_55_does_not_cover_have_no_clock(
    kind: str, covered: bool, tmp_path: Path, answers: Path
) -> None:
    read = cleveland()
    outputs = written(tmp_path / kind, replace(read, report=replace(read.report, kind=kind)))
    assert bool(duties(outputs, answers, today=date(2016, 3, 20))) == covered


def test_a_letter_has_a_clock_of_its_own_from_the_day_it_was_sent_at_least(tmp_path: Path, answers: Path) -> None:
    name = "2024-06-04-letter-suffolk"
    row = replace(suffolk().report, report_id=name, kind="letter", published=None, sent="2024-06-03")
    outputs = written(tmp_path / "letters", suffolk(), replace(suffolk(), report=row, findings=(), gradings=()))
    found = {duty.report_id: duty.last for duty in duties(outputs, answers, today=DAY)}
    assert found == {SUFFOLK: date(2023, 11, 27), name: date(2024, 7, 28)}


def test_a_failed_report_takes_no_part(tmp_path: Path, answers: Path) -> None:
    failed = replace(suffolk(), report=replace(suffolk().report, status="failed"))
    outputs = written(tmp_path / "failed", failed, cleveland())
    assert [duty.report_id for duty in duties(outputs, answers)] == [cleveland().report.report_id]
    assert read_rows("reports", outputs, SUFFOLK)


def test_due_on_the_command_line(outputs: Path, answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calendar = outputs.parent / "late.ics"
    run = ["due", "--outputs", str(outputs), "--register", str(answers), "--ics", str(calendar)]
    assert main(run) == 1
    assert "27 November 2023" in capsys.readouterr().out
    told = calendar.read_bytes().decode()
    assert told.startswith("BEGIN:VCALENDAR\r\n") and "DTSTART;VALUE=DATE:20231127" in told
    assert all(len(line.encode()) <= 75 for line in told.split("\r\n"))
    for report in (SUFFOLK, cleveland().report.report_id):
        for field in ("published", "sent_secretary_of_state", "sent_inspectors"):
            record([Entry(report, field, "2024-01-01", "A", "2024-01-01")], answers)
    assert main(run) == 0
    assert "BEGIN:VEVENT" not in as_calendar(duties(outputs, answers))


def test_due_without_reports_says_how_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--outputs", str(tmp_path)]) == 0
    assert "next: `peel extract FILE` reads a report" in capsys.readouterr().err


def test_every_row_of_the_register_is_dated_and_signed(outputs: Path, answers: Path) -> None:
    read_response(fill(made(outputs, answers), complete), answers)
    assert all(entry.by and entry.on and entry.source == "a.docx" for entry in entries(answers))


def test_a_doubt_that_somebody_signed_for_in_word_is_cleared_in_the_register(tmp_path: Path, answers: Path) -> None:
    doubts = tuple(
        Problem(SUFFOLK, "a.pdf", "findings", "list", "doubt", page, "a list could not be read") for page in (7, 9)
    )
    outputs = written(tmp_path / "outputs", replace(suffolk(), problems=doubts))
    path = fill(made(outputs, answers), lambda tag: "A. Clerk, 4 January 2024" if tag == "doubt/1" else None)
    read_response(path, answers, on=DAY)
    text = "\n".join(paragraph.text for paragraph in Document(str(made(outputs, answers, "b.docx"))).paragraphs)
    assert "page 9 must be compared" in text and "pages 7 and 9" not in text
    last = fill(made(outputs, answers, "c.docx"), lambda tag: "B. Clerk, 5 January 2024" if tag == "doubt/1" else None)
    read_response(last, answers, on=DAY)
    signed = [entry.value for entry in entries(answers) if entry.field == "doubt_cleared" and entry.value]
    assert signed == ["A. Clerk, 4 January 2024", "B. Clerk, 5 January 2024"]
    text = "\n".join(paragraph.text for paragraph in Document(str(made(outputs, answers, "d.docx"))).paragraphs)
    assert "at least" not in text


def test_a_filler_clears_no_doubt(tmp_path: Path, answers: Path) -> None:
    doubt = Problem(SUFFOLK, "a.pdf", "findings", "list", "doubt", 7, "a list could not be read")
    outputs = written(tmp_path / "outputs", replace(suffolk(), problems=(doubt,)))
    read_response(fill(made(outputs, answers), lambda tag: "TBC" if tag == "doubt/1" else None), answers, on=DAY)
    text = "\n".join(paragraph.text for paragraph in Document(str(made(outputs, answers, "b.docx"))).paragraphs)
    assert "page 7 must be compared" in text
