"""One report from Python: in this process, or in a child of its own that is held to limits, as `peel extract` does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor import pipeline
from extractor.models import Extraction, Printed, Problem
from extractor.reading import WEB_SUFFIXES
from extractor.report.analysis import analyse
from extractor.rulebook.load import load_rules
from extractor.runs.children import Failure, isolated
from extractor.runs.limits import Limits

if TYPE_CHECKING:
    from spacy.tokens import Doc

_Asked = tuple[str, Path | None]


def extract(source: Path | str, *, rules: Path | None = None, limits: Limits | None = None) -> Extraction:
    """Read one report (PDF or saved web page) and return what is found in it; a bad file gives problems, no error.

    Args:
        source: the file.
        rules: folder of rules, by default those built in.
        limits: what the report may take, e.g. `Limits(seconds=120, megabytes=2048)`, those of the command line; by
            default it is read in this process, and nothing limits it.
    """
    found = _within(limits, _extract, source, rules)
    return pipeline.extract_printed(found, load_rules(rules)) if isinstance(found, Printed) else found


def read_doc(source: Path | str, *, rules: Path | None = None, limits: Limits | None = None) -> Doc:
    """Return a spaCy Doc of one report, with its headings and findings as span groups; arguments as of `extract`."""
    from extractor.report.spans import doc_of

    found = _within(limits, _read_doc, source, rules)
    return doc_of(analyse(found, load_rules(rules))) if isinstance(found, Printed) else found


def _within(limits: Limits | None, work: Callable[[_Asked], Any], source: Path | str, rules: Path | None) -> Any:
    """Return what the work gives, in a child where there are limits; where that failed, a document without lines."""
    if limits is None:
        return work((str(source), rules))
    answer = isolated(work, [(str(source), rules)], limits)[0]
    return _unread(str(source), answer) if isinstance(answer, Failure) else answer


def _unread(source: str, failure: Failure) -> Printed:
    try:
        digest = hashlib.sha256(Path(source).read_bytes()).hexdigest()
    except OSError:
        digest = ""
    medium = "web" if source.lower().endswith(WEB_SUFFIXES) else "pdf"
    words = f"{source}: {failure.message}"
    return Printed(source, digest, medium, problems=(Problem("", source, "read", failure.code, "error", None, words),))


def _extract(asked: _Asked) -> Extraction:
    return pipeline.extract(asked[0], rules=asked[1])


def _read_doc(asked: _Asked) -> Doc:
    return pipeline.read_doc(asked[0], rules=asked[1])
