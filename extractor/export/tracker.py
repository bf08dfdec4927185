"""Write the tables for people: an Excel tracker, CSV copies and the grades as web pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import xlsxwriter

from extractor.decisions.apply import decided_rows
from extractor.decisions.register import REGISTER, Merged, State, register
from extractor.decisions.store import VERDICTS
from extractor.errors import NoSuchReport
from extractor.export.csv_copies import csv_copy
from extractor.export.frames import VERIFIED, parquet_copy
from extractor.export.grade_matrix import matrix_files
from extractor.export.tracker_back import take_back
from extractor.export.tracker_columns import ANSWERS, GRADINGS, ID, PRINTED
from extractor.export.tracker_items import tracker_gradings, tracker_items
from extractor.export.tracker_sheets import Sheets
from extractor.export.tracker_summary import KIND_SHEETS, summary_sheet
from extractor.rulebook.folder import rules_root
from extractor.tables.read import read_rows
from extractor.tables.schemas import SCHEMAS
from extractor.tables.sources import root_of
from extractor.vocabulary import ASKING_KINDS

Row = Mapping[str, Any]

FOLDER = "export"


def export(
    outputs: Path | str,
    to: Path | str | None = None,
    reports: Sequence[str] = (),
    rules: Path | None = None,
    verdicts: Path = VERDICTS,
    answers: Path = REGISTER,
    on_merged: Callable[[Merged], None] = lambda _merged: None,
    *,
    maps: bool = False,
) -> list[Path]:
    """Write tracker, CSV copies and grade pages of the reports in the tables; return the paths written.

    Args:
        outputs: folder of the tables.
        to: folder to write into; by default `<outputs>/export`.
        reports: report_ids; by default all.
        rules: folder of rules, by default those built in.
        verdicts: analysts' decisions, applied to what is exported.
        answers: the register; what people wrote in the tracker that is there goes into it first.
        on_merged: is told what was taken over from that tracker, and what others had answered otherwise.
        maps: with a map of the forces for each question of a cycle.

    Raises:
        LookupError: the tables hold none of the reports asked for.
        OSError: a file cannot be written.
    """
    folder, target = rules or rules_root(), Path(to) if to else Path(outputs) / FOLDER
    tables = _tables(outputs, set(reports), verdicts)
    target.mkdir(parents=True, exist_ok=True)
    tracker = target / "tracker.xlsx"
    on_merged(take_back(tracker, answers))
    write = partial(_workbook, tables=tables, rules=folder, state=register(answers), root=root_of(outputs))
    return [
        _whole(tracker, write, keep=True),
        *_csv_copies(target, tables),
        *_parquet_copies(target, tables),
        *_grade_pages(target, tables, folder, maps=maps),
    ]


def _tables(outputs: Path | str, reports: set[str], verdicts: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that are exported, by table, with analysts' decisions applied."""
    rows = {name: read_rows(name, outputs) for name in SCHEMAS if name not in ("findings", "gradings")}
    rows |= {
        "gradings": decided_rows("gradings", outputs, None, verdicts),
        "findings": decided_rows("findings", outputs, None, verdicts),
    }
    failed = {row["report_id"] for row in rows["reports"] if row["status"] == "failed"}
    tables = {name: _chosen(_without(rows[name], failed), reports) for name in SCHEMAS}
    lost = reports - {row["report_id"] for row in tables["reports"]}
    if lost or not tables["reports"]:
        raise NoSuchReport(f"no report {', '.join(sorted(lost)) or 'at all'} in {outputs}; `peel extract` first")
    return tables


def _chosen(rows: list[dict[str, Any]], reports: set[str]) -> list[dict[str, Any]]:
    if not reports:
        return rows
    return [row for row in rows if _report_of(row) in reports]


def _without(rows: list[dict[str, Any]], failed: set[str]) -> list[dict[str, Any]]:
    """Return the rows without those of reports that could not be read: they take part in nothing."""
    return [row for row in rows if _report_of(row) not in failed] if failed else rows


def _report_of(row: Row) -> str:
    """Return the report a row of any table belongs to."""
    known = row.get("report_id") or row.get("later_id") or row.get("finding_id") or ""
    return str(known).split("/", 1)[0]


def _whole(final: Path, write: Callable[[Path], None], keep: bool = False) -> Path:
    """Write a file under another name and move it into place.

    With `keep`, a file already there that differs is not lost: people fill in the tracker, so theirs becomes
    `tracker-old-1.xlsx`, and so on.
    """
    unfinished = final.with_name(f".{final.stem}.{os.getpid()}{final.suffix}")
    try:
        write(unfinished)
        if keep and final.exists() and final.read_bytes() != unfinished.read_bytes():
            old = (final.with_name(f"{final.stem}-old-{n}{final.suffix}") for n in count(1))
            final.rename(next(path for path in old if not path.exists()))
        unfinished.replace(final)
    finally:
        unfinished.unlink(missing_ok=True)
    return final


# CSV and web ---------------------------------------------------------------------------------------------------------


def _csv_copies(target: Path, tables: Mapping[str, list[dict[str, Any]]]) -> list[Path]:
    """Write a copy of each table that holds anything, and of the three that people look for."""
    shown = {name: own for name, own in tables.items() if own or name in ("reports", "gradings", "findings")}
    return [_whole(target / f"{name}.csv", partial(csv_copy, name=name, rows=own)) for name, own in shown.items()]


def _parquet_copies(target: Path, tables: Mapping[str, list[dict[str, Any]]]) -> list[Path]:
    """Write the verified findings and gradings for those who work with frames."""
    return [
        _whole(target / f"{name}.parquet", partial(parquet_copy, name=name, rows=tables[name])) for name in VERIFIED
    ]


def _grade_pages(target: Path, tables: Mapping[str, Sequence[Row]], folder: Path, *, maps: bool) -> list[Path]:
    (target / "grades").mkdir(exist_ok=True)
    files = matrix_files(tables["reports"], tables["gradings"], folder, maps=maps)
    return [_whole(target / "grades" / name, partial(_write_text, text=text)) for name, text in files.items()]


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


# the workbook --------------------------------------------------------------------------------------------------------


def _workbook(path: Path, tables: Mapping[str, Sequence[Row]], rules: Path, state: State, root: Path) -> None:
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1)})  # no clock: same tables, same bytes
    sheets = Sheets(book, rules, root, path.parent.absolute())
    items = tracker_items(tables, rules, state)
    summary_sheet(sheets, tables, items)
    answered = [row for row in items if row["kind"] in ASKING_KINDS]
    sheets.items("Tracker", answered, [*PRINTED, *ANSWERS, ID])
    for name, kinds in KIND_SHEETS.items():
        sheets.items(name, [row for row in items if row["kind"] in kinds], [*PRINTED, ID])
    sheets.items("Gradings", tracker_gradings(tables), GRADINGS)
    sheets.lists()
    sheets.held(answered)
    book.close()
