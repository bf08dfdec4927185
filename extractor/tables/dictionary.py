"""The data dictionary: what every table, column and flag means; `python -m extractor.tables.dictionary` prints it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from extractor.problems import PROBLEMS
from extractor.report.flags import FLAGS
from extractor.rulebook.load import load_rules
from extractor.rulebook.profile import Profile
from extractor.tables.schemas import BOX, SCHEMAS


def data_dictionary(rules: Path | None = None) -> str:
    """Return what every table, column, flag and cycle means, as Markdown; `outputs/README.md` is this text."""
    lines = [
        "# Tables",
        "",
        "Each table is a folder with one Parquet file per report: what the program read.",
        '`extractor.load("findings")` lays over it what analysts decided (`decision`, `decided_by`, `decided_on`);',
        "so do the files that `peel export` writes.",
        "Pages are physical pages, counted from 1. Missing is null. Boxes are in points from the top left of the page.",
        "The folders `lines` and `memories` are no tables: they save reading a file again, and may be deleted.",
        "This page is made from the program's schemas (`python -m extractor.tables.dictionary`).",
    ]
    for name, schema in SCHEMAS.items():
        lines += ["", f"## {name}", "", "| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{field.name}` | {_kind(field.type)} | {field.metadata[b'about'].decode()} |" for field in schema]
    by_code = sorted(PROBLEMS, key=lambda each: each.code)
    lines += ["", "## Flags", "", "| flag | meaning |", "| --- | --- |"]
    lines += [f"| `{name}` | {flag.meaning} |" for name, flag in sorted(FLAGS.items())]
    lines += ["", "## Problems", "", "| code | severity | meaning | what to do next |", "| --- | --- | --- | --- |"]
    lines += [f"| `{each.code}` | {each.severity} | {each.meaning} | {each.next_step} |" for each in by_code]
    lines += ["", "## Cycles", "", "| cycle | inspections | grades, best first | published |"]
    lines += ["| --- | --- | --- | --- |", *(_cycle(profile) for profile in load_rules(rules).profiles)]
    return "\n".join(lines) + "\n" + Path(__file__).with_name("examples.md").read_text(encoding="utf-8")


def _cycle(profile: Profile) -> str:
    published = f"{profile.published.first} to {profile.published.last}"
    return f"| {profile.cycle} | {profile.comparable.about} | {', '.join(profile.grades)} | {published} |"


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list of {_kind(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "boxes" if kind == BOX else "records"
    return {"string": "text", "int32": "whole number", "double": "number"}.get(str(kind), str(kind))


if __name__ == "__main__":
    print(data_dictionary(), end="")
