"""A text without the capital words of any force is not searched, and one with them is."""

from __future__ import annotations

import pytest

from extractor.rulebook.force_names import ForceNames
from extractor.rulebook.tables import Force

KENT = Force.model_validate({"force_id": "kent", "name": "Kent Police", "aliases": "Kent"})
SOUTH = Force.model_validate(
    {"force_id": "south-wales", "name": "South Wales Police", "aliases": "Heddlu De Cymru|SWP"}
)


def found(names: ForceNames, text: str) -> list[tuple[str, str, bool]]:
    return [(name.force_id, text[name.start : name.end], name.full) for name in names.find(text)]


@pytest.mark.parametrize(
    ("text", "forces"),
    [
        ("Kent Police’s", [("kent", "Kent Police", True)]),
        ("(Kent) and kent", [("kent", "Kent", False)]),
        ("the SWP", [("south-wales", "SWP", True)]),
        ("South  wales, South Wales police", [("south-wales", "South Wales police", True)]),
        ("HEDDLU De Cymru", [("south-wales", "HEDDLU De Cymru", True)]),
        ("Kentish Police of the South", []),
        ("police", []),
    ],
)
def test_names_stand_as_they_are_printed(text: str, forces: list[tuple[str, str, bool]]) -> None:
    assert found(ForceNames([KENT, SOUTH]), text) == forces


class _Never:
    def finditer(self, text: str) -> None:
        raise AssertionError(f"{text!r} was searched")


def test_a_text_without_their_capital_words_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ForceNames([KENT, SOUTH])
    monkeypatch.setattr(names, "_pattern", _Never())
    assert not names.find("The Police said that kent was no Kentish town.")
    with pytest.raises(AssertionError):
        names.find("in Kent")


def test_a_name_without_a_capital_word_of_its_own_is_searched_for_everywhere() -> None:
    names = ForceNames([Force.model_validate({"force_id": "met", "name": "the police", "aliases": ""})])
    assert found(names, "of the police") == [("met", "the police", True)]
