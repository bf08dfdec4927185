"""Documents that are no report on one force: what they are."""

from __future__ import annotations

from extractor.layout.blocks import Text
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.identity.title import Front, inspection_of
from extractor.rulebook.load import RulePacks
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.profile import Languages, Profile

_WELSH_BLOCKS = 80  # enough words to tell a language
_FIRST, _NEAR = 3, 25  # blocks of the front that stand for titles where there are none; that may say what a paper is
_HEAD_WORDS = 20


def other_document(
    front: Front, text: Text, labels: Labeller, packs: RulePacks, profile: Profile | None
) -> tuple[str | None, list[Problem]]:
    """Return what a document that is no report on one force is (None for a report), and what to say of a report."""
    if _is_welsh(text, packs.settings.languages):
        return "a Welsh-language edition", []
    heads = _heads(front)
    is_inspection = any(inspection_of(line, labels) is not None for line in heads)
    telling = [line for line in heads if line in front.titles or not is_inspection]
    match = next((match for line in telling if (match := labels.first(line, "OTHER_DOCUMENT"))), None)
    if match:
        return match.value, []
    if profile is None:
        return "a document of a kind that is not known", []
    if text.medium == "pdf" and not is_inspection:
        message = "the front page has no line “An inspection of …”; make sure that this is a PEEL report"
        return None, [problem("no_title_of_an_inspection", None, message)]
    return None, []


def _heads(front: Front) -> list[str]:
    """Return the titles, or what stands first in their place, and the short lines of the front."""
    first = front.titles or [block.text for block in front.blocks[:_FIRST]]
    return [*first, *(block.text for block in front.blocks[:_NEAR] if len(block.text.split()) <= _HEAD_WORDS)]


def _is_welsh(text: Text, languages: Languages) -> bool:
    words = [word.lower().strip(".,:;") for block in text.reading[:_WELSH_BLOCKS] for word in block.text.split()]
    return sum(word in languages.welsh for word in words) > languages.welsh_share * len(words)
