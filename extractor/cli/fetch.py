"""`peel fetch`: download the published reports."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from extractor.cli.common import (
    INCOMPLETE,
    OK,
    add_csv,
    add_outputs,
    file_there,
    give,
    give_rows,
    positive,
    say,
    seconds,
)
from extractor.errors import BadSetting
from extractor.phrasing import count
from extractor.workspace import shipped

NAME = "fetch"
ABOUT = "download the reports of the manifest, politely"
EXAMPLES = (
    "--force cleveland --contact me@example.org",
    "--force dorset --cycle 2021/22",
    "--list --force dorset",
    "--most 10 --into reports",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "pages", nargs="*", metavar="PAGE", help="a publication page or a PDF (default: all in the manifest)"
    )
    parser.add_argument("--manifest", type=file_there, metavar="FILE", help="list of addresses (default: ours)")
    parser.add_argument("--into", type=Path, metavar="DIR", help="folder of the PDFs (default: the workspace's)")
    parser.add_argument(
        "--contact", default="", metavar="ADDRESS", help="where the site can reach you (or PEEL_CONTACT)"
    )
    parser.add_argument(
        "--delay", type=seconds, default=2.0, metavar="S", help="seconds between two requests (default: 2)"
    )
    parser.add_argument("--most", type=positive, metavar="N", help="stop after so many, those that failed among them")
    parser.add_argument("--force", metavar="FORCE", help="only this force, inferred addresses tried too: cleveland")
    parser.add_argument("--cycle", metavar="CYCLE", help="only this cycle, inferred addresses tried too: 2021/22")
    parser.add_argument("--list", action="store_true", help="list addresses, marked seen or inferred; fetch nothing")
    add_csv(parser)
    add_outputs(parser, made=True)


def run(args: argparse.Namespace) -> int:
    """Download, telling of each file as it is done; or list what is known."""
    manifest = args.manifest or shipped("manifest.csv")
    return _list(args, manifest) if args.list else _fetch(args, manifest)


def _list(args: argparse.Namespace, manifest: Path) -> int:
    from extractor.fetch.manifest import COLUMNS, as_row, as_words, known

    rows = known(manifest, args.force, args.cycle)
    give_rows(args, [as_row(row) for row in rows], COLUMNS, lambda: "\n".join(map(as_words, rows)))
    guessed = sum(bool(row.inferred) for row in rows)
    told = f"{len(rows) - guessed} seen by somebody, {guessed} inferred: nobody has looked whether those are there"
    say(f"{count(len(rows), 'address', 'addresses')}: {told}", quiet=args.quiet)
    return OK


def _fetch(args: argparse.Namespace, manifest: Path) -> int:
    from extractor.fetch.fetching import as_json, closing, fetch, line
    from extractor.fetch.manifest import wanted
    from extractor.fetch.visitor import Settings, Visitor

    if args.csv:
        raise BadSetting("--csv is for --list; --json tells what became of each address")
    rows = wanted(args.pages, manifest, args.force, args.cycle)
    settings = Settings(contact=args.contact or os.environ.get("PEEL_CONTACT", ""), delay=args.delay)
    if not settings.contact:
        say("peel: give --contact, so that the site's owner can reach you before blocking you", quiet=args.quiet)
    folder = args.into or args.place.reports
    with Visitor(settings) as visitor:
        done = fetch(
            rows, folder, visitor, most=args.most, on_file=lambda fetched: say(line(fetched), quiet=args.quiet)
        )
    if args.json:
        give(as_json(done))
    say(closing(done, folder), quiet=args.quiet)
    return INCOMPLETE if any(fetched.outcome == "failed" for fetched in done) else OK
