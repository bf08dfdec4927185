"""How a response puts things: its sentences, numbers and pages in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from extractor.phrasing import in_number, with_label
from extractor.rulebook.load import load_rules
from extractor.tables.rows import FindingRow, ProblemRow

Sentences = Mapping[str, Mapping[str, str]]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# What XML or Word cannot hold, and marks that turn the direction of the words after them (they would garble what
# stands beside an item): shown as a replacement mark, never silently gone.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return text with what a document cannot hold shown as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


def clean(text: str | None) -> str:
    """Return text that a document can hold: white space folded, unprintable characters shown as U+FFFD."""
    return " ".join(printable(text or "").split())


def wording(rules: Path) -> Sentences:
    """Return the sentences of `wording.toml`."""
    return load_rules(rules).wording.sentences


def in_words(number: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def series(parts: Iterable[str]) -> str:
    """Return `a, b and c`; "" for nothing."""
    *head, last = [*parts] or [""]
    return f"{', '.join(head)} and {last}" if head else last


def capital(text: str) -> str:
    """Return text that begins with a capital."""
    return text[:1].upper() + text[1:]


def pages_of(row: FindingRow) -> str:
    """Return the pages of an item: physical, with the printed number where that is another; "" on the web."""
    first, last = row["page_first"], row["page_last"]
    if first is None:
        return ""
    shown = with_label(first, row.get("page_label"))
    return shown if last in (None, first) else f"{shown}–{last}"


def page_of(row: ProblemRow) -> str:
    """Return the page of a problem that has one, with the printed number where that is another."""
    return with_label(row["page"], row.get("page_label"))


def pages_in_words(pages: Iterable[int | None]) -> str:
    """Return `page 4`, `pages 4 and 7`; "" where none is known."""
    known = sorted({page for page in pages if page is not None})
    return f"{in_number(len(known), 'page')} {series(map(str, known))}" if known else ""
