"""Pictures that hold lines of print are named; photographs, drawings, logos and their labels are not."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO

import pytest
from drawn import drawn, lines, text
from pdf_reading import PROSE, codes, read, words
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractor.reading.pdf.file import PdfFile

BOX = 60, 500, 480, 100  # left, bottom, width, height


def _as_picture(draw: Callable[[Canvas], None], scale: float, form: str = "PNG") -> ImageReader:
    """Return the top of a page, where the function draws, as a picture."""
    with PdfFile(drawn(draw)) as document:
        raster = document.render(1, scale)
    assert raster is not None
    whole = Image.frombuffer("RGBA", (raster.width, raster.height), raster.pixels, "raw", "BGRA", raster.stride, 1)
    left, top, right, bottom = (round(side * scale) for side in (60, 102, 540, 202))
    file = BytesIO()
    whole.crop((left, top, right, bottom)).convert("RGB").save(file, form)
    return ImageReader(file)


def _print(size: float) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.87, 0.9, 0.93)
        canvas.rect(60, 640, 480, 100, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        lines(canvas, 72, 720, PROSE, size=size)

    return draw


def _chart(canvas: Canvas) -> None:
    for bar in range(12):
        canvas.rect(80 + 36 * bar, 660, 20, 10 + 5 * bar, stroke=0, fill=1)
        text(canvas, 82 + 36 * bar, 648, f"20{bar + 10}", size=7)
    for height in (0, 20, 40, 60):
        text(canvas, 62, 660 + height, str(height), size=7)


def _noise() -> ImageReader:
    draw = random.Random(3)
    file = BytesIO()
    Image.frombytes("L", (240, 50), draw.randbytes(12000)).resize((960, 200)).save(file, "PNG")
    return ImageReader(file)


def _page_with(picture: ImageReader, box: tuple[int, int, int, int] = BOX) -> bytes:
    def page(canvas: Canvas) -> None:
        lines(canvas, 72, 760, PROSE)
        canvas.drawImage(picture, *box)

    return drawn(page)


@pytest.mark.parametrize(
    ("size", "scale", "form"), [(11, 2.0, "PNG"), (8, 2.0, "PNG"), (9, 4.0, "PNG"), (11, 2.0, "JPEG")]
)
def test_a_picture_of_print_is_named(size: float, scale: float, form: str) -> None:
    printed = read(_page_with(_as_picture(_print(size), scale, form)))
    assert words(printed) == list(PROSE)
    (problem,) = printed.problems
    assert (problem.code, problem.severity, problem.page) == ("picture_of_text", "doubt", 1)
    assert "480 by 100 points, 242 from the top" in problem.message


def test_white_print_on_dark_ground_is_print() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 640, 480, 100, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        lines(canvas, 72, 720, PROSE)

    assert codes(read(_page_with(_as_picture(draw, 2.0)))) == ["picture_of_text"]


def test_a_chart_with_its_labels_is_no_print() -> None:
    assert codes(read(_page_with(_as_picture(_chart, 3.0)))) == []


def test_a_photograph_is_no_print() -> None:
    assert codes(read(_page_with(_noise()))) == []


def test_a_logo_is_no_print() -> None:
    assert codes(read(_page_with(_as_picture(_print(11), 2.0), (60, 500, 140, 29)))) == []


def test_a_picture_on_every_page_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.reading.pdf import pictures

    looks: list[int] = []
    rows = pictures._rows
    monkeypatch.setattr(pictures, "_rows", lambda item, step: looks.append(step) or rows(item, step))
    picture = _as_picture(_print(11), 2.0)

    def page(canvas: Canvas) -> None:
        text(canvas, 72, 760, f"The words of page {canvas.getPageNumber()}")
        canvas.drawImage(picture, *BOX)

    assert codes(read(drawn(page, page, page))) == ["picture_of_text"] * 3
    assert len(looks) == 1


def test_a_picture_of_a_bullet_is_a_bullet() -> None:
    dot = Image.new("RGB", (14, 14), "white")
    ImageDraw.Draw(dot).ellipse((1, 1, 12, 12), fill="navy")
    file = BytesIO()
    dot.save(file, "PNG")

    def page(canvas: Canvas) -> None:
        lines(canvas, 88, 700, PROSE[:2], leading=30)
        for height in (0, 30):
            canvas.drawImage(ImageReader(file), 74, 700 - height, 7, 7)

    assert words(read(drawn(page))) == [f"• {line}" for line in PROSE[:2]]
