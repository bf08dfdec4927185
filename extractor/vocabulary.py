"""The closed sets of the field: kinds of findings, grades, flags, as tables write them and as people say them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Traits = TypeVar("Traits")

KIND_CODES = {
    "area_for_improvement": "afi",
    "cause_of_concern": "coc",
    "recommendation": "rec",
    "innovative_practice": "inn",
    "promising_practice": "pro",
    "effective_practice": "eff",
    "priority_action": "pri",
    "strength": "str",
    "practice_study": "stu",
}
KIND_NAMES = {  # one, several
    "area_for_improvement": ("area for improvement", "areas for improvement"),
    "cause_of_concern": ("cause of concern", "causes of concern"),
    "recommendation": ("recommendation", "recommendations"),
    "innovative_practice": ("innovative practice", "innovative practices"),
    "promising_practice": ("promising practice", "promising practices"),
    "effective_practice": ("effective practice", "effective practices"),
    "priority_action": ("area for priority action", "areas for priority action"),
    "strength": ("strength", "strengths"),
    "practice_study": ("practice study", "practice studies"),
}
ASKING_KINDS = ("cause_of_concern", "recommendation", "area_for_improvement", "priority_action")  # somebody must act
GRADES = ("outstanding", "good", "adequate", "requires improvement", "inadequate")  # best first
REPORT_KINDS = ("force", "national", "joint", "joint_area", "letter", "specialist", "fire")

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
NUMBER_WORDS = {word: number for number, word in enumerate(_NUMBERS.split(), 1)}


@dataclass(frozen=True, slots=True)
class Flag(Generic[Traits]):
    """A word of caution that a row may bear."""

    name: str
    meaning: str  # what it tells the reader of the row
    test: Callable[[Traits], bool] | None = None  # None: set by the step that meets it
    severity: str = "note"  # doubt: it becomes a problem of its own

    def says(self, traits: Traits) -> bool:
        """Say whether the test sets the flag."""
        return self.test is not None and self.test(traits)
