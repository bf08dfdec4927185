"""Sentences that state a grade, that there is none, or that an earlier one stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.layout.blocks import Block
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.gradings.evidence import Evidence, GradeClues, of_subject, stated
from extractor.report.gradings.openings import opening
from extractor.report.gradings.subjects import Subject, Subjects, content_words
from extractor.report.headings import is_strong_heading
from extractor.report.sections import GRADE_LABELS
from extractor.rulebook.matcher import Match

SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z‘“])")
_SHARE = 0.5  # of the words that a question does not share with its pillar
_SUBJECT_WITHIN = 60  # characters: the force is named before its grade, and soon


class Stating(NamedTuple):
    """A sentence that states a grade of this force this year."""

    sentence: str
    match: Match
    block: Block


def stating(blocks: Iterable[Block], clues: GradeClues) -> Iterator[Stating]:
    """Yield the sentences that state a grade; displays and bullets state none."""
    for block in blocks:
        display = is_strong_heading(block, clues.text) or clues.labels.has(block.text, *GRADE_LABELS)
        for sentence in [] if block.kind == "bullet" or display else SENTENCE.split(block.text):
            match = clues.labels.first(sentence, "GRADED") or clues.labels.first(sentence, "GRADED_LOOSE")
            if match and is_this_years(sentence, match, clues) and _speaks_of_force(sentence, match, clues):
                yield Stating(sentence, match, block)


def is_this_years(sentence: str, match: Match, clues: GradeClues) -> bool:
    """A grade is not this year's when words of the past lead up to it; what follows it only compares."""
    prior = clues.labels.first(sentence, "PRIOR")
    if prior is not None and prior.start < match.end:
        return False
    return clues.cycles.other_in(sentence[: match.end]) is None


def _speaks_of_force(sentence: str, match: Match, clues: GradeClues) -> bool:
    subject = clues.labels.first(sentence, "SUBJECT")
    return subject is not None and subject.start <= match.end and subject.start < _SUBJECT_WITHIN


# no grade, or an earlier one ------------------------------------------------------------------------------------------


def with_statements(evidence: Sequence[Evidence], subjects: Subjects, clues: GradeClues) -> list[Evidence]:
    """Return the evidence with what the sections say of grades carried over and of questions not graded."""
    result = list(evidence)
    for place in subjects.places():
        result = _with_statement(result, place, subjects, clues)
    return result


def _with_statement(evidence: list[Evidence], place: int, subjects: Subjects, clues: GradeClues) -> list[Evidence]:
    subject = subjects.at(place)
    own = [one for one in of_subject(evidence, subject) if one.is_displayed]
    for block, sentence in _statements(place, subjects, clues):
        carried = clues.labels.first(sentence, "CARRIED_OVER")
        if carried and _is_cell_of_another(sentence, subject, subjects):
            continue
        if carried and own:
            return [_carried(one, sentence, clues) if one.subject.key == subject.key else one for one in evidence]
        if carried:
            return [*evidence, _carried_by_words(subject, carried, sentence, block, clues)]
        none = None if any(one.grade for one in own) else not_graded(sentence, clues)
        if none:
            return [*evidence, stated(subject, "statement", none, block, sentence, "not_graded")]
    return evidence


def not_graded(sentence: str, clues: GradeClues) -> Match | None:
    """Return the words that say that there is no grade this year."""
    none = clues.labels.first(sentence, "NOT_GRADED")
    return none if none and not clues.labels.has(sentence, "PRIOR") else None


def _statements(place: int, subjects: Subjects, clues: GradeClues) -> Iterator[tuple[Block, str]]:
    """The sentences of an opening, without boxes that ask for something."""
    for block in opening(place, subjects, clues):
        if block.frame is None or not clues.labels.has(block.text, "SHOULD"):
            yield from ((block, sentence) for sentence in SENTENCE.split(block.text))


def _is_cell_of_another(words: str, subject: Subject, subjects: Subjects) -> bool:
    """Say whether words are a table's cell such as `Investigating crime (carried over)` that names another subject."""
    before, bracket, _ = words.partition("(")
    named = subjects.named(before.strip()) if bracket else None
    return named is not None and named.key != subject.key


def _carried(one: Evidence, sentence: str, clues: GradeClues) -> Evidence:
    origin = one.origin or clues.cycles.other_in(sentence)
    return replace(one, basis="carried_over", origin=origin, wording=f"{one.wording} – {sentence}")


def _carried_by_words(subject: Subject, carried: Match, sentence: str, block: Block, clues: GradeClues) -> Evidence:
    """A grade that is carried over and stands in no label; it may be named in the sentence."""
    named = clues.labels.first(sentence, "GRADE_NAMED") or carried
    source = "sentence" if named.value else "statement"
    return stated(subject, source, named, block, sentence, "carried_over", clues.cycles.other_in(sentence))


# grades in sentences --------------------------------------------------------------------------------------------------


def from_sentences(
    evidence: Sequence[Evidence], subjects: Subjects, clues: GradeClues
) -> tuple[list[Evidence], list[Problem]]:
    """Take the grades that no label gives from the sentences that state them; else compare the two."""
    result, problems = list(evidence), list[Problem]()
    for place in subjects.places():
        subject = subjects.at(place)
        own = of_subject(result, subject)
        blocks = opening(place, subjects, clues)
        found = [one for one in stating(blocks, clues) if not _on_a_question(one, subject, subjects)]
        if found and not own:
            chosen = _chosen(found, clues)
            carried = any(clues.labels.has(block.text, "CARRIED_OVER") for block in blocks)
            basis = "carried_over" if carried else "inspected"
            result.append(stated(subject, "sentence", chosen.match, chosen.block, chosen.sentence, basis))
            problems += _differing(found, chosen)
        elif found and all(one.source != "statement" for one in own):
            problems += _against_label(own, found)
    return result, problems


def _on_a_question(one: Stating, subject: Subject, subjects: Subjects) -> bool:
    """Say whether a sentence is on one question (`good at preventing crime`) and so tells nothing of its pillar."""
    if subject.level != "pillar":
        return False
    rows = subjects.crosswalk.all()
    whole = set().union(*(content_words(row.title) for row in rows if row.level == "pillar"))
    said = content_words(one.sentence[one.match.end :])
    own = (content_words(row.title) - whole for row in rows if row.level == "question")
    return any(words and len(said & words) >= _SHARE * len(words) for words in own)


def _grades(found: Sequence[Stating]) -> set[str | None]:
    return {one.match.value for one in found if one.match.label == "GRADED"}


def _chosen(found: Sequence[Stating], clues: GradeClues) -> Stating:
    """The sentence that states the grade: the first, or the one that says `overall` when they differ."""
    if len(_grades(found)) < 2:
        return found[0]
    return next((one for one in found if clues.labels.has(one.sentence, "OVERALL")), found[0])


def _differing(found: Sequence[Stating], chosen: Stating) -> list[Problem]:
    if len(_grades(found)) < 2:
        return []
    message = f"sentences state different grades here; “{chosen.sentence[:120]}” is taken"
    return [problem("grade_disagrees", chosen.block.page_first, message)]


def _against_label(own: Sequence[Evidence], found: Sequence[Stating]) -> list[Problem]:
    """Say when sentences state a grade and none of them the label's."""
    grades = _grades(found)
    if not own[0].grade or not grades or grades & {one.grade for one in own}:
        return []
    told = f"the label says {own[0].grade}, the text “{found[0].sentence[:120]}”"
    message = f"“{own[0].subject.title}”: {told}; the label is taken"
    return [problem("grade_disagrees", found[0].block.page_first, message)]
