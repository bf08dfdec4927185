"""What a page says about itself, and the dates printed beside a label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from lxml import html

from extractor.models import Line
from extractor.reading.web.boilerplate import date_labels
from extractor.reading.web.page_lines import fold
from extractor.rulebook.load import RulePacks

LONGEST_DATE = 30  # characters

_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")


def read_properties(root: html.HtmlElement, text: str, meta: dict[str, str]) -> None:
    """Add what the page says about itself, each under the name it has there."""
    heading = next(iter(root.iter("h1")), None)
    found = {
        "h1": " ".join(heading.itertext()) if heading is not None else None,
        "title": root.findtext(".//title"),
        "lang": root.get("lang"),
        "canonical": next((link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"), None),
    }
    saved = _SAVED_FROM.search(text[:4096])
    found["saved_from"] = saved.group(1) if saved else None
    for key, value in (*found.items(), *_stated(root)):
        if key and fold(value):
            meta.setdefault(key, fold(value))


def _stated(root: html.HtmlElement) -> Iterator[tuple[str, str | None]]:
    """Yield what the page's elements for properties and times state."""
    for tag in root.iter("meta"):
        yield tag.get("property") or tag.get("name") or "", tag.get("content")
    for stamp in root.iter("time"):
        yield "time", stamp.get("datetime") or stamp.text_content()


def printed_dates(lines: tuple[Line, ...], packs: RulePacks) -> dict[str, str]:
    """Return dates printed beside a label such as 'Published on', under that label; the first of each counts."""
    dates: dict[str, str] = {}
    labels = date_labels(packs)
    for line, after in zip_longest(lines, lines[1:]):
        label = next((label for label in labels if line.text.casefold().startswith(label.casefold())), None)
        if label is None:
            continue
        date = line.text[len(label) :].strip(" :") or (after.text if after else "")
        if re.search(r"\d", date) and len(date) <= LONGEST_DATE:
            dates.setdefault(label, date)
    return dates
