"""`peel list`: the reports in the tables."""

from __future__ import annotations

import argparse

from extractor.cli.common import OK, add_csv, add_outputs, give_rows, say
from extractor.phrasing import count

NAME = "list"
ABOUT = "list the reports in the tables"
EXAMPLES = ("", "norfolk", "--csv > reports.csv")
COLUMNS = ("report_id", "status", "force_name", "cycle", "pillar", "kind", "published", "pages", "source")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("words", nargs="*", metavar="WORDS", help="only reports with these words, e.g. norfolk 2021")
    add_csv(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Print one line for each report."""
    from extractor.tables.lookup import reports_meant
    from extractor.tables.read import read_rows

    rows = read_rows("reports", args.outputs, columns=COLUMNS)
    if args.words:
        meant = set(reports_meant(" ".join(args.words), args.outputs))
        rows = [row for row in rows if row["report_id"] in meant]
    widest = max((len(row["report_id"]) for row in rows), default=0)

    def words() -> str:
        return "\n".join(
            f"{row['report_id']:<{widest}}  {row['status']:<7}  {row['published'] or '':<10}  {row['source']}"
            for row in rows
        )

    give_rows(args, rows, COLUMNS, words)
    whole = [row["report_id"] for row in rows if row["status"] != "failed"]
    hint = f"`peel show {whole[-1]}` lists its findings" if whole else "`peel extract FILE` reads one"
    failed = f" ({len(rows) - len(whole)} failed)" if len(whole) < len(rows) else ""
    say(f"{count(len(rows), 'report')}{failed} in {args.outputs}; next: {hint}", quiet=args.quiet)
    return OK
