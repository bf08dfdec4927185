"""Paragraphs into sentences, with the place of each in the paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"(?<![.?!])[.?!]++[’”'\")\]]*\s+(?=[A-Z0-9‘“'\"(£])")
_NO_END = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|vs|e\.g|i\.e|para|paras|pp?)\.\s*$")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last character (exclusive) of each sentence."""
    start = 0
    for end in _END.finditer(text):
        if _NO_END.search(text[start : end.end()]):
            continue
        yield start, start + len(text[start : end.end()].rstrip())
        start = end.end()
    if text[start:].strip():
        yield start, len(text.rstrip())
