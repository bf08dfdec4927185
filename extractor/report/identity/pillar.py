"""The pillar of a report, by the words its cycle has for each, and the part of it that is its subject."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.folding import id_form, plain
from extractor.layout.blocks import Text
from extractor.report.identity.title import Front
from extractor.rulebook.profile import OTHERWISE, Profile
from extractor.rulebook.tables import Question

_ASIDE = re.compile(r"\([^()]{0,60}\)")


def pillar_of(front: Front, text: Text, profile: Profile, questions: Sequence[Question]) -> str:
    """Return the pillar a title names, on web pages also the one pillar that is a heading; else the cycle's other."""
    named = pillars_in(" ".join(front.names), profile)
    if len(named) != 1 and front.printed.medium == "web":
        named = _headed(text, profile, questions)
    return named.pop() if len(named) == 1 else profile.pillars[OTHERWISE]


def subject_of(words: str, profile: Profile, pillar: str | None) -> str | None:
    """Return the part of a pillar that a title names, where the cycle had reports on it alone."""
    return next((name for name, of in profile.subjects.items() if of == pillar and _stands(name, words)), None)


def pillars_in(words: str, profile: Profile) -> set[str]:
    """Return the pillars of the longest wording that stands in some words; what is in brackets only qualifies one."""
    folded = plain(words)
    return _longest_in(plain(_ASIDE.sub("", folded)), profile) or _longest_in(folded, profile)


def _longest_in(words: str, profile: Profile) -> set[str]:
    wordings = [name for name in profile.pillars if name != OTHERWISE and _stands(name, words)]
    longest = max((len(name.split()) for name in wordings), default=0)
    return {profile.pillars[name] for name in wordings if len(name.split()) == longest}


def _stands(name: str, words: str) -> bool:
    return name in words and re.search(rf"\b{re.escape(name)}\b", words) is not None


def _headed(text: Text, profile: Profile, questions: Sequence[Question]) -> set[str]:
    """The pillars that are headings of a page, by name or as a question."""
    heads = {id_form(block.text) for block in text.blocks if (block.lines[0].tag or "").startswith("H")}
    asked = [row for row in questions if row.cycle == profile.cycle and row.level == "pillar"]
    return {row.pillar for row in asked if id_form(row.title) in heads}
