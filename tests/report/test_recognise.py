"""Which report a document is, and what is no report on one force."""

from __future__ import annotations

import pytest
from printed import INTRODUCTION, TITLES, loud, printed

from extractor.models import Box, Extraction, Line, Page, Printed
from extractor.pipeline import extract_printed
from extractor.rulebook.load import load_rules

PROSE = "The force works with its partners every day and keeps records of what it does with them.\n\n"
BODY = f"{INTRODUCTION}# Investigating crime\n\nGood\n\n{PROSE}### Areas for improvement\n\n- The force should plan.\n"


def read(cover: str, more: str = "", source: str = "report.pdf", medium: str = "pdf", **meta: str) -> Extraction:
    return extract_printed(printed(f"{cover}\n\\f\n{BODY}{more}", medium, source, **meta), load_rules())


COVERS = [
    ("# PEEL: Police effectiveness 2015\n## An inspection of Cleveland Police\n\nFebruary 2016\n© HMIC 2016",
     "2015-effectiveness-cleveland", "HMIC", "2016-02"),
    ("# PEEL: Police legitimacy 2015\n## An inspection of Durham Constabulary\n\nFebruary 2016\n© HMIC 2016",
     "2015-legitimacy-durham", "HMIC", "2016-02"),
    ("# PEEL: Police effectiveness 2015 (Vulnerability)\n## An inspection of Staffordshire Police\n\n"
     "December 2015\n© HMIC 2015", "2015-effectiveness-vulnerability-staffordshire", "HMIC", "2015-12"),
    ("# PEEL: Police efficiency 2016\n## An inspection of the Metropolitan Police Service\n\n"
     "November 2016\n© HMIC 2016", "2016-efficiency-metropolitan", "HMIC", "2016-11"),
    ("# PEEL: POLICE LEGITIMACY 2016\n## AN INSPECTION OF KENT POLICE\n\nDecember 2016\n© HMIC 2016",
     "2016-legitimacy-kent", "HMIC", "2016-12"),
    ("# PEEL: Police efficiency (including leadership) 2017\n## An inspection of Cambridgeshire Constabulary\n\n"
     "November 2017\n© HMICFRS 2017", "2017-efficiency-cambridgeshire", "HMICFRS", "2017-11"),
    ("# PEEL: Police effectiveness 2017\n## A inspection of Greater Manchester Police\n\nMarch 2018\n© HMICFRS 2018",
     "2017-effectiveness-greater-manchester", "HMICFRS", "2018-03"),
    ("# PEEL\n# Police effectiveness, efficiency and legitimacy 2018/19\n## An inspection of West Mercia Police\n\n"
     "HMICFRS\n\n27 September 2019", "2018-19-integrated-west-mercia", "HMICFRS", "2019-09-27"),
    ("# PEEL 2021/22\n## An inspection of Devon and Cornwall Police\n\nHMICFRS\n\nPublished on: 4 October 2022",
     "2021-22-integrated-devon-and-cornwall", "HMICFRS", "2022-10-04"),
    ("# PEEL 2023–2025\n## An inspection of Avon and Somerset Police\n\nHMICFRS\n\n3rd January 2025",
     "2023-25-integrated-avon-and-somerset", "HMICFRS", "2025-01-03"),
    ("# PEEL 2025–27\n## An inspection of City of London Police\n\nHMICFRS\n\n16 June 2026",
     "2025-27-integrated-city-of-london", "HMICFRS", "2026-06-16"),
]  # fmt: skip


@pytest.mark.parametrize(("cover", "report_id", "publisher", "published"), COVERS, ids=[cover[1] for cover in COVERS])
def test_cover(cover: str, report_id: str, publisher: str, published: str) -> None:
    report = read(cover).report
    assert (report.report_id, report.publisher, report.published) == (report_id, publisher, published)


@pytest.mark.parametrize("cycle", TITLES)
def test_title_is_the_printed_title_lines(cycle: str) -> None:
    title = extract_printed(printed(TITLES[cycle] + BODY), load_rules()).report.title
    assert title and title.endswith(" – An inspection of Cleveland Police") and title.startswith("PEEL")


NAMELESS = "# PEEL: Police effectiveness 2017\n## An inspection of\n\nMarch 2018\n© HMICFRS 2018"


def test_force_from_the_text_is_said() -> None:
    found = read(NAMELESS, "Durham Constabulary acts. Cleveland Police plans. Cleveland Police acts.\n")
    assert found.report.force_id == "cleveland" and "force_from_body" in loud(found)


def test_force_from_the_file_name_is_said() -> None:
    found = read(NAMELESS, source="peel-police-effectiveness-2017-west-midlands.pdf")
    assert found.report.force_id == "west-midlands" and "force_from_file_name" in loud(found)


def test_cover_comes_before_the_text_and_the_file_name() -> None:
    found = read(COVERS[0][0], "Durham Constabulary acts. " * 5 + "\n", source="essex.pdf")
    assert found.report.force_id == "cleveland" and not [code for code in loud(found) if code.startswith("force")]


def test_longer_name_wins() -> None:
    found = read(NAMELESS, "North Yorkshire Police works with South Yorkshire Police. North Yorkshire Police acts.\n")
    assert found.report.force_id == "north-yorkshire"


