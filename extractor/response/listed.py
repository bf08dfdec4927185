"""Whether the list that a document carries is whole, as `peel respond` wrote it, or was cut since."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_SAID = {  # what each element of the list says
    "item": ("ref", "id", "needed"),
    "printed": ("part", "times"),
    "blank": ("tag", "row", "rest", "columns", "column"),
    "caution": ("ref", "id"),
}
_WORDS = ("printed", "hint", "line")  # elements that hold words
_COUNTS = ("times", "columns", "column")
_COUNT = re.compile(r"-?[0-9]{1,5}")
_DAYS = ("due", "published")


def is_whole(listed: Any, parts: frozenset[str]) -> bool:
    """Say whether a document's list has all that is read from it; `parts` are those of an item."""
    if not listed.get("report") or not all(_is_day(listed.get(name, "")) for name in _DAYS):
        return False
    return all(_is_sound(element, parts) for element in listed.iter() if isinstance(element.tag, str))


def _is_sound(element: Any, parts: frozenset[str]) -> bool:
    said = [element.get(name) for name in _SAID.get(element.tag, ())]
    counts = [element.get(name, "0") for name in _COUNTS]
    part = element.get("part")
    return (
        None not in said
        and all(map(_COUNT.fullmatch, counts))
        and (part is None or part in parts)
        and (element.tag not in _WORDS or bool(element.text))
    )


def _is_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False
