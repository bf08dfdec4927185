# ruff: noqa: E501 - lines of the document stand as printed
from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from filled_forms import complete, fill, without_controls
from response_rows import CLEVELAND_2015, INVESTIGATE, cleveland, finding, grading, report, suffolk, written

from extractor.cli import main
from extractor.errors import TemplateProblem
from extractor.models import Extraction
from extractor.response import make_template
from extractor.response.check import check_response
from extractor.response.document import respond
from extractor.response.draft_list import _capitalised
from extractor.response.office import office_for
from extractor.response.publication import publish
from extractor.response.references import references
from extractor.rulebook.folder import rules_root
from extractor.runs.run import extract_many
from extractor.tables.read import read_rows

CLEVELAND = "2015-effectiveness-cleveland"
SUFFOLK = "2023-25-integrated-suffolk"
TEMPLATE = rules_root() / "response" / "response.docx"
FIND = "Find the day of publication and put in the one day."


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("outputs"))


def lines(path: Path) -> list[str]:
    """Return every paragraph's text in document order, with what stands in content controls."""
    return [
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in Document(str(path)).element.body.iter(qn("w:p"))
    ]


def made(tmp_path: Path, extraction: Extraction, **options: Any) -> Path:
    return respond(extraction, tmp_path, **options)


# what it says --------------------------------------------------------------------------------------------------------


def test_cleveland_carries_every_item_verbatim_in_the_published_order(outputs: Path) -> None:
    text = lines(respond(CLEVELAND, outputs))
    start = text.index("EXECUTIVE SUMMARY")
    summary = text[start : text.index("FORCE RESPONSE TO RECOMMENDATIONS")]
    published = [row for row in CLEVELAND_2015 if row[1] == CLEVELAND_2015[0][1]]
    for question in dict.fromkeys(row[1] for row in CLEVELAND_2015):
        rows = [row for row in CLEVELAND_2015 if row[1] == question]
        published += [row for row in rows if row not in published and row[0] == "area_for_improvement"]
        published += [row for row in rows if row[0] in ("cause_of_concern", "recommendation")]
    places = [next(n for n, line in enumerate(summary) if line.startswith(row[2])) for row in published]
    assert places == sorted(places)
    headings = [line for line in summary if line.startswith("Core Question")]
    assert headings == [
        "Core Question 1 – ‘Requires Improvement’",
        "Core Question 2 – ‘Good’",
        "Core Question 3 – ‘Requires Improvement’",
        "Core Question 4 – ‘Good’",
    ]


def test_cleveland_summary_sentences(outputs: Path) -> None:
    text = "\n".join(lines(respond(CLEVELAND, outputs)))
    assert text.startswith("RESPONSE BY THE PCC TO THE HMIC INSPECTION OF CLEVELAND POLICE")
    assert (
        "In February 2016, Her Majesty’s Inspectorate of Constabulary (HMIC) published the conclusions of the effectiveness strand"
        in text
    )
    assert "The overall judgment was ‘requires improvement’." in text
    assert (
        "Of the four core questions, two were judged ‘requires improvement’ (1 and 3) and two were judged ‘good’ (2 and 4)."
        in text
    )
    assert "The report contains nine areas for improvement, one cause of concern and one recommendation." in text
    assert "☒ Cleveland Police specific" in text and "☒ Yes" in text
    assert "Between Wednesday 2 March 2016 and Wednesday 30 March 2016" in text


def test_a_known_day_gives_the_one_last_day(outputs: Path, tmp_path: Path) -> None:
    text = "\n".join(lines(respond(CLEVELAND, outputs, published="2016-02-18", to=tmp_path / "a.docx")))
    assert "Saturday 19 March 2016" in text and "On 18 February 2016" in text
    assert "That day is a Saturday." in text


