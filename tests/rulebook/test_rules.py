"""Rules are loaded whole or not at all, and every one does what its examples say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.matcher import Matcher

from extractor.errors import RuleError
from extractor.reading.pdf.document import read_pdf
from extractor.rulebook import matcher
from extractor.rulebook.folder import rules_root, rules_version
from extractor.rulebook.load import every_rule, load_rules
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.quick_look import QuickLook, is_long, quick_looks, without_icon
from extractor.rulebook.schema import Rule

SPECIMENS = Path(__file__).parents[2] / "corpus" / "specimens"
RULES = every_rule()
EXAMPLES = [(rule, text) for rule in RULES for text in rule.examples]
COUNTERS = [(rule, text) for rule in RULES for text in rule.counter]


def named(cases: list[tuple[Rule, str]]) -> list[str]:
    return [f"{rule.id}: {text[:50]}" for rule, text in cases]


@pytest.fixture(scope="module")
def alone() -> dict[str, Labeller]:
    return {rule.id: Labeller([rule]) for rule in RULES}


@pytest.mark.parametrize(("rule", "text"), EXAMPLES, ids=named(EXAMPLES))
def test_example(rule: Rule, text: str, alone: dict[str, Labeller]) -> None:
    assert alone[rule.id].matches(text)


@pytest.mark.parametrize(("rule", "text"), COUNTERS, ids=named(COUNTERS))
def test_counter_example(rule: Rule, text: str, alone: dict[str, Labeller]) -> None:
    assert not alone[rule.id].matches(text)


def texts() -> list[str]:
    """Return texts of the rules, lines of specimens, and each as it may be printed with an icon or wide blanks."""
    lines = {
        line.text for name in ("2018-19", "2021-22") for line in read_pdf(SPECIMENS / f"specimen-{name}.pdf").lines
    }
    odd = [text for _, text in EXAMPLES + COUNTERS]
    return [*odd, *sorted(lines), *(f"• {text}" for text in odd[::3]), *(text.replace(" ", "  ") for text in odd[::5])]


@pytest.fixture(scope="module")
def spacys_answer() -> Callable[[str], set[tuple[str, int, int]]]:
    """Return what spaCy finds with all rules at once, and nothing that tells quickly that one does not match."""
    of_parts, of_lines = (Matcher(matcher.english().vocab) for _ in range(2))
    for rule in RULES:
        (of_lines if rule.whole else of_parts).add(rule.id, [matcher._tokens(rule)], greedy="LONGEST")

    def found(text: str) -> set[tuple[str, int, int]]:
        doc, line = matcher.make_doc(text), matcher.make_doc(without_icon(text))
        parts = of_parts(doc, as_spans=True)
        whole = () if is_long(text) else of_lines(line, as_spans=True)
        spans = [*parts, *(span for span in whole if len(span) == len(line))]
        return {(span.label_, span.start_char, span.end_char) for span in spans}

    return found


def test_what_is_told_quickly_is_what_spacy_says(spacys_answer: Callable[[str], set[tuple[str, int, int]]]) -> None:
    """A text is tokenised only for rules that may match by its words, its length, its ends and their outline."""
    quick = Labeller(RULES)
    for text in texts():
        assert {(match.rule_id, match.start, match.end) for match in quick.matches(text)} == spacys_answer(text), text


ANY_TEXT = ("NOT_TITLE",)  # labels asked of the few lines of a front page


@pytest.mark.parametrize(
    "look", [look for look in quick_looks(RULES) if look.rule.label not in ANY_TEXT], ids=lambda look: look.rule.id
)
def test_rule_can_be_told_not_to_match_without_tokenising(look: QuickLook) -> None:
    """One rule that any line might match makes spaCy tokenise every line: most of a report's time."""
    assert look.needed or look.most <= 6


