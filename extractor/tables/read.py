"""Parquet files back into rows, records and frames, from a folder or an object store alike.

Columns that an older file lacks are read as null. A file that is not what was written is never read in silence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.errors import DamagedStore
from extractor.tables import seal, storage
from extractor.tables.rows import (
    ActionRow,
    CandidateRow,
    FateRow,
    FindingRow,
    GradingRow,
    LinkRow,
    MentionRow,
    ProblemRow,
    ReportRow,
    SectionRow,
)
from extractor.tables.schemas import PER_REPORT, SCHEMAS

if TYPE_CHECKING:
    import pandas

    from extractor.models import Extraction


@overload
def read_rows(
    name: Literal["reports"], outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[ReportRow]: ...
@overload
def read_rows(
    name: Literal["sections"], outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[SectionRow]: ...
@overload
def read_rows(
    name: Literal["gradings"], outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[GradingRow]: ...
@overload
def read_rows(
    name: Literal["findings"], outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[FindingRow]: ...
@overload
def read_rows(
    name: Literal["problems"], outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[ProblemRow]: ...
@overload
def read_rows(
    name: Literal["mentions"], outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[MentionRow]: ...
@overload
def read_rows(
    name: Literal["actions"], outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[ActionRow]: ...
@overload
def read_rows(
    name: Literal["links"], outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[LinkRow]: ...
@overload
def read_rows(
    name: Literal["candidates"], outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[CandidateRow]: ...
@overload
def read_rows(
    name: Literal["fates"], outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[FateRow]: ...
@overload
def read_rows(
    name: str, outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[Any]: ...
def read_rows(
    name: str, outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> Any:
    """Return the rows of table `name` in order of file name, all of them or one report's; [] where there are none.

    With `columns`, only these are read.

    Raises:
        DamagedStore: a file is not what was written.
    """
    return [row for table in _tables(name, outputs, report_id, columns) for row in table.to_pylist()]


def read_file(name: str, data: bytes, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Return the rows in the bytes of one file of table `name`.

    Raises:
        DamagedStore: the bytes are not what was written.
    """
    rows: list[dict[str, Any]] = _table(name, data, columns).to_pylist()
    return rows


def read_facts(name: str, outputs: Path | str, stem: str) -> dict[str, Any]:
    """Return the facts that a file of table `name` was written with (`write.encode`); none where there is no file.

    Raises:
        DamagedStore: the file is not what was written.
    """
    where = _place(name, outputs, f"{stem}.parquet")
    try:
        data = storage.read_bytes(where)
        about = pq.read_metadata(pa.BufferReader(data)).metadata or {}
        facts: dict[str, Any] = json.loads(about.get(b"peel", b"{}"))
    except FileNotFoundError:
        return {}
    except (pa.ArrowException, ValueError) as error:
        raise damaged(where) from error
    if not seal.is_whole(data):
        raise damaged(where)
    return facts


def read_extraction(outputs: Path | str, report_id: str) -> Extraction | None:
    """Return what the tables hold of one report, without its lines; None where there is nothing.

    Raises:
        DamagedStore: a file is not what was written.
        OSError: the outputs folder cannot be read.
    """
    try:
        rows = {
            name: _table(name, storage.read_bytes(place), None, place).to_pylist()
            for name in PER_REPORT
            for place in [_place(name, outputs, f"{report_id}.parquet")]
        }
    except FileNotFoundError:
        return None
    from extractor import models  # rows do without

    kinds = {"sections": models.Section, "gradings": models.Grading, "findings": models.Finding}
    kinds |= {"problems": models.Problem, "mentions": models.Mention}
    lists = {name: tuple(_record(kind, row) for row in rows[name]) for name, kind in kinds.items()}
    return models.Extraction(_record(models.Report, rows["reports"][0]), **lists)


