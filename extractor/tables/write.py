"""Records into Parquet files, one per report and table.

A table is a folder with one file per report, `<outputs>/<table>/<report_id>.parquet`; a file is written under another
name and moved into place, so a reader never meets half of one, and it is sealed, so damage is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.tables import seal, storage
from extractor.tables.no_pandas import leave_pandas_out
from extractor.tables.schemas import PER_REPORT, SCHEMAS

if TYPE_CHECKING:
    from extractor.models import Extraction

_SIDES = ("page", "x0", "top", "x1", "bottom")

leave_pandas_out()


def rows_to_table(name: str, rows: Iterable[Any]) -> pa.Table:
    """Return the rows (dataclasses or mappings) as an Arrow table with the columns of table `name`."""
    schema = SCHEMAS[name]
    plain = [as_row(row) for row in rows]
    return pa.table([pa.array([row.get(field.name) for row in plain], field.type) for field in schema], schema=schema)


def as_row(row: Any) -> Mapping[str, Any]:
    """Return a record as a mapping of column to value."""
    if isinstance(row, Mapping):
        return row
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    if "boxes" in values:
        values["boxes"] = [{name: getattr(box, name) for name in _SIDES} for box in values["boxes"]] or None
    return values


def encode(name: str, rows: Iterable[Any], facts: Mapping[str, Any] | None = None, stem: str = "") -> bytes:
    """Return the rows as the bytes of one Parquet file of table `name`.

    Its metadata hold `facts` under `peel`, and the file's own name, so that no file is read in place of another.
    """
    about = {"peel": json.dumps(facts, sort_keys=True)} if facts is not None else {}
    about |= {seal.OWN_NAME: f"{name}/{stem}.parquet"} if stem else {}
    return as_file(rows_to_table(name, rows), about)


def as_file(table: pa.Table, about: Mapping[str, str], **options: Any) -> bytes:
    """Return the bytes of a sealed Parquet file; `about` is its metadata."""
    sink = pa.BufferOutputStream()
    marked = table.replace_schema_metadata({**about, seal.KEY: seal.BLANK})
    pq.write_table(marked, sink, compression="zstd", **options)
    return seal.sealed(bytes(sink.getvalue()))


def write_rows(
    name: str, rows: Iterable[Any], outputs: Path | str, stem: str, facts: Mapping[str, Any] | None = None
) -> Path:
    """Write one file of table `name`, whole or not at all, and return its path; `facts` go into it (`read_facts`).

    Raises:
        OSError: the folder cannot be written.
    """
    final = storage.join(storage.place(outputs), name, f"{stem}.parquet")
    storage.write_bytes(final, encode(name, rows, facts, stem))
    return Path(final)


def write_tables(extraction: Extraction, outputs: Path | str) -> None:
    """Write one report's file in each table, replacing that report's files and no others."""
    for name in (*PER_REPORT[1:], "reports"):  # the reports row comes last: it says that the others are complete
        rows = [extraction.report] if name == "reports" else getattr(extraction, name)
        write_rows(name, rows, outputs, extraction.report.report_id)
