"""From a file to its records: the flow on one screen.

read       a file → lines with place and type                     reading/
lay out    lines → blocks: columns, frames, paragraphs            layout/
identify   cycle, pillar, force, publication; the kind of paper   report/identity/, report/papers.py
sections   headings → parts that tile the text                    report/sections.py
gradings   grades with the words that give them                   report/gradings/
findings   items with the step that decided each                  report/findings/
check      what does not add up                                   report/checks.py
rows       the rows of the tables                                 report/records.py → tables/
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.models import Extraction, Printed
from extractor.reading import WEB_SUFFIXES
from extractor.report.analysis import analyse
from extractor.report.identity import Identity
from extractor.report.records import Rows, extraction, records
from extractor.rulebook.load import RulePacks, load_rules
from extractor.rulebook.transcript import Transcript

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


def extract_printed(printed: Printed, rules: RulePacks, transcript: Transcript | None = None) -> Extraction:
    """Turn the lines of one document into its records; the file itself is not opened.

    What the document asks of the rules is written into `transcript`, where one is given.
    """
    if not printed.lines or any(problem.severity == "error" for problem in printed.problems):
        return extraction(printed, Identity(), rules, Rows(printed.problems))
    return records(printed, analyse(printed, rules, transcript), rules)


def read_doc(source: Path | str, *, rules: Path | None = None) -> Doc:
    """Return a spaCy Doc of one report, with its headings and findings as span groups (label: level or kind)."""
    from extractor.report.spans import doc_of

    return doc_of(analyse(read(source, rules=rules), load_rules(rules)))
