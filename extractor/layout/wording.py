"""What the layout must ask about words; the answers are rules, so that it knows no English itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Generic, TypeVar

_Answer = TypeVar("_Answer")


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
    whole: tuple[str, ...] = ()  # beginnings of words that only look like such


class _Answers(dict[str, _Answer], Generic[_Answer]):
    """What was answered to a question about words, which is put once for each."""

    def __init__(self, question: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._question = question

    def __missing__(self, words: str) -> _Answer:
        answer = self[words] = self._question(words)
        return answer

    def are_those_of(self, question: Callable[[str], _Answer]) -> bool:
        return all(question(words) == answer for words, answer in self.items())


class Asked:
    """The questions that one layout put, with the answers: where others would be the same, so would the layout be."""

    def __init__(self, wording: Wording) -> None:
        self._starts = _Answers(wording.starts_own_block)
        self._numbers = _Answers(wording.is_page_number)
        self._continued = _Answers(wording.is_continued)
        self.wording = replace(
            wording,
            starts_own_block=self._starts.__getitem__,
            is_page_number=self._numbers.__getitem__,
            is_continued=self._continued.__getitem__,
        )

    def answers_alike(self, other: Wording) -> bool:
        """Say whether another wording answers all that was asked in the same way."""
        return (
            (self.wording.compounds, self.wording.whole) == (other.compounds, other.whole)
            and self._starts.are_those_of(other.starts_own_block)
            and self._numbers.are_those_of(other.is_page_number)
            and self._continued.are_those_of(other.is_continued)
        )
