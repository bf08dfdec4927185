"""What stands across or beside the text is an aside; headings, labels and pictures' words are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from set_by_hand import PAGE, SIZE, line

from extractor.layout.asides import asides
from extractor.layout.blocks import to_text
from extractor.layout.page_layout import lay_out
from extractor.models import Box, Line, Printed

TEXT = [line(f"The text of a page, line {n}, which fills it.", top=100 + 12 * n, number=n) for n in range(8)]


def set_aside(*more: Line) -> list[str]:
    roles = asides([*TEXT, *more], SIZE)
    return [one.text for one in more if one.number in roles]


SIDEWAYS = replace(line("A title at the side", number=90), box=Box(1, 20, 100, 31, 260))
WATERMARK = replace(line("DRAFT", size=60, number=91), box=Box(1, 100, 90, 380, 180))
COMMENT = line("Please check this.", x0=430, x1=520, top=124, size=8, number=92)


@pytest.mark.parametrize("one", [SIDEWAYS, WATERMARK, COMMENT], ids=lambda one: one.text)
def test_aside(one: Line) -> None:
    assert set_aside(one) == [one.text]


@pytest.mark.parametrize(
    "one",
    [
        line("A heading", top=80, size=20, number=90),  # large, but above the text
        line("Good", x0=430, x1=470, top=124, size=14, number=90),  # a grade beside the text is no small print
        line("320", x0=200, x1=215, top=300, size=8, number=90),  # a figure's label below the text
        line("Source: the force", x0=50, x1=140, top=130, size=8, number=90),
        line("•", x0=30, x1=35, top=124, number=90),
        line("3", x0=30, x1=35, top=124, number=90),  # one figure is a list's
    ],
    ids=lambda one: one.text,
)
def test_no_aside(one: Line) -> None:
    assert set_aside(one) == []


def test_numbered_lines() -> None:
    numbers = [line(str(n + 1), x0=30, x1=36, top=100 + 12 * n, number=50 + n) for n in range(8)]
    assert set_aside(*numbers) == [one.text for one in numbers]


def test_figures_that_do_not_count_up_are_text() -> None:
    figures = (387, 240, 49, 63, 58, 31, 55, 56)
    column = [line(str(value), x0=30, x1=36, top=100 + 12 * n, number=50 + n) for n, value in enumerate(figures)]
    assert set_aside(*column) == []


def test_comments_of_a_page_without_text_are_text() -> None:
    assert asides([COMMENT], SIZE) == {}


def test_paragraph_goes_on_round_a_watermark() -> None:
    lines = tuple(replace(one, number=n) for n, one in enumerate([*TEXT[:4], WATERMARK, *TEXT[4:]]))
    printed = Printed("a.pdf", "", "pdf", lines, (PAGE,))
    text = to_text(printed, lay_out(printed))
    assert [block.kind for block in text.blocks] == ["text", "aside"] and len(text.reading) == 1


def test_sentence_is_followed_past_a_figure() -> None:
    labels = [line(str(year), top=300 + 40 * n, size=7) for n, year in enumerate((2019, 2020))]
    rest = line("waited for a year.", top=380)
    lines = (*TEXT, line("They had", top=196), *labels, rest)
    printed = Printed("a.pdf", "", "pdf", tuple(replace(one, number=n) for n, one in enumerate(lines)), (PAGE,))
    blocks = [block.text for block in to_text(printed, lay_out(printed)).reading]
    assert blocks[0].endswith("They had waited for a year.") and blocks[1:] == ["2019", "2020"]


def test_new_sentence_below_a_figure_is_another_paragraph() -> None:
    lines = (*TEXT, line("They had", top=196), line("2019", top=320, size=7), line("Another.", top=380))
    printed = Printed("a.pdf", "", "pdf", tuple(replace(one, number=n) for n, one in enumerate(lines)), (PAGE,))
    assert to_text(printed, lay_out(printed)).reading[-1].text == "Another."
