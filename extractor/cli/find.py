"""`peel find`: findings of all reports by their words."""

from __future__ import annotations

import argparse
import shutil
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from extractor.cli.common import OK, add_csv, add_outputs, give_rows, positive, say
from extractor.cli.parser import nearest
from extractor.phrasing import count, pages
from extractor.vocabulary import KIND_CODES, KIND_NAMES

if TYPE_CHECKING:
    from extractor.decisions.search import Hit, Themed

NAME = "find"
ABOUT = "find findings by their words, in all reports"
EXAMPLES = (
    "missing children",
    "'\"domestic abuse\"' --force cleveland",
    "--theme vulnerability --year 2021",
    "custody --kind cause_of_concern --csv",
)
COLUMNS = ("finding_id", "force_name", "cycle", "kind", "question", "page_first", "page_label", "text", "decision")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("words", nargs="*", metavar="WORDS", help='words in any form; "in quotes" they stay together')
    parser.add_argument("--force", default="", metavar="FORCE", help="only this force, e.g. cleveland")
    parser.add_argument("--question", default="", metavar="WORDS", help="only under this question or question family")
    parser.add_argument("--theme", default="", metavar="THEME", help="only of this theme, e.g. vulnerability")
    parser.add_argument("--year", default="", metavar="YEAR", help="only of this year or cycle, e.g. 2021")
    parser.add_argument(
        "--kind", type=_kind, metavar="KIND", help=f"one of {', '.join(KIND_CODES)}, or afi, coc, rec …"
    )
    parser.add_argument("--most", type=positive, default=50, metavar="N", help="print at most so many (default: 50)")
    add_csv(parser)
    add_outputs(parser)


def _kind(text: str) -> str:
    """Read a kind of finding: as the tables write it, its short code, or as people say it."""
    plain = text.strip().lower().replace("_", " ")
    for kind, code in KIND_CODES.items():
        if plain in (kind.replace("_", " "), code, *KIND_NAMES[kind]):
            return kind
    raise argparse.ArgumentTypeError(f"no kind {text!r}: {nearest(text, [*KIND_CODES, *KIND_CODES.values()])}")


def run(args: argparse.Namespace) -> int:
    """Search and print what was found."""
    from extractor.decisions.search import Filter, find
    from extractor.tables.lookup import some_reports

    some_reports(args.outputs)
    only = Filter(args.force, args.question, args.year, args.kind or "", args.theme)
    found = find(" ".join(args.words), args.outputs, args.verdicts, only, most=args.most + 1, themed=_themed(args))
    hits = found[: args.most]
    rows = [asdict(hit) for hit in hits]
    give_rows(args, rows, COLUMNS, lambda: _told(rows))
    say(_closing(args, hits, more=len(found) > len(hits)), quiet=args.quiet)
    return OK


def _themed(args: argparse.Namespace) -> Themed | None:
    if not args.theme:
        return None
    from extractor.comparison.finding_themes import FindingThemes

    return FindingThemes(args.outputs, args.verdicts)


def _told(rows: Sequence[Mapping[str, Any]]) -> str:
    width = min(120, shutil.get_terminal_size((120, 24)).columns)
    lines = []
    for row in rows:
        force = f"{row['force_name'] or ''} {row['cycle'] or ''}".strip()
        where = ", ".join(filter(None, (force, pages(row["page_first"], label=row["page_label"]), row["decision"])))
        words = f"{where}: {row['excerpt']}" if where else row["excerpt"]
        lines += [row["finding_id"], *textwrap.wrap(words, width, initial_indent="    ", subsequent_indent="    ")]
    return "\n".join(lines)


def _closing(args: argparse.Namespace, hits: Sequence[Hit], *, more: bool) -> str:
    """Return how many there are, and what comes next."""
    from extractor.decisions.search import unused

    if hits:
        told = f"the first {len(hits)} findings; --most {2 * len(hits)} prints more" if more else ""
        return f"{told or count(len(hits), 'finding')}; next: `peel show {hits[0].finding_id}` prints one whole"
    missing = unused(" ".join(args.words), args.outputs, args.verdicts)
    if missing:
        return f"0 findings: no finding has {', '.join(map(repr, missing))}; try another form of it, or fewer words"
    return "0 findings have all of this at once; ask with fewer words or options"
