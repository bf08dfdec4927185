"""Text folded for comparison: three ways, each for one purpose. What is printed is never changed, only compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+")
_NO_ID = re.compile(r"[^a-z0-9]+")
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "\u00ad": None})


def squeeze(text: str | None) -> str:
    """Return text with every stretch of white space as one blank and none at the ends; "" for None."""
    return " ".join((text or "").split())


@lru_cache(maxsize=4096)
def plain(text: str | None) -> str:
    """Return text in small letters, squeezed, with straight quotes and simple hyphens: as words of rules are compared.

    Dashes stay what they are: `2023–25` and `2023-25` are two forms of words.
    """
    return squeeze(text).translate(_STRAIGHT).lower()


def words_of(text: str) -> list[str]:
    """Return the stretches of letters and figures in a text."""
    return _WORD.findall(text)


@lru_cache(maxsize=4096)
def id_form(text: str) -> str:
    """Return only letters a to z and figures, other stretches as one blank: what ids are made of, for ever."""
    return _NO_ID.sub(" ", unicodedata.normalize("NFKD", text).casefold()).strip()
