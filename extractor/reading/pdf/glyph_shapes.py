"""Characters told by the shapes of their glyphs, where a font gives them no character but a bare code.

Programs that print a PDF to a PDF keep the letters and lose the quotes, dashes, bullets and pound signs: each becomes a
control character, by its code in the font. Only shapes that leave no doubt are named; all others stay as they are.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from ctypes import c_void_p
from typing import Any

import pypdfium2.raw as raw

from extractor.reading.pdf import pdfium
from extractor.reading.pdf.content import Frame
from extractor.reading.pdf.glyph_marks import Glyph, character_of

_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_EM, _MARGIN = 192, 3  # pixels: the type size at which a glyph is painted, and the edge around it
_MOST_GLYPHS = 24  # on a page: with more, whole fonts lack their characters, and signs alone would not mend it
_MOST_EMS = 2.0  # a wider or higher glyph is no sign
_STANDS_OFF = 48  # levels of three colours together: fainter differences are no ink
_UPRIGHT = 0.01  # of the type size


def read_by_shape(page: Any, text_page: c_void_p, text: str, frame: Frame) -> str:
    """Return a page's text with the characters that the shapes of their glyphs make certain; its length is the same.

    `frame` is that of a page that is not turned.
    """
    places = [found.start() for found in _NO_CHARACTER.finditer(text)]
    if not places:
        return text
    same = _by_glyph(text_page, text, places)
    if len(same) > _MOST_GLYPHS:
        return text
    letters = list(text)
    for alike in same:
        glyphs = [_glyph(page, text_page, place, frame) for place in {alike[0], alike[-1]}]
        character = _certain(glyphs, [text[place + 1 : place + 2] for place in alike])
        if character:
            for place in alike:
                letters[place] = character
    return "".join(letters)


def _by_glyph(text_page: c_void_p, text: str, places: Sequence[int]) -> list[list[int]]:
    """Return the places together where one code of one font stands."""
    same: dict[tuple[int | None, str], list[int]] = {}
    for place in places:
        owner = pdfium.char_object(text_page, place)
        if owner:
            same.setdefault((pdfium.text_font(c_void_p(owner)), text[place]), []).append(place)
    return list(same.values())


def _certain(glyphs: Sequence[Glyph | None], following: Sequence[str]) -> str | None:
    """Return the character that all places where a glyph could be painted agree on."""
    found = {character_of(glyph, following) for glyph in glyphs if glyph is not None}
    return found.pop() if len(found) == 1 else None


def _glyph(page: Any, text_page: c_void_p, index: int, frame: Frame) -> Glyph | None:
    """Return the ink of a character; None where its text is not upright or it has none."""
    item = c_void_p(pdfium.char_object(text_page, index))
    a, b, c, d = pdfium.char_matrix(text_page, index)
    size = pdfium.text_size(item) * d
    if size <= 0 or a <= 0 or max(abs(b), abs(c)) > _UPRIGHT * d:
        return None
    left, top, right, bottom = frame.box(*pdfium.glyph_box(text_page, index))
    if not (0 < right - left < _MOST_EMS * size and 0 < bottom - top < _MOST_EMS * size):
        return None
    scale = _EM / size
    x, y = round(left * scale) - _MARGIN, round(top * scale) - _MARGIN
    wide, high = round((right - left) * scale) + 2 * _MARGIN, round((bottom - top) * scale) + 2 * _MARGIN
    shown = _paint(page, frame, scale, (x, y, wide, high))
    pdfium.set_active(item, 0)
    bare = _paint(page, frame, scale, (x, y, wide, high))
    pdfium.set_active(item, 1)
    base = frame.point(*pdfium.char_origin(text_page, index))[1]
    return Glyph.trimmed(_ink(shown, bare, wide, high), (base * scale - y) / _EM, _EM)


def _paint(page: Any, frame: Frame, scale: float, window: tuple[int, int, int, int]) -> bytes:
    x, y, wide, high = window
    bitmap = raw.FPDFBitmap_CreateEx(wide, high, raw.FPDFBitmap_BGRx, None, 4 * wide)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        across, down = round(frame.width * scale), round(frame.height * scale)
        raw.FPDF_RenderPageBitmap(bitmap, page, -x, -y, across, down, 0, 0)
        return ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), raw.FPDFBitmap_GetStride(bitmap) * high)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _ink(shown: bytes, bare: bytes, wide: int, high: int) -> list[Sequence[bool]]:
    """Return the rows of pixels that differ by half of the greatest difference."""
    apart = [
        sum(abs(shown[place + part] - bare[place + part]) for part in range(3))
        for place in range(0, 4 * wide * high, 4)
    ]
    least = max(max(apart) / 2, _STANDS_OFF)
    return [[level >= least for level in apart[row * wide : (row + 1) * wide]] for row in range(high)]
