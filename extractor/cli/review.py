"""`peel review`: one offline page to accept or correct a report's findings, and taking up what was decided there."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.cli.common import OK, USAGE, add_outputs, add_verdicts, file_there, give, give_json, say, to_write

NAME = "review"
ABOUT = "write one offline page: each finding beside the picture of its place"
EXAMPLES = ("2023-25-integrated-norfolk", "--apply decisions.json")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("report", nargs="*", metavar="REPORT", help="a report in the tables")
    parser.add_argument(
        "--apply", type=file_there, metavar="FILE.json", help="take up the decisions saved in a review page"
    )
    parser.add_argument(
        "--to",
        type=to_write(".html"),
        metavar="FILE.html",
        help="the page to write (default: reviews/<report_id>.html in the outputs)",
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who signs decisions made before a name was typed")
    add_verdicts(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Write the page, or take up a file of decisions."""

    if bool(args.report) == bool(args.apply):
        say("peel review: give a REPORT to review, or --apply FILE.json")
        return USAGE
    verdicts = args.verdicts
    return _apply(args, verdicts) if args.apply else _write(args, verdicts)


def _write(args: argparse.Namespace, verdicts: Path) -> int:
    from extractor.review.review_page import write_review
    from extractor.tables.lookup import report_named

    report_id = report_named(" ".join(args.report), args.outputs)
    path, no_pages = write_review(report_id, args.outputs, args.to, verdicts)
    if no_pages:
        say(f"no pictures of pages: {no_pages}; the printed text is shown instead", quiet=args.quiet)
    told = {"report_id": report_id, "review": str(path), "no_pages": no_pages}
    give_json(told) if args.json else give(str(path))
    say(f"next: open {path} in a browser, decide, save, then `peel review --apply FILE.json`", quiet=args.quiet)
    return OK


def _apply(args: argparse.Namespace, verdicts: Path) -> int:
    from collections import Counter

    from extractor.decisions.apply import orphaned
    from extractor.decisions.review_file import apply_file

    decisions = apply_file(args.apply, args.outputs, verdicts, args.by)
    counts = Counter(verdict.verdict for verdict in decisions.verdicts) + Counter(withdrawn=len(decisions.withdrawn))
    if args.json:
        give_json({"report_id": decisions.report_id, "verdicts": str(verdicts), **counts})
    told = ", ".join(f"{number} {word}" for word, number in counts.items())
    say(f"{decisions.report_id}: {told or 'no decisions'}; now in {verdicts}", quiet=args.quiet)
    for concern, left in orphaned(args.outputs, decisions.report_id, verdicts).items():
        stand = "recommendation stands" if len(left) == 1 else "recommendations stand"
        say(
            f"{concern} is rejected and {len(left)} {stand} without a concern now: {', '.join(left)}; reject them too, "
            "or take the concern's rejection back in the review",
            quiet=args.quiet,
        )
    say(f"next: `peel respond {decisions.report_id}` or `peel export`", quiet=args.quiet)
    return OK
