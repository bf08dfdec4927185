"""From a file to its records: the flow on one screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor import __version__
from extractor.layout.blocks import Text, to_text
from extractor.layout.body_type import plain_weight
from extractor.layout.page_layout import lay_out
from extractor.layout.wording import Start, Wording
from extractor.models import Extraction, Finding, Grading, Mention, Printed, Problem, Report, Section
from extractor.problems import problem
from extractor.reading import WEB_SUFFIXES
from extractor.report.checks import checks, status_of
from extractor.report.completeness import missing_questions
from extractor.report.findings import FoundItems, find_items, finding_rows
from extractor.report.findings.clues import Clues
from extractor.report.findings.headed_lists import find_listed_items
from extractor.report.findings.rows import ReportFacts
from extractor.report.gradings import FoundGradings, find_gradings, grading_rows
from extractor.report.gradings.evidence import Cycles, GradeClues
from extractor.report.gradings.subjects import Subjects
from extractor.report.identity import Identity, recognise
from extractor.report.identity.pages import SEVERAL, report_inside, reports_in, several_reports
from extractor.report.mentions import find_mentions
from extractor.report.misprints import misprinted_headings
from extractor.report.paper_checks import paper_remarks
from extractor.report.paper_names import paper_id
from extractor.report.paper_rows import complete, settle
from extractor.report.papers import family_of, recognise_paper
from extractor.report.sections import GRADE_LABELS, ITEM_LABELS, Part, parts_of, section_rows
from extractor.report.topic_grades import topic_gradings
from extractor.rulebook.force_names import force_names
from extractor.rulebook.load import RulePacks, load_rules
from extractor.rulebook.matcher import Labeller, labeller, make_doc
from extractor.rulebook.questions import Crosswalk

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extract(source: Path | str, *, rules: Path | None = None) -> Extraction:
    """Read one report (PDF or saved web page) and return what is found in it; a bad file gives problems, no error."""
    return extract_printed(read(source, rules=rules), load_rules(rules))


def read(source: Path | str, data: bytes | None = None, rules: Path | None = None) -> Printed:
    """Return every line printed in a file; `data` are its bytes where at hand, `rules` tell a web page's furniture."""
    if str(source).lower().endswith(WEB_SUFFIXES):
        from extractor.reading.web.page import read_web

        return read_web(source, data, rules)
    from extractor.reading.pdf.document import read_pdf

    return read_pdf(source, data)


def extract_printed(printed: Printed, rules: RulePacks) -> Extraction:
    """Turn the lines of one document into its records; the file itself is not opened."""
    if not printed.lines or any(problem.severity == "error" for problem in printed.problems):
        return _extraction(printed, Identity(), rules, printed.problems)
    analysis = analyse(printed, rules)
    identity, report_id = analysis.identity, id_of(analysis.identity, printed)
    problems = [*printed.problems, *identity.problems]
    sections = section_rows(analysis.parts, report_id)
    if analysis.answers is None or identity.profile is None:
        problems += [] if identity.other_document == SEVERAL else [_not_a_report(identity)]
        return _extraction(printed, identity, rules, problems, sections)
    answers = analysis.answers
    gradings, differing = grading_rows(answers.graded, answers.grade_clues, report_id)
    gradings = [*gradings, *topic_gradings(answers.clues, gradings, report_id)]
    lengths = rules.settings.items.short_words, rules.settings.items.long_words
    facts = ReportFacts(report_id, identity.published, lengths)
    judged = settle(answers.found.items, identity, answers.clues, rules.profiles)
    findings = finding_rows(answers.found.items, answers.clues, facts)
    findings = complete(findings, identity, answers.clues, force_names(rules))
    checked = [*checks(answers.clues, answers.found, identity.profile, gradings, findings)]
    checked += missing_questions(answers.graded.subjects, answers.grade_clues, gradings)
    checked += paper_remarks(findings, answers.clues) if identity.paper else ()
    unfit = identity.paper.family.unfit_checks if identity.paper else ()
    met = [*answers.graded.problems, *differing, *answers.found.problems, *judged, *checked]
    problems += [each for each in met if each.code not in unfit]
    about_force = identity.force is not None and not answers.clues.listed  # else it is about a local area
    own = identity.force.id if identity.force and about_force else None
    mentions = find_mentions(answers.clues, answers.found.items, force_names(rules), report_id, own)
    return _extraction(printed, identity, rules, problems, sections, gradings, findings, mentions)


