"""Where the time of one report goes, in one process: `python -m extractor.quality.stages FILE`.

The process is as a child of a run: rules and tokeniser are ready, no text of the report has been met. Prints one JSON
document: pages, whether the file is drawn glyph by glyph, and milliseconds of the processor for each page by stage,
with those of the C engine's own calls and of pdfplumber's bare text on pages spread over the document.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from extractor.rulebook.folder import rules_root
from extractor.runs.one_report import RULES_VARIABLE, finished

FLOOR, PLUMBER = "C calls alone", "pdfplumber"
_ANALYSIS, _RECORDS = "extractor.report.analysis", "extractor.report.records"
_STEPS = {  # by stage: the functions that do it, as their callers know them
    "layout": (_ANALYSIS, "plain_weight", "lay_out", "to_text"),
    "identity": (_ANALYSIS, "reports_in", "family_of", "recognise", "recognise_paper", "misprinted_headings"),
    "sections": (_ANALYSIS, "parts_of"),
    "gradings": (_ANALYSIS, "find_gradings"),
    "findings": (_ANALYSIS, "find_items", "find_listed_items"),
    "rows": (_RECORDS, "section_rows", "grading_rows", "topic_gradings", "finding_rows", "complete", "find_mentions"),
    "checks": (_RECORDS, "checks", "missing_questions", "paper_remarks"),
}
STAGES = ("reading", *_STEPS, "rest", "lines", "tables", "memory")
_SAMPLE = 8  # pages that pdfplumber reads
_BY_GLYPH = "Skia"  # the producer named by Chromium, which draws glyph by glyph


class Stopwatch:
    """Counts processor time by stage; what a stage does within another counts for the inner one alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done meanwhile for this stage."""
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        now = time.process_time()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with its time counted for a stage."""

        @functools.wraps(function)
        def timed(*args: Any, **more: Any) -> Any:
            with self.stage(name):
                return function(*args, **more)

        return timed


def measure(file: str) -> dict[str, Any]:
    """Read a PDF through all stages; return pages, whether it is drawn glyph by glyph, and ms a page by stage."""
    watch = Stopwatch()
    floor, pages = _floor(file)
    producer = _chain(file, watch)
    spent = {name: 1000 * watch.seconds[name] / pages for name in STAGES}
    spent |= {FLOOR: 1000 * floor / pages, PLUMBER: 1000 * _plumber(file, pages)}
    return {"pages": pages, "by_glyph": _BY_GLYPH in producer, "spent": spent}


def _chain(file: str, watch: Stopwatch) -> str:
    """Do what a child does with one report, and return who made the file."""
    from extractor import pipeline
    from extractor.report.rule_changes import memory_of
    from extractor.rulebook.load import load_rules
    from extractor.rulebook.transcript import Transcript
    from extractor.tables import lines_cache, memories

    for stage, (module, *names) in _STEPS.items():
        house = importlib.import_module(module)
        for name in names:
            setattr(house, name, watch.around(stage, getattr(house, name)))
    rules, transcript = load_rules(), Transcript()
    with watch.stage("reading"):
        printed = pipeline.read(file)
    with watch.stage("lines"):
        lines_cache.encode(printed)
    with watch.stage("rest"):
        extraction = pipeline.extract_printed(printed, rules, transcript)
    with watch.stage("tables"):
        finished(extraction, printed)
    with watch.stage("memory"):
        memories.encode(memory_of(transcript, rules), {})
    return printed.meta.get("Producer", "")


def _floor(file: str) -> tuple[float, int]:
    """Return the seconds that the C engine's own calls for a document's text take, and its pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    start = time.process_time()
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    spent, pages = time.process_time() - start, len(document)
    document.close()
    return spent, pages


def _plumber(file: str, pages: int) -> float:
    """Return the seconds that pdfplumber takes for the text of one page, of some spread over the document."""
    import pdfplumber

    wanted = sorted({number * pages // _SAMPLE for number in range(_SAMPLE)})
    start = time.process_time()
    with pdfplumber.open(file) as document:
        for number in wanted:
            document.pages[number].extract_text()
            document.pages[number].close()
    return (time.process_time() - start) / len(wanted)


if __name__ == "__main__":
    os.environ[RULES_VARIABLE] = str(rules_root())
    importlib.import_module("extractor.runs.preload")
    print(json.dumps(measure(sys.argv[1])))
