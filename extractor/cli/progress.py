"""What a person sees while many reports are read: a bar on a terminal, plain lines elsewhere, one line at the end."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import PurePath
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from extractor.cli.common import printable, say
from extractor.phrasing import count

if TYPE_CHECKING:
    from extractor.runs.results import Result, Tally

_MARKS = {"ok": "ok", "partial": "look at", "failed": "FAILED", "duplicate": "duplicate"}


class Progress:
    """Tell of each file as it is done; give `plan` and `result` to `extract_many`."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Choose a bar or lines; `quiet` for neither."""
        self._quiet = quiet
        self._bar: Any = None
        self._todo = self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.close()

    def plan(self, todo: int, unchanged: int) -> None:
        """Begin: so many files are to be read, so many are unchanged."""
        self._todo = todo
        if unchanged:
            self._say(f"{unchanged} unchanged")
        if not self._quiet and todo > 1 and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=todo, unit=" reports", file=sys.stderr, dynamic_ncols=True, smoothing=0.1)

    def result(self, result: Result) -> None:
        """Tell of one file; on a terminal only of those to look at."""
        self._done += 1
        if self._bar is not None:
            self._bar.update()
            if result.status in ("failed", "partial"):
                self._say(line(result))
        elif self._todo > 1 or result.status != "ok":
            self._say(f"[{self._done}/{self._todo}] {line(result)}")

    def _say(self, words: str) -> None:
        if self._quiet:
            return
        if self._bar is None:
            say(words)
        else:
            self._bar.write(printable(words), file=sys.stderr)


def line(result: Result) -> str:
    """Return one line about a file."""
    words = f"{_MARKS[result.status]:<9} {result.source}"
    if result.status == "ok":
        words += f" → {result.report_id}, {count(result.findings, 'finding')}"
    elif result.message:
        message = result.message.removeprefix(f"{result.source}: ")
        words += f": {message.removeprefix(f'{PurePath(result.source).name}: ')}"
    return printable(words).replace("\n", "\\n")


def closing(tally: Tally, outputs: str) -> str:
    """Return the count at the end of a run."""
    counts = ", ".join(f"{tally.count(status)} {status}" for status in ("ok", "partial", "failed"))
    notes = [
        f"{number} {name}"
        for number, name in ((tally.unchanged, "unchanged"), (tally.count("duplicate"), "duplicate"))
        if number
    ]
    parts = [
        f"{count(len(tally.reports), 'report')}: {counts}" + (f" ({', '.join(notes)})" if notes else ""),
        f"{count(tally.findings, 'finding')} ({tally.flagged} flagged)",
        f"{outputs.rstrip('/')}/problems",
    ]
    return " · ".join(parts)


def passed_over(tally: Tally) -> str:
    """Return how many files of the folders were no reports, by suffix."""
    kinds = ", ".join(f"{number} {suffix or 'without suffix'}" for suffix, number in sorted(tally.passed_over.items()))
    number = sum(tally.passed_over.values())
    return f"{count(number, 'file')} passed over, neither PDF nor saved web page: {kinds}"


def as_json(tally: Tally) -> str:
    """Return the outcome of a run as one JSON document."""
    counts = {status: tally.count(status) for status in ("ok", "partial", "failed", "duplicate")}
    counts |= {"unchanged": tally.unchanged, "findings": tally.findings, "flagged": tally.flagged}
    document = {"counts": counts, "files": [asdict(result) for result in tally.results], "nothing_at": tally.nothing}
    document["passed_over"] = dict(tally.passed_over)
    return json.dumps(document, ensure_ascii=False, indent=2)
