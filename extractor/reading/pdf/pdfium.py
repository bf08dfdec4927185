"""pdfium's functions as this program calls them: thin, quick, and the only place that knows their C types.

pypdfium2's own wrappers convert every argument and release the GIL, which costs more than the calls themselves. A bare
entry point takes handles as `c_void_p` and writes into buffers that are shared by all calls: pdfium is not thread-safe,
so threads take turns (`PdfFile`) anyway.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Container, Iterator
from ctypes import byref, c_double, c_float, c_int, c_uint, c_ulong, c_void_p
from itertools import repeat
from typing import Any, cast

import pypdfium2.raw as raw

from extractor.reading.pdf.compiled import READER, address_of

TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
SHADING = raw.FPDF_PAGEOBJ_SHADING
UNPAINTED = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FAINT = 26  # of 255: what lets more through than this is not seen
STROKED = (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
FILLED_AND_STROKED = (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)
LINE_END_HYPHEN = "\ufffe"  # pdfium's replacement for a hyphen, real or soft, at the end of a line

Sides = tuple[float, float, float, float]
# font, size and matrix, mode, colour; x and y of the first character's origin; left, bottom, right, top of the last
Piece = tuple[int | None, float, Sides, int, int | None, float, float, Sides]


def bare(name: str, result: Any = c_int) -> Callable[..., Any]:
    """Return pdfium's function without conversion of arguments: a third of the time of the wrapper's call."""
    return ctypes.PYFUNCTYPE(result)(address_of(name))


_rect, _matrix = raw.FS_RECTF(), raw.FS_MATRIX()
_rect_ref, _matrix_ref = byref(_rect), byref(_matrix)
_floats = [c_float() for _ in range(4)]
_float_refs = [byref(item) for item in _floats]
_point_refs = tuple(_float_refs[:2])
_rgba = [c_uint() for _ in range(4)]
_rgba_refs = [byref(item) for item in _rgba]
_x, _y = c_double(), c_double()
_x_ref, _y_ref = byref(_x), byref(_y)
_doubles = [c_double() for _ in range(4)]
_double_refs = [byref(item) for item in _doubles]
_ints = c_int(), c_int()
_int_refs = byref(_ints[0]), byref(_ints[1])

# One room for all that is asked about a piece of text, so that one look takes it out again: the origin; left, top,
# right, bottom; the matrix but for its shift; size; red, green, blue, alpha.
_told = struct.Struct("=2d4f4f8xf4I")
_room = ctypes.create_string_buffer(_told.size)
_told_x, _told_y, _told_box, _told_matrix, _told_size = (byref(_room, place) for place in (0, 8, 16, 32, 56))
_told_colour = tuple(byref(_room, 60 + 4 * part) for part in range(4))

# characters ----------------------------------------------------------------------------------------------------------

char_object = bare("FPDFText_GetTextObject", c_void_p)
_char_origin = bare("FPDFText_GetCharOrigin")
_char_box = bare("FPDFText_GetLooseCharBox")
_char_matrix = bare("FPDFText_GetMatrix")
_glyph_box = bare("FPDFText_GetCharBox")


def char_origin(text_page: c_void_p, index: int) -> tuple[float, float]:
    """Return x, y of the character's origin on the baseline."""
    _char_origin(text_page, index, _x_ref, _y_ref)
    return _x.value, _y.value


def char_box(text_page: c_void_p, index: int) -> Sides:
    """Return left, bottom, right, top of the character's advance and the font's height."""
    _char_box(text_page, index, _rect_ref)
    return _rect.left, _rect.bottom, _rect.right, _rect.top


def glyph_box(text_page: c_void_p, index: int) -> Sides:
    """Return left, bottom, right, top of the character's own glyph."""
    _glyph_box(text_page, index, *_double_refs)
    left, right, bottom, top = _doubles
    return left.value, bottom.value, right.value, top.value


def char_matrix(text_page: c_void_p, index: int) -> Sides:
    """Return a, b, c, d of the matrix of the character's text object."""
    _char_matrix(text_page, index, _matrix_ref)
    return _matrix.a, _matrix.b, _matrix.c, _matrix.d


def piece(text_page: c_void_p, item: c_void_p, first: int, last: int) -> Piece:
    """Return all about the characters from `first` to `last` that a text object draws."""
    _char_origin(text_page, first, _told_x, _told_y)
    _char_box(text_page, last, _told_box)
    _char_matrix(text_page, first, _told_matrix)
    _text_size(item, _told_size)
    mode = text_mode(item)
    plain = (_stroke_colour if mode in STROKED else _fill_colour)(item, *_told_colour)
    x, y, left, top, right, bottom, a, b, c, d, size, red, green, blue, alpha = _told.unpack_from(_room)
    colour = red << 16 | green << 8 | blue if plain and alpha >= _FAINT else None
    return text_font(item), size, (a, b, c, d), mode, colour, x, y, (left, bottom, right, top)


# objects -------------------------------------------------------------------------------------------------------------

