"""PDF files that are no good, and what is said of them."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from drawn import by_hand, drawn, in_another_font, lines
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import PROSE, codes, read, words
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractor.reading.pdf import fallback as second_reader
from extractor.reading.pdf import record as record_module
from extractor.reading.pdf.content import Drawing, Face, Stretch
from extractor.reading.pdf.document import read_pdf
from extractor.reading.pdf.lines import set_lines
from extractor.reading.pdf.record import MESSAGES

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
    monkeypatch.setattr(record_module, "MOST_PAGES", 1)
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


@pytest.mark.parametrize(("length", "found"), [(12, []), (18, ["no_text_map"]), (40, ["no_text_map"])])
def test_words_that_are_not_apart_are_no_words(length: int, found: list[str]) -> None:
    solid = "".join(PROSE).replace(" ", "")
    row = " ".join(solid[start : start + length] for start in range(0, 160, length))
    assert codes(read(drawn(lambda canvas: lines(canvas, 72, 700, [row + " the"] * 5, size=6)))) == found


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
    assert [line.text for line in set_lines(drawing)] == list(PROSE)
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
