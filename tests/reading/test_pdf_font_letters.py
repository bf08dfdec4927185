"""Fonts that say other letters than they draw, or not all: held against the program that the file embeds."""

from __future__ import annotations

from io import BytesIO

import pytest
from drawn import by_hand, in_another_font
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pdf_reading import codes, read

from extractor.reading.pdf.character_maps import table_of
from extractor.reading.pdf.font_programs import Program, program_of
from extractor.reading.pdf.operators import codes_set

LETTERS = "abdefghinorstuvy’‘-\xad"
WORDS = "therestoftheboard’s"
SAID = dict(enumerate(LETTERS, 1))


def font_program(letters: str = LETTERS, glyphs: int = len(LETTERS)) -> bytes:
    """Return a TrueType font whose glyphs, from 1, are these letters and no more."""
    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", *(f"glyph{number}" for number in range(1, glyphs + 1))]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): names[number] for number, letter in enumerate(letters, 1)})
    pen = TTGlyphPen(None)
    for number, corner in enumerate([(0, 0), (0, 700), (500, 700)]):
        (pen.lineTo if number else pen.moveTo)(corner)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def in_glyphs(words: str, said: dict[int, str], program: bytes = b"", order: str = "/Identity") -> bytes:
    """Return a PDF that sets words by the numbers of their glyphs; its table says these letters of them."""
    program = program or font_program()
    digits = "".join(f"{LETTERS.index(letter) + 1:04x}" for letter in words)
    table = in_another_font(said)[1].replace("<00> <ff>", "<0000> <ffff>")
    for code in said:
        table = table.replace(f"\n<{code:02x}> <", f"\n<{code:04x}> <")
    body = table.split("stream\n", 1)[1].rsplit("\nendstream", 1)[0]
    objects = [
        "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Sans /Encoding /Identity-H /DescendantFonts [8 0 R] "
        "/ToUnicode 7 0 R >>",
        f"<< /Length {len(body)} >>\nstream\n{body}\nendstream",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Sans /CIDToGIDMap {order} /DW 600 "
        "/FontDescriptor 9 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /AAAAAA+Sans /Flags 4 /FontFile2 10 0 R >>",
        f"<< /Length {len(program)} /Length1 {len(program)} >>\nstream\n{program.decode('latin-1')}\nendstream",
    ]
    return by_hand(f"BT /F2 11 Tf 72 700 Td [<{digits}> -20 (x)] TJ ET", objects=objects)


def test_a_font_that_says_what_it_draws_is_not_doubted() -> None:
    assert codes(read(in_glyphs(WORDS, SAID))) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({1: "o", 10: "a"}, "a as o, o as a"),
        ({17: "b"}, "’ as b"),
        ({17: "‘", 18: "’"}, "’ as ‘, ‘ as ’"),
        ({19: "\xad", 20: "-"}, None),
        ({17: "'"}, None),  # a mark for another
        ({1: "A"}, None),  # small capitals
    ],
)
def test_a_letter_that_is_not_that_of_its_glyph_is_named(changes: dict[int, str], words: str | None) -> None:
    found = [problem.message for problem in read(in_glyphs(WORDS, SAID | changes)).problems]
    assert [f"({words})" in message for message in found] == ([True] if words else [])


def test_the_numbers_of_glyphs_are_those_of_the_font_alone() -> None:
    exchanged = SAID | {1: "o", 10: "a"}
    assert codes(read(in_glyphs(WORDS, exchanged, order="7 0 R"))) == []
    assert codes(read(in_glyphs(WORDS, exchanged, font_program(LETTERS, glyphs=40)))) == ["letters_exchanged"]


def test_a_code_that_is_set_and_not_said_is_named() -> None:
    said = {code: letter for code, letter in SAID.items() if letter not in "’g"}
    (problem,) = read(in_glyphs(WORDS, said)).problems
    assert (problem.code, problem.severity, problem.page) == ("letters_unsaid", "doubt", 1)
    assert "lacks 1 that" in problem.message
    assert codes(read(in_glyphs(WORDS.removesuffix("’s"), said))) == []  # a letter that nothing is set in


@pytest.mark.parametrize(
    ("old", "new"),
    [("endcmap", "       "), ("beginbfchar", "beginbfchax"), ("begincmap", "         "), ("20 b", "21 b")],
)
def test_a_table_that_is_not_whole_is_named(old: str, new: str) -> None:
    data = in_glyphs(WORDS.removesuffix("’s"), SAID)
    assert codes(read(data.replace(old.encode(), new.encode()))) == ["letters_unsaid"]


def test_entries_are_read_in_every_form() -> None:
    entries = b"2 beginbfrange <01> <03> <0061> <04><05> [<00660069> <00 42>] endbfrange 1 beginbfchar <9><> endbfchar"
    assert table_of(entries + b" endcmap") == ({1: "a", 2: "b", 3: "c", 4: "fi", 5: "B", 9: ""}, True)


@pytest.mark.parametrize(
    ("contents", "found"),
    [
        (b"/F1 9 Tf <00010002> Tj /F2 9 Tf <0003> Tj", {1, 2}),
        (b"/F1 9 Tf [<0001>-3<0004 0005>] TJ T* <0006>' Q <0007> Tj", {1, 4, 5, 6}),
        (b"/F1 9 Tf /Span <</ActualText <FEFF0041>>> BDC <00> Tj (\0a) /X", set()),
        (b"/F1 9 Tf (\0\001\\0\\t) Tj [(\0\\)) 3 (\0(\0)\0])]TJ", {1, 9, 0x29, 0x28, 0x5D}),
        (b"/F11 9 Tf <0001> Tj", set()),
    ],
)
def test_codes_are_those_set_in_the_font(contents: bytes, found: set[int]) -> None:
    assert codes_set(contents, b"F1", 2) == found


def test_the_list_of_a_program_is_read() -> None:
    assert program_of(font_program("ab’", 3)) == Program({1: "a", 2: "b", 3: "’"}, frozenset())


@pytest.mark.parametrize("form", [0, 6])
def test_bare_codes_of_a_program_are_read(form: int) -> None:
    font = TTFont(BytesIO(font_program()))
    codes = CmapSubtable.newSubtable(form)
    codes.platformID, codes.platEncID, codes.language, codes.cmap = 1, 0, 0, {65: "glyph1", 67: "glyph2"}
    font["cmap"].tables = [codes]
    file = BytesIO()
    font.save(file)
    assert program_of(file.getvalue()) == Program({}, frozenset({65, 67}))


@pytest.mark.parametrize("data", [b"", b"\0\1\0\0\0\1", font_program()[:300], b"\0\1\0\0" + b"\xff" * 400])
def test_a_broken_program_lists_nothing(data: bytes) -> None:
    assert program_of(data) == Program({}, frozenset())


@pytest.mark.parametrize("unit", [b"(\\", b"[(", b"[", b"<", b"1 beginbfchar ", b"/F1 1 Tf [", b"1 "])
def test_what_is_begun_again_and_again_costs_no_more_than_its_length(unit: bytes) -> None:
    many = unit * (200_000 // len(unit))
    assert codes_set(b"/F1 9 Tf " + many, b"F1", 2) == set()
    assert not table_of(many).whole
