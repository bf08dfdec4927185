"""Signs that a font gives no characters: told by the shapes of their glyphs, or left alone."""

from __future__ import annotations

import pytest
from drawn import by_hand, in_another_font
from pdf_reading import read, words

from extractor.reading.pdf.glyph_marks import Glyph, character_of

_FACES = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold")
_SIGNS = {
    "quoteright": "’",
    "quoteleft": "‘",
    "quotedblleft": "“",
    "quotedblright": "”",
    "quotesingle": "'",
    "hyphen": "-",
    "endash": "–",
    "emdash": "—",
    "bullet": "•",
    "ellipsis": "…",
    "sterling": "£",
    "copyright": "©",
}
_LEFT_ALONE = (
    *(
        "comma",
        "period",
        "periodcentered",
        "colon",
        "quotesinglbase",
        "quotedblbase",
        "guilsinglleft",
        "guillemotright",
    ),
    *("acute", "grave", "degree", "registered", "Euro", "yen", "section", "plusminus", "two", "E", "Z", "L", "l", "o"),
    *("O", "c", "bar", "underscore", "dagger", "asterisk", "exclam", "percent"),
)


def _page(glyph: str, face: str, words: str = "\\001 12", code: int = 1) -> bytes:
    """Return a page in a font of which one code draws a glyph and means only itself, as after printing to a PDF."""
    codes = {ord(letter): letter for letter in "the 12 victims"} | {code: chr(code)}
    font, table = in_another_font(codes, face)
    named = f"/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{code} /{glyph}] >>"
    font = font.replace("/ToUnicode", f"{named} /ToUnicode")
    return by_hand(f"BT /F2 11 Tf 72 700 Td ({words}) Tj ET", objects=[font, table])


@pytest.mark.parametrize("face", _FACES)
@pytest.mark.parametrize(("glyph", "character"), _SIGNS.items())
def test_a_sign_is_told_by_its_shape(glyph: str, character: str, face: str) -> None:
    printed = read(_page(glyph, face))
    assert words(printed) == [f"{character} 12" if character != "£" else "\x01 12"]
    assert (character != "£") == ("glyphs_by_shape" in [problem.code for problem in printed.problems])


@pytest.mark.parametrize("face", _FACES)
def test_a_pound_sign_is_told_before_figures_alone(face: str) -> None:
    assert words(read(_page("sterling", face, "the \\00112"))) == ["the £12"]
    assert words(read(_page("sterling", face, "the \\00112 \\001the"))) == ["the \x0112 \x01the"]


@pytest.mark.parametrize("face", _FACES)
@pytest.mark.parametrize("glyph", _LEFT_ALONE)
def test_a_glyph_of_another_shape_is_left(glyph: str, face: str) -> None:
    printed = read(_page(glyph, face, "the \\00112"))
    assert words(printed) == ["the \x0112"]
    assert "glyphs_by_shape" not in [problem.code for problem in printed.problems]


def test_the_code_that_pdfium_keeps_for_hyphens_is_a_glyph_too() -> None:
    assert words(read(_page("quoteright", "Helvetica", "the victim\\002s", code=2))) == ["the victim’s"]


def test_every_place_of_a_glyph_is_read_and_named_once() -> None:
    printed = read(_page("quoteright", "Times-Roman", "victims\\001 the victim\\001s"))
    assert words(printed) == ["victims’ the victim’s"]
    (problem,) = printed.problems
    assert (problem.code, problem.severity, problem.page) == ("glyphs_by_shape", "note", 1)
    assert "’ on page 1" in problem.message


def test_text_that_is_not_upright_is_left() -> None:
    turned = _page("quoteright", "Helvetica").replace(b"72 700 Td", b"0 1 -1 0 72 400 Tm")
    assert words(read(turned)) == ["\x01 12"]


def test_a_glyph_that_is_turned_in_one_place_is_the_same_glyph() -> None:
    both = _page("quoteright", "Helvetica").replace(b"ET", b"0 1 -1 0 72 400 Tm (the\\0011) Tj ET")
    assert words(read(both)) == ["’ 12", "the’1"]


def test_a_glyph_that_shows_two_shapes_is_left() -> None:
    half = _page("bullet", "Helvetica").replace(
        b"BT", b"q 0 704 595 20 re W n BT /F2 11 Tf 72 700 Td (\\0012) Tj ET Q BT"
    )
    moved = half.replace(b"72 700 Td (\\001 12)", b"72 500 Td (\\001 12)")
    assert words(read(moved))[-1] == "\x01 12"


def test_a_font_without_any_characters_is_left() -> None:
    codes = range(1, 32)
    named = "".join(f"/{name}" for name in ("quoteright",) * len(codes))
    font, table = in_another_font({code: chr(code) for code in codes})
    font = font.replace("/ToUnicode", f"/Encoding << /Type /Encoding /Differences [1 {named}] >> /ToUnicode")
    shown = "".join(f"\\{code:03o}" for code in codes if code not in (8, 9, 10, 12, 13))
    printed = read(by_hand(f"BT /F2 11 Tf 72 700 Td ({shown}) Tj ET", objects=[font, table]))
    assert "’" not in "".join(words(printed))


def _drawn(size: int, inked: object, bottom: float = 0.15) -> Glyph | None:
    rows = [[bool(inked(x - size / 2 + 0.5, y - size / 2 + 0.5)) for x in range(size)] for y in range(size)]  # type: ignore[operator]
    return Glyph.trimmed(rows, bottom + size / 100, 100)


def test_a_ring_and_a_small_square_are_bullets_and_other_shapes_are_not() -> None:
    shapes = {
        "ring": _drawn(30, lambda x, y: 12**2 < x * x + y * y < 15**2),
        "square": _drawn(30, lambda x, y: max(abs(x), abs(y)) < 50),
        "disc": _drawn(30, lambda x, y: x * x + y * y < 15**2),
        "diamond": _drawn(30, lambda x, y: abs(x) + abs(y) < 15),
        "narrow disc": _drawn(30, lambda x, y: 1.45 * x * x + y * y < 15**2),
        "very narrow disc": _drawn(30, lambda x, y: 2 * x * x + y * y < 15**2),
        "narrow square": _drawn(30, lambda x, y: abs(x) < 12.5 and abs(y) < 15),
        "large disc": _drawn(76, lambda x, y: x * x + y * y < 38**2, bottom=-0.12),
        "black square": _drawn(60, lambda x, y: max(abs(x), abs(y)) < 50, bottom=0),
        "small disc": _drawn(16, lambda x, y: x * x + y * y < 8**2, bottom=0.25),
        "low disc": _drawn(25, lambda x, y: x * x + y * y < 12.5**2, bottom=0),
        "minute sign": _drawn(26, lambda x, y: abs(x + 0.4 * y) < 3 - 0.08 * y, bottom=0.44),
        "less or equal": _drawn(
            64, lambda x, y: abs(x) < 25 and (y > 26 or abs(y) < 3 or (x > 21 and y < -20)), bottom=0
        ),
        "letter o": _drawn(50, lambda x, y: 18**2 < x * x + y * y < 25**2, bottom=-0.01),
    }
    told = {name: character_of(glyph, ["1"]) for name, glyph in shapes.items() if glyph is not None}
    assert told == {
        "ring": "◦",
        "square": "▪",
        "disc": "•",
        "narrow disc": "•",
        "large disc": "•",
        "black square": "■",
    } | dict.fromkeys(
        (
            "very narrow disc",
            "narrow square",
            "diamond",
            "small disc",
            "low disc",
            "minute sign",
            "less or equal",
            "letter o",
        )
    )
