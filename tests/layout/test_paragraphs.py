"""Each test of `CONTINUES_BELOW` and `CONTINUES_OVERLEAF` on its own: what it holds for, and what it parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from printed import INTRODUCTION, printed
from set_by_hand import SIZE, joint, layout, line

from extractor.layout import joints
from extractor.layout.blocks import Text, to_text
from extractor.layout.joints import (
    CONTINUES_BELOW,
    CONTINUES_OVERLEAF,
    CONTINUES_PAST_FIGURE,
    Joint,
    OpenBlock,
    first_failure,
)
from extractor.layout.leading import usual_leading
from extractor.layout.page_layout import lay_out
from extractor.models import Run
from extractor.report.analysis import wording_of
from extractor.rulebook.load import load_rules

WORDING = wording_of(load_rules())
LEAD = (Run("A bold lead. ", 50, 120, SIZE, bold=True), Run("Plain words", 120, 200, SIZE))
FRAMED = layout(frame_of={0: 1, 1: 1})
HALF_FRAMED, OTHER_FRAME = layout(frame_of={0: 1}), layout(frame_of={0: 1, 1: 2})
CELLS = layout(cell_of={0: 1, 1: 2})
TWO_COLUMNS = layout((50, 300))
LOW, TOP = line("an open sentence", top=700), line("goes on", x0=300, top=90, number=1)
WIDE = replace(layout(), right_of={0: 400.0})
TO_920 = replace(layout(), foot_of={1: 920.0})

HOLDS: Sequence[tuple[str, Joint]] = [
    ("same_style", joint(line(), line())),
    ("same_style", joint(line(colour=1), line(colour=2))),  # plain words in a colour of their own: a link
    ("same_style", joint(line(runs=LEAD), line())),
    ("same_style", joint(line(), line(runs=LEAD[::-1], bold=True))),
    ("same_frame", joint(line(), line(number=1), layout=FRAMED)),
    ("same_cell", joint(line(), line(number=1))),
    ("within_leading", joint(line(top=100), line(top=112))),
    ("within_leading", joint(line(top=100), line(top=116), layout=WIDE, leading={SIZE: 12.0, (SIZE, 50): 16.0})),
    ("aligned", joint(line(x0=50), line(x0=50))),
    ("aligned", joint(line("• words"), line(x0=62), "bullet")),
    ("needed_a_new_line", joint(line("It has few.", x1=390), line("It plans more."), layout=WIDE)),
    ("needed_a_new_line", joint(line("It has few", x1=150), line("It plans more."), layout=WIDE)),
    ("needed_a_new_line", joint(line("• It has few.", x1=150), line("It plans more."), "bullet", layout=WIDE)),
    ("needed_a_new_line", joint(line("It has few.", x1=150), line("It plans more."))),
    ("both_framed", joint(line(), line(page=2, number=1), layout=OTHER_FRAME)),
    ("not_beside", joint(line(), line(page=2))),
    ("not_beside", joint(LOW, TOP)),
    ("sentence_open", joint(line("an open sentence"), line(page=2))),
    ("sentence_open", joint(line("• it ends."), line(x0=70, page=2), "bullet")),
    ("line_full", joint(LOW, TOP, layout=TWO_COLUMNS)),
    ("line_full", Joint(OpenBlock("text", [line(), line(top=112, x1=90)], None), line("goes on", page=2), layout())),
    ("keeps_margin", joint(LOW, TOP, layout=TWO_COLUMNS)),
    ("nothing_below_heading", joint(line(size=14, top=873), line("How", size=14, page=2), layout=TO_920)),
    ("nothing_below_heading", joint(line(size=14), line("is it?", size=14, page=2), layout=TO_920)),
    ("nothing_below_heading", joint(line(), line("A figure", page=2), layout=TO_920)),  # may break a paragraph
    ("nothing_below_heading", joint(line(size=14), line("How", size=14, top=114), layout=TO_920)),
    ("begins_small", joint(line(), line("goes on"))),
    ("unfinished", joint(line("they had waited for"), line())),
    ("keeps_margin", joint(line("• words", x0=60), line(x0=72, page=2), "bullet")),
]
PARTS: Sequence[tuple[str, Joint]] = [
    ("same_style", joint(line(), line(size=12))),
    ("same_style", joint(line(), line(bold=True))),
    ("same_style", joint(line(bold=True, colour=1), line(bold=True, colour=2))),
    ("same_frame", joint(line(), line(number=1), layout=HALF_FRAMED)),
    ("same_cell", joint(line(), line(number=1), layout=CELLS)),
    ("within_leading", joint(line(top=100), line(top=125))),
    ("within_leading", joint(line(top=100), line(top=116), layout=WIDE, leading={SIZE: 12.0})),
    (
        "within_leading",
        joint(
            line(top=100, x1=200),
            line("of the plan", top=116, x1=120),
            layout=WIDE,
            leading={(SIZE, 50): 16.0, SIZE: 12.0},
        ),
    ),
    ("aligned", joint(line(x0=50), line(x0=90, x1=300))),
    ("aligned", joint(line("• words"), line(x0=50), "bullet")),
    ("needed_a_new_line", joint(line("It has few.", x1=150), line("It plans more."), layout=WIDE)),
    ("both_framed", joint(line(), line(page=2, number=1), layout=HALF_FRAMED)),
    ("not_beside", joint(line(top=100), line(x0=300, top=100))),
    ("not_beside", joint(LOW, TOP, layout=layout(cell_of={1: 1}))),
    ("sentence_open", joint(line("It ends."), line(page=2))),
    ("sentence_open", joint(line("“It ends.”"), line(page=2))),
    ("sentence_open", joint(line("• it ends."), line(x0=50, page=2), "bullet")),
    ("line_full", Joint(OpenBlock("text", [line(), line(top=112, x1=90)], None), line("Another", page=2), layout())),
    ("keeps_margin", joint(line(), line(x0=90, page=2))),
    ("nothing_below_heading", joint(line(size=14, top=872), line("How", size=14, page=2), layout=TO_920)),
    ("begins_small", joint(line(), line("Another"))),
    ("unfinished", joint(line("They had waited."), line())),
    ("keeps_margin", joint(line("• words"), line(x0=50, page=2), "bullet")),
]


@pytest.mark.parametrize(("test", "pair"), HOLDS)
def test_what_goes_on(test: str, pair: Joint) -> None:
    assert getattr(joints, test)(pair)


@pytest.mark.parametrize(("test", "pair"), PARTS)
def test_what_is_cut(test: str, pair: Joint) -> None:
    assert not getattr(joints, test)(pair)


def test_every_test_has_cases_on_both_sides() -> None:
    names = {test.__name__ for test in (*CONTINUES_BELOW, *CONTINUES_OVERLEAF, *CONTINUES_PAST_FIGURE)}
    assert names == {name for name, _ in HOLDS} == {name for name, _ in PARTS}


def test_first_failure_is_named() -> None:
    assert first_failure(CONTINUES_BELOW, joint(line(), line(top=125, x0=90))) == "within_leading"
    assert first_failure(CONTINUES_BELOW, joint(line(), line(top=112))) == ""


def read(markup: str) -> Text:
    source = printed(INTRODUCTION + markup)
    return to_text(source, lay_out(source, WORDING), WORDING)


@pytest.mark.parametrize(
    ("markup", "words", "why"),
    [
        ("It goes\non here.", "on here.", "joined: below"),
        ("It goes\n\\f\non overleaf.", "on overleaf.", "joined: overleaf"),
        ("It ends.\n\\f\nAnother.", "Another.", "cut: sentence_open"),
        ("It ends.\n\nAnother.", "Another.", "cut: within_leading"),
        ("- One.\n- Two.", "• Two.", "cut: bullet"),
        ("### Area for improvement\nThe force should act.", "The force should act.", "cut: follows_heading"),
    ],
)
def test_every_line_knows_why_it_was_joined_or_cut(markup: str, words: str, why: str) -> None:
    text = read(markup)
    (number,) = [one.number for block in text.blocks for one in block.lines if one.text == words]
    assert text.decisions[number] == why


@pytest.mark.parametrize("sign", ["o", "–", "a)", "•"])
def test_a_bullet_does_not_go_on_with_the_sentence_that_a_heading_broke(sign: str) -> None:
    text = read(f"Preventing crime Requires improvement\n\n### Areas for improvement\n\n{sign} the force should act.\n")
    assert "Preventing crime Requires improvement" in [block.text for block in text.reading]


def test_leading_of_an_edge_is_that_of_sentences_which_go_on() -> None:
    tops = (100, 112, 124, 200, 216, 232, 300, 330)
    words = ("words of", "the text", "It ends.", "in a", "wider box", "goes on.", "They act.", "they plan")
    lines = [
        line(text, 60 if top >= 200 else 50, top, number=n)
        for n, (top, text) in enumerate(zip(tops, words, strict=True))
    ]
    leading = usual_leading(lines, {})
    assert (leading[SIZE], leading[SIZE, 60]) == (12.0, 16.0) and (SIZE, 90) not in leading


def test_leading_of_an_edge_is_that_of_lines_which_hang_under_a_bullet() -> None:
    """In a wide list of two lines an item, nothing else tells how far its lines are apart."""
    list_of = [
        ("• They share", 50, 100),
        ("what they know.", 62, 116),
        ("• They plan", 50, 132),
        ("their work", 62, 148),
    ]
    lines = [line(text, x0, top, number=n) for n, (text, x0, top) in enumerate(list_of)]
    assert usual_leading(lines, {})[SIZE, 62] == 16.0
    for other in (
        replace(lines[1], text="Known."),
        replace(lines[1], bold=True),
        line("what", 120, 116),
        line("so", 51, 116),
    ):
        assert (SIZE, round(other.box.x0 if other.box else 0)) not in usual_leading([lines[0], other], {})


@pytest.mark.parametrize("words", ["how it will:", "how it will"])
def test_sign_of_a_footnote_after_a_closing_mark_keeps_it_closed(words: str) -> None:
    runs = (Run(words, 50, 100, SIZE), Run("20", 100, 106, 6, raised=True))
    assert joint(line(f"{words}20", runs=runs), line()).block.is_closed is words.endswith(":")


def test_heading_above_a_chart_does_not_go_on_overleaf() -> None:
    chart = "".join(f"~ {number},304\n\n" for number in range(1, 6)) + "~ * As shares of all outcomes.\n"
    text = read(f"## Force in numbers\n\n{chart}\\f\n## How well does the force plan?\n\nIt plans well and for long.\n")
    words = [block.text for block in text.reading]
    assert "Force in numbers" in words and "How well does the force plan?" in words
