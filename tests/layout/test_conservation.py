"""Conservation, a law for every specimen: each printed character has exactly one fate."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from printed import extracted, loud

from extractor.layout.blocks import OUTSIDE
from extractor.layout.bullets import without_bullet
from extractor.layout.footnotes import is_note_ref
from extractor.models import Line
from extractor.pipeline import read
from extractor.report.analysis import Analysis, analyse
from extractor.report.sections import section_rows
from extractor.rulebook.load import load_rules

SPECIMENS = Path(__file__).resolve().parents[2] / "corpus" / "specimens"
SOURCES = sorted((*SPECIMENS.glob("*.pdf"), *SPECIMENS.glob("*.html")))
_LETTER = re.compile(r"[^\W_]")


@cache
def analysed(path: Path) -> tuple[Analysis, tuple[Line, ...]]:
    source = read(path)
    return analyse(source, load_rules()), source.shown().lines


def letters(text: str) -> str:
    return "".join(_LETTER.findall(text))


def words_of(line: Line) -> str:
    """The words of a line but for the signs of footnotes."""
    kept = [run.text for run in line.runs if not (run.raised and is_note_ref(run.text))]
    return "".join(kept) or line.text


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_line_is_in_one_block(path: Path) -> None:
    analysis, lines = analysed(path)
    placed = Counter(line.number for block in analysis.text.blocks for line in block.lines)
    assert placed == Counter(line.number for line in lines)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_letter_of_a_line_is_in_its_block(path: Path) -> None:
    for block in analysed(path)[0].text.blocks:
        first, *rest = (words_of(line) if block.kind not in OUTSIDE else line.text for line in block.lines)
        opening = without_bullet(first.lstrip()) if block.kind == "bullet" else first
        assert letters(block.text) == letters(opening) + "".join(map(letters, rest))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_block_is_in_one_section(path: Path) -> None:
    analysis, _ = analysed(path)
    held = Counter(
        block.number for part in analysis.parts for block in (*part.blocks, *([part.heading] if part.heading else []))
    )
    assert held == Counter(block.number for block in analysis.text.blocks if block.kind not in ("furniture", "aside"))
    assert len(section_rows(analysis.parts, "r")) == len(analysis.parts)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_words_of_an_item_are_printed_once_in_rows(path: Path) -> None:
    """No stretch of a block is in two items, or twice in one."""
    answers = analysed(path)[0].answers
    assert answers
    taken: Counter[tuple[int, int]] = Counter()
    for item in answers.found.items:
        for block, start, end in (*item.text_passages, *item.detail_passages):
            taken.update((block.number, place) for place in range(start, end))
    assert not [place for place, times in taken.items() if times > 1]


BOX = "# Responding to the public\n\nGood\n\n{}> ### Areas for improvement\n>\n> - The force should plan.\n"


def test_words_in_the_box_of_an_item_that_are_in_no_row_are_named() -> None:
    extraction = extracted(BOX.format("> Words that belong to nothing stand here.\n>\n"))
    lost = next(problem for problem in extraction.problems if problem.code == "words_in_no_row")
    assert "“Words that belong to nothing stand here.”" in lost.message and (lost.page, lost.severity) == (3, "doubt")


def test_whole_box_is_silent() -> None:
    assert "words_in_no_row" not in loud(extracted(BOX.format("")))


def test_words_in_a_box_without_items_are_silent() -> None:
    assert "words_in_no_row" not in loud(extracted(BOX.format("> A box of its own.\n\nProse.\n\n")))


def test_open_detail_is_said() -> None:
    lead = "# Responding to the public\n\nGood\n\n### Area for improvement\n\n**The force should plan.**\n\n"
    extraction = extracted(f"{lead}It has had no\n", "2023-25")
    assert "open_detail" in extraction.findings[0].flags and "open_detail" in loud(extraction)
    assert extracted(f"{lead}It has had no plan.\n", "2023-25").findings[0].flags == ()
