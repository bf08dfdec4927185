"""`peel export`: the Excel tracker, CSV copies and the grade matrix."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.common import (
    INCOMPLETE,
    OK,
    USAGE,
    add_outputs,
    add_register,
    add_rules,
    file_there,
    give,
    give_json,
    say,
)
from extractor.phrasing import count

if TYPE_CHECKING:
    from extractor.decisions.register import Merged

NAME = "export"
ABOUT = "write the Excel tracker, CSV copies and the grade matrix"
EXAMPLES = (
    "",
    "--map",
    "--flat",
    "--read theirs.xlsx --by 'A. Clerk'",
    "norfolk 2023 --to for-norfolk",
)

_TOLD = ("tracker.xlsx", "findings.csv", "index.html")  # those of many that people open


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("reports", nargs="*", metavar="REPORT", help="reports in the tables (default: all)")
    parser.add_argument("--to", type=Path, metavar="DIR", help="folder to write into (default: export in the outputs)")
    parser.add_argument(
        "--read",
        type=file_there,
        metavar="FILE.xlsx",
        help="take the answers of a filled-in tracker into the register first; the one in the folder is always read",
    )
    parser.add_argument("--by", default="", metavar="NAME", help="with --read: who answers")
    add_register(parser)
    parser.add_argument(
        "--map", action="store_true", help="with a map of the 43 forces for each question above the grade matrix"
    )
    parser.add_argument(
        "--flat",
        action="store_true",
        help="write one row a finding instead, with force, dates, themes and grade: Parquet, CSV, SQLite, DuckDB",
    )
    add_rules(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Export and print where the files are."""
    if args.read and not args.by.strip():
        say("peel export: --read needs --by 'NAME': the register says who answered")
        return USAGE
    if args.read and args.flat:
        say("peel export: --read goes with the tracker, which --flat does not write")
        return USAGE
    return _export_flat(args) if args.flat else _export(args)


def _export_flat(args: argparse.Namespace) -> int:
    from extractor.export.flat import flat, write_flat

    table = flat(args.outputs, args.verdicts, args.rules)
    written = [str(path) for path in write_flat(table, args.to or args.outputs / "export")]
    give_json(written) if args.json else give("\n".join(written))
    told = f"{count(table.num_rows, 'finding')}, one a row"
    say(f'{told}; next, in Python: pandas.read_parquet("{written[0]}")', quiet=args.quiet)
    return OK


def _export(args: argparse.Namespace) -> int:
    from extractor.export.tracker import FOLDER, export
    from extractor.export.tracker_back import take_back
    from extractor.tables.lookup import reports_named

    reports = reports_named(args.reports, args.outputs) if args.reports else []
    theirs = take_back(args.read, args.register, by=args.by.strip(), rules=args.rules) if args.read else None
    ours: list[Merged] = []
    folder = args.to or Path(args.outputs, FOLDER)
    before = _kept_trackers(folder)
    written = export(
        args.outputs, args.to, reports, args.rules, args.verdicts, args.register, ours.append, maps=args.map
    )
    told = [path for path in written if path.name in _TOLD]
    give_json([str(path) for path in written]) if args.json else give("\n".join(map(str, told)))
    looked_at = _tell_of_answers(args, theirs, ours)
    for path in sorted(_kept_trackers(folder) - before):
        say(f"the tracker of before differs from the new one; it is kept as {path}", quiet=args.quiet)
    around = f"and {count(len(written) - len(told), 'file')} beside them in {written[0].parent}"
    say(f"{around}; next: open {told[0]}, fill in what you know, then `peel export` again", quiet=args.quiet)
    return INCOMPLETE if looked_at else OK


def _kept_trackers(folder: Path) -> set[Path]:
    """Return the trackers of before in the folder that is written into."""
    return set(folder.glob("tracker-old-*.xlsx"))


def _tell_of_answers(args: argparse.Namespace, theirs: Merged | None, ours: Sequence[Merged]) -> bool:
    """Tell what became of the answers in trackers that were read; return whether somebody has to look at it."""
    read = [*([(args.read.name, theirs)] if theirs else []), *(("tracker.xlsx", each) for each in ours)]
    told = [f"{name}: {line}" for name, merged in read for line in _lines(merged)]
    for line in told:
        say(line)
    added = sum(len(merged.added) for _, merged in read)
    if added or theirs:
        say(f"{count(added, 'answer')} taken into {args.register}", quiet=args.quiet)
    return bool(told)


def _lines(merged: Merged) -> Iterator[str]:
    yield from (f"conflict: {conflict}" for conflict in merged.conflicts)
    yield from merged.remarks
