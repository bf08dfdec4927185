"""Harm done to random reports: words hidden in each way that files hide words, pages lost or doubled, streams cut."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, NameObject, StreamObject, TextStringObject
from reportlab.lib.colors import white
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from random_reports.document import Block, Bullet, Bullets, Composed, Framed, Heading, Para
from random_reports.set_reportlab import Press, pdf
from random_reports.style import Style

EXTRA = "The force should publish the words that nobody can see on this page."
SHOWN = re.compile(rb"\((?:\\.|[^()\\])*\) Tj T\*", re.DOTALL)  # one line as reportlab shows it
WAYS = ("render mode", "white", "clipped", "covered", "off page", "layer off", "tiny")


class Hidden(Flowable):
    """A flowable that takes its room and cannot be seen."""

    def __init__(self, inner: Flowable, way: str) -> None:
        super().__init__()
        self.inner, self.way = inner, way

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self.inner.wrap(width, height)
        return self.width, self.height

    def getSpaceBefore(self) -> float:
        return float(self.inner.getSpaceBefore())

    def getSpaceAfter(self) -> float:
        return float(self.inner.getSpaceAfter())

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        if self.way == "render mode":
            canvas._code.append("3 Tr")
        elif self.way == "clipped":
            path = canvas.beginPath()
            path.rect(0, 0, 0.01, 0.01)
            canvas.clipPath(path, stroke=0, fill=0)
        elif self.way == "off page":
            canvas.translate(3000, 0)
        elif self.way == "tiny":
            canvas.scale(0.02, 0.02)
        elif self.way == "layer off":
            canvas._code.append("/OC /Off BDC")
        self.inner.drawOn(canvas, 0, 0)
        if self.way == "layer off":
            canvas._code.append("EMC")
        if self.way == "covered":
            canvas.setFillColor(white)
            canvas.rect(-30, -4, self.width + 60, self.height + 8, fill=1, stroke=0)
        canvas.restoreState()


class Hiding(Press):
    """Sets a report and hides some of its blocks."""

    def __init__(self, style: Style, hidden: tuple[Block, ...], way: str) -> None:
        super().__init__(style)
        self.hidden, self.way, self.pale = hidden, way, False

    def type(self, **more: object) -> ParagraphStyle:
        kind = super().type(**more)
        if self.pale:
            kind.textColor = kind.bulletColor = white
        return kind

    def block(self, block: Block, width: float) -> list[Flowable]:
        if not any(block is hidden for hidden in self.hidden):
            return super().block(block, width)
        self.pale = self.way == "white"
        made = [Hidden(flowable, self.way) for flowable in super().block(block, width)]
        self.pale = False
        return made


def bare(composed: Composed) -> Composed:
    """Return the report without frames, which would show what is white."""
    blocks: list[Block] = []
    for block in composed.blocks:
        head: list[Block] = [Heading(block.head, 4)] if isinstance(block, Framed) and block.head else []
        blocks += [*head, *block.blocks] if isinstance(block, Framed) else [block]
    return replace(composed, blocks=tuple(blocks))


def with_hidden_item(composed: Composed, style: Style, way: str) -> bytes | None:
    """Return a PDF of the report with one more area for improvement that nobody can see; None without a place."""
    composed = bare(composed)
    names = {row["id"] for row in composed.wanted.findings if row["type"] == "area_for_improvement"}
    extra: tuple[Block, ...] = (Bullets((Bullet(EXTRA),)),)
    for number, block in enumerate(composed.blocks):
        listed = isinstance(block, Bullets) and any(entry.of in names for entry in block.entries)
        led = isinstance(block, Para) and block.look == "lead" and block.of in names
        if not (listed or led):
            continue
        if led:
            extra, number = (Heading("Area for improvement", 4), Para(EXTRA, "lead")), number - 2
        blocks = (*composed.blocks[: number + 1], *extra, *composed.blocks[number + 1 :])
        return layered(pdf(replace(composed, blocks=blocks), style, Hiding(style, extra, way)), way)
    return None


def with_item_hidden(composed: Composed, style: Style, way: str) -> bytes | None:
    """Return a PDF of the report whose last area for improvement cannot be seen; None where there is none."""
    composed = bare(composed)
    names = [row["id"] for row in composed.wanted.findings if row["type"] == "area_for_improvement"]
    for block in reversed(composed.blocks) if names else ():
        listed = isinstance(block, Bullets) and block.entries[-1].of == names[-1]
        if listed or (isinstance(block, Para) and block.of == names[-1]):
            return layered(pdf(composed, style, Hiding(style, (block,), way)), way)
    return None


def layered(data: bytes, way: str) -> bytes:
    """Return the PDF with a layer that is switched off, when the words stand on one."""
    if way != "layer off":
        return data
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    group = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Draft")})
    )
    groups = ArrayObject([group])
    shown = DictionaryObject({NameObject("/ON"): ArrayObject(), NameObject("/OFF"): groups})
    writer._root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): groups, NameObject("/D"): shown}
    )
    for page in writer.pages:
        page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/Off"): group})
    return _written(writer)


def without_page(data: bytes, page: int) -> bytes:
    """Return the PDF without one page, from 0."""
    return _pages(data, lambda count: [number for number in range(count) if number != page])


def with_page_twice(data: bytes, page: int) -> bytes:
    """Return the PDF with one page, from 0, printed twice."""
    return _pages(data, lambda count: [*range(page + 1), *range(page, count)])


def without_a_line(data: bytes, page: int, share: float) -> bytes:
    """Return the PDF without one line of a page's text, at this share of its lines."""
    return _content(data, page, lambda content: _cut_line(content, share))


def with_stream_cut(data: bytes, page: int, share: float) -> bytes:
    """Return the PDF whose page breaks off after this share of its packed content."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    stream = EncodedStreamObject()
    whole = zlib.compress(writer.pages[page].get_contents().get_data())
    stream._data = whole[: int(len(whole) * share)]
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[page][NameObject("/Contents")] = writer._add_object(stream)
    return _written(writer)


def _cut_line(content: bytes, share: float) -> bytes:
    shows = list(SHOWN.finditer(content))
    if not shows:
        return content
    line = shows[int(share * len(shows))]
    return content[: line.start()] + b"() Tj T*" + content[line.end() :]


def _content(data: bytes, page: int, change: Callable[[bytes], bytes]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    stream = StreamObject()
    stream._data = change(writer.pages[page].get_contents().get_data())
    writer.pages[page][NameObject("/Contents")] = writer._add_object(stream)
    return _written(writer)


def _pages(data: bytes, order: Callable[[int], list[int]]) -> bytes:
    reader, writer = pypdf.PdfReader(BytesIO(data)), pypdf.PdfWriter()
    for number in order(len(reader.pages)):
        writer.add_page(reader.pages[number])
    return _written(writer)


def _written(writer: pypdf.PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
