"""Every problem that the program can name is explained, and one that is not cannot be made."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from extractor.problems import BY_CODE, PROBLEMS, problem
from extractor.reading.pdf.record import MESSAGES
from extractor.report.findings.flags import ITEM_FLAGS
from extractor.tables.dictionary import data_dictionary

HOUSE = Path(__file__).parents[1] / "extractor"


def made() -> set[str]:
    """The codes that the program's own calls of `problem` name."""
    calls = (
        node
        for file in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "problem"
    )
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


def test_codes_that_are_made_are_in_the_table() -> None:
    assert len(made()) > 30 and made() <= set(BY_CODE)


def test_readers_go_by_the_table() -> None:
    assert {code: BY_CODE[code].severity for code in MESSAGES} == {code: grave for code, (grave, _) in MESSAGES.items()}


def test_flags_worth_a_look_are_problems() -> None:
    assert {flag.name for flag in ITEM_FLAGS if flag.severity == "doubt"} <= set(BY_CODE)


def test_code_without_a_row_cannot_be_made() -> None:
    with pytest.raises(LookupError, match="made_up"):
        problem("made_up", None, "nobody knows what this is")


def test_severity_is_the_usual_one_unless_another_is_given() -> None:
    assert problem("area_unknown", 3, "no area").severity == "error"
    assert problem("area_unknown", 3, "no area", "doubt").severity == "doubt"


def test_dictionary_explains_each_problem_once() -> None:
    rows = data_dictionary().split("## Problems")[1]
    assert re.findall(r"^\| `(\w+)`", rows, re.M) == sorted(kind.code for kind in PROBLEMS)
    assert all(kind.meaning and kind.next_step for kind in PROBLEMS)
    assert {kind.severity for kind in PROBLEMS} == {"error", "doubt", "note"}
