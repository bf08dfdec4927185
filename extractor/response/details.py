"""The details at the head of a response: what was inspected, whether the force is named, and by when to answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.phrasing import with_label
from extractor.response.doubts import counts
from extractor.response.last_day import NO_PERIOD, british_published
from extractor.response.paper import Paper
from extractor.response.wording import capital, clean, pages_in_words
from extractor.tables.rows import FindingRow, MentionRow
from extractor.vocabulary import ASKING_KINDS

_NATIONAL = frozenset({"chief_constables", "home_office", "college_of_policing", "npcc"})
_LOCAL = {"follow_up": "Follow up", "partner": "Partner inspection"}
_NATIONAL_TYPES = {"national": "National", "thematic": "Thematic"}


@dataclass(frozen=True, slots=True)
class Details:
    """The rows of the form's first table."""

    title: str
    force: str
    published: str
    exact: bool  # the day of publication is known
    type_local: str
    type_national: str
    quoted: str
    mentions: tuple[str, ...]  # the sentences that name the force, with their pages
    visited: str
    scope: str
    counts: str
    law: str
    section_55: bool  # whether the form asks for its steps: invitation, comments, copies
    report_id: str


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day in words, and what must be read beside it."""

    words: str
    lines: tuple[str, ...]


def details(paper: Paper) -> Details:
    """Return the details of a paper."""
    return Details(
        title=clean(paper.report["title"]) or "not found in the report",
        force=paper.force,
        published=_published(paper),
        exact=paper.due.exact or bool(paper.due.none),
        type_local=_boxes(paper, {"local": f"{paper.force} specific"} | _LOCAL),
        type_national=_boxes(paper, _NATIONAL_TYPES),
        quoted=_quoted(paper),
        mentions=tuple(map(_mention, paper.quoted)),
        visited=_visited(paper),
        scope=_scope(paper),
        counts=counts(paper),
        law=_law(paper),
        section_55=paper.kind.law not in NO_PERIOD and not paper.is_anothers,
        report_id=paper.report["report_id"],
    )  # fmt: skip


def last_day(paper: Paper) -> LastDay:
    """Return the deadline of a response in words, with its basis."""
    due = paper.due
    if paper.is_anothers:
        other = clean(paper.report["force_name"])
        return LastDay(paper.words["papers"]["anothers"].format(force=paper.force, other=other), ())
    basis = [f"{regime.days} days: {regime.basis}." for regime in due.regimes]
    return LastDay(capital(due.words), (*basis, *due.notes))


def _published(paper: Paper) -> str:
    printed = british_published(paper.report["published"])
    if printed and not paper.due.exact and not paper.due.none:
        printed += " (the report prints only the month)"
    return printed or "not printed in the report, as read"


def _boxes(paper: Paper, labels: dict[str, str]) -> str:
    known = paper.force_id is not None
    ticks = set(paper.kind.ticks) - (set() if known and not paper.is_about_another else {"local"})
    return "    ".join(f"{tick(name in ticks)} {label}" for name, label in labels.items())


def tick(on: bool) -> str:
    """Return a box, ticked or not."""
    return "☒" if on else "☐"


def _quoted(paper: Paper) -> str:
    own = paper.is_about_force and paper.report["kind"] != "fire" and paper.force_id is not None
    known = paper.force_id is not None
    named = own or bool(paper.quoted)
    where = pages_in_words(row["page"] for row in paper.quoted)
    answer = f"{tick(named)} Yes    {tick(known and not named)} No"
    return f"{answer}    ({where})" if where else answer


def _mention(row: MentionRow) -> str:
    page = f"Page {with_label(row['page'], row.get('page_label'))}: " if row["page"] is not None else ""
    return f"{page}“{clean(row['sentence'])}”"


def _visited(paper: Paper) -> str:
    say = paper.words["papers"]
    if paper.visited_on:
        pages = pages_in_words(row["page"] for row in paper.visited_on) or "no page known"
        return f"{tick(True)} Yes    {tick(False)} No    {say['visited'].format(pages=pages)}"
    if paper.lists_visits:
        return f"{tick(False)} Yes    {tick(True)} No    {say['not_visited']}"
    if paper.is_about_force or paper.is_about_another:
        return ""  # the whole report is on it
    return f"{tick(False)} Yes    {tick(False)} No    {say['no_visits']}"


def _scope(paper: Paper) -> str:
    asked = [row for row in paper.findings if row["kind"] in ASKING_KINDS]
    national = any(_is_national(row, paper) for row in asked)
    local = any(not _is_national(row, paper) for row in asked)
    return f"{tick(national)} National    {tick(local)} Local"


def _is_national(row: FindingRow, paper: Paper) -> bool:
    named = set(row["addressees"] or ())
    if named:
        return bool(named & _NATIONAL)
    return bool(re.search(paper.words["scope"]["national"], row["addressee"] or "", re.I))


def _law(paper: Paper) -> str:
    if paper.kind.law in NO_PERIOD:
        return paper.words["papers"][paper.kind.law]
    if paper.kind.law == "not_settled":
        return paper.words["papers"]["not_settled"].format(source=paper.kind.source)
    return paper.words["law"]["note_before" if paper.due.before_the_act else "note"]