def test_later_report_has_explanations_deadlines_status_and_practice(outputs: Path) -> None:
    text = lines(respond(SUFFOLK, outputs))
    whole = "\n".join(text)
    assert (
        "On 3 October 2023, His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS) published"
        in whole
    )
    assert "3. Responding to the public – ‘Inadequate’" in text
    assert "1. Providing a service to victims of crime – not graded" in text
    assert "This grade was carried over from 2021/22; the question was not inspected again." in text
    assert "Innovative practice (needs no response):" in text
    assert "In 21 of 58 cases we found no check." in text
    assert "The report says: Within three months (3 January 2024)" in text
    assert "carried forward from 2021/22" in text
    assert text.index("The constabulary should immediately:") < text.index(
        "Within three months, Suffolk Constabulary should:"
    )
    assert "Monday 27 November 2023" in text


def test_required_by_law_is_yes_for_recommendations_only(outputs: Path) -> None:
    table = item_table(respond(SUFFOLK, outputs))
    law = {row.cells[0].paragraphs[0].text: row.cells[3].paragraphs[0].text for row in table.rows[1:]}
    assert law["Q3-REC-1"] == law["Q3-REC-3"] == "Yes"
    assert law["Q3-AFI-1"] == "No"


def item_table(path: Path) -> Any:
    return next(table for table in Document(str(path)).tables if table.rows[0].cells[0].text == "Reference")


def test_human_cells_are_empty_and_visibly_so(outputs: Path) -> None:
    path = respond(SUFFOLK, outputs)
    row = next(row for row in item_table(path).rows if row.cells[0].paragraphs[0].text == "Q3-REC-1")
    shown = ["".join(t.text for t in cell._tc.iter(qn("w:t"))) for cell in row.cells[4:]]
    assert shown[:3] == ["[choose]", "[what the force says]", "[action taken or proposed][if none: the reason]"]
    assert shown[3:4] == ["[owner]"] and shown[4].startswith("[date]")


def test_real_headings_and_repeating_table_heads(outputs: Path) -> None:
    document = Document(str(respond(CLEVELAND, outputs)))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [
        "INSPECTION DETAILS",
        "EXECUTIVE SUMMARY",
        "FORCE RESPONSE TO RECOMMENDATIONS",
        "PCC RESPONSE TO INSPECTION",
    ]
    for table in document.tables:
        if len(table.columns) > 2:
            assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_actions_go_into_their_table_and_beside_the_marked_words(outputs: Path) -> None:
    path = respond(CLEVELAND, outputs)
    rows = read_rows("actions", outputs, CLEVELAND)
    assert [row["order"] for row in rows] == list(range(len(rows)))
    document = Document(str(path))
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "Item")
    cell = next(row.cells[1] for row in table.rows if row.cells[0].text.startswith("Q3-AFI-2"))
    left_out = [run.text for run in cell.paragraphs[0].runs if run.style.name == "Left out"]
    assert left_out[0] == "The force should continue to "
    assert cell.text == next(row[2] for row in CLEVELAND_2015 if "child sexual exploitation" in row[2])


def test_report_without_findings_gradings_or_date(tmp_path: Path) -> None:
    path = made(tmp_path, Extraction(report(published=None)))
    text = "\n".join(lines(path))
    assert "nothing to answer item by item" in text
    assert "Cannot be worked out" in text
    assert "contains no items that need an answer" in text


def test_report_that_is_hardly_known(tmp_path: Path) -> None:
    unknown = report(
        "unknown-0123456789ab",
        title=None,
        force_id=None,
        force_name=None,
        publisher=None,
        cycle=None,
        pillar=None,
        published=None,
    )
    text = "\n".join(lines(made(tmp_path, Extraction(unknown))))
    assert "☐ Yes" in text and "☒ Yes" not in text
    assert "[responding body]" in text


def test_items_without_a_graded_question_are_not_lost(tmp_path: Path) -> None:
    rows = (
        finding(0, "area_for_improvement", None, "The force should find its place."),
        finding(1, "recommendation", "A new area", "The force should answer this."),
    )
    text = "\n".join(
        lines(
            made(tmp_path, Extraction(report(), gradings=(grading(1, "question", INVESTIGATE, "good"),), findings=rows))
        )
    )
    assert "Findings not placed under a question" in text and "R-AFI-1" in text
    assert "no grade found in the report" in text and "Q2-REC-1" in text


