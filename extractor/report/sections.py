"""The tree of sections: headings found by their type and kept apart from everything that only looks like one.

A line opens a section only when its type says so (size, weight, colour or tag) and its words can be a heading's. Every
block that is not furniture belongs to exactly one section, so the sections tile the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.layout import thresholds
from extractor.layout.blocks import Block, Text
from extractor.models import Section
from extractor.report.headings import is_heading, is_strong_heading, is_tagged
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.questions import Crosswalk, plain
from extractor.rulebook.tables import Question

ITEM_LABELS = (
    "AFI_HEADING",
    "COC_HEADING",
    "REC_HEADING",
    "INN_HEADING",
    "PRO_HEADING",
    "EFF_HEADING",
    "PRI_HEADING",
    "STR_HEADING",
    "STUDY_HEADING",
)
GRADE_LABELS = ("GRADE", "NO_GRADE")
EXPLAINING = frozenset(("contents", "annex", "definitions", "cover", "aside"))  # kinds of parts that hold no items
_LEAD = 1.2  # of the body type: a bold lead may be a little larger than the text, a section's title is more
_COVER_WORDS = 120
_TAGGED = 0.8  # of the headings bear a tag with a level: the tags tell the levels
_DEEPEST = 9  # level of a heading without a tag among tagged ones
_LEVEL_TAG = re.compile(r"H([1-6])")
_CONTENTS_LINE = re.compile(r"(?:(?<![.…·_])[.…·_]{2,}+\s*|(?<!\s)\s+)(?:\d{1,3}|[ivxl]{1,6})\s*$|^\d{1,3}$")
_LEADER = re.compile(r"[.…·]{4,}|(?:\.\s){4,}")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and everything below it, down to the next heading."""

    heading: Block | None
    level: int
    kind: str  # cover | contents | body | question | annex | definitions | aside
    blocks: tuple[Block, ...]  # without the heading
    parent: int | None  # place of the enclosing part
    question: Question | None = None

    @property
    def title(self) -> str | None:
        return self.heading.text if self.heading else None


# the tree ------------------------------------------------------------------------------------------------------------


def parts_of(text: Text, labels: Labeller, crosswalk: Crosswalk) -> tuple[Part, ...]:
    """Return the sections of a document in order, each with its kind and question."""
    contents = _contents(text, labels)
    items = _item_blocks(text, labels)
    outside = contents | _cover(text)
    openers = [
        block for block in text.reading if block.number not in outside and _opens(block, text, labels, crosswalk, items)
    ]
    levels = _levels(openers)
    parts: list[Part] = []
    open_at: list[int] = []  # places of the parts that enclose the next one
    current: list[Block] = []
    heading: Block | None = None
    opening = {block.number for block in openers}

    def close() -> None:
        level = levels[heading.number] if heading else 0
        while open_at and parts[open_at[-1]].level >= level and heading:
            open_at.pop()
        parent = open_at[-1] if open_at else None
        known = crosswalk.find(heading.text) if heading else None
        kind = _kind(heading, parent, parts, labels, contents, current, known=known is not None)
        question = known if kind == "body" else None
        parts.append(Part(heading, level, "question" if question else kind, tuple(current), parent, question))
        if heading:
            open_at.append(len(parts) - 1)

    for block in text.blocks:
        if block.number in opening:
            if heading or current:
                close()
            heading, current = block, []
        elif block.kind not in ("furniture", "aside"):
            current.append(block)
    close()
    return _without_doubles(tuple(parts))


def _cover(text: Text) -> set[int]:
    """The blocks of a first page that holds little more than the title."""
    first = [
        block
        for block in text.reading
        if block.page_first is not None and block.page_first == text.reading[0].page_first
    ]
    return (
        {block.number for block in first} if sum(len(block.text.split()) for block in first) < _COVER_WORDS else set()
    )


def _opens(block: Block, text: Text, labels: Labeller, crosswalk: Crosswalk, items: set[int]) -> bool:
    """Does this block open a section?"""
    if block.number in items or labels.has(block.text, *ITEM_LABELS, *GRADE_LABELS):
        return False
    if not is_heading(block, text):
        return False
    strong = is_strong_heading(block, text)
    if block.frame is not None:
        alone = sum(other.frame == block.frame for other in text.reading) == 1
        return strong and alone and block.look[0] > thresholds.LARGER * text.layout.body_size
    return (
        strong
        or crosswalk.find(block.text) is not None
        or labels.has(block.text, "SUMMARY", "ASIDE", "ANNEX", "DEFINITIONS", "MAIN_FINDINGS", "CONTENTS")
    )


