"""Reading a PDF: every printed line with its place and type, every panel, and what is wrong with the file."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from extractor.models import Box, Line, Page, Panel, Printed, Problem
from extractor.reading.pdf.content import Drawing, SetLine
from extractor.reading.pdf.file import PdfFile, UnreadablePdf
from extractor.reading.pdf.garbled import fault
from extractor.reading.pdf.lines import hidden_lines, set_lines
from extractor.reading.pdf.panels import panels_of
from extractor.reading.pdf.streams import look_through

MOST_PAGES = 1000
_HEADER_WITHIN, _END_WITHIN = 1024, 2048  # bytes, as other readers of PDF allow
_PADDING = b"\0\t\n\r "  # servers and disks put it after the end
_PICTURE_PAGE = 0.5  # share of a page that a picture covers when the page is a scan
_TRIES = 2  # pages on which the second reader may fail before it is asked no more
_OPENING = 70  # characters of hidden text that are named
_FEW = 10  # characters: less is a stamp or page number, not a page's text

# code: (severity, what is wrong and what to do next)
MESSAGES = {
    "missing_file": ("error", "the file cannot be opened ({why}); check its name and that you may read it"),
    "empty_file": ("error", "the file is empty (0 bytes); download or copy it again"),
    "not_a_pdf": ("error", "this is not a PDF: {why}"),
    "damaged_pdf": ("error", "the PDF is damaged{why} and cannot be opened; download it again"),
    "encrypted_pdf": ("error", "the PDF needs a password; save a copy without a password and use that"),
    "too_many_pages": ("error", "the PDF has {why} pages, and at most {most} are read; split it into single reports"),
    "no_text_layer": (
        "error",
        "the PDF holds no text, only pictures or nothing; run OCR on it, or use the web version on HMICFRS's site",
    ),
    "truncated_pdf": ("doubt", "the end of the file is missing, so pages or words may be lost; download it again"),
    "repaired_pdf": (
        "doubt",
        "the PDF is damaged and was repaired; pages or words may be lost; download it again",
    ),
    "page_damaged": ("doubt", "page {page} is damaged and was not read; download the file again"),
    "page_without_text": ("doubt", "{why}: a picture without text; read it by eye, or run OCR on the file"),
    "no_text_map": (
        "error",
        "the text makes no sense ({why}): its fonts do not say which characters they show; run OCR on the file, or use "
        "the web version on HMICFRS's site",
    ),
    "hidden_text": (
        "doubt",
        "page {page} holds text that cannot be seen ({why}); it was not read: compare the page with its findings",
    ),
    "page_unreadable": (
        "doubt",
        "{why}: the text makes no sense; read it by eye, or use the report's web version",
    ),
    "page_reread": ("note", "{why}: read again with pdfplumber, which made more sense of it; compare it with the PDF"),
    "ocr_text": ("doubt", "{why}: text made by OCR, which may be wrong; compare findings with the picture"),
}


def read_pdf(path: Path | str, data: bytes | None = None) -> Printed:
    """Return everything printed in the file; `data` are its bytes where they are at hand already.

    A file that cannot be read gives no lines and a problem that says why; no error is raised for any content.
    """
    reading = _Reading(str(path))
    if data is None:
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            reading.problem("missing_file", why=error.strerror or str(error))
            return reading.printed("")
    if _looks_like_pdf(data, reading):
        _read_document(data, reading)
    return reading.printed(hashlib.sha256(data).hexdigest())


@dataclass
class _Reading:
    """What has been read so far."""

    source: str
    lines: list[Line] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    hidden: list[Line] = field(default_factory=list)  # lines that cannot be seen
    scanned: list[int] = field(default_factory=list)  # pages with OCR's reading of a picture
    unreadable: list[int] = field(default_factory=list)  # pages of which neither reader makes sense
    reread: list[int] = field(default_factory=list)  # pages taken from the second reader
    fault: str = ""  # what was wrong with the first of these

    def problem(self, code: str, page: int | None = None, why: str = "", severity: str = "") -> None:
        usual, words = MESSAGES[code]
        severity = severity or usual
        message = f"{Path(self.source).name}: " + words.format(page=page, why=why, most=MOST_PAGES)
        self.problems.append(Problem("", self.source, "read", code, severity, page, message))

    def printed(self, sha256: str) -> Printed:
        hidden = (replace(line, number=number) for number, line in enumerate(self.hidden, len(self.lines)))
        lines = (*self.lines, *hidden)
        parts = lines, tuple(self.pages), tuple(self.panels), self.meta, tuple(self.problems)
        return Printed(self.source, sha256, "pdf", *parts)


def _looks_like_pdf(data: bytes, reading: _Reading) -> bool:
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


def _read_document(data: bytes, reading: _Reading) -> None:
    data = data.rstrip(_PADDING)
    cut_off = b"%%EOF" not in data[-_END_WITHIN:]
    try:
        file = look_through(data)
        document = PdfFile(data, file.layers_off)
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
        if document.page_count > MOST_PAGES:
            reading.problem("too_many_pages", why=str(document.page_count))
            return
        if not document.page_count:
            reading.problem("damaged_pdf", why=" (it has no pages)")
            return
        for number in range(1, document.page_count + 1):
            _read_page(document.draw(number), number, data, reading)
    _name_hidden(reading)
    _judge_text(reading)


def _read_page(drawing: Drawing | None, number: int, data: bytes, reading: _Reading) -> None:
    if drawing is None:
        reading.problem("page_damaged", number)
        reading.pages.append(Page(number, 0.0, 0.0))
        return
    if drawing.from_pictures:
        reading.scanned.append(number)
    lines = set_lines(drawing)
    why = fault([line.text for line in lines])
    if why:
        lines = _better(lines, why, number, data, reading)
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


# is it readable? -----------------------------------------------------------------------------------------------------


def _better(lines: list[SetLine], why: str, number: int, data: bytes, reading: _Reading) -> list[SetLine]:
    """Return the page's lines as the second reader has them, where those make sense; else note the page as lost."""
    reading.fault = reading.fault or why
    if len(reading.unreadable) < _TRIES or reading.reread:
        from extractor.reading.pdf.fallback import draw_again

        drawing = draw_again(data, number)
        again = set_lines(drawing) if drawing is not None else []
        enough = 2 * sum(len(line.text) for line in again) > sum(len(line.text) for line in lines)
        if enough and not fault([line.text for line in again]):
            reading.reread.append(number)
            return again
    reading.unreadable.append(number)
    return lines


