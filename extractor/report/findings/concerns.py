"""A cause of concern and, where no heading of their own parts them, the recommendations below it."""

from __future__ import annotations

from extractor.layout.blocks import Block
from extractor.report.findings.clues import Clues
from extractor.report.findings.drafts import Reading
from extractor.report.findings.facts import deadline_in, mark_history
from extractor.report.findings.leads import read_concerns
from extractor.report.findings.recommendations import read_recommendations
from extractor.report.findings.region import Region


def read_concern(region: Region, clues: Clues) -> Reading:
    """Read the concern's words, then its recommendations."""
    cut = _recommendations_from(region, clues)
    told, asked = tuple(region.blocks[:cut]), region.blocks[cut:]
    concerns = read_concerns(region, told, clues)
    if concerns:
        mark_history(concerns[-1], clues)
    if not asked:
        return Reading(concerns)
    reading = read_recommendations(region, asked, concerns[-1] if concerns else None, clues)
    return Reading((*concerns, *reading.drafts), reading.problems)


def _recommendations_from(region: Region, clues: Clues) -> int:
    """Return the place of the block in the region with which the recommendations begin."""
    end = len(region.blocks)
    if _heading_follows(region, clues):
        return end
    return next((place for place in range(end) if _begins(region, place, clues)), end)


def _heading_follows(region: Region, clues: Clues) -> bool:
    """Is the next block after this region a heading of recommendations?"""
    last = (region.last or region.heading).number
    later = next((block for block in clues.text.reading if block.number > last), None)
    return later is not None and clues.has(later, "REC_HEADING")


def _begins(region: Region, place: int, clues: Clues) -> bool:
    block = region.blocks[place]
    follower = region.blocks[place + 1] if place + 1 < len(region.blocks) else None
    if clues.begins(block, "REC_LEAD"):
        return True
    if place == 0:
        return False
    return _is_stem(block, follower, clues) or (
        clues.opens_item(block) and deadline_in(block.text, clues.labels) is not None
    )


def _is_stem(block: Block, follower: Block | None, clues: Clues) -> bool:
    heads = follower is not None and (follower.kind == "bullet" or clues.hangs_under_stem(follower, (block,)))
    return heads and block.text.endswith(":") and clues.has(block, "SHOULD")
