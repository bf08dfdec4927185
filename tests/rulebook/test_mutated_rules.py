"""Rule files with mistakes drawn by chance: still valid, or told at once with file and line; never an error of ours."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutated_rules import mutate

from extractor.cli import main
from extractor.errors import RuleError
from extractor.pipeline import extract_printed, read
from extractor.rulebook import load
from extractor.rulebook.folder import rules_root

_PLACE = re.compile(r"[\w-]+/[\w.-]+(?::\d+)?: |common: no rule has the label ")
PAGE = b"""<html><title>PEEL 2021/22: Kent Police</title><h1>PEEL 2021/22: An inspection of Kent Police</h1>
<p>Published on: 4 May 2022</p><h2>Investigating crime</h2><p>Requires improvement</p><h3>Areas for improvement</h3>
<ul><li>The force should make sure that victims are told what happens next within three months.</li></ul></html>"""
RULE = '{"id": "x.%d", "label": "STOP", "pattern": %s, "examples": ["one"], "counter": ["two"]}\n'


@pytest.fixture
def rules(tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(rules_root(), tmp_path / "rules")
    yield tmp_path / "rules"
    load._loaded.clear()


def judged(rules: Path, seed: int) -> str:
    """Put one mistake into the rules, use them, and put them right again; return what was told, "" for nothing."""
    name, before = mutate(rules, seed)
    try:
        extract_printed(read("page.html", PAGE, rules), load.load_rules(rules))
        return ""
    except RuleError as error:
        assert all(_PLACE.match(line) for line in str(error).split("\n")), error
        return str(error)
    finally:
        (rules / name).write_bytes(before)


def test_mistakes_are_valid_or_named_with_their_file(rules: Path) -> None:
    told = [judged(rules, seed) for seed in range(12)]
    assert any(told) and not all(told)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 1200, 50))
def test_two_hundred_mistakes_are_valid_or_named_with_their_file(rules: Path, first: int) -> None:
    for seed in range(first, first + 50):
        judged(rules, seed)
        load._loaded.clear()


def told(rules: Path) -> str:
    with pytest.raises(RuleError) as caught:
        load.load_rules(rules)
    return str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ('[{"LOWER": "a", "OP": "{0,99999999}"}]', "OP"),
        ('[{"LOWER": "a", "OP": "{9,1}"}]', "above the second"),
        ('[{"LOWER": "a", "OP": "{1,21}"}]', "not above 20"),
        ('[{"LOWER": "a", "OP": ["?"]}]', "OP"),
        (json.dumps([{"OP": "*"}, {"LOWER": "a"}] * 7), "too many ways"),
        (json.dumps([{"TEXT": {"REGEX": "^(a+)+$"}}]), "`(a+)+` can match the same words"),
        (json.dumps([{"TEXT": {"REGEX": r"(?:\w*)*x"}}]), "too many ways"),
        (json.dumps([{"TEXT": {"REGEX": "([a-z]+){2,}"}}]), "too many ways"),
        (json.dumps([{"TEXT": {"REGEX": ".*a" * 9}}]), "so many `.*`"),
    ],
)
def test_pattern_that_could_run_for_ever_is_refused(pattern: str, words: str, rules: Path) -> None:
    file = rules / "common" / "phrases.jsonl"
    line = len(file.read_text(encoding="utf-8").splitlines()) + 1
    with file.open("a", encoding="utf-8") as rows:
        rows.write(RULE % (1, pattern))
    assert told(rules).startswith(f"common/phrases.jsonl:{line}: ") and words in told(rules)


def test_number_too_long_and_nesting_too_deep_are_named(rules: Path) -> None:
    for text in (f"order = {'9' * 5000}", f"order = {'[' * 5000}"):
        (rules / "peel-2014" / "profile.toml").write_text(text, encoding="utf-8")
        assert "peel-2014/profile.toml" in told(rules)


def test_family_that_cannot_be_read_is_all_that_is_told(rules: Path) -> None:
    (rules / "joint" / "family.toml").write_text("x = [", encoding="utf-8")
    assert [line.split(":")[0] for line in told(rules).split("\n")] == ["joint/family.toml"]


def test_link_that_leads_in_a_circle_is_named(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = rules / "common" / "loop.jsonl"
    file.symlink_to(file)
    assert "loop.jsonl: too many levels" in told(rules)
    (rules / "page.html").write_bytes(PAGE)
    command = ["extract", str(rules / "page.html"), "--outputs", str(rules / "outputs"), "--rules", str(rules)]
    assert main(command) == 2
    assert "loop.jsonl" in capsys.readouterr().err


def test_folder_without_rules_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    command = [
        "extract",
        str(tmp_path / "page.html"),
        "--outputs",
        str(tmp_path / "o"),
        "--rules",
        str(tmp_path / "no"),
    ]
    assert main(command) == 2
    assert f"{tmp_path / 'no'}: no folder `common` here" in capsys.readouterr().err


@pytest.mark.slow
def test_ten_thousand_rules_are_read(rules: Path) -> None:
    with (rules / "common" / "phrases.jsonl").open("a", encoding="utf-8") as rows:
        rows.writelines(RULE % (number, f'"words number {number}"') for number in range(10_000))
    assert len(load.load_rules(rules).rules) > 10_000
