"""Numbers written in words or figures, as reports count their items."""

from __future__ import annotations

import re

_VALUES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip


def number_in(words: str) -> int | None:
    """Return the first number of a text: `43`, `eleven`, `twenty-two`; None where there is none."""
    total: int | None = None
    for word in re.findall(r"\d+|[a-z]+", words.lower()):
        value = int(word) if word.isdigit() else _VALUES.get(word)
        if value is None and total is not None:
            break
        if value is not None:
            total = (total or 0) + value
    return total
