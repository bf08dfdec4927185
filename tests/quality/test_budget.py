"""What a page may cost, in counts that no machine changes: a change that doubles one is noticed."""

from __future__ import annotations

import ctypes
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2.raw as raw
import pytest

from extractor import pipeline
from extractor.reading.pdf import document
from extractor.rulebook import matcher
from extractor.runs import run
from extractor.runs.run import extract_many
from extractor.tables import storage

SPECIMENS = Path(__file__).parents[2] / "corpus" / "specimens"
REPORT = SPECIMENS / "specimen-2018-19.pdf"

# For each page of the specimen: what was measured (1,119, 74, 11) and half as much again; of calls a tenth more, since
# they do not hang on rules.
C_CALLS, TOKENS, QUESTIONS = 1_250, 110, 17
FILES = {"read": 1, "written": 8}  # for each report: its own bytes; six tables, its lines and how they were read


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count calls into pdfium, tokens made by spaCy, and labels asked of a text."""
    seen: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any], amount: Callable[[Any], int]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            result = function(*args, **more)
            seen[name] += amount(result)
            return result

        return call

    pointer = ctypes._CFuncPtr  # type: ignore[attr-defined]
    reading = [module for name, module in sys.modules.items() if name.startswith(document.__package__ or "")]
    for module in (raw, *reading):
        for name, function in list(vars(module).items()):
            if isinstance(function, pointer):
                monkeypatch.setattr(module, name, counted("c calls", function, lambda _: 1))
    monkeypatch.setattr(matcher, "make_doc", counted("tokens", matcher.make_doc, len))
    monkeypatch.setattr(matcher, "_labellers", {})  # what an earlier test asked would cost nothing
    find = matcher.Labeller._find
    monkeypatch.setattr(matcher.Labeller, "_find", counted("questions", find, lambda _: 1))
    yield seen


def test_a_page_costs_no_more_than_its_budget(counts: Counter[str]) -> None:
    pages = pipeline.extract(REPORT).report.pages or 0
    spent = {name: number / pages for name, number in counts.items()}
    assert pages and spent["c calls"] <= C_CALLS and spent["tokens"] <= TOKENS and spent["questions"] <= QUESTIONS
    assert min(spent.values()) > 1  # or nothing was counted


def test_a_report_opens_and_writes_no_more_files_than_it_must(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            seen[name] += 1
            return function(*args)

        return call

    monkeypatch.setattr(run, "isolated", lambda work, items, *_: [work(item) for item in items])
    monkeypatch.setattr(run, "prepare", lambda _nursery: None)
    monkeypatch.setattr(storage, "write_bytes", counted("written", storage.write_bytes))
    extract_many([REPORT], tmp_path / "out")
    assert seen["written"] == FILES["written"]
    monkeypatch.setattr(storage, "sha256", counted("read", storage.sha256))
    extract_many([REPORT], tmp_path / "out")
    assert (seen["written"], seen["read"]) == (FILES["written"], FILES["read"])  # unchanged: its bytes alone are read
