"""Tables that go on overleaf and print their heading row again: the second heading begins nothing."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout.style_census import typeface_of
from extractor.report.findings.clues import Clues
from extractor.report.findings.region import Region


def without_repeated_rows(regions: Sequence[Region], clues: Clues) -> list[Region]:
    """Join what stands below a repeated heading row to the region before."""
    kept: list[Region] = []
    for region in regions:
        if kept and _is_repeated_row(region, kept[-1], clues):
            kept[-1].blocks += region.blocks
            kept[-1].ended_by, kept[-1].at_foot = region.ended_by, region.at_foot
        else:
            kept.append(region)
    return kept


def _is_repeated_row(region: Region, before: Region, clues: Clues) -> bool:
    """The same heading in the same frame overleaf, above words that are not set as items begin in that frame."""
    last, first = before.last, next((block for block in region.blocks if not clues.tells_status(block)), None)
    if last is None or first is None or region.heading.frame is None or region.heading.frame != before.heading.frame:
        return False
    overleaf = region.heading.page_first != last.page_last
    same = region.heading.text == before.heading.text and not clues.opens_item(first)
    return overleaf and same and typeface_of(first) != typeface_of(before.blocks[0])
