"""Lines become blocks that say exactly what is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from printed import INTRODUCTION, printed

from extractor.layout.blocks import Block, Text, to_text
from extractor.layout.page_layout import lay_out
from extractor.models import Printed
from extractor.report.analysis import wording_of
from extractor.rulebook.load import load_rules

WORDING = wording_of(load_rules())


def read(markup: str, medium: str = "pdf", **running: str) -> Text:
    source = printed(INTRODUCTION + markup, medium, **running)
    return to_text(source, lay_out(source, WORDING), WORDING)


def blocks(markup: str, medium: str = "pdf", **running: str) -> list[Block]:
    """The blocks of the text after the introduction."""
    return list(read(markup, medium, **running).reading[3:])


def moved(source: Printed, by: float) -> Printed:
    """The document with the lines of its right-hand pages that much further right."""
    lines = [
        replace(
            line,
            box=replace(line.box, x0=line.box.x0 + by, x1=line.box.x1 + by),
            runs=tuple(replace(run, x0=run.x0 + by, x1=run.x1 + by) for run in line.runs),
        )
        if line.box and line.box.page % 2
        else line
        for line in source.lines
    ]
    return replace(source, lines=tuple(lines))


def texts(markup: str, medium: str = "pdf", **running: str) -> list[str]:
    return [block.text for block in blocks(markup, medium, **running)]


def test_lines_of_a_paragraph_are_joined_with_one_blank() -> None:
    assert texts("One line  of it\nand  another.\n\nA second one.") == ["One line of it and another.", "A second one."]


def test_heading_is_a_block_of_its_own() -> None:
    assert texts("## Heading\n\nText.") == ["Heading", "Text."]


def test_heading_that_wraps_is_one_block() -> None:
    assert texts(
        "# How effective is the force at protecting those who are vulnerable from harm, and supporting victims?"
    ) == ["How effective is the force at protecting those who are vulnerable from harm, and supporting victims?"]


def test_numbered_heading_that_wraps_is_one_block() -> None:
    heading = "3. How effective is the force at protecting those who are vulnerable from harm, and supporting victims?"
    (block,) = blocks(f"# {heading}")
    assert block.text.endswith("those who are vulnerable from harm, and supporting victims?") and block.kind == "text"


@pytest.mark.parametrize("mark", ["•", "▪", "\uf0b7", "–", "o", "➢", "(a)", "(iv)", "1."])
def test_bullets_are_left_out(mark: str) -> None:
    (block,) = blocks(f"{mark} The force should act.")
    assert (block.kind, block.text) == ("bullet", "The force should act.")


@pytest.mark.parametrize(
    "words", ["– a dash begins this line", "-5 percent", "A sentence.", "o’clock", "42 people", "2016. A year."]
)
def test_words_that_only_look_like_a_mark(words: str) -> None:
    (block,) = blocks(f"The paragraph goes on and on until its line is full and the next one begins with\n{words}")
    assert block.kind == "text" and block.text.endswith(f"with {words}")


def test_bullets_and_the_bullets_in_them() -> None:
    got = [(block.text, block.depth) for block in blocks("- one:\n-- limb;\n-- limb.\n- two.\n\nText.\n\n-- three.")]
    assert got == [("one:", 1), ("limb;", 2), ("limb.", 2), ("two.", 1), ("Text.", 0), ("three.", 1)]


def test_bullet_hangs_over_the_page() -> None:
    running = {"header": "PEEL 2017 – Cleveland Police", "footer": "#"}
    assert texts("- The force should plan so\n\\f\nthat it works.\n- Act.\n\\f\n\nText.", **running) == [
        "The force should plan so that it works.",
        "Act.",
        "Text.",
    ]


LINES = "It goes on with its partners every day and keeps records of what it does with them, all of\nthem.\n\n" * 2


@pytest.mark.parametrize("by", [25.0, -25.0, 17.0])
def test_bullet_goes_on_where_the_next_page_has_another_margin(by: float) -> None:
    markup = (
        f"{INTRODUCTION}{LINES}- The force should plan so that\n\\f\nothers know of it.\n- It should act.\n\n{LINES}"
    )
    source = moved(printed(markup), by)
    assert "The force should plan so that others know of it." in [
        block.text for block in to_text(source, lay_out(source)).reading
    ]


@pytest.mark.parametrize("by", [25.0, 17.0])
def test_prose_of_a_page_with_a_wider_margin_is_no_bullets_end(by: float) -> None:
    source = moved(printed(f"{INTRODUCTION}{LINES}- The force should plan.\n\\f\n\n{LINES}"), by)
    assert "The force should plan." in [block.text for block in to_text(source, lay_out(source)).reading]


def test_paragraph_goes_on_over_the_page_only_when_it_is_open() -> None:
    assert texts("It does so\n\\f\nevery day.")[0] == "It does so every day."
    assert texts("It does so.\n\\f\nEvery day.") == ["It does so.", "Every day."]


HYPHENS = {
    "neigh-\nbourhood": "neighbourhood",
    "multi-\nagency": "multi-agency",
    "counter-\ncorruption": "counter-corruption",
    "re-\noffending": "re-offending",
    "well-\nbeing": "wellbeing",
    "sup\u00ad\nport": "support",
    "sup\u00adport": "support",
    "2016-\n17": "2016-17",
    "Anglo-\nSaxon": "Anglo-Saxon",
    "and/\nor": "and/or",
    "service -\nand others": "service - and others",
    "service –\nand others": "service – and others",
    "margin of +/-\n6.2 percent": "margin of +/- 6.2 percent",
    "so-called (non)-\nurgent": "so-called (non)-urgent",
}


@pytest.mark.parametrize("broken", HYPHENS, ids=list(HYPHENS.values()))
def test_words_broken_at_a_line_end(broken: str) -> None:
    elsewhere = (
        "The neighbourhood, its wellbeing and multi-agency work. To sup-\nport the support. A counter-\nmeasure."
    )
    assert texts(f"{elsewhere}\n\nIt is a {broken} here.")[-1] == f"It is a {HYPHENS[broken]} here."


def test_doubtful_hyphen_is_flagged() -> None:
    elsewhere = "The neigh-\nbourhood has a neighbourhood. Sup-\nport is support."
    (block,) = blocks(f"{elsewhere}\n\nIt is a quasi-\nlegal place.")[1:]
    assert block.flags == ("hyphen_uncertain",)


def test_signs_of_footnotes_are_left_out_and_other_raised_words_are_not() -> None:
    assert texts("In 2016^2^ on the 3^rd^ of May.^1, 2^") == ["In 2016 on the 3rd of May."]


def test_quotes_and_dashes_are_untouched() -> None:
    words = '‘What works’ – it’s the force’s "plan"; 76.6 percent (of 92) – and £5m…'
    assert texts(words) == [words]


def test_bold_stretches() -> None:
    (block,) = blocks("**The force should act.** It does not.")
    assert [block.text[start:end].strip() for start, end in block.strong] == ["The force should act."]
    assert not block.all_bold and blocks("**All of it is bold**")[0].all_bold


def test_boxes_of_some_characters_are_those_of_their_lines() -> None:
    (block,) = blocks("The first line of it\nthe second line of it\nthe third")
    second = block.text.index("second")
    assert block.boxes(second, second + 6) == (block.lines[1].box,)
    assert len(block.boxes()) == 3


def test_cells_beside_each_other_are_not_joined() -> None:
    assert texts("How effective is the force at preventing crime? | Good\nHow well does it plan? | Inadequate") == [
        "How effective is the force at preventing crime?",
        "Good",
        "How well does it plan?",
        "Inadequate",
    ]


def test_furniture_and_notes_stand_in_the_blocks_and_not_in_the_reading() -> None:
    source = printed("It is so^1^ and\n~ 1 A note\n\\f\nit goes on.\n\\f\nText.\n\\f\nText.", header="PEEL 2017 – page")
    text = to_text(source, lay_out(source))
    kinds = [block.kind for block in text.blocks]
    assert kinds.count("note") == 1 and kinds.count("furniture") == 3
    assert text.reading[0].text == "It is so and it goes on."


def test_web_blocks_are_never_joined() -> None:
    assert texts("One line\n\nanother.\n\n- a bullet", medium="web") == ["One line", "another.", "a bullet"]