def _item_blocks(text: Text, labels: Labeller) -> set[int]:
    """Bold leads right below an item heading: they look like headings and are not."""
    found: set[int] = set()
    after = False
    for block in text.reading:
        item_heading = labels.has(
            block.text, "AFI_HEADING", "COC_HEADING", "INN_HEADING", "PRO_HEADING"
        ) and is_heading(block, text)
        if (
            after
            and not item_heading
            and not labels.has(block.text, *GRADE_LABELS)
            and block.look[0] < _LEAD * text.layout.body_size
            and not is_tagged(block)
        ):
            found.add(block.number)
        after = item_heading
    return found


def _levels(openers: Sequence[Block]) -> dict[int, int]:
    """The level of each heading: from the tags where nearly all have one, else by size."""
    tags = {
        block.number: int(tag[1:]) for block in openers if (tag := block.lines[0].tag) and _LEVEL_TAG.fullmatch(tag)
    }
    if openers and len(tags) >= _TAGGED * len(openers):
        return {block.number: tags.get(block.number, _DEEPEST) for block in openers}
    sizes = sorted({round(block.look[0]) for block in openers}, reverse=True)
    rank = {size: place + 1 for place, size in enumerate(sizes)}
    return {block.number: rank[round(block.look[0])] for block in openers}


def _kind(
    heading: Block | None,
    parent: int | None,
    parts: Sequence[Part],
    labels: Labeller,
    contents: set[int],
    blocks: Sequence[Block],
    *,
    known: bool,
) -> str:
    """What a section is; one that explains or stands aside hands this on to what is below it, but for questions."""
    if heading is None:
        return _kind_without_heading(blocks, contents)
    if labels.has(heading.text, "CONTENTS"):
        return "contents"
    enclosing = parts[parent].kind if parent is not None else ""
    if enclosing == "annex" or (enclosing in ("definitions", "aside") and not known):
        return enclosing
    is_title = not any(part.heading for part in parts)  # the report's own, which explains nothing
    kinds = ("ANNEX", "ASIDE") if is_title else ("ANNEX", "DEFINITIONS", "ASIDE")
    return next((label.lower() for label in kinds if labels.has(heading.text, label)), "body")


def _kind_without_heading(blocks: Sequence[Block], contents: set[int]) -> str:
    return "contents" if blocks and all(block.number in contents for block in blocks) else "cover"


def _without_doubles(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """A short title such as `Investigating crime` may recur deeper down: only its highest place is the question."""
    highest: dict[tuple[str, str], int] = {}
    for part in parts:
        if part.question:
            key = (part.question.level, part.question.id)
            highest[key] = min(highest.get(key, 99), part.level)
    return tuple(
        replace(part, question=None, kind="body")
        if part.question
        and part.question.level == "question"
        and "?" not in (part.title or "")
        and part.level > highest[part.question.level, part.question.id]
        else part
        for part in parts
    )


# contents pages ------------------------------------------------------------------------------------------------------


def _contents(text: Text, labels: Labeller) -> set[int]:
    """The blocks of the contents list: they repeat the headings and must not open sections."""
    found: set[int] = set()
    title: Block | None = None
    for block in text.reading:
        if title is None:
            if labels.has(block.text, "CONTENTS") and is_heading(block, text):
                title = block
            elif len(block.lines) > 1 and sum(bool(_LEADER.search(line.text)) for line in block.lines) >= 2:
                title = block
                found.add(block.number)
            continue
        if text.medium == "web":
            if is_tagged(block):
                return found
        elif not _in_contents(block, title, text, found):
            return found
        found.add(block.number)
    return found


def _in_contents(block: Block, title: Block, text: Text, found: set[int]) -> bool:
    if any(_CONTENTS_LINE.search(line.text) for line in block.lines):
        return True
    if block.page_first == title.page_first:
        return not (is_strong_heading(block, text) and block.look[0] >= title.look[0] and bool(found))
    page = [line for other in text.reading if other.page_first == block.page_first for line in other.lines]
    return sum(bool(_CONTENTS_LINE.search(line.text)) for line in page) >= 0.4 * len(page)


# records -------------------------------------------------------------------------------------------------------------


def section_rows(parts: Sequence[Part], report_id: str) -> tuple[Section, ...]:
    """Return the rows of table `sections`."""
    rows = []
    for order, part in enumerate(parts):
        held = (*((part.heading,) if part.heading else ()), *part.blocks)
        pages = [line.page for block in held for line in block.lines if line.page is not None]
        rows.append(
            Section(
                section_id=f"{report_id}/s{order}",
                report_id=report_id,
                parent_id=None if part.parent is None else f"{report_id}/s{part.parent}",
                order=order,
                level=part.level,
                title=part.title,
                kind="body" if part.kind == "aside" else part.kind,
                question_id=part.question.id if part.question else None,
                page_first=min(pages, default=None),
                page_last=max(pages, default=None),
                text="\n".join(block.text for block in part.blocks),
            )
        )
    return tuple(rows)


def same_title(one: str | None, other: str | None) -> bool:
    """Say whether two headings are the same words."""
    return one is not None and other is not None and plain(one) == plain(other)
