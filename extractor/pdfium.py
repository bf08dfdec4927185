"""Raw calls into pdfium: what a PDF page draws, in the order it is drawn.

pypdfium2 exposes pdfium's C functions; this module is the only one that calls them. Nobody's ready-made page text is
used, since every engine's damages hyphens at line ends. One call is made for each character (which text object drew
it?), about a dozen for each stretch of text. pdfium is not thread-safe: one process reads one file at a time.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Callable, Iterator
from ctypes import byref, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from itertools import groupby, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as raw

TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
META_KEYS = ("Title", "Subject", "Author", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
LINE_END_HYPHEN = "\ufffe"  # pdfium's replacement for a hyphen, real or soft, at the end of a line
_DEEPEST_FORM = 8


def _bare(name: str, result: Any = c_int) -> Callable[..., Any]:
    """Return pdfium's function without conversion of arguments or release of the GIL: a third of the time per call."""
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    return ctypes.PYFUNCTYPE(result)(address)  # type: ignore[arg-type]


_char_object = _bare("FPDFText_GetTextObject", c_void_p)
_char_origin = _bare("FPDFText_GetCharOrigin")
_char_box = _bare("FPDFText_GetLooseCharBox")
_char_matrix = _bare("FPDFText_GetMatrix")
_page_object = _bare("FPDFPage_GetObject", c_void_p)
_form_object = _bare("FPDFFormObj_GetObject", c_void_p)
_form_count = _bare("FPDFFormObj_CountObjects")
_object_type = _bare("FPDFPageObj_GetType")
_object_bounds = _bare("FPDFPageObj_GetBounds")
_object_matrix = _bare("FPDFPageObj_GetMatrix")
_object_fill = _bare("FPDFPageObj_GetFillColor")
_object_stroke = _bare("FPDFPageObj_GetStrokeColor")
_object_mark = _bare("FPDFPageObj_GetMarkedContentID")
_set_active = _bare("FPDFPageObj_SetIsActive")
_text_font = _bare("FPDFTextObj_GetFont", c_void_p)
_text_size = _bare("FPDFTextObj_GetFontSize")
_text_mode = _bare("FPDFTextObj_GetTextRenderMode")
_path_mode = _bare("FPDFPath_GetDrawMode")
_path_segments = _bare("FPDFPath_CountSegments")
_stroke_width = _bare("FPDFPageObj_GetStrokeWidth")


class UnreadablePdf(Exception):
    """pdfium cannot open the file; `reason` is `password` or `damaged`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Face(NamedTuple):
    """How a text object is set. `quarter` counts quarter turns of the text in the file's own coordinates."""

    font: str
    size: float
    bold: bool
    italic: bool
    colour: int
    invisible: bool
    tag: str | None
    quarter: int


class Stretch(NamedTuple):
    """Characters of one text object that follow one another, measured on the page turned so that they read upright."""

    text: str
    x0: float
    x1: float
    base: float  # of the first character, down from the top
    blank: bool  # a space stands before it
    face: Face


class Shape(NamedTuple):
    """The rectangle around a painted path; `fill` and `edge` are 0xRRGGBB or None."""

    x0: float
    top: float
    x1: float
    bottom: float
    fill: int | None
    edge: int | None


class Drawing(NamedTuple):
    """One page: its size when upright, and what is drawn on it in order."""

    width: float
    height: float
    quarter: int  # of the page's own rotation
    stretches: list[Stretch]
    shapes: list[Shape]
    pictures: list[tuple[float, float, float, float]]
    text: str  # every character pdfium found, for a judgment on its readability


class Raster(NamedTuple):
    """A painted page: rows of `stride` bytes, four for each pixel: blue, green, red, nothing."""

    width: int
    height: int
    stride: int
    pixels: bytes


class Frame:
    """The map from a page's own coordinates to points from the top left, after `quarter` clockwise quarter turns."""

    def __init__(self, left: float, bottom: float, right: float, top: float, quarter: int) -> None:
        across, down = right - left, top - bottom
        self.width, self.height = (down, across) if quarter % 2 else (across, down)
        self.ax, self.bx, self.cx, self.ay, self.by, self.cy = (
            (1, 0, -left, 0, -1, top),
            (0, 1, -bottom, 1, 0, -left),
            (-1, 0, right, 0, 1, -bottom),
            (0, -1, top, -1, 0, right),
        )[quarter]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where the page's own point (x, y) stands."""
        return self.ax * x + self.bx * y + self.cx, self.ay * x + self.by * y + self.cy