def read_table(name: str, outputs: Path | str) -> pandas.DataFrame:
    """Return table `name` as a pandas frame with nullable types: text, whole numbers, numbers and lists.

    Raises:
        DamagedStore: a file is not what was written.
    """
    empty = SCHEMAS[name].empty_table()
    return as_frame(pa.concat_tables([empty, *_tables(name, outputs)]))


def as_frame(table: pa.Table) -> pandas.DataFrame:
    """Return a table as a pandas frame with nullable types; days are dates of pandas."""
    import pandas

    kinds = {
        pa.string(): pandas.StringDtype(),
        pa.int32(): pandas.Int32Dtype(),
        pa.float64(): pandas.Float64Dtype(),
        pa.bool_(): pandas.BooleanDtype(),
    }
    return table.to_pandas(types_mapper=kinds.get, date_as_object=False)


def _tables(
    name: str, outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> Iterator[pa.Table]:
    folder = _place(name, outputs)
    if report_id:
        wanted = [f"{report_id}.parquet"] if storage.exists(_place(name, outputs, f"{report_id}.parquet")) else []
    else:
        wanted = sorted(file for file in storage.names(folder) if file.endswith(".parquet"))
    for file, data in zip(wanted, storage.read_many(folder, wanted), strict=True):
        yield _table(name, data, columns, storage.join(folder, file))
    if name in PER_REPORT[1:]:
        _none_lost(name, outputs, {f"{report_id}.parquet"} if report_id else None, set(wanted))


def _none_lost(name: str, outputs: Path | str, asked: set[str] | None, found: set[str]) -> None:
    """Raise where a report's receipt is there and its file of this table is not."""
    if asked == found:
        return
    receipts = storage.names(_place("reports", outputs))
    for file in sorted((receipts & asked if asked else receipts) - found):
        place = _place(name, outputs, file)  # looked for once more: a run may have written it meanwhile
        if read_facts("reports", outputs, file.removesuffix(".parquet")) and not storage.exists(place):
            raise damaged(place, "is missing;")


def _table(name: str, data: bytes, columns: Sequence[str] | None, where: str = "") -> pa.Table:
    """Return the table in a file's bytes with the columns asked for, in the order and types of the schema."""
    schema = SCHEMAS[name]
    if columns:
        schema = pa.schema([schema.field(column) for column in columns])
    if not seal.is_whole(data):
        raise damaged(where)
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        meant = (file.metadata.metadata or {}).get(seal.OWN_NAME.encode(), b"").decode()
        if where and not where.replace("\\", "/").endswith(meant):
            raise damaged(where, f"is the file {meant}, put under another name;")
        there = set(file.schema_arrow.names)
        table = file.read([column for column in schema.names if column in there], use_threads=False)
        if table.schema.equals(schema):
            return table
        arrays = [_column(table, field) for field in schema]
        return pa.table(arrays, schema=schema)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise damaged(where) from error


def own_name(data: bytes) -> str:
    """Return what a file of a table is called by itself, `<table>/<stem>.parquet`; "" where it does not say."""
    try:
        told = pq.read_metadata(pa.BufferReader(data)).metadata or {}
    except (pa.ArrowException, OSError, ValueError):
        return ""
    return str(told.get(seal.OWN_NAME.encode(), b"").decode())


def _column(table: pa.Table, field: pa.Field) -> Any:
    if field.name not in table.column_names:
        return pa.nulls(table.num_rows, field.type)
    return table.column(field.name).cast(field.type)


def damaged(where: str, how: str = "is damaged: it is not what was written;") -> DamagedStore:
    """Return the error that tells that a file is not what was written."""
    return DamagedStore(f"{where or 'a file'} {how} `peel extract` its report again to mend it")


def _place(name: str, outputs: Path | str, *file: str) -> str:
    return storage.join(storage.place(outputs), name, *file)


def _record(kind: type[Any], row: dict[str, Any]) -> Any:
    from extractor.models import Box

    values = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    if "boxes" in values:
        values["boxes"] = tuple(Box(**box) for box in values["boxes"] or ())
    return kind(**values)
