"""Each quick look says no where spaCy would, and never where a rule matches."""

from __future__ import annotations

from math import inf

import pytest

from extractor.rulebook.matcher import Labeller
from extractor.rulebook.quick_look import NeededWords, QuickLook, Sight, gate_of, is_long, quick_looks, without_icon
from extractor.rulebook.schema import Rule

FIGURE = {"TEXT": {"REGEX": r"^\d{1,2}$"}}


def rule(*pattern: dict[str, object], whole: bool = True, name: str = "r") -> Rule:
    origin = "headings.jsonl:1" if whole else "phrases.jsonl:1"
    tokens = tuple(pattern)
    return Rule.model_validate(
        {"id": name, "label": "STOP", "pattern": tokens, "examples": ["x"], "counter": ["y"], "origin": origin}
    )


def look(*pattern: dict[str, object], whole: bool = True) -> QuickLook:
    return next(iter(quick_looks([rule(*pattern, whole=whole)])))


def sight(text: str, *looks: QuickLook) -> Sight:
    return Sight(text, NeededWords(looks))


@pytest.mark.parametrize(
    ("tokens", "firsts", "lasts"),
    [
        ([{"LOWER": "red"}, {"LOWER": "tape"}], {"red"}, {"tape"}),
        (
            [{"LOWER": "our", "OP": "?"}, {"LOWER": {"IN": ["view", "views"]}}],
            {"our", "view", "views"},
            {"view", "views"},
        ),
        ([{"LOWER": "view"}, {"LOWER": "so", "OP": "*"}], {"view"}, {"view", "so"}),
        ([{"LOWER": "view"}, {"IS_PUNCT": True, "OP": "?"}], {"view"}, None),
        ([{"LOWER": "view"}, {"LOWER": ":", "OP": "?"}], {"view"}, {"view"}),
        ([{"LOWER": "no", "OP": "!"}, {"LOWER": "view"}], None, {"view"}),
        ([FIGURE, {"LOWER": "view"}], None, {"view"}),
        ([{"LOWER": {"IN": ["view", ":"]}}, {"LOWER": "red"}], {"view", "red"}, {"red"}),
    ],
)
def test_ends_of_a_whole_line(tokens: list[dict[str, object]], firsts: set[str] | None, lasts: set[str] | None) -> None:
    found = look(*tokens)
    assert (found.firsts, found.lasts) == (firsts, lasts)


def test_one_word_of_every_group_is_needed() -> None:
    found = look({"LOWER": {"IN": ["may", "june"]}}, {"LOWER": {"IN": ["red", "blue"]}}, {"LOWER": {"IN": ["so", " "]}})
    assert found.needed == ({"may", "june"}, {"red", "blue"})  # the third may be a blank
    assert found.fits(sight("june red", found)) and not found.fits(sight("june so", found))


def test_a_part_of_a_line_has_no_ends() -> None:
    found = look({"LOWER": "red"}, {"LOWER": "tape"}, whole=False)
    assert (found.firsts, found.lasts, found.most) == (None, None, inf)


@pytest.mark.parametrize(
    ("often", "most"), [("1", 3), ("?", 3), ("+", inf), ("*", inf)], ids=["once", "once at most", "often", "any"]
)
def test_a_whole_line_is_no_longer_than_its_tokens_and_an_icon(often: str, most: float) -> None:
    assert look({"LOWER": "red"}, {"LOWER": "tape", "OP": often}).most == most


def test_only_tokens_that_must_come_are_needed() -> None:
    found = look(
        {"LOWER": "by", "OP": "?"},
        {"LOWER": {"IN": ["may", "june"]}, "OP": "+"},
        {"LOWER": "n’t"},
        {"LOWER": "x", "OP": "*"},
    )
    assert found.needed == ({"may", "june"}, {"t"})
    assert found.every == {"t"} and found.choices == ({"may", "june"},)
    assert sight("in may we don’t", found).words >= {"may", "t"}


@pytest.mark.parametrize(
    ("text", "fits"),
    [("red may", True), ("may", False), ("red", False), ("so red may", True), ("red red red may", False)],
)
def test_a_text_fits_by_all_its_words_and_its_length(text: str, fits: bool) -> None:
    found = look({"LOWER": "red"}, {"LOWER": {"IN": ["may", "june"]}})
    assert found.fits(sight(text, found)) is fits


