"""From a file to its records: the flow on one screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from extractor import __version__
from extractor.checks import checks, status_of
from extractor.components import labeller
from extractor.findings import Finder, finding_rows
from extractor.gradings import Grader, grading_rows
from extractor.layout import lay_out
from extractor.models import Extraction, Finding, Grading, Printed, Problem, Report, Section
from extractor.questions import Crosswalk
from extractor.recognise import Identity, recognise
from extractor.rules import RulePacks, load_rules
from extractor.sections import parts_of, section_rows
from extractor.text import to_text


def extract(source: Path | str, *, rules: Path | None = None) -> Extraction:
    """Read one report (PDF or saved web page) and return everything found in it; a bad file gives problems, no error."""
    return extract_printed(read(source), load_rules(rules))


def read(source: Path | str, data: bytes | None = None) -> Printed:
    """Return every line printed in a file; `data` are its bytes where they are at hand already."""
    if str(source).lower().endswith((".html", ".htm", ".mht", ".mhtml")):
        from extractor.web import read_web

        return read_web(source, data)
    from extractor.pdf import read_pdf

    return read_pdf(source, data)


def extract_printed(printed: Printed, rules: RulePacks) -> Extraction:
    """Turn the lines of one document into its records; the file itself is not opened."""
    if not printed.lines or any(problem.severity == "error" for problem in printed.problems):
        return _extraction(printed, Identity(), rules, printed.problems)
    labels = labeller(rules)
    text = to_text(printed, lay_out(printed), rules.settings["words"]["compounds"])
    identity = recognise(printed, text, labels, rules)
    report_id = id_of(identity, printed)
    problems = [*printed.problems, *(Problem(report_id, "", "recognise", code, severity, None, message) for code, severity, message in identity.remarks)]
    crosswalk = Crosswalk(rules.questions, identity.profile.cycle if identity.profile else None, identity.pillar, rules.settings["questions"]["likeness"])
    parts = parts_of(text, labels, crosswalk)
    sections = section_rows(parts, report_id)
    if identity.other_document or identity.profile is None:
        problems.append(_not_a_report(identity, report_id))
        return _extraction(printed, identity, rules, problems, sections)
    grader = Grader(text, parts, labels, crosswalk, identity.profile, identity.pillar)
    grader.collect()
    gradings, graded_problems = grading_rows(grader, report_id)
    finder = Finder(text, parts, labels, grader, identity.profile.items)
    finder.collect()
    lengths = rules.settings["items"]["short_words"], rules.settings["items"]["long_words"]
    findings, found_problems = finding_rows(finder, report_id, identity.published, lengths)
    problems += [*graded_problems, *found_problems]
    problems += checks(report_id, text, parts, labels, identity.profile, gradings, findings, finder)
    return _extraction(printed, identity, rules, problems, sections, gradings, findings)


def id_of(identity: Identity, printed: Printed) -> str:
    """Return `<cycle>-<pillar>-<force>`, or `unknown-<hash>` where the document does not settle it."""
    if not (identity.profile and identity.pillar and identity.force) or identity.other_document:
        return f"unknown-{printed.sha256[:12]}"
    pillar = f"{identity.pillar}-{identity.subject}" if identity.subject else identity.pillar
    return f"{identity.profile.cycle.replace('/', '-')}-{pillar}-{identity.force.id}"


def _not_a_report(identity: Identity, report_id: str) -> Problem:
    what = identity.other_document or "a document of an unknown inspection"
    return Problem(
        report_id, "", "recognise", "not_a_force_report", "error", None, f"this looks like {what}, not a PEEL report on one force; nothing was taken from it"
    )


def _extraction(
    printed: Printed,
    identity: Identity,
    rules: RulePacks,
    problems: list[Problem] | tuple[Problem, ...],
    sections: tuple[Section, ...] = (),
    gradings: list[Grading] | tuple[Grading, ...] = (),
    findings: list[Finding] | tuple[Finding, ...] = (),
) -> Extraction:
    report_id = id_of(identity, printed)
    named = tuple(replace(problem, report_id=report_id, source=printed.source) for problem in problems)
    report = Report(
        report_id=report_id,
        title=identity.title,
        force_id=identity.force.id if identity.force else None,
        force_name=identity.force.name if identity.force else None,
        publisher=identity.publisher,
        cycle=identity.profile.cycle if identity.profile else None,
        pillar=identity.pillar,
        published=identity.published,
        pages=len(printed.pages) or None,
        source=printed.source,
        sha256=printed.sha256,
        profile=identity.profile.id if identity.profile else None,
        rules_version=rules.version,
        extractor_version=__version__,
        status=status_of(named),
    )
    return Extraction(report, sections, tuple(gradings), tuple(findings), named, printed.lines)
