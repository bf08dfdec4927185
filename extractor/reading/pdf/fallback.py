"""A second reading of one page, through pdfplumber, for a page that made no sense in the first."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from itertools import groupby
from typing import Any

import pdfplumber

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
    return Stretch(text, first["x0"], chars[-1]["x1"], base, False, face)
