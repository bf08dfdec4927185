"""One row a finding with all that an analyst joins by hand: force, cycle, days, themes, grade, page, decision.

The rows are the verified ones: corrected as analysts corrected them, without what they rejected. Days are dates with
their precision beside them, names are no reserved words of SQL, Python or R, and each place reads alike: Parquet, CSV,
SQLite, and DuckDB where it is installed.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.comparison.year_on_year import Tables
from extractor.decisions.apply import decided_rows, verified_gradings
from extractor.decisions.store import FORMULA_MARKS, VERDICTS
from extractor.errors import NoSuchReport
from extractor.response.last_day import possible_days
from extractor.tables import storage
from extractor.tables.read import read_rows

Row = Mapping[str, Any]
NAME = "findings_flat"
_TEXT = pa.string()
COLUMNS = pa.schema(
    [
        ("finding_id", _TEXT),
        ("report_id", _TEXT),
        ("report_kind", _TEXT),
        ("force_id", _TEXT),
        ("force_name", _TEXT),
        ("cycle", _TEXT),
        ("published", pa.date32()),  # the first day that the printed date can mean
        ("published_precision", _TEXT),  # day or month
        ("finding_kind", _TEXT),
        ("question", _TEXT),
        ("question_family", _TEXT),
        ("themes", pa.list_(_TEXT)),
        ("question_grade", _TEXT),
        ("finding_text", _TEXT),
        ("explanation", _TEXT),
        ("concern_id", _TEXT),  # a recommendation's cause of concern
        ("deadline_printed", _TEXT),
        ("deadline", pa.date32()),
        ("carried", _TEXT),  # new, carried_forward or restated
        ("page_physical", pa.int32()),
        ("page_printed", _TEXT),
        ("seen_before", pa.bool_()),  # null where the force was not compared
        ("flags", pa.list_(_TEXT)),
        ("decision", _TEXT),  # accepted, corrected or added; null where nobody has decided
        ("decided_by", _TEXT),
        ("decided_on", pa.date32()),
    ]
)


def flat(outputs: Path | str, verdicts: Path = VERDICTS, rules: Path | None = None) -> pa.Table:
    """Return the findings of all reports as one table; its columns are `COLUMNS`.

    Raises:
        NoSuchReport: there is no report.
        BadDecisions: the file of decisions cannot be read.
        DamagedStore: a table is not what was written.
    """
    reports = {row["report_id"]: row for row in read_rows("reports", outputs)}
    if not reports:
        raise NoSuchReport(f"no report in {outputs} yet; `peel extract FILE` reads one")
    findings = [row for row in decided_rows("findings", outputs, None, verdicts) if row["report_id"] in reports]
    grades, themes = (
        _grades(verified_gradings(outputs, None, verdicts)),
        dict(Tables(outputs, rules, verdicts).themes()),
    )
    seen = _seen(outputs)
    rows = []
    for row in findings:
        report, name = reports[row["report_id"]], row["finding_id"]
        rows.append(
            {
                **_report(report),
                **_finding(row),
                "question_grade": grades.get((row["report_id"], row["question"])),
                "themes": themes.get(name, ()),
                "seen_before": name in seen[report["force_id"]] if report["force_id"] in seen else None,
            }
        )
    return pa.Table.from_pylist(rows, schema=COLUMNS)


def _report(row: Row) -> dict[str, Any]:
    days = possible_days(row["published"])
    return {
        "report_id": row["report_id"],
        "report_kind": row["kind"],
        "force_id": row["force_id"],
        "force_name": row["force_name"],
        "cycle": row["cycle"],
        "published": days[0] if days else None,
        "published_precision": None if days is None else "day" if days[0] == days[1] else "month",
    }


def _finding(row: Row) -> dict[str, Any]:
    return {
        "finding_id": row["finding_id"],
        "finding_kind": row["kind"],
        "question": row["question"],
        "question_family": row["question_id"],
        "finding_text": row["text"],
        "explanation": row["detail"],
        "concern_id": row["parent_id"],
        "deadline_printed": row["deadline"],
        "deadline": _day(row["deadline_on"]),
        "carried": row["status"],
        "page_physical": row["page_first"],
        "page_printed": row["page_label"] or (str(row["page_first"]) if row["page_first"] else None),
        "flags": row["flags"] or [],
        "decision": row["decision"],
        "decided_by": row["decided_by"],
        "decided_on": _day(row["decided_on"]),
    }


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _grades(gradings: Sequence[Row]) -> dict[tuple[str, str], str | None]:
    """Return the grade of each question of each report, by the heading as printed."""
    return {(row["report_id"], row["question"]): row["grade"] for row in gradings}


def _seen(outputs: Path | str) -> dict[str, set[str]]:
    """Return, for each force that was compared, its findings that an earlier report had, but for rejected links."""
    compared = storage.names(storage.join(storage.place(outputs), "links"))
    seen: dict[str, set[str]] = {name.removesuffix(".parquet"): set() for name in compared}
    for row in read_rows("links", outputs):
        if row["verdict"] != "rejected":
            seen.setdefault(row["force_id"], set()).add(row["later_id"])
    return seen


# files ---------------------------------------------------------------------------------------------------------------


def write_flat(table: pa.Table, folder: Path) -> list[Path]:
    """Write the table as Parquet, CSV and SQLite, and for DuckDB where it is installed; return the files.

    Raises:
        OSError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parquet, text, lite, duck = (folder / f"{NAME}.{end}" for end in ("parquet", "csv", "sqlite", "duckdb"))
    pq.write_table(table, parquet)
    _write_csv(table, text)
    _write_sqlite(table, lite)
    return [parquet, text, lite, *([duck] if _write_duckdb(parquet, duck) else [])]


def _write_csv(table: pa.Table, path: Path) -> None:
    """Write a CSV that Excel, too, reads as UTF-8; what begins like a formula gets an apostrophe in front."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.column_names)
        for row in _plain(table):
            told = ["" if value is None else str(value) for value in row]
            writer.writerow([f"'{cell}" if cell.startswith(FORMULA_MARKS) else cell for cell in told])


def _write_sqlite(table: pa.Table, path: Path) -> None:
    path.unlink(missing_ok=True)
    types = ["INTEGER" if pa.types.is_integer(kind) or pa.types.is_boolean(kind) else "TEXT" for kind in COLUMNS.types]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS.names, types, strict=True))
    with closing(sqlite3.connect(path)) as store, store:
        store.execute(f"CREATE TABLE {NAME} ({columns})")
        store.executemany(f"INSERT INTO {NAME} VALUES ({', '.join('?' * len(COLUMNS))})", _plain(table))


def _plain(table: pa.Table) -> Iterator[list[Any]]:
    """Yield rows of text and numbers: lists joined by `; `, dates as YYYY-MM-DD."""
    for row in table.to_pylist():
        yield [_cell(value) for value in row.values()]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(value)
    return value.isoformat() if isinstance(value, date) else value


def _write_duckdb(parquet: Path, path: Path) -> bool:
    try:
        import duckdb
    except ModuleNotFoundError:
        return False
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as store:
        store.read_parquet(str(parquet)).create(NAME)
    return True
