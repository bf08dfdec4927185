"""pdfium's functions as this program calls them: thin, quick, and the only place that knows their C types.

pypdfium2's own wrappers convert every argument and release the GIL, which costs more than the calls themselves. A bare
entry point takes handles as `c_void_p` and writes into buffers that are shared by all calls: pdfium is not thread-safe,
so threads take turns (`PdfFile`) anyway.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from ctypes import byref, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from itertools import compress, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as raw

TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
SHADING = raw.FPDF_PAGEOBJ_SHADING
UNPAINTED = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FAINT = 26  # of 255: what lets more through than this is not seen
STROKED = (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
FILLED_AND_STROKED = (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)
LINE_END_HYPHEN = "\ufffe"  # pdfium's replacement for a hyphen, real or soft, at the end of a line
_ITALIC_FLAG, _BOLD_WEIGHT = 1 << 6, 600  # PDF 32000-1, 9.8.2; the CSS scale
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[-,_ ](bd|blk|medi(?!um))", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|oblique|[-,_ ]it$", re.IGNORECASE)
_GAP = re.compile("[ \\r\\n]")
_NO_NAME = re.compile(r"[A-Za-z]{0,3}\d*|CIDFont.*", re.IGNORECASE)

Sides = tuple[float, float, float, float]


def _bare(name: str, result: Any = c_int) -> Callable[..., Any]:
    """Return pdfium's function without conversion of arguments: a third of the time of the wrapper's call."""
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    return ctypes.PYFUNCTYPE(result)(address)  # type: ignore[arg-type]


_rect, _matrix = raw.FS_RECTF(), raw.FS_MATRIX()
_rect_ref, _matrix_ref = byref(_rect), byref(_matrix)
_floats = [c_float() for _ in range(4)]
_float_refs = [byref(item) for item in _floats]
_rgba = [c_uint() for _ in range(4)]
_rgba_refs = [byref(item) for item in _rgba]
_x, _y = c_double(), c_double()
_x_ref, _y_ref = byref(_x), byref(_y)
_ints = c_int(), c_int()
_int_refs = byref(_ints[0]), byref(_ints[1])
_name = ctypes.create_string_buffer(256)
_name_room, _name_size = c_ulong(256), c_ulong()
_name_size_ref = byref(_name_size)

# characters ----------------------------------------------------------------------------------------------------------

_char_object = _bare("FPDFText_GetTextObject", c_void_p)
_is_generated = _bare("FPDFText_IsGenerated")
_char_origin = _bare("FPDFText_GetCharOrigin")
_char_box = _bare("FPDFText_GetLooseCharBox")
_char_matrix = _bare("FPDFText_GetMatrix")


class Block(NamedTuple):
    """Characters of a page between which pdfium sees no gap, by index, and the text objects that draw them.

    `owners` names one object for all, or one for each character.
    """

    start: int
    end: int
    owners: list[int]


def characters(text_page: Any) -> tuple[str, list[Block]]:
    """Return the characters that pdfium sees, and their blocks; between these stand spaces and breaks it made up."""
    count = max(raw.FPDFText_CountChars(text_page), 0)
    handle = ctypes.cast(text_page, c_void_p)
    text = _text(text_page, count)
    gaps = [found.start() for found in _GAP.finditer(text)]
    blocks, start = [], 0
    for end in [*compress(gaps, map(_is_generated, repeat(handle), gaps)), count]:
        if end > start:
            blocks.append(Block(start, end, _owners(handle, start, end)))
        start = end + 1
    return text, blocks


def _owners(handle: c_void_p, start: int, end: int) -> list[int]:
    """Return the objects of a block; the ends tell when it is one, since an object's characters follow each other."""
    first, last = _char_object(handle, start), _char_object(handle, end - 1)
    if first and first == last:
        return [first]
    return [owner or 0 for owner in map(_char_object, repeat(handle), range(start, end))]


