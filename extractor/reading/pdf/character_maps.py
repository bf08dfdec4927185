"""Tables that say which character each code of a font shows (ToUnicode): are they whole, and are some exchanged?

A font that keeps its letters in the order of the alphabet maps every code to a character at one distance. A code that
breaks the rule among many that keep it shows another letter or figure than the text says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, starmap
from typing import NamedTuple

_BLOCK = re.compile(rb"(\d{1,9})\s+beginbf(char|range)([^g-z]*)endbf")
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
_LISTED = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_ONE = 4  # hexadecimal digits of one character; a ligature stands for several
_FEWEST, _SHARE = 12, 0.75  # letters and figures needed, and the share of them at one distance, before any is judged
_MOST_NAMED = 3
_HALF = re.compile("[\ud800-\udfff]")
_LONGEST_RANGE = 256


class Table(NamedTuple):
    """One table: what each code shows, and whether it has its end and as many entries as it says."""

    letters: dict[int, str]
    whole: bool


def whole_characters(text: str) -> str:
    """Return text with halves of characters (surrogates) put together, and a half alone as U+FFFD, which is no letter.

    A font's table may give one half only: no file can hold it, and what it stood for cannot be known.
    """
    if text.isascii() or not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def table_of(stream: bytes) -> Table:
    """Return the table that a stream holds."""
    letters, whole, blocks = dict[int, str](), b"endcmap" in stream, 0
    for said, kind, body in _BLOCK.findall(stream):
        entries, blocks = (_PAIR if kind == b"char" else _RANGE).findall(body), blocks + 1
        whole = whole and len(entries) == int(said)
        if kind == b"char":
            letters |= {
                int(code, 16): chr(int(shown, 16)) if len(shown) == _ONE else _text(shown) for code, shown in entries
            }
        else:
            letters.update(chain.from_iterable(starmap(_range, entries)))
    return Table(letters, whole and blocks == stream.count(b"beginbf"))


def exchanged(letters: Mapping[int, str]) -> str:
    """Return what a table gives as another character, e.g. `1 as 7`; "" when nothing or when that cannot be told."""
    distances = [ord(shown) - code for code, shown in letters.items() if shown.isascii() and _is_letter(shown)]
    if len(distances) < _FEWEST:
        return ""
    distance, count = Counter(distances).most_common(1)[0]
    if count < _SHARE * len(distances):
        return ""
    meant = {chr(code + distance): shown for code, shown in letters.items() if 0 <= code + distance < 128}
    return named((drawn, shown) for drawn, shown in meant.items() if _is_letter(drawn) and not alike(drawn, shown))


def named(pairs: Iterator[tuple[str, str]]) -> str:
    """Return in words what is drawn and what is said instead, the first of them."""
    return ", ".join(f"{drawn} as {shown}" for drawn, shown in list(pairs)[:_MOST_NAMED])


def alike(drawn: str, shown: str) -> bool:
    """Tell whether two characters are one; small capitals may be called by either letter."""
    return drawn.lower() == shown.lower()


def _is_letter(shown: str) -> bool:
    return len(shown) == 1 and shown.isalnum()


def _range(first: bytes, last: bytes, shown: bytes, listed: bytes) -> Iterator[tuple[int, str]]:
    start = int(first, 16)
    codes = range(start, min(int(last, 16) + 1, start + _LONGEST_RANGE))
    if listed:
        yield from zip(codes, map(_text, _LISTED.findall(listed)), strict=False)
        return
    text = _text(shown) or "\0"
    for code in codes:
        yield code, text[:-1] + chr(min(ord(text[-1]) + code - start, 0xFFFF))


def _text(shown: bytes) -> str:
    digits = b"".join(shown.split())
    if len(digits) == _ONE:
        return chr(int(digits, 16))  # half a character too
    return bytes.fromhex(digits.decode() + "0" * (len(digits) % 2)).decode("utf-16-be", "replace")