NASTY = "The force should “quote” & <b>mark</b> it’s {{ title }} {% for x in y %} {# no #} =1+1 ]]> &amp; \u202e\u200f é \U0001f600 end."


def test_hostile_text_survives(tmp_path: Path) -> None:
    rows = (
        finding(0, "area_for_improvement", INVESTIGATE, NASTY),
        finding(1, "recommendation", INVESTIGATE, "The force should stop\x00\x0b\x1f here.\ufffe"),
    )
    row = report(title=NASTY, force_name="A & B <Police> {{ x }}")
    path = made(tmp_path, Extraction(row, gradings=(grading(1, "question", "{{ q }} & <i>?", "good"),), findings=rows))
    text = lines(path)
    assert any(line.startswith(NASTY.replace("\u202e", "\ufffd")) for line in text)
    assert any(line.startswith("The force should stop\ufffd\ufffd\ufffd here.\ufffd") for line in text)
    assert "A & B <POLICE> {{ X }}" in text[0]
    assert not [gap for gap in check_response(path) if "altered" in gap.message]


def test_a_concern_of_900_words_survives(tmp_path: Path) -> None:
    long = " ".join(f"word{n}" for n in range(900))
    rows = (finding(0, "cause_of_concern", INVESTIGATE, long),)
    text = lines(made(tmp_path, Extraction(report(), findings=rows)))
    assert sum(line.startswith(long) for line in text) >= 2


# offices -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("force_id", "published", "office_type", "signatory"),
    [
        ("cleveland", "2016-02", "PCC", "Police and Crime Commissioner"),
        ("north-yorkshire", "2016-02", "PCC", "Police and Crime Commissioner"),
        ("north-yorkshire", "2020-01-01", "PFCC", "Police, Fire and Crime Commissioner"),
        ("north-yorkshire", "2025-01-01", "mayor", "Mayor of York and North Yorkshire"),
        ("metropolitan", "2023-01", "deputy mayor", "Deputy Mayor for Policing and Crime"),
        ("city-of-london", None, "police authority board", "Chair of the Police Authority Board"),
        ("atlantis", None, "local policing body", "[title of the signatory]"),
    ],
)
def test_office_follows_force_and_time(force_id: str, published: str | None, office_type: str, signatory: str) -> None:
    office = office_for({"force_id": force_id, "published": published}, {}, rules_root())
    assert (office.office_type, office.signatory_title) == (office_type, signatory)


@pytest.mark.parametrize(
    ("text", "term", "written"),
    [
        ("Reduce incidents.", "CID", "Reduce incidents."),
        ("Give cid the files of cid.", "CID", "Give CID the files of CID."),
        ("Make the Straße safe for mash.", "MASH", "Make the Straße safe for MASH."),
        ("Set up a multi-agency hub.", "Multi-Agency", "Set up a Multi-Agency hub."),
        (r"Fix a\b now.", r"A\b", r"Fix A\b now."),
    ],
)
def test_an_offices_capitals_change_whole_words_only(text: str, term: str, written: str) -> None:
    assert _capitalised(text, [term]) == written


def test_settings_win_and_unknown_ones_are_refused(outputs: Path, tmp_path: Path) -> None:
    settings = tmp_path / "office.toml"
    settings.write_text(
        'office_type = "policing and crime board"\nresponding_body = "Teesside Board"\nhouse_capitals = ["Child Sexual Exploitation"]\n',
        encoding="utf-8",
    )
    text = "\n".join(lines(respond(CLEVELAND, outputs, settings=settings, to=tmp_path / "a.docx")))
    assert "POLICING AND CRIME BOARD RESPONSE TO INSPECTION" in text
    assert "Teesside Board" in text
    assert "Develop the response to Child Sexual Exploitation." in text
    with pytest.raises(ValueError, match="unknown setting color"):
        respond(CLEVELAND, outputs, settings={"color": "red"}, to=tmp_path / "b.docx")
    settings.write_text("= broken", encoding="utf-8")
    with pytest.raises(ValueError, match="TOML"):
        respond(CLEVELAND, outputs, settings=settings, to=tmp_path / "b.docx")


