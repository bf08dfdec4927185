"""What is made out in one document, step by step, before it becomes records.

Each step takes what the steps before it found and returns a value: text, identity, sections, grades, items.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor.layout.blocks import Text, to_text
from extractor.layout.body_type import plain_weight
from extractor.layout.page_layout import lay_out
from extractor.layout.wording import Asked, Start, Wording
from extractor.models import Printed, Problem
from extractor.report.findings import FoundItems, find_items
from extractor.report.findings.clues import Clues
from extractor.report.findings.headed_lists import find_listed_items
from extractor.report.gradings import FoundGradings, find_gradings
from extractor.report.gradings.evidence import Cycles, GradeClues
from extractor.report.gradings.subjects import Subjects
from extractor.report.identity import Identity, recognise
from extractor.report.identity.pages import SEVERAL, ReportPages, report_inside, reports_in, several_reports
from extractor.report.misprints import misprinted_headings
from extractor.report.papers import family_of, recognise_paper
from extractor.report.sections import GRADE_LABELS, ITEM_LABELS, Part, parts_of
from extractor.rulebook.load import RulePacks
from extractor.rulebook.matcher import Labeller, labeller
from extractor.rulebook.profile import PaperFamily, Profile
from extractor.rulebook.questions import Crosswalk
from extractor.rulebook.transcript import Transcript

NOTHING_IN_IT = "a document with neither a grade nor a finding"


@dataclass(frozen=True, slots=True)
class Answers:
    """The grades and items of one report, with what the steps that found them went by."""

    graded: FoundGradings
    grade_clues: GradeClues
    found: FoundItems
    clues: Clues


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was made out in one document; no answers where it is no report."""

    text: Text
    identity: Identity
    parts: tuple[Part, ...]
    answers: Answers | None = None


class _LaidOut(NamedTuple):
    """A document's text, and what its layout asked of the words."""

    text: Text
    asked: Asked


@dataclass(frozen=True, slots=True)
class _Paper:
    """The text of one report with what names it and the words by which it is read."""

    text: Text
    identity: Identity
    labels: Labeller
    family: PaperFamily | None


def analyse(printed: Printed, rules: RulePacks, transcript: Transcript | None = None) -> Analysis:
    """Find text, identity, sections, grades and items of one document; `transcript` notes what it asks of the rules."""
    printed = plain_weight(printed.shown())
    common = labeller(rules, transcript=transcript)
    laid_out = _lay_out(printed, rules, common)
    text = laid_out.text
    reports = reports_in(text, common, rules)
    if len(reports) > 1:
        return Analysis(text, Identity(other_document=SEVERAL, problems=[several_reports(reports)]), ())
    paper = _identify(printed, laid_out, reports, rules, transcript)
    crosswalk = _crosswalk(paper, rules)
    parts = _sections(paper, crosswalk)
    if paper.identity.other_document or paper.identity.profile is None:
        return Analysis(paper.text, paper.identity, parts)
    answers = _answers(paper, paper.identity.profile, parts, crosswalk, rules)
    if not (
        answers.graded.evidence or answers.found.items or paper.family or _asks_of_its_force(parts, paper.identity)
    ):
        paper.identity.other_document = NOTHING_IN_IT
        return Analysis(paper.text, paper.identity, parts)
    return Analysis(paper.text, paper.identity, parts, answers)


def _identify(
    printed: Printed, laid_out: _LaidOut, reports: list[ReportPages], rules: RulePacks, transcript: Transcript | None
) -> _Paper:
    """Say what report or paper a document is, and lay it out by the words of its own pack."""
    common = labeller(rules, transcript=transcript)
    said: list[Problem] = []
    if reports:
        printed, said = report_inside(printed, laid_out.text, reports[0], common)
        laid_out = _lay_out(printed, rules, common) if said else laid_out
    text = laid_out.text
    family = family_of(printed, text, common, rules)
    identity = recognise(printed, text, common, rules) if family is None else Identity()
    pack = family or identity.profile
    labels = labeller(rules, pack.id, transcript) if pack else common
    if not laid_out.asked.answers_alike(wording_of(rules, labels)):  # the pack's own words head items
        text = _lay_out(printed, rules, labels).text
    if family:
        identity = recognise_paper(printed, text, labels, rules, family)
    identity.problems += said
    if reports and not reports[0].named[0].is_cover and _is_untitled(identity):
        identity.title = reports[0].title
    return _Paper(text, identity, labels.reading(misprinted_headings(text, labels, rules.rules)), family)


