"""`peel remove`: take reports out of the tables."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from extractor.cli.common import INCOMPLETE, OK, USAGE, add_outputs, give_json, say
from extractor.phrasing import count

NAME = "remove"
ABOUT = "take reports out of the tables; files, decisions and documents stay"
EXAMPLES = ("2016-effectiveness-cleveland", "unknown-0a1b2c3d4e5f --yes")
KEPT = "the files they were read from, decisions, answers in the register and documents stay"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("reports", nargs="+", metavar="REPORT", help="reports in the tables (`peel list`)")
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Ask, then remove the reports named."""
    from extractor.runs.receipts import ReportTables
    from extractor.tables import storage
    from extractor.tables.lookup import reports_named

    names = reports_named(args.reports, args.outputs)
    if not args.yes and (refused := _refused(names, args.outputs)) is not None:
        return refused
    tables = ReportTables(storage.place(args.outputs))
    removed = {name: tables.remove(name) for name in names}
    if args.json:
        give_json(removed)
    for name, files in removed.items():
        say(f"{name}: {count(len(files), 'file')} removed; `peel extract` its file brings it back", quiet=args.quiet)
    say(f"{KEPT}; next: `peel compare FORCE` makes the links of its force anew", quiet=args.quiet)
    return OK


def _refused(names: list[str], outputs: Path) -> int | None:
    """Tell what would go and ask; return the exit code where the answer is no, or nobody is there to answer."""
    from extractor.tables.read import read_rows

    for name in names:
        report = read_rows("reports", outputs, name)[0]
        findings = count(len(read_rows("findings", outputs, name)), "finding")
        say(f"{name}: {report['title'] or 'no title'}, {findings}, read from {report['source']}")
    if not sys.stdin.isatty():
        say("peel remove: nobody can be asked here; `--yes` removes without asking. Nothing was removed")
        return USAGE
    say(f"Take {count(len(names), 'report')} out of {outputs}? ({KEPT})")
    print("y for yes, anything else for no: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() in ("y", "yes"):
        return None
    say("nothing was removed")
    return INCOMPLETE
