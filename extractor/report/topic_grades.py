"""Grades in a line of their own with what they grade: `Vetting and counter-corruption: requires improvement`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.ids import short_hash
from extractor.models import Grading
from extractor.report.findings.clues import Clues


def topic_gradings(clues: Clues, known: Sequence[Grading], report_id: str) -> Iterator[Grading]:
    """Yield a row for each heading that names a topic and its grade, unless the topic has a grade already."""
    graded = {grading.question.casefold() for grading in known}
    for block in clues.text.reading:
        match = clues.first(block, "TOPIC_GRADE")
        if match is None or match.value is None or not clues.is_set_apart(block):
            continue
        topic = block.text[: len(block.text) - len(match.value)].rstrip(" :–")
        if topic.casefold() in graded:
            continue
        graded.add(topic.casefold())
        yield Grading(
            grading_id=f"{report_id}/grade/{short_hash(topic)}",
            report_id=report_id,
            level="question",
            question=topic,
            question_id=None,
            grade=match.value,
            basis="inspected",
            origin_cycle=None,
            wording=block.text,
            page=block.page_first,
            boxes=block.boxes(),
            rule_id=match.rule_id,
        )
