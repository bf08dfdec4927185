"""`peel export`: the Excel tracker, CSV copies and the grade matrix."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.cli.common import OK, add_outputs, add_rules, give, give_json

NAME = "export"
ABOUT = "write the Excel tracker, CSV copies and the grade matrix"
EXAMPLES = ("", "2023-25-integrated-norfolk --to for-norfolk")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("reports", nargs="*", metavar="REPORT", help="reports in the tables (default: all)")
    parser.add_argument("--to", type=Path, metavar="DIR", help="folder to write into (default: export in the outputs)")
    add_rules(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Export and print where the files are."""
    from extractor.export.tracker import export
    from extractor.tables.lookup import report_named

    reports = [report_named(words, args.outputs) for words in args.reports]
    written = [str(path) for path in export(args.outputs, args.to, reports, args.rules, args.verdicts)]
    give_json(written) if args.json else give("\n".join(written))
    return OK
