"""What a child does with one report: lines, from the file or from those kept; records; the bytes of its tables.

Heavy imports stand inside the functions: the parent names `extract_task` to its children but never runs it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from extractor import __version__
from extractor.errors import RuleError, Unreachable
from extractor.models import Extraction, Printed, Problem
from extractor.runs.children import Failure
from extractor.tables import storage

if TYPE_CHECKING:
    from extractor.rulebook.load import RulePacks
    from extractor.runs.receipts import Receipt

RULES_VARIABLE = "PEEL_WARM_RULES"  # names the rule packs that the server of children is to have ready


@dataclass(frozen=True, slots=True)
class Task:
    """One report to extract."""

    place: str  # where to open it
    source: str  # its name in the tables
    sha256: str
    outputs: str
    rules: str | None
    rules_version: str
    fresh: bool = False  # read the file even if its lines are kept


@dataclass(frozen=True, slots=True)
class Done:
    """A report ready to enter the tables."""

    receipt: Receipt
    files: dict[str, bytes]  # by table, as Parquet
    problems: tuple[Problem, ...]

    @property
    def page_count(self) -> int:
        """How many pages it has; 1 for a web page."""
        return self.receipt.row["pages"] or 1


def extract_task(task: Task) -> Done | Failure:
    """Extract one report and keep its lines.

    Fails with code `bad_rules` when the rules have mistakes, with `other_rules` when they are not those that the run
    was planned with: they changed meanwhile, or this machine of a cluster has others; with `unreachable` when object
    storage does not answer.
    """
    from extractor.rulebook.load import load_rules

    try:
        rules = load_rules(task.rules)
    except RuleError as error:
        return Failure("bad_rules", str(error))
    if rules.version != task.rules_version:
        words = f"rules {rules.version} are not {task.rules_version}: the rules changed, or a worker has others"
        return Failure("other_rules", f"{words}; run the same command again")
    try:
        printed = (None if task.fresh else kept_lines(task.outputs, task.source, task.sha256, _folder(task))) or _read(
            task
        )
    except Unreachable as error:
        return Failure("unreachable", str(error))
    except OSError as error:
        return Failure("unreadable_file", f"cannot be opened: {(error.strerror or str(error)).lower()}")
    done, memory = extracted(printed, rules)
    with suppress(OSError):  # as the kept lines, it saves time, no more
        storage.write_bytes(storage.memory_place(task.outputs, printed.sha256), memory)
    return done


def _folder(task: Task) -> Path | None:
    return Path(task.rules) if task.rules else None


def kept_lines(outputs: str, source: str, sha256: str, rules: Path | None = None) -> Printed | None:
    """Return the lines kept of the file with these bytes; None when there are none, or of another reader."""
    from extractor.tables import lines_cache

    try:
        kept = storage.read_bytes(storage.lines_place(outputs, sha256))
        return lines_cache.decode(kept, source, sha256, rules)
    except OSError:
        return None


def _read(task: Task) -> Printed:
    from extractor.pipeline import read
    from extractor.tables import lines_cache

    printed: Printed = replace(read(task.source, storage.read_bytes(task.place), _folder(task)), source=task.source)
    with suppress(OSError):  # kept lines save time, no more; a full disk is told when the tables are written
        storage.write_bytes(
            storage.lines_place(task.outputs, printed.sha256), lines_cache.encode(printed, _folder(task))
        )
    return printed


def extracted(printed: Printed, rules: RulePacks) -> tuple[Done, bytes]:
    """Return what the lines of one file give, and the bytes of the memory of how they were read."""
    from extractor.pipeline import extract_printed
    from extractor.report.rule_changes import memory_of
    from extractor.rulebook.transcript import Transcript
    from extractor.tables import memories

    transcript = Transcript()
    done = finished(extract_printed(printed, rules, transcript), printed)
    come_from = memories.origin(printed.sha256, printed.medium, rules.version)
    return done, memories.encode(memory_of(transcript, rules), come_from)


def finished(extraction: Extraction, printed: Printed) -> Done:
    """Return the extraction with its receipt, as the bytes of its tables."""
    from extractor.runs.receipts import closing_files
    from extractor.tables.schemas import OF_THE_TEXT
    from extractor.tables.write import encode

    paper = receipt(extraction, printed)
    files = {name: encode(name, getattr(extraction, name), stem=paper.report_id) for name in OF_THE_TEXT}
    files |= closing_files(paper, [asdict(problem) for problem in extraction.problems], files)
    return Done(paper, files, extraction.problems)


def receipt(extraction: Extraction, printed: Printed) -> Receipt:
    """Return the receipt of an extraction."""
    from extractor.runs.receipts import Copy, Receipt
    from extractor.tables.write import as_row

    row = as_row(extraction.report)
    kept = Copy(
        source=printed.source,
        sha256=printed.sha256,
        medium=printed.medium,
        characters=sum(len(line.text) for line in printed.lines),
        empty=not (extraction.gradings or extraction.findings),
        content=_digest(
            sorted(f"{grading.level} {grading.question} {grading.grade}" for grading in extraction.gradings),
            sorted(finding.finding_id for finding in extraction.findings),
        ),
    )
    return Receipt(
        row={name: list(value) if isinstance(value, tuple) else value for name, value in row.items()},  # as read back
        kept=kept,
        findings=len(extraction.findings),
        flagged=sum(bool(finding.flags) for finding in extraction.findings),
        cause=cause(extraction.problems),
    )


def cause(problems: Iterable[Problem]) -> str | None:
    """Return the code of the first problem that made the report fail, None when none did."""
    return next((problem.code for problem in problems if problem.severity == "error"), None)


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def failed_report(task: Task, failure: Failure) -> Done:
    """Return what goes into the tables for a file that gave nothing."""
    from extractor.runs.receipts import Copy, Receipt, closing_files
    from extractor.tables.schemas import OF_THE_TEXT, SCHEMAS
    from extractor.tables.write import encode

    report_id = f"unknown-{task.sha256[:12]}"
    row = dict.fromkeys(SCHEMAS["reports"].names) | {
        "report_id": report_id,
        "source": task.source,
        "sha256": None if failure.code == "unreadable_file" else task.sha256,
        "rules_version": task.rules_version,
        "extractor_version": __version__,
        "status": "failed",
    }
    kept = Copy(task.source, task.sha256, "pdf", 0, True, "")
    problem = Problem(
        report_id,
        task.source,
        "read",
        failure.code,
        "error",
        None,
        f"{PurePosixPath(task.source).name}: {failure.message}",
    )
    receipt = Receipt(row, kept, 0, 0, failure.code)
    files = {name: encode(name, [], stem=report_id) for name in OF_THE_TEXT}
    return Done(receipt, files | closing_files(receipt, [asdict(problem)], files), (problem,))
