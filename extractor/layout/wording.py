"""What the layout must ask about words; the answers are rules, so that it knows no English itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Start(Enum):
    """Whether words begin a block of their own, however close the lines stand."""

    NO = "no"
    BEGINS = "begins"  # a block begins here
    AFTER_SENTENCE = "after a sentence"  # a block begins here where the words before it are closed
    ALONE = "alone"  # a block begins here and nothing is added to it


def _never(_: str) -> bool:
    return False


def _plain_number(words: str) -> bool:
    return words.isdigit()


def _no_start(_: str) -> Start:
    return Start.NO


@dataclass(frozen=True, slots=True)
class Wording:
    """Questions about the words of a line, with answers for a document whose words are unknown."""

    starts_own_block: Callable[[str], Start] = _no_start
    is_page_number: Callable[[str], bool] = _plain_number
    is_continued: Callable[[str], bool] = _never  # a heading printed again where its text goes on
    compounds: frozenset[str] = frozenset()  # first parts of words that are written with a hyphen
