"""Reading a PDF: every printed line with its place and type, every panel, and what is wrong with the file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.models import Box, Line, Page, Printed
from extractor.reading.pdf import record
from extractor.reading.pdf.content import Drawing, SetLine
from extractor.reading.pdf.file import PdfFile, UnreadablePdf
from extractor.reading.pdf.lines import hidden_lines, set_lines
from extractor.reading.pdf.panels import panels_of
from extractor.reading.pdf.record import Reading
from extractor.reading.pdf.soundness import (
    judge_pages,
    name_damage,
    name_doubtful_words,
    name_inner_files,
    name_letters,
    name_losses,
    name_older,
    name_other_words,
    name_pictures,
    taken_again,
)
from extractor.reading.pdf.streams import look_through

_HEADER_WITHIN, _END_WITHIN = 1024, 2048  # bytes, as other readers of PDF allow
_PADDING = b"\0\t\n\r "  # servers and disks put it after the end


def read_pdf(path: Path | str, data: bytes | None = None) -> Printed:
    """Return everything printed in the file; `data` are its bytes where they are at hand already.

    A file that cannot be read gives no lines and a problem that says why; no error is raised for any content.
    """
    reading = Reading(str(path))
    if data is None:
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            reading.problem("missing_file", why=error.strerror or str(error))
            return reading.printed("")
    if _looks_like_pdf(data, reading):
        _read_document(data, reading)
    return reading.printed(hashlib.sha256(data).hexdigest())


def _looks_like_pdf(data: bytes, reading: Reading) -> bool:
    start = data[:_HEADER_WITHIN]
    if not data:
        reading.problem("empty_file")
    elif b"%PDF-" in start:
        return True
    elif start.startswith(b"PK"):
        reading.problem("not_a_pdf", why="it looks like a Word, Excel or zip file; save the report as PDF")
    elif re.search(rb"<(!doctype|html|head|body)", start, re.IGNORECASE):
        reading.problem("not_a_pdf", why="it is a web page; give it a name that ends in .html")
    else:
        reading.problem("not_a_pdf", why="it does not begin like one; download the report again")
    return False


def _read_document(data: bytes, reading: Reading) -> None:
    data = data.rstrip(_PADDING)
    cut_off = b"%%EOF" not in data[-_END_WITHIN:]
    try:
        file = look_through(data)
        document = PdfFile(data, file)
    except UnreadablePdf as error:
        if error.reason == "password":
            reading.problem("encrypted_pdf")
        else:
            reading.problem("damaged_pdf", why=" (its end is missing)" if cut_off else "")
        return
    with document:
        reading.meta = document.meta()
        if document.repaired:
            reading.problem("truncated_pdf" if cut_off else "repaired_pdf")
        name_inner_files(document.attachments(), file, reading)
        if document.page_count > record.MOST_PAGES:
            reading.problem("too_many_pages", why=str(document.page_count))
        elif not document.page_count:
            reading.problem("damaged_pdf", why=" (it has no pages)")
        elif not file.portfolio:
            name_damage(data, file, reading)
            name_older(data, document.structure, reading)
            name_letters(data, document.structure, file, reading)
            name_losses(document.structure, file, reading)
            for number in range(1, document.page_count + 1):
                _read_page(document.draw(number), number, data, reading)
            name_other_words(data, file, reading)
            judge_pages(reading)


def _read_page(drawing: Drawing | None, number: int, data: bytes, reading: Reading) -> None:
    if drawing is None:
        reading.problem("page_damaged", number)
        reading.pages.append(Page(number, 0.0, 0.0))
        return
    if drawing.from_pictures:
        reading.scanned.append(number)
    if drawing.by_shape:
        reading.by_shape[number] = drawing.by_shape
    lines = set_lines(drawing)
    lines = taken_again(lines, number, data, reading)
    name_pictures(drawing, number, reading)
    name_doubtful_words(lines, drawing, number, reading)
    characters = sum(len(line.text) - line.text.count(" ") for line in lines)
    page = Page(number, round(drawing.width, 2), round(drawing.height, 2), characters, _picture_share(drawing))
    reading.pages.append(page)
    reading.panels += panels_of(drawing, number)
    reading.lines += _numbered(lines, number, len(reading.lines))
    reading.hidden += _numbered(hidden_lines(drawing), number, 0, "hidden")


def _numbered(lines: Sequence[SetLine], page: int, first: int, role: str = "") -> Iterator[Line]:
    for number, line in enumerate(lines, first):
        box = Box(page, round(line.x0, 2), round(line.top, 2), round(line.x1, 2), round(line.bottom, 2))
        style = line.font, line.size, line.bold, line.italic, line.colour, line.tag
        yield Line(number, line.text, page, box, *style, line.runs, role)


def _picture_share(drawing: Drawing) -> float:
    covered = 0.0
    for x0, top, x1, bottom in drawing.pictures:
        wide = min(x1, drawing.width) - max(x0, 0.0)
        high = min(bottom, drawing.height) - max(top, 0.0)
        covered += max(wide, 0.0) * max(high, 0.0)
    return round(min(covered / (drawing.width * drawing.height or 1.0), 1.0), 3)
