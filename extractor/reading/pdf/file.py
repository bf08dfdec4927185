"""An open PDF file: its pages' text, their pictures, the document's properties."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import byref
from threading import RLock
from typing import Any, NamedTuple, TypeVar

import pypdfium2.raw as raw

from extractor.errors import UnreadableFile
from extractor.reading.pdf.annotations import merged
from extractor.reading.pdf.content import Drawing
from extractor.reading.pdf.page import draw_page
from extractor.reading.pdf.pdfium_names import wide_text
from extractor.reading.pdf.pictures import Seen
from extractor.reading.pdf.streams import FileBytes
from extractor.reading.pdf.structure import Structure
from extractor.reading.pdf.tags import page_tags, tags_by_page

Result = TypeVar("Result")

_ONE_AT_A_TIME = RLock()  # pdfium's own state and the buffers of its bare calls serve one thread at a time
META_KEYS = ("Title", "Subject", "Author", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")


class UnreadablePdf(UnreadableFile):
    """pdfium cannot open the file; `reason` is `password` or `damaged`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Raster(NamedTuple):
    """A painted page: rows of `stride` bytes, four for each pixel: blue, green, red, nothing."""

    width: int
    height: int
    stride: int
    pixels: bytes


class PdfFile:
    """An open PDF; use as a context manager. Pages are numbered from 1; threads take turns.

    `about` is what the file's bytes tell, where that is known: layers, annotations, the structure tree.

    Raises:
        UnreadablePdf: the bytes are no PDF that pdfium can open, or need a password.
    """

    def __init__(self, data: bytes, about: FileBytes | None = None) -> None:
        self._data = data  # pdfium reads from it until the document is closed
        self._layered = about is not None and about.layers_off
        self._seen: Seen | None = {} if about is not None else None
        self._annotated = about is not None and about.annotated
        with _ONE_AT_A_TIME:
            self._open(data)
        self.structure = Structure.of(about) if about is not None and not (self.repaired or about.sealed) else None
        known = tags_by_page(self.structure) if self.structure and self._tagged else None
        self._tags = known if known is not None and len(known) == self.page_count else None

    def _open(self, data: bytes) -> None:
        self._handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._handle:
            locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise UnreadablePdf("password" if locked else "damaged")
        self.page_count: int = raw.FPDF_GetPageCount(self._handle)
        # where the list of objects is damaged, pdfium makes a new one of the objects it finds
        self.repaired = not raw.FPDF_DocumentHasValidCrossReferenceTable(self._handle)
        self._tagged = bool(raw.FPDFCatalog_IsTagged(self._handle))

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *error: object) -> None:
        with _ONE_AT_A_TIME:
            raw.FPDF_CloseDocument(self._handle)

    def meta(self) -> dict[str, str]:
        """Return the document's properties that are not empty."""
        found = {key: wide_text(raw.FPDF_GetMetaText, self._handle, key.encode()).strip() for key in META_KEYS}
        return {key: value for key, value in found.items() if value}

    def draw(self, number: int) -> Drawing | None:
        """Return what page `number` draws; None when it is damaged."""
        notes = self._with_page(number, merged) if self._annotated else None
        return self._with_page(
            number, lambda page: draw_page(page, self._tags_of(page, number), self._layered, notes, self._seen)
        )

    def _tags_of(self, page: Any, number: int) -> dict[int, str] | None:
        if not self._tagged:
            return None
        return self._tags[number - 1] if self._tags is not None else page_tags(page)

    def attachments(self) -> list[str]:
        """Return the names of the files within this file."""
        with _ONE_AT_A_TIME:
            count = raw.FPDFDoc_GetAttachmentCount(self._handle)
            inner = [raw.FPDFDoc_GetAttachment(self._handle, index) for index in range(count)]
            return [wide_text(raw.FPDFAttachment_GetName, attachment) for attachment in inner]

    def page_size(self, number: int) -> tuple[float, float] | None:
        """Return width and height of page `number` in points, upright; None when there is no such page."""
        size, found = raw.FS_SIZEF(), 0
        with _ONE_AT_A_TIME:
            if 0 < number <= self.page_count:
                found = raw.FPDF_GetPageSizeByIndexF(self._handle, number - 1, byref(size))
        return (size.width, size.height) if found else None

    def render(self, number: int, scale: float) -> Raster | None:
        """Return page `number` painted at `scale` pixels a point; None when it is damaged."""
        return self._with_page(number, lambda page: _painted(page, scale))

    def _with_page(self, number: int, job: Callable[[Any], Result]) -> Result | None:
        """Return what a job makes of a page, closed again at once: an open page keeps all it holds in memory."""
        with _ONE_AT_A_TIME:
            page = raw.FPDF_LoadPage(self._handle, number - 1)
            if not page:
                return None
            try:
                return job(page)
            finally:
                raw.FPDF_ClosePage(page)


def _painted(page: Any, scale: float) -> Raster:
    wide = max(1, round(raw.FPDF_GetPageWidthF(page) * scale))
    high = max(1, round(raw.FPDF_GetPageHeightF(page) * scale))
    bitmap = raw.FPDFBitmap_CreateEx(wide, high, raw.FPDFBitmap_BGRx, None, 0)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, raw.FPDF_ANNOT)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        return Raster(wide, high, stride, ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * high))
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