def _text(text_page: Any, count: int) -> str:
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer) if count else 0
    text = memoryview(buffer)[: max(written - 1, 0)].tobytes().decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text
    # characters outside the basic plane or without a code shift the indices: ask for each
    codes = map(raw.FPDFText_GetUnicode, repeat(text_page), range(count))
    return "".join(chr(code) if code else "\ufffd" for code in codes).replace("\x02", LINE_END_HYPHEN)


def char_origin(text_page: c_void_p, index: int) -> tuple[float, float]:
    """Return x, y of the character's origin on the baseline."""
    _char_origin(text_page, index, _x_ref, _y_ref)
    return _x.value, _y.value


def char_box(text_page: c_void_p, index: int) -> Sides:
    """Return left, bottom, right, top of the character's advance and the font's height."""
    _char_box(text_page, index, _rect_ref)
    return _rect.left, _rect.bottom, _rect.right, _rect.top


def char_matrix(text_page: c_void_p, index: int) -> Sides:
    """Return a, b, c, d of the matrix of the character's text object."""
    _char_matrix(text_page, index, _matrix_ref)
    return _matrix.a, _matrix.b, _matrix.c, _matrix.d


# objects -------------------------------------------------------------------------------------------------------------

_page_object = _bare("FPDFPage_GetObject", c_void_p)
_form_object = _bare("FPDFFormObj_GetObject", c_void_p)
_form_count = _bare("FPDFFormObj_CountObjects")
_bounds = _bare("FPDFPageObj_GetBounds")
_object_matrix = _bare("FPDFPageObj_GetMatrix")
_fill_colour = _bare("FPDFPageObj_GetFillColor")
_stroke_colour = _bare("FPDFPageObj_GetStrokeColor")
_text_size = _bare("FPDFTextObj_GetFontSize")
_stroke_width = _bare("FPDFPageObj_GetStrokeWidth")
_draw_mode = _bare("FPDFPath_GetDrawMode")
_path_segment = _bare("FPDFPath_GetPathSegment", c_void_p)
_segment_point = _bare("FPDFPathSegment_GetPoint")
_segment_type = _bare("FPDFPathSegment_GetType")
_clip = _bare("FPDFPageObj_GetClipPath", c_void_p)
_clip_count = _bare("FPDFClipPath_CountPaths")
_clip_segments = _bare("FPDFClipPath_CountPathSegments")
_clip_segment = _bare("FPDFClipPath_GetPathSegment", c_void_p)

object_type = _bare("FPDFPageObj_GetType")
set_active = _bare("FPDFPageObj_SetIsActive")
marked_content = _bare("FPDFPageObj_GetMarkedContentID")
text_font = _bare("FPDFTextObj_GetFont", c_void_p)
text_mode = _bare("FPDFTextObj_GetTextRenderMode")
segment_count = _bare("FPDFPath_CountSegments")


def page_objects(page: Any) -> Iterator[int]:
    """Return the addresses of a page's objects in the order drawn."""
    return map(_page_object, repeat(ctypes.cast(page, c_void_p)), range(raw.FPDFPage_CountObjects(page)))


def form_objects(form: c_void_p) -> Iterator[int]:
    """Return the addresses of the objects within a form XObject."""
    return map(_form_object, repeat(form), map(c_ulong, range(max(_form_count(form), 0))))


def bounds(item: c_void_p) -> Sides:
    """Return left, bottom, right, top of an object, in the coordinates of the page or form it belongs to."""
    _bounds(item, *_float_refs)
    left, bottom, right, top = _floats
    return left.value, bottom.value, right.value, top.value


def object_matrix(item: c_void_p) -> tuple[float, ...]:
    """Return the six numbers of an object's own matrix."""
    _object_matrix(item, _matrix_ref)
    return _matrix.a, _matrix.b, _matrix.c, _matrix.d, _matrix.e, _matrix.f