class PdfiumDocument:
    """An open PDF; use as a context manager.

    Raises:
        UnreadablePdf: the bytes are no PDF that pdfium can open, or need a password.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data  # pdfium reads from it until the document is closed
        self._handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._handle:
            locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise UnreadablePdf("password" if locked else "damaged")
        self.page_count: int = raw.FPDF_GetPageCount(self._handle)
        self.tagged = bool(raw.FPDFCatalog_IsTagged(self._handle))
        self._fonts: dict[int, tuple[str, bool, bool]] = {}

    def __enter__(self) -> PdfiumDocument:
        return self

    def __exit__(self, *error: object) -> None:
        raw.FPDF_CloseDocument(self._handle)

    def meta(self) -> dict[str, str]:
        """Return the document's properties that are not empty."""
        found = {key: _wide_text(raw.FPDF_GetMetaText, self._handle, key.encode()) for key in META_KEYS}
        return {key: value.strip() for key, value in found.items() if value.strip()}

    def draw(self, number: int) -> Drawing | None:
        """Return what page `number` (from 1) draws; None when the page is damaged."""
        page = raw.FPDF_LoadPage(self._handle, number - 1)
        if not page:
            return None
        try:
            return _PageReader(page, self._fonts, self.tagged).drawing()
        finally:
            raw.FPDF_ClosePage(page)

    def page_size(self, number: int) -> tuple[float, float] | None:
        """Return width and height of page `number` (from 1) in points, upright; None when there is no such page."""
        size = raw.FS_SIZEF()
        found = 0 < number <= self.page_count and raw.FPDF_GetPageSizeByIndexF(self._handle, number - 1, byref(size))
        return (size.width, size.height) if found else None

    def render(self, number: int, scale: float) -> Raster | None:
        """Return page `number` (from 1) painted at `scale` pixels a point; None when the page is damaged."""
        page = raw.FPDF_LoadPage(self._handle, number - 1)
        if not page:
            return None
        try:
            wide = max(1, round(raw.FPDF_GetPageWidthF(page) * scale))
            high = max(1, round(raw.FPDF_GetPageHeightF(page) * scale))
            return _painted(page, wide, high)
        finally:
            raw.FPDF_ClosePage(page)


def _painted(page: Any, wide: int, high: int) -> Raster:
    bitmap = raw.FPDFBitmap_CreateEx(wide, high, raw.FPDFBitmap_BGRx, None, 0)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, raw.FPDF_ANNOT)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        return Raster(wide, high, stride, ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * high))
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


