"""`peel fetch`: download the published reports."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from extractor.cli.common import INCOMPLETE, OK, add_outputs, file_there, give, positive, say, seconds
from extractor.workspace import shipped

NAME = "fetch"
ABOUT = "download the reports of the manifest, politely"
EXAMPLES = ("--force cleveland --contact me@example.org", "--most 10 --into reports")


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
    parser.add_argument("--most", type=positive, metavar="N", help="stop after so many files")
    parser.add_argument("--force", metavar="FORCE", help="only this force's rows of the manifest, e.g. cleveland")
    add_outputs(parser, made=True)


def run(args: argparse.Namespace) -> int:
    """Download, telling of each file as it is done."""
    from extractor.fetch import manifest
    from extractor.fetch.visitor import Settings, Visitor

    wanted = manifest.wanted(args.pages, args.manifest or shipped("manifest.csv"), args.force)
    settings = Settings(contact=args.contact or os.environ.get("PEEL_CONTACT", ""), delay=args.delay)
    if not settings.contact:
        say("peel: give --contact, so that the site's owner can reach you before blocking you", quiet=args.quiet)
    folder = args.into or args.place.reports
    with Visitor(settings) as visitor:
        done = manifest.fetch(
            wanted,
            folder,
            visitor,
            most=args.most,
            on_file=lambda fetched: say(manifest.line(fetched), quiet=args.quiet),
        )
    if args.json:
        give(manifest.as_json(done))
    say(manifest.closing(done, folder), quiet=args.quiet)
    return INCOMPLETE if any(fetched.outcome == "failed" for fetched in done) else OK
