"""The parts of a front page: title lines, dates, the pillar of a title and of a page's headings."""

from __future__ import annotations

import pytest
from printed import printed

from extractor.pipeline import extract_printed
from extractor.report.identity.pillar import subject_of
from extractor.report.identity.published import is_date_line
from extractor.report.identity.title import inspection_of
from extractor.rulebook.load import load_rules
from extractor.rulebook.matcher import labeller

PACKS = load_rules()
LABELS = labeller(PACKS)
BODY = (
    "We looked at the force this spring.\n\n# Overview\n\nGood\n\nThe force keeps good records.\n\n"
    "### Areas for improvement\n\n- The force should plan.\n"
)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("An inspection of the Metropolitan Police Service", "Metropolitan Police Service"),
        ("AN INSPECTION OF GWENT POLICE", "GWENT POLICE"),
        ("An inspection of", ""),
        ("The inspection took a week", None),
    ],
)
def test_what_a_title_says_was_inspected(line: str, named: str | None) -> None:
    assert inspection_of(line, LABELS) == named


@pytest.mark.parametrize(
    ("line", "is_date"),
    [
        ("Published on: 4 May 2022", True),
        ("• February 2016 | © HMIC 2016", True),
        ("Date of publication 3rd June 2020", True),
        ("Since February 2016 the force has done more", False),
        ("The plan was published on 4 May 2022", False),
    ],
)
def test_lines_that_are_a_date_and_nothing_else(line: str, is_date: bool) -> None:
    assert is_date_line(line, LABELS) is is_date


def _title(cover: str) -> str | None:
    return extract_printed(printed(f"{cover}\n\n\\f\n{BODY}"), PACKS).report.title


@pytest.mark.parametrize(
    "beside",
    ["HMICFRS", "Promoting improvements in policing", "www.example.org/hmicfrs", "This copy is for the library."],
)
def test_what_stands_beside_a_title_in_large_type_is_none_of_it(beside: str) -> None:
    title = _title(f"# PEEL 2021/22\n## An inspection of Surrey Police\n\n# {beside}")
    assert title == "PEEL 2021/22 – An inspection of Surrey Police"


def test_a_title_in_one_block_is_parted() -> None:
    assert _title("# PEEL 2021/22 An inspection of Surrey Police") == "PEEL 2021/22 – An inspection of Surrey Police"


@pytest.mark.parametrize(
    ("pillar", "subject"), [("effectiveness", "vulnerability"), ("efficiency", None), ("integrated", None)]
)
def test_subject_belongs_to_its_pillar(pillar: str, subject: str | None) -> None:
    profile = next(profile for profile in PACKS.profiles if profile.cycle == "2015")
    assert subject_of("police effectiveness 2015 (vulnerability)", profile, pillar) == subject


@pytest.mark.parametrize(
    ("title", "pillar"),
    [
        ("PEEL: Police efficiency (including leadership) 2017", "efficiency"),
        ("PEEL 2016: efficiency, effectiveness and legitimacy", "integrated"),
        ("PEEL 2016: Effectiveness and the police legitimacy 2016 inspection", "legitimacy"),
    ],
)
def test_the_longest_wording_of_a_title_decides_the_pillar(title: str, pillar: str) -> None:
    cover = f"# {title}\n## An inspection of Surrey Police\n"
    assert extract_printed(printed(f"{cover}\n\n\\f\n{BODY}"), PACKS).report.pillar == pillar


def test_title_of_a_printed_page_ends_with_the_force() -> None:
    cover = "# PEEL 2023–2025: An inspection of Surrey Police\n\nHMICFRS\n\n# Overall summary\n\n## Our judgments"
    assert _title(cover) == "PEEL 2023–2025: An inspection of Surrey Police"
