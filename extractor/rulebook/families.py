"""Families of papers other than PEEL reports: how each is read, and the words that only its papers use.

A family is a folder of `rules/` with a `family.toml`, files of rules (`*.jsonl`) and tables. Its rules apply to its own
papers only, in addition to the common ones.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extractor.rulebook.load import Profile, Question, Rule, RulePacks, read_rules
from extractor.rulebook.matcher import Labeller


@dataclass(frozen=True, slots=True)
class Family:
    """How the papers of one family are recognised and read."""

    id: str  # the name of its folder
    kind: str  # as `reports.kind` has it
    rank: int  # of two families whose title forms match, the lower is taken
    named_after: str  # title | area | force | service: what tells its papers apart
    items: str  # list | lead | listed, as a profile has it
    numbered: bool  # the number of a recommendation, not its bullet, makes it one
    printed_twice: bool  # items stand in front and again in the chapters
    addressed_by: str  # subject (of `should`) | force | service | nobody
    judges: bool  # letters: says what became of earlier items
    grades: tuple[str, ...]
    publisher: str
    unfit_checks: tuple[str, ...]  # codes of checks that do not hold for it
    rules: tuple[Rule, ...] = ()
    areas: tuple[tuple[str, str], ...] = ()  # local area, force_id; longest name first
    questions: tuple[Question, ...] = ()

    @property
    def profile(self) -> Profile:
        """What a reader of items and grades must know of it."""
        return Profile(self.id, "", (), {}, self.grades, self.items, self.publisher, "0000", "9999")


_FIELDS = ("kind", "rank", "named_after", "items", "addressed_by", "publisher")


def families(packs: RulePacks) -> dict[str, Family]:
    """Return the families of these rules by id.

    Raises:
        ValueError: a family's file is wrong; the message names it.
    """
    return _families(packs.root, packs.version)


@cache
def _families(root: Path, _version: str) -> dict[str, Family]:
    return {file.parent.name: _read(file) for file in sorted(root.glob("*/family.toml"))}


def _read(file: Path) -> Family:
    row: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    missing = [field for field in _FIELDS if field not in row]
    mistakes = [f"{file.parent.name}/family.toml: `{field}` is missing" for field in missing]
    rules = tuple(rule for name in sorted(file.parent.glob("*.jsonl")) for rule in read_rules(name, mistakes))
    if mistakes:
        raise ValueError("\n".join(mistakes))
    folder = file.parent
    areas = [(row["area"], row["force_id"]) for row in _table(folder / "areas.csv")]
    return Family(
        id=folder.name,
        **{field: row[field] for field in _FIELDS},
        numbered=row.get("numbered", False),
        printed_twice=row.get("printed_twice", False),
        judges=row.get("judges", False),
        grades=tuple(row.get("grades", ())),
        unfit_checks=tuple(row.get("unfit_checks", ())),
        rules=rules,
        areas=tuple(sorted(areas, key=lambda area: -len(area[0]))),
        questions=tuple(Question(*line.values()) for line in _table(folder / "questions.csv")),
    )


@dataclass(frozen=True, slots=True)
class FireService:
    """One fire and rescue service of England."""

    id: str
    name: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is printed under."""
        return self.name, *self.aliases


def fire_services(packs: RulePacks) -> tuple[FireService, ...]:
    """Return the fire and rescue services of these rules."""
    return _fire_services(packs.root, packs.version)


@cache
def _fire_services(root: Path, _version: str) -> tuple[FireService, ...]:
    rows = _table(root / "fire" / "services.csv")
    names = [(row["service_id"], row["name"], row["aliases"].split("|")) for row in rows]
    return tuple(FireService(slug, name, tuple(filter(None, aliases))) for slug, name, aliases in names)


def _table(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


_labellers: dict[tuple[str, str], Labeller] = {}


def family_labeller(packs: RulePacks, family: Family) -> Labeller:
    """Return the labeller of the common rules and a family's own; made once per process and rules version."""
    key = packs.version, family.id
    if key not in _labellers:
        _labellers[key] = Labeller((*packs.rules, *family.rules))
    return _labellers[key]
