"""All evidence for the grades of one report: displays first, then what sentences say."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.models import Problem
from extractor.problems import problem
from extractor.report.gradings.displays import Spot, display_at, may_be_row, unknown_beside
from extractor.report.gradings.evidence import Evidence, GradeClues
from extractor.report.gradings.overview import from_overview
from extractor.report.gradings.sentences import from_sentences, stating, with_statements
from extractor.report.gradings.subjects import Subjects
from extractor.report.gradings.tables import tables_of
from extractor.report.sections import EXPLAINING, GRADE_LABELS, Part

_FIRST = 2  # blocks of a chapter that may say that it is not graded


@dataclass(frozen=True, slots=True)
class FoundGradings:
    """What is stated of the grades of a report, of which subjects, and what is to be said."""

    evidence: tuple[Evidence, ...]
    subjects: Subjects
    problems: tuple[Problem, ...]


def find_gradings(subjects: Subjects, clues: GradeClues) -> FoundGradings:
    """Find all labels, tables and statements, then the sentences."""
    evidence, subjects, problems = _displays(subjects, clues)
    subjects, more = _with_ungraded_areas(subjects, clues)
    evidence = with_statements(evidence, subjects, clues)
    evidence, differing = from_sentences(evidence, subjects, clues)
    evidence = from_overview(evidence, subjects, clues)
    return FoundGradings(tuple(evidence), subjects, (*problems, *more, *differing))


def _displays(subjects: Subjects, clues: GradeClues) -> tuple[list[Evidence], Subjects, list[Problem]]:
    """The labels and tables of all sections; a label may show that a section is an area."""
    evidence: list[Evidence] = []
    problems: list[Problem] = []
    for place, part in enumerate(subjects.parts):
        if part.kind in EXPLAINING - {"aside"}:
            continue
        tables = tables_of(part, subjects, clues)
        evidence += tables.evidence
        for nth, block in enumerate(part.blocks):
            if block.kind == "note" or block.number in tables.heads:
                continue
            match = clues.labels.first(block.text, *GRADE_LABELS)
            if match is None and not may_be_row(block, clues):
                continue
            spot = Spot(block, place, nth, match, subjects, clues)
            shown = display_at(spot)
            evidence += shown.evidence
            problems += (*unknown_beside(spot), *shown.problems)
            if shown.area is not None:
                subjects = subjects.with_area(shown.area)
    return evidence, subjects, problems


def _with_ungraded_areas(subjects: Subjects, clues: GradeClues) -> tuple[Subjects, list[Problem]]:
    """Chapters that say they are not graded are areas too, though the crosswalk does not know them."""
    problems: list[Problem] = []
    chapters = subjects.question_levels() | {subjects.parts[place].level for place in subjects.areas}
    for place, part in enumerate(subjects.parts):
        if part.level not in chapters or place in subjects.areas or not _is_ungraded_area(part, clues):
            continue
        subjects = subjects.with_area(place)
        message = f"“{part.title}” is no area known for {clues.profile.cycle}; it is taken as printed"
        problems.append(problem("unrecognised_area", part.heading.page_first if part.heading else None, message))
    return subjects, problems


def _is_ungraded_area(part: Part, clues: GradeClues) -> bool:
    if part.kind != "body" or clues.labels.has(part.title or "", "SUMMARY", "JUDGMENTS", "MAIN_FINDINGS"):
        return False
    if clues.profile.open_areas and any(stating(part.blocks[:1], clues)):
        return True
    first = [block.text for block in part.blocks if block.kind != "note"][:_FIRST]
    return any(clues.labels.has(words, "NOT_GRADED") and not clues.labels.has(words, "PRIOR") for words in first)