def test_a_labeller_keeps_what_it_saw_of_so_many_texts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher, "_KEPT", 3)
    labels = Labeller(RULES)
    words = [f"Area {number} for improvement" for number in range(7)]
    answers = [labels.matches(text) for text in words]
    assert len(labels._seen) <= 3 and answers == [labels.matches(text) for text in words]


def test_all_packs_load() -> None:
    packs = load_rules()
    assert len(packs.forces) == 43 and len({force.id for force in packs.forces}) == 43
    assert {"2014", "2015", "2016", "2017", "2018/19", "2021/22", "2023-25", "2025-27"} == {
        profile.cycle for profile in packs.profiles
    }
    known = {profile.cycle for profile in packs.profiles} | {family.kind for family in packs.papers}
    assert {question.cycle for question in packs.questions} <= known
    assert {rule.id for rule in packs.rules} <= {rule.id for rule in RULES}


# mistakes ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    shutil.copytree(rules_root(), tmp_path / "rules")
    return tmp_path / "rules"


def add(packs: Path, *lines: str, name: str = "phrases.jsonl") -> None:
    with (packs / "common" / name).open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(lines) + "\n")


def mistakes(packs: Path) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load_rules(packs)
    return str(caught.value).split("\n")


WHOLE = {"id": "x.one", "label": "STOP", "pattern": "one thing", "examples": ["one thing"], "counter": ["two"]}


def test_every_mistake_is_reported_at_once(packs: Path) -> None:
    add(
        packs,
        "{not json",
        json.dumps({**WHOLE, "id": "x.two", "counter": []}),
        json.dumps({key: WHOLE[key] for key in WHOLE if key != "label"}),
        json.dumps({**WHOLE, "colour": "red"}),
        json.dumps(WHOLE | {"id": "grade.again"}),
        json.dumps(WHOLE | {"id": "grade.again"}),
        "[1]",
    )
    (packs / "peel-2017" / "profile.toml").write_text("cycle = [\n", encoding="utf-8")
    found = "\n".join(mistakes(packs))
    assert len(found.split("\n")) == 7
    for word in ("not JSON", "counter", "label", "colour", "grade.again", "peel-2017/profile.toml:", "an object"):
        assert word in found
    assert found.count("common/phrases.jsonl:") >= 6


def test_rule_without_counter_examples_is_no_rule(packs: Path) -> None:
    add(packs, json.dumps({key: WHOLE[key] for key in WHOLE if key != "counter"}))
    assert "`counter` is missing" in mistakes(packs)[0]


def test_folder_that_holds_no_rules(tmp_path: Path) -> None:
    assert "--rules" in mistakes(tmp_path)[0]


def test_missing_file_is_named(packs: Path) -> None:
    (packs / "common" / "forces.csv").unlink()
    assert "forces.csv" in mistakes(packs)[0]


def test_broken_settings_are_named(packs: Path) -> None:
    (packs / "common" / "settings.toml").write_text("[items\n", encoding="utf-8")
    assert "settings.toml" in mistakes(packs)[0]


def test_pattern_that_spacy_does_not_know_is_named(packs: Path) -> None:
    add(packs, json.dumps({**WHOLE, "pattern": [{"LOWERR": "one"}]}))
    assert "phrases.jsonl" in mistakes(packs)[0]


def test_table_that_lacks_a_column_is_named(packs: Path) -> None:
    (packs / "common" / "forces.csv").write_text("force,name\nessex,Essex Police\n", encoding="utf-8")
    assert "forces.csv" in mistakes(packs)[0]


def test_version_changes_with_any_rule_and_not_with_line_ends(packs: Path) -> None:
    before = rules_version(packs)
    file = packs / "common" / "phrases.jsonl"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert rules_version(packs) == before
    add(packs, json.dumps(WHOLE))
    assert rules_version(packs) != before and load_rules(packs).rules


def test_rules_that_change_while_the_program_runs_are_loaded_anew(packs: Path) -> None:
    before = load_rules(packs)
    add(packs, json.dumps(WHOLE))
    assert len(load_rules(packs).rules) == len(before.rules) + 1
