"""Pages and the committee paper made from comparisons."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from docx import Document
from lxml import html
from test_compare import COC, DEVICES, DEVICES_AGAIN, REC, SUPERVISION, SUPERVISION_AGAIN, VETTING, item, report

from extractor.cli import main
from extractor.comparison.chains import standing
from extractor.comparison.charts import Bars, bar_chart
from extractor.comparison.committee_paper import write_digest
from extractor.comparison.compared import Compared
from extractor.comparison.pages import force_page, standing_table, themes_page
from extractor.comparison.word_diff import word_diff
from extractor.comparison.year_on_year import Tables
from extractor.tables.read import read_rows

HOSTILE = 'The force should <script>alert("1")</script> & {{ ids }} supervise “investigations” \u202ebackwards'


@pytest.fixture
def outputs(tmp_path):
    report(
        tmp_path,
        "2016",
        "effectiveness",
        item("a1", SUPERVISION),
        item("a2", DEVICES),
        item("a3", HOSTILE),
        published="2017-03",
    )
    concern = item("b1", "The force doesn’t supervise its investigations well enough.", kind=COC)
    advice = item(
        "b2",
        "make sure that supervisors review investigations.",
        kind=REC,
        parent_id="b1",
        stem="The force should immediately:",
    )
    grades: dict[str, str | tuple[str, str]] = {
        "investigating-crime": "inadequate",
        "serious-organised-crime": ("good", "carried_over"),
    }
    report(
        tmp_path,
        "2018/19",
        "integrated",
        concern,
        advice,
        item("b3", DEVICES_AGAIN),
        item("b4", VETTING),
        grades=grades,
        published="2019-09-27",
    )
    return tmp_path


def compared(outputs: Path) -> Compared:
    return Tables(outputs, verdicts=outputs / "verdicts.csv").compare("cleveland")


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", html.fromstring(page).text_content())


def test_report_text_stays_text(outputs):
    page = force_page(compared(outputs))
    assert page.count("<script") == 1 and "&lt;script&gt;" in page and "{{ ids }}" in page


def test_a_page_has_landmarks_a_skip_link_and_headed_tables(outputs):
    for page in (
        force_page(compared(outputs)),
        themes_page(Tables(outputs, verdicts=outputs / "v.csv"), {"cleveland"}),
    ):
        tree = html.fromstring(page)
        assert tree.get("lang") == "en-GB"
        assert [len(tree.findall(f".//{name}")) for name in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
        assert tree.xpath("//body/*[1]")[0].get("href") == "#main" and tree.xpath("//main[@id='main']")
        for table in tree.iter("table"):
            assert table.find("caption") is not None
            assert all(head.get("scope") in ("col", "row") for head in table.iter("th"))
        named = [each.get("id") for each in tree.iter() if each.get("id")]
        assert len(named) == len(set(named))
        assert all(part.get("aria-labelledby") in named for part in tree.xpath("//*[@aria-labelledby]"))


def test_a_page_needs_no_network(outputs):
    page = force_page(compared(outputs))
    assert not re.search(r"(src|href)=[\"'](https?:)?//|@import|url\(", page)


def test_changed_words_are_marked_and_threads_shown(outputs):
    tree = html.fromstring(force_page(compared(outputs)))
    assert [tag.text for tag in tree.xpath("//span[@class='tag']")].count("escalated") == 2
    assert tree.xpath("//ins") and tree.xpath("//del")
    assert word_diff("The force should act.", "The force must act") == [
        ("kept", "The force"),
        ("gone", "should"),
        ("come", "must"),
        ("kept", "act"),
    ]


def test_grades_are_not_compared_without_the_flag(outputs):
    tree = html.fromstring(force_page(compared(outputs)))
    rows = [[cell.text_content() for cell in row] for row in tree.iter("tr")]
    flag = "Not directly: another framework or scale"
    assert ["Investigating crime", "good (2016)", "inadequate (2018/19)", flag] in rows
    assert "carried over, no new judgment" in text_of(force_page(compared(outputs)))


def test_a_chart_is_followed_by_its_table_and_has_a_name():
    chart = str(bar_chart(Bars("<Money>", ("2015", "2016"), (3, None)), 3, 7))
    assert 'role="img"' in chart and "&lt;Money&gt;" in chart and "<Money>" not in chart and ">–<" in chart


def test_the_numbers_of_the_paper_are_those_of_the_tables(outputs, tmp_path):
    assert main(["compare", "cleveland", "-q", "--outputs", str(outputs), "--verdicts", str(tmp_path / "v.csv")]) == 0
    path = write_digest(compared(outputs), tmp_path / "paper.docx")
    cells = [[cell.text for cell in row.cells] for row in Document(str(path)).tables[0].rows]
    figures = {row[0]: [int(value) for value in row[1:]] for row in cells[1:]}
    links, fates = read_rows("links", outputs), Counter(row["fate"] for row in read_rows("fates", outputs))
    escalated = {row["later_id"] for row in links if row["relation"] == "escalated"}
    assert figures["Escalated"] == [1, 1, 0, 2] and len(escalated) == 1
    assert figures["Repeated"][3] == 1 and figures["New"][3] == 1
    assert figures["Earlier findings: not seen again"][3] == fates["not_seen_again"]
    assert sum(figures[name][3] for name in ("New", "Repeated", "Escalated", "Eased")) == 4
    assert standing_table(standing(compared(outputs)))["rows"][0]["figures"] == figures["New"]


def test_the_paper_has_headings_a_repeating_table_head_and_british_dates(outputs, tmp_path):
    paper = Document(str(write_digest(compared(outputs), tmp_path / "paper.docx")))
    styles = [(each.style.name, each.text) for each in paper.paragraphs]
    assert styles[0] == ("Heading 1", "Cleveland Police: what the 2018/19 inspection found again")
    assert [text for style, text in styles if style == "Heading 2"] == [
        "Escalated",
        "Oldest open",
        "New",
        "Not seen again",
    ]
    assert "published 27 September 2019" in styles[1][1]
    assert paper.tables[0].rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_the_command_writes_pages_and_papers(outputs, tmp_path, capsys):
    pages, paper = tmp_path / "pages", tmp_path / "paper.docx"
    command = [
        "compare",
        "--all",
        "--outputs",
        str(outputs),
        "--verdicts",
        str(tmp_path / "v.csv"),
        "--html",
        str(pages),
        "--digest",
        str(paper),
    ]
    assert main(command) == 0
    assert sorted(each.name for each in pages.iterdir()) == ["cleveland.html", "themes.html"] and paper.exists()
    assert "cleveland.html" in capsys.readouterr().err
    assert 'href="cleveland.html"' in (pages / "themes.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["paper.pdf", "paper.doc", "old.txt"])
def test_a_committee_paper_is_a_word_file_or_a_folder(outputs, tmp_path, capsys, name):
    command = ["compare", "cleveland", "--outputs", str(outputs), "--verdicts", str(tmp_path / "v.csv"), "--digest"]
    assert main([*command, str(tmp_path / name)]) == 2
    assert ".docx" in capsys.readouterr().err and not (tmp_path / name).exists()
    assert main([*command, str(tmp_path / "papers")]) == 0 and (tmp_path / "papers" / "cleveland.docx").exists()


def test_several_forces_need_a_folder_for_their_papers(outputs, tmp_path, capsys):
    report(outputs, "2016", "effectiveness", item("a1", SUPERVISION_AGAIN), force="norfolk")
    verb = ["compare", "--all", "--outputs", str(outputs), "--verdicts", str(tmp_path / "v.csv")]
    assert main([*verb, "--digest", str(tmp_path / "paper.docx")]) == 2
    assert "folder" in capsys.readouterr().err and not (tmp_path / "paper.docx").exists()


def test_the_text_names_its_columns_and_counts_one_as_one(tmp_path, capsys):
    report(tmp_path, "2016", "effectiveness", item("a1", SUPERVISION_AGAIN))
    assert main(["compare", "cleveland", "--outputs", str(tmp_path)]) == 0
    assert "1 report, 1 finding, 0 links" in capsys.readouterr().out
    assert "1 report, 2016; 1 finding." in force_page(compared(tmp_path))


def test_what_two_findings_ask_for_reads_as_a_sentence(tmp_path):
    report(tmp_path, "2016", "effectiveness", item("a1", "The force should act promptly on reports of stalking"))
    report(tmp_path, "2018/19", "integrated", item("b1", "The force should act promptly on reports of stalking"))
    (link,) = compared(tmp_path).link_rows()
    assert "act in time" in link["evidence"] and "timely" not in link["evidence"]


def test_a_force_with_one_report_has_a_page_too(tmp_path):
    report(tmp_path, "2016", "effectiveness", item("a1", SUPERVISION_AGAIN))
    page = force_page(compared(tmp_path))
    assert "Problems that came again and are not in the last inspection (0)" in page and "There is none." in page
    assert write_digest(compared(tmp_path), tmp_path / "paper.docx").exists()


def test_other_forces_and_their_practice_stand_beside_a_finding(tmp_path):
    grounds = "The force should make sure that grounds for stop and search are reasonable"
    other = "The force needs to record why people are searched, with good grounds"
    practice = "Supervisors watch body-worn video of stop and search each week, and check the grounds"
    report(tmp_path, "2023-25", "integrated", item("a1", grounds, "treating-public"))
    report(tmp_path, "2023-25", "integrated", item("b1", other, "treating-public"), force="durham")
    commended = item("c1", practice, "treating-public", "promising_practice")
    report(tmp_path, "2023-25", "integrated", commended, item("c2", VETTING, "ethical-workforce"), force="surrey")
    report(tmp_path, "2021/22", "integrated", item("d1", other, "treating-public"), force="kent")
    tables = Tables(tmp_path, verdicts=tmp_path / "v.csv")
    page = text_of(force_page(tables.compare("cleveland"), tables.elsewhere))
    assert "In 2023-25, 1 other force had a finding on search grounds: Durham Police." in page
    assert practice in page and "Surrey Police, 2023-25-integrated-surrey, page 10" in page
    assert "Kent" not in page
