"""Whether a hyphen at a line end belongs to the word, by how the document writes it elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.models import Line

SOFT = "\u00ad"
HYPHENS = ("-", SOFT, "‐")

_WORD = re.compile(r"[^\W\d_]+(?:[-’'‑][^\W\d_]+)*")
_ENDS = re.compile(r"((?:[^\W\d_]|[-’'])+)[-‐]$")
_STEM = 3  # letters of the second part that show a word of the same family


class Hyphens:
    """The words of one document, whole and divided."""

    def __init__(self, lines: Sequence[Line], compounds: Iterable[str] = ()) -> None:
        """Count the words of all lines; `compounds` are first parts of words that are written with a hyphen."""
        self._compounds = frozenset(compounds)
        self._words = Counter(_WORD.findall("\n".join(line.text for line in lines).lower()))
        divided = self._divided(lines)
        self._words = +self._words
        joined = sum(self._words[left + right] > self._words[f"{left}-{right}"] for left, right in divided)
        kept = sum(self._words[f"{left}-{right}"] > self._words[left + right] for left, right in divided)
        self._divides = joined > kept  # the document breaks words at line ends
        self._sorted = sorted(self._words)
        self._drawn_only = not any("‐" in line.text.rstrip().rstrip("‐") for line in lines)  # never inside a line

    def _divided(self, lines: Sequence[Line]) -> list[tuple[str, str]]:
        """The words broken at a line end; their halves are no longer counted as words."""
        divided: list[tuple[str, str]] = []
        left = None
        for line in lines:
            ends = line.text.rstrip().endswith(HYPHENS)
            if not left and not ends:
                continue
            words = _WORD.findall(line.text.lower())
            if left and words:
                divided.append((left, words[0]))
                self._words[words.pop(0)] -= 1
            left = words.pop() if ends and words else None
            if left:
                self._words[left] -= 1
        return divided

    def keep(self, left: str, right: str) -> tuple[bool, bool]:
        """Return (keep the hyphen, sure of it) for a line that ends `left` and goes on `right`."""
        if left.endswith(SOFT) or (left.endswith("‐") and self._drawn_only):
            return False, True
        before, after = _ENDS.search(left), _WORD.match(right)
        if not before or not after or not right[0].islower():
            return True, True
        head, tail = before.group(1).lower(), after.group(0).lower()
        as_one, as_two = self._words[head + tail], self._words[f"{head}-{tail}"]
        if as_one != as_two:
            return as_two > as_one, True
        if not self._divides:
            return True, True
        return self._by_family(head, tail), False

    def _by_family(self, head: str, tail: str) -> bool:
        """Keep the hyphen by the words of the same family, else by what is usual for the first part."""
        alike_one, alike_two = self._begins(head + tail[:_STEM]), self._begins(f"{head}-{tail[:_STEM]}")
        if alike_one != alike_two:
            return alike_two
        return head in self._compounds or "-" in head

    def _begins(self, stem: str) -> bool:
        """Does any word of the document begin with `stem`?"""
        place = bisect_left(self._sorted, stem)
        return place < len(self._sorted) and self._sorted[place].startswith(stem)
