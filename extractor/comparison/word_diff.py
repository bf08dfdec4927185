"""Two texts, word by word: what stayed, what went, what came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

Piece = tuple[str, str]  # kept | gone | come, and the words


def word_diff(earlier: str, later: str) -> list[Piece]:
    """Return the later text in pieces, with the words of the earlier one that are gone where they stood.

    Case and punctuation make no difference between words; the words are given as printed.
    """
    old, new = earlier.split(), later.split()
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, _plain(old), _plain(new), autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("kept", " ".join(new[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(("gone", " ".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(("come", " ".join(new[j1:j2])))
    return pieces


def _plain(words: Sequence[str]) -> list[str]:
    return [re.sub(r"\W", "", word.lower()) or word for word in words]
