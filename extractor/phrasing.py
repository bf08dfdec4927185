"""How counts, pages and shortened texts are told: in one way, wherever a person reads them."""

from __future__ import annotations

import os
import shlex
import textwrap


def count(number: int, noun: str, several: str = "") -> str:
    """Return `1 report` or `2,000 reports`; `several` is the noun's plural where it is no plain one."""
    return f"{number:,} {in_number(number, noun, several)}"


def in_number(number: int, noun: str, several: str = "") -> str:
    """Return `report` for one and `reports` for any other number; `several` as in `count`."""
    return noun if number == 1 else several or f"{noun}s"


def with_label(page: int | None, label: str | None) -> str:
    """Return a physical page with the number printed on it, where that is another: `12 (printed 10)`."""
    return f"{page} (printed {label})" if label and label != str(page) else str(page)


def pages(first: int | None, last: int | None = None, label: str | None = None) -> str:
    """Return `p. 12`, `p. 12 (printed 10)` or `p. 12–13`; `label` is printed on the first page; "" without a page."""
    if first is None:
        return ""
    shown = f"p. {with_label(first, label)}"
    return shown if last in (None, first) else f"{shown}–{last}"


def then(told: str, more: str) -> str:
    """Return two parts of a message as one: `told; more`, but behind a question `told? More`."""
    return f"{told} {more[:1].upper()}{more[1:]}" if told.endswith("?") else f"{told}; {more}"


def shortened(text: str, width: int) -> str:
    """Return a text on one line of at most `width` letters; what is cut is cut between words and shown as ` …`."""
    return textwrap.shorten(text, max(width, 10), placeholder=" …")


def typed(place: object) -> str:
    """Return the name of a file or folder as one types it in a command: quoted where a shell would split it."""
    words = str(place)
    if os.name == "nt":
        return f'"{words}"' if " " in words else words
    return shlex.quote(words)
