"""The force a report is on, by its names in `forces.csv`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from extractor.folding import plain, words_of
from extractor.layout.blocks import Text
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.identity.title import Front
from extractor.rulebook.load import RulePacks
from extractor.rulebook.tables import Force

Told = tuple[Force | None, list[Problem]]


def force_of(front: Front, text: Text, packs: RulePacks) -> Told:
    """Return the force that a title names, else the one named most, else that of the file name; and what to say."""
    for words in (*front.inspected, " ".join(front.titles), " ".join(front.web_titles)):
        force = force_in(words, packs)
        if force:
            return force, _second_force(force, words, packs.forces)
    return _most_named(text, packs) or _of_file_name(front, packs) or _unknown(front)


def force_in(words: str, packs: RulePacks) -> Force | None:
    """Return the force whose longest name stands in `words`."""
    folded = plain(words)
    near = (each for word in set(words_of(folded)) for each in packs.forces_by_word.get(word, ()))
    standing = [each for each in near if _stands_in(each[2], folded)]
    return min(standing)[3] if standing else None


def _stands_in(name: str, words: str) -> bool:
    return name in words and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def mentions(text: Text, packs: RulePacks) -> list[tuple[str, int]]:
    """Return how often each force is named in full, most often first."""
    words_of_names = packs.settings.forces.name_words
    names = {plain(name): force.id for force in packs.forces for name in force.full_names(words_of_names)}
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True)))
    counts = Counter(names[hit] for hit in pattern.findall(plain(" ".join(block.text for block in text.blocks))))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _most_named(text: Text, packs: RulePacks) -> Told | None:
    counted = mentions(text, packs)
    if not counted:
        return None
    force = next(force for force in packs.forces if force.id == counted[0][0])
    runner_up = f", {counted[1][1]} times the next" if len(counted) > 1 else ""
    often = f"{counted[0][1]} times{runner_up}"
    message = f"the front page names no force; {force.name} is named most in the text ({often})"
    return force, [problem("force_from_body", None, message)]


def _of_file_name(front: Front, packs: RulePacks) -> Told | None:
    force = force_in(re.sub(r"[-_]+", " ", PurePath(front.printed.source).stem), packs)
    if force is None:
        return None
    message = f"neither front page nor text names a force; {force.name} is taken from the file name"
    return force, [problem("force_from_file_name", None, message)]


def _unknown(front: Front) -> Told:
    message = "no force is named on the front page, in the text or in the file name; rename the file after its force"
    if front.inspected:
        message = f"“{front.inspected[0]}” is none of the 43 forces; nothing is filed under a force"
    return None, [problem("force_unknown", None, message)]


def _second_force(force: Force, words: str, forces: Sequence[Force]) -> list[Problem]:
    """Say so when a title names another force too."""
    rest = plain(words)
    for name in sorted(force.names, key=len, reverse=True):
        rest = rest.replace(plain(name), " ")
    other = next((each for each in forces if any(plain(name) in rest for name in each.names[:2])), None)
    if other is None:
        return []
    message = f"the title names {other.name} as well; the report is filed under {force.name}"
    return [problem("two_forces", None, message)]
