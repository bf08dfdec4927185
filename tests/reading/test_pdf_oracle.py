"""The same characters as pdfplumber reads, letter for letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from drawn import drawn, lines, text
from pdf_reading import PROSE
from reportlab.pdfgen.canvas import Canvas

from extractor.reading.pdf.document import read_pdf
from extractor.reading.pdf.file import PdfFile

FACSIMILES = Path(__file__).parents[3] / "shared" / "facsimiles"


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
