"""What cannot be true of a good extraction becomes a problem: a wrong result must be loud."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extractor.components import Labeller
from extractor.findings import Finder
from extractor.ids import folded
from extractor.models import Finding, Grading, Problem
from extractor.rules import Profile
from extractor.sections import Part
from extractor.text import Text

_NUMBERS = {"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13}
_COUNTING = re.compile(r"graded judge?ments in (\w+) of", re.I)
_REPEATED_SENTENCE = 60  # characters: shorter texts recur by chance


def checks(
    report_id: str,
    text: Text,
    parts: Sequence[Part],
    labels: Labeller,
    profile: Profile,
    gradings: Sequence[Grading],
    findings: Sequence[Finding],
    finder: Finder,
) -> list[Problem]:
    """Return a problem for each thing that cannot be true, or that nothing accounts for."""
    found = [
        *_concerns(findings),
        *_inadequate(profile, gradings, findings),
        *_ungraded(parts, gradings),
        *_twice(findings),
        *_lengths(findings),
        *_loose_items(parts, labels, finder),
        *_counting(text, gradings),
        *_nothing_found(gradings, findings),
    ]
    return [Problem(report_id, "", "checks", code, severity, page, message) for code, severity, page, message in found]


_Found = Iterator[tuple[str, str, int | None, str]]


def _concerns(findings: Sequence[Finding]) -> _Found:
    parents = {finding.parent_id for finding in findings}
    for finding in findings:
        if finding.kind == "cause_of_concern" and finding.finding_id not in parents:
            yield (
                "concern_without_recommendation",
                "warning",
                finding.page_first,
                f"the cause of concern “{finding.text[:80]}” has no recommendation; every one has in print",
            )
        if finding.kind == "recommendation" and finding.parent_id is None:
            yield (
                "recommendation_without_concern",
                "warning",
                finding.page_first,
                f"no cause of concern was found for the recommendation “{finding.text[:80]}”",
            )
        if not finding.text.strip():
            yield (
                "empty_item",
                "warning",
                finding.page_first,
                f"an item of kind {finding.kind} has no text; look at the page",
            )


def _inadequate(profile: Profile, gradings: Sequence[Grading], findings: Sequence[Finding]) -> _Found:
    if not profile.expect_concern_when_inadequate:
        return
    concerned = {finding.question for finding in findings if finding.kind == "cause_of_concern"}
    for grading in gradings:
        if grading.grade == "inadequate" and grading.level == "question" and grading.question not in concerned:
            yield (
                "inadequate_without_concern",
                "warning",
                grading.page,
                f"“{grading.question}” is inadequate, yet no cause of concern was found under it",
            )


def _ungraded(parts: Sequence[Part], gradings: Sequence[Grading]) -> _Found:
    known = {(grading.level, grading.question_id) for grading in gradings}
    for part in parts:
        if part.question and (part.question.level, part.question.id) not in known:
            known.add((part.question.level, part.question.id))
            page = part.heading.page_first if part.heading else None
            yield (
                "question_without_grade",
                "warning",
                page,
                f"neither a grade nor a reason for having none was found for “{part.title}”",
            )


def _twice(findings: Sequence[Finding]) -> _Found:
    counts = Counter((finding.kind, folded(finding.text)) for finding in findings)
    for finding in findings:
        if counts.pop((finding.kind, folded(finding.text)), 1) > 1:
            yield (
                "item_twice",
                "warning",
                finding.page_first,
                f"“{finding.text[:80]}” was found more than once; it may be printed twice",
            )


def _lengths(findings: Sequence[Finding]) -> _Found:
    for kind in {finding.kind for finding in findings}:
        lengths = sorted(len(finding.text.split()) for finding in findings if finding.kind == kind)
        middle = lengths[len(lengths) // 2]
        for finding in findings:
            words = len(finding.text.split())
            if finding.kind == kind and (
                "unusual_length" in finding.flags or (len(lengths) > 3 and words > max(4 * middle, 80))
            ):
                yield (
                    "unusual_length",
                    "warning",
                    finding.page_first,
                    f"“{finding.text[:60]}” has {words} words, {middle} are usual here; compare it with the page",
                )


def _loose_items(parts: Sequence[Part], labels: Labeller, finder: Finder) -> _Found:
    """An item heading or an item's own sentence that no item accounts for."""
    taken = {folded(item.text) for item in finder.items}
    for part in parts:
        if part.kind in ("contents", "annex", "definitions", "cover", "aside"):
            continue
        for block in part.blocks:
            if block.number in finder.taken or block.kind == "note":
                continue
            if labels.has(block.text, "AFI_HEADING", "COC_HEADING", "REC_HEADING", "INN_HEADING", "PRO_HEADING"):
                yield (
                    "item_heading_not_read",
                    "warning",
                    block.page_first,
                    f"“{block.text}” looks like the heading of an item, and nothing was read below it",
                )
            elif block.box is not None and finder._opens_item(block) and folded(block.text) not in taken:
                yield (
                    "item_in_box_not_read",
                    "warning",
                    block.page_first,
                    f"a box holds “{block.text[:80]}”, but no heading says what it is",
                )
            elif (
                block.kind == "bullet"
                and finder._opens_item(block)
                and labels.has(block.text, "SHOULD")
                and not labels.has(block.text, "NATIONAL", "PAST")
            ):
                yield (
                    "bullet_not_read",
                    "warning",
                    block.page_first,
                    f"the bullet “{block.text[:80]}” reads like an item, but stands below no heading of items",
                )


def _counting(text: Text, gradings: Sequence[Grading]) -> _Found:
    """Compare with the report's own sentence `We make graded judgments in nine of these ten`."""
    for block in text.reading:
        match = _COUNTING.search(block.text)
        if match is None:
            continue
        said = int(match.group(1)) if match.group(1).isdigit() else _NUMBERS.get(match.group(1).lower())
        graded = sum(grading.level == "question" and grading.grade is not None for grading in gradings)
        if said is not None and said != graded:
            yield (
                "count_disagrees",
                "warning",
                block.page_first,
                f"the report says that {said} areas are graded, {graded} grades were found",
            )
        return


def _nothing_found(gradings: Sequence[Grading], findings: Sequence[Finding]) -> _Found:
    if not gradings:
        yield "no_gradings", "warning", None, "no grade was found in this report; look at its overview"
    elif not findings:
        yield "no_findings", "note", None, "no area for improvement or cause of concern was found in this report"


def status_of(problems: Iterable[Problem]) -> str:
    """Return ok, partial (there are warnings) or failed (there are errors)."""
    severities = {problem.severity for problem in problems}
    return "failed" if "error" in severities else "partial" if "warning" in severities else "ok"
