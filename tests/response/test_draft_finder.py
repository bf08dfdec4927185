"""A rule is asked about only where it may match, and what is found is what spaCy finds with all rules everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.response.draft_actions import DRAFTED_KINDS
from extractor.response.draft_finder import Finder, Hit, matcher_of, parts_of
from extractor.response.draft_rules import drafting_rules, read_item
from extractor.rulebook.folder import rules_root
from extractor.rulebook.matcher import english
from extractor.rulebook.schema import DraftRule

MANY = 9_999  # words before or behind one: there is no end of them
GOLD = Path(__file__).parents[2] / "corpus" / "gold"
RULES = drafting_rules(rules_root())
FINDER, EVERYTHING = Finder(RULES), matcher_of(RULES)
EFFECTS = {rule.does for rule in RULES}


def rule(*pattern: dict[str, object], name: str = "r", does: str = "strip") -> DraftRule:
    example = {"item": "x", "actions": ["X."]}
    return DraftRule.model_validate(
        {"id": name, "does": does, "pattern": pattern, "examples": [example], "counter": ["y"], "origin": "x:1"}
    )


def found(text: str, kind: str) -> dict[str, list[Hit]]:
    item = read_item("", text, kind, rules_root())
    return {does: hits for does in EFFECTS if (hits := item.matches(does))}


def found_by_all(text: str, kind: str) -> dict[str, list[Hit]]:
    """What spaCy finds when all rules are tried at every word, in its own order."""
    doc = read_item("", text, kind, rules_root()).doc
    by_id = {english().vocab.strings[rule.id]: rule for rule in RULES}
    hits: dict[str, list[Hit]] = {}
    for name, start, end in EVERYTHING(doc):
        if not by_id[name].kinds or kind in by_id[name].kinds:
            hits.setdefault(by_id[name].does, []).append(Hit(start, end, by_id[name]))
    return {does: sorted(own, key=lambda hit: (hit.start, -hit.end)) for does, own in hits.items()}


def gold_texts() -> Iterator[str]:
    for file in GOLD.glob("*.gold.json"):
        for row in json.loads(file.read_text(encoding="utf-8"))["findings"]:
            yield from filter(None, (row["text"], row.get("detail")))


def texts_of_rules(rules: Iterable[DraftRule]) -> Iterator[str]:
    for each in rules:
        yield from (example["item"] for example in each.examples)
        yield from each.counter


@pytest.mark.parametrize("kind", DRAFTED_KINDS)
def test_all_is_found_in_gold_texts_and_in_those_of_the_rules(kind: str) -> None:
    texts = [*gold_texts(), *texts_of_rules(RULES)]
    assert len(texts) > 150
    for text in texts:
        assert found(text, kind) == found_by_all(text, kind), text


WORDS = """
    the force constabulary Cleveland Police should must needs to ensure that make sure it its has improve review by
    ensuring staff they them in order to so that including , ; : . and be this these within by until all how when which
    months continue take steps in particular there supervisors record not results cease share made NOT recommends To
    address this cause of concern don’t x
"""


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=40), st.sampled_from(DRAFTED_KINDS))
def test_all_is_found_in_any_words(words: list[str], kind: str) -> None:
    text = " ".join(words)
    assert found(text, kind) == found_by_all(text, kind)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ([{"LOWER": "red"}, {"LOWER": {"IN": ["tape", "cap"]}}], [({"red"}, 0, 1), ({"tape", "cap"}, 1, 0)]),
        ([{"LOWER": "a", "OP": "?"}, {"ORTH": "Red"}, {"OP": "{0,3}"}], [({"red"}, 1, 3)]),
        ([{"IS_ALPHA": True, "OP": "*"}, {"ORTH": {"IN": ["X", ","]}}], [({"x", ","}, MANY, 0)]),
        ([{"LOWER": "no", "OP": "!"}, {"TEXT": "Red", "OP": "+"}], [({"red"}, MANY, MANY)]),
        ([{"LOWER": {"NOT_IN": ["red"]}}, {"TEXT": {"REGEX": "^[A-Z]$"}}], []),
    ],
)
def test_words_that_a_pattern_cannot_do_without(
    pattern: list[dict[str, object]], expected: list[tuple[set[str], int, int]]
) -> None:
    parts = [(part.wanted, min(part.before, MANY), min(part.after, MANY)) for part in parts_of(pattern)]
    assert parts == expected


def test_an_expression_says_what_a_word_is() -> None:
    (part,) = parts_of([{"LOWER": {"REGEX": "^(red|blue)$"}}])
    assert not isinstance(part.wanted, frozenset) and part.wanted.search("blue") and not part.wanted.search("green")


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("We like red old tape here", (2, 5)),
        ("Red tape", (0, 2)),
        ("red tape , then one more red tape", (0, 8)),
        ("tape then red", None),
        ("red and very old tape", None),
        ("a red cap", None),
    ],
)
def test_a_window_holds_all_that_is_needed_close_enough(text: str, window: tuple[int, int] | None) -> None:
    finder = Finder([rule({"LOWER": "red"}, {"LOWER": "old", "OP": "?"}, {"LOWER": "tape"})])
    windows = finder.windows(english().make_doc(text), "recommendation").get("strip", [])
    assert [(each.start, each.end) for each in windows] == ([window] if window else [])


def test_a_rule_that_names_no_word_may_match_anywhere() -> None:
    doc = english().make_doc("HMIC saw")
    finder = Finder([rule({"IS_UPPER": True})])
    (window,) = finder.windows(doc, "recommendation")["strip"]
    assert [(hit.start, hit.end) for hit in finder.find(doc, [window])] == [(0, 1)]


def test_rules_are_asked_in_the_order_of_their_file() -> None:
    pair = [
        rule({"LOWER": "red"}, {"LOWER": "tape"}, name="one"),
        rule({"LOWER": "red"}, {"IS_ALPHA": True}, name="two"),
    ]
    doc = english().make_doc("cut red tape")
    for rules in (pair, pair[::-1]):
        finder = Finder(rules)
        hits = finder.find(doc, finder.windows(doc, "recommendation")["strip"])
        assert [(hit.start, hit.end, hit.rule.id) for hit in hits] == [(1, 3, each.id) for each in rules]
