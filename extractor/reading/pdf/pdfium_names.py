"""pdfium's functions for names: of fonts, of marked content and structure elements, of anything in UTF-16."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from ctypes import byref, c_int, c_size_t, c_ulong, c_void_p
from itertools import repeat
from typing import Any

from extractor.reading.pdf.pdfium import bare

_ITALIC_FLAG, _BOLD_WEIGHT = 1 << 6, 600  # PDF 32000-1, 9.8.2; the CSS scale
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[-,_ ](bd|blk|medi(?!um))", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|oblique|[-,_ ]it$", re.IGNORECASE)
_NO_NAME = re.compile(r"[A-Za-z]{0,3}\d*|CIDFont.*", re.IGNORECASE)
_EMPTY = 2  # bytes of an empty UTF-16 text

_name = ctypes.create_string_buffer(256)
_name_room, _name_size = c_ulong(256), c_ulong()
_name_size_ref = byref(_name_size)
_angle = c_int()

_font_name = bare("FPDFFont_GetBaseFontName", c_size_t)
_font_weight = bare("FPDFFont_GetWeight")
_font_flags = bare("FPDFFont_GetFlags")
_italic_angle = bare("FPDFFont_GetItalicAngle")
_mark_count = bare("FPDFPageObj_CountMarks")
_mark = bare("FPDFPageObj_GetMark", c_void_p)
_mark_name = bare("FPDFPageObjMark_GetName")
_element_type = bare("FPDF_StructElement_GetType", c_ulong)
_element_count = bare("FPDF_StructElement_CountChildren")
_element_child = bare("FPDF_StructElement_GetChildAtIndex", c_void_p)
_element_mark = bare("FPDF_StructElement_GetChildMarkedContentID")


def describe_font(font: c_void_p) -> tuple[str, bool, bool]:
    """Return a font's name without its subset prefix, and whether it is bold and italic.

    Names are believed: the weight that pdfium works out from the breadth of the stems says 700 for the plain type of
    files from Ghostscript. Only a name that says nothing (`F1`, `CIDFont+F2`) leaves the question to the weight.
    """
    _font_name(font, _name, c_size_t(256))
    name = _name.value.decode("utf-8", "replace").split("+", 1)[-1]
    bold = _BOLD_NAME.search(name) is not None
    if not bold and _NO_NAME.fullmatch(name):
        bold = _font_weight(font) >= _BOLD_WEIGHT
    slanted = _italic_angle(font, byref(_angle)) and _angle.value != 0
    italic = slanted or _font_flags(font) & _ITALIC_FLAG or _ITALIC_NAME.search(name)
    return name, bold, bool(italic)


def mark_names(item: c_void_p) -> Iterator[str]:
    """Yield the names of the marked-content sequences an object stands in, without those of the structure tree."""
    for index in range(max(_mark_count(item), 0)):
        _mark_name(c_void_p(_mark(item, c_ulong(index))), _name, _name_room, _name_size_ref)
        yield _wide(_name_size.value)


def element_type(element: c_void_p) -> str:
    """Return a structure element's standard type, e.g. `P`."""
    return _wide(_element_type(element, _name, _name_room))


def element_children(element: c_void_p) -> list[int]:
    """Return the addresses of the elements below an element, without those of other pages."""
    return list(filter(None, map(_element_child, repeat(element), range(_element_count(element)))))


def element_marks(element: c_void_p) -> list[int]:
    """Return the marked-content ids that belong to the element itself."""
    return [mark for mark in map(_element_mark, repeat(element), range(_element_count(element))) if mark >= 0]


def _wide(size: int) -> str:
    """Return the UTF-16 name of `size` bytes, its end mark included, that the last call wrote; "" when too long."""
    return _name.raw[: size - 2].decode("utf-16-le", "replace") if 2 < size <= len(_name) else ""


def wide_text(call: Callable[..., int], *arguments: Any) -> str:
    """Return the UTF-16 text that a pdfium function writes into a buffer of the size it asked for."""
    size = call(*arguments, None, 0)
    if size <= _EMPTY:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    call(*arguments, buffer, size)
    return bytes(buffer)[: size - _EMPTY].decode("utf-16-le", "replace")
