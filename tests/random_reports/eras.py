"""What is known of each round of inspections: titles, questions, dates, words for things."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FORCES = Path(__file__).parents[2] / "rules" / "common" / "forces.csv"
FOUR = ("outstanding", "good", "requires improvement", "inadequate")
FIVE = ("outstanding", "good", "adequate", "requires improvement", "inadequate")


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
    dates: tuple[str, ...]  # days of publication, ISO
    earlier: tuple[str, ...]  # what items are carried over from
    form: str  # "bullets" | "lead"
    grades: tuple[str, ...] = FOUR


def _q(*rows: str) -> tuple[Question, ...]:
    """Read `title | pool | short | -` rows; a last `-` is a question without grade."""
    parts = [[cell.strip() for cell in row.split("|")] for row in rows]
    return tuple(Question(cells[0], cells[1], cells[2] if len(cells) > 2 else "", len(cells) < 4) for cells in parts)


_SAFE = "at keeping people safe and reducing crime?"
_AREAS = _q(
    "Preventing crime and anti-social behaviour | prevention | Preventing crime",
    "Engaging with and treating the public with fairness and respect | public | Treatment of the public",
    "Responding to the public | response | Responding to the public",
    "Investigating crime | investigation | Investigating crime",
    "Protecting vulnerable people | vulnerable | Protecting vulnerable people",
    "Managing offenders and suspects | offenders | Managing offenders",
    "Building, supporting and protecting the workforce | workforce | Developing a positive workplace",
    "Strategic planning, organisational management and value for money | planning | Good use of resources",
)
_LATER = _q(
    "Police powers and treating the public fairly and respectfully | public | Police powers and public treatment",
    "Preventing and deterring crime and antisocial behaviour, and reducing vulnerability | prevention | Preventing crime",
    "Responding to the public | response | Responding to the public",
    "Investigating crime | investigation | Investigating crime",
    "Protecting vulnerable people | vulnerable | Protecting vulnerable people",
    "Managing offenders and suspects | offenders | Managing offenders",
    "Building, supporting and protecting the workforce | workforce | Developing a positive workplace",
    "Leadership and force management | planning | Leadership and force management",
)
RECORDING = Question("Recording data about crime", "recording", "Recording data about crime")
VICTIMS = "Providing a service to the victims of crime", "Providing a service to victims of crime"

ERAS = {
    "2015": Era(
        "2015",
        (
            Pillar(
                "effectiveness",
                f"How effective is the force {_SAFE}",
                _q(
                    "How effective is the force at preventing crime and anti-social behaviour, and keeping people safe? | prevention",
                    "How effective is the force at investigating crime and managing offenders? | investigation",
                    "How effective is the force at protecting from harm those who are vulnerable, and supporting victims? | vulnerable",
                    "How effective is the force at tackling serious and organised crime, including its arrangements for fulfilling its national policing responsibilities? | organised",
                ),
            ),
            Pillar(
                "efficiency",
                f"How efficient is the force {_SAFE}",
                _q(
                    "How well does the force use its resources to meet its demand? | demand",
                    "How sustainable and affordable is the workforce model? | workforce",
                    "How sustainable is the force’s financial position for the short and long term? | planning",
                ),
            ),
            Pillar(
                "legitimacy",
                f"How legitimate is the force {_SAFE}",
                _q(
                    "To what extent does practice and behaviour reinforce the wellbeing of staff and an ethical culture? | workforce",
                    "How well does the force understand, engage with and treat fairly the people it serves to maintain and improve its legitimacy? | public",
                    "To what extent are decisions taken on the use of stop and search and Taser fair and appropriate? | powers",
                ),
            ),
        ),
        ("2015-10", "2015-12", "2016-02"),
        ("2014",),
        "bullets",
    ),
    "2016": Era(
        "2016",
        (
            Pillar(
                "effectiveness",
                f"How effective is the force {_SAFE}",
                _q(
                    "How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe? | prevention",
                    "How effective is the force at investigating crime and reducing re-offending? | investigation",
                    "How effective is the force at protecting those who are vulnerable from harm, and supporting victims? | vulnerable",
                    "How effective is the force at tackling serious and organised crime? | organised",
                    "How effective are the force’s specialist capabilities? | armed | | -",
                ),
            ),
            Pillar(
                "efficiency",
                f"How efficient is the force {_SAFE}",
                _q(
                    "How well does the force understand its current and likely future demand? | demand",
                    "How well does the force use its resources to manage current demand? | planning",
                    "How well is the force planning for demand in the future? | planning",
                ),
            ),
            Pillar(
                "legitimacy",
                f"How legitimate is the force {_SAFE}",
                _q(
                    "To what extent does the force treat all of the people it serves with fairness and respect? | powers",
                    "How well does the force ensure that its workforce behaves ethically and lawfully? | ethics",
                    "To what extent does the force treat its workforce with fairness and respect? | workforce",
                ),
            ),
        ),
        ("2016-11", "2016-12", "2017-03"),
        ("2015",),
        "bullets",
    ),
    "2017": Era(
        "2017",
        (
            Pillar(
                "effectiveness",
                f"How effective is the force {_SAFE}",
                _q(
                    "Preventing crime and tackling anti-social behaviour | prevention",
                    "Investigating crime and reducing re-offending | investigation",
                    "Protecting vulnerable people and supporting victims | vulnerable",
                    "Tackling serious and organised crime | organised",
                    "Specialist capabilities | armed | | -",
                ),
            ),
            Pillar(
                "efficiency",
                f"How efficient is the force {_SAFE}",
                _q(
                    "How well does the force understand demand? | demand",
                    "How well does the force use its resources? | planning",
                    "How well is the force planning for the future? | planning",
                ),
            ),
            Pillar(
                "legitimacy",
                f"How legitimate is the force {_SAFE}",
                _q(
                    "To what extent does the force treat all of the people it serves with fairness and respect? | powers",
                    "How well does the force ensure that its workforce behaves ethically and lawfully? | ethics",
                    "To what extent does the force treat its workforce with fairness and respect? | workforce",
                ),
            ),
        ),
        ("2017-11", "2017-12", "2018-03"),
        ("2016", "2015"),
        "bullets",
    ),
    "2018/19": Era(
        "2018/19",
        (
            Pillar(
                "effectiveness",
                "How effectively does the force reduce crime and keep people safe?",
                _q(
                    "Preventing crime and tackling anti-social behaviour | prevention",
                    "Investigating crime | investigation",
                    "Protecting vulnerable people | vulnerable",
                    "Tackling serious and organised crime | organised",
                    "Armed policing | armed | | -",
                ),
            ),
            Pillar(
                "efficiency",
                "How efficiently does the force operate and how sustainable are its services?",
                _q(
                    "Meeting current demands and using resources | demand",
                    "Planning for the future | planning",
                ),
            ),
            Pillar(
                "legitimacy",
                "How legitimately does the force treat the public and its workforce?",
                _q(
                    "Treating the public fairly | powers",
                    "Ethical and lawful workforce behaviour | ethics",
                    "Treating the workforce fairly | workforce",
                ),
            ),
        ),
        ("2019-05-02", "2019-09-27", "2020-02-07"),
        ("2017", "2016"),
        "bullets",
    ),
    "2021/22": Era(
        "2021/22",
        (Pillar("integrated", "", _AREAS),),
        ("2022-03-03", "2022-07-07", "2022-09-22", "2022-11-25", "2023-02-02", "2023-03-17"),
        ("2018/19",),
        "lead",
        FIVE,
    ),
    "2023-25": Era(
        "2023-25",
        (Pillar("integrated", "", _LATER),),
        ("2023-10-03", "2023-12-22", "2024-03-12", "2024-07-11", "2024-08-21", "2025-04-10", "2025-06-10"),
        ("2021/22",),
        "lead",
        FIVE,
    ),
    "2025-27": Era(
        "2025-27",
        (Pillar("integrated", "", (_LATER[-1], *_LATER[:-1])),),
        ("2026-04-09", "2026-06-16", "2026-09-24"),
        ("2023–25",),
        "lead",
        FIVE,
    ),
}


@lru_cache(maxsize=1)
def forces() -> tuple[tuple[str, str], ...]:
    """Return (slug, name) of the forces of England and Wales."""
    with FORCES.open(encoding="utf-8", newline="") as file:
        return tuple((row["force_id"], row["name"]) for row in csv.DictReader(file))
