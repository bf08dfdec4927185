"""Who published a report: the inspectorate under the name it had then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from extractor.layout.blocks import Block, Text
from extractor.report.identity.title import Front
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.profile import Profile

OLDER, NEWER = "HMIC", "HMICFRS"


def publisher_of(front: Front, text: Text, labels: Labeller, profile: Profile | None, newer_share: float) -> str | None:
    """Return the name that is printed on the front, else in the text, else the one of the cycle.

    The newer name is taken where it makes up `newer_share` of the older one: later reports speak of earlier ones.
    """
    if text.medium == "web" and profile:
        return profile.publisher  # the site carries today's name on every year's page
    for blocks in (front.blocks, (block for block in text.blocks if block.kind != "furniture")):
        named = _named(blocks, labels)
        if named[NEWER] and named[NEWER] >= newer_share * named[OLDER]:
            return NEWER
        if named[OLDER]:
            return OLDER
    return profile.publisher if profile else None


def _named(blocks: Iterable[Block], labels: Labeller) -> Counter[str]:
    return Counter(match.value for block in blocks for match in labels.matches(block.text, "PUBLISHER") if match.value)
