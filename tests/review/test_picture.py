"""Pictures of places on a page, and tables with ruled cells."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from drawn import drawn, lines
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from extractor.models import Box
from extractor.review.picture import picture

PLACE = Box(1, 72, 132, 300, 146)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    def page(canvas: Canvas) -> None:
        lines(canvas, 72, 700, ["The force should improve its response."] * 40)

    def table(canvas: Canvas) -> None:
        canvas.grid([72, 172, 272], [600, 620, 640])
        for y, row in ((625, ("Outstanding", "Good")), (605, ("", "Crime"))):
            for column, cell in enumerate(row):
                canvas.drawString(76 + 100 * column, y, cell)

    path = tmp_path / "report.pdf"
    path.write_bytes(drawn(page, table))
    return path


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_a_whole_page_is_as_wide_as_asked(report: Path) -> None:
    image = _opened(picture(report, 1, [PLACE], crop=False, width=800))
    assert image.format == "PNG"
    assert image.size == (800, round(842 * 800 / 595))


def test_a_cropped_picture_shows_the_place_and_a_margin(report: Path) -> None:
    image = _opened(picture(report, 1, [PLACE], scale=2))
    assert image.size == (2 * (300 - 72 + 72), 2 * (146 - 132 + 72))


def test_boxes_are_marked_and_boxes_of_other_pages_are_not(report: Path) -> None:
    image = _opened(picture(report, 1, [PLACE, Box(2, 400, 400, 500, 500)], crop=False, scale=1)).convert("RGB")
    inside, outside, elsewhere = (image.getpixel(place) for place in ((299, 139), (320, 139), (450, 450)))
    assert inside[2] < 200 < inside[0]
    assert outside == (255, 255, 255)
    assert elsewhere[0] == elsewhere[2]


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_a_picture_is_made_to_fit(report: Path, kind: str) -> None:
    data = picture(report, 1, [PLACE], crop=False, width=900, kind=kind, at_most=20_000)
    assert len(data) <= 20_000
    assert _opened(data).format == kind.upper()


def test_of_several_kinds_the_first_that_fits_is_taken_with_the_same_print(tmp_path: Path) -> None:
    def prose(canvas: Canvas) -> None:
        letters = Random(1).choices("etaoinshrdlu ", k=2000)
        lines(canvas, 72, 740, ["".join(letters[start : start + 80]) for start in range(0, 2000, 80)])

    def whole(kind: str | tuple[str, ...], at_most: int) -> bytes:
        return picture(tmp_path / "prose.pdf", 1, crop=False, width=1000, kind=kind, at_most=at_most)

    (tmp_path / "prose.pdf").write_bytes(drawn(prose))

    png, webp = whole("PNG", 10**6), whole("WEBP", 10**6)
    assert len(webp) < len(png)
    assert whole(("PNG", "WEBP"), len(png)) == png
    assert whole(("PNG", "WEBP"), len(png) - 1) == webp
    assert ImageChops.difference(_opened(png).convert("RGB"), _opened(webp).convert("RGB")).getbbox() is None


def test_a_page_or_file_that_is_not_there_is_an_os_error(report: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no page 3"):
        picture(report, 3)
    with pytest.raises(FileNotFoundError):
        picture(tmp_path / "nowhere.pdf", 1)
    (tmp_path / "bad.pdf").write_bytes(b"no PDF")
    with pytest.raises(OSError, match="cannot be opened"):
        picture(tmp_path / "bad.pdf", 1)
