"""Reading PDFs: text, type and place of every line, panels, order, and files that are no good."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from drawn import A4, by_hand, drawn, in_another_font, lines, text
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractor.models import Line, Panel, Printed
from extractor.reading.pdf import document as pdf_module
from extractor.reading.pdf import fallback as second_reader
from extractor.reading.pdf.content import Drawing, Face, Stretch
from extractor.reading.pdf.document import MESSAGES, read_pdf
from extractor.reading.pdf.file import PdfFile

FACSIMILES = Path(__file__).parents[3] / "shared" / "facsimiles"
PROSE = (
    "The force should make sure that all of its officers understand the plan",
    "and that supervisors check the records of each investigation in turn.",
    "It should also tell victims what has been done and what will follow.",
)


def read(data: bytes) -> Printed:
    return read_pdf("report.pdf", data)


def words(printed: Printed) -> list[str]:
    return [line.text for line in printed.lines]


def only(printed: Printed) -> Line:
    (line,) = printed.lines
    return line


def codes(printed: Printed) -> list[str]:
    return [problem.code for problem in printed.problems]


# text ----------------------------------------------------------------------------------------------------------------


def test_a_hyphen_at_the_end_of_a_line_is_kept() -> None:
    printed = read(drawn(lambda c: lines(c, 72, 700, ["structured problem-", "solving with partners"])))
    assert words(printed) == ["structured problem-", "solving with partners"]


def test_a_soft_hyphen_can_be_told_from_a_hyphen() -> None:
    content = "BT /F2 11 Tf 72 700 Td (the de#) Tj 0 -14 Td (mand on well-) Tj 0 -14 Td (being teams) Tj ET"
    codes = {ord(letter): letter for letter in "the dmanowlibgs-"} | {ord("#"): "\u00ad"}
    assert words(read(by_hand(content, objects=in_another_font(codes)))) == [
        "the de\u00ad",
        "mand on well-",
        "being teams",
    ]


def test_spaces_drawn_on_their_own_part_words() -> None:
    def page(canvas: Canvas) -> None:
        for x, word in ((72, "1."), (80.3, " "), (81, "Improve"), (119.5, " "), (120.4, "it")):
            text(canvas, x, 700, word)

    assert words(read(drawn(page))) == ["1. Improve it"]


def test_a_word_split_over_text_objects_is_one_word() -> None:
    def page(canvas: Canvas) -> None:
        x = 72.0
        for piece in ("in", "vesti", "gation"):
            text(canvas, x, 700, piece)
            x += canvas.stringWidth(piece)

    assert words(read(drawn(page))) == ["investigation"]


def test_a_word_drawn_glyph_by_glyph_is_one_run() -> None:
    def page(canvas: Canvas) -> None:
        x = 72.0
        for letter in "good work":
            text(canvas, x, 700, letter)
            x += canvas.stringWidth(letter)

    line = only(read(drawn(page)))
    assert line.text == "good work"
    assert [run.text for run in line.runs] == ["good work"]


def test_a_footnote_mark_glued_to_a_year_is_raised() -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 700, "in 2016")
        text(canvas, 72 + canvas.stringWidth("in 2016"), 704, "2", size=7)
        text(canvas, 113, 700, " and later")

    line = only(read(drawn(page)))
    assert line.text == "in 20162 and later"
    assert [(run.text, run.raised) for run in line.runs] == [("in 2016", False), ("2", True), (" and later", False)]
    assert line.size == 11


@pytest.mark.parametrize("marks", ["2", "12", "3, 4", "10,11,12", "*"])
def test_footnote_marks_of_all_kinds_are_raised(marks: str) -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 700, "as we said before")
        text(canvas, 72 + canvas.stringWidth("as we said before"), 704, marks, size=7)

    assert [(run.text, run.raised) for run in only(read(drawn(page))).runs] == [
        ("as we said before", False),
        (marks, True),
    ]


def test_style_colour_and_white_text_are_reported() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.2, 0.4, 0.6)
        text(canvas, 72, 700, "Heading", "Helvetica-Bold", 18)
        canvas.rect(60, 640, 300, 30, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        text(canvas, 72, 650, "White on blue", "Times-Italic", 12)

    heading, white = read(drawn(page)).lines
    assert (heading.font, heading.size, heading.bold, heading.italic, heading.colour) == (
        "Helvetica-Bold",
        18,
        True,
        False,
        0x336699,
    )
    assert (white.text, white.bold, white.italic, white.colour) == ("White on blue", False, True, 0xFFFFFF)


def test_a_bold_lead_and_its_sentence_are_runs_of_one_line() -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 700, "Officers treat people fairly.", "Helvetica-Bold")
        text(canvas, 72 + canvas.stringWidth("Officers treat people fairly.", "Helvetica-Bold", 11), 700, " We saw it.")

    line = only(read(drawn(page)))
    assert [(run.text, run.bold) for run in line.runs] == [
        ("Officers treat people fairly.", True),
        (" We saw it.", False),
    ]


@pytest.mark.parametrize("shift", [0.0, 0.3])
def test_text_drawn_twice_is_kept_once_and_bold(shift: float) -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 700, "Cause of concern")
        text(canvas, 72 + shift, 700, "Cause of concern")
        text(canvas, 72, 680, "Plain text")

    first, second = read(drawn(page)).lines
    assert (first.text, first.bold, second.text, second.bold) == ("Cause of concern", True, "Plain text", False)


def test_text_with_stroked_outlines_is_bold() -> None:
    line = only(read(by_hand("BT /F1 11 Tf 2 Tr 72 700 Td (Areas for improvement) Tj ET")))
    assert line.bold


@pytest.mark.parametrize(
    ("name", "bold", "italic"),
    [
        ("ABCDEF+Arial,Bold", True, False),
        ("HelveticaNeueLTPro-Bd", True, False),
        ("Calibri-BoldItalic", True, True),
        ("LiberationSans", False, False),
        ("Frutiger-Medium", False, False),
        ("MyriadPro-It", False, True),
        ("F1", True, False),  # no name: the stems decide
    ],
)
def test_bold_and_italic_are_what_the_font_calls_itself(name: str, bold: bool, italic: bool) -> None:
    font = (
        f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /FirstChar 65 /LastChar 65 /Widths [600] "
        "/Encoding /WinAnsiEncoding /FontDescriptor 7 0 R >>"
    )
    stems = (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 32 /StemV 180 /ItalicAngle 0 /Ascent 900 /Descent -200 "
        "/CapHeight 700 /FontBBox [0 -200 1000 900] >>"
    )
    line = only(read(by_hand("BT /F2 11 Tf 72 700 Td (A) Tj ET", objects=[font, stems])))
    assert (line.bold, line.italic) == (bold, italic)


def test_symbol_font_bullets_become_plain_and_levels_stay_apart() -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 700, "\u2022", "Symbol")
        text(canvas, 90, 700, "first level;")
        text(canvas, 90, 686, "o", "Courier")
        text(canvas, 108, 686, "second level;")
        text(canvas, 72, 672, "\u25a0", "ZapfDingbats")
        text(canvas, 90, 672, "a square.")

    assert words(read(drawn(page))) == ["• first level;", "o second level;", "• a square."]


@pytest.mark.parametrize(
    ("mark", "shown"), [("\uf0b7", "•"), ("\uf0a7", "•"), ("\uf0fc", "✓"), ("\u00b7", "•"), ("\uf06f", "◦")]
)
def test_private_characters_of_symbol_fonts_are_bullets(mark: str, shown: str) -> None:
    content = "BT /F2 11 Tf 72 700 Td (A) Tj /F1 11 Tf 18 0 Td (an item) Tj ET"
    assert words(read(by_hand(content, objects=in_another_font({65: mark}, "Wingdings-Regular")))) == [
        f"{shown} an item"
    ]


def test_bullets_drawn_after_the_list_stand_before_their_items() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, 90, 700, ["first item;", "second item."])
        lines(canvas, 72, 700, ["\u2022", "\u2022"])

    assert words(read(drawn(page))) == ["• first item;", "• second item."]


def test_painted_dots_are_bullets_as_browsers_draw_them() -> None:
    def page(canvas: Canvas) -> None:
        canvas.circle(80, 703.5, 2, stroke=0, fill=1)
        text(canvas, 90, 700, "first level;")
        canvas.circle(98, 689.5, 2, stroke=1, fill=0)
        text(canvas, 108, 686, "second level.")

    assert words(read(drawn(page))) == ["• first level;", "◦ second level."]


def test_ligatures_are_spelled_out() -> None:
    content = "BT /F2 11 Tf 72 700 Td (of A ce, B ow) Tj ET"
    codes = {ord(letter): letter for letter in "of ce,w"} | {65: "\ufb01", 66: "\ufb02"}
    assert words(read(by_hand(content, objects=in_another_font(codes)))) == ["of fi ce, fl ow"]


def test_ligatures_whose_bytes_were_swapped_are_put_right() -> None:
    codes = {ord(letter): letter for letter in "eectiv o"} | {65: "\u6600\u6600", 66: "\u6600\u6900"}
    printed = read(by_hand("BT /F2 11 Tf 72 700 Td (eAective oBce) Tj ET", objects=in_another_font(codes)))
    assert words(printed) == ["effective ofice"]


def test_a_ligature_within_a_moved_form_stays_in_its_word() -> None:
    form = (
        "BT /F1 11 Tf 20 25 Td (we identi) Tj ET "
        "/Span << /ActualText (fi) >> BDC BT /F1 11 Tf 63.29 25 Td (A) Tj ET EMC "
        "BT /F1 11 Tf 70.63 25 Td (ed it) Tj ET"
    )
    body = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources << /Font << /F1 5 0 R >> >> "
        f"/Length {len(form)} >>\nstream\n{form}\nendstream"
    )
    content = "q 1 0 0 1 300 500 cm /X1 Do Q"
    line = only(read(by_hand(content, resources="/XObject << /X1 6 0 R >>", objects=[body])))
    assert line.text == "we identified it"
    assert line.box is not None and line.box.x0 == 320


def test_a_non_breaking_space_stays() -> None:
    content = "BT /F1 11 Tf 72 700 Td (31\240March) Tj ET"
    assert only(read(by_hand(content))).text.replace("\u00a0", " ") == "31 March"


@pytest.mark.parametrize("spacing", [3.0, 5.0, 9.0])
def test_headings_with_wide_tracking_are_put_together(spacing: float) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 700, "CAUSES OF CONCERN", charSpace=spacing)

    assert words(read(drawn(page))) == ["CAUSES OF CONCERN"]


def test_headings_typed_with_blanks_are_put_together() -> None:
    printed = read(drawn(lambda c: lines(c, 72, 700, ["C O N T E N T S", "O U R   F I N D I N G S", "A b c of it"])))
    assert words(printed) == ["CONTENTS", "OUR FINDINGS", "A b c of it"]


def test_invisible_text_is_left_out_unless_it_is_all_there_is() -> None:
    shown = "BT /F1 11 Tf 72 700 Td (The force is good at this.) Tj ET "
    hidden = "BT /F1 11 Tf 3 Tr 72 600 Td (secret words) Tj ET"
    assert words(read(by_hand(shown + hidden))) == ["The force is good at this."]
    scanned = read(by_hand(hidden))
    assert words(scanned) == ["secret words"]
    assert codes(scanned) == ["ocr_text"]


# place ---------------------------------------------------------------------------------------------------------------


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


# panels --------------------------------------------------------------------------------------------------------------


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


# structure -----------------------------------------------------------------------------------------------------------


def test_structure_tags_name_what_a_line_is_part_of() -> None:
    content = (
        "/Artifact BMC BT /F1 9 Tf 72 800 Td (Running head) Tj ET EMC "
        "/H1 <</MCID 0>> BDC BT /F1 18 Tf 72 760 Td (Findings) Tj ET EMC "
        "/P <</MCID 1>> BDC BT /F1 11 Tf 72 730 Td (Some prose.) Tj ET EMC "
        "/Lbl <</MCID 2>> BDC BT /F1 11 Tf 72 700 Td (1.) Tj ET EMC "
        "/Span <</MCID 3>> BDC BT /F1 11 Tf 90 700 Td (An item of a list) Tj ET EMC "
        "/P <</MCID 4>> BDC BT /F1 11 Tf 72 670 Td (In a cell) Tj ET EMC"
    )

    def element(kind: str, parent: int, kids: str) -> str:
        return f"<< /Type /StructElem /S /{kind} /P {parent} 0 R /Pg 3 0 R /K {kids} >>"

    objects = [
        "<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [8 0 R 9 0 R 12 0 R 14 0 R 18 0 R]] >> "
        "/RoleMap << /Kopf /H1 >> >>",  # 6
        element("Document", 6, "[8 0 R 9 0 R 10 0 R 15 0 R]"),  # 7
        element("Kopf", 7, "0"),  # 8
        element("P", 7, "1"),  # 9
        element("L", 7, "[11 0 R]"),  # 10
        element("LI", 10, "[12 0 R 13 0 R]"),  # 11
        element("Lbl", 11, "2"),  # 12
        element("LBody", 11, "[14 0 R]"),  # 13
        element("Span", 13, "3"),  # 14
        element("Table", 7, "[16 0 R]"),  # 15
        element("TR", 15, "[17 0 R]"),  # 16
        element("TD", 16, "[18 0 R]"),  # 17
        element("P", 17, "4"),  # 18
    ]
    data = by_hand(
        content, page="/StructParents 0", catalog="/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>", objects=objects
    )
    assert [(line.tag, line.text) for line in read(data).lines] == [
        ("Artifact", "Running head"),
        ("H1", "Findings"),
        ("P", "Some prose."),
        ("LBody", "1. An item of a list"),
        ("TD", "In a cell"),
    ]


def test_document_properties_are_reported() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setTitle("PEEL: Police effectiveness – an inspection")
        lines(canvas, 72, 700, PROSE)

    assert read(drawn(page)).meta["Title"] == "PEEL: Police effectiveness – an inspection"


# files that are no good ----------------------------------------------------------------------------------------------

GOOD = drawn(lambda c: lines(c, 72, 700, PROSE), lambda c: lines(c, 72, 700, PROSE))


def _encrypted(password: str) -> bytes:
    return drawn(lambda c: lines(c, 72, 700, PROSE), encrypt=StandardEncryption(password, ownerPassword="owner"))


def _picture_page(canvas: Canvas) -> None:
    picture = BytesIO()
    Image.new("RGB", (60, 80), "grey").save(picture, "PNG")
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"Just some words.\n" * 100, "not_a_pdf"),
        (b"<!DOCTYPE html><html><body>A report</body></html>", "not_a_pdf"),
        (b"PK\x03\x04 a Word document", "not_a_pdf"),
        (b"%PDF-1.7\nnothing that follows is a PDF\n%%EOF", "damaged_pdf"),
        (GOOD[:200], "damaged_pdf"),
        (_encrypted("secret"), "encrypted_pdf"),
        (drawn(_picture_page), "no_text_layer"),
    ],
)
def test_a_bad_file_gives_one_clear_error_and_no_lines(data: bytes, code: str) -> None:
    printed = read(data)
    (problem,) = printed.problems
    assert (problem.code, problem.severity, problem.stage) == (code, "error", "read")
    assert problem.message.startswith("report.pdf: ")
    assert printed.lines == ()
    assert len(printed.sha256) == 64


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    printed = read_pdf(tmp_path / "nowhere.pdf")
    assert codes(printed) == ["missing_file"]
    assert printed.source == str(tmp_path / "nowhere.pdf")


def test_a_file_on_disk_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a report.pdf"
    path.write_bytes(GOOD)
    printed = read_pdf(path)
    assert words(printed) == [*PROSE, *PROSE]
    assert [line.number for line in printed.lines] == list(range(6))
    assert [page.characters for page in printed.pages] == [sum(len(line.replace(" ", "")) for line in PROSE)] * 2
    assert codes(printed) == []


def test_a_file_that_opens_without_its_owner_password_is_read() -> None:
    assert words(read(_encrypted(""))) == list(PROSE)


def test_a_truncated_file_says_so_and_gives_what_is_left() -> None:
    printed = read(GOOD[: GOOD.rindex(b"xref\n")])
    assert codes(printed) == ["truncated_pdf"]
    assert words(printed) == [*PROSE, *PROSE]


def test_a_file_with_a_hole_says_so_and_gives_what_is_left() -> None:
    hole = GOOD.index(b"endobj")
    printed = read(GOOD[: hole - 3] + GOOD[hole:])
    assert codes(printed) == ["repaired_pdf"]
    assert words(printed) == [*PROSE, *PROSE]


def test_bytes_after_the_end_do_no_harm() -> None:
    assert codes(read(GOOD + b"\n" * 5000)) == []


def test_a_page_that_is_a_picture_is_named() -> None:
    printed = read(drawn(lambda c: lines(c, 72, 700, PROSE), _picture_page, _picture_page))
    (problem,) = printed.problems
    assert (problem.code, problem.page) == ("page_without_text", 2)
    assert "pages 2 to 3" in problem.message
    assert [page.picture_share for page in printed.pages] == [0, 1, 1]


def test_a_file_with_too_many_pages_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "MOST_PAGES", 1)
    printed = read(GOOD)
    assert codes(printed) == ["too_many_pages"]
    assert printed.lines == ()


def _without_meaning(shift: int) -> bytes:
    """Return a page whose font maps its letters elsewhere."""
    content = "".join(
        f"BT /F2 11 Tf 72 {700 - 14 * number} Td ({line}) Tj ET " for number, line in enumerate(PROSE * 5)
    )
    codes = {code: chr(code + shift) for code in range(33, 127)} | {32: " "}
    return by_hand(content, objects=in_another_font(codes))


@pytest.mark.parametrize("shift", [0xE000, -29, 3])
def test_a_file_whose_fonts_have_no_characters_is_named(shift: int) -> None:
    printed = read(_without_meaning(shift))
    (problem,) = printed.problems
    assert (problem.code, problem.severity) == ("no_text_map", "error")
    assert printed.lines == ()


def test_a_page_without_readable_characters_is_named_and_kept() -> None:
    def good(canvas: Canvas) -> None:
        lines(canvas, 72, 700, PROSE)

    def bad(canvas: Canvas) -> None:
        lines(canvas, 72, 700, ["WKH IRUFH VKRXOG PDNH VXUH WKDW DOO RI LWV RIILFHUV NQRZ ZKDW LV QHHGHG"] * 5)

    printed = read(drawn(good, good, bad))
    (problem,) = printed.problems
    assert (problem.code, problem.severity, problem.page) == ("page_unreadable", "doubt", 3)
    assert len(printed.lines) == 11


def test_a_page_that_the_second_reader_reads_better_is_taken_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    face = Face("Helvetica", 11, False, False, 0, False, None, 0)
    stretches = [Stretch(line, 72, 500, 142 + 14 * number, False, face) for number, line in enumerate(PROSE * 5)]
    monkeypatch.setattr(second_reader, "draw_again", lambda _data, _number: Drawing(595, 842, 0, stretches, [], []))
    printed = read(_without_meaning(0xE000))
    assert [(problem.code, problem.severity) for problem in printed.problems] == [("page_reread", "note")]
    assert words(printed) == list(PROSE * 5)


def test_the_second_reader_reads_the_same_lines() -> None:
    drawing = second_reader.draw_again(GOOD, 2)
    assert drawing is not None
    assert [line.text for line in pdf_module.set_lines(drawing)] == list(PROSE)
    assert second_reader.draw_again(b"no PDF", 1) is None


def test_every_message_tells_what_to_do_next() -> None:
    assert all(";" in words or ":" in words for _, words in MESSAGES.values())


@settings(max_examples=60, derandomize=True, deadline=None)
@given(place=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255), cut=st.integers(0, 60))
def test_no_damage_raises(place: int, byte: int, cut: int) -> None:
    read(GOOD[:place] + bytes([byte]) + GOOD[place + cut + 1 :])


def test_reading_loads_neither_pdfplumber_nor_pillow() -> None:
    heavy = "('pdfplumber', 'PIL', 'pyarrow')"
    check = f"import sys, extractor.reading.pdf.document; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


# the oracle ----------------------------------------------------------------------------------------------------------

Character = tuple[str, str, float, tuple[int, ...] | None]


def _ours(data: bytes, number: int) -> Iterator[Character]:
    with PdfFile(data) as document:
        drawing = document.draw(number)
    assert drawing is not None
    for stretch in drawing.stretches:
        face = stretch.face
        colour = face.colour >> 16, face.colour >> 8 & 255, face.colour & 255
        for character in unicodedata.normalize("NFKC", stretch.text):
            if not character.isspace():
                yield character, face.font, face.size, colour


def _theirs(page: pdfplumber.page.Page) -> Iterator[Character]:
    for char in page.chars:
        for character in unicodedata.normalize("NFKC", char["text"]):
            if not character.isspace():
                colour = _rgb(char["non_stroking_color"])
                yield character, char["fontname"].split("+")[-1], char["size"], colour


def _rgb(colour: tuple[float, ...] | None) -> tuple[int, ...]:
    grey_or_rgb = tuple(colour or (0,))
    return tuple(round(255 * part) for part in (grey_or_rgb * 3 if len(grey_or_rgb) == 1 else grey_or_rgb))


def _assert_same(data: bytes, numbers: Iterator[int] | range) -> None:
    with pdfplumber.open(BytesIO(data)) as document:
        for number in numbers:
            ours, theirs = list(_ours(data, number)), list(_theirs(document.pages[number - 1]))
            assert "".join(char[0] for char in ours) == "".join(char[0] for char in theirs)
            for one, other in zip(ours, theirs, strict=True):
                assert one[1] == other[1]
                assert one[2] == pytest.approx(other[2], abs=0.02)
                assert one[3] is not None
                assert one[3] == pytest.approx(other[3], abs=1)


def test_characters_fonts_sizes_and_colours_are_those_of_pdfplumber() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.3)
        text(canvas, 72, 760, "Cause of concern", "Helvetica-Bold", 18)
        canvas.setFillGray(0.5)
        lines(canvas, 72, 700, [*PROSE, "structured problem-", "solving"])
        canvas.saveState()
        canvas.scale(0.75, 0.75)
        text(canvas, 100, 500, "scaled", "Times-Italic", 16)
        canvas.restoreState()

    _assert_same(drawn(page), range(1, 2))


@pytest.mark.skipif(not FACSIMILES.is_dir(), reason="the shared facsimiles are not beside this checkout")
@pytest.mark.parametrize("name", ["cleveland-2015-effectiveness", "surrey-2016-efficiency", "suffolk-2023-25"])
def test_facsimiles_have_the_characters_of_pdfplumber(name: str) -> None:
    _assert_same((FACSIMILES / f"{name}.pdf").read_bytes(), range(4, 20, 7))


@pytest.mark.skipif(not FACSIMILES.is_dir(), reason="the shared facsimiles are not beside this checkout")
def test_a_tagged_facsimile_has_headings_lists_and_notes() -> None:
    tags = {line.tag for line in read_pdf(FACSIMILES / "cleveland-2015-effectiveness.pdf").lines}
    assert {"H1", "H2", "P", "LBody", "Note", "Artifact", "TD"} <= tags
