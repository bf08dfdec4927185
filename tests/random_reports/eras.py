"""What is known of each round of inspections: titles, questions, dates (`eras.toml`), and the forces."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FORCES = Path(__file__).parents[2] / "rules" / "common" / "forces.csv"


@dataclass(frozen=True, slots=True)
class Question:
    """A question or area, the pool of words it draws on, and its short name in tables."""

    title: str
    pool: str
    short: str = ""
    graded: bool = True


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar with its questions, in order."""

    name: str
    question: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Era:
    """One round."""

    cycle: str
    pillars: tuple[Pillar, ...]
    dates: tuple[str, ...]  # days or months of publication, ISO
    earlier: tuple[str, ...]  # what items are carried over from
    form: str  # bullets | lead
    grades: tuple[str, ...]


def _question(row: str) -> Question:
    title, pool, *more = (cell.strip() for cell in row.split("|"))
    return Question(title, pool, more[0] if more else "", len(more) < 2)


def _pillar(row: dict[str, Any]) -> Pillar:
    return Pillar(row["name"], row["question"], tuple(_question(question) for question in row["questions"]))


def _eras() -> dict[str, Era]:
    told = tomllib.loads(Path(__file__).with_name("eras.toml").read_text(encoding="utf-8"))
    return {
        cycle: Era(
            cycle,
            tuple(_pillar(pillar) for pillar in row["pillars"]),
            *(tuple(row[name]) for name in ("dates", "earlier")),
            row["form"],
            tuple(row["grades"]),
        )
        for cycle, row in told.items()
    }


ERAS = _eras()
RECORDING = Question("Recording data about crime", "recording", "Recording data about crime")
VICTIMS = "Providing a service to the victims of crime", "Providing a service to victims of crime"


@lru_cache(maxsize=1)
def forces() -> tuple[tuple[str, str], ...]:
    """Return (slug, name) of the forces of England and Wales."""
    with FORCES.open(encoding="utf-8", newline="") as file:
        return tuple((row["force_id"], row["name"]) for row in csv.DictReader(file))
