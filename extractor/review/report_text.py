"""Results as an analyst reads them in a terminal: a whole report, or one finding with its place and rule."""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from extractor.phrasing import count, pages, shortened
from extractor.rulebook.dates import british_stored
from extractor.vocabulary import KIND_NAMES

if TYPE_CHECKING:
    from extractor.models import Extraction, Finding, Grading, Problem

_WIDEST = 100


def width() -> int:
    """Return how many letters a line may have: those of the terminal, from 60 to 100."""
    return max(60, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns))


def british_date(date: str | None) -> str:
    """Return `2 March 2017` for 2017-03-02, `March 2017` for 2017-03, and `date not printed` for None."""
    return british_stored(date) if date else "date not printed"


def print_report(extraction: Extraction) -> str:
    """Return one report's grades, then each finding with its page, then what to look at before relying on them."""
    report = extraction.report
    size = count(report.pages, "page") if report.pages else "web page"
    head = [report.title or report.source, f"{british_date(report.published)} · {size} · {report.report_id}"]
    body = [*_grades(extraction.gradings), *_findings(extraction), *_problems(extraction.problems)]
    return "\n".join([*head, *body])


def _grades(gradings: Sequence[Grading]) -> list[str]:
    if not gradings:
        return []
    lines = ["", "GRADES"]
    for grading in gradings:
        grade = (grading.grade or "not graded").capitalize()
        carried = (
            f" (carried over{f' from {grading.origin_cycle}' if grading.origin_cycle else ''})"
            if grading.basis == "carried_over"
            else ""
        )
        lines += _hanging(
            f"  {grade:<22}", f"{grading.question}{carried}", pages(grading.page, label=grading.page_label)
        )
    return lines


def _hanging(lead: str, words: str, page: str) -> list[str]:
    """Return words after a lead, wrapped, with the page at the end of the first line."""
    room = width() - len(lead) - max(len(page), 8) - 1
    wrapped = textwrap.wrap(words, room) or [""]
    first = f"{lead}{wrapped[0]:<{room}} {page:>8}".rstrip()
    return [first, *(" " * len(lead) + line for line in wrapped[1:])]


def _findings(extraction: Extraction) -> list[str]:
    counts = Counter(finding.kind for finding in extraction.findings)
    lines = ["", "FINDINGS"]
    told = " · ".join(f"{n} {KIND_NAMES[kind][n != 1]}" for kind, n in counts.items())
    lines += textwrap.wrap(told or "none found", width(), initial_indent="  ", subsequent_indent="  ")
    question = None
    stem = None
    for finding in extraction.findings:
        if finding.question != question:
            question, stem = finding.question, None
            lines += ["", *textwrap.wrap(question or "", width(), initial_indent="  ", subsequent_indent="  ")]
        if finding.stem and finding.stem != stem:
            lines += _hanging(" " * 25, finding.stem, "")
        stem = finding.stem
        lines += _item(finding)
    return lines


def _item(finding: Finding) -> list[str]:
    mark = {"recommendation": "    recommendation", "cause_of_concern": "  CAUSE OF CONCERN"}.get(
        finding.kind, f"  {KIND_NAMES[finding.kind][0]}"
    )
    status = (
        ""
        if finding.status == "new"
        else f" [{finding.status.replace('_', ' ')}{f' from {finding.origin_cycle}' if finding.origin_cycle else ''}]"
    )
    lead = "• " if finding.stem else ""
    return _hanging(
        f"{mark:<25}", f"{lead}{finding.text}{status}", pages(finding.page_first, finding.page_last, finding.page_label)
    )


def _problems(problems: Iterable[Problem]) -> list[str]:
    shown = [problem for problem in problems if problem.severity != "note"]
    if not shown:
        return []
    lines = ["", "LOOK AT THESE BEFORE RELYING ON IT"]
    for problem in shown:
        lines += _hanging("  ", problem.message, pages(problem.page, label=problem.page_label))
    return lines


def print_finding(finding: Mapping[str, Any], report: Mapping[str, Any], context: str | None) -> str:
    """Return one finding with everything that is known of it, and the text it stands in."""
    lines = [str(finding["text"]), ""]
    if finding["detail"]:
        lines += [*textwrap.wrap(str(finding["detail"]), width()), ""]
    facts = {
        "id": finding["finding_id"],
        "kind": KIND_NAMES[finding["kind"]][0],
        "question": finding["question"],
        "stem": finding["stem"],
        "cause of concern": finding["parent_id"],
        "deadline": finding["deadline"],
        "page": pages(finding["page_first"], finding["page_last"], finding.get("page_label")),
        "file": report.get("source"),
        "rule": finding["rule_id"],
        "flags": ", ".join(finding["flags"] or []),
        "decision": _decision(finding),
    }
    lines += [f"{name + ':':<18}{value}" for name, value in facts.items() if value]
    if context:
        lines += ["", "in its place:", textwrap.indent(context, "  ")]
    return "\n".join(lines)


def _decision(finding: Mapping[str, Any]) -> str | None:
    """Return what an analyst decided, who and when; None where nobody has."""
    if not finding.get("decision"):
        return None
    by, on = finding["decided_by"], finding["decided_on"]
    return f"{finding['decision']}{f' by {by}' if by else ''}{f' on {british_date(on)}' if on else ''}"


def context_of(finding: Mapping[str, Any], sections: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the lines of the section that holds the finding, some before and after it."""
    first = str(finding["text"]).split(". ")[0][:60]
    for section in sections:
        lines = str(section["text"]).split("\n")
        for place, line in enumerate(lines):
            if first in line:
                shown = lines[max(0, place - 2) : place + 3]
                return "\n".join(shortened(other, 300) for other in shown)
    return None