def _is_untitled(identity: Identity) -> bool:
    return _is_said("no_title_of_an_inspection", identity)


def _asks_of_its_force(parts: tuple[Part, ...], identity: Identity) -> bool:
    """Say whether a document that gives no answer is a report all the same: its title names the force it asks about."""
    named = identity.force is not None and not _is_said("force_from_body", identity)
    return named and any(part.question for part in parts)


def _is_said(code: str, identity: Identity) -> bool:
    return any(each.code == code for each in identity.problems)


def _crosswalk(paper: _Paper, rules: RulePacks) -> Crosswalk:
    """Return the questions that this paper may speak of."""
    profile = paper.identity.profile
    pack = paper.family or profile
    return Crosswalk(
        [question for question in rules.questions if question.pack in ("", pack.id if pack else "")],
        paper.family.kind if paper.family else profile.cycle if profile else None,
        paper.identity.pillar,
        rules.settings.questions.likeness,
    )


def _sections(paper: _Paper, crosswalk: Crosswalk) -> tuple[Part, ...]:
    parts = parts_of(paper.text, paper.labels, crosswalk)
    if paper.family is None:
        return parts
    return tuple(replace(part, kind="body") if part.kind in paper.family.body_parts else part for part in parts)


def _answers(
    paper: _Paper, profile: Profile, parts: tuple[Part, ...], crosswalk: Crosswalk, rules: RulePacks
) -> Answers:
    """Find the grades, then the items, which go by the questions that are graded."""
    cycles = Cycles(profile.cycle, tuple(each.cycle for each in rules.profiles))
    grade_clues = GradeClues(paper.text, paper.labels, profile, paper.identity.pillar, cycles)
    graded = find_gradings(Subjects(parts, crosswalk), grade_clues)
    clues = Clues(
        paper.text,
        parts,
        paper.labels,
        graded.subjects,
        cycles,
        leads=profile.items == "lead",
        listed=profile.items == "listed",
        numbered=paper.family is not None and paper.family.numbered,
        chapters=paper.family is not None and paper.family.chapters,
    )
    return Answers(graded, grade_clues, find_listed_items(clues) if clues.listed else find_items(clues), clues)


def _lay_out(printed: Printed, rules: RulePacks, labels: Labeller) -> _LaidOut:
    asked = Asked(wording_of(rules, labels))
    return _LaidOut(to_text(printed, lay_out(printed, asked.wording), asked.wording), asked)


def wording_of(rules: RulePacks, labels: Labeller | None = None) -> Wording:
    """Return what the rules (or those behind `labels`) say of the words of a line: the layout knows no English."""
    labels = labels or labeller(rules)
    return Wording(
        starts_own_block=lambda words: _start(words, labels),
        is_page_number=lambda words: labels.has(words, "PAGE_NUMBER"),
        is_continued=lambda words: labels.has(words, "CONTINUED"),
        compounds=frozenset(rules.settings.words.compounds),
        whole=rules.settings.words.whole,
    )


def _start(words: str, labels: Labeller) -> Start:
    """The heading of an item stands alone; a grade's label begins a block, a stem where a sentence is closed."""
    if labels.has(words, *ITEM_LABELS):
        return Start.ALONE
    if labels.has(words, *GRADE_LABELS):
        return Start.BEGINS
    return Start.AFTER_SENTENCE if _leads_in(words, labels) else Start.NO


def _leads_in(words: str, labels: Labeller) -> bool:
    """Do words begin as a stem does, or a sentence about the item they stand below?"""
    if words.endswith(":") and labels.has(words, "SHOULD"):
        return True
    first = labels.first(words, "REC_LEAD", "ABOUT_ITEM")
    return first is not None and first.start == 0
