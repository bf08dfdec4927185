"""Leading: the usual distance from line to line, for each type size of a document and each edge that lines keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractor.layout import thresholds
from extractor.layout.body_type import look_of
from extractor.models import Line

Leading = dict[float | tuple[float, int], float]  # points from top to top, by type size; by size and left edge
_CLOSED = re.compile(r"[.?!:;,][’”'\")\]]*$")


def usual_leading(lines: Sequence[Line], roles: Mapping[int, str]) -> Leading:
    """Return the smallest of the common steps of each size: larger ones part paragraphs.

    Boxes may be set wider than the text around them: at each left edge, steps from a line that ends in the middle of a
    sentence tell how far the lines of one paragraph are apart there.
    """
    steps: dict[float | tuple[float, int], Counter[float]] = {}
    for above, below in pairwise(lines):
        size = look_of(above)[0]
        if above.box and below.box and above.page == below.page and size == look_of(below)[0]:
            step = round((below.box.top - above.box.top) * 2) / 2
            plausible = thresholds.LEAST_LEADING * above.size < step < thresholds.MOST_LEADING * above.size
            if plausible and above.number not in roles:
                steps.setdefault(size, Counter())[step] += 1
                if _goes_on(above, below):
                    steps.setdefault(edge_of(below), Counter())[step] += 1
    return {key: least_common(count) for key, count in steps.items()}


def edge_of(line: Line) -> tuple[float, int]:
    """Return size and left edge of a line."""
    return look_of(line)[0], round(line.box.x0) if line.box else 0


def _goes_on(above: Line, below: Line) -> bool:
    """Does a sentence go on below at the same edge and in the same weight?"""
    open_ = not _CLOSED.search(above.text.rstrip()) and above.bold == below.bold
    return open_ and edge_of(above) == edge_of(below) and below.text[:1].islower()


def least_common(count: Counter[float]) -> float:
    """Return the smallest step that comes often, against the commonest."""
    often = thresholds.USUAL * max(count.values())
    return min(step for step, n in count.items() if n >= often)
