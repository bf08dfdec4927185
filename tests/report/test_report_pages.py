"""Two reports in one file are refused with their pages; a report in a pack of papers is read, and that is said."""

from __future__ import annotations

import pytest
from printed import loud, printed

from extractor.models import Extraction
from extractor.pipeline import extract_printed
from extractor.rulebook.load import load_rules

PROSE = "Officers told us about their work, and most of them knew the plan well.\n\n" * 6
FILLED = "The committee thanked its members for the reports they had read and for the questions they had put. " * 3


ITEMS = "### Areas for improvement\n\n- The force should plan its work.\n\n"


def report(force: str = "Gwent Police", title: str = "PEEL 2021/22", *, cover: bool = True) -> str:
    """Three pages of a report with a running head, or two where it has no cover."""
    front = f"# {title}\n## An inspection of {force}\n\nHMICFRS\n\nMay 2022\n\\f\n" if cover else ""
    chapters = [f"# Overview\n\n{PROSE}", f"# Investigating crime\n\nGood\n\n{PROSE}{ITEMS}"]
    return front + "\\f\n".join(f"= {title}: {force}\n\n{chapter}" for chapter in chapters)


def read(*papers: str) -> Extraction:
    return extract_printed(printed("\\f\n".join(papers)), load_rules())


PAPER = f"# Report to the Police and Crime Panel\n\nAgenda item 9\n\n{FILLED}\n\n"
LATER = f"# Minutes of the panel\n\n{FILLED}\n\n### Areas for improvement\n\n- The force should bring biscuits.\n\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"force": "Dyfed-Powys Police"}),
        ({"title": "PEEL: Police effectiveness 2016"}, {"title": "PEEL: Police legitimacy 2016"}),
        ({"title": "PEEL 2023–25"}, {}),
        ({"cover": False}, {"force": "Dyfed-Powys Police", "cover": False}),
    ],
    ids=["forces", "pillars", "cycles", "no covers"],
)
def test_two_reports_in_one_file_are_refused_with_their_pages(first: dict[str, str], second: dict[str, str]) -> None:
    found = read(report(**first), report(**second))  # type: ignore[arg-type]
    problem = next(problem for problem in found.problems if problem.code == "several_reports")
    start = 3 if first.get("cover") is False else 4
    assert problem.severity == "error" and problem.page == start and not found.findings and not found.gradings
    assert f"pages 1 to {start - 1}" in problem.message and "split" in problem.message


def test_same_report_twice_is_one_report() -> None:
    assert "several_reports" not in loud(read(report(), report()))


def test_second_line_of_a_running_head_is_no_other_report() -> None:
    """Alone it seems to name the pillar of leadership."""
    title = "PEEL: Police efficiency (including leadership) 2017"
    cover = f"# {title}\n## An inspection of Gwent Police\n\nHMICFRS\n\nMarch 2018\n\\f\n"
    head = "= PEEL: Police efficiency\n= (including leadership) 2017\n\n"
    pages = (f"{head}# Overview\n\n{PROSE}", f"{head}# How well does the force use its resources?\n\nGood\n\n{PROSE}")
    found = read(cover + "\\f\n".join(pages))
    assert (found.report.cycle, found.report.pillar, found.report.force_id) == ("2017", "efficiency", "gwent")
    other = cover.replace("efficiency (including leadership)", "legitimacy")
    assert "several_reports" in loud(read(cover + "\\f\n".join(pages), other + f"# Overview\n\n{PROSE}"))


def test_one_page_with_another_name_at_its_head_is_no_other_report() -> None:
    stray = f"= Dyfed-Powys Police\n\n{PROSE}"
    assert "several_reports" not in loud(read(report(), stray, report(cover=False)))


def test_line_on_an_earlier_inspection_at_the_top_of_pages_is_no_running_head() -> None:
    old = f"Carried forward from PEEL 2018/19\n\n{PROSE}"
    new = f"Seen in our PEEL 2018/19 inspection\n\n{PROSE}"
    assert "several_reports" not in loud(read(report(), old, old, new, report(cover=False)))


def test_report_in_a_pack_of_papers_is_read_alone() -> None:
    found = read(PAPER, PAPER, report(), LATER)
    assert found.report.report_id == "2021-22-integrated-gwent"
    assert [finding.text for finding in found.findings] == ["The force should plan its work."]
    said = next(problem for problem in found.problems if problem.code == "report_in_pack")
    assert said.page == 3 and "pages 3 to 5" in said.message


def test_blank_page_before_the_cover_makes_no_pack() -> None:
    assert "report_in_pack" not in loud(read("For the library.\n\n", report()))


def test_stamps_of_a_meeting_are_no_part_of_the_title() -> None:
    stamped = report().replace("# PEEL 2021/22\n##", "# Agenda Item 7\n\n# PEEL 2021/22\n##", 1)
    found = read(stamped)
    assert found.report.title == "PEEL 2021/22 – An inspection of Gwent Police" and found.findings


def test_extract_without_its_front_is_filed_by_its_running_head() -> None:
    found = read(report(cover=False))
    assert found.report.report_id == "2021-22-integrated-gwent" and found.report.title == "PEEL 2021/22: Gwent Police"
    assert {"no_title_of_an_inspection"} <= set(loud(found))
