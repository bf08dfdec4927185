"""The force's items under the questions of the report, as the executive summary prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.response.doubts import mark_of
from extractor.response.paper import Paper
from extractor.response.references import titles
from extractor.response.wording import capital, clean, pages_of
from extractor.tables.rows import FindingRow, GradingRow
from extractor.vocabulary import ASKING_KINDS, KIND_NAMES


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """An item as the report prints it, with its place and its doubts."""

    text: str
    place: str
    mark: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stem:
    """Recommendations under one umbrella."""

    text: str
    recommendations: tuple[PrintedItem, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """A cause of concern with its recommendations."""

    lead: str
    text: str
    place: str
    mark: str
    detail: str
    stems: tuple[Stem, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What the report says under one question."""

    heading: str
    question: str
    note: str
    areas: tuple[PrintedItem, ...]
    concerns: tuple[Concern, ...]
    stems: tuple[Stem, ...]
    practice: tuple[PrintedItem, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A question or area of the report, its grading and the force's items in it."""

    number: int
    title: str | None  # None: items placed under no question
    grading: GradingRow | None
    rows: tuple[FindingRow, ...]


def parts_of(paper: Paper) -> list[Part]:
    """Return the parts of a report; of one without gradings only those that hold something for the force."""
    grading = {row["question"]: row for row in paper.gradings if row["level"] == "question"}
    under = _by_question(paper.own)
    named = enumerate([*titles(paper.gradings, paper.findings), None], 1)
    parts = [Part(number, title, grading.get(title or ""), tuple(under.get(title, ()))) for number, title in named]
    always = paper.report["kind"] == "force"
    return [part for part in parts if part.rows or (part.title and (part.grading or always))]


def _by_question(rows: Sequence[FindingRow]) -> dict[str | None, list[FindingRow]]:
    """Return items by the question they stand under; a recommendation stands where its cause of concern does."""
    parents = {row["finding_id"]: row["question"] for row in rows}
    found: dict[str | None, list[FindingRow]] = {}
    for row in rows:
        found.setdefault(parents.get(row["parent_id"] or "", row["question"]), []).append(row)
    return found


def thing_of(parts: Sequence[Part], paper: Paper) -> str:
    """Return what the report's parts are called: core questions where they are questions, areas where they are not."""
    asked = [part.title for part in parts if part.title]
    questions = sum(title.rstrip().endswith("?") for title in asked)
    return paper.words["questions"]["question" if questions * 2 > len(asked) else "area"]


def groups(paper: Paper, parts: Sequence[Part]) -> list[Group]:
    """Return the parts as the summary prints them."""
    thing = thing_of(parts, paper)
    return [_group(part, thing, paper) for part in parts]


def _group(part: Part, thing: str, paper: Paper) -> Group:
    by_kind = {kind: [row for row in part.rows if row["kind"] == kind] for kind in KIND_NAMES}
    concerns = by_kind["cause_of_concern"]
    known = {row["finding_id"] for row in concerns}
    areas = [*by_kind["priority_action"], *by_kind["area_for_improvement"]]
    free = [row for row in by_kind["recommendation"] if row["parent_id"] not in known]
    is_question = thing == paper.words["questions"]["question"]
    return Group(
        heading=_heading(part, thing, paper),
        question=clean(part.title) if is_question else "",
        note=_note(part, paper),
        areas=tuple(printed(row, paper) for row in areas),
        concerns=tuple(_concern(row, part, thing, bool(areas), paper) for row in concerns),
        stems=_stems(free, paper),
        practice=tuple(printed(row, paper) for row in part.rows if row["kind"] not in ASKING_KINDS),
    )


def _heading(part: Part, thing: str, paper: Paper) -> str:
    say, grading = paper.words["questions"], part.grading
    if not part.title:
        return say["heading_none"]
    if grading is None and paper.report["kind"] != "force":
        return say["heading_part"].format(title=clean(part.title))
    judged = say["unknown"] if grading is None else say["judged" if grading["grade"] else "ungraded"]
    judged = judged.format(grade=(grading["grade"] or "").title() if grading else "")
    form = say["heading_question" if thing == say["question"] else "heading_area"]
    return form.format(thing=thing.title(), number=part.number, title=clean(part.title), judged=judged)


def _note(part: Part, paper: Paper) -> str:
    grading, say = part.grading, paper.words["questions"]
    if part.title and grading and grading["basis"] == "carried_over":
        return say["carried_over"].format(origin=grading["origin_cycle"] or say["earlier"])
    return "" if part.rows or not part.title else say["nothing"]


def _concern(row: FindingRow, part: Part, thing: str, after_areas: bool, paper: Paper) -> Concern:
    concerns = [other for other in part.rows if other["kind"] == "cause_of_concern"]
    form = paper.words["concern"]["many" if len(concerns) > 1 else "one" if after_areas else "only"]
    own = [each for each in part.rows if each["parent_id"] == row["finding_id"] and each["kind"] == "recommendation"]
    item = printed(row, paper)
    return Concern(
        lead=form.format(thing=thing, number=concerns.index(row) + 1, count=len(concerns)),
        text=item.text,
        place=item.place,
        mark=item.mark,
        detail=clean(row["detail"]),
        stems=_stems(own, paper),
    )


def _stems(recommendations: Sequence[FindingRow], paper: Paper) -> tuple[Stem, ...]:
    return tuple(
        Stem(clean(stem), tuple(printed(row, paper) for row in rows))
        for stem, rows in groupby(recommendations, key=lambda row: row["stem"])
    )


def printed(row: FindingRow, paper: Paper) -> PrintedItem:
    """Return an item as printed, with its reference and page."""
    page, mark = pages_of(row), mark_of(row, paper)
    where = f", {'pages' if '–' in page else 'page'}\u00a0{page}" if page else ""
    return PrintedItem(
        text=clean(row["text"]),
        place=f"[{paper.refs[row['finding_id']]}{where}]",
        mark=f"  {mark}" if mark else "",
        kind=capital(KIND_NAMES[row["kind"]][0]),
    )
