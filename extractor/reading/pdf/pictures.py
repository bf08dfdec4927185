"""Pictures of text: does a picture on a page hold lines of print, which no reader of the page's text would see?"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Mapping
from ctypes import byref, c_uint, c_void_p
from itertools import groupby
from typing import Any, cast

import pypdfium2.raw as raw

from extractor.reading.pdf.compiled import READER
from extractor.reading.pdf.content import Drawing

_LEAST_WIDTH, _LEAST_HEIGHT = 150.0, 30.0  # points: a smaller picture is a logo or an icon
_PAGE_WIDE = 0.5  # share of the page: such a picture is a scan, which is said of the page
_DARK = 64  # levels of 255 from the ground to what counts as ink
_FEWEST_LINES = 2  # lines of print below each other
_SHORTEST, _TALLEST = 3.0, 22.0  # points: the height of a line's ink
_STROKES_A_POINT = 0.22  # changes from ground to ink across a line: print has one for every letter at least
_LINE_WIDTH = 0.4  # of the picture's width
_WIDEST_BLANK = 14.0  # points: a line with a wider one is the labels of a drawing
_ENOUGH = 1.6  # pixels a point that part the letters of 8-point type; of more, some are passed over
_PAPER = 255  # the level of most grounds
_GREEN = 1  # the channel that stands for the brightness of a pixel

Sides = tuple[float, float, float, float]
Seen = dict[tuple[int, int, int], bool]  # by width, height and bytes of a picture: is it print?


def pictures_of_text(images: Mapping[int, Sides], drawing: Drawing, seen: Seen) -> list[Sides]:
    """Return the places of the images (by address, on the upright page) that hold lines of print.

    `seen` remembers the pictures of the document, since many stand on every page.
    """
    most = _PAGE_WIDE * drawing.width * drawing.height
    found = []
    for address, (x0, top, x1, bottom) in images.items():
        wide, high = x1 - x0, bottom - top
        if wide >= _LEAST_WIDTH and high >= _LEAST_HEIGHT and wide * high < most:
            item = ctypes.cast(c_void_p(address), raw.FPDF_PAGEOBJECT)
            key = _key(item)
            if key not in seen:
                step = max(int(key[0] / wide / _ENOUGH), 1)
                seen[key] = _is_print(_rows(item, step), key[0] / wide / step, key[1] / high / step)
            if seen[key]:
                found.append((x0, top, x1, bottom))
    return found


def _key(item: Any) -> tuple[int, int, int]:
    wide, high = c_uint(), c_uint()
    raw.FPDFImageObj_GetImagePixelSize(item, byref(wide), byref(high))
    return wide.value, high.value, raw.FPDFImageObj_GetImageDataRaw(item, None, 0)


def _rows(item: Any, step: int) -> list[bytes]:
    """Return every `step`th row of a picture's pixels, one byte for each `step`th; none when it cannot be unpacked."""
    bitmap = raw.FPDFImageObj_GetBitmap(item)
    if not bitmap:
        return []
    try:
        stride, high = raw.FPDFBitmap_GetStride(bitmap), raw.FPDFBitmap_GetHeight(bitmap)
        size = {raw.FPDFBitmap_Gray: 1, raw.FPDFBitmap_BGR: 3}.get(raw.FPDFBitmap_GetFormat(bitmap), 4)
        first = raw.FPDFBitmap_GetBuffer(bitmap)
        used = raw.FPDFBitmap_GetWidth(bitmap) * size
        if READER is not None:
            return cast(list[bytes], READER.rows(first, stride, high, step, used, _GREEN % size, step * size))
        view = memoryview((ctypes.c_ubyte * (stride * high)).from_address(first)).cast("B")
        pixels = (bytes(view[row : row + used]) for row in range(0, stride * high, step * stride))
        return list(_once(pixels, lambda row: row[_GREEN % size :: step * size]))
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _once(rows: Iterable[bytes], change: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """Change rows; the many of a chart that are as the row before give the same bytes again."""
    before, changed = b"", b""
    for row in rows:
        if row != before:
            before, changed = row, change(row)
        yield changed


def _is_print(rows: list[bytes], across: float, down: float) -> bool:
    """Tell whether bands of ink have as many strokes as lines of print; `across` and `down` are pixels a point."""
    sample = b"".join(rows[:: len(rows) // 8 + 1])
    on_paper = 2 * sample.count(_PAPER) > len(sample)
    ground = _PAPER if on_paper else max(set(sample), key=sample.count, default=0)
    darker, lighter = max(ground - _DARK + 1, 0), max(256 - ground - _DARK, 0)
    to_ink = b"\1" * darker + bytes(256 - darker - lighter) + b"\1" * lighter
    lines = 0
    for band in _bands(_once(rows, lambda row: row.translate(to_ink))):
        printed = _SHORTEST * down <= len(band) <= _TALLEST * down and _is_line(band, across)
        lines = lines + 1 if printed else 0
        if lines >= _FEWEST_LINES:
            return True
    return False


def _bands(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    for inked, band in groupby(rows, key=lambda row: 1 in row):
        if inked:
            yield list(band)


def _is_line(band: list[bytes], across: float) -> bool:
    band = list(set(band))  # the many rows of a chart that are alike are counted once
    strokes, shortest = max(row.count(b"\0\1") for row in band), _LINE_WIDTH * len(band[0])
    if strokes < _STROKES_A_POINT * shortest / across:
        return False
    union = _union(band)
    first, last = union.find(1), union.rfind(1) + 1
    wide = last - first
    if wide < shortest or strokes < _STROKES_A_POINT * wide / across:
        return False
    return max(map(len, union[first:last].split(b"\1"))) <= _WIDEST_BLANK * across


def _union(band: list[bytes]) -> bytes:
    """Return where any of the rows has ink."""
    ink = 0
    for row in band:
        ink |= int.from_bytes(row, "big")
    return ink.to_bytes(len(band[0]), "big")
