"""Where the lines of a PDF stand, and in which order they are read."""

from __future__ import annotations

import pytest
from drawn import A4, by_hand, drawn, lines, text
from pdf_reading import PROSE, read, words
from reportlab.pdfgen.canvas import Canvas


def _two_lines(canvas: Canvas) -> None:
    text(canvas, 72, 700, "First line", size=12)
    text(canvas, 72, 650, "Second line", size=12)


def test_boxes_are_measured_from_the_top_left() -> None:
    printed = read(drawn(_two_lines))
    box = printed.lines[0].box
    assert box is not None
    assert (box.page, box.x0, round(box.x1)) == (1, 72, 117)
    assert box.top < 842 - 700 < box.bottom
    assert round(box.bottom - box.top, 1) == 13.4
    assert (printed.pages[0].width, printed.pages[0].height) == A4


def test_a_cropped_page_is_measured_from_its_crop_box() -> None:
    whole = read(drawn(_two_lines)).lines[0].box
    cropped = read(drawn(_two_lines, cropBox=(50, 20, 545, 800)))
    box = cropped.lines[0].box
    assert box is not None
    assert whole is not None
    assert (cropped.pages[0].width, cropped.pages[0].height) == (495, 780)
    assert (box.x0, round(box.top, 1)) == (whole.x0 - 50, round(whole.top - 42, 1))


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [
        (90, "0 1 -1 0 595 0"),  # the text stands along the left edge of the sheet, the page is turned to read it
        (180, "-1 0 0 -1 595 842"),
        (270, "0 -1 1 0 0 842"),
    ],
)
def test_a_rotated_page_reads_upright(turn: int, matrix: str) -> None:
    content = f"q {matrix} cm BT /F1 12 Tf 72 500 Td (First line) Tj 0 -50 Td (Second line) Tj ET Q"
    printed = read(by_hand(content, page=f"/Rotate {turn}"))
    assert words(printed) == ["First line", "Second line"]
    size = (842, 595) if turn != 180 else (595, 842)
    page, box = printed.pages[0], printed.lines[0].box
    assert (page.width, page.height) == size
    assert box is not None
    assert round(box.x0) == 72
    assert box.top < page.height - 500 < box.bottom


def test_text_set_sideways_comes_after_the_upright_text() -> None:
    def page(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(90)
        text(canvas, 300, -40, "Running title")
        canvas.restoreState()
        lines(canvas, 72, 700, PROSE)

    printed = read(drawn(page))
    assert words(printed) == [*PROSE, "Running title"]
    box = printed.lines[-1].box
    assert box is not None
    assert 28 < box.x0 < box.x1 < 45
    assert box.bottom == pytest.approx(842 - 300, abs=0.1)


# order ---------------------------------------------------------------------------------------------------------------


def test_furniture_drawn_out_of_turn_stands_at_top_and_bottom() -> None:
    def last(canvas: Canvas) -> None:
        lines(canvas, 72, 700, PROSE)
        text(canvas, 72, 800, "Running head")
        text(canvas, 520, 30, "7")

    def first(canvas: Canvas) -> None:
        text(canvas, 72, 800, "Running head")
        text(canvas, 520, 30, "7")
        lines(canvas, 72, 700, PROSE)

    assert words(read(drawn(last))) == words(read(drawn(first))) == ["Running head", *PROSE, "7"]


def test_two_columns_and_a_side_bar_are_read_one_after_the_other() -> None:
    left, right, bar = (tuple(f"{name} {n} of the page" for n in range(6)) for name in ("left", "right", "bar"))

    def page(canvas: Canvas) -> None:
        lines(canvas, 420, 700, bar)
        text(canvas, 72, 760, "A heading over both columns and the side bar", size=18)
        lines(canvas, 72, 700, left)
        lines(canvas, 240, 700, right)

    heading = "A heading over both columns and the side bar"
    assert words(read(drawn(page))) == [heading, *left, *right, *bar]


def test_columns_whose_notes_are_drawn_first_keep_their_notes() -> None:
    columns = [[f"column {n} line {k} of the body" for k in range(8 - 2 * n)] for n in range(2)]
    notes = [[f"note {n} line {k}" for k in range(2 + 3 * n)] for n in range(2)]

    def page(canvas: Canvas) -> None:
        text(canvas, 72, 800, "Running head over the columns, to the end")
        lines(canvas, 72, 560, notes[0], size=8, leading=10)
        lines(canvas, 300, 612, notes[1], size=8, leading=10)
        lines(canvas, 72, 700, columns[0])
        lines(canvas, 300, 700, columns[1])

    expected = ["Running head over the columns, to the end", *columns[0], *notes[0], *columns[1], *notes[1]]
    assert words(read(drawn(page))) == expected


def test_table_cells_of_one_height_stay_apart_from_left_to_right() -> None:
    def page(canvas: Canvas) -> None:
        for y, row in ((700, ("Outstanding", "Good", "Adequate")), (680, ("Planning", "Crime", "Custody"))):
            for column, cell in enumerate(row):
                text(canvas, 72 + 120 * column, y, cell)

    assert words(read(drawn(page))) == ["Outstanding", "Good", "Adequate", "Planning", "Crime", "Custody"]


def test_cells_drawn_as_one_text_object_stay_apart() -> None:
    content = "BT /F1 11 Tf 72 700 Td [(Outstanding) -6000 (Good) -6000 (Adequate)] TJ ET"
    assert words(read(by_hand(content))) == ["Outstanding", "Good", "Adequate"]


@pytest.mark.parametrize(("gap", "count"), [(1.0, 1), (2.0, 2), (4.0, 2)])
def test_texts_more_than_one_and_a_half_type_sizes_apart_are_cells(gap: float, count: int) -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 700, "Good")
        text(canvas, 72 + canvas.stringWidth("Good", "Helvetica", 11) + 11 * gap, 700, "Adequate")

    assert len(words(read(drawn(page)))) == count


def test_narrow_cells_are_parted_by_their_ruled_edge() -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 700, "Good")
        canvas.line(104, 690, 104, 715)
        text(canvas, 108, 700, "Adequate")

    assert words(read(drawn(page))) == ["Good", "Adequate"]


def test_the_cells_of_a_row_are_read_whole_when_they_have_several_lines() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, 72, 700, ["Preventing", "crime"])
        lines(canvas, 200, 700, ["Treating the", "public fairly"])
        text(canvas, 72, 660, "Next row")

    assert words(read(drawn(page))) == ["Preventing", "crime", "Treating the", "public fairly", "Next row"]


def test_words_of_a_justified_line_are_one_line_however_far_apart() -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 714, "Suffolk Constabulary was one of three")
        end = 72 + canvas.stringWidth("Suffolk Constabulary was one of three")
        free = end - 72 - sum(canvas.stringWidth(word) for word in ("forces", "which", "tested"))
        x = 72.0
        for word in ("forces", "which", "tested"):
            text(canvas, x, 700, word)
            x += canvas.stringWidth(word) + free / 2

    assert words(read(drawn(page))) == ["Suffolk Constabulary was one of three", "forces which tested"]
