"""Sentences of an overview that give the grades of several questions at once, or say that one has none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extractor.layout.blocks import Block
from extractor.report.gradings.evidence import Evidence, GradeClues, of_subject, stated
from extractor.report.gradings.sentences import SENTENCE, is_this_years, not_graded
from extractor.report.gradings.subjects import Subject, Subjects, content_words
from extractor.report.sections import EXPLAINING

_CLAUSE = re.compile(r";\s*(?:and\s+)?|,?(?<!\s)\s+(?:and\s+(?=(?:is|it|its|requires|the)\b)|but\s+(?:it\s+)?)|\.\s+")
_SHARE = 0.5  # of a question's own words that a clause on it holds


def from_overview(evidence: Sequence[Evidence], subjects: Subjects, clues: GradeClues) -> list[Evidence]:
    """Return the evidence with the grades of questions that only the overview states."""
    ungraded = _ungraded(evidence, subjects)
    if not ungraded:
        return list(evidence)
    words = {key: content_words(subject.title) for key, subject in ungraded.items()}
    shared = set.intersection(*words.values()) if len(words) > 1 else set()
    own = {key: content - shared for key, content in words.items()}
    found = [
        stated(ungraded[key], "sentence", match, block, sentence)
        for block in _overview_blocks(subjects)
        for sentence in SENTENCE.split(block.text)
        for clause in _CLAUSE.split(sentence)
        if (match := clues.labels.first(clause, "GRADED")) and is_this_years(clause, match, clues)
        if (key := _question_of(clause, own)) is not None
    ]
    return [*evidence, *found, *_said_ungraded({one.subject.key for one in found}, ungraded, own, subjects, clues)]


def _said_ungraded(
    graded: set[tuple[str, str]],
    ungraded: Mapping[tuple[str, str], Subject],
    own: Mapping[tuple[str, str], set[str]],
    subjects: Subjects,
    clues: GradeClues,
) -> Iterator[Evidence]:
    """What the overview says of questions without a grade: the sentence before may name the question."""
    for block in _overview_blocks(subjects):
        sentences = SENTENCE.split(block.text)
        for before, sentence in zip(["", *sentences], sentences, strict=False):
            none = not_graded(sentence, clues)
            key = (_question_of(sentence, own) or _question_of(before, own)) if none else None
            if none and key and key not in graded:
                graded = graded | {key}
                yield stated(ungraded[key], "statement", none, block, sentence, "not_graded")


def _ungraded(evidence: Sequence[Evidence], subjects: Subjects) -> dict[tuple[str, str], Subject]:
    """The questions that nothing grades."""
    known = [subjects.at(place) for place, part in enumerate(subjects.parts) if part.question]
    return {
        subject.key: subject for subject in known if subject.level == "question" and not of_subject(evidence, subject)
    }


def _overview_blocks(subjects: Subjects) -> Iterator[Block]:
    """The blocks that stand in no question's section."""
    for place, part in enumerate(subjects.parts):
        owner = subjects.owner(place)
        question = subjects.parts[owner].question if owner is not None else None
        if part.kind not in EXPLAINING - {"aside"} and not (question and question.level == "question"):
            yield from part.blocks


def _question_of(clause: str, own: Mapping[tuple[str, str], set[str]]) -> tuple[str, str] | None:
    """Return the question whose own words a clause holds, if it is clear which."""
    here = content_words(clause)
    scores = sorted(((len(here & words) / max(len(words), 1), key) for key, words in own.items()), reverse=True)
    clear = len(scores) == 1 or scores[0][0] > scores[1][0]
    return scores[0][1] if clear and scores[0][0] >= _SHARE else None
