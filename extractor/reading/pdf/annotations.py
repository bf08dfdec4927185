"""Annotations of a page: what they show becomes part of the page, and what they show only in a viewer is told."""

from __future__ import annotations

from ctypes import byref
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from extractor.reading.pdf.pdfium_names import wide_text

_SHOWN = frozenset(
    [
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_STAMP,
        raw.FPDF_ANNOT_WIDGET,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_REDACT,
    ]
)
_WRITTEN = {
    raw.FPDF_ANNOT_FREETEXT: b"Contents",
    raw.FPDF_ANNOT_WIDGET: b"V",
}  # kinds of text: where it is
_UNSEEN = 0x02 | 0x20  # PDF 32000-1, 12.5.3: hidden; not shown on screen
_EMPTY = 2  # bytes of an empty UTF-16 text

Sides = tuple[float, float, float, float]


class Annotations(NamedTuple):
    """What the annotations of a page do to its text, apart from what they draw.

    `undrawn` are words that a viewer makes up an appearance for; `struck` are left, bottom, right, top of strokes.
    """

    drawn: bool
    undrawn: tuple[str, ...]
    struck: tuple[Sides, ...]


def merged(page: Any) -> Annotations:
    """Make what a loaded page's annotations draw part of its content, to be seen when the page is loaded again."""
    drawn = False
    undrawn: list[str] = []
    struck: list[Sides] = []
    for index in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        note = raw.FPDFPage_GetAnnot(page, index)
        kind, flags = raw.FPDFAnnot_GetSubtype(note), raw.FPDFAnnot_GetFlags(note)
        shown = kind in _SHOWN and not flags & _UNSEEN
        has_form = raw.FPDFAnnot_GetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > _EMPTY
        if (
            shown
            and not has_form
            and kind in _WRITTEN
            and (words := wide_text(raw.FPDFAnnot_GetStringValue, note, _WRITTEN[kind]))
        ):
            undrawn.append(words)
        if kind == raw.FPDF_ANNOT_STRIKEOUT and not flags & _UNSEEN:
            struck.append(_place(note))
        raw.FPDFPage_CloseAnnot(note)
        if shown and has_form:
            drawn = True
        else:
            raw.FPDFPage_RemoveAnnot(page, index)
    if drawn:
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    return Annotations(drawn, tuple(filter(None, reversed(undrawn))), tuple(struck))


def _place(note: Any) -> Sides:
    area = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, byref(area))
    return area.left, area.bottom, area.right, area.top
