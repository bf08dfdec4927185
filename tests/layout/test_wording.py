"""A layout is kept for another wording only where all that it asked would be answered alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.layout.wording import Asked, Start, Wording


def test_nothing_is_known_of_words_without_rules() -> None:
    wording = Wording()
    assert wording.starts_own_block("Area for improvement") is Start.NO and not wording.is_continued("continued")
    assert wording.is_page_number("12") and not wording.is_page_number("xii")


def test_each_question_is_put_once_and_its_answer_handed_on() -> None:
    put: list[str] = []

    def start(words: str) -> Start:
        put.append(words)
        return Start.ALONE if words == "Concern" else Start.NO

    asked = Asked(Wording(starts_own_block=start)).wording
    assert [asked.starts_own_block(words) for words in ("Concern", "so", "Concern")] == [
        Start.ALONE,
        Start.NO,
        Start.ALONE,
    ]
    assert put == ["Concern", "so"]


STARTS = Wording(starts_own_block=lambda words: Start.BEGINS if words == "seen" else Start.NO)
OTHERS = {
    "starts": STARTS,
    "numbers": Wording(is_page_number=lambda words: words == "seen"),
    "continued": Wording(is_continued=lambda words: words == "seen"),
    "compounds": Wording(compounds=frozenset(("multi",))),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_one_other_answer_makes_another_layout(other: Wording) -> None:
    asked = Asked(Wording())
    for words in ("unseen", "seen"):
        asked.wording.starts_own_block(words)
        asked.wording.is_page_number(words)
        asked.wording.is_continued(words)
    assert asked.answers_alike(Wording()) and not asked.answers_alike(other)


def test_what_was_not_asked_makes_none() -> None:
    asked = Asked(Wording())
    asked.wording.starts_own_block("unseen")
    assert asked.answers_alike(STARTS)
    assert not asked.answers_alike(replace(STARTS, compounds=frozenset(("multi",))))
