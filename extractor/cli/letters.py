"""Letters that a console lacks: shown by others that say the same, else by their number, and never an error."""

from __future__ import annotations

import codecs
import sys
import unicodedata

NAME = "readably"  # of the error handler
_LIKE = {
    "→": "->", "←": "<-", "↔": "<->", "·": "-", "•": "*", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-",
    "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "×": "x", "≥": ">=", "≤": "<=", "≠": "!=", "✓": "yes",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ",
}  # fmt: skip


def readable(letter: str) -> str:
    """Return ASCII that says the same as a letter: a sign in its shape, a letter without accents, or its number."""
    if letter in _LIKE:
        return _LIKE[letter]
    parts = unicodedata.normalize("NFD", letter)
    bare = parts[0].isascii() and all(map(unicodedata.combining, parts[1:]))
    return parts[0] if bare else f"<U+{ord(letter):04X}>"


def never_die_of_a_letter() -> None:
    """Print what a console's encoding lacks readably, where Python would end with an error."""
    codecs.register_error(NAME, _replaced)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=NAME)


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(readable, error.object[error.start : error.end])), error.end