class _PageReader:
    """The reading of one loaded page."""

    def __init__(self, page: Any, fonts: dict[int, tuple[str, bool, bool]], tagged: bool) -> None:
        self._page = page
        self._fonts = fonts
        self._tags = _structure_tags(page) if tagged else {}
        self._tagged = tagged
        area = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, byref(area))
        sides = area.left, area.bottom, area.right, area.top
        self._frames = [Frame(*sides, quarter) for quarter in range(4)]
        self._quarter: int = raw.FPDFPage_GetRotation(page) % 4
        self._upright = self._frames[self._quarter]
        self._order: dict[int, int] = {}  # text objects, in the order drawn
        self._blanks: list[int] = []  # places in that order of objects that hold only spaces
        self._unseen: list[int] = []  # text objects with ink whose characters pdfium leaves out: drawn twice
        self._shapes: list[Shape] = []
        self._pictures: list[tuple[float, float, float, float]] = []
        self._rect, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._floats = [c_float() for _ in range(4)]
        self._colour = [c_uint() for _ in range(4)]
        self._x, self._y = c_double(), c_double()
        self._size, self._fill_mode, self._stroked = c_float(), c_int(), c_int()
        self._rect_ref, self._matrix_ref = byref(self._rect), byref(self._matrix)
        self._float_refs = [byref(item) for item in self._floats]
        self._colour_refs = [byref(item) for item in self._colour]
        self._origin_refs = byref(self._x), byref(self._y)

    def drawing(self) -> Drawing:
        text_page = raw.FPDFText_LoadPage(self._page)
        try:
            handle = ctypes.cast(text_page, c_void_p)
            count = max(raw.FPDFText_CountChars(text_page), 0)
            text = _page_text(text_page, count)
            owners: list[int | None] = list(map(_char_object, repeat(handle), range(count)))
            self._walk(self._top_objects(), set(owners), ())
            stretches = self._stretches(handle, text, owners)
        finally:
            raw.FPDFText_ClosePage(text_page)
        upright = self._upright
        return Drawing(upright.width, upright.height, self._quarter, stretches, self._shapes, self._pictures, text)

    # objects ---------------------------------------------------------------------------------------------------------

    def _top_objects(self) -> Iterator[int]:
        page = ctypes.cast(self._page, c_void_p)
        return map(_page_object, repeat(page), range(raw.FPDFPage_CountObjects(self._page)))

    def _walk(self, objects: Iterator[int], seen: set[int | None], forms: tuple[tuple[float, ...], ...]) -> None:
        """Note text objects, painted paths and pictures, also those within form XObjects (`forms`: their matrices)."""
        for address in objects:
            item = c_void_p(address)
            kind = _object_type(item)
            if kind == TEXT:
                place = self._order[address] = len(self._order) + 1
                if address not in seen:
                    self._note_unseen(item, place)
            elif kind == PATH:
                self._note_path(item, forms)
            elif kind == IMAGE:
                self._pictures.append(self._bounds(item, forms))
            elif kind == FORM and len(forms) < _DEEPEST_FORM:
                _object_matrix(item, self._matrix_ref)
                m = self._matrix
                inner = map(_form_object, repeat(item), map(c_ulong, range(max(_form_count(item), 0))))
                self._walk(inner, seen, ((m.a, m.b, m.c, m.d, m.e, m.f), *forms))

    def _note_unseen(self, item: c_void_p, place: int) -> None:
        _object_bounds(item, *self._float_refs)
        left, _, right, _ = self._floats
        if right.value - left.value < 0.01:
            self._blanks.append(place)
        elif item.value:
            self._unseen.append(item.value)

    def _bounds(self, item: c_void_p, forms: tuple[tuple[float, ...], ...] = ()) -> tuple[float, float, float, float]:
        _object_bounds(item, *self._float_refs)
        x0, y0, x1, y1 = (side.value for side in self._floats)
        for a, b, c, d, e, f in forms:
            xs = (a * x0 + c * y0 + e, a * x1 + c * y1 + e, a * x0 + c * y1 + e, a * x1 + c * y0 + e)
            ys = (b * x0 + d * y0 + f, b * x1 + d * y1 + f, b * x0 + d * y1 + f, b * x1 + d * y0 + f)
            x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        u0, v0 = self._upright.point(x0, y0)
        u1, v1 = self._upright.point(x1, y1)
        return min(u0, u1), min(v0, v1), max(u0, u1), max(v0, v1)

    def _note_path(self, item: c_void_p, forms: tuple[tuple[float, ...], ...]) -> None:
        _path_mode(item, byref(self._fill_mode), byref(self._stroked))
        fill = self._paint(_object_fill, item) if self._fill_mode.value else None
        edge = self._paint(_object_stroke, item) if self._stroked.value else None
        if fill is not None or edge is not None:
            self._shapes.append(Shape(*self._bounds(item, forms), fill, edge))

    def _paint(self, colour_of: Callable[..., int], item: c_void_p) -> int | None:
        """Return the colour 0xRRGGBB, or None where it cannot be seen."""
        if not colour_of(item, *self._colour_refs):
            return None
        red, green, blue, alpha = (part.value for part in self._colour)
        return red << 16 | green << 8 | blue if alpha else None

    # text ------------------------------------------------------------------------------------------------------------

    def _stretches(self, handle: c_void_p, text: str, owners: list[int | None]) -> list[Stretch]:
        doubled = self._doubled(owners)
        stretches: list[Stretch] = []
        hyphens: list[tuple[int, int]] = []
        place, blank, end, last = 0, False, 0, None
        face, frame = _NO_FACE, self._upright
        for owner, group in groupby(owners):
            start, end = end, end + sum(1 for _ in group)
            if owner is None:  # a space or line break that pdfium made up
                blank = blank or " " in text[start:end]
                continue
            if owner != last:
                last = owner
                face = self._face(handle, start, c_void_p(owner), owner in doubled)
                frame = self._frames[face.quarter]
                before, place = place, self._order.get(owner, 0)
                blank = blank or self._blank_between(before, place)
            words = text[start:end]
            if LINE_END_HYPHEN in words:
                hyphens.append((len(stretches), owner))
            stretches.append(self._measured(handle, start, end, words, blank, face, frame))
            blank = False
        for index, owner in hyphens:
            mark = self._hyphen(owner)
            stretches[index] = stretches[index]._replace(text=stretches[index].text.replace(LINE_END_HYPHEN, mark))
        return stretches

    def _measured(
        self, handle: c_void_p, start: int, end: int, words: str, blank: bool, face: Face, frame: Frame
    ) -> Stretch:
        _char_origin(handle, start, *self._origin_refs)
        _char_box(handle, end - 1, self._rect_ref)
        x, y, rect = self._x.value, self._y.value, self._rect
        x0 = frame.ax * x + frame.bx * y + frame.cx
        base = frame.ay * x + frame.by * y + frame.cy
        far_x, far_y = (rect.right, rect.top) if face.quarter < 2 else (rect.left, rect.bottom)
        x1 = frame.ax * far_x + frame.bx * far_y + frame.cx
        return Stretch(words, x0, x1, base, blank, face)

    def _blank_between(self, before: int, place: int) -> bool:
        """Tell whether an object holding only a space, which pdfium leaves out, stands between two text objects."""
        return place > before + 1 and bisect_right(self._blanks, place) > bisect_right(self._blanks, before)

    def _face(self, handle: c_void_p, index: int, item: c_void_p, doubled: bool) -> Face:
        _char_matrix(handle, index, self._matrix_ref)
        _text_size(item, byref(self._size))
        m = self._matrix
        mode = _text_mode(item)
        stroked_only = mode in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
        colour = self._paint(_object_stroke if stroked_only else _object_fill, item)
        font, bold, italic = self._font(_text_font(item))
        return Face(
            font,
            round(self._size.value * (m.c * m.c + m.d * m.d) ** 0.5, 2),
            bold or doubled or mode in (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP),
            italic,
            colour if colour is not None else 0,
            mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE,
            self._tag(item) if self._tagged else None,
            0 if m.b == 0 and m.a > 0 else _quarter(m.a, m.b),
        )

    def _font(self, font: int | None) -> tuple[str, bool, bool]:
        """Return name, bold, italic; asked of pdfium once for each font of the document."""
        if font is None:
            return "", False, False
        if font not in self._fonts:
            self._fonts[font] = _describe_font(c_void_p(font))
        return self._fonts[font]

    def _tag(self, item: c_void_p) -> str | None:
        mark = _object_mark(item)
        return self._tags.get(mark) if mark >= 0 else _artifact(item)

    def _doubled(self, owners: list[int | None]) -> set[int]:
        """Return the text objects that are drawn a second time, a little shifted, to look bold."""
        if not self._unseen:
            return set()
        kept = {owner: self._bounds(c_void_p(owner)) for owner in set(owners) if owner is not None}
        twins = [self._bounds(c_void_p(address)) for address in self._unseen]
        return {owner for owner, box in kept.items() if any(_same_place(box, twin) for twin in twins)}

    def _hyphen(self, owner: int) -> str:
        """Return the character that pdfium hid, `-` or a soft hyphen: it shows when the object is read on its own."""
        for address in self._order:
            _set_active(c_void_p(address), int(address == owner))
        alone = raw.FPDFText_LoadPage(self._page)
        try:
            last = raw.FPDFText_CountChars(alone) - 1
            found = chr(raw.FPDFText_GetUnicode(alone, last)) if last >= 0 else "-"
        finally:
            raw.FPDFText_ClosePage(alone)
        return found if found in "\u00ad\u2010\u2011" else "-"


