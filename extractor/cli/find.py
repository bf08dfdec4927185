"""`peel find`: findings of all reports by their words."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from extractor.cli.common import OK, add_csv, add_outputs, count, give_rows, positive, say

NAME = "find"
ABOUT = "find findings by their words, in all reports"
EXAMPLES = ("missing children", "'\"domestic abuse\"' --force cleveland", "custody --kind cause_of_concern --csv")
COLUMNS = ("finding_id", "force_name", "cycle", "kind", "question", "page_first", "page_label", "text")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    from extractor.vocabulary import KIND_CODES

    parser.add_argument("words", nargs="*", metavar="WORDS", help='words in any form; "in quotes" they stay together')
    parser.add_argument("--force", default="", metavar="FORCE", help="only this force, e.g. cleveland")
    parser.add_argument("--question", default="", metavar="WORDS", help="only under this question or question family")
    parser.add_argument("--year", default="", metavar="YEAR", help="only of this year or cycle, e.g. 2021")
    parser.add_argument(
        "--kind", default="", choices=[*KIND_CODES], metavar="KIND", help=f"one of {', '.join(KIND_CODES)}"
    )
    parser.add_argument("--most", type=positive, default=50, metavar="N", help="print at most so many (default: 50)")
    add_csv(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Search and print what was found."""
    from extractor.tables.search import Filter, find

    only = Filter(args.force, args.question, args.year, args.kind)
    hits = find(" ".join(args.words), args.outputs, only, most=args.most)

    def words() -> str:
        lines = []
        for hit in hits:
            page = f", p. {hit.page_label or hit.page_first}" if hit.page_first else ""
            lines += [f"{hit.finding_id}", f"    {hit.force_name or ''} {hit.cycle or ''}{page}: {hit.excerpt}"]
        return "\n".join(lines)

    give_rows(args, [asdict(hit) for hit in hits], COLUMNS, words)
    told = f"{count(len(hits), 'finding')}{' or more; --most prints more' if len(hits) == args.most else ''}"
    say(f"{told}; `peel show FINDING` prints one whole", quiet=args.quiet)
    return OK
