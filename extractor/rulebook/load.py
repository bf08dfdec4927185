"""Find, load and validate what the program knows: `rules/common` and one pack per era.

A rule is a line of JSON: `{"id", "label", "pattern", "examples", "counter"}` with `pattern` in spaCy's own format, a
phrase or a list of token patterns. In the files `headings.jsonl` and `furniture.jsonl` a rule must match the whole
line, elsewhere it may match anywhere. Loading reports every mistake at once.
"""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from extractor.errors import RuleError

HEADINGS = "headings.jsonl"
_PATTERNS = (HEADINGS, "phrases.jsonl", "gradings.jsonl", "documents.jsonl", "publishers.jsonl")
_EXTRACTION_FILES = (*_PATTERNS, "furniture.jsonl", "web_dates.jsonl", "forces.csv", "questions.csv", "settings.toml")
_WHOLE_LINES = (HEADINGS, "furniture.jsonl")
_KEYS = {"id", "label", "pattern", "examples", "counter"}
_OPTIONAL = {"source", "value"}


_FORCE_COLUMNS = ("force_id", "name", "aliases")
_QUESTION_COLUMNS = ("question_id", "cycle", "pillar", "level", "title", "short")
_SETTINGS = {
    "items": ("short_words", "long_words"),
    "questions": ("likeness",),
    "languages": ("welsh",),
    "words": ("compounds",),
}
_TOKEN_KEYS = {"LOWER", "TEXT", "ORTH", "OP", "IS_PUNCT", "IS_DIGIT", "IS_ALPHA", "IS_UPPER", "IS_TITLE", "LIKE_NUM"}
_OPERATORS = {"!", "?", "+", "*", "1"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to recognise, with lines it must match and lines it must not."""

    id: str
    label: str
    pattern: str | tuple[dict[str, Any], ...]
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    whole: bool  # must match the whole line
    value: str | None = None  # what it stands for, e.g. the grade
    origin: str = ""  # file and line, for messages


@dataclass(frozen=True, slots=True)
class Profile:
    """How to recognise and read the reports of one era."""

    id: str
    cycle: str
    titles: tuple[str, ...]  # words one of which the front matter prints
    pillars: dict[str, str]  # words of the title → pillar
    grades: tuple[str, ...]
    items: str  # list: bullets are items | lead: a lead sentence and its explanation
    publisher: str
    published_from: str
    published_to: str
    expect_concern_when_inadequate: bool = False
    open_areas: bool = False  # names of the areas are not all known
    web_years: tuple[str, ...] = ()  # how web pages name the year, where not by the cycle


@dataclass(frozen=True, slots=True)
class Force:
    """One of the 43 forces."""

    id: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One wording of a question or area, and the family it belongs to."""

    id: str
    cycle: str
    pillar: str
    level: str
    title: str
    short: str


@dataclass(frozen=True, slots=True)
class RulePacks:
    """Everything the program knows about reports."""

    root: Path
    version: str
    rules: tuple[Rule, ...]
    profiles: tuple[Profile, ...]
    forces: tuple[Force, ...]
    questions: tuple[Question, ...]
    settings: dict[str, Any] = field(default_factory=dict)


def rules_root() -> Path:
    """The folder of the built-in rules: inside the installed package, else beside it in a checkout."""
    packaged = Path(__file__).parents[1] / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


def load_rules(root: Path | str | None = None) -> RulePacks:
    """Load and validate all packs below `root`.

    Raises:
        RuleError: with every mistake found, when there is any.
    """
    folder = Path(root) if root else rules_root()
    return _load(folder, rules_version(folder))  # rules that change while the program runs are loaded anew


@cache
def _load(root: Path, version: str) -> RulePacks:
    mistakes: list[str] = []
    if not (root / "common").is_dir():
        raise RuleError(f"{root}: no folder `common` here; --rules names the folder that holds the rule packs")
    rules = tuple(rule for name in _PATTERNS for rule in read_rules(root / "common" / name, mistakes))
    _check_unique(rules, mistakes)
    profiles = tuple(_read_profile(file, mistakes) for file in sorted(root.glob("*/profile.toml")))
    forces = tuple(
        Force(row["force_id"], row["name"], tuple(filter(None, row["aliases"].split("|"))))
        for row in _rows(root, "forces.csv", _FORCE_COLUMNS, mistakes)
    )
    questions = tuple(
        Question(*(row[key] for key in _QUESTION_COLUMNS))
        for row in _rows(root, "questions.csv", _QUESTION_COLUMNS, mistakes)
    )
    settings = _read_settings(root / "common" / "settings.toml", mistakes)
    if mistakes:
        raise RuleError("\n".join(mistakes))
    return RulePacks(root, version, rules, profiles, forces, questions, settings)


def every_rule(root: Path | None = None) -> tuple[Rule, ...]:
    """Return all rules of all packs that are written in spaCy's pattern format, for a check of their examples.

    Raises:
        RuleError: with every mistake found, when there is any.
    """
    root = Path(root) if root else rules_root()
    mistakes: list[str] = []
    rules = tuple(
        rule for file in sorted(root.rglob("*.jsonl")) if _holds_patterns(file) for rule in read_rules(file, mistakes)
    )
    _check_unique(rules, mistakes)
    if mistakes:
        raise RuleError("\n".join(mistakes))
    return rules


def _holds_patterns(file: Path) -> bool:
    first = next((line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()), "")
    return '"pattern"' in first and '"label"' in first


def rules_version(root: Path | None = None) -> str:
    """Return a short hash of every rule file that extraction reads: it changes when any of them does."""
    root = root or rules_root()
    digest = hashlib.sha256()
    packs = [file for toml in root.glob("*/family.toml") for file in toml.parent.iterdir()]
    for file in sorted([*(root / "common" / name for name in _EXTRACTION_FILES), *root.glob("*/profile.toml"), *packs]):
        if file.exists():
            name = file.relative_to(root).as_posix()
            digest.update(name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:12]


def read_rules(file: Path, mistakes: list[str]) -> Iterator[Rule]:
    """Yield the rules of one file, adding what is wrong with it to `mistakes`."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        mistakes.append(f"{file}: {error.strerror}")
        return
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{file.parent.name}/{file.name}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            mistakes.append(f"{where}: not JSON ({error.msg})")
            continue
        wrong = _mistakes_in(row)
        if wrong:
            mistakes.append(f"{where}: {'; '.join(wrong)}")
            continue
        pattern = row["pattern"] if isinstance(row["pattern"], str) else tuple(row["pattern"])
        yield Rule(
            row["id"],
            row["label"],
            pattern,
            tuple(row["examples"]),
            tuple(row["counter"]),
            file.name in _WHOLE_LINES,
            row.get("value"),
            where,
        )


def _mistakes_in(row: Any) -> list[str]:
    if not isinstance(row, dict):
        return ["a rule is an object in braces"]
    wrong = [f"`{key}` is missing" for key in sorted(_KEYS - row.keys())]
    wrong += [f"`{key}` is not a key of a rule" for key in sorted(row.keys() - _KEYS - _OPTIONAL)]
    for key in ("examples", "counter"):
        if key in row and not (
            isinstance(row[key], list) and row[key] and all(isinstance(text, str) for text in row[key])
        ):
            wrong.append(f"`{key}` needs at least one line of text")
    wrong += [f"`{key}` is not text" for key in ("id", "label") if not isinstance(row.get(key, ""), str)]
    if "pattern" in row:
        wrong += _pattern_mistakes(row["pattern"])
    return wrong


def _pattern_mistakes(pattern: Any) -> list[str]:
    if isinstance(pattern, str) and pattern:
        return []
    if not isinstance(pattern, list) or not pattern or not all(isinstance(token, dict) for token in pattern):
        return ["`pattern` is a phrase or a list of token patterns"]
    unknown = sorted({key for token in pattern for key in token} - _TOKEN_KEYS)
    wrong = [f"`{key}` is no attribute a token pattern may have here" for key in unknown]
    operators = {token["OP"] for token in pattern if "OP" in token and token["OP"] not in _OPERATORS}
    return wrong + [f"`{operator}` is no operator" for operator in sorted(map(str, operators))]


def _check_unique(rules: tuple[Rule, ...], mistakes: list[str]) -> None:
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.id in seen:
            mistakes.append(f"{rule.origin}: id `{rule.id}` is taken by {seen[rule.id]}; ids are permanent and unique")
        seen[rule.id] = rule.origin


def _read_profile(file: Path, mistakes: list[str]) -> Profile:
    try:
        row = tomllib.loads(file.read_text(encoding="utf-8"))
        return Profile(
            id=file.parent.name,
            cycle=row["cycle"],
            titles=tuple(row["recognise"]["titles"]),
            pillars=row["pillars"],
            grades=tuple(row["grades"]),
            items=row["items"],
            publisher=row["publisher"],
            published_from=row["published"]["from"],
            published_to=row["published"]["to"],
            expect_concern_when_inadequate=row.get("expect_concern_when_inadequate", False),
            open_areas=row.get("open_areas", False),
            web_years=tuple(row["recognise"].get("web_years", ())),
        )
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        mistakes.append(f"{file.parent.name}/{file.name}: {error} is missing or wrong")
        return Profile(file.parent.name, "", (), {}, (), "list", "", "", "")


def _rows(root: Path, name: str, columns: tuple[str, ...], mistakes: list[str]) -> list[dict[str, str]]:
    try:
        with (root / "common" / name).open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            missing = [column for column in columns if column not in (rows.fieldnames or ())]
            if missing:
                mistakes.append(f"common/{name}: column {', '.join(missing)} is missing")
                return []
            return list(rows)
    except OSError as error:
        mistakes.append(f"common/{name}: {error.strerror}")
        return []


def _read_settings(file: Path, mistakes: list[str]) -> dict[str, Any]:
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        mistakes.append(f"common/{file.name}: {error.strerror}")
        return {}
    except tomllib.TOMLDecodeError as error:
        mistakes.append(f"common/{file.name}: {error}")
        return {}
    for table, keys in _SETTINGS.items():
        mistakes += [
            f"common/{file.name}: `{key}` of [{table}] is missing" for key in keys if key not in settings.get(table, {})
        ]
    return settings
