"""Every cycle knows the questions it asks: one that a report says nothing of was lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.models import Grading, Problem
from extractor.problems import problem
from extractor.report.gradings.evidence import GradeClues
from extractor.report.gradings.subjects import Subjects

_SHARE = 0.5  # of its cycle’s questions: a report with no more of them is of a form that does not print them all


def missing_questions(subjects: Subjects, clues: GradeClues, gradings: Sequence[Grading]) -> Iterator[Problem]:
    """Yield a problem for each question that every report of the cycle answers and of which this one says nothing.

    A report that counts its graded judgments is checked by its count; a question with a heading of its own and no grade
    is told of by the check on headings.
    """
    expected = next((ids for pillar, ids in clues.profile.expect.items() if pillar == clues.pillar), ())
    answered = {grading.question_id for grading in gradings if grading.level == "question"}
    found = sum(question in answered for question in expected)
    if found <= _SHARE * len(expected) or _is_counted(clues):
        return
    headed = {part.question.id for part in subjects.parts if part.question}
    titles = _titles(subjects)
    for question in expected:
        if question not in answered | headed:
            what = f"“{titles[question]}”, which every report of {clues.profile.cycle} grades or says why not"
            yield problem("question_missing", None, f"nothing was found on {what}; look for it in the report")


def _titles(subjects: Subjects) -> dict[str, str]:
    """Return the title of each question, of several wordings the first."""
    return {row.id: row.title for row in reversed(subjects.crosswalk.all()) if row.level == "question"}


def _is_counted(clues: GradeClues) -> bool:
    return any(clues.labels.has(block.text, "COUNTING") for block in clues.text.reading)