_NO_FACE = Face("", 0.0, False, False, 0, False, None, 0)


def _quarter(a: float, b: float) -> int:
    """Return the quarter turns, anticlockwise, of a text direction (a, b)."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _same_place(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    near = 0.12 * (one[3] - one[1]) + 0.3
    return all(abs(a - b) <= near for a, b in zip(one, other, strict=True))


def _page_text(text_page: Any, count: int) -> str:
    """Return one character for each index of pdfium's character list."""
    if not count:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = memoryview(buffer)[: max(written - 1, 0)].tobytes().decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text
    # characters beyond the basic plane, or without a code, shift the indices: ask one by one
    codes = map(raw.FPDFText_GetUnicode, repeat(text_page), range(count))
    return "".join(chr(code) if code else "\ufffd" for code in codes).replace("\x02", LINE_END_HYPHEN)


def _describe_font(font: c_void_p) -> tuple[str, bool, bool]:
    handle = ctypes.cast(font, raw.FPDF_FONT)
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(handle, buffer, c_size_t(256))
    name = buffer.value.decode("utf-8", "replace").split("+", 1)[-1]
    low = name.lower()
    angle = c_int()
    slanted = bool(raw.FPDFFont_GetItalicAngle(handle, byref(angle))) and angle.value != 0
    bold = raw.FPDFFont_GetWeight(handle) >= 600 or any(word in low for word in ("bold", "black", "heavy"))
    italic = slanted or bool(raw.FPDFFont_GetFlags(handle) & 64) or any(word in low for word in ("italic", "oblique"))
    return name, bold, italic


