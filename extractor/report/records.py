"""What was made out in a document, as the rows of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor import __version__
from extractor.models import Extraction, Finding, Grading, Mention, Printed, Problem, Report, Section
from extractor.problems import problem
from extractor.report.analysis import Analysis, Answers
from extractor.report.checks import checks, status_of
from extractor.report.completeness import missing_questions
from extractor.report.findings import finding_rows
from extractor.report.findings.rows import ReportFacts
from extractor.report.gradings import grading_rows
from extractor.report.identity import Identity
from extractor.report.identity.pages import SEVERAL
from extractor.report.mentions import find_mentions
from extractor.report.paper_checks import paper_remarks
from extractor.report.paper_names import Paper, paper_id
from extractor.report.paper_rows import complete, settle
from extractor.report.sections import section_rows
from extractor.report.topic_grades import topic_gradings
from extractor.rulebook.force_names import force_names
from extractor.rulebook.load import RulePacks
from extractor.rulebook.profile import Profile


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one report but for its own; `problems` do not name it yet."""

    problems: Sequence[Problem] = ()
    sections: tuple[Section, ...] = ()
    gradings: Sequence[Grading] = ()
    findings: Sequence[Finding] = ()
    mentions: tuple[Mention, ...] = ()


def records(printed: Printed, analysis: Analysis, rules: RulePacks) -> Extraction:
    """Return the rows of a document that could be read."""
    identity = analysis.identity
    report_id = id_of(identity, printed)
    problems = [*printed.problems, *identity.problems]
    sections = section_rows(analysis.parts, report_id)
    if analysis.answers is None or identity.profile is None:
        refusal = [] if identity.other_document == SEVERAL else [_not_a_report(identity)]
        return extraction(printed, identity, rules, Rows([*problems, *refusal], sections))
    rows = _report_rows(analysis.answers, identity, identity.profile, report_id, rules)
    return extraction(printed, identity, rules, replace(rows, problems=[*problems, *rows.problems], sections=sections))


def _report_rows(answers: Answers, identity: Identity, profile: Profile, report_id: str, rules: RulePacks) -> Rows:
    """Return the grades, findings and mentions of a report, with what the steps and the checks say of them."""
    clues, names = answers.clues, force_names(rules)
    gradings, differing = grading_rows(answers.graded, answers.grade_clues, report_id)
    gradings = [*gradings, *topic_gradings(clues, gradings, report_id)]
    lengths = rules.settings.items.short_words, rules.settings.items.long_words
    judged = settle(answers.found.items, identity, clues, rules.profiles)
    findings = finding_rows(answers.found.items, clues, ReportFacts(report_id, identity.published, lengths))
    findings = complete(findings, identity, clues, names)
    checked = [*checks(clues, answers.found, profile, gradings, findings)]
    checked += missing_questions(answers.graded.subjects, answers.grade_clues, gradings)
    checked += paper_remarks(findings, clues) if identity.paper else ()
    unfit = identity.paper.family.unfit_checks if identity.paper else ()
    met = [*answers.graded.problems, *differing, *answers.found.problems, *judged, *checked]
    mentions = find_mentions(clues, answers.found.items, names, report_id, _own_force(identity, answers))
    return Rows([each for each in met if each.code not in unfit], (), gradings, findings, mentions)


def _own_force(identity: Identity, answers: Answers) -> str | None:
    """Return the force a paper is about; None for a paper about many, or about a local area."""
    return identity.force.id if identity.force and not answers.clues.listed else None


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


def extraction(printed: Printed, identity: Identity, rules: RulePacks, rows: Rows) -> Extraction:
    """Return rows with the report's own; each problem names the report and its file."""
    report_id = id_of(identity, printed)
    named = tuple(replace(each, report_id=report_id, source=printed.source) for each in rows.problems)
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
        publishers=(identity.publisher,) if identity.publisher else (),
    )
    if identity.paper is not None:
        report = _of_a_paper(report, identity.paper)
    lists = tuple(rows.gradings), tuple(rows.findings)
    return Extraction(report, rows.sections, *lists, named, printed.lines, rows.mentions)


def _of_a_paper(report: Report, paper: Paper) -> Report:
    """Return the report with the columns that tell one kind of paper from another."""
    return replace(
        report,
        kind=paper.family.kind,
        publishers=paper.publishers,
        area=paper.area,
        service=paper.service.id if paper.service else None,
        sent=paper.sent,
        letter_type=paper.letter_type,
        replies_to=paper.replies_to,
    )
