"""From which inspection the items of a letter come: the cycle it names, or the one whose reports followed its dates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.report.findings.clues import Clues
from extractor.report.sentences import sentences
from extractor.rulebook.dates import MONTHS
from extractor.rulebook.profile import Profile

_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\s+(20\d\d)\b", re.I)
_TO_PRINT = 4  # months at least from fieldwork to report


def origin_of(clues: Clues, profiles: Iterable[Profile]) -> str | None:
    """Return the PEEL cycle that a letter says its items come from; None where it does not say."""
    known = sorted(profiles, key=lambda profile: profile.published.first)
    for block in clues.text.reading:
        for start, end in sentences(block.text):
            words = block.text[start:end]
            if clues.labels.has(words, "INSPECTED"):
                named = [profile for profile in known if profile.cycle.replace("-", "–") in words.replace("-", "–")]
                found = named or _followed(words, known)
                if found:
                    return found[-1].cycle
    return None


def _followed(words: str, known: Iterable[Profile]) -> list[Profile]:
    """The cycles whose reports had begun to be published some months after the last date in a sentence."""
    dates = [(int(year), MONTHS[month.lower()]) for month, year in _MONTH.findall(words)]
    if not dates:
        return []
    months = max(dates)[0] * 12 + max(dates)[1] - 1 + _TO_PRINT
    printed = f"{months // 12}-{months % 12 + 1:02}"
    return [profile for profile in known if profile.published.first <= printed]
