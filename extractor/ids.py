"""Names that never change: ids made from what is printed, not from its place."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def folded(text: str) -> str:
    """Return text with case, quotes, dashes, marks and white space folded, as ids see it."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def short_hash(text: str) -> str:
    """Return eight hexadecimal digits that stand for the folded text."""
    return hashlib.sha256(folded(text).encode()).hexdigest()[:8]
