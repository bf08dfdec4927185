"""Tell furniture of a page (skip links, banners, share links) from its text by its words, which are rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from extractor.errors import RuleError
from extractor.rulebook.load import RulePacks

LONGEST = 400  # characters; a banner is shorter than a paragraph, and patterns stay quick on hostile text


def is_furniture(text: str, packs: RulePacks) -> bool:
    """Say whether a whole line is furniture by the rules of `furniture.jsonl`."""
    return len(text) <= LONGEST and _furniture(packs).fullmatch(text.strip()) is not None


def date_labels(packs: RulePacks) -> tuple[str, ...]:
    """Return the words that stand before a date on a web page, from `web_dates.jsonl`."""
    return tuple(str(rule.pattern) for rule in packs.page_rules if rule.label == "WEB_DATE")


@lru_cache(maxsize=4)
def _furniture(packs: RulePacks) -> re.Pattern[str]:
    rules = [rule for rule in packs.page_rules if rule.label == "FURNITURE"]
    try:
        patterns = [expression(rule.pattern) for rule in rules]
    except ValueError as error:
        raise RuleError(f"furniture.jsonl: {error}") from error
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)", re.IGNORECASE)


def expression(pattern: str | Sequence[Mapping[str, Any]]) -> str:
    """Return a regular expression for a phrase, or for the few of spaCy's token keys that furniture needs.

    Keys understood: `LOWER` (a word or `{"IN": […]}`) and `IS_PUNCT`, each with `"OP": "?"` where it may be missing;
    `{"OP": "*"}` stands for any words. Raises ValueError on any other key.
    """
    if isinstance(pattern, str):
        return r"\s+".join(re.escape(word) for word in pattern.split()) + r"\s*[.:»>]?"
    return "".join(_token(token) for token in pattern) + r"[.:»>]?"


def _token(token: Mapping[str, Any]) -> str:
    if unknown := set(token) - {"LOWER", "IS_PUNCT", "OP"}:
        raise ValueError(f"furniture patterns can't use {', '.join(sorted(unknown))}")
    if token == {"OP": "*"}:
        return r".*"
    lower = token.get("LOWER")
    words = lower["IN"] if isinstance(lower, dict) else [lower or ""]
    core = r"[^\w\s]" if lower is None else "(?:" + "|".join(map(re.escape, words)) + r")\b"
    return rf"(?:{core}\s*){token.get('OP', '')}"
