"""Hostile web pages cost themselves alone: no error, no endless reading, and what was left out is said."""

from __future__ import annotations

import random
from pathlib import Path

import hostile_pages
import pytest
from hostile_pages import KINDS, Kind

from extractor.pipeline import extract_printed, read
from extractor.reading.web.cascade import MOST_COMPARED
from extractor.reading.web.numbering import MOST_COLUMNS
from extractor.reading.web.page import read_web
from extractor.reading.web.selectors import Neighbours, matchers
from extractor.rulebook.load import load_rules
from extractor.runs.children import Failure, isolated
from extractor.runs.limits import Limits

LIMITS = Limits(seconds=120, megabytes=1500)  # no more than a report may take
_SLOW = "crowded_tags style_rules different_styles many_titles many_breaks many_short_lines many_asides wide_table"
LARGE = frozenset((*_SLOW.split(), "many_properties", "style_depth", "header_flood"))
SUFFIXES = {"property_list": ".webarchive", "cut_archive": ".mhtml"}


def judged(task: tuple[str, int]) -> list[str]:
    """Extract one hostile page and return the severities of its problems."""
    kind, seed = task
    data = getattr(hostile_pages, kind)(random.Random(seed))
    printed = read(f"page{SUFFIXES.get(kind, '.html')}", data)
    return [problem.severity for problem in extract_printed(printed, load_rules()).problems]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.__name__ not in LARGE], ids=lambda kind: kind.__name__)
def test_hostile_page_is_read_or_named(kind: Kind) -> None:
    printed = read_web("page.html", kind(random.Random(kind.__name__)))
    assert printed.lines or any(problem.severity == "error" for problem in printed.problems)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_three_hundred_hostile_pages_stay_within_their_limits(seed: int) -> None:
    tasks = [(kind.__name__, seed) for kind in KINDS]
    answers = isolated(judged, tasks, LIMITS)
    assert 6 * len(tasks) > 300
    assert not {task: answer for task, answer in zip(tasks, answers, strict=True) if isinstance(answer, Failure)}


# bounds ---------------------------------------------------------------------------------------------------------------


def test_cells_beyond_the_widest_table_stand_in_its_last_column() -> None:
    cells = "<td colspan=50 rowspan=9>x" * 10
    (*_, last) = read_web("p.html", f"<table><tr>{cells}<tr><td>last</table>".encode()).lines
    assert (last.text, last.runs[0].x0) == ("last", 100.0 * MOST_COLUMNS)


def test_selectors_by_place_are_followed_as_far_as_they_pay() -> None:
    body = "<p class=seen>seen</p><p>hidden words of a page</p>" + "<p>x</p>" * 3_000
    short, wasteful = ".seen + p { display: none }", "p ~ p { color: red }" * 20
    left = read_web("p.html", f"<style>{short}{wasteful}</style>{body}".encode())
    assert [line.text for line in left.lines[:2]] == ["seen", "x"]
    assert [(problem.code, problem.severity) for problem in left.problems] == [
        ("hidden_text", "doubt"),
        ("styles_not_read", "doubt"),
    ]


@pytest.mark.parametrize(
    ("selector", "compared"),
    [
        ("p", 0),
        (".a + p", 4),
        ("b.a ~ p", 4),
        ("p ~ .none", 12),
        ("p:not(.none):nth-child(2)", 16),
        ("ul #i + *", 4),
        ("p:first-child", 12),
    ],
)
def test_cost_of_a_selector_is_that_of_its_commonest_part(selector: str, compared: int) -> None:
    from lxml import html

    root = html.fromstring("<div><b class='a' id=i></b><p></p><p></p><p></p></div>")
    (matcher,) = matchers(selector, Neighbours(root))
    assert matcher.compared == compared < MOST_COMPARED


def test_elements_that_each_have_many_attributes_are_too_large() -> None:
    crowded = "<p " + " ".join(f"a{n}=1" for n in range(1_900)) + ">x</p>"
    assert [problem.code for problem in read_web("p.html", (crowded * 60).encode()).problems] == ["too_large"]
    assert len(read_web("p.html", (crowded * 20).encode()).lines) == 20


def test_web_archive_that_is_no_list_is_one_problem(tmp_path: Path) -> None:
    file = tmp_path / "p.webarchive"
    file.write_bytes(b'<?xml version="1.0"?><plist><dict><key>WebMainResource</key><array>')
    assert [problem.code for problem in read(file).problems] == ["damaged_archive"]


def test_class_without_end_is_passed_by() -> None:
    endless = "tab-" * 500_000
    assert [line.text for line in read_web("p.html", f'<ol class="{endless}"><li>x</ol>'.encode()).lines] == ["1. x"]