_page_object = bare("FPDFPage_GetObject", c_void_p)
_form_object = bare("FPDFFormObj_GetObject", c_void_p)
_form_count = bare("FPDFFormObj_CountObjects")
_bounds = bare("FPDFPageObj_GetBounds")
_object_matrix = bare("FPDFPageObj_GetMatrix")
_fill_colour = bare("FPDFPageObj_GetFillColor")
_stroke_colour = bare("FPDFPageObj_GetStrokeColor")
_text_size = bare("FPDFTextObj_GetFontSize")
_stroke_width = bare("FPDFPageObj_GetStrokeWidth")
_draw_mode = bare("FPDFPath_GetDrawMode")
_path_segment = bare("FPDFPath_GetPathSegment", c_void_p)
_segment_point = bare("FPDFPathSegment_GetPoint")
_segment_type = bare("FPDFPathSegment_GetType")
_clip = bare("FPDFPageObj_GetClipPath", c_void_p)
_clip_count = bare("FPDFClipPath_CountPaths")
_clip_segments = bare("FPDFClipPath_CountPathSegments")
_clip_segment = bare("FPDFClipPath_GetPathSegment", c_void_p)

_object_type = bare("FPDFPageObj_GetType")
set_active = bare("FPDFPageObj_SetIsActive")
marked_content = bare("FPDFPageObj_GetMarkedContentID")
text_font = bare("FPDFTextObj_GetFont", c_void_p)
text_mode = bare("FPDFTextObj_GetTextRenderMode")
segment_count = bare("FPDFPath_CountSegments")


def page_objects(page: Any, texts: Container[int]) -> list[tuple[int, int]]:
    """Return the addresses of a page's objects in the order drawn, and their types; `texts` are known to be text."""
    handle = ctypes.cast(page, c_void_p)
    if READER is not None:
        return cast(list[tuple[int, int]], READER.objects(handle.value, False))
    return _typed(map(_page_object, repeat(handle), range(raw.FPDFPage_CountObjects(page))), texts)


def form_objects(form: c_void_p, texts: Container[int]) -> list[tuple[int, int]]:
    """Return the addresses of the objects within a form XObject, and their types; `texts` are known to be text."""
    if READER is not None:
        return cast(list[tuple[int, int]], READER.objects(form.value, True))
    return _typed(map(_form_object, repeat(form), map(c_ulong, range(max(_form_count(form), 0)))), texts)


def _typed(found: Iterator[int], texts: Container[int]) -> list[tuple[int, int]]:
    return [(address, TEXT if address in texts else _object_type(c_void_p(address))) for address in found]


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


def clip_key(address: int) -> tuple[int, ...]:
    """Return what tells an object's clip from others on its page; () where nothing is clipped."""
    if READER is not None:
        return cast(tuple[int, ...], READER.clip_key(address))
    clip = c_void_p(_clip(c_void_p(address)))
    paths = _clip_count(clip) if clip else 0
    return tuple(map(_clip_segment, repeat(clip, paths), range(paths), repeat(0))) if paths > 0 else ()


def clip_bounds(address: int) -> Sides | None:
    """Return left, bottom, right, top of what an object's clip leaves visible; None where nothing is clipped."""
    if READER is not None:
        return cast(Sides | None, READER.clip_bounds(address))
    clip = c_void_p(_clip(c_void_p(address)))
    found: Sides | None = None
    for number in range(max(_clip_count(clip), 0) if clip else 0):
        corners = [_point(_clip_segment(clip, number, index)) for index in range(_clip_segments(clip, number))]
        if corners:
            xs, ys = zip(*corners, strict=True)
            area = min(xs), min(ys), max(xs), max(ys)
            found = area if found is None else _common(found, area)
    return found


def clip_roughly(address: int, key: tuple[int, ...], known: dict[int, Sides]) -> Sides | None:
    """Return what `clip_bounds` does, or less: only two corners of each path are looked at.

    `key` is what `clip_key` gives; `known` keeps the paths of the page, many of which clip more objects than one.
    """
    if READER is not None:
        return clip_bounds(address)
    clip, found = c_void_p(_clip(c_void_p(address))), None
    for number, first in enumerate(key):
        if first and first not in known:
            (x0, y0), opposite = _point(first), _clip_segment(clip, number, 2)
            x1, y1 = _point(opposite) if opposite else (x0, y0)
            known[first] = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        if first:
            found = known[first] if found is None else _common(found, known[first])
    return found


def _common(one: Sides, other: Sides) -> Sides:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _pieces(segments: Iterator[int]) -> list[Sides]:
    pieces: list[list[tuple[float, float]]] = []
    for address in segments:
        if not pieces or _segment_type(c_void_p(address)) == raw.FPDF_SEGMENT_MOVETO:
            pieces.append([])
        pieces[-1].append(_point(address))
    sides = (tuple(zip(*piece, strict=True)) for piece in pieces)
    return [(min(xs), min(ys), max(xs), max(ys)) for xs, ys in sides]


def _point(segment: int) -> tuple[float, float]:
    _segment_point(c_void_p(segment), *_point_refs)
    return _floats[0].value, _floats[1].value
