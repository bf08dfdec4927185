"""Leading: the usual distance from line to line, for each type size of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractor.layout import thresholds
from extractor.layout.body_type import look_of
from extractor.models import Line

Leading = dict[float, float]  # points from top to top, by type size


def usual_leading(lines: Sequence[Line], roles: Mapping[int, str]) -> Leading:
    """Return the smallest of the common steps of each size: larger ones part paragraphs."""
    steps: dict[float, Counter[float]] = {}
    for above, below in pairwise(lines):
        size = look_of(above)[0]
        if above.box and below.box and above.page == below.page and size == look_of(below)[0]:
            step = round((below.box.top - above.box.top) * 2) / 2
            plausible = thresholds.LEAST_LEADING * above.size < step < thresholds.MOST_LEADING * above.size
            if plausible and above.number not in roles:
                steps.setdefault(size, Counter())[step] += 1
    return {size: least_common(count) for size, count in steps.items()}


def least_common(count: Counter[float]) -> float:
    """Return the smallest step that comes often, against the commonest."""
    often = thresholds.USUAL * max(count.values())
    return min(step for step, n in count.items() if n >= often)
