"""How two rectangles lie to each other."""

from __future__ import annotations

from extractor.layout import thresholds
from extractor.models import Box


def overlaps_across(one: Box, other: Box) -> bool:
    """Say whether one stands above or below the other, at least in part."""
    return one.x0 < other.x1 and other.x0 < one.x1


def mostly_inside(inner: Box, outer: Box) -> bool:
    """Say whether nearly all of one lies in the other (an edge is often drawn a little beside its shading)."""
    width = min(inner.x1, outer.x1) - max(inner.x0, outer.x0)
    height = min(inner.bottom, outer.bottom) - max(inner.top, outer.top)
    area = (inner.x1 - inner.x0) * (inner.bottom - inner.top)
    return width > 0 and height > 0 and width * height >= thresholds.INSIDE * area


def stacked(one: Box, other: Box) -> bool:
    """Say whether two rectangles have nearly the same sides at left and right."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    return width >= thresholds.STACKED * max(one.x1 - one.x0, other.x1 - other.x0)


def union(one: Box, other: Box) -> Box:
    """Return the smallest rectangle that holds both."""
    return Box(
        one.page, min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom)
    )
