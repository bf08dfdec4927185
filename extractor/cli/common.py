"""What all verbs share: exit codes, value types of options, and how rows and words are put out."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Protocol

from extractor.errors import BadSetting
from extractor.phrasing import typed

OK, INCOMPLETE, USAGE, STOPPED = 0, 1, 2, 130
MAKING = ("extract", "fetch", "app")  # verbs that make a workspace where there is none yet

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # control, direction, half a pair, line and paragraph separators


class Verb(Protocol):
    """The module of one verb."""

    @property
    def NAME(self) -> str:
        """What it is called."""

    @property
    def ABOUT(self) -> str:
        """What it does, in one line."""

    @property
    def EXAMPLES(self) -> tuple[str, ...]:
        """Arguments of commands worth knowing."""

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Add the verb's own arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it and return the exit code."""


# options -------------------------------------------------------------------------------------------------------------


def add_outputs(parser: argparse.ArgumentParser, *, made: bool = False) -> None:
    """Add the options that every verb has; `made` for verbs that make the folder of the tables."""
    parser.set_defaults(made=made)
    parser.add_argument(
        "--outputs", type=Path, metavar="DIR", help="folder of the tables (default: outputs in the workspace)"
    )
    parser.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help="folder of tables and decisions (default: PEEL_WORKSPACE, else the folder with peel.toml above this one)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of words")
    parser.add_argument("-q", "--quiet", action="store_true", help="nothing but the data: no progress, no remarks")


def add_csv(parser: argparse.ArgumentParser) -> None:
    """Add `--csv`, for verbs that print rows."""
    parser.add_argument("--csv", action="store_true", help="print the rows as CSV instead of words")


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add `--rules`."""
    parser.add_argument("--rules", type=Path, metavar="DIR", help="rule packs to use instead of those built in")


def add_verdicts(parser: argparse.ArgumentParser) -> None:
    """Add `--verdicts`."""
    parser.add_argument("--verdicts", type=Path, metavar="FILE", help="file of verdicts (default: the workspace's)")


def add_register(parser: argparse.ArgumentParser) -> None:
    """Add `--register`."""
    parser.add_argument("--register", type=Path, metavar="FILE", help="register of answers (default: the workspace's)")


def positive(text: str) -> int:
    """Read a whole number of 1 or more."""
    return int(_number(text, int, least=1, words="a whole number of 1 or more"))


def positive_seconds(text: str) -> float:
    """Read a number of seconds above nothing."""
    return _number(text, float, least=0.001, words="a number of seconds above 0")


def seconds(text: str) -> float:
    """Read a number of seconds, 0 or more."""
    return _number(text, float, least=0, words="a number of seconds, 0 or more")


def port(text: str) -> int:
    """Read the number of a port."""
    return int(_number(text, int, least=0, most=65535, words="a port, from 0 to 65535"))


def file_there(text: str) -> Path:
    """Read the name of a file that is there."""
    return _there(text, Path.is_file, "file")


def folder_there(text: str) -> Path:
    """Read the name of a folder that is there, or an address of one."""
    from extractor.tables import storage

    return Path(text) if storage.is_remote(text) else _there(text, Path.is_dir, "folder")


def _there(text: str, test: Callable[[Path], bool], what: str) -> Path:
    path = Path(text)
    if not test(path):
        around = path.absolute().parent
        known = [each.name for each in around.iterdir() if test(each)] if around.is_dir() else []
        near = get_close_matches(path.name, known, n=1)
        hint = (
            f"did you mean {path.with_name(near[0])}?"
            if near
            else "check its name, and the folder you are in; several words need quotes"
        )
        raise argparse.ArgumentTypeError(f"there is no {what} {text}: {hint}")
    return path


def to_write(ending: str) -> Callable[[str], Path]:
    """Return what reads the name of a file to be written, which must have the ending of its kind."""

    def name(text: str) -> Path:
        path = Path(text)
        if path.suffix.lower() != ending:
            raise argparse.ArgumentTypeError(f"{text} is to be a {ending} file: name it {path.stem}{ending}")
        return path

    return name


def _number(text: str, kind: type[float], *, least: float, words: str, most: float = 1e9) -> float:
    try:
        value = kind(text)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not {words}")
    return value


def settle(args: argparse.Namespace) -> None:
    """Put the places of the workspace where the command line names none, and tell which workspace it is."""
    from extractor.tables import storage
    from extractor.workspace import workspace

    if args.json and getattr(args, "csv", False):
        raise BadSetting("--json and --csv are two answers; give one of them")
    tables = args.outputs if args.outputs is None or not storage.is_remote(storage.place(args.outputs)) else None
    place = workspace(args.workspace, tables, make=args.verb in MAKING)
    if tables is not None and not (args.made or tables.is_dir()):
        raise BadSetting(f"there is no folder {tables}; `peel extract FILE --outputs {typed(tables)}` makes one")
    if args.outputs is None:
        args.outputs = place.outputs
        say(f"workspace: {place.root} ({place.why})", quiet=args.quiet)
    args.verdicts = getattr(args, "verdicts", None) or place.verdicts
    args.register = getattr(args, "register", None) or place.register
    args.place = place
    if not args.quiet:
        _tell_of_foreign_lines(args.verdicts, args.register)


def _tell_of_foreign_lines(*files: Path) -> None:
    from extractor.decisions.written import remark

    for told in filter(None, map(remark, files)):
        say(f"peel: {told}")


# putting out ---------------------------------------------------------------------------------------------------------


def printable(words: str) -> str:
    """Return words that do nothing to a terminal: what would move, colour or turn them is shown as an escape."""
    if words.isascii() and words.replace("\n", "").isprintable():
        return words
    return "".join(letter if letter in "\n\t" or not _is_unseen(letter) else _escape(letter) for letter in words)


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in _UNSEEN and letter not in "\u00ad\u200c\u200d"  # soft hyphen and joiners


def _escape(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def say(words: str, *, quiet: bool = False) -> None:
    """Tell a person something, on stderr."""
    if not quiet:
        print(printable(words), file=sys.stderr)


def give(words: str) -> None:
    """Print data as words, on stdout."""
    print(printable(words))


def give_json(value: Any) -> None:
    """Print data as one JSON document; letters that the console lacks are escaped as JSON does."""
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    print(printable(json.dumps(value, ensure_ascii=ascii_only, indent=1)))


def give_rows(
    args: argparse.Namespace, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], words: Callable[[], str]
) -> None:
    """Print rows as the command line asks: JSON, CSV of `columns`, or words."""
    if args.json:
        give_json(list(rows))
    elif args.csv:
        _give_csv(rows, columns)
    elif rows:
        give(words())


def _give_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    from extractor.decisions.store import FORMULA_MARKS

    def cell(value: Any) -> str:
        text = "" if value is None else json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
        is_formula = isinstance(value, str) and text.startswith(FORMULA_MARKS)
        return printable(f"'{text}" if is_formula else text)

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
