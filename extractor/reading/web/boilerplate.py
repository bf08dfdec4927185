"""Tell furniture of a page (skip links, banners, share links) from its text by its words, which are rules."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractor.rulebook.load import rules_root

LONGEST = 400  # characters; a banner is shorter than a paragraph, and patterns stay quick on hostile text


def is_furniture(text: str, rules: Path | None = None) -> bool:
    """Say whether a whole line is furniture by `common/furniture.jsonl` in the folder `rules`."""
    return len(text) <= LONGEST and _furniture(rules).fullmatch(text.strip()) is not None


def date_labels(rules: Path | None = None) -> tuple[str, ...]:
    """Return the words that stand before a date on a web page, from `common/web_dates.jsonl`."""
    return tuple(str(rule["pattern"]) for rule in rows("web_dates.jsonl", rules))


@lru_cache(maxsize=8)
def rows(name: str, rules: Path | None = None) -> tuple[dict[str, Any], ...]:
    """Return the rules of one file in `common`; none when the folder has no such file."""
    file = (rules or rules_root()) / "common" / name
    if not file.is_file():
        return ()
    return tuple(json.loads(row) for row in file.read_text(encoding="utf-8").splitlines() if row.strip())


@lru_cache(maxsize=8)
def _furniture(rules: Path | None) -> re.Pattern[str]:
    patterns = [expression(rule["pattern"]) for rule in rows("furniture.jsonl", rules)]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)", re.IGNORECASE)


def expression(pattern: str | list[dict[str, Any]]) -> str:
    """Return a regular expression for a phrase, or for the few of spaCy's token keys that furniture needs.

    Keys understood: `LOWER` (a word or `{"IN": […]}`) and `IS_PUNCT`, each with `"OP": "?"` where it may be missing;
    `{"OP": "*"}` stands for any words. Raises ValueError on any other key.
    """
    if isinstance(pattern, str):
        return r"\s+".join(re.escape(word) for word in pattern.split()) + r"\s*[.:»>]?"
    return "".join(_token(token) for token in pattern) + r"[.:»>]?"


def _token(token: dict[str, Any]) -> str:
    if unknown := set(token) - {"LOWER", "IS_PUNCT", "OP"}:
        raise ValueError(f"furniture patterns can't use {', '.join(sorted(unknown))}")
    if token == {"OP": "*"}:
        return r".*"
    lower = token.get("LOWER")
    words = lower["IN"] if isinstance(lower, dict) else [lower or ""]
    core = r"[^\w\s]" if lower is None else "(?:" + "|".join(map(re.escape, words)) + r")\b"
    return rf"(?:{core}\s*){token.get('OP', '')}"
