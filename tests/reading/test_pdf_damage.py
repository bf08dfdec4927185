"""Damage inside a PDF, and pages that are lost, blank or doubled: never a clean reading of fewer or other words."""

from __future__ import annotations

import base64
import random
import re
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import pytest
from drawn import A4, by_hand, drawn, in_another_font, lines, text
from pdf_reading import PROSE, codes, read, words
from reportlab.pdfgen.canvas import Canvas

from extractor.reading.pdf.character_maps import exchanged, table_of
from extractor.reading.pdf.filters import OPENERS, unpredicted
from extractor.reading.pdf.streams import look_through
from extractor.tables.lines_cache import encode

NUMBERED = [f"Sentence {number} of this page says what was found there." for number in range(40)]


def packed(*pages: list[str], ascii_too: bool = False) -> bytes:
    """Return a PDF whose pages are compressed, in the letters of ASCII85 where wanted."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True, pageCompression=1)
    for page in pages:
        lines(canvas, 72, 780, page)
        canvas.showPage()
    canvas.save()
    data = file.getvalue()
    return data if ascii_too else _without_ascii(data)


def _without_ascii(data: bytes) -> bytes:
    from base64 import a85decode

    def plain(found: re.Match[bytes]) -> bytes:
        inner = a85decode(found[2].strip().removesuffix(b"~>"))
        return b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(inner), inner)

    unpacked = re.sub(
        rb"<<\s*/Filter \[[^\]]*\] /Length (\d+)\s*>>\s*stream\n(.*?)endstream", plain, data, flags=re.DOTALL
    )
    return _with_new_table(unpacked)


def _with_new_table(data: bytes) -> bytes:
    """Return the file with the places of its objects counted anew."""
    body = data[: data.rindex(b"xref\n0")]
    places = {int(found[1]): found.start() for found in re.finditer(rb"(?m)^(\d+) 0 obj", body)}
    rows = "".join(f"{places[number]:010} 00000 n \n" for number in sorted(places))
    trailer = re.search(rb"trailer\s*<<.*?>>", data[len(body) :], re.DOTALL)
    assert trailer
    table = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}".encode()
    return body + table + trailer[0] + f"\nstartxref\n{len(body)}\n%%EOF\n".encode()


def streams(data: bytes) -> Iterator[range]:
    """Yield where each stream's bytes are."""
    for found in re.finditer(rb"(?<!end)stream\n(.*?)\n?endstream", data, re.DOTALL):
        yield range(found.start(1), found.end(1))


def flipped(data: bytes, place: int, bit: int) -> bytes:
    """Return the bytes with one bit turned."""
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


_whole = cache(read)


def _never_silent(data: bytes, damaged: bytes) -> None:
    before, after = _whole(data), read(damaged)
    assert words(before) == words(after) or [problem for problem in after.problems if problem.severity != "note"]


@pytest.mark.parametrize("ascii_too", [False, True])
def test_a_bit_turned_in_a_compressed_page_is_never_silent(ascii_too: bool) -> None:
    data = packed(NUMBERED, list(PROSE), ascii_too=ascii_too)
    draw = random.Random(7)
    for stream in streams(data):
        for _ in range(25):
            _never_silent(data, flipped(data, draw.choice(stream), draw.randrange(8)))


@pytest.mark.slow
def test_a_thousand_bits_turned_are_never_silent() -> None:
    data = packed(NUMBERED, NUMBERED[::-1], list(PROSE))
    draw = random.Random(11)
    places = [place for stream in streams(data) for place in stream]
    for _ in range(1000):
        _never_silent(data, flipped(data, draw.choice(places), draw.randrange(8)))


