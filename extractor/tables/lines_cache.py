"""The lines of a report as a Parquet file: cache, evidence and test fixture at once.

One row per line, with its runs; measures of pages, panels, document properties and the reader's problems are in the
file's metadata. What comes back equals what went in. A file is named by the SHA-256 of the report's bytes and says
which reader wrote it, so that rules can change without opening a PDF and old lines never shadow a better reader.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor import __version__
from extractor.models import Box, Line, Page, Panel, Printed, Problem, Run
from extractor.rulebook.folder import PAGE_PATTERNS, digest_of, rules_root
from extractor.tables import seal
from extractor.tables.write import as_file

_NUMBER, _TEXT, _WHOLE, _FLAG = pa.float64(), pa.string(), pa.int64(), pa.bool_()
_BOX = pa.struct([("page", _WHOLE), ("x0", _NUMBER), ("top", _NUMBER), ("x1", _NUMBER), ("bottom", _NUMBER)])
_KINDS = {"str": _TEXT, "float": _NUMBER, "int": _WHOLE, "bool": _FLAG, "str | None": _TEXT, "int | None": _WHOLE}
_RUN = pa.struct([(field.name, _KINDS[str(field.type)]) for field in fields(Run)])
_COLUMNS = [
    (field.name, {"box": _BOX, "runs": pa.list_(_RUN)}.get(field.name) or _KINDS[str(field.type)])
    for field in fields(Line)
]
_LIBRARIES = ("lxml", "pdfplumber", "pypdfium2")  # an upgrade of these reads anew


@cache
def reader_version(medium: str) -> str:
    """Return `digest_of_reader`, worked out once in a process."""
    return digest_of_reader(medium)


def _reader(medium: str, rules: Path | None) -> str:
    """Return the version of the reader, and of the rules by which it tells furniture of web pages."""
    words = digest_of(rules or rules_root(), PAGE_PATTERNS) if medium == "web" else ""
    return reader_version(medium) + words


def digest_of_reader(medium: str) -> str:
    """Return a short hash of all that reading a file of this medium (pdf | web) depends on."""
    digest = hashlib.sha256(f"{__version__} {medium}".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    for file in reader_files():
        digest.update(file.read_bytes().replace(b"\r\n", b"\n") if file.exists() else b"")
    return digest.hexdigest()[:12]


def reader_files() -> list[Path]:
    """Return every source file that decides what is read from a file, this one among them, in a fixed order."""
    house = Path(__file__).parents[1]
    return [*sorted((house / "reading").rglob("*.py")), house / "models.py", Path(__file__)]


def encode(printed: Printed, rules: Path | None = None) -> bytes:
    """Return the Parquet bytes of what a reader took from a file; its name is not among them."""
    columns = [_column(printed.lines, name, kind) for name, kind in _COLUMNS]
    about = {
        "reader": _reader(printed.medium, rules),
        "sha256": printed.sha256,
        "medium": printed.medium,
        "pages": [_values(page) for page in printed.pages],
        "panels": [[_values(panel.box), panel.fill, panel.border] for panel in printed.panels],
        "meta": printed.meta,
        "problems": [_unnamed(problem, _name(printed.source, printed.medium)) for problem in printed.problems],
    }
    table = pa.table(columns, schema=pa.schema(_COLUMNS))
    return as_file(table, {"peel": json.dumps(about)}, use_dictionary=["font", "tag"])


def _unnamed(problem: Problem, name: str) -> dict[str, Any]:
    """Return the values of a problem without the name of the file, with which its words may begin."""
    bare = problem.message.removeprefix(name)
    return asdict(problem) | {"source": None, "message": bare, "named": bare != problem.message}


def _problem(values: Mapping[str, Any], source: str, name: str) -> Problem:
    """Return a problem again, of a file that may have another name by now."""
    said = {key: value for key, value in values.items() if key != "named"}
    return Problem(**said | {"source": source, "message": f"{name if values['named'] else ''}{values['message']}"})


def _name(source: str, medium: str) -> str:
    """Return how a reader names a file before what it says of it."""
    return f"{Path(source).name if medium == 'pdf' else source}: "


def _values(thing: Box | Page) -> list[Any]:
    return [getattr(thing, field.name) for field in fields(thing)]


def _column(lines: tuple[Line, ...], name: str, kind: pa.DataType) -> pa.Array:
    if name == "box":
        return _structs([line.box for line in lines], Box, kind)
    if name == "runs":
        runs = [run for line in lines for run in line.runs]
        offsets = [0]
        for line in lines:
            offsets.append(offsets[-1] + len(line.runs))
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), _structs(runs, Run, kind.value_type))
    return pa.array(list(map(attrgetter(name), lines)), kind)


def _structs(things: list[Any], model: type, kind: pa.DataType) -> pa.Array:
    """Build a struct array column by column, several times faster than from mappings."""
    absent = [thing is None for thing in things]
    mask = pa.array(absent, pa.bool_()) if any(absent) else None  # with one, pyarrow imports all its functions
    names = [field.name for field in fields(model)]
    columns = [pa.array([getattr(thing, name, None) for thing in things], kind.field(name).type) for name in names]
    return pa.StructArray.from_arrays(columns, fields=[kind.field(name) for name in names], mask=mask)


def decode(data: bytes, source: str, sha256: str | None = None, rules: Path | None = None) -> Printed | None:
    """Return the lines again under the name `source`.

    None when another reader wrote them, the file is damaged, or they are those of other bytes than `sha256`.
    """
    if not seal.is_whole(data):
        return None
    try:
        table = pq.ParquetFile(pa.BufferReader(data)).read(use_threads=False)  # a thread would not survive a fork
        about = json.loads(table.schema.metadata[b"peel"])
        current = about["reader"] == _reader(about["medium"], rules) and sha256 in (None, about["sha256"])
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
        return None
    if not current:
        return None
    return Printed(
        source=source,
        sha256=about["sha256"],
        medium=about["medium"],
        lines=_lines(table),
        pages=tuple(Page(*values) for values in about["pages"]),
        panels=tuple(Panel(Box(*box), fill, border) for box, fill, border in about["panels"]),
        meta=about["meta"],
        problems=tuple(_problem(values, source, _name(source, about["medium"])) for values in about["problems"]),
    )


def sha256_of(data: bytes) -> str | None:
    """Return the SHA-256 of the file whose lines these are; None where it cannot be read."""
    try:
        return str(json.loads(pq.read_metadata(pa.BufferReader(data)).metadata[b"peel"])["sha256"])
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
        return None


def _lines(table: pa.Table) -> tuple[Line, ...]:
    columns = {name: table.column(name).combine_chunks() for name, _ in _COLUMNS}
    runs = _rebuilt(columns["runs"].values, Run)
    offsets = _listed(columns["runs"].offsets)
    values = {name: _listed(column) for name, column in columns.items() if name not in ("box", "runs")}
    values |= {"box": _rebuilt(columns["box"], Box), "runs": [tuple(runs[a:b]) for a, b in pairwise(offsets)]}
    return tuple(map(Line, *(values[name] for name, _ in _COLUMNS)))


def _rebuilt(structs: pa.StructArray, model: type) -> list[Any]:
    columns = [_listed(structs.field(field.name)) for field in fields(model)]
    if not structs.null_count:
        return list(map(model, *columns))
    present = structs.is_valid().to_pylist()
    return [model(*row) if here else None for here, row in zip(present, zip(*columns, strict=True), strict=True)]


def _listed(column: pa.Array) -> list[Any]:
    """Return a column as Python values; numbers by way of numpy, which is several times faster."""
    if not (column.null_count or pa.types.is_string(column.type)):
        with suppress(ImportError):  # pyarrow does without numpy where it was left out
            return list(column.to_numpy(zero_copy_only=False).tolist())
    return list(column.to_pylist())
