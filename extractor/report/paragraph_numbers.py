"""Numbers that are printed before paragraphs and headings (1.1, 1.2, 1.4): do they run on?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.models import Problem
from extractor.problems import problem
from extractor.report.sections import Part

_NUMBER = re.compile(r"(\d{1,2})\.(\d{1,3})\.?[ \t\xa0]+(?=[^\W\d_])")
_FEWEST = 5  # numbers that follow one another before a report counts its paragraphs
_MOST_LOST = 3  # between two that follow; more is another way to count


class _Numbered(NamedTuple):
    chapter: int
    number: int
    page: int | None

    def __str__(self) -> str:
        return f"{self.chapter}.{self.number}"


def paragraphs_missing(parts: Sequence[Part]) -> Iterator[Problem]:
    """Yield where the numbers of paragraphs leave one out or come twice, in a report that counts them."""
    found = list(_numbered(parts))
    pairs = [pair for pair in pairwise(found) if pair[0].chapter == pair[1].chapter]
    printed = {(each.chapter, each.number) for each in found}
    if sum(after.number - before.number == 1 for before, after in pairs) < _FEWEST:
        return
    for before, after in pairs:
        lost = [(after.chapter, number) for number in range(before.number + 1, after.number)]
        if (lost and len(lost) <= _MOST_LOST and printed.isdisjoint(lost)) or before.number == after.number:
            words = f"the numbers of paragraphs go from {before} to {after}; one may be missing or come twice"
            yield problem("paragraph_missing", after.page, words)


def _numbered(parts: Sequence[Part]) -> Iterator[_Numbered]:
    for part in parts:
        heading = (part.heading,) if part.heading else ()
        for block in (*heading, *part.blocks) if part.kind != "contents" else ():
            found = _NUMBER.match(block.text) if block.kind != "furniture" else None
            if found:
                yield _Numbered(int(found[1]), int(found[2]), block.page_first)
