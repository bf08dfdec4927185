"""Every regular expression over report text costs as much again for a text twice as long: none can be made to hang.

The expressions are found, not listed: those that the rooms of the rules compile or pass to `re`, and those of the rule
files. Each is fed 100 KB of what it likes to repeat, under a limit of processor time.
"""

from __future__ import annotations

import ast
import importlib
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.rulebook.load import every_rule, load_rules
from extractor.rulebook.quick_look import quick_looks

HOUSE = Path(__file__).parents[2] / "extractor"
ROOMS = ("layout", "report", "rulebook")
SIZE = 100_000  # characters
SECONDS = 3.0  # of processor time for one text; a thousand times what a linear expression needs
UNITS = (
    " ",
    ".",
    "a",
    "A",
    "1",
    "-",
    "(",
    "’",
    "\n",
    ". ",
    "a ",
    "A ",
    "1 ",
    "a a ",
    "Aa",
    "Ab ",
    "a.",
    "1.",
    "a-",
    "a’",
    " .",
)
ENDS = ("", "¶")  # at its end, a text that nearly matched fails
FUNCTIONS = ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub")

Found = tuple[str, re.Pattern[str]]


def in_code() -> Iterator[Found]:
    """Yield where each expression of the rooms stands, and what it is."""
    for room in ROOMS:
        for file in sorted((HOUSE / room).rglob("*.py")):
            name = ".".join(("extractor", *file.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__")
            yield from compiled(name, vars(importlib.import_module(name)))
            yield from written(name, file)


def compiled(name: str, values: dict[str, Any]) -> Iterator[Found]:
    """Yield the expressions that a module or one of its classes keeps under a name."""
    for key, value in values.items():
        if isinstance(value, re.Pattern):
            yield f"{name}.{key}", value
        elif isinstance(value, type) and value.__module__ == name:
            yield from compiled(f"{name}.{key}", dict(vars(value)))


def written(name: str, file: Path) -> Iterator[Found]:
    """Yield the expressions that stand as a string in a call of `re`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in FUNCTIONS
        pattern = node.args[0]
        if of_re and isinstance(pattern, ast.Constant) and isinstance(pattern.value, str):
            yield f"{name}:{node.lineno}", re.compile(pattern.value)


def in_rules() -> Iterator[Found]:
    """Yield the expressions of the rule files: of tokens, of forms of words, and the outlines of rules."""
    packs = load_rules()
    rules = every_rule()
    for rule in (*packs.openers, *packs.progress, *packs.caveats, *packs.web_links):
        yield rule.id, re.compile(rule.pattern, re.IGNORECASE)
    for rule in rules:
        for token in () if isinstance(rule.pattern, str) else rule.pattern:
            wanted = (value["REGEX"] for value in token.values() if isinstance(value, dict) and "REGEX" in value)
            yield from ((rule.id, re.compile(pattern)) for pattern in wanted)
    for look in quick_looks(rules):
        yield from ((f"{look.rule.id} (outline)", pattern) for pattern in look.outline)


def likings(pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield long texts of what an expression may repeat: its own words, and signs that all texts have."""
    own = dict.fromkeys(re.findall(r"[^\W\d_]{2,}|[^\w\s\\]", pattern.pattern))
    units = (*UNITS, *own, *(f"{word} " for word in own))
    yield from (unit * (SIZE // len(unit)) + end for unit in dict.fromkeys(units) for end in ENDS)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no limit of processor time here")
def test_no_text_makes_an_expression_hang() -> None:
    every = {(pattern.pattern, pattern.flags): (name, pattern) for name, pattern in (*in_code(), *in_rules())}
    assert len(every) > 200
    slow = {name: hang for name, pattern in every.values() if (hang := hangs(pattern))}
    assert not slow


def hangs(pattern: re.Pattern[str]) -> str:
    """Return the beginning of the first text that an expression cannot read in time."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    text = ""
    try:
        for text in likings(pattern):
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            for _ in pattern.finditer(text):
                pass
    except TimeoutError:
        return repr(text[:12])
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return ""


@pytest.mark.parametrize("worst", [r"(?:a+)+b", r"\s*$", r"\w+!"])
@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no limit of processor time here")
def test_an_expression_that_hangs_is_noticed(worst: str) -> None:
    assert hangs(re.compile(worst))
