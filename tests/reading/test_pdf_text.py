"""Text of a PDF: characters, words, style, marks."""

from __future__ import annotations

import pytest
from drawn import by_hand, drawn, in_another_font, lines, text
from pdf_reading import only, read, words
from reportlab.pdfgen.canvas import Canvas


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


def test_a_word_in_two_colours_is_two_runs() -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 700, "under")
        canvas.setFillColorRGB(1, 0, 0)
        text(canvas, 72 + canvas.stringWidth("under"), 700, "lined")

    line = only(read(drawn(page)))
    assert [(run.text, run.colour) for run in line.runs] == [("under", 0), ("lined", 0xFF0000)]


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
