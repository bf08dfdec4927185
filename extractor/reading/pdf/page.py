"""Reading one page of a PDF: what it draws, and which of its text can be seen."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from ctypes import byref, c_void_p
from itertools import chain
from typing import Any

import pypdfium2.raw as raw

from extractor.reading.pdf import pdfium
from extractor.reading.pdf.annotations import Annotations
from extractor.reading.pdf.blocks import characters
from extractor.reading.pdf.content import Drawing, Frame, Stretch
from extractor.reading.pdf.glyph_shapes import read_by_shape
from extractor.reading.pdf.ink import without_ink
from extractor.reading.pdf.objects import PageObjects
from extractor.reading.pdf.pictures import Seen, pictures_of_text
from extractor.reading.pdf.text import TextReader
from extractor.reading.pdf.visibility import doubtful, microscopic, stands_for_picture

Place = tuple[int, int]


def draw_page(
    page: Any,
    tags: dict[int, str] | None,
    layered: bool = False,
    notes: Annotations | None = None,
    seen: Seen | None = None,
) -> Drawing:
    """Return what a loaded page draws.

    `tags` are those of a tagged document's page; `layered` tells whether layers may be off; `notes` are the annotations
    that were merged into the page; `seen` are the document's pictures so far.
    """
    area = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, byref(area))
    frames = [Frame(area.left, area.bottom, area.right, area.top, quarter) for quarter in range(4)]
    quarter = raw.FPDFPage_GetRotation(page) % 4
    text_page = raw.FPDFText_LoadPage(page)
    try:
        reader = _PageReader(page, text_page, frames, quarter, tags)
        drawing = reader.drawing(layered)
        if seen is not None and drawing.pictures:
            drawing = drawing._replace(printed=pictures_of_text(reader.images, drawing, seen))
        return reader.annotated(drawing, notes) if notes else drawing
    finally:
        raw.FPDFText_ClosePage(text_page)


class _PageReader:
    """One page whose text is loaded."""

    def __init__(
        self, page: Any, text_page: Any, frames: list[Frame], quarter: int, tags: dict[int, str] | None
    ) -> None:
        self._page, self._frames, self._quarter = page, frames, quarter
        self._text_page = ctypes.cast(text_page, c_void_p)
        text, self._blocks = characters(text_page)
        self._text = text if quarter else read_by_shape(page, self._text_page, text, frames[quarter])
        self._told = _exchanged(text, self._text)
        listed = frozenset(chain.from_iterable(block.owners for block in self._blocks))
        self._objects = PageObjects(frames[quarter], listed)
        self._objects.walk(pdfium.page_objects(page, listed), ())
        self._tags = tags

    @property
    def images(self) -> dict[int, pdfium.Sides]:
        """The page's pictures by their objects."""
        return self._objects.images

    def drawing(self, layered: bool) -> Drawing:
        """Return the page with all text that cannot be seen marked as invisible."""
        frame, objects = self._frames[self._quarter], self._objects
        reader = self._reader(frozenset())
        stretches = reader.read(self._text, self._blocks)
        drawing = Drawing(
            frame.width,
            frame.height,
            self._quarter,
            stretches,
            objects.shapes,
            list(objects.images.values()),
            by_shape=self._told,
        )
        doubts = stretches if layered else doubtful(drawing, objects.paints, objects.clip_at, reader.unsure)
        if doubts and (hidden := self._without_ink(drawing, doubts, reader)):
            reader = self._reader(hidden)
            drawing = drawing._replace(stretches=reader.read(self._text, self._blocks))
        drawing = drawing._replace(stretches=reader.with_hyphens(self._page))
        return _judged(drawing, objects, frozenset(stretch.place for stretch in stretches if stretch.face.invisible))

    def annotated(self, drawing: Drawing, notes: Annotations) -> Drawing:
        """Return the drawing with what is told of its annotations."""
        first = self._objects.before_last_form if notes.drawn else len(self._objects.order)
        words = [stretch.text for stretch in drawing.stretches if stretch.place[0] > first]
        strokes = tuple(self._frames[self._quarter].box(*sides) for sides in notes.struck)
        drawn = (" ".join(" ".join(words).split()),) if words else ()
        return drawing._replace(notes=drawn, undrawn=notes.undrawn, strokes=strokes)

    def _reader(self, hidden: frozenset[int]) -> TextReader:
        return TextReader(self._text_page, self._frames, self._objects, self._tags, hidden)

    def _without_ink(self, drawing: Drawing, doubts: Sequence[Stretch], reader: TextReader) -> frozenset[int]:
        """Return the characters of doubtful stretches that leave no ink on the page."""
        owners = self._objects.drawn_by(doubts)
        words = list(reader.words(self._text, self._blocks, owners, self._frames[self._quarter]))
        lost = without_ink(self._page, drawing, words, [*owners, *self._objects.unlisted])
        return frozenset(chain.from_iterable(range(word.start, word.end) for word in lost))


def _judged(drawing: Drawing, objects: PageObjects, unpainted: frozenset[Place]) -> Drawing:
    """Mark microscopic text as invisible, and text that stands for a picture of it as visible."""
    if not any(stretch.face.invisible or microscopic(stretch, drawing.height) for stretch in drawing.stretches):
        return drawing
    stretches: list[Stretch] = []
    from_pictures = 0
    for stretch in drawing.stretches:
        invisible = stretch.face.invisible or microscopic(stretch, drawing.height)
        if invisible and stands_for_picture(stretch, drawing, objects.paints, stretch.place in unpainted):
            from_pictures += len(stretch.text)
            invisible = False
        stretches.append(stretch._replace(face=stretch.face._replace(invisible=invisible)))
    return drawing._replace(stretches=stretches, from_pictures=from_pictures)


def _exchanged(text: str, told: str) -> str:
    """Return the characters that stand in `told` for others; most pages have none and are not compared."""
    return "".join(sorted({new for old, new in zip(text, told, strict=True) if old != new})) if told != text else ""
