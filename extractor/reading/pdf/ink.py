"""Does a word leave any ink? The page is painted with the doubtful text and without it, and the pixels are compared."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from ctypes import c_void_p
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from extractor.reading.pdf import pdfium
from extractor.reading.pdf.content import Drawing

_SCALE = 2.0  # pixels a point: the strokes of 6-point type are still a pixel wide
_MOST_PIXELS = 6_000_000  # three A4 pages at that scale; larger pages are painted smaller
_STANDS_OFF = 20  # levels of 255: a difference that the eye can see
_LETTERS, _POINTS = 0.03, 0.004  # share of a word's area that its ink covers at least; of dots and dashes
_MIDDLE_FIRST = (0.5, 0.6, 0.7, 0.4, 0.8, 0.3)  # of a word's height from its top: rows where there is most ink


class Word(NamedTuple):
    """Characters of a page by index, `start` to `end`, where they stand on the upright page, and their kind."""

    start: int
    end: int
    area: tuple[float, float, float, float]
    spelt: bool  # has letters or digits


class Painted(NamedTuple):
    """A part of a page as pixels, by its sides in pixels of the page: rows of `stride` bytes, four for each pixel."""

    left: int
    top: int
    right: int
    bottom: int
    stride: int
    pixels: bytes

    def row(self, number: int, first: int, last: int) -> bytes:
        """Return the pixels `first` to `last` of a row of the page."""
        start = (number - self.top) * self.stride - 4 * self.left
        return self.pixels[start + 4 * first : start + 4 * last]


def without_ink(page: Any, drawing: Drawing, words: Sequence[Word], objects: Iterable[int]) -> list[Word]:
    """Return the words that the page shows no differently when these of its objects are not painted."""
    scale = min(_SCALE, (_MOST_PIXELS / max(drawing.width * drawing.height, 1.0)) ** 0.5)
    size = max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale))
    areas = [_pixels(word, scale, size) for word in words]
    x0s, tops, x1s, bottoms = zip(*areas, strict=True) if areas else ((0,),) * 4
    part = min(x0s), min(tops), max(x1s), max(bottoms)
    if part[2] <= part[0] or part[3] <= part[1]:
        return list(words)
    addresses = list(map(c_void_p, objects))
    shown = _paint(page, size, part)
    for item in addresses:
        pdfium.set_active(item, 0)
    bare = _paint(page, size, part)
    for item in addresses:
        pdfium.set_active(item, 1)
    placed = zip(words, areas, strict=True)
    return [word for word, area in placed if not _has_ink(word, area, scale, shown, bare)]


def _pixels(word: Word, scale: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the sides of a word in pixels, cut at those of the page."""
    x0, top, x1, bottom = (int(side * scale) for side in word.area)
    return max(x0, 0), max(top, 0), min(x1 + 1, size[0]), min(bottom + 1, size[1])


def _paint(page: Any, size: tuple[int, int], part: tuple[int, int, int, int]) -> Painted:
    """Paint a part of a page of this size, all in pixels."""
    left, top, right, bottom = part
    wide, high = right - left, bottom - top
    bitmap = raw.FPDFBitmap_CreateEx(wide, high, raw.FPDFBitmap_BGRx, None, 0)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, -left, -top, *size, 0, 0)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        return Painted(*part, stride, ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * high))
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _has_ink(word: Word, pixels: tuple[int, int, int, int], scale: float, shown: Painted, bare: Painted) -> bool:
    x0, top, x1, bottom = (side * scale for side in word.area)
    needed = (_LETTERS if word.spelt else _POINTS) * (x1 - x0) * (bottom - top)
    first, highest, last, lowest = pixels
    rows = range(highest, lowest)
    if last <= first or not rows:
        return False
    ink = 0
    for row in _middle_first(rows):
        ink += _differing(shown.row(row, first, last), bare.row(row, first, last))
        if ink > needed:
            return True
    return False


def _middle_first(rows: range) -> Iterable[int]:
    likely = dict.fromkeys(rows[int(share * len(rows))] for share in _MIDDLE_FIRST)
    yield from likely
    yield from (row for row in rows if row not in likely)


def _differing(one: bytes, other: bytes) -> int:
    """Return how many pixels of two rows can be told apart."""
    if one == other:
        return 0
    apart = {place >> 2 for place, (a, b) in enumerate(zip(one, other, strict=True)) if abs(a - b) >= _STANDS_OFF}
    return len(apart)
