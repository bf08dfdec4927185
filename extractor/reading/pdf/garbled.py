"""Does the text of a page make sense? A font without a table of characters gives print that no program can read."""

from __future__ import annotations

import re
from collections.abc import Sequence

_JUDGED = 60  # characters needed before a page is judged
_UNREADABLE = 0.1  # share of characters without a meaning
_LONGEST_WORDS = 14  # mean letters in a word, above which the blanks are missing
_LATIN_SHARE = 0.6  # of the characters, where words should be apart
_FEWEST_WORDS, _SHORTEST = 40, 4  # words needed, and their letters, before a page is called nonsense
_NO_VOWEL = 0.25  # share of words without a vowel in nonsense

_NO_MEANING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_LATIN = re.compile("[A-Za-z]")
_VOWEL = re.compile("[aeiouy]")
_COMMON = frozenset(["the", "and", "for", "that", "with", "mae", "wedi", "gan"])  # in all prose


def fault(lines: Sequence[str]) -> str:
    """Return what makes the text of a page doubtful, or "" when nothing does."""
    text = " ".join(lines)
    words = text.lower().replace(".", " ").split()  # dots lead to page numbers: no letters
    solid = sum(map(len, words))
    if solid < _JUDGED:
        return ""
    doubtful = "\ufffd" in text or not text.isprintable()  # or no character without a meaning can be among them
    if doubtful and len(_NO_MEANING.findall(text)) > _UNREADABLE * solid:
        return "many of its characters have no code"
    if solid > _LONGEST_WORDS * len(words) and len(_LATIN.findall(text)) > _LATIN_SHARE * solid:
        return "its words are not apart"
    if _COMMON.isdisjoint(words) and _is_nonsense(words):
        return "its letters make no words"
    return ""


def _is_nonsense(words: Sequence[str]) -> bool:
    plain = [word for word in words if len(word) >= _SHORTEST and word.isascii() and word.isalpha()]
    return len(plain) >= _FEWEST_WORDS and sum(not _VOWEL.search(word) for word in plain) > _NO_VOWEL * len(plain)
