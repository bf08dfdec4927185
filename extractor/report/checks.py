"""What cannot be true of a good extraction becomes a problem: a wrong result must be loud."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractor.folding import id_form
from extractor.layout.blocks import Block, Text
from extractor.layout.style_census import StyleCensus, typeface_of
from extractor.models import Finding, Grading, Problem
from extractor.phrasing import count, shortened
from extractor.problems import problem
from extractor.report.conservation import asides_told, unaccounted
from extractor.report.findings import FoundItems
from extractor.report.findings.clues import Clues
from extractor.report.flags import FLAGS
from extractor.report.page_sequence import pages_missing
from extractor.report.paragraph_numbers import paragraphs_missing
from extractor.report.sections import EXPLAINING, ITEM_LABELS, Part
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.profile import Profile
from extractor.vocabulary import NUMBER_WORDS

_SUSPECT = re.compile(
    r"\b[A-Za-z]?[a-z]+[389][a-z]+\b|\b[A-Za-z]?[a-z]+9(?!\d)|\b8[A-Za-z][a-z]{2,}"
    r"|\b[^\Wûþÿ]*[ûþÿ]\w*[a-z]|[a-z][ûþÿ]\b|\b[a-z]*[üý][a-z]+"
)
_ODD_LETTERS = "389ûþÿüý"
_MAY_BE_SUSPECT = re.compile(r"[a-z][389]|8[A-Za-z]|[ûþÿüý]")  # quick to look for, and in every suspect
_SUSPECTS = 3  # one or two may be names
_STRANGE = re.compile(
    r"[^\x20-\x7e\u00a0-\u024f\u02bc\u1e00-\u1eff\u2000-\u206f\u2070-\u209f\u20ac\u2122\u2150-\u215f\u2190-\u22ff]"
)
_FAR = 4  # an item so many times as long as its middle sibling is looked at
_LONG = 80  # words: a shorter item is not long, however short its siblings are
_LOOSE = {
    "item_heading_not_read": "“{}” looks like the heading of an item, and nothing was read below it",
    "item_in_box_not_read": "a box holds “{}”, but no heading says what it is",
    "bullet_not_read": "the bullet “{}” reads like an item, but stands below no heading of items",
}


def checks(
    clues: Clues,
    found: FoundItems,
    profile: Profile,
    gradings: Sequence[Grading],
    findings: Sequence[Finding],
) -> tuple[Problem, ...]:
    """Return a remark for each thing that cannot be true, or that nothing accounts for."""
    return (
        *_concerns(findings),
        *_flagged(findings),
        *_inadequate(profile, gradings, findings),
        *_ungraded(clues.parts, gradings),
        *_not_inspected(gradings, findings),
        *_twice(findings),
        *_lengths(findings),
        *_loose_items(clues, found),
        *_unknown_headings(clues, found),
        *unaccounted(clues, found),
        *asides_told(clues),
        *_set_aside(clues),
        *_counting(clues, gradings),
        *pages_missing(clues),
        *paragraphs_missing(clues.parts),
        *_wrong_letters(clues.text, findings),
        *_nothing_found(gradings, findings),
    )


def _concerns(findings: Sequence[Finding]) -> Iterator[Problem]:
    parents = {finding.parent_id for finding in findings}
    for finding in findings:
        page = finding.page_first
        if finding.kind == "cause_of_concern" and finding.finding_id not in parents:
            opening = shortened(finding.text, 80)
            message = f"the cause of concern “{opening}” has no recommendation; every one has in print"
            yield problem("concern_without_recommendation", page, message)
        if finding.kind == "recommendation" and finding.parent_id is None:
            message = f"no cause of concern was found for the recommendation “{shortened(finding.text, 80)}”"
            yield problem("recommendation_without_concern", page, message)
        if not finding.text.strip():
            yield problem("empty_item", page, f"an item of kind {finding.kind} has no text; look at the page")


def _flagged(findings: Sequence[Finding]) -> Iterator[Problem]:
    """Some flags are worth a look at the page."""
    for finding in findings:
        for flag in (FLAGS[name] for name in finding.flags):
            if flag.severity == "doubt":
                message = f"“{shortened(finding.text, 80)}”: {flag.meaning}; compare it with the page"
                yield problem(flag.name, finding.page_first, message)


def _inadequate(profile: Profile, gradings: Sequence[Grading], findings: Sequence[Finding]) -> Iterator[Problem]:
    if not profile.expect_concern_when_inadequate:
        return
    concerned = {finding.question for finding in findings if finding.kind == "cause_of_concern"}
    for grading in gradings:
        if grading.grade == "inadequate" and grading.level == "question" and grading.question not in concerned:
            message = f"“{grading.question}” is inadequate, yet no cause of concern was found under it"
            yield problem("inadequate_without_concern", grading.page, message)


def _ungraded(parts: Sequence[Part], gradings: Sequence[Grading]) -> Iterator[Problem]:
    known = {(grading.level, grading.question_id) for grading in gradings}
    for part in parts:
        if part.question and (part.question.level, part.question.id) not in known:
            known.add((part.question.level, part.question.id))
            page = part.heading.page_first if part.heading else None
            message = f"neither a grade nor a reason for having none was found for “{part.title}”"
            yield problem("question_without_grade", page, message)


def _not_inspected(gradings: Sequence[Grading], findings: Sequence[Finding]) -> Iterator[Problem]:
    carried = {grading.question for grading in gradings if grading.basis == "carried_over"}
    for finding in findings:
        if finding.question in carried and finding.status == "new":
            where = "stands in a question whose grade is carried over; it may be an old item"
            message = f"“{shortened(finding.text, 80)}” {where}"
            yield problem("item_in_carried_over_question", finding.page_first, message)


def _twice(findings: Sequence[Finding]) -> Iterator[Problem]:
    counts = Counter((finding.kind, id_form(finding.text)) for finding in findings)
    for finding in findings:
        if counts.pop((finding.kind, id_form(finding.text)), 1) > 1:
            message = f"“{shortened(finding.text, 80)}” was found more than once; it may be printed twice"
            yield problem("item_twice", finding.page_first, message)


def _lengths(findings: Sequence[Finding]) -> Iterator[Problem]:
    by_kind: dict[str, list[int]] = {}
    for finding in findings:
        by_kind.setdefault(finding.kind, []).append(len(finding.text.split()))
    for finding in findings:
        words, siblings = len(finding.text.split()), sorted(by_kind[finding.kind])
        middle = siblings[len(siblings) // 2]
        far = len(siblings) > 3 and words > max(_FAR * middle, _LONG)
        if far or "unusual_length" in finding.flags:
            message = f"“{shortened(finding.text, 60)}” is {count(words, 'word')} long; compare it with the page"
            yield problem("unusual_length", finding.page_first, message)


def _loose_items(clues: Clues, found: FoundItems) -> Iterator[Problem]:
    """An item heading or an item's own sentence that no item accounts for."""
    read = {id_form(item.text) for item in found.items}
    for part in clues.parts:
        titled = _titled_boxes(part, clues.labels)
        for block in part.blocks if part.kind not in EXPLAINING else ():
            if block.number not in found.taken and block.kind != "note":
                code = _loose(block, clues, in_titled_box=block.frame in titled)
                if code and id_form(block.text) not in read:
                    yield problem(code, block.page_first, _LOOSE[code].format(shortened(block.text, 80)))


