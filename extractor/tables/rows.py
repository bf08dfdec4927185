"""The rows of each table as types, one column a key: what `read_rows` returns, checked against the schemas."""

from __future__ import annotations

from typing import TypedDict


class BoxRow(TypedDict):
    """A place on a page: points from the top left, pages from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class ReportRow(TypedDict):
    """One report."""

    report_id: str
    title: str | None
    force_id: str | None
    force_name: str | None
    publisher: str | None
    cycle: str | None
    pillar: str | None
    published: str | None
    pages: int | None
    source: str
    sha256: str
    profile: str | None
    rules_version: str
    extractor_version: str
    status: str
    kind: str
    publishers: list[str]
    area: str | None
    service: str | None
    sent: str | None
    letter_type: str | None
    replies_to: str | None


class SectionRow(TypedDict):
    """One section of a report."""

    section_id: str
    report_id: str
    parent_id: str | None
    order: int
    level: int
    title: str | None
    kind: str
    question_id: str | None
    page_first: int | None
    page_last: int | None
    text: str
    page_label: str | None


class GradingRow(TypedDict):
    """One grading."""

    grading_id: str
    report_id: str
    level: str
    question: str
    question_id: str | None
    grade: str | None
    basis: str
    origin_cycle: str | None
    wording: str | None
    page: int | None
    boxes: list[BoxRow] | None
    rule_id: str
    flags: list[str]
    page_label: str | None


class FindingRow(TypedDict):
    """One finding."""

    finding_id: str
    report_id: str
    kind: str
    question: str | None
    question_id: str | None
    order: int
    text: str
    detail: str | None
    parent_id: str | None
    stem: str | None
    limbs: list[str]
    deadline: str | None
    deadline_on: str | None
    addressee: str | None
    status: str
    origin_cycle: str | None
    page_first: int | None
    page_last: int | None
    boxes: list[BoxRow] | None
    rule_id: str
    flags: list[str]
    page_label: str | None
    number: str | None
    addressees: list[str]
    condition: str | None
    also_on: list[int]
    outcome: str | None
    outcome_sentence: str | None


class ProblemRow(TypedDict):
    """One problem of a report."""

    report_id: str
    source: str
    stage: str
    code: str
    severity: str
    page: int | None
    message: str
    page_label: str | None


class MentionRow(TypedDict):
    """One force that a report names."""

    report_id: str
    force_id: str
    page: int | None
    place: str
    list: str | None
    sentence: str
    boxes: list[BoxRow] | None
    page_label: str | None


class ActionRow(TypedDict):
    """One drafted action."""

    finding_id: str
    report_id: str
    order: int
    text: str
    dropped: list[str]
    rule_ids: list[str]


class LinkRow(TypedDict):
    """Two findings that are the same problem."""

    earlier_id: str
    later_id: str
    force_id: str
    relation: str
    score: float
    runner_up: float | None
    evidence: str
    verdict: str | None


class CandidateRow(TypedDict):
    """A later finding that may be the same problem as an earlier one."""

    earlier_id: str
    later_id: str
    force_id: str
    rank: int
    score: float
    speaks_for: str
    speaks_against: str


class FateRow(TypedDict):
    """What became of an earlier finding."""

    finding_id: str
    next_report_id: str | None
    fate: str
    link: str | None
    evidence: str