def test_no_force_at_all_is_an_error() -> None:
    found = read(NAMELESS)
    assert found.report.status == "failed" and "force_unknown" in loud(found)
    assert found.report.report_id.startswith("unknown-") and len(found.report.report_id) == len("unknown-") + 12


def test_force_that_is_none_of_the_43() -> None:
    assert "force_unknown" in loud(read(NAMELESS.replace("inspection of", "inspection of British Transport Police")))


def test_cycle_from_the_text_is_said() -> None:
    found = read("# PEEL\n## An inspection of Essex Police\n\nHMICFRS", "This is our PEEL 2021/22 inspection.\n")
    assert found.report.cycle == "2021/22" and "cycle_from_body" in loud(found)


def test_date_of_a_conversion_is_not_the_date_of_publication() -> None:
    found = read("# PEEL: Police effectiveness 2017\n## An inspection of Essex Police\n\nPublished on: 14 October 2022")
    assert found.report.published is None


@pytest.mark.parametrize("name", ["article:published_time", "Publication date", "dc.date.publication"])
def test_date_that_a_page_gives_beside_its_text(name: str) -> None:
    cover = "# PEEL 2021/22\n## An inspection of Essex Police"
    assert read(cover, medium="web", **{name: "2022-10-13"}).report.published == "2022-10-13"
    assert read(cover, medium="web", printed_on="2022-10-13").report.published is None


def test_date_as_far_as_printed() -> None:
    assert read("# PEEL 2021/22\n## An inspection of Essex Police\n\nOctober 2022").report.published == "2022-10"


OTHERS = [
    "# PEEL: Police effectiveness 2015 (Vulnerability) revisit\n## Staffordshire Police\n\nSeptember 2016\n© HMIC 2016",
    "# Report to the Cleveland Police and Crime Panel\n## HMICFRS PEEL 2021/22\n\nJune 2023",
    "# PEEL: Effeithiolrwydd yr heddlu 2017\n## Arolygiad o Heddlu Gwent\n\nMawrth 2018",
    "# Response to the HMICFRS PEEL 2021/22 report\n## Police and Crime Commissioner for Cleveland\n\nJune 2023",
    "# PEEL assessment framework 2023–25\n\nFebruary 2023",
    "# Terms of reference: Inspection of the police response to fraud\n\nHMICFRS\n\nMay 2024",
    "# Policing inspection programme and framework 2025–29\n\nHMICFRS\n\nMarch 2025",
    "# Joint targeted area inspection framework\n\nOfsted and HMICFRS\n\nMarch 2024",
    "# Commissioner’s response to Fraud: Time to wait\n\nMay 2024",
    "# A holiday in Cleveland\n\nJune 2023",
]


@pytest.mark.parametrize("cover", OTHERS, ids=[cover.split("\n")[0][2:] for cover in OTHERS])
def test_other_documents_are_named_and_not_read(cover: str) -> None:
    found = read(cover)
    assert found.report.report_id.startswith("unknown-") and found.report.status == "failed"
    assert "not_a_force_report" in loud(found) and not found.findings and not found.gradings


def test_agenda_of_a_panel_is_no_report() -> None:
    found = read("# Cleveland Police and Crime Panel\n## Agenda item 5: HMICFRS PEEL 2021/22 update\n\n1 June 2023")
    assert "not_a_force_report" in loud(found)


def test_two_forces_on_the_cover_are_said() -> None:
    assert loud(
        read("# PEEL 2021/22\n## An inspection of Warwickshire Police and West Mercia Police\n\nHMICFRS\n\nMay 2022")
    )


def test_no_words_at_all() -> None:
    found = extract_printed(printed(""), load_rules())
    assert found.report.report_id.startswith("unknown-") and not found.findings


@pytest.mark.parametrize(
    ("heading", "report_id"),
    [
        ("Police effectiveness 2017 – Cleveland Police", "2017-effectiveness-cleveland"),
        ("PEEL: police legitimacy 2017 - Dorset Police", "2017-legitimacy-dorset"),
        ("PEEL 2023–25: An inspection of Suffolk Constabulary", "2023-25-integrated-suffolk"),
        ("PEEL 2021/22 – An inspection of Humberside Police", "2021-22-integrated-humberside"),
    ],
)
def test_heading_of_a_web_page(heading: str, report_id: str) -> None:
    page = printed(f"# {heading}\n\n{BODY}", "web", "page.html", title=heading, h1=heading)
    assert extract_printed(page, load_rules()).report.report_id == report_id


def test_a_date_that_no_calendar_has_is_no_date_of_publication() -> None:
    markup = TITLES["2016"].replace("February 2017", "31 February 2017") + INTRODUCTION
    extraction = extract_printed(printed(markup), load_rules())
    assert extraction.report.published is None
    assert "no_date" in {problem.code for problem in extraction.problems}


@pytest.mark.parametrize("worst", [". ", "published ", "Police x (", "12 ", "1/1/", "An inspection of ", "PEEL "])
def test_patterns_on_the_front_page_are_linear(worst: str) -> None:
    """A line of 100,000 of the worst characters is read in the time of any other; a quadratic pattern takes minutes."""
    lines = (Line(0, (worst * 100_000)[:100_000], 1, Box(1, 70, 100, 500, 112), size=11.0),)
    document = Printed("report.pdf", "0" * 64, "pdf", lines, (Page(1, 595, 842, 100_000),))
    assert extract_printed(document, load_rules()).report.cycle is None
