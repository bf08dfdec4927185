"""Whether a hyphen at a line end belongs to the word, by how the document writes it elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from extractor.models import Line

SOFT = "\u00ad"
HYPHENS = ("-", SOFT, "‐")

_WORD = re.compile(r"[^\W\d_]+(?:[-’'‑][^\W\d_]+)*")
_ENDS = re.compile(r"(?<![^\W\d_])(?<![-’'])((?:[^\W\d_]|[-’'])+)[-‐]$")  # from where a word begins
_AROUND = ".,;:?!()[]“”‘’'\""  # signs that are no part of a word they stand beside
_MUCH_OFTENER = 3  # times: a document that writes a word both ways settles it
_STEM = 3  # letters of the second part that show a word of the same family


class Hyphens:
    """The words of one document, whole and divided."""

    def __init__(self, lines: Sequence[Line], compounds: Iterable[str] = (), whole: tuple[str, ...] = ()) -> None:
        """Keep the lines, whose words are counted once a hyphen asks for it.

        `compounds` are first parts of words that are written with a hyphen, `whole` the beginnings of words that only
        look like such.
        """
        self._lines = lines
        self._compounds, self._whole = frozenset(compounds), whole

    @cached_property
    def _counted(self) -> tuple[Counter[str], list[tuple[str, str]]]:
        """How often each whole word comes, and the words broken at a line end, whose halves are none."""
        divided, halves = _divided(self._lines)
        words = _every_word(self._lines)
        words.subtract(halves)
        return +words, divided

    @property
    def _words(self) -> Counter[str]:
        return self._counted[0]

    @cached_property
    def _divides(self) -> bool:
        """Whether the document breaks words at line ends."""
        words, divided = self._counted
        joined = sum(words[left + right] > words[f"{left}-{right}"] for left, right in divided)
        kept = sum(words[f"{left}-{right}"] > words[left + right] for left, right in divided)
        return joined > kept

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._words)

    @cached_property
    def _drawn_only(self) -> bool:
        """Whether the other sign of a hyphen stands at line ends only."""
        return not any("‐" in line.text.rstrip().rstrip("‐") for line in self._lines)

    def keep(self, left: str, right: str) -> tuple[bool, bool]:
        """Return (keep the hyphen, sure of it) for a line that ends `left` and goes on `right`."""
        if left.endswith(SOFT) or (left.endswith("‐") and self._drawn_only):
            return False, True
        before, after = _ENDS.search(left), _WORD.match(right)
        if not before or not after:
            return True, True
        head, tail = before.group(1).lower(), after.group(0).lower()
        as_one, as_two = self._words[head + tail], self._words[f"{head}-{tail}"]
        if as_one != as_two:
            return as_two > as_one, max(as_one, as_two) >= _MUCH_OFTENER * min(as_one, as_two)
        if not self._divides or not right[0].islower():
            return True, True
        return self._by_family(head, tail), False

    def _by_family(self, head: str, tail: str) -> bool:
        """Keep the hyphen by the words of the same family, else by what is usual for the first part."""
        alike_one, alike_two = self._begins(head + tail[:_STEM]), self._begins(f"{head}-{tail[:_STEM]}")
        if alike_one != alike_two:
            return alike_two
        if (head + tail).startswith(self._whole):
            return False
        _, sign, last = head.rpartition("-")
        return head in self._compounds or (bool(sign) and len(last) > 1)  # one letter is the beginning of a word

    def _begins(self, stem: str) -> bool:
        """Does any word of the document begin with `stem`?"""
        place = bisect_left(self._sorted, stem)
        return place < len(self._sorted) and self._sorted[place].startswith(stem)


def _every_word(lines: Sequence[Line]) -> Counter[str]:
    """Count what stands as a word, halves of divided ones among them."""
    words: Counter[str] = Counter()
    for stretch, often in Counter("\n".join(line.text for line in lines).lower().split()).items():
        bare = stretch.strip(_AROUND)
        for word in (bare,) if bare.isalpha() else _WORD.findall(bare):
            words[word] += often
    return words


def _divided(lines: Sequence[Line]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the words that a line end divides, in two parts each, and all that are such parts."""
    divided: list[tuple[str, str]] = []
    halves: list[str] = []
    left = None
    for line in lines:
        ends = line.text.rstrip().endswith(HYPHENS)
        if not left and not ends:
            continue
        words = _WORD.findall(line.text.lower())
        if left and words:
            divided.append((left, words[0]))
            halves.append(words.pop(0))
        left = words.pop() if ends and words else None
        halves += [left] if left else []
    return divided, halves
