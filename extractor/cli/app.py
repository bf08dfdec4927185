"""`peel app`: the same in the browser, on this computer alone."""

from __future__ import annotations

import argparse
import sys

from extractor.cli.common import OK, add_outputs, add_verdicts, give, give_json, port, positive, say
from extractor.errors import Unreachable

NAME = "app"
ABOUT = "the same as a web application on this computer, for the browser"
EXAMPLES = ("", "--shortcut", "--port 8000 --no-browser")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "--port", type=port, default=0, metavar="N", help="where to listen on 127.0.0.1 (default: any free port)"
    )
    parser.add_argument("--no-browser", action="store_true", help="print the link and open no browser")
    parser.add_argument(
        "--upload-limit", type=positive, default=100, metavar="MB", help="what one upload may have (default: 100)"
    )
    parser.add_argument("--shortcut", action="store_true", help="put a start icon onto the desktop and end")
    add_verdicts(parser)
    add_outputs(parser, made=True)


def run(args: argparse.Namespace) -> int:
    """Serve until stopped; where it runs already, open a new link to it."""
    if args.shortcut:
        from extractor.app.shortcut import write_shortcut

        path = str(write_shortcut(args.outputs))
        give_json({"shortcut": path}) if args.json else give(path)
        say("next: double-click it; while the program runs, it opens a new link to it", quiet=args.quiet)
        return OK
    try:
        from extractor.app.serve import serve
    except ModuleNotFoundError as error:
        mend = f"`{sys.executable} -m pip install '.[app]'` in the clone brings it"
        raise Unreachable(f"{error.name} is missing; {mend}") from None

    def ready(link: str) -> None:
        give_json({"link": link}) if args.json else give(link)
        say("Open this link in your browser; it works once. Ctrl+C stops the program.", quiet=args.quiet)

    served = serve(
        args.outputs,
        args.verdicts,
        port=args.port,
        largest=args.upload_limit * 1_000_000,
        browser=not args.no_browser,
        on_ready=ready,
    )
    if not served:
        say("The program runs already; this link opens it in one more browser.", quiet=args.quiet)
    return OK
