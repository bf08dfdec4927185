"""Each line of a page with what became of it."""

from __future__ import annotations

from printed import INTRODUCTION, printed

from extractor.report.analysis import analyse
from extractor.review.lines import told_lines
from extractor.rulebook.load import load_rules


def told(markup: str, pages: tuple[int, int] | None, medium: str = "pdf") -> list[str]:
    source = printed(INTRODUCTION + markup, medium, header="PEEL 2017 – page")
    return list(told_lines(analyse(source, load_rules()).text, pages))


def test_lines_of_the_pages_asked_for() -> None:
    rows = told("It goes\non here.\n\nAnother.\n\\f\nOverleaf.\n\\f\nThe end.", (2, 2))
    assert [" ".join(row.split()) for row in rows if "It goes" not in row] == [
        "p. 2 over: furniture PEEL 2017 – page",
        "p. 2 joined: below on here.",
        "p. 2 cut: within_leading Another.",
    ]


def test_long_words_are_cut_at_the_width() -> None:
    rows = told("It goes on " * 30, None, "web")
    assert rows and max(map(len, rows)) <= 100
