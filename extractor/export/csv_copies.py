"""CSV copies of the tables, in which nothing that comes from a report is ever a formula."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from extractor.decisions.store import FORMULA_MARKS
from extractor.export.frames import VERIFIED
from extractor.export.whole_files import whole
from extractor.tables.schemas import SCHEMAS

_as_json = json.JSONEncoder(ensure_ascii=False).encode
_ALWAYS = ("reports", "gradings", "findings")  # people look for them, even where they hold nothing


class CsvCopies:
    """A CSV file for each table that holds anything, filled one report after another; Excel opens it with its accents.

    Verified rows tell who decided what.

    Args:
        folder: where the files go.
        until: they are whole, and in place, when this is left.

    Raises:
        OSError: a file cannot be written.
    """

    def __init__(self, folder: Path, until: ExitStack) -> None:
        self._folder, self._until = folder, until
        self._writers: dict[str, Any] = {}
        for name in _ALWAYS:
            self._begin(name)

    @property
    def paths(self) -> list[Path]:
        """The files, in the order of the tables."""
        return [self._path(name) for name in SCHEMAS if name in self._writers]

    def add(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows of a table behind those that are there."""
        columns = _columns(name)
        for row in rows:
            if name not in self._writers:
                self._begin(name)
            self._writers[name].writerow([as_csv(row[column]) for column in columns])

    def _begin(self, name: str) -> None:
        path = self._until.enter_context(whole(self._path(name)))
        file = self._until.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
        self._writers[name] = csv.writer(file)
        self._writers[name].writerow(_columns(name))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.csv"


def _columns(name: str) -> list[str]:
    names: list[str] = VERIFIED.get(name, SCHEMAS[name]).names
    return names


def as_csv(value: Any) -> Any:
    """Return a value for a CSV cell: lists as JSON, an apostrophe before text that a spreadsheet would calculate."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(FORMULA_MARKS) else value
    return _as_json(value) if isinstance(value, (list, dict)) else value
