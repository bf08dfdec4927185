"""`peel extract`: read reports into the tables."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.common import INCOMPLETE, OK, USAGE, add_outputs, add_rules, give, positive, positive_seconds, say
from extractor.errors import BadSetting

if TYPE_CHECKING:
    from extractor.runs.results import Tally

NAME = "extract"
ABOUT = "read reports (PDF or saved web page) into tables"
EXAMPLES = ("report.pdf", "reports/ --workers 2", "'reports/*2016*.pdf' page.html --fresh", "- < report.pdf")
FEW = 3  # reports whose findings are printed after a run


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="files, folders, patterns such as 'reports/*.pdf', or - for stdin",
    )
    parser.add_argument(
        "--workers", type=positive, metavar="N", help="reports read at the same time (default: one per core)"
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler, e.g. tcp://host:8786")
    parser.add_argument("--fresh", action="store_true", help="read everything again, also what is unchanged")
    parser.add_argument(
        "--time-limit",
        type=positive_seconds,
        default=120.0,
        metavar="S",
        help="seconds one report may take (default: 120)",
    )
    parser.add_argument(
        "--memory-limit", type=positive, default=2048, metavar="MB", help="memory one report may take (default: 2048)"
    )
    add_rules(parser)
    add_outputs(parser, made=True)


def run(args: argparse.Namespace) -> int:
    """Extract, telling of each report as it is done."""
    from extractor.cli.progress import Progress, as_json, passed_over
    from extractor.runs.limits import Limits
    from extractor.runs.run import extract_many
    from extractor.tables import storage

    outputs = storage.place(args.outputs)
    with Progress(quiet=args.quiet) as progress:
        tally = extract_many(
            [_from_stdin(outputs) if path == "-" else path for path in args.paths],
            outputs,
            workers=args.workers,
            scheduler=args.scheduler,
            rules=args.rules,
            fresh=args.fresh,
            limits=Limits(args.time_limit, args.memory_limit),
            on_plan=progress.plan,
            on_result=progress.result,
        )
    for path in tally.nothing:
        say(f"peel: {_nothing_at(path)}")
    if tally.passed_over:
        say(passed_over(tally), quiet=args.quiet)
    if not tally.results:
        return USAGE
    give(as_json(tally)) if args.json else _print_few(tally, outputs)
    _close(tally, outputs, quiet=args.quiet)
    return OK if tally.complete else INCOMPLETE


def _nothing_at(path: str) -> str:
    from extractor.tables import storage

    if not storage.is_remote(path) and not any(mark in path for mark in "*?[") and not Path(path).exists():
        return f"no such file or folder: {path}"
    return f"{path}: nothing to read here; give PDF or HTML files, or folders that hold some"


def _close(tally: Tally, outputs: str, *, quiet: bool) -> None:
    """Say what failed again, how many of what there are, and what comes next."""
    from extractor.cli.progress import closing, line

    again = [result for result in tally.results if result.unchanged]
    for result in again:
        if result.status == "failed" or (result.status == "duplicate" and len(again) <= FEW):
            say(line(result), quiet=quiet)
    say(closing(tally, outputs), quiet=quiet)
    if tally.unchanged:
        earlier = f" ({tally.carried_over} by earlier rules; what changed does not concern them)"
        words = f"already read and unchanged{earlier if tally.carried_over else ''}"
        say(f"{tally.unchanged} {words}; --fresh reads them again", quiet=quiet)
    if shown := next((result for result in tally.reports or tally.results if result.status != "failed"), None):
        say(f"next: `peel review {shown.report_id}` or `peel respond {shown.report_id}`", quiet=quiet)


def _from_stdin(outputs: str) -> str:
    """Keep what standard input holds as a file below the outputs, and return its place."""
    import hashlib
    import sys

    from extractor.tables import storage

    data = sys.stdin.buffer.read()
    if not data.strip():
        raise BadSetting("nothing came on standard input; give a file's name, or send one: peel extract - < report.pdf")
    suffix = ".pdf" if b"%PDF-" in data[:1024] else ".html"
    place = storage.join(outputs, "given", hashlib.sha256(data).hexdigest()[:16] + suffix)
    storage.write_bytes(place, data)
    return place


def _print_few(tally: Tally, outputs: str) -> None:
    """Print what was found, where that is short enough to read."""
    shown = [result for result in tally.reports if result.status != "failed"]
    if not shown or len(tally.reports) > FEW:
        return
    from extractor.review.report_text import print_report
    from extractor.tables.read import read_extraction

    for result in shown:
        extraction = read_extraction(outputs, result.report_id)
        if extraction is not None:
            give(print_report(extraction))
