"""A stand-in for reading and extraction: files of plain words that say what becomes of them.

`id 2016-effectiveness-essex` names the report, `item …` is a finding, `by VERSION …` one under these rules alone,
`warn` makes it partial; `crash`, `hang`, `bomb` and `break` do what they say. Lines are kept as of a real report.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from extractor import __version__
from extractor.models import Box, Extraction, Finding, Line, Printed, Problem, Report, Run
from extractor.runs.children import Failure, Nursery
from extractor.runs.limits import Limits
from extractor.runs.one_report import Done, Task, finished
from extractor.tables import lines_cache, storage

RULES = SimpleNamespace(version="stand-in")  # what `load_rules` returns
OPENED = "opened.txt"  # beside the outputs: the name of every file that was opened


def extract(task: Task) -> Done:
    """Do for a file of words what `extractor.task.extract_task` does for a report."""
    place = storage.lines_place(task.outputs, task.sha256)
    printed = None
    if not task.fresh:
        with contextlib.suppress(OSError):
            printed = lines_cache.decode(storage.read_bytes(place), task.source, task.sha256)
    if printed is None:
        printed = _read(task)
        storage.write_bytes(place, lines_cache.encode(printed))
    return finished(_extract(printed, task.rules_version), printed)


def _read(task: Task) -> Printed:
    if not storage.is_remote(task.outputs):
        with Path(task.outputs).with_name(OPENED).open("a") as log:
            log.write(Path(task.source).name + "\n")
    words = storage.read_bytes(task.place).decode()
    if "crash" in words:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "hang" in words:
        time.sleep(1000)
    if "bomb" in words:
        raise MemoryError
    if "break" in words:
        raise ValueError("no such luck")
    lines = tuple(
        Line(number, text, 1, Box(1, 70, 20, 300.25, 32), runs=(Run(text, 70, 300.25, 11),))
        for number, text in enumerate(words.splitlines())
    )
    medium = "web" if task.place.endswith(".html") else "pdf"
    return Printed(task.source, task.sha256, medium, lines)


def _extract(printed: Printed, rules_version: str) -> Extraction:
    said: dict[str, list[str]] = {}
    for line in printed.lines:
        word, _, rest = line.text.partition(" ")
        said.setdefault(word, []).append(rest)
    report_id = said.get("id", [f"unknown-{printed.sha256[:12]}"])[0]
    problems = tuple(
        Problem(report_id, printed.source, "checks", "stand_in", "doubt", None, text) for text in said.get("warn", [])
    )
    report = Report(
        report_id=report_id, title=None, force_id="essex", force_name="Essex Police", publisher="HMIC", cycle="2016",
        pillar="effectiveness", published=None, pages=1, source=printed.source, sha256=printed.sha256, profile=None,
        rules_version=rules_version, extractor_version=__version__, status="partial" if problems else "ok",
    )  # fmt: skip
    ruled = [text.partition(" ")[2] for text in said.get("by", []) if text.startswith(f"{rules_version} ")]
    findings = tuple(_finding(report_id, order, text) for order, text in enumerate(said.get("item", []) + ruled))
    return Extraction(report, findings=findings, problems=problems, lines=printed.lines)


def _finding(report_id: str, order: int, text: str) -> Finding:
    return Finding(
        finding_id=f"{report_id}/afi/{text.replace(' ', '-')}", report_id=report_id, kind="area_for_improvement",
        question=None, question_id=None, order=order, text=text, detail=None, parent_id=None, stem=None, limbs=(),
        deadline=None, deadline_on=None, addressee=None, status="new", origin_cycle=None, page_first=1, page_last=1,
        boxes=(Box(1, 70, 20, 300.25, 32),), rule_id="stand-in", flags=("unusual_length",) if "long" in text else (),
    )  # fmt: skip


def in_process(work: Callable[[Any], Any], items: list[Any], _limits: Limits, _nursery: Nursery) -> list[Any]:
    """Do what `isolated` does, without a child."""
    answers = []
    for item in items:
        try:
            answers.append(work(item))
        except MemoryError:
            answers.append(Failure("memory_limit", "too much"))
        except ValueError as error:
            answers.append(Failure("program_error", str(error)))
    return answers


def failing(words: str) -> Callable[[Task], Done]:
    """Return a stand-in that fails on every file, in the way that `words` say."""
    return {"hang": _hang, "crash": _crash, "bomb": _bomb, "break": _break}[words]


def _hang(_task: Task) -> Done:
    time.sleep(1000)
    raise AssertionError


def _crash(_task: Task) -> Done:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def _bomb(_task: Task) -> Done:
    raise MemoryError


def _break(_task: Task) -> Done:
    raise ValueError("no such luck")
