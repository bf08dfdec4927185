"""Pictures of places on a page: the page as printed, with boxes marked."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from extractor.errors import UnreadableFile
from extractor.models import Box
from extractor.reading.pdf.file import PdfFile, Raster, UnreadablePdf
from extractor.tables import storage
from extractor.tables.rows import BoxRow, ReportRow
from extractor.tables.sources import file_of, why_no_pages

_MARKER, _EDGE = (255, 240, 130), (190, 80, 0)
_MARGIN = 36.0  # points of page around the boxes of a cropped picture
_QUALITIES = (60, 40, 25)  # of JPEG
_COLOURS = (16, 8)  # of PNG and WEBP: print needs few
_PNG_EFFORT, _WEBP_EFFORT = 3, 1  # more takes half as long again and saves a twentieth, or nothing
_SMALLER = 0.75  # of the bytes of a PNG: a WEBP of as many colours hardly ever has less where the PNG is too large
_NARROWEST = 200  # pixels
_WHITE, _NEARLY_WHITE = [255, 255, 255], 240  # with few colours, paper comes out a little grey


def picture(
    path: Path | str,
    page: int,
    boxes: Iterable[Box] = (),
    *,
    scale: float = 2.0,
    width: int | None = None,
    crop: bool = True,
    kind: str | tuple[str, ...] = "PNG",
    at_most: int | None = None,
) -> bytes:
    """Return a picture of page `page` (from 1) with those of the boxes marked that are on it.

    `scale` is in pixels a point; `width`, in pixels of the whole page, replaces it. With `crop` only the surroundings
    of the boxes are shown. `kind` is PNG, JPEG or WEBP; the picture is made coarser until it has `at_most` bytes (about
    60,000 hold a page of print at a width of 800 as PNG, of 1,000 as WEBP). Of several kinds the first that fits is
    taken before the picture is made coarser.

    Raises:
        OSError: the file cannot be opened, or has no such page.
    """
    marked = [box for box in boxes if box.page == page]
    raster, points = _paint(path, page, scale, width)
    image = Image.frombuffer("RGB", (raster.width, raster.height), raster.pixels, "raw", "BGRX", raster.stride, 1)
    pixels = raster.width / points
    if marked:
        image = _with_marks(image, marked, pixels)
    if crop and marked:
        image = image.crop(_surroundings(marked, pixels, image.size))
    return _packed(image, (kind.upper(),) if isinstance(kind, str) else kind, at_most)


def write_picture(file: Path, report: ReportRow, places: Sequence[BoxRow], outputs: Path | str) -> int:
    """Write a PNG of the page on which a finding begins, its places marked; return the number of the page.

    Raises:
        UnreadableFile: the report is a web page, has moved or changed, or the PDF cannot be opened.
    """
    boxes = [Box(**place) for place in places]
    if reason := why_no_pages(report, outputs) or (None if boxes else "the item has no place on a page"):
        raise UnreadableFile(f"no picture: {reason}")
    storage.write_bytes(str(file), picture(file_of(report["source"], outputs), boxes[0].page, boxes))
    return boxes[0].page


def _paint(path: Path | str, page: int, scale: float, width: int | None) -> tuple[Raster, float]:
    """Return the painted page and its width in points."""
    try:
        with PdfFile(Path(path).read_bytes()) as document:
            size = document.page_size(page)
            raster = document.render(page, width / size[0] if width and size else scale)
    except UnreadablePdf as error:
        raise OSError(errno.EINVAL, f"the PDF cannot be opened ({error.reason})", str(path)) from None
    if raster is None or size is None:
        raise OSError(errno.EINVAL, f"the PDF has no page {page}, or it is damaged", str(path))
    return raster, size[0]


def _with_marks(image: Image.Image, boxes: Sequence[Box], pixels: float) -> Image.Image:
    """Lay a translucent marker over the boxes, so that the print below stays legible."""
    marker = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(marker)
    corners = [tuple(side * pixels for side in (box.x0 - 2, box.top - 1, box.x1 + 2, box.bottom + 1)) for box in boxes]
    for corner in corners:
        draw.rectangle(corner, fill=_MARKER)
    result = ImageChops.multiply(image, marker)
    draw = ImageDraw.Draw(result)
    for corner in corners:
        draw.rectangle(corner, outline=_EDGE, width=max(1, round(pixels / 2)))
    return result


def _surroundings(boxes: Sequence[Box], pixels: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    x0, top = min(box.x0 for box in boxes) - _MARGIN, min(box.top for box in boxes) - _MARGIN
    x1, bottom = max(box.x1 for box in boxes) + _MARGIN, max(box.bottom for box in boxes) + _MARGIN
    left, upper = max(0, round(x0 * pixels)), max(0, round(top * pixels))
    return left, upper, min(size[0], round(x1 * pixels)), min(size[1], round(bottom * pixels))


def _packed(image: Image.Image, kinds: tuple[str, ...], at_most: int | None) -> bytes:
    """Return the picture's file: as it is, or with fewer colours, coarser and at last smaller until it fits."""
    if at_most is None:
        return _file(image, kinds[0], 80)
    while True:
        for data in _tries(image, kinds, at_most):
            if len(data) <= at_most or image.width < _NARROWEST:
                return data
        image = image.resize((image.width * 4 // 5, max(1, image.height * 4 // 5)))


def _tries(image: Image.Image, kinds: tuple[str, ...], at_most: int) -> Iterator[bytes]:
    """Yield files of a picture, the finest first."""
    if kinds == ("JPEG",):
        yield from (_file(image, "JPEG", quality) for quality in _QUALITIES)
        return
    for colours in _COLOURS:
        few = _few_colours(image, colours)
        for kind in kinds:
            data = _lossless(few, kind)
            yield data
            if len(data) * _SMALLER > at_most:
                break


def _few_colours(image: Image.Image, colours: int) -> Image.Image:
    """Return the picture with so many colours and no other loss, so that print stays sharp."""
    few = image.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    tones = [palette[start : start + 3] for start in range(0, len(palette), 3)]
    few.putpalette([side for tone in tones for side in (_WHITE if min(tone) >= _NEARLY_WHITE else tone)])
    return few


def _lossless(few: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    if kind == "PNG":
        few.save(file, kind, compress_level=_PNG_EFFORT)
    else:
        few.convert("RGB").save(file, kind, lossless=True, quality=0, method=_WEBP_EFFORT)
    return file.getvalue()


def _file(image: Image.Image, kind: str, quality: int) -> bytes:
    file = BytesIO()
    image.save(file, kind, quality=quality)
    return file.getvalue()
