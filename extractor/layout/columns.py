"""The left edges of the columns of text on each page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extractor.layout import thresholds
from extractor.models import Line

Edges = dict[int, tuple[float, ...]]  # by page: left edges in points, from the left


def column_edges(lines: Sequence[Line], roles: Mapping[int, str], size: float) -> Edges:
    """Return the columns of each page; the first is the usual one of all left-hand or right-hand pages."""
    starts = _starts(lines, roles, size)
    common = {
        page: sorted(x for x, n in count.items() if n > thresholds.EDGE_OF_TEXT) for page, count in starts.items()
    }
    firsts: dict[int, Counter[int]] = {0: Counter(), 1: Counter()}
    for page, edges in common.items():
        firsts[page % 2].update(edges[:1])
    usual = firsts[0] + firsts[1]
    columns: Edges = {}
    for page, count in starts.items():
        hand = (firsts[page % 2] or usual).most_common(1)
        first = hand[0][0] if hand else min(count)
        long = [x for x in common[page] if count[x] > thresholds.COLUMN_LINES]
        columns[page] = (float(first), *_further(first, long, size))
    return columns


def _starts(lines: Sequence[Line], roles: Mapping[int, str], size: float) -> dict[int, Counter[int]]:
    """How many lines of body type begin at each point, by page."""
    starts: dict[int, Counter[int]] = defaultdict(Counter)
    near = thresholds.SAME_SIZE * size
    for line in lines:
        if line.box and line.number not in roles and abs(line.size - size) < near:
            starts[line.box.page][round(line.box.x0)] += 1
    return starts


def _further(first: float, edges: Iterable[int], size: float) -> Iterable[float]:
    for edge in edges:
        if edge - first >= thresholds.COLUMN * size:
            first = edge
            yield float(edge)
