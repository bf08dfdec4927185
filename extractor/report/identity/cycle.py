"""The cycle of inspections a report belongs to, by the titles that the packs know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from extractor.folding import plain
from extractor.layout.blocks import Text
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.identity.force import force_in
from extractor.report.identity.title import Front
from extractor.rulebook.load import RulePacks
from extractor.rulebook.profile import Profile

_BODY_BLOCKS = 400  # how far into the text a cycle that no front page names is looked for


def cycle_of(front: Front, text: Text, packs: RulePacks) -> tuple[Profile | None, list[Problem]]:
    """Return the profile of the cycle that the front names, else the text or the file name, which is said."""
    words = " ".join([*front.titles, *(block.text for block in front.blocks), *front.web_titles])
    printed_on_front = profile_in(words, packs.profiles) or (
        _profile_of_year(front.web_titles, packs) if front.printed.medium == "web" else None
    )
    if printed_on_front:
        return printed_on_front, []
    body = " ".join(block.text for block in text.blocks[:_BODY_BLOCKS])
    file_name = re.sub(r"[-_]+", " ", PurePath(front.printed.source).stem)
    profile = profile_in(body, packs.profiles) or profile_in(file_name, packs.profiles)
    if profile is None:
        return None, []
    message = f"the front page names no inspection cycle; {profile.cycle} is taken from the text or file name"
    return profile, [problem("cycle_from_body", None, message)]


def names_cycle(words: str, profiles: Iterable[Profile]) -> bool:
    """Say whether words hold the title of a PEEL inspection."""
    return profile_in(words, profiles) is not None


def _profile_of_year(titles: list[str], packs: RulePacks) -> Profile | None:
    """Pages of the years when results were web pages are titled `<Force> <year>`."""
    words = plain(" ".join(titles))
    if force_in(words, packs) is None:
        return None
    years = {year: profile for profile in packs.profiles for year in (profile.cycle, *profile.recognise.web_years)}
    hits = [year for year in years if re.search(rf"(?<![\d/]){re.escape(year)}(?![\d/]|[-–]\d)", words)]
    return years[max(hits, key=len)] if hits else None


def profile_in(words: str, profiles: Iterable[Profile]) -> Profile | None:
    """Return the profile with the longest of its titles in `words`; of equals, the one that stands first."""
    folded = plain(words)
    hits = [
        (-len(title), place, profile.id, profile)
        for profile in profiles
        for title in profile.recognise.plain_titles
        if title in folded and (place := _at(title, folded)) >= 0
    ]
    return min(hits)[3] if hits else None


def _at(title: str, words: str) -> int:
    hit = re.search(rf"(?<!\w){re.escape(title)}(?![\d/]|[-–]\d)", words)
    return hit.start() if hit else -1