def test_the_page_of_a_damaged_stream_is_named() -> None:
    data = packed(list(PROSE), NUMBERED, list(PROSE))
    middle = list(streams(data))[1]
    printed = read(flipped(data, middle[len(middle) // 2], 3))
    damage = next(problem for problem in printed.problems if problem.code == "stream_damaged")
    assert (damage.severity, damage.page) == ("doubt", 2)
    assert "page 2" in damage.message


def test_a_stream_that_ends_early_is_damaged() -> None:
    content = zlib.compress(b"BT /F1 11 Tf 72 700 Td (The force is good.) Tj ET" * 20)
    cut = by_hand("@").replace(b"<< /Length 1 >>\nstream\n@", b"<< /Filter /FlateDecode >>\nstream\n" + content[:-30])
    assert look_through(cut).damaged == (4,)
    whole = by_hand("@").replace(b"<< /Length 1 >>\nstream\n@", b"<< /Filter /FlateDecode >>\nstream\n" + content)
    assert look_through(whole).damaged == ()


@pytest.mark.parametrize(
    ("content", "damaged"),
    [
        ("BT /F1 11 Tf 72 700 Td (A \\(good\\) force (of many)) Tj ET", False),
        ("BT /F1 11 Tf 72 700 Td (A good force) Tj  ", True),
        ("   /F1 11 Tf 72 700 Td (A good BT force) Tj ET BT ET", True),
        ("BT /F1 11 Tf 72 700 Td (A good force Tj ET", True),
        ("BT /F1 11 Tf 72 700 Td (A \0\0\0\0\0\0\0\0 force) Tj ET", True),
        ("BT /F1 11 Tf 72 700 Td (\0A\0 \0g) Tj ET", False),
        ("BT /F1 11 Tf 72 7p0 Td (A good force) Tj ET", True),
        ("BT /F1 11 Tf 72 Td (A good force) Tj ET", True),
        ("BT /F1 11 Tf 72 700 Td (A good force) Tk ET", True),
        ("BT /F1 11 Tf 72 700 Td <4120676> Tj [(A) -20.5 <41>] TJ ET", False),
        ("q .9 0 0 -1 0 842 cm 0 0 10 10 re f* BT/F1 11 Tf 1 0 0 1 72 700 Tm[(A)10(b)]TJ T* (x)' ET Q", False),
        (
            "/P <</MCID 0 /ActualText (>>)>> BDC BT /F1 11 Tf (A) Tj ET EMC [1 2] 0 d /Cs1 cs 0.2 .3 1 scn % so\n/X Do",
            False,
        ),
    ],
)
def test_a_hole_in_plainly_written_content_is_damage(content: str, damaged: bool) -> None:
    assert (look_through(by_hand(content)).damaged == (4,)) == damaged


CONTENT = b"BT /F1 11 Tf 72 700 Td (The force is good.) Tj ET"


def _filtered(packed: bytes, *names: str) -> bytes:
    head = f"<< /Filter [{' '.join(f'/{name}' for name in names)}] /Length {len(packed)} >>\nstream\n"
    return by_hand("@").replace(b"<< /Length 1 >>\nstream\n@", head.encode() + packed)


@pytest.mark.parametrize(
    ("packed", "names"),
    [
        (CONTENT.hex().encode() + b">", ("ASCIIHexDecode",)),
        (zlib.compress(CONTENT).hex().encode() + b">", ("ASCIIHexDecode", "FlateDecode")),
        (base64.a85encode(zlib.compress(CONTENT)) + b"~>", ("ASCII85Decode", "FlateDecode")),
        (bytes([len(CONTENT) - 1]) + CONTENT + b"\x80", ("RunLengthDecode",)),
        ((bytes([len(CONTENT) - 1]) + CONTENT + b"\x80").hex().encode() + b">", ("ASCIIHexDecode", "RunLengthDecode")),
    ],
)
def test_damage_is_seen_through_every_filter(packed: bytes, names: tuple[str, ...]) -> None:
    assert look_through(_filtered(packed, *names)).damaged == ()
    assert look_through(_filtered(packed[:-12], *names)).damaged == (4,)
    if len(names) > 1:  # hexadecimal digits alone have no sum
        assert look_through(_filtered(packed[:20] + packed[27:], *names)).damaged == (4,)


@pytest.mark.parametrize(
    ("name", "packed", "opened"),
    [
        ("AHx", b"41 42>", b"AB"),
        ("AHx", b"41 4>", None),
        ("AHx", b"41\0\042>", None),
        ("AHx", b"4142", None),
        ("AHx", b"4X>", None),
        ("RL", b"\x01AB\xffC\x80\n", b"ABCC"),
        ("RL", b"\x01AB", None),
        ("RL", b"\x01AB\x80x", None),
        ("A85", b"<~nothing", None),
        ("LZW", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", b"-----A---B"),  # ISO 32000-2, 7.4.4.2, example 2
        ("LZW", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85", None),
        ("LZW", b"\x80\x0b\x60\x70\x22\x0c\x0c\x85\x01", None),
        ("LZW", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01\x01", None),
    ],
)
def test_filter_is_opened_strictly(name: str, packed: bytes, opened: bytes | None) -> None:
    assert OPENERS[name.encode()](packed) == opened


@pytest.mark.parametrize(("name", "damaged"), [("FlateDecodf", (4,)), ("DCTDecode", ()), ("Crypt", ())])
def test_a_filter_that_no_standard_knows_is_damage(name: str, damaged: tuple[int, ...]) -> None:
    assert look_through(_filtered(zlib.compress(CONTENT), name)).damaged == damaged


def test_codes_of_every_length_are_opened() -> None:
    draw = random.Random(3)
    said = "".join(draw.choice("aeinrst ") for _ in range(9000)).encode()
    assert OPENERS[b"LZWDecode"](by_codes(said)) == said


def by_codes(said: bytes) -> bytes:
    """Pack by LZW as the standard tells it: a longer code as soon as the next may need it."""
    table, bits, length, word = {bytes([value]): value for value in range(256)}, "100000000", 9, b""
    for value in said:
        word += bytes([value])
        if word in table:
            continue
        bits += f"{table[word[:-1]]:0{length}b}"
        table[word] = len(table) + 2
        length = (len(table) + 2).bit_length()
        word = word[-1:]
    bits += f"{table[word]:0{length}b}{257:0{(len(table) + 3).bit_length()}b}"
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8))


@pytest.mark.parametrize("kind", range(5))
def test_rows_that_are_differences_are_put_together(kind: int) -> None:
    content, columns = CONTENT.ljust(60), 12
    rows, above = b"", bytes(columns)
    for start in range(0, len(content), columns):
        row = content[start : start + columns]
        corner, left = b"\0" + above[:-1], b"\0" + row[:-1]
        foretold = [bytes(columns), left, above, bytes((a + b) // 2 for a, b in zip(left, above, strict=True))]
        nearest = bytes(_nearest(*sides) for sides in zip(left, above, corner, strict=True))
        rows += bytes([kind]) + bytes((a - b) % 256 for a, b in zip(row, [*foretold, nearest][kind], strict=True))
        above = row
    assert unpredicted(rows, columns) == content
    assert unpredicted(b"\x05" + rows[1:], columns) is None


def _nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return sorted((abs(guess - side), place, side) for place, side in enumerate((left, up, corner)))[0][2]


def test_the_second_reader_is_taken_where_it_has_more_of_a_damaged_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.reading.pdf import fallback

    data = packed(list(PROSE), NUMBERED)
    stream = list(streams(data))[1]
    broken = flipped(data, stream[len(stream) * 4 // 5], 3)
    draw_again = fallback.draw_again
    monkeypatch.setattr(fallback, "draw_again", lambda _data, _number: None)
    first = read(broken)
    assert "page_reread" not in codes(first)
    other = draw_again(packed(list(PROSE), [*words(first)[3:], *NUMBERED[-8:]]), 2)
    monkeypatch.setattr(fallback, "draw_again", lambda _data, _number: other)
    printed = read(broken)
    assert "page_reread" in codes(printed)
    assert words(printed)[-1] == NUMBERED[-1]


# pages ---------------------------------------------------------------------------------------------------------------


def _prose(canvas: Canvas) -> None:
    lines(canvas, 72, 700, PROSE)


def _other_prose(canvas: Canvas) -> None:
    lines(canvas, 72, 700, NUMBERED)


def _blank(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.9, 0.9, 1)
    canvas.rect(60, 590, 300, 30, stroke=0, fill=1)


def test_a_blank_page_between_others_is_named() -> None:
    printed = read(drawn(_prose, _blank, _other_prose, _blank))
    (problem,) = printed.problems
    assert (problem.code, problem.severity, problem.page) == ("page_blank", "doubt", 2)


def test_a_page_that_comes_twice_is_named() -> None:
    printed = read(drawn(_prose, _other_prose, _blank, _other_prose))
    twice = printed.problems[-1]
    assert (twice.code, twice.severity, twice.page) == ("page_twice", "doubt", 4)
    assert "page 2" in twice.message


def test_short_pages_may_say_the_same() -> None:
    short: Callable[[Canvas], None] = lambda canvas: text(canvas, 72, 700, "Annex")  # noqa: E731
    assert codes(read(drawn(short, _prose, short))) == []


# words that are not those drawn ---------------------------------------------------------------------------------------


def _meant(words_meant: str) -> bytes:
    content = f"BT /F1 11 Tf 72 700 Td /Span <</ActualText ({words_meant})>> BDC (the force is inadequate) Tj EMC ET"
    return by_hand(content)


def test_words_meant_that_are_not_those_drawn_are_named() -> None:
    (problem,) = read(_meant("the force is outstanding")).problems
    assert (problem.code, problem.severity, problem.page) == ("other_words_meant", "doubt", 1)
    assert read(_meant("the force is inadequate")).problems == ()


def _font(changes: dict[int, str]) -> bytes:
    letters = {code: chr(code) for code in range(32, 127)} | changes
    return by_hand("BT /F2 11 Tf 72 700 Td (within 17 days) Tj ET", objects=in_another_font(letters))


def test_letters_that_a_font_exchanges_are_named() -> None:
    (problem,) = read(_font({0x31: "7", 0x37: "1"})).problems
    assert (problem.code, problem.page) == ("letters_exchanged", 1)
    assert "1 as 7" in problem.message
    assert read(_font({})).problems == ()


@pytest.mark.parametrize(
    ("codes_of_one", "shown"),
    [("\ud83d", "within \ufffd7 days"), ("\ude00", "within \ufffd7 days"), ("\ud83d\ude00", "within \U0001f6007 days")],
)
def test_half_a_character_is_marked_and_both_halves_are_one(codes_of_one: str, shown: str) -> None:
    printed = read(_font({0x31: codes_of_one}))
    assert words(printed) == [shown]
    assert encode(printed)  # halves cannot be written to any file


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (b"1 beginbfrange <21> <7e> <0021> endbfrange", ""),
        (b"1 beginbfrange <0004> <0061> <0021> endbfrange 1 beginbfchar <0014> <0037> endbfchar", "1 as 7"),
        (b"1 beginbfrange <21> <7e> <0021> endbfrange 1 beginbfchar <61> <0041> endbfchar", ""),  # small capitals
        (b"2 beginbfchar <01> <0054> <02> <0068> endbfchar", ""),  # a subset in the order of use
        (  # what a ligature stands for is no code of the next character
            b"1 beginbfrange <0004> <0061> <0021> endbfrange "
            b"3 beginbfchar <0090> <00660069> <0014> <0031> <0055> <0072> endbfchar",
            "",
        ),
        (b"2 beginbfrange <90> <91> [<0037> <0038>] <21> <7e> <0021> endbfrange", ""),  # a list, and a ligature above
    ],
)
def test_only_a_letter_out_of_order_is_exchanged(table: bytes, found: str) -> None:
    assert exchanged(table_of(table).letters) == found


# files within the file ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("catalog", "code"), [("/Collection << /View /D >>", "portfolio"), ("", "attachments")])
def test_files_within_a_file_are_named(catalog: str, code: str) -> None:
    names = "/Names << /EmbeddedFiles << /Names [(kent.pdf) 6 0 R] >> >>"
    inner = "<< /Type /Filespec /F (kent.pdf) /UF (kent.pdf) /EF << /F 7 0 R >> >>"
    file = "<< /Type /EmbeddedFile /Length 3 >>\nstream\nabc\nendstream"
    printed = read(
        by_hand("BT /F1 11 Tf 72 700 Td (See the files.) Tj ET", catalog=names + catalog, objects=[inner, file])
    )
    (problem,) = printed.problems
    assert problem.code == code
    assert "kent.pdf" in problem.message
    assert (printed.lines == ()) == (code == "portfolio")
