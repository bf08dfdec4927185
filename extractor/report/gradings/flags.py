"""What is to be watched in a grade: each flag with its meaning and the test that sets it."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.report.gradings.evidence import Evidence
from extractor.vocabulary import Flag


@dataclass(frozen=True, slots=True)
class GradeTraits:
    """The evidence a grade was taken from, with what speaks against it."""

    best: Evidence
    against: tuple[str, ...]  # other grades that the report prints for the same subject
    scale: tuple[str, ...]  # the grades of the cycle


GRADE_FLAGS: tuple[Flag[GradeTraits], ...] = (
    Flag("grades_disagree", "the report prints different grades for it", lambda traits: bool(traits.against)),
    Flag("grade_from_sentence", "the grade was read from a sentence, not from a graphic or label",
         lambda traits: traits.best.source == "sentence"),
    Flag("unrecognised_area", "the area that is graded is not in the list of known questions",
         lambda traits: traits.best.subject.question is None),
    Flag("grade_unknown_in_cycle", "the grade does not belong to the scale of that cycle",
         lambda traits: traits.best.grade is not None and traits.best.grade not in traits.scale),
    Flag("grade_not_printed", "the report says that an earlier grade stands and does not print it",
         lambda traits: traits.best.basis == "carried_over" and not traits.best.grade),
)  # fmt: skip
