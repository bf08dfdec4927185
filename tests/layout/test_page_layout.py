"""Furniture, footnotes, frames and cells are marked, and nothing of the text is."""

from __future__ import annotations

from dataclasses import replace

from printed import BODY, INTRODUCTION, printed

from extractor.layout.page_layout import Layout, lay_out
from extractor.models import Box, Panel, Printed
from extractor.report.analysis import wording_of
from extractor.rulebook.load import load_rules

WORDING = wording_of(load_rules())

PROSE = "The force works with its partners every day and keeps records of what it does with them.\n\n"


def roles_of(source: Printed, layout: Layout) -> dict[str, str]:
    return {line.text: layout.roles[line.number] for line in source.lines if line.number in layout.roles}


def framed(source: Printed) -> dict[str, int | None]:
    layout = lay_out(source, WORDING)
    return {line.text: layout.frame_of.get(line.number) for line in source.lines}


def test_body_type_is_the_commonest_plain_type() -> None:
    layout = lay_out(
        printed(f"# A heading\n\n**Bold words of the body’s size, and many of them**\n\n{PROSE}~ 1 Small print\n")
    )
    assert (layout.body_size, layout.body_colour) == (BODY, 0)


def test_running_header_and_page_numbers_are_furniture() -> None:
    source = printed(
        f"Cover\n\\f\n{PROSE}\\f\n{PROSE}\\f\n{PROSE}", header="PEEL 2017 – Cleveland Police", footer="Page # of 4"
    )
    assert roles_of(source, lay_out(source, WORDING)) == {
        "PEEL 2017 – Cleveland Police": "furniture",
        "Page 2 of 4": "furniture",
        "Page 3 of 4": "furniture",
        "Page 4 of 4": "furniture",
    }


def test_words_of_the_text_that_repeat_at_the_top_are_no_furniture() -> None:
    heading = "## Areas for improvement"
    source = printed("".join(f"{heading}\n\n{PROSE}\\f\n" for _ in range(4)) + PROSE)
    assert not roles_of(source, lay_out(source, WORDING))


def test_bare_number_in_the_text_is_no_furniture() -> None:
    source = printed(f"{PROSE}In the year the number of people was\n43\nin all.\n\n{PROSE}")
    assert not roles_of(source, lay_out(source, WORDING))


def test_footnotes_are_marked_from_their_mark_on() -> None:
    source = printed(f"{PROSE}~ 1 National standard, Home Office, 2011. The second\n~ line of the note.\n")
    assert list(roles_of(source, lay_out(source, WORDING)).values()) == ["note", "note"]


def test_small_print_without_a_mark_stays_text() -> None:
    source = printed(f"{PROSE}~ Source: Home Office data\n")
    assert not roles_of(source, lay_out(source, WORDING))


def test_lines_in_a_panel_share_a_box() -> None:
    source = printed(f"{PROSE}> ### Areas for improvement\n>\n> - The force should act.\n\n> Another box.\n\n{PROSE}")
    found = framed(source)
    assert found["Areas for improvement"] == found["• The force should act."] is not None
    assert found["Another box."] not in (None, found["• The force should act."])
    assert sum(box is None for box in found.values()) >= 1


def test_box_goes_on_at_the_top_of_the_next_page() -> None:
    found = framed(printed(f"{PROSE}> The box begins\n\\f\n> and goes on.\n\n{PROSE}"))
    assert found["The box begins"] == found["and goes on."] is not None


def test_box_below_text_on_the_next_page_is_another() -> None:
    found = framed(printed(f"{PROSE}> The box begins.\n\\f\nText between.\n\n> Another box.\n\n{PROSE}"))
    assert found["The box begins."] != found["Another box."]


def test_page_sized_panel_is_no_box() -> None:
    source = printed(PROSE)
    background = Panel(Box(1, 0, 0, 595, 842), 0xFFFFEE)
    assert set(framed(replace(source, panels=(background,))).values()) == {None}


def test_bar_beside_paragraphs_marks_a_box() -> None:
    source = printed(f"Text above.\n\n{PROSE}Text below.\n")
    line = next(line for line in source.lines if line.text.startswith("The force"))
    assert line.box
    bar = Panel(Box(1, line.box.x0 - 12, line.box.top - 2, line.box.x0 - 8, line.box.bottom + 2), 0x336699)
    found = framed(replace(source, panels=(bar,)))
    assert found[line.text] is not None and found["Text above."] is None and found["Text below."] is None


def test_drawn_grid_parts_cells() -> None:
    source = printed(f"{PROSE}Preventing crime | Good\n\n{PROSE}")
    cells = [line for line in source.lines if line.text in ("Preventing crime", "Good")]
    panels = tuple(
        Panel(replace(line.box, x0=line.box.x0 - 5, x1=line.box.x0 + 150), 0xEEEEEE) for line in cells if line.box
    )
    layout = lay_out(replace(source, panels=panels))
    assert len({layout.cell_of[line.number] for line in cells}) == 2


def test_web_page_has_neither_boxes_nor_edges() -> None:
    layout = lay_out(printed(INTRODUCTION, medium="web"))
    assert not layout.frame_of and not layout.cell_of and not layout.roles


def test_document_without_lines() -> None:
    assert lay_out(Printed("empty.pdf", "0", "pdf")).roles == {}


def test_foot_of_a_page_is_its_lowest_line_but_for_running_feet() -> None:
    source = printed(f"{PROSE}\f\n{PROSE}~ 1 A note\n\f\n{PROSE}\f\n{PROSE}", footer="Page # of 4")
    feet = lay_out(source, WORDING).foot_of
    bottoms = {line.text: line.box.bottom for line in source.lines if line.box and line.page == 2}
    assert feet[2] == bottoms["1 A note"] < bottoms["Page 2 of 4"] and set(feet) == {1, 2, 3, 4}
