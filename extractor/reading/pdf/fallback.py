"""A second reading through pdfplumber: of a page that is doubtful in the first, and of who uses a damaged object."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from io import BytesIO
from itertools import groupby
from typing import Any

import pdfplumber
from pdfminer.pdftypes import PDFObjRef, PDFStream

from extractor.reading.pdf.character_maps import whole_characters
from extractor.reading.pdf.content import Drawing, Face, Stretch

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # its remarks on a damaged file help no reader of a report
_NO_CODE = re.compile(r"\(cid:\d+\)")  # what pdfplumber writes for a glyph whose character is not known


def draw_again(data: bytes, number: int) -> Drawing | None:
    """Return the text of page `number` as pdfplumber reads it; None when it cannot."""
    try:
        with pdfplumber.open(BytesIO(data), pages=[number]) as document:
            page = document.pages[0]
            stretches = [_stretch(list(chars)) for _, chars in groupby(page.chars, _style)]
            return Drawing(float(page.width), float(page.height), 0, stretches, [], [])
    except Exception:  # a file that defeats the second reader, in whatever way, is judged by the first reading
        return None


def pages_with(data: bytes, objects: Collection[int]) -> list[int]:
    """Return the pages that use any of these objects for what they draw; none when the file cannot be followed."""
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            return [page.page_number for page in document.pages if not _used(page.page_obj.attrs).isdisjoint(objects)]
    except Exception:  # as above
        return []


def _used(attrs: dict[str, Any]) -> set[int]:
    """Return the numbers of all objects that a page's content and resources refer to."""
    found: set[int] = set()
    pending = [attrs.get("Contents"), attrs.get("Resources")]
    while pending:
        thing = pending.pop()
        if isinstance(thing, PDFObjRef):
            if thing.objid in found:
                continue
            found.add(thing.objid)
            thing = thing.resolve()
        if isinstance(thing, PDFStream):
            thing = {key: value for key, value in thing.attrs.items() if key != "Parent"}
        if isinstance(thing, dict):
            pending += thing.values()
        elif isinstance(thing, list):
            pending += thing
    return found


def _style(char: dict[str, Any]) -> tuple[Any, ...]:
    colour = str(char["non_stroking_color"])
    return char["fontname"], round(char["size"], 2), char["upright"], round(char["bottom"], 1), colour


def _stretch(chars: list[dict[str, Any]]) -> Stretch:
    first = chars[0]
    font = first["fontname"].split("+", 1)[-1]
    low = font.lower()
    bold, italic = "bold" in low, "italic" in low or "oblique" in low
    face = Face(font, round(first["size"], 2), bold, italic, 0, False, None, 0 if first["upright"] else 1)
    text = "".join("\ufffd" if _NO_CODE.fullmatch(char["text"]) else char["text"] for char in chars)
    base = first["bottom"] - 0.212 * first["size"]
    return Stretch(whole_characters(text), first["x0"], chars[-1]["x1"], base, False, face)
