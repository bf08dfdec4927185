"""Why a finding is what it is: its report is analysed again from the lines that were kept, nothing is opened anew."""

from __future__ import annotations

import textwrap
from pathlib import Path

from extractor.errors import NoSuchReport
from extractor.report.analysis import analyse
from extractor.report.findings.evidence import Evidence, evidence_of
from extractor.report.findings.rows import finding_ids
from extractor.report.records import id_of
from extractor.rulebook.load import load_rules
from extractor.runs.one_report import kept_lines

_WIDTH, _INDENT = 100, 18


def why(finding_id: str, source: str, sha256: str, outputs: Path | str, rules: Path | None = None) -> Evidence:
    """Return the steps that decided about a finding of the report with these bytes.

    Raises:
        NoSuchReport: the lines are not kept, or other rules now find other items in them.
    """
    printed = kept_lines(str(outputs), source, sha256)
    if printed is None:
        raise NoSuchReport(f"{source}: its lines are not kept below {outputs}; run `peel extract --fresh` on the file")
    analysis = analyse(printed, load_rules(rules))
    if analysis.answers:
        items, clues = analysis.answers.found.items, analysis.answers.clues
        ids = finding_ids(items, id_of(analysis.identity, printed))
        for item in items:
            if ids[id(item)] == finding_id:
                return evidence_of(item, items, clues)
    raise NoSuchReport(f"{finding_id}: the rules of today do not find it in {source}; run `peel extract` on the file")


def print_why(evidence: Evidence) -> str:
    """Return the steps as a paragraph each."""
    steps = {
        "begins because": evidence.begin,
        "ends because": evidence.end,
        "kind": evidence.kind,
        "question": evidence.question,
    }
    lead = {name: f"{name + ':':<{_INDENT}}" for name in steps}
    return "\n".join(
        textwrap.fill(words, _WIDTH, initial_indent=lead[name], subsequent_indent=" " * _INDENT)
        for name, words in steps.items()
    )
