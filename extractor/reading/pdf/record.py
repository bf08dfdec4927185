"""What is known of a PDF while it is read: its lines, pages and panels, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor.models import Line, Page, Panel, Printed, Problem

MOST_PAGES = 1000

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
    "stream_damaged": (
        "doubt",
        "{why}: the file is damaged inside, and words may be lost or wrong there; download it again",
    ),
    "contents_missing": (
        "doubt",
        "page {page}: {why}; words may be lost there: compare it with another copy",
    ),
    "font_missing": (
        "doubt",
        "page {page} sets words in a font that the file has not ({why}); compare the findings there with another copy",
    ),
    "page_unlisted": (
        "doubt",
        "links, bookmarks or the structure of the file lead to pages that are no longer in it ({why}); look for them "
        "in another copy",
    ),
    "older_version": (
        "doubt",
        "the file holds newer forms of {why} of its parts than those it shows, so pages may be read as they were "
        "before a change; download it again",
    ),
    "page_blank": ("doubt", "{why}: blank, among pages of text; compare with another copy"),
    "page_twice": ("doubt", "page {page} has the text of page {why} again; findings on it may be counted twice"),
    "annotation_text": (
        "doubt",
        "page {page} shows words of an annotation or form field ({why}); they were read with the page: see whether "
        "they belong to the report",
    ),
    "annotation_unread": (
        "doubt",
        "page {page} has an annotation or form field ({why}) that the file does not draw; it was not read: see whether "
        "it belongs to the report",
    ),
    "picture_of_text": (
        "doubt",
        "page {page} has a picture of lines of print ({why}); it was not read: see whether the page's findings are all "
        "there, or run OCR on the file",
    ),
    "struck_text": (
        "doubt",
        "page {page} has words that are struck through ({why}); they were read as if they stood: see the rows there",
    ),
    "other_words_meant": (
        "doubt",
        "{why}: the file says other words than the page shows; compare the findings there with the page",
    ),
    "letters_exchanged": (
        "doubt",
        "{why}: a font says other letters or figures than it shows; compare the findings there with the page",
    ),
    "letters_unsaid": (
        "doubt",
        "{why}: a font does not say all its letters, and words may be wrong there; compare them with the page",
    ),
    "portfolio": (
        "error",
        "this PDF is only a cover: the reports are inside it ({why}); save them from it and read each of them",
    ),
    "attachments": ("note", "other files are inside this PDF ({why}); they were not read"),
    "page_unreadable": (
        "doubt",
        "{why}: the text makes no sense; read it by eye, or use the report's web version",
    ),
    "glyphs_by_shape": ("note", "{why}: read by the shapes of their glyphs, since a font does not say them"),
    "page_reread": ("note", "{why}: read again with pdfplumber, which made more sense of it; compare it with the PDF"),
    "ocr_text": ("doubt", "{why}: text made by OCR, which may be wrong; compare findings with the picture"),
}


@dataclass
class Reading:
    """What has been read of one file so far."""

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
    by_shape: dict[int, str] = field(default_factory=dict)  # characters told by their glyphs' shapes, by page
    damaged: frozenset[int] = frozenset()  # pages that draw from damaged streams
    fault: str = ""  # what was wrong with the first of these

    def problem(self, code: str, page: int | None = None, why: str = "", severity: str = "") -> None:
        """Note a problem; a `severity` other than usual may be given."""
        usual, words = MESSAGES[code]
        severity = severity or usual
        message = f"{Path(self.source).name}: " + words.format(page=page, why=why, most=MOST_PAGES)
        self.problems.append(Problem("", self.source, "read", code, severity, page, message))

    def printed(self, sha256: str) -> Printed:
        """Return what was read, the hidden lines last."""
        hidden = (replace(line, number=number) for number, line in enumerate(self.hidden, len(self.lines)))
        lines = (*self.lines, *hidden)
        parts = lines, tuple(self.pages), tuple(self.panels), self.meta, tuple(self.problems)
        return Printed(self.source, sha256, "pdf", *parts)
