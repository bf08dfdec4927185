"""Tables that say which character each code of a font shows (ToUnicode): are some of them exchanged, or halves?

A font that keeps its letters in the order of the alphabet maps every code to a character at one distance. A code that
breaks the rule among many that keep it shows another letter or figure than the text says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[[^\]]*\])")
_ONE = 4  # hexadecimal digits of one character; a ligature stands for several
_FEWEST, _SHARE = 12, 0.75  # letters and figures needed, and the share of them at one distance, before any is judged
_MOST_NAMED = 3
_HALF = re.compile("[\ud800-\udfff]")
_LONGEST_RANGE = 256


def whole_characters(text: str) -> str:
    """Return text with halves of characters (surrogates) put together, and a half alone as U+FFFD, which is no letter.

    A font's table may give one half only: no file can hold it, and what it stood for cannot be known.
    """
    if text.isascii() or not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def exchanged(table: bytes) -> str:
    """Return what a table gives as another character, e.g. `1 as 7`; "" when nothing or when that cannot be told."""
    codes = {code: chr(place) for code, place in _entries(table) if chr(place).isascii() and chr(place).isalnum()}
    if len(codes) < _FEWEST:
        return ""
    distance, count = Counter(ord(shown) - code for code, shown in codes.items()).most_common(1)[0]
    if count < _SHARE * len(codes):
        return ""
    meant = {chr(code + distance): shown for code, shown in codes.items() if 0 <= code + distance < 128}
    wrong = [f"{drawn} as {shown}" for drawn, shown in meant.items() if drawn.isalnum() and not _alike(drawn, shown)]
    return ", ".join(wrong[:_MOST_NAMED])


def _alike(drawn: str, shown: str) -> bool:
    """Tell whether two characters are one; small capitals may be called by either letter."""
    return drawn.lower() == shown.lower()


def _entries(table: bytes) -> Iterator[tuple[int, int]]:
    for kind, body in _BLOCK.findall(table):
        if kind == b"char":
            yield from ((int(code, 16), int(shown, 16)) for code, shown in _PAIR.findall(body) if len(shown) == _ONE)
            continue
        for first, last, shown in (found for found in _RANGE.findall(body) if len(found[2]) == _ONE):
            start = int(first, 16)
            for step in range(min(int(last, 16) - start + 1, _LONGEST_RANGE)):
                yield start + step, int(shown, 16) + step
