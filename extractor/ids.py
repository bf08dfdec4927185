"""Names that never change: ids made from what is printed, not from its place."""

from __future__ import annotations

import hashlib

from extractor.folding import id_form


def short_hash(text: str) -> str:
    """Return eight hexadecimal digits that stand for the folded text."""
    return hashlib.sha256(id_form(text).encode()).hexdigest()[:8]
