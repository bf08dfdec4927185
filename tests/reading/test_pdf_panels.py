"""Areas, boxes and table cells painted on a page."""

from __future__ import annotations

import pytest
from drawn import by_hand, drawn
from pdf_reading import only, read
from reportlab.pdfgen.canvas import Canvas

from extractor.models import Panel


def _sides(panel: Panel) -> tuple[int, ...]:
    box = panel.box
    return round(box.x0), round(box.top), round(box.x1), round(box.bottom)


def test_a_shaded_box_painted_in_pieces_is_one_panel() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.9, 0.9, 0.95)
        for piece in range(5):
            canvas.rect(72, 600 + 20 * piece, 400, 20, stroke=0, fill=1)

    (panel,) = read(drawn(page)).panels
    assert _sides(panel) == (72, 142, 472, 242)
    assert (panel.fill, panel.border) == (0xE6E6F2, None)


@pytest.mark.parametrize("thin", [False, True])
def test_a_box_of_four_edges_is_one_panel(thin: bool) -> None:
    corners = ((72, 600, 472, 600), (72, 700, 472, 700), (72, 600, 72, 700), (472, 600, 472, 700))

    def page(canvas: Canvas) -> None:
        canvas.setStrokeColorRGB(1, 0, 0)
        canvas.setFillColorRGB(1, 0, 0)
        for x0, y0, x1, y1 in corners:
            if thin:
                canvas.rect(x0, y0, max(x1 - x0, 1), max(y1 - y0, 1), stroke=0, fill=1)
            else:
                canvas.line(x0, y0, x1, y1)

    (panel,) = read(drawn(page)).panels
    assert all(abs(a - b) <= 1 for a, b in zip(_sides(panel), (72, 142, 472, 242), strict=True))
    assert (panel.fill, panel.border) == (None, 0xFF0000)


def test_walls_that_end_at_the_corner_of_a_box_are_no_edges_of_it() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setLineWidth(1)
        canvas.rect(72, 600, 400, 100, stroke=1, fill=0)
        for x0, y0, x1, y1 in ((72, 600, 472, 600), (72, 700, 472, 700), (72, 600, 72, 700), (472, 600, 472, 700)):
            canvas.line(x0, y0, x1, y1)
        canvas.rect(71.5, 699.6, 1, 80, stroke=0, fill=1)

    walls = [panel for panel in read(drawn(page)).panels if panel.box.x1 - panel.box.x0 < 2]
    assert [_sides(panel)[1] for panel in walls] == [62]


def test_a_frame_takes_the_colour_it_encloses() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.8, 0.9, 1)
        canvas.rect(72, 600, 400, 100, stroke=0, fill=1)
        canvas.rect(72, 600, 400, 100, stroke=1, fill=0)

    (panel,) = read(drawn(page)).panels
    assert (panel.fill, panel.border) == (0xCCE6FF, 0x000000)


def test_a_grid_gives_its_cells_and_the_table_around_them() -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([72, 172, 272, 372], [600, 640, 680])

    panels = {_sides(panel) for panel in read(drawn(page)).panels}
    cells = {(x, y, x + 100, y + 40) for x in (72, 172, 272) for y in (162, 202)}
    assert panels == cells | {(72, 162, 372, 242)}


def test_a_left_bar_is_a_thin_panel() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 1)
        for piece in range(3):
            canvas.rect(66, 600 + 30 * piece, 3, 30, stroke=0, fill=1)

    (panel,) = read(drawn(page)).panels
    assert _sides(panel) == (66, 152, 69, 242)
    assert panel.fill == 0x0000FF


def test_panels_end_at_the_page_and_at_their_clip() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 1, 0)
        canvas.rect(-50, 700, 300, 400, stroke=0, fill=1)
        path = canvas.beginPath()
        path.rect(72, 500, 100, 50)
        canvas.clipPath(path, stroke=0)
        canvas.rect(0, 300, 595, 300, stroke=0, fill=1)

    assert {_sides(panel) for panel in read(drawn(page)).panels} == {(0, 0, 250, 142), (72, 292, 172, 342)}


def test_a_frame_cut_out_of_one_path_is_a_border() -> None:
    (panel,) = read(by_hand("1 0 0 rg 72 600 400 100 re 74 602 396 96 re f*")).panels
    assert (_sides(panel), panel.fill, panel.border) == ((72, 142, 472, 242), None, 0xFF0000)


def test_a_rectangle_far_within_another_is_no_border() -> None:
    panels = read(by_hand("1 0 0 rg 72 600 400 100 re 100 640 50 20 re f*")).panels
    assert (_sides(panels[0]), panels[0].fill) == ((72, 142, 472, 242), 0xFF0000)
    assert [panel.border for panel in panels] == [None, None]


def test_a_white_frame_on_white_paper_is_no_box() -> None:
    assert read(by_hand("1 1 1 RG 72 600 400 100 re S")).panels == ()


def test_a_white_frame_around_a_shade_takes_its_colour() -> None:
    (panel,) = read(by_hand("0 0 1 rg 72 600 400 100 re f 1 1 1 RG 72 600 400 100 re S")).panels
    assert (panel.fill, panel.border) == (0x0000FF, 0xFFFFFF)


def test_shapes_and_text_of_a_form_stand_where_it_is_placed() -> None:
    form = "0.5 g 10 10 100 40 re f BT /F1 11 Tf 20 25 Td (Good) Tj ET"
    body = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources << /Font << /F1 5 0 R >> >> "
        f"/Length {len(form)} >>\nstream\n{form}\nendstream"
    )
    data = by_hand("q 1 0 0 1 100 500 cm /X1 Do Q", resources="/XObject << /X1 6 0 R >>", objects=[body])
    printed = read(data)
    box = only(printed).box
    (panel,) = printed.panels
    assert _sides(panel) == (110, 292, 210, 332)
    assert box is not None
    assert box.x0 == 120
