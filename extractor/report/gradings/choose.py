"""From evidence to rows of the table `gradings`: one per subject, the label before the table before the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.ids import short_hash
from extractor.models import Grading, Problem
from extractor.problems import problem
from extractor.report.gradings.evidence import Evidence, GradeClues
from extractor.report.gradings.find import FoundGradings
from extractor.report.gradings.flags import GRADE_FLAGS, GradeTraits
from extractor.report.gradings.subjects import Subjects
from extractor.rulebook.questions import plain

_RANK = {"label": 0, "row": 1, "column": 2, "sentence": 3}


def grading_rows(found: FoundGradings, clues: GradeClues, report_id: str) -> tuple[list[Grading], list[Problem]]:
    """Return one row per subject in report order, and what is to be said of them."""
    groups = by_subject(found)
    traits = [_traits(group, clues) for group in groups]
    rows = [_row(group, traits_, report_id) for group, traits_ in zip(groups, traits, strict=True)]
    return rows, [problem for each in traits for problem in _problems(each, clues)]


def by_subject(found: FoundGradings) -> list[list[Evidence]]:
    """Return the evidence of each subject, in the order in which the subjects stand in the report."""
    groups: dict[tuple[str, str], list[Evidence]] = {}
    for one in found.evidence:
        groups.setdefault(one.subject.key, []).append(one)
    return sorted(groups.values(), key=lambda group: _standing(group, found.subjects))


def _standing(group: Sequence[Evidence], subjects: Subjects) -> tuple[int, int]:
    """Where a subject stands: its section's place, else after the last heading up to its first page."""
    place = subjects.place_of(group[0].subject)
    if place is not None:
        return place, 0
    page = min(one.page or 0 for one in group)
    headed = ((place, part.heading) for place, part in enumerate(subjects.parts) if part.heading)
    return max((place for place, heading in headed if (heading.page_first or 0) <= page), default=0), 1


def best_of(group: Sequence[Evidence]) -> Evidence:
    """Return the evidence that decides: of the highest rank, and of that the first."""
    graded = [one for one in group if one.source in _RANK]
    return min(graded, key=lambda one: _RANK[one.source]) if graded else group[0]


def _first_printed(group: Sequence[Evidence], best: Evidence) -> Evidence:
    """The first place where the grade is displayed."""
    same = [one for one in group if one.grade == best.grade and one.source != "sentence"] or [best]
    return min(same, key=lambda one: one.page or 0)


def _traits(group: Sequence[Evidence], clues: GradeClues) -> GradeTraits:
    best = best_of(group)
    others = {one.grade or "not graded" for one in group if one.grade != best.grade and one.source != "statement"}
    return GradeTraits(best, tuple(sorted(others)), clues.profile.grades)


def _row(group: Sequence[Evidence], traits: GradeTraits, report_id: str) -> Grading:
    best, first = traits.best, _first_printed(group, traits.best)
    carried = next((one for one in group if one.basis == "carried_over"), None)
    subject = best.subject
    return Grading(
        grading_id=f"{report_id}/grade/{short_hash(f'{subject.level} {plain(subject.title)}')}",
        report_id=report_id,
        level=subject.level,
        question=subject.title,
        question_id=subject.question.id if subject.question else None,
        grade=best.grade,
        basis="carried_over" if carried else best.basis,
        origin_cycle=carried.origin if carried else None,
        wording=first.wording,
        page=first.page,
        boxes=first.boxes,
        rule_id=best.rule_id,
        flags=tuple(flag.name for flag in GRADE_FLAGS if flag.says(traits)),
    )


def _problems(traits: GradeTraits, clues: GradeClues) -> list[Problem]:
    best = traits.best
    title = best.subject.title
    problems = []
    if traits.against:
        message = f"“{title}”: {best.grade} here, but also {', '.join(traits.against)} elsewhere; the first is taken"
        problems.append(problem("grade_disagrees", best.page, message))
    if best.grade and best.grade not in traits.scale:
        message = f"“{title}”: {clues.profile.cycle} knows no grade “{best.grade}”; look at the page"
        problems.append(problem("grade_unknown_in_cycle", best.page, message))
    return problems
