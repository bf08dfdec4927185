"""Whatever is wrong in a rule file is refused at loading, with its file and line, before any report is read."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from extractor.errors import RuleError
from extractor.rulebook.folder import rules_root
from extractor.rulebook.labels import LABELS
from extractor.rulebook.load import load_rules


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    shutil.copytree(rules_root(), tmp_path / "rules")
    return tmp_path / "rules"


def mistakes(rules: Path) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load_rules(rules)
    return str(caught.value).split("\n")


RULE = '{"id": "x.new", "label": "%s", "pattern": %s, "examples": ["one"], "counter": ["two"]%s}'

# file, what is replaced ("" appends), by what, and the beginning and an essential part of what is told
MISTAKES = {
    "unknown label": ("common/headings.jsonl", "", RULE % ("AFI_HEADNG", '"one"', ""), r":\d+: `label`.*AFI_HEADING"),
    "value outside the grades": (
        "common/headings.jsonl",
        "",
        RULE % ("GRADE", '"one"', ', "value": "inadequat"'),
        r":\d+: .*inadequat",
    ),
    "value where none belongs": (
        "common/phrases.jsonl",
        "",
        RULE % ("STOP", '"one"', ', "value": "x"'),
        r":\d+: .*'x'",
    ),
    "no value where one belongs": ("common/gradings.jsonl", "", RULE % ("GRADED", '"one"', ""), r":\d+: .*`value`"),
    "unknown operator": ("common/phrases.jsonl", "", RULE % ("STOP", '[{"LOWER": "a", "OP": "{2}"}]', ""), r"OP"),
    "unknown attribute": ("common/phrases.jsonl", "", RULE % ("STOP", '[{"LEMMA": "a"}]', ""), r"`pattern.0.LEMMA`"),
    "broken expression": ("common/openers.jsonl", "^(HMIC", "^((HMIC", r":\d+: `pattern`.*cannot be read"),
    "effect of drafting": ("response/actions.jsonl", '"does": "leadin"', '"does": "leadn"', r":\d+: `does`.*leadin"),
    "broken line of furniture": ("common/furniture.jsonl", "", "{", r":\d+: not JSON"),
    "origin given": ("common/openers.jsonl", '"id": "recommends"', '"origin": "", "id": "recommends"', r":2: `origin`"),
    "unknown facet": ("common/domain_terms.jsonl", '"facet": "topic"', '"facet": "tropic"', r":1: `facet`"),
    "unknown term": ("common/themes.jsonl", '"vulnerability", "safeguarding"', '"vulnerabilty"', r":1: .*vulnerabilty"),
    "unknown family": ("common/families.jsonl", '"near": []', '"near": ["nowhere"]', r":1: .*nowhere"),
    "items of a profile": ("peel-2014/profile.toml", 'items = "list"', 'items = "lists"', r":\d+: `items`.*'list'"),
    "grade of a profile": (
        "peel-2014/profile.toml",
        '["outstanding"',
        '["outstandin"',
        r":\d+: `grades.0`.*outstanding",
    ),
    "unknown key of a profile": (
        "peel-2014/profile.toml",
        "items =",
        'item = "x"\nitems =',
        r":\d+: `item` is not a key",
    ),
    "no `otherwise`": ("peel-2014/profile.toml", "otherwise =", "else = ", r"otherwise"),
    "month of a profile": ("peel-2014/profile.toml", '"2014-07"', '"2014-13"', r":\d+: `published.from`"),
    "a cycle twice": ("peel-2015/profile.toml", 'cycle = "2015"', 'cycle = "2014"', r"2014 is that of"),
    "one framework, two scales": ("peel-2016/profile.toml", '"good", ', "", r"other grades"),
    "level of a question": ("common/questions.csv", ",pillar,Effectiveness,", ",pilar,Effectiveness,", r":3: `level`"),
    "cycle of a landing page": ("common/landing_pages.jsonl", '"cycle": "2014"', '"cycle": "2099"', r":1: .*2099"),
    "no place for the force": ("common/landing_pages.jsonl", "peel-2014/{force}/", "peel-2014/", r":1: `address`"),
    "cycle of a question": ("common/questions.csv", "effectiveness,2014,", "effectiveness,2099,", r":2: .*2099"),
    "family of a question": (
        "common/questions.csv",
        "\neffectiveness,2014",
        "\neffectivness,2014",
        r":2: .*effectivness",
    ),
    "short row": ("common/forces.csv", "", "essex", r":\d+: 1 cells where the header has 3"),
    "unknown column": ("common/forces.csv", "aliases\n", "alias\n", r":1: the columns must be"),
    "unknown force": ("common/bodies.csv", "\nbedfordshire,", "\nbedford,", r":3: .*bedford"),
    "unknown office": ("common/bodies.csv", "Bedfordshire,PCC", "Bedfordshire,PPC", r":3: .*PPC"),
    "date": ("response/bank_holidays.csv", "2014-01-01", "2014-02-31", r":2: `date`"),
    "number": ("response/regimes.csv", ",30,30,", ",thirty,30,", r":2: `days`"),
    "number of settings": ("common/settings.toml", "likeness = 88", "likeness = 880", r":\d+: `questions.likeness`"),
    "unknown setting": ("common/settings.toml", "likeness =", "likenes = 1\nlikeness =", r":\d+: `questions.likenes`"),
    "sentence without a use": ("response/wording.toml", "[when]\n", '[when]\nnow = "Now"\n', r"`when.now`"),
    "blank that nothing fills": ("response/wording.toml", '"On {date}"', '"On {day}"', r"`when.day`.*\{day\}"),
    "broken settings": ("common/settings.toml", "[items]", "[items", r":\d+: not TOML"),
}


@pytest.mark.parametrize(("file", "old", "new", "told"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_told_with_file_and_line(rules: Path, file: str, old: str, new: str, told: str) -> None:
    text = (rules / file).read_text(encoding="utf-8")
    assert old in text
    (rules / file).write_text(text.replace(old, new, 1) if old else f"{text}\n{new}\n", encoding="utf-8")
    found = mistakes(rules)
    assert any(line.startswith(file) and re.search(told, line) for line in found), found


def test_a_file_that_is_not_utf8_is_told_with_its_line(rules: Path) -> None:
    file = rules / "common" / "forces.csv"
    lines = file.read_bytes().split(b"\n")
    lines[2] += b"\xe9"
    file.write_bytes(b"\n".join(lines))
    assert mistakes(rules)[0].startswith("common/forces.csv:3: not UTF-8 (byte 0xe9)")


def test_a_mark_of_byte_order_is_passed_over(rules: Path) -> None:
    file = rules / "common" / "forces.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert len(load_rules(rules).forces) == 43


def test_mistakes_of_all_files_are_told_together(rules: Path) -> None:
    (rules / "common" / "progress.jsonl").write_text("{\n", encoding="utf-8")
    (rules / "peel-2014" / "profile.toml").write_text("x = 1\n", encoding="utf-8")
    (rules / "response" / "regimes.csv").write_text("id\n", encoding="utf-8")
    (rules / "common" / "words.toml").unlink()
    named = {line.split(":")[0] for line in mistakes(rules)}
    assert named == {
        "common/progress.jsonl",
        "peel-2014/profile.toml",
        "response/regimes.csv",
        "common/words.toml",
    }


@pytest.mark.parametrize("name", ["common/headngs.jsonl", "peel-2017/phrase.jsonl", "response/offices2.csv"])
def test_a_file_that_nothing_reads_is_told(rules: Path, name: str) -> None:
    (rules / name).write_text("", encoding="utf-8")
    assert mistakes(rules) == [f"{name}: no rule file of this name is read here; README.md lists them"]


def test_rules_in_a_folder_without_a_profile_are_told(rules: Path) -> None:
    (rules / "peel-2099").mkdir()
    (rules / "peel-2099" / "phrases.jsonl").write_text("", encoding="utf-8")
    assert "no profile.toml" in mistakes(rules)[0]


@pytest.mark.parametrize("label", sorted(LABELS))
def test_a_label_that_no_rule_has_is_told(rules: Path, label: str) -> None:
    for file in rules.glob("*/*.jsonl"):
        kept = [line for line in file.read_text(encoding="utf-8").split("\n") if f'"label": "{label}"' not in line]
        file.write_text("\n".join(kept), encoding="utf-8")
    assert any(label in line for line in mistakes(rules))


def test_every_label_is_read_by_the_program() -> None:
    house = Path(__file__).parents[2] / "extractor"
    code = "".join(file.read_text(encoding="utf-8") for file in house.rglob("*.py") if file.name != "labels.py")
    assert {label for label in LABELS if f'"{label}"' not in code} <= {"COUNTING"}