@dataclass(frozen=True, slots=True)
class Answers:
    """The grades and items of one report, with what the steps that found them went by."""

    graded: FoundGradings
    grade_clues: GradeClues
    found: FoundItems
    clues: Clues


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was made out in one document, before it becomes records; no answers where it is no report."""

    text: Text
    identity: Identity
    parts: tuple[Part, ...]
    answers: Answers | None = None


def analyse(printed: Printed, rules: RulePacks) -> Analysis:
    """Find text, identity, sections, grades and items of one document."""
    printed = plain_weight(printed.shown())
    common = labeller(rules)
    text = _text(printed, wording_of(rules, common))
    reports = reports_in(text, common, rules)
    if len(reports) > 1:
        return Analysis(text, Identity(other_document=SEVERAL, problems=[several_reports(reports)]), ())
    whole, said = printed, list[Problem]()
    for report in reports:
        printed, said = report_inside(whole, text, report, common)
        text = _text(printed, wording_of(rules, common)) if said else text
    family = family_of(printed, text, common, rules)
    identity = recognise(printed, text, common, rules) if family is None else Identity()
    pack = family or identity.profile
    labels = labeller(rules, pack.id) if pack else common
    if labels is not common:  # again, since the pack's own words may head items
        text = _text(printed, wording_of(rules, labels))
    if family:
        identity = recognise_paper(printed, text, labels, rules, family)
    identity.problems += said
    if reports and not reports[0].named[0].is_cover and "no_title_of_an_inspection" in _codes(identity):
        identity.title = reports[0].title
    labels = labels.reading(misprinted_headings(text, labels, rules.rules))
    crosswalk = Crosswalk(
        [question for question in rules.questions if question.pack in ("", pack.id if pack else "")],
        family.kind if family else identity.profile.cycle if identity.profile else None,
        identity.pillar,
        rules.settings.questions.likeness,
    )
    parts = parts_of(text, labels, crosswalk)
    if family:
        parts = tuple(replace(part, kind="body") if part.kind in family.body_parts else part for part in parts)
    if identity.other_document or identity.profile is None:
        return Analysis(text, identity, parts)
    profile = identity.profile
    cycles = Cycles(profile.cycle, tuple(each.cycle for each in rules.profiles))
    grade_clues = GradeClues(text, labels, profile, identity.pillar, cycles)
    graded = find_gradings(Subjects(parts, crosswalk), grade_clues)
    clues = Clues(
        text,
        parts,
        labels,
        graded.subjects,
        cycles,
        leads=profile.items == "lead",
        listed=profile.items == "listed",
        numbered=family is not None and family.numbered,
        chapters=family is not None and family.chapters,
    )
    found = find_listed_items(clues) if clues.listed else find_items(clues)
    if not graded.evidence and not found.items and family is None:
        identity.other_document = "a document with neither a grade nor a finding"
        return Analysis(text, identity, parts)
    return Analysis(text, identity, parts, Answers(graded, grade_clues, found, clues))


def _codes(identity: Identity) -> set[str]:
    return {each.code for each in identity.problems}


def _text(printed: Printed, wording: Wording) -> Text:
    return to_text(printed, lay_out(printed, wording), wording)


def wording_of(rules: RulePacks, labels: Labeller | None = None) -> Wording:
    """Return what the rules (or those behind `labels`) say of the words of a line: the layout knows no English."""
    labels = labels or labeller(rules)
    return Wording(
        starts_own_block=lambda words: _start(words, labels),
        is_page_number=lambda words: labels.has(words, "PAGE_NUMBER"),
        is_continued=lambda words: labels.has(words, "CONTINUED"),
        compounds=frozenset(rules.settings.words.compounds),
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


def read_doc(source: Path | str, *, rules: Path | None = None) -> Doc:
    """Return a spaCy Doc of one report, with its headings and findings as span groups (label: level or kind)."""
    analysis = analyse(read(source, rules=rules), load_rules(rules))
    starts: dict[int, int] = {}
    end = 0
    for block in analysis.text.reading:
        starts[block.number] = end
        end += len(block.text) + 1
    doc = make_doc("\n".join(block.text for block in analysis.text.reading))
    headings = [
        (part.heading, 0, len(part.heading.text), f"level {part.level}") for part in analysis.parts if part.heading
    ]
    items = analysis.answers.found.items if analysis.answers else ()
    findings = [(block, first, last, item.kind) for item in items for block, first, last in item.text_passages]
    for name, places in (("headings", headings), ("findings", findings)):
        spans = (
            doc.char_span(starts[block.number] + first, starts[block.number] + last, label, alignment_mode="expand")
            for block, first, last, label in places
        )
        doc.spans[name] = [span for span in spans if span is not None]
    return doc


def id_of(identity: Identity, printed: Printed) -> str:
    """Return `<cycle>-<pillar>-<force>`, or `unknown-<hash>` where the document does not settle it."""
    if identity.paper is not None:
        return paper_id(identity.paper, identity.published) or f"unknown-{printed.sha256[:12]}"
    if not (identity.profile and identity.pillar and identity.force) or identity.other_document:
        return f"unknown-{printed.sha256[:12]}"
    pillar = f"{identity.pillar}-{identity.subject}" if identity.subject else identity.pillar
    return f"{identity.profile.cycle.replace('/', '-')}-{pillar}-{identity.force.id}"


def _not_a_report(identity: Identity) -> Problem:
    what = identity.other_document or "a document of an unknown inspection"
    message = f"this looks like {what}, not a PEEL report on one force; nothing was taken from it"
    return problem("not_a_force_report", None, message)


def _extraction(
    printed: Printed,
    identity: Identity,
    rules: RulePacks,
    problems: list[Problem] | tuple[Problem, ...],
    sections: tuple[Section, ...] = (),
    gradings: list[Grading] | tuple[Grading, ...] = (),
    findings: list[Finding] | tuple[Finding, ...] = (),
    mentions: tuple[Mention, ...] = (),
) -> Extraction:
    report_id = id_of(identity, printed)
    named = tuple(replace(problem, report_id=report_id, source=printed.source) for problem in problems)
    paper = identity.paper
    report = Report(
        report_id=report_id,
        title=identity.title,
        force_id=identity.force.id if identity.force else None,
        force_name=identity.force.name if identity.force else None,
        publisher=identity.publisher,
        cycle=(identity.profile.cycle or None) if identity.profile else None,
        pillar=identity.pillar,
        published=identity.published,
        pages=len(printed.pages) or None,
        source=printed.source,
        sha256=printed.sha256,
        profile=identity.profile.id if identity.profile else None,
        rules_version=rules.version,
        extractor_version=__version__,
        status=status_of(named),
        kind=paper.family.kind if paper else "force",
        publishers=paper.publishers if paper else (identity.publisher,) if identity.publisher else (),
        area=paper.area if paper else None,
        service=paper.service.id if paper and paper.service else None,
        sent=paper.sent if paper else None,
        letter_type=paper.letter_type if paper else None,
        replies_to=paper.replies_to if paper else None,
    )
    return Extraction(report, sections, tuple(gradings), tuple(findings), named, printed.lines, mentions)