def _name_hidden(reading: _Reading) -> None:
    """Say for each page what words it hides; no more than a note where they are seen elsewhere."""
    seen = {line.text for line in reading.lines}
    for page, group in groupby(reading.hidden, attrgetter("page")):
        lines = list(group)
        lost = [line.text for line in lines if line.text not in seen]
        opening = textwrap.shorten(lost[0] if lost else lines[0].text, _OPENING, placeholder=" …")
        more = f" and {len(lines) - 1} more lines" if len(lines) > 2 else ""
        reading.problem("hidden_text", page, f"“{opening}”{more}", "" if lost else "note")


def _judge_text(reading: _Reading) -> None:
    """Say which pages have no text of their own, or none that makes sense; when most are so, that the file has none."""
    written = [page.number for page in reading.pages if page.characters >= _FEW]
    pictures = [page.number for page in reading.pages if page.characters < _FEW and page.picture_share >= _PICTURE_PAGE]
    if not written:
        reading.problem("no_text_layer")
        return
    if 2 * len(reading.unreadable) > len(written):
        reading.problem("no_text_map", why=reading.fault)
        reading.lines = []
        return
    for code, numbers in (
        ("page_without_text", pictures),
        ("ocr_text", reading.scanned),
        ("page_unreadable", reading.unreadable),
        ("page_reread", reading.reread),
    ):
        if numbers:
            reading.problem(code, numbers[0], why=_pages(numbers))


def _pages(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them, e.g. `pages 3, 7 to 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return ("page " if len(numbers) == 1 else "pages ") + ", ".join(words)
