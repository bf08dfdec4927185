"""CSV copies of the tables, in which nothing that comes from a report is ever a formula."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extractor.decisions.store import FORMULA_MARKS
from extractor.export.frames import VERIFIED
from extractor.tables.schemas import SCHEMAS


def csv_copy(path: Path, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the rows of one table as CSV, which Excel opens with its accents; verified rows with who decided.

    Raises:
        OSError: it cannot be written.
    """
    columns = VERIFIED.get(name, SCHEMAS[name]).names
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([as_csv(row[column]) for column in columns] for row in rows)


def as_csv(value: Any) -> Any:
    """Return a value for a CSV cell: lists as JSON, an apostrophe before text that a spreadsheet would calculate."""
    if value is None:
        return ""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_MARKS):
        return f"'{value}"
    return value