def _loose(block: Block, clues: Clues, *, in_titled_box: bool) -> str:
    """What a block that no item accounts for looks like: the code of a problem, or nothing."""
    if clues.has(block, *ITEM_LABELS) or clues.labels.has(block.lines[0].text, *ITEM_LABELS):
        return "item_heading_not_read"
    opens = (block.kind == "bullet" or block.frame is not None) and clues.opens_item(block)
    if block.frame is not None and opens and not in_titled_box:
        return "item_in_box_not_read"
    if block.kind == "bullet" and opens and not clues.has(block, "NATIONAL", "PAST"):
        return "bullet_not_read"
    return ""


def _unknown_headings(clues: Clues, found: FoundItems) -> Iterator[Problem]:
    """A line set like the headings of items, with unknown words, above one set like the items and not read."""
    census = StyleCensus(clues.text)
    headings = census.faces(item.region.heading for item in found.items)
    leads = census.faces(item.text_passages[0].block for item in found.items if item.text_passages)
    for block, follower in pairwise(clues.text.reading):
        if typeface_of(block) not in headings or follower.number in found.taken or clues.has(block, *ITEM_LABELS):
            continue
        marked = follower.kind == "bullet" or follower.all_bold
        if marked and typeface_of(follower) in leads and clues.opens_item(follower):
            message = f"“{shortened(block.text, 80)}” is set like the headings of items, but its words are unknown"
            yield problem("heading_unknown", block.page_first, f"{message}; look at what stands below it")