def fill_colour(item: c_void_p) -> int | None:
    """Return 0xRRGGBB; None where the fill is transparent or no plain colour."""
    return _colour() if _fill_colour(item, *_rgba_refs) else None


def stroke_colour(item: c_void_p) -> int | None:
    """Return 0xRRGGBB; None where the stroke is transparent or no plain colour."""
    return _colour() if _stroke_colour(item, *_rgba_refs) else None


def _colour() -> int | None:
    red, green, blue, alpha = _rgba
    return red.value << 16 | green.value << 8 | blue.value if alpha.value >= _FAINT else None


def text_size(item: c_void_p) -> float:
    """Return the size of a text object's type before its matrix."""
    _text_size(item, _float_refs[0])
    return float(_floats[0].value)


def stroke_width(item: c_void_p) -> float:
    """Return the breadth of a path's stroke before its matrix."""
    _stroke_width(item, _float_refs[0])
    return float(_floats[0].value)


def paints(item: c_void_p) -> tuple[bool, bool]:
    """Tell whether a path is filled and whether it is stroked."""
    _draw_mode(item, *_int_refs)
    return _ints[0].value != 0, _ints[1].value != 0


def path_pieces(item: c_void_p) -> list[Sides]:
    """Return left, bottom, right, top of each part of a path that was begun by a move, in the path's coordinates."""
    return _pieces(_path_segment(item, index) for index in range(segment_count(item)))


def clip_key(item: c_void_p) -> tuple[int, ...]:
    """Return what tells an object's clip from others on its page; () where nothing is clipped."""
    clip = c_void_p(_clip(item))
    count = _clip_count(clip) if clip else 0
    return tuple(map(_clip_segment, repeat(clip, count), range(count), repeat(0))) if count > 0 else ()


def clip_bounds(item: c_void_p) -> Sides | None:
    """Return left, bottom, right, top of what an object's clip leaves visible; None where nothing is clipped."""
    clip = c_void_p(_clip(item))
    found: Sides | None = None
    for number in range(max(_clip_count(clip), 0) if clip else 0):
        pieces = _pieces(_clip_segment(clip, number, index) for index in range(max(_clip_segments(clip, number), 0)))
        if pieces:
            left, bottom, right, top = zip(*pieces, strict=True)
            area = min(left), min(bottom), max(right), max(top)
            found = area if found is None else _common(found, area)
    return found


def _common(one: Sides, other: Sides) -> Sides:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _pieces(segments: Iterator[int]) -> list[Sides]:
    pieces: list[list[tuple[float, float]]] = []
    for address in segments:
        segment = c_void_p(address)
        _segment_point(segment, _float_refs[0], _float_refs[1])
        if not pieces or _segment_type(segment) == raw.FPDF_SEGMENT_MOVETO:
            pieces.append([])
        pieces[-1].append((_floats[0].value, _floats[1].value))
    sides = (tuple(zip(*piece, strict=True)) for piece in pieces)
    return [(min(xs), min(ys), max(xs), max(ys)) for xs, ys in sides]


# names ---------------------------------------------------------------------------------------------------------------

_font_name = _bare("FPDFFont_GetBaseFontName", c_size_t)
_font_weight = _bare("FPDFFont_GetWeight")
_font_flags = _bare("FPDFFont_GetFlags")
_italic_angle = _bare("FPDFFont_GetItalicAngle")
_mark_count = _bare("FPDFPageObj_CountMarks")
_mark = _bare("FPDFPageObj_GetMark", c_void_p)
_mark_name = _bare("FPDFPageObjMark_GetName")
_element_type = _bare("FPDF_StructElement_GetType", c_ulong)
_element_count = _bare("FPDF_StructElement_CountChildren")
_element_child = _bare("FPDF_StructElement_GetChildAtIndex", c_void_p)
_element_mark = _bare("FPDF_StructElement_GetChildMarkedContentID")


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
    slanted = _italic_angle(font, _int_refs[0]) and _ints[0].value != 0
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