def test_the_offices_own_template_is_named_from_the_workspace(outputs: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such template") as error:
        respond(CLEVELAND, outputs, settings={"template": "papers/ours.docx"}, to=tmp_path / "c.docx")
    assert error.value.filename == str(outputs.parent / "papers" / "ours.docx")


def test_references_count_within_question_and_kind() -> None:
    rows = [
        {"finding_id": str(n), "question": q, "kind": kind, "order": n}
        for n, (q, kind) in enumerate(
            [("b", "recommendation"), ("a", "recommendation"), ("b", "recommendation"), (None, "cause_of_concern")]
        )
    ]
    gradings = [{"level": "question", "question": "a"}, {"level": "pillar", "question": "p"}]
    assert references(gradings, rows) == {"0": "Q2-REC-1", "1": "Q1-REC-1", "2": "Q2-REC-2", "3": "R-COC-1"}


# templates -----------------------------------------------------------------------------------------------------------


def test_committed_template_is_what_its_script_makes(tmp_path: Path) -> None:
    make_template.main(tmp_path / "made.docx")
    with ZipFile(TEMPLATE) as committed, ZipFile(tmp_path / "made.docx") as fresh:
        for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
            assert committed.read(name) == fresh.read(name), f"{name}: run {make_template.__file__}"


def test_an_edited_template_still_fills(outputs: Path, tmp_path: Path) -> None:
    document = Document(str(TEMPLATE))
    document.styles["Heading 1"].font.size = Pt(20)
    document.styles["Heading 2"].name = "Our heading"
    document.add_table(rows=2, cols=2).cell(0, 0).text = "Our own table for {{ details.force }}"
    document.add_picture(str(logo(tmp_path)))
    document.save(str(tmp_path / "ours.docx"))
    path = respond(CLEVELAND, outputs, template=tmp_path / "ours.docx", to=tmp_path / "a.docx")
    assert "Our own table for Cleveland Police" in lines(path)
    assert len(Document(str(path)).inline_shapes) == 1
    assert check_response(path)


def logo(folder: Path) -> Path:
    from PIL import Image

    Image.new("RGB", (8, 8), "navy").save(folder / "logo.png")
    return folder / "logo.png"


def test_unknown_placeholders_are_all_listed_and_exit_2(
    outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = Document(str(TEMPLATE))
    for text in ("{{ commisioner }}", "{{ details.colour }}", "{% for x in thingz %}{{ x }}{% endfor %}"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "ours.docx"))
    to = tmp_path / "a.docx"
    code = main(
        ["respond", CLEVELAND, "--outputs", str(outputs), "--template", str(tmp_path / "ours.docx"), "--to", str(to)]
    )
    told = capsys.readouterr().err
    assert code == 2 and not to.exists()
    assert all(name in told for name in ("commisioner", "colour", "thingz"))


@pytest.mark.parametrize(
    "text", ["{{ title", "{% for x in items %}", "{{ title | nofilter }}", "{{ title.__class__.__mro__ }}"]
)
def test_broken_templates_are_named(text: str, outputs: Path, tmp_path: Path) -> None:
    document = Document(str(TEMPLATE))
    document.add_paragraph(text)
    document.save(str(tmp_path / "ours.docx"))
    with pytest.raises(TemplateProblem, match=r"ours\.docx"):
        respond(CLEVELAND, outputs, template=tmp_path / "ours.docx", to=tmp_path / "a.docx")


def test_a_template_that_is_no_document(outputs: Path, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_text("hello", encoding="utf-8")
    with pytest.raises(TemplateProblem, match="not a Word document"):
        respond(CLEVELAND, outputs, template=tmp_path / "x.docx")
    with pytest.raises(FileNotFoundError):
        respond(CLEVELAND, outputs, template=tmp_path / "none.docx")


# the verb ------------------------------------------------------------------------------------------------------------


def test_verb_writes_prints_and_says_what_is_wrong(
    outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "new" / "a.docx"
    assert main(["respond", CLEVELAND, "--outputs", str(outputs), "--to", str(to), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["response"] == str(to)
    assert sorted(p.name for p in to.parent.iterdir()) == ["a.docx"]
    assert main(["respond", "no-such-report", "--outputs", str(outputs)]) == 2
    assert "peel list" in capsys.readouterr().err
    assert main(["respond"]) == 2
    assert main(["respond", CLEVELAND, "--check", str(to)]) == 2


@pytest.mark.parametrize("day", ["2016-02-18", "18/02/2016", "18 February 2016"])
def test_the_day_of_publication_is_given_as_people_write_it(day: str, outputs: Path, tmp_path: Path) -> None:
    text = lines(respond(CLEVELAND, outputs, published=day, to=tmp_path / "a.docx"))
    assert "Saturday 19 March 2016" in text and "18 February 2016" in text


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("soon", "'soon', is no day"),
        ("2016-13-01", "is no day"),
        ("2016-02-30", "is no day"),
        ("February 2016", "is no day"),
        ("2016-03-01", "prints February 2016, which cannot be 1 March 2016"),
    ],
)
def test_a_day_that_is_none_or_contradicts_the_report_is_refused(
    day: str, told: str, outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["respond", CLEVELAND, "--outputs", str(outputs), "--published", day]) == 2
    assert told in capsys.readouterr().err


def test_a_filled_in_response_is_no_template(outputs: Path, tmp_path: Path) -> None:
    form = respond(CLEVELAND, outputs, to=tmp_path / "a.docx")
    with pytest.raises(TemplateProblem, match="no placeholder in it"):
        respond(SUFFOLK, outputs, template=form, to=tmp_path / "b.docx")
    assert not (tmp_path / "b.docx").exists()


def test_template_can_be_copied_once(outputs: Path, tmp_path: Path) -> None:
    to = tmp_path / "ours.docx"
    assert main(["respond", "--copy-template", str(to)]) == 0
    assert main(["respond", "--copy-template", str(to)]) == 2
    assert respond(CLEVELAND, outputs, template=to, to=tmp_path / "a.docx").exists()


def test_list_of_items_keeps_the_finding_ids(outputs: Path, tmp_path: Path) -> None:
    path = respond(CLEVELAND, outputs, to=tmp_path / "a.docx")
    with ZipFile(path) as package:
        kept = "".join(
            package.read(name).decode() for name in package.namelist() if re.match(r"customXml/item\d+\.xml", name)
        )
    assert all(row["finding_id"] in kept for row in read_rows("findings", outputs, CLEVELAND))


def test_same_report_from_memory_and_from_the_tables(outputs: Path, tmp_path: Path) -> None:
    shutil.copytree(outputs, tmp_path / "tables")
    assert lines(respond(suffolk(), tmp_path / "memory")) == lines(respond(SUFFOLK, tmp_path / "tables"))
    assert lines(respond(replace(cleveland(), findings=()), tmp_path / "memory"))


def test_answers_are_found_where_an_editor_dropped_the_tags(outputs: Path, tmp_path: Path) -> None:
    path = respond(SUFFOLK, outputs, to=tmp_path / "a.docx")
    before = check_response(path)

    def drop_tags() -> None:
        document = Document(str(path))
        for tag in list(document.element.body.iter(qn("w:tag"))):
            tag.getparent().remove(tag)
        document.save(str(path))

    drop_tags()
    assert check_response(path) == before
    path = fill(respond(SUFFOLK, outputs, to=tmp_path / "a.docx"), complete)
    drop_tags()
    assert [gap.stage for gap in check_response(path)] == ["publish"]


def test_a_file_goes_the_way_of_extract_and_leaves_a_receipt(tmp_path: Path) -> None:
    source = Path("corpus/specimens/specimen-2021-22.pdf")
    outputs = tmp_path / "outputs"
    assert main(["respond", str(source), "--outputs", str(outputs), "-q", "--register", str(tmp_path / "r.csv")]) in (
        0,
        1,
    )
    tally = extract_many([source], outputs)
    assert tally.unchanged == 1, "the next run reads it again"


def test_a_report_that_failed_is_not_answered(tmp_path: Path) -> None:
    failed = replace(suffolk(), report=replace(suffolk().report, status="failed"))
    with pytest.raises(LookupError, match="nothing to answer"):
        respond(SUFFOLK, written(tmp_path, failed), answers=tmp_path / "r.csv")


@pytest.mark.parametrize(
    ("force_id", "cycle", "body"),
    [
        ("north-yorkshire", "2018/19", "Police, Fire and Crime Commissioner for North Yorkshire"),
        ("south-yorkshire", "2018/19", "Police and Crime Commissioner for South Yorkshire"),
        ("west-yorkshire", "2018/19", "Police and Crime Commissioner for West Yorkshire"),
        ("cumbria", "2018/19", "Police and Crime Commissioner for Cumbria"),
        ("north-yorkshire", "2021/22", "[responding body]"),
        ("kent", "2021/22", "Police and Crime Commissioner for Kent"),
    ],
)
def test_an_undated_report_is_never_signed_by_a_later_office(force_id: str, cycle: str, body: str) -> None:
    row = {"force_id": force_id, "published": None, "cycle": cycle}
    assert office_for(row, {}, rules_root()).responding_body == body


def test_an_undated_report_has_a_range_with_its_source(tmp_path: Path) -> None:
    undated = replace(suffolk().report, published=None, cycle="2018/19")
    text = "\n".join(lines(respond(replace(suffolk(), report=undated), tmp_path, answers=tmp_path / "r.csv")))
    assert "Between Wednesday 26 June 2019 and Thursday 2 April 2020" in text
    assert "three groups: 2 May 2019, 27 September 2019 and 7 February 2020" in text
    assert FIND in text


def test_what_tells_the_office_what_to_do_is_in_the_working_copy_alone(tmp_path: Path) -> None:
    month = respond(cleveland(), tmp_path, answers=tmp_path / "r.csv")
    assert FIND in lines(month)
    public = lines(publish(month))
    assert FIND not in public and any("so the last day is a range." in line for line in public)


def test_what_is_not_known_is_to_be_put_in_before_publishing(tmp_path: Path) -> None:
    undated = replace(suffolk().report, published=None, force_id="north-yorkshire", cycle="2021/22")
    path = respond(replace(suffolk(), report=undated), tmp_path, answers=tmp_path / "r.csv")
    lacking = {gap.where for gap in check_response(path) if gap.needed and gap.stage == "publish"}
    assert {"[day of publication]", "[responding body]", "[title of the signatory]"} <= lacking
    for extraction, options in (
        (suffolk(), {}),
        (replace(suffolk(), report=replace(undated, force_id="suffolk")), {"published": "3 October 2022"}),
    ):
        dated = respond(extraction, tmp_path, answers=tmp_path / "r.csv", to=tmp_path / "dated.docx", **options)
        assert not any(gap.where.startswith("[") for gap in check_response(dated))


def test_a_hint_whose_control_was_deleted_is_no_placeholder(tmp_path: Path) -> None:
    path = without_controls(respond(cleveland(), tmp_path, answers=tmp_path / "r.csv"))
    assert "[day of publication]" in lines(path)
    assert not any(gap.where.startswith("[") for gap in check_response(path))


def test_a_doubtful_office_asks_for_a_second_look_in_the_working_copy_alone(tmp_path: Path) -> None:
    city = replace(cleveland(), report=report(force_id="city-of-london"))
    path = respond(city, tmp_path, answers=tmp_path / "r.csv")
    assert any("Common Council" in line and "Look again" in line for line in lines(path))
    assert not any("Look again before" in line for line in lines(publish(path)))
