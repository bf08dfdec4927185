"""`peel export`: the Excel tracker, CSV copies and the grade matrix."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.common import INCOMPLETE, OK, add_outputs, add_register, add_rules, give, give_json, say
from extractor.phrasing import count

if TYPE_CHECKING:
    from extractor.decisions.register import Merged

NAME = "export"
ABOUT = "write the Excel tracker, CSV copies and the grade matrix"
EXAMPLES = ("", "--map", "--flat", "2023-25-integrated-norfolk --to for-norfolk")


_TOLD = ("tracker.xlsx", "findings.csv", "index.html")  # those of many that people open


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("reports", nargs="*", metavar="REPORT", help="reports in the tables (default: all)")
    parser.add_argument("--to", type=Path, metavar="DIR", help="folder to write into (default: export in the outputs)")
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
    from extractor.export.tracker import export
    from extractor.tables.lookup import reports_named

    reports = reports_named(args.reports, args.outputs) if args.reports else []
    merged: list[Merged] = []
    written = export(
        args.outputs, args.to, reports, args.rules, args.verdicts, args.register, merged.append, maps=args.map
    )
    told = [path for path in written if path.name in _TOLD]
    give_json([str(path) for path in written]) if args.json else give("\n".join(map(str, told)))
    looked_at = _tell_of_answers(args, merged)
    around = f"and {count(len(written) - len(told), 'file')} beside them in {written[0].parent}"
    say(f"{around}; next: open {told[0]}, fill in what you know, then `peel export` again", quiet=args.quiet)
    return INCOMPLETE if looked_at else OK


def _tell_of_answers(args: argparse.Namespace, merged: Sequence[Merged]) -> bool:
    """Tell what became of the answers in the tracker of before; return whether somebody has to look at it."""
    told = [f"conflict: {conflict}" for each in merged for conflict in each.conflicts]
    told += [f"tracker: {remark}" for each in merged for remark in each.remarks]
    for line in told:
        say(line)
    if told:
        say("the tracker of before is kept beside the new one, as tracker-old-….xlsx")
    added = sum(len(each.added) for each in merged)
    if added:
        say(f"{count(added, 'answer')} taken from the tracker into {args.register}", quiet=args.quiet)
    return bool(told)