def _wide_text(call: Callable[..., int], *arguments: Any) -> str:
    """Return the UTF-16 text that a pdfium function writes into a buffer of the size it asked for."""
    size = call(*arguments, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(*arguments, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


# structure of tagged PDFs --------------------------------------------------------------------------------------------

# Elements that only group or style text: the element around them says more.
_GROUPS = frozenset(["Document", "DocumentFragment", "Part", "Sect", "Art", "Div", "Aside", "NonStruct", "Private"])
_LISTS = frozenset(["Table", "TR", "THead", "TBody", "TFoot", "L", "TOC"])
_SILENT = _GROUPS | _LISTS | {"Span", "Link", "Reference", "Quote", "Em", "Strong", "Sub", "Annot", "Code"}
# Elements whose paragraphs are theirs: a P within a list item's body says less than LBody.
_OWNERS = frozenset(["LBody", "Lbl", "LI", "TD", "TH", "Note", "FENote", "TOCI", "Caption", "BlockQuote", "Title"])


def _structure_tags(page: Any) -> dict[int, str]:
    """Return the most telling structure tag of each marked-content id of the page."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    tags: dict[int, str] = {}
    try:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            _collect_tags(raw.FPDF_StructTree_GetChildAtIndex(tree, index), None, tags, 0)
    finally:
        raw.FPDF_StructTree_Close(tree)
    return tags


def _collect_tags(element: Any, outer: str | None, tags: dict[int, str], depth: int) -> None:
    if not element or depth > 60:
        return
    own = _wide_text(raw.FPDF_StructElement_GetType, element)
    silent = own in _SILENT or (own == "P" and outer in _OWNERS)
    tag = outer if silent else own
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if mark >= 0:
            if tag:
                tags[mark] = tag
        else:
            _collect_tags(raw.FPDF_StructElement_GetChildAtIndex(element, index), tag, tags, depth + 1)


def _artifact(item: c_void_p) -> str | None:
    """Return `Artifact` for text that a tagged PDF marks as page furniture."""
    handle = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    for index in range(raw.FPDFPageObj_CountMarks(handle)):
        name = ctypes.create_string_buffer(64)
        size = c_ulong()
        mark = raw.FPDFPageObj_GetMark(handle, index)
        raw.FPDFPageObjMark_GetName(mark, ctypes.cast(name, ctypes.POINTER(raw.FPDF_WCHAR)), 64, byref(size))
        if name.raw[: max(size.value - 2, 0)].decode("utf-16-le", "replace") == "Artifact":
            return "Artifact"
    return None