@pytest.mark.parametrize(
    ("tokens", "yes", "no"),
    [
        ([FIGURE], ["7", "12", " 7 "], ["in", "7 of", "seven"]),
        ([{"LOWER": "page", "OP": "?"}, FIGURE], ["page 7", "page7", "7"], ["page", "page seven", "pages 7"]),
        ([{"TEXT": {"REGEX": "^(?:[A-Z]|[ivx]{1,3})$"}}], ["b", "iv"], ["7", "ivory"]),
        ([{"LOWER": "red"}, {"OP": "*"}, {"LOWER": "cut"}], ["red tape cut"], ["a red cut", "red cuts"]),
        ([{"LOWER": "red", "OP": "*"}, {"LOWER": "tape"}], ["tape", "red red tape"], ["red"]),
        ([{"LOWER": "red", "OP": "+"}, {"LOWER": "tape"}], ["red tape", "red red tape"], ["tape"]),
        ([{"TEXT": {"REGEX": "^([^a-z])$"}}], ["b", "anything"], []),
        ([{"TEXT": {"REGEX": "^[^a-z]$"}}], ["b", "7", "anything"], []),  # small letters would say something else
        ([{"TEXT": {"REGEX": "^a|b$"}}], ["ax", "xb", "anything"], []),  # no expression of a whole token
        ([{"TEXT": {"REGEX": "^a.*$"}}], ["ax", "anything"], []),  # it repeats
    ],
)
def test_outline_of_a_line(tokens: list[dict[str, object]], yes: list[str], no: list[str]) -> None:
    found = look(*tokens)
    assert [found.may_match(text) for text in yes] == [True] * len(yes)
    assert [found.may_match(text) for text in no] == [False] * len(no)


def test_outline_keeps_the_order_and_the_neighbours() -> None:
    found = look({"LOWER": "red"}, {"LOWER": "tape"}, {"OP": "*"}, {"LOWER": "cut"}, whole=False)
    assert found.may_match("the red tape that we cut") and found.may_match("red tapecut")
    assert not found.may_match("cut the red tape") and not found.may_match("red old tape cut")


def test_a_gate_is_wide_enough_for_each_of_its_rules() -> None:
    short, free = look({"LOWER": "red"}), look(FIGURE, {"LOWER": "tape"}, {"LOWER": "cut"})
    narrow, wide = gate_of([short]), gate_of([short, free])
    assert (narrow.firsts, narrow.lasts, narrow.most) == ({"red"}, {"red"}, 2)
    assert (wide.firsts, wide.lasts, wide.most) == (None, {"red", "cut"}, 4)
    for text in ("red", "red red", "7 tape cut"):
        assert wide.lets_by(sight(text, short, free)), text
    for text in ("blue red", "red blue", "red and then red"):
        assert not narrow.lets_by(sight(text, short)), text
    assert not gate_of([]).lets_by(sight("red", short))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("• Red tape:", "red", "tape"), ("?!", "", ""), ("7 Up", "7", "up"), ("a " + "b" * 60, "a", "b" * 40)],
)
def test_ends_of_a_text(text: str, first: str, last: str) -> None:
    seen = sight(text)
    assert (seen.first, seen.last) == (first, last)


@pytest.mark.parametrize(("words", "long"), [(29, False), (30, True)])
def test_a_long_line_has_thirty_different_words(words: int, long: bool) -> None:
    assert is_long(" ".join(f"w{number}" for number in range(words))) is long
    assert not is_long("again " * words)


def test_only_a_sign_with_a_blank_after_it_is_an_icon() -> None:
    assert (
        without_icon("▪ Red") == "Red" and without_icon("(a) Red") == "(a) Red" and without_icon("Red ▪ x") == "Red ▪ x"
    )


def test_may_hold_asks_for_every_word_wherever_it_stands() -> None:
    labels = Labeller([rule({"LOWER": "red"}, {"LOWER": "tape"}), rule({"LOWER": "ink"}, name="s")])
    assert labels.may_hold("We cut the tape, for long and at last, red as it is", "STOP")
    assert not labels.may_hold("We cut the red ribbon", "STOP") and not labels.may_hold("No blue tape", "STOP")
    assert labels.may_hold("Blue ink") and not labels.may_hold("Blue ink", "GRADE")


def test_may_match_is_what_spacy_need_not_be_asked_for() -> None:
    labels = Labeller([rule({"LOWER": "red"}, {"LOWER": "tape"}), rule({"LOWER": "ink"}, whole=False, name="s")])
    assert labels.may_match("Red tape") and labels.may_match("Red tape", "STOP") and labels.may_match("of ink")
    assert not labels.may_match("Red tape", "GRADE")
    assert not any(map(labels.may_match, ("Tape red", "The red tape", "Red", "Inked", "")))


def test_needed_words_forget_what_was_seen_when_they_are_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.rulebook.quick_look._KEPT", 2)
    needed = NeededWords([look({"LOWER": "red"})])
    assert [needed.among([word]) for word in ("red", "blue", "(red)", "green", "red")] == [
        {"", "red"}, {""}, {"", "red"}, {""}, {"", "red"},
    ]  # fmt: skip
    assert len(needed) <= 2
    needed.among(["x" * 41])
    assert "x" * 41 not in needed
