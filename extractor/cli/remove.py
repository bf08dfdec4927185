"""`peel remove`: take a report out of the tables."""

from __future__ import annotations

import argparse

from extractor.cli.common import OK, add_outputs, count, give_json, say

NAME = "remove"
ABOUT = "take reports out of the tables; files, decisions and documents stay"
EXAMPLES = ("2016-effectiveness-cleveland", "unknown-0a1b2c3d4e5f")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("reports", nargs="+", metavar="REPORT", help="reports in the tables (`peel list`)")
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Remove the reports named."""
    from extractor.runs.receipts import Ledger
    from extractor.tables import storage
    from extractor.tables.lookup import report_named

    names = [report_named(words, args.outputs) for words in args.reports]
    ledger = Ledger(storage.place(args.outputs))
    removed = {name: ledger.remove(name) for name in names}
    if args.json:
        give_json(removed)
    for name, files in removed.items():
        say(f"{name}: {count(len(files), 'file')} removed; `peel extract` its file brings it back", quiet=args.quiet)
    say("links of its force are those of before; `peel compare FORCE` makes them anew", quiet=args.quiet)
    return OK
