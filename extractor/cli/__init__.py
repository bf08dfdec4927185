"""The command line `peel`: one file per verb, one place where errors become words and exit codes.

Exit 0: all good. 1: ran, and something failed or is incomplete. 2: called wrongly: a word that is not known, or a file,
folder, report or force that is not there. 130: stopped by Ctrl-C. Data goes to stdout, words for people to stderr.
Nothing heavy is imported before a verb needs it.
"""

from __future__ import annotations

import argparse
import errno
import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from extractor import __version__
from extractor.cli import app, bench, check, compare, due, export, extract, fetch, find, remove, respond, review, show
from extractor.cli import list as listing
from extractor.cli.common import INCOMPLETE, OK, STOPPED, USAGE, Verb, say, settle
from extractor.cli.letters import never_die_of_a_letter
from extractor.cli.parser import Parser
from extractor.errors import PeelError, RuleError

VERBS: tuple[Verb, ...] = (
    *(extract, listing, show, find, respond, due, export, compare, review, app, check, fetch, remove, bench),
)


_OF_ROWS = ("extract", "list", "show", "respond", "due", "review")  # verbs that read tables and make no frames
_SELDOM = 200_000  # objects made between two looks for garbage
_READ_ONLY = "if it is open elsewhere close it there; else give a folder you may write to with --outputs or --workspace"
_IN_THE_WAY = "something of that name is in the way; move it, or name another place"
_MENDS = {
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EROFS: _READ_ONLY,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.ENAMETOOLONG: "name a place with a shorter path",
    errno.ENOSPC: "the disk is full; make room and run the same command again, what was finished is kept",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    never_die_of_a_letter()
    if argv is None:  # the process is ours
        gc.set_threshold(_SELDOM)  # what a verb imports is no garbage
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # not looked for among all that is installed
    try:
        code = _run(_asked(sys.argv[1:] if argv is None else argv), alone=argv is None)
        sys.stdout.flush()
        if argv is None:
            gc.freeze()  # the end of the process needs no look at what is left
        return code
    except KeyboardInterrupt:
        _stop_at_once_when_asked_again()
        say("peel: stopped; what was finished is written, run the same command again to go on")
        return STOPPED
    except BrokenPipeError:  # the last flush must find a place
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _stop_at_once_when_asked_again() -> None:
    """Let a second Ctrl-C end the program where it waits for its children; what is written is whole at any moment."""
    with suppress(ValueError):  # only the main thread may say so
        signal.signal(signal.SIGINT, lambda *_: os._exit(STOPPED))


def _asked(words: Sequence[str]) -> Sequence[str]:
    """Return the words of the command line, `help VERB` as `VERB --help`."""
    return [*words[1:2], "--help"] if words and words[0] == "help" else words


def _run(words: Sequence[str], *, alone: bool) -> int:
    parser = parser_of(VERBS)
    if "_ARGCOMPLETE" in os.environ:  # a shell asks how the line may go on
        import argcomplete

        argcomplete.autocomplete(parser)
    args = parser.parse_args(words)
    if not hasattr(args, "run"):
        parser.print_help()
        return USAGE
    try:
        settle(args)
        if alone and args.verb in _OF_ROWS:  # the process ends with the verb
            from extractor.tables.no_numpy import leave_numpy_out

            leave_numpy_out()
        return int(args.run(args))
    except PeelError as error:
        lead = "the rules cannot be used:\n" if isinstance(error, RuleError) else ""
        say(f"peel {args.verb}: {lead}{error}")
        return error.exit_code
    except BrokenPipeError:
        raise
    except OSError as error:
        told = ": ".join(str(part) for part in (f"peel {args.verb}", error.filename, error.strerror or error) if part)
        say("; ".join(filter(None, (told, _MENDS.get(error.errno or 0)))))
        return INCOMPLETE


def parser_of(verbs: Sequence[Verb]) -> Parser:
    """Return the parser of the whole command line."""
    parser = Parser(
        prog="peel",
        description="Read PEEL inspection reports: every grading and finding, with the page behind every word.",
        epilog="`peel help VERB` shows a verb's options and examples. Begin with: peel extract report.pdf",
    )
    parser.add_argument("--version", action="version", version=f"peel {__version__}")
    subparsers = parser.add_subparsers(title="verbs", metavar="VERB", dest="verb")
    for verb in verbs:
        examples = "\n".join(["examples:", *(f"  peel {verb.NAME} {example}".rstrip() for example in verb.EXAMPLES)])
        subparser = subparsers.add_parser(
            verb.NAME,
            help=verb.ABOUT,
            description=verb.ABOUT,
            epilog=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        verb.add(subparser)
        subparser.set_defaults(run=verb.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
