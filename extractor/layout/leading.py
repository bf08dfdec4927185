"""Leading: the usual distance from line to line, for each type size of a document and each edge that lines keep."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractor.layout import thresholds
from extractor.layout.body_type import type_size
from extractor.layout.bullets import bullet_of, hangs
from extractor.models import Line

Leading = dict[float | tuple[float, int], float]  # points from top to top, by type size; by size and left edge
_CLOSERS = "’”'\")]"  # signs that may follow a closing mark
_CLOSING = (".", "?", "!", ":", ";", ",")


def usual_leading(lines: Sequence[Line], roles: Mapping[int, str]) -> Leading:
    """Return the smallest of the common steps of each size: larger ones part paragraphs.

    Boxes may be set wider than the text around them: at each left edge, steps from a line that ends in the middle of a
    sentence tell how far the lines of one paragraph are apart there.
    """
    steps: dict[float | tuple[float, int], Counter[float]] = defaultdict(Counter)
    for above, below in pairwise(lines):
        if not above.box or not below.box or above.page != below.page or above.number in roles:
            continue
        step = round((below.box.top - above.box.top) * 2) / 2
        plausible = thresholds.LEAST_LEADING * above.size < step < thresholds.MOST_LEADING * above.size
        if plausible and (above.size == below.size or type_size(above) == type_size(below)):
            steps[type_size(above)][step] += 1
            if _goes_on(above, below):
                steps[edge_of(below)][step] += 1
    return {key: least_common(count) for key, count in steps.items()}


def edge_of(line: Line) -> tuple[float, int]:
    """Return size and left edge of a line."""
    return type_size(line), round(line.box.x0) if line.box else 0


def ends_closed(words: str, marks: tuple[str, ...]) -> bool:
    """Say whether words end with one of some marks, be it before quotation marks or brackets that close."""
    return words.rstrip().rstrip(_CLOSERS).endswith(marks)


def _goes_on(above: Line, below: Line) -> bool:
    """Does a sentence go on below in the same weight, at the same edge or hanging right of its bullet?"""
    if above.bold != below.bold or not below.text[:1].islower() or _is_closed(above.text):
        return False
    return edge_of(above) == edge_of(below) or _hangs_below(above, below)


def _is_closed(words: str) -> bool:
    """Say whether words end a clause, be it before a last word that leads to the next point of a list."""
    return ends_closed(words, _CLOSING) or words.rpartition(" ")[0].endswith(";")


def _hangs_below(bullet: Line, line: Line) -> bool:
    if not bullet.box or not line.box or not bullet_of(bullet, bullet.size):
        return False
    return hangs(line.box.x0, bullet.box.x0, line.size)


def least_common(count: Counter[float]) -> float:
    """Return the smallest step that comes often, against the commonest."""
    often = thresholds.USUAL * max(count.values())
    return min(step for step, n in count.items() if n >= often)
