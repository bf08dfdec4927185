"""What a response must not state as fact: open doubts as cautions, marks at items and counts that are bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.decisions.register import State, value_of
from extractor.ids import short_hash
from extractor.response.answers import is_answer
from extractor.response.last_day import british_published
from extractor.response.paper import Paper
from extractor.response.wording import Sentences, capital, clean, in_words, page_of, series
from extractor.tables.rows import FindingRow, ProblemRow
from extractor.vocabulary import KIND_NAMES


@dataclass(frozen=True, slots=True)
class Caution:
    """A place to compare with the report."""

    number: str
    id: str  # what the register calls it
    message: str
    place: str


def open_doubts(problems: Sequence[ProblemRow], state: State, rules: Path) -> list[ProblemRow]:
    """Return the doubts of a report that nobody has signed for in the register."""
    return [
        row
        for row in problems
        if row["severity"] != "note" and not is_answer(value_of(state, doubt_id(row), "doubt_cleared"), rules)
    ]


def doubt_id(row: ProblemRow) -> str:
    """Return the name of a doubt, the same for as long as the report is read with it."""
    told = f"{row['code']} {row['page']} {row['message']}"
    return f"{row['report_id']}/doubt/{short_hash(told)}"


def cautions(paper: Paper) -> list[Caution]:
    """Return the open doubts, numbered."""
    say = paper.words["doubts"]
    return [
        Caution(
            number=str(number),
            id=doubt_id(row),
            message=capital(clean(row["message"])),
            place=say["no_place"] if row["page"] is None else say["place"].format(page=page_of(row)),
        )
        for number, row in enumerate(paper.doubts, 1)
    ]


def mark_of(row: FindingRow, paper: Paper) -> str:
    """Return with which doubts an item was read, or who has checked it; "" where there was none."""
    say, flags = paper.words["doubts"], row["flags"] or []
    verdict = paper.cleared.get(row["finding_id"])
    if verdict is not None:
        form = "cleared" if verdict.by and verdict.on else "cleared_by" if verdict.by else "cleared_on"
        known = verdict.by or verdict.on
        return say[form].format(by=verdict.by, on=british_published(verdict.on)) if flags and known else ""
    if not flags:
        return ""
    from extractor.report.flags import meaning  # loads all that reads reports

    return say["mark"].format(flags="; ".join(map(meaning, flags)))


def counts(paper: Paper) -> str:
    """Say how many items there are; never as a fact while a doubt is open."""
    say, parts = paper.words["counts"], kinds_in_words(paper.findings, paper.words)
    if paper.doubts:
        form = say["doubt" if parts else "doubt_none"]
        return form.format(list=series(parts), place=doubtful_places(paper.doubts, paper.words))
    return say["some"].format(list=series(parts)) if parts else say["none"]


def own_counts(paper: Paper) -> str:
    """Say which of the items are the force's own; "" where all are."""
    if not paper.for_others:
        return ""
    say, parts = paper.words["papers"], kinds_in_words(paper.asked, paper.words)
    are = "is" if len(paper.asked) == 1 else "are"
    return say["own_some" if parts else "own_none"].format(list=series(parts), are=are, force=paper.force)


def kinds_in_words(rows: Sequence[FindingRow], words: Sentences) -> list[str]:
    """Return how many findings there are of each kind."""
    parts = []
    for kind in KIND_NAMES:
        number = sum(row["kind"] == kind for row in rows)
        if number:
            one, many = words["counts"].get(kind, "|".join(KIND_NAMES[kind])).split("|")
            parts.append(f"{in_words(number)} {one if number == 1 else many}")
    return parts


def doubtful_places(doubts: Sequence[ProblemRow], words: Sentences) -> str:
    """Return the pages that must be compared with the report, in words."""
    pages = sorted({row["page"] for row in doubts if row["page"] is not None})
    if not pages:
        return words["doubts"]["counts_whole"]
    named = f"page{'s' if len(pages) > 1 else ''} {series(map(str, pages))}"
    return words["doubts"]["counts_page"].format(pages=named)
