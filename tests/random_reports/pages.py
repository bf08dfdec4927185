"""Where the answers of a set report stand: its words found again, in order, in the text of the pages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import pypdfium2 as pdfium

from random_reports.document import Composed, leaves

SLACK = 400  # letters of running lines and notes between the two halves of a paragraph that goes over a page
FEWEST = 6  # letters of a half


def letters(text: str) -> str:
    """Return letters and figures only, lower case, ligatures undone."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def page_letters(data: bytes) -> list[str]:
    """Return the letters of each page in the order in which they were drawn."""
    document = pdfium.PdfDocument(data)
    pages = [letters(document[number].get_textpage().get_text_range()) for number in range(len(document))]
    document.close()
    return pages


@dataclass(slots=True)
class Finder:
    """Looks for one text after the other, never backwards."""

    pages: list[str]
    page: int = 0
    offset: int = 0

    def find(self, text: str) -> tuple[int, int] | None:
        """Return (first, last) page of the text, from 1; None where it is not found."""
        wanted = letters(text)
        for page in range(self.page, len(self.pages)):
            start = self.offset if page == self.page else 0
            end = self._from(wanted, page, start)
            if end is not None:
                self.page, self.offset = end
                return page + 1, end[0] + 1
        return None

    def _from(self, wanted: str, page: int, start: int) -> tuple[int, int] | None:
        """Return (page, offset) of the end of the text when it begins on this page."""
        place = self.pages[page].find(wanted, start)
        if place >= 0:
            return page, place + len(wanted)
        if page + 1 == len(self.pages):
            return None
        if wanted in self.pages[page + 1]:  # the running foot may begin as it does
            return None
        for cut in range(len(wanted) - 1, FEWEST, -1):
            place = self.pages[page].find(wanted[:cut], max(start, len(self.pages[page]) - cut - SLACK))
            if place >= 0:
                return self._rest(wanted[cut:], page + 1)
        return None

    def _rest(self, rest: str, page: int) -> tuple[int, int] | None:
        place = self.pages[page].find(rest, 0, len(rest) + SLACK)
        if place >= 0:
            return page, place + len(rest)
        return self._from(rest, page, 0)


def stand(composed: Composed, data: bytes) -> dict[str, list[tuple[int, int]]]:
    """Return for each answer the (first, last) pages of its blocks, in order."""
    finder = Finder(page_letters(data))
    found: dict[str, list[tuple[int, int]]] = {}
    for text, of in leaves(composed.blocks):
        where = finder.find(text) if len(letters(text)) > 2 else None
        if where and of:
            found.setdefault(of, []).append(where)
    return found