def _set_aside(clues: Clues) -> Iterator[Problem]:
    """An item heading with items below it, in a part that only explains or is annexed."""
    for part in clues.parts:
        for block, follower in pairwise(part.blocks) if part.kind in ("annex", "definitions", "aside") else ():
            if clues.has(block, *ITEM_LABELS) and clues.opens_item(follower):
                message = (
                    f"“{block.text}” in “{part.title}” was not read, since that part only explains; look at the page"
                )
                yield problem("items_set_aside", block.page_first, message)


def _titled_boxes(part: Part, labels: Labeller) -> set[int]:
    """The boxes with a heading of their own that is no item's, such as a case study's."""
    first: dict[int, Block] = {}
    for block in part.blocks:
        if block.frame is not None:
            first.setdefault(block.frame, block)
    return {box for box, block in first.items() if block.all_bold and not labels.has(block.lines[0].text, *ITEM_LABELS)}


def _counting(clues: Clues, gradings: Sequence[Grading]) -> Iterator[Problem]:
    """Compare with the report's own sentence `We make graded judgments in nine of these ten`."""
    counted = next(((block, match) for block in clues.text.reading if (match := clues.first(block, "COUNTING"))), None)
    said = _number_in(counted[1].text) if counted else None
    graded = sum(grading.level == "question" and grading.grade is not None for grading in gradings)
    if counted and said is not None and said != graded:
        message = f"the report says that {said} areas are graded, {graded} grades were found"
        yield problem("count_disagrees", counted[0].page_first, message)


def _number_in(words: str) -> int | None:
    """The first number of some words, in figures or letters."""
    numbers = (int(word) if word.isdigit() else NUMBER_WORDS.get(word) for word in words.lower().split())
    return next((number for number in numbers if number is not None), None)


def _wrong_letters(text: Text, findings: Sequence[Finding]) -> Iterator[Problem]:
    """Files whose fonts lost their maps print `don’t` and hold `don9t`: letters that no English text has."""
    yield from _suspect_text(text)
    yield from _strange_letters(findings)


def _suspect_text(text: Text) -> Iterator[Problem]:
    doubtful = (block for block in text.reading if _may_be_suspect(block.text))
    suspects = [(block, match[0]) for block in doubtful for match in _SUSPECT.finditer(block.text)]
    if len(suspects) > _SUSPECTS:
        words = ", ".join(sorted({word for _, word in suspects})[:5])
        message = f"letters seem to be wrong in this file ({words} …); compare what was read with the page"
        yield problem("text_suspect", suspects[0][0].page_first, message)


def _may_be_suspect(words: str) -> bool:
    """Say quickly whether words may hold a suspect: most have none of the letters that every suspect has."""
    return any(map(words.__contains__, _ODD_LETTERS)) and _MAY_BE_SUSPECT.search(words) is not None


def _strange_letters(findings: Sequence[Finding]) -> Iterator[Problem]:
    for finding in findings:
        words = f"{finding.text} {finding.detail or ''}"
        strange = _STRANGE.search(words) or (_SUSPECT.search(words) if _may_be_suspect(words) else None)
        if strange:
            message = (
                f"“{shortened(finding.text, 60)}” holds “{strange[0]}”, which looks wrong; compare it with the page"
            )
            yield problem("strange_letter", finding.page_first, message)


def _nothing_found(gradings: Sequence[Grading], findings: Sequence[Finding]) -> Iterator[Problem]:
    if not gradings:
        yield problem("no_gradings", None, "no grade was found in this report; look at its overview")
    elif not findings:
        yield problem("no_findings", None, "no area for improvement or cause of concern was found in this report")


def status_of(problems: Iterable[Problem]) -> str:
    """Return ok, partial (there are doubts) or failed (there are errors)."""
    severities = {problem.severity for problem in problems}
    return "failed" if "error" in severities else "partial" if "doubt" in severities else "ok"
