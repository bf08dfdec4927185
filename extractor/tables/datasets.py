"""The Parquet tables: their columns (the data dictionary), writing and reading.

A table is a folder with one file per report, `<outputs>/<table>/<report_id>.parquet`; a file is written under another
name and moved into place, so a reader never meets half of one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.models import Box, Extraction, Finding, Grading, Mention, Problem, Report, Section
from extractor.report.flags import FLAGS
from extractor.tables import storage

if TYPE_CHECKING:
    import pandas

_BOX = pa.struct([("page", pa.int32()), *((side, pa.float32()) for side in ("x0", "top", "x1", "bottom"))])
_TEXT, _WHOLE = pa.string(), pa.int32()


def _table(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, metadata={"about": about}) for name, kind, about in columns])


_REPORT_ID = (
    "report_id",
    _TEXT,
    "`<cycle>-<pillar>-<force_id>`, or `unknown-<hash>` where the front matter does not settle it",
)
_BOXES = (
    "boxes",
    pa.list_(_BOX),
    "where it stands: one box per printed line, points from the top left; null on web pages",
)
_RULE = ("rule_id", _TEXT, "the rule that found it")
_LABEL = ("page_label", _TEXT, "the number printed on that page, where it is another")
_FLAGS = ("flags", pa.list_(_TEXT), "plain words of caution, listed below")

SCHEMAS: dict[str, pa.Schema] = {
    "reports": _table(
        _REPORT_ID,
        ("title", _TEXT, "the printed title lines, joined by ` – `"),
        ("force_id", _TEXT, "slug of the force"),
        ("force_name", _TEXT, "the force's name as listed in the rules"),
        ("publisher", _TEXT, "HMIC or HMICFRS"),
        ("cycle", _TEXT, "2014, 2015, 2016, 2017, 2018/19, 2021/22, 2023-25 or 2025-27"),
        ("pillar", _TEXT, "effectiveness, efficiency, legitimacy, leadership, or integrated for all in one report"),
        ("published", _TEXT, "YYYY-MM-DD or YYYY-MM, only as far as printed"),
        ("pages", _WHOLE, "physical pages; null for a web page"),
        ("source", _TEXT, "the file as it was given"),
        ("sha256", _TEXT, "of the file's bytes"),
        ("profile", _TEXT, "the rule pack that read it"),
        ("rules_version", _TEXT, "short hash of the rules used"),
        ("extractor_version", _TEXT, "version of this program"),
        ("status", _TEXT, "ok, partial (there are doubts) or failed (nothing could be relied on)"),
        ("kind", _TEXT, "force, national, joint, joint_area, letter, specialist or fire"),
        ("publishers", pa.list_(_TEXT), "every inspectorate named as author, as printed"),
        ("area", _TEXT, "joint area inspections: the local area as printed"),
        ("service", _TEXT, "fire: slug of the service"),
        ("sent", _TEXT, "letters: the day of the letter, YYYY-MM-DD or YYYY-MM"),
        ("letter_type", _TEXT, "letters: what the letter does, e.g. cause_of_concern_revisit"),
        ("replies_to", _TEXT, "letters: report_id of the report whose items it judges"),
    ),
    "sections": _table(
        ("section_id", _TEXT, "`<report_id>/s<order>`"),
        _REPORT_ID,
        ("parent_id", _TEXT, "the section it belongs to"),
        ("order", _WHOLE, "place in the report, from 0"),
        ("level", _WHOLE, "1 for a chapter, 2 and more below it, 0 for what stands before the first heading"),
        ("title", _TEXT, "the heading as printed"),
        ("kind", _TEXT, "cover, contents, body, question, annex or definitions"),
        ("question_id", _TEXT, "the question family across years, where known"),
        ("page_first", _WHOLE, "page of the heading"),
        ("page_last", _WHOLE, "page of the last line"),
        ("text", _TEXT, "everything printed below the heading and before the next one"),
        _LABEL,
    ),
    "gradings": _table(
        ("grading_id", _TEXT, "`<report_id>/grade/<hash of level and question>`"),
        _REPORT_ID,
        ("level", _TEXT, "pillar, question or overall"),
        ("question", _TEXT, "the heading as printed"),
        ("question_id", _TEXT, "the question family across years; null when it is new"),
        ("grade", _TEXT, "outstanding, good, adequate, requires improvement, inadequate; null when not graded"),
        ("basis", _TEXT, "inspected, carried_over or not_graded"),
        ("origin_cycle", _TEXT, "for a carried-over grade: where it comes from, when printed"),
        ("wording", _TEXT, "the words that say so, as printed"),
        ("page", _WHOLE, "the first page it is printed on"),
        _BOXES,
        _RULE,
        _FLAGS,
        _LABEL,
    ),
    "findings": _table(
        ("finding_id", _TEXT, "`<report_id>/<afi|coc|rec|inn|pro>/<hash of the text>`; the same in every run"),
        _REPORT_ID,
        (
            "kind",
            _TEXT,
            "area_for_improvement, cause_of_concern, recommendation, innovative_practice or promising_practice",
        ),
        ("question", _TEXT, "the heading it stands under, as printed"),
        ("question_id", _TEXT, "the question family across years; null when it is new"),
        ("order", _WHOLE, "place in the report, from 0"),
        ("text", _TEXT, "the item exactly as printed; from 2021 on its lead sentence"),
        ("detail", _TEXT, "from 2021 on: the explanatory paragraphs, joined by one blank"),
        ("parent_id", _TEXT, "a recommendation's cause of concern"),
        ("stem", _TEXT, "the umbrella a recommendation's bullet stands under"),
        ("limbs", pa.list_(_TEXT), "nested bullets; their words are in `text` too"),
        ("deadline", _TEXT, "as printed"),
        ("deadline_on", _TEXT, "YYYY-MM-DD, where it can be worked out"),
        ("addressee", _TEXT, "whom the item speaks to, as printed"),
        ("status", _TEXT, "new, carried_forward (an old item printed again as still open) or restated"),
        ("origin_cycle", _TEXT, "the cycle a carried-forward or restated item comes from"),
        ("page_first", _WHOLE, "page of its first line"),
        ("page_last", _WHOLE, "page of its last line"),
        _BOXES,
        _RULE,
        _FLAGS,
        _LABEL,
        ("number", _TEXT, "as printed; null where none is printed"),
        (
            "addressees",
            pa.list_(_TEXT),
            "who should act: chief_constables, a force_id, home_office, college_of_policing, npcc, cps, pcc, "
            "`other:<as printed>`",
        ),
        ("condition", _TEXT, "the words of “forces that …”, where only some forces are meant"),
        ("also_on", pa.list_(_WHOLE), "further pages on which it is printed"),
        ("outcome", _TEXT, "closed or open, where a sentence of a letter says so"),
        ("outcome_sentence", _TEXT, "that sentence, as printed"),
    ),
    "problems": _table(
        _REPORT_ID,
        ("source", _TEXT, "the file as it was given"),
        ("stage", _TEXT, "where it was met: read, recognise, text, gradings, findings, checks, write or fetch"),
        ("code", _TEXT, "permanent name of this kind of problem"),
        (
            "severity",
            _TEXT,
            "error (a row is missing or wrong), doubt (look at this row) or note (not shown by default)",
        ),
        ("page", _WHOLE, "page, where one can be named"),
        ("message", _TEXT, "what is wrong and what to do next"),
        _LABEL,
    ),
    "mentions": _table(
        _REPORT_ID,
        ("force_id", _TEXT, "slug of the force that is named"),
        ("page", _WHOLE, "page it begins on"),
        ("place", _TEXT, "text, box, list or table"),
        ("list", _TEXT, "visited (a list of forces visited) or other; null in running text"),
        ("sentence", _TEXT, "the sentence, list entry or row, as printed"),
        _BOXES,
        _LABEL,
    ),
    "actions": _table(
        ("finding_id", _TEXT, "the item it was drafted from"),
        _REPORT_ID,
        ("order", _WHOLE, "place in the report's list of actions, from 0: severity first"),
        ("text", _TEXT, "a draft in the imperative, made of the item's own words"),
        ("dropped", pa.list_(_TEXT), "the item's words that no draft of it carries, as printed"),
        ("rule_ids", pa.list_(_TEXT), "the rules that made it; those that begin with R14 ask for a second look"),
    ),
    "links": _table(
        ("earlier_id", _TEXT, "finding_id of the earlier item"),
        ("later_id", _TEXT, "finding_id of the later item"),
        ("force_id", _TEXT, "slug of the force"),
        ("relation", _TEXT, "same, reworded, widened, narrowed, split, merged, escalated, eased or recurred"),
        ("score", pa.float32(), "likeness of the two texts, 0 to 100"),
        ("runner_up", pa.float32(), "score of the next best candidate; null when there was none"),
        ("evidence", _TEXT, "what speaks for the link"),
        ("verdict", _TEXT, "an analyst's word on it: confirmed, rejected or another relation"),
    ),
    "fates": _table(
        ("finding_id", _TEXT, "the earlier finding"),
        ("next_report_id", _TEXT, "the force's next report on its question"),
        ("fate", _TEXT, "repeated, reworded, escalated, eased, not_seen_again or not_inspected"),
        ("link", _TEXT, "finding_id of the later item"),
        ("evidence", _TEXT, "what speaks for it"),
    ),
}

OF_THE_TEXT = ("sections", "gradings", "findings", "mentions")
PER_REPORT = ("reports", *OF_THE_TEXT, "problems")


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
        values["boxes"] = [asdict(box) for box in values["boxes"]] or None
    return values


def encode(name: str, rows: Iterable[Any], facts: Mapping[str, Any] | None = None) -> bytes:
    """Return the rows as the bytes of one Parquet file of table `name`; `facts` go into its metadata under `peel`."""
    table = rows_to_table(name, rows)
    if facts is not None:
        table = table.replace_schema_metadata({"peel": json.dumps(facts, sort_keys=True)})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def write_rows(name: str, rows: Iterable[Any], outputs: Path | str, stem: str) -> Path:
    """Write one file of table `name`, whole or not at all, and return its path.

    Raises:
        OSError: the folder cannot be written.
    """
    final = Path(outputs) / name / f"{stem}.parquet"
    storage.write_bytes(str(final), encode(name, rows))
    return final


def write_tables(extraction: Extraction, outputs: Path | str) -> None:
    """Write one report's file in each table, replacing that report's files and no others."""
    for name in (*PER_REPORT[1:], "reports"):  # the reports row comes last: it says that the others are complete
        rows = [extraction.report] if name == "reports" else getattr(extraction, name)
        write_rows(name, rows, outputs, extraction.report.report_id)


def read_rows(
    name: str, outputs: Path | str, report_id: str | None = None, columns: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """Return the rows of table `name` in order of file name, all of them or one report's; [] where there are none.

    With `columns`, only these are read.
    """
    folder = Path(outputs) / name
    files = [folder / f"{report_id}.parquet"] if report_id else sorted(folder.glob("*.parquet"))
    rows: list[dict[str, Any]] = []
    for file in files:
        if file.exists():
            rows += pq.read_table(file, schema=SCHEMAS[name], columns=list(columns) if columns else None).to_pylist()
    return rows


def read_file(name: str, data: bytes) -> list[dict[str, Any]]:
    """Return the rows in the bytes of one file of table `name`."""
    table = pq.ParquetFile(pa.BufferReader(data)).read(SCHEMAS[name].names, use_threads=False)  # imports no pandas
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def read_extraction(outputs: Path | str, report_id: str) -> Extraction | None:
    """Return what the tables hold of one report, without its lines; None where there is nothing.

    Raises:
        OSError: the outputs folder cannot be read.
    """
    try:
        rows = {
            name: read_file(
                name, storage.read_bytes(storage.join(storage.place(outputs), name, f"{report_id}.parquet"))
            )
            for name in PER_REPORT
        }
    except FileNotFoundError:
        return None
    models = {"sections": Section, "gradings": Grading, "findings": Finding, "problems": Problem, "mentions": Mention}
    lists = {name: tuple(_record(model, row) for row in rows[name]) for name, model in models.items()}
    return Extraction(_record(Report, rows["reports"][0]), **lists)


def _record(model: type[Any], row: dict[str, Any]) -> Any:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    if "boxes" in values:
        values["boxes"] = tuple(Box(**box) for box in values["boxes"] or ())
    return model(**values)


def read_table(name: str, outputs: Path | str) -> pandas.DataFrame:
    """Return table `name` as a pandas frame."""
    return pa.Table.from_pylist(read_rows(name, outputs), schema=SCHEMAS[name]).to_pandas()


def data_dictionary() -> str:
    """Return what every table, column and flag means, as Markdown; `outputs/README.md` is this text."""
    lines = [
        "# Tables",
        "",
        'Each table is a folder with one Parquet file per report; `pandas.read_parquet("outputs/findings")` reads all.',
        "Pages are physical pages, counted from 1. Missing is null. Boxes are in points from the top left of the page.",
        "This page is made from the program's schemas (`python -m extractor.tables.datasets`).",
    ]
    for name, schema in SCHEMAS.items():
        lines += ["", f"## {name}", "", "| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{field.name}` | {_kind(field.type)} | {field.metadata[b'about'].decode()} |" for field in schema]
    lines += ["", "## Flags", "", "| flag | meaning |", "| --- | --- |"]
    lines += [f"| `{name}` | {flag.meaning} |" for name, flag in sorted(FLAGS.items())]
    return "\n".join(lines) + "\n"


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list of {_kind(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "boxes" if kind == _BOX else "records"
    return {"string": "text", "int32": "whole number", "float": "number"}.get(str(kind), str(kind))


if __name__ == "__main__":
    print(data_dictionary(), end="")
