"""`peel compare`: which findings of a force are the same problem again."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.common import OK, USAGE, add_csv, add_outputs, add_rules, add_verdicts, give, give_rows, say
from extractor.phrasing import count

if TYPE_CHECKING:
    from extractor.comparison.compared import Compared
    from extractor.comparison.year_on_year import Tables

NAME = "compare"
ABOUT = "find out which findings are the same problem again"
EXAMPLES = (
    "cleveland",
    "cleveland --same Q1-AFI-2 2021 Q3-AFI-1 --by 'A. Analyst'",
    "--all --html pages",
    "norfolk --digest paper.docx",
)
_WORD = ".docx"
COLUMNS = ("earlier_id", "later_id", "force_id", "relation", "score", "runner_up", "evidence", "verdict")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("forces", nargs="*", metavar="FORCE", help="forces, e.g. cleveland or 'City of London'")
    parser.add_argument("--all", action="store_true", help="every force in the tables")
    parser.add_argument("--html", type=Path, metavar="DIR", help="write one page for each force, and one of themes")
    parser.add_argument(
        "--digest",
        type=Path,
        metavar="FILE",
        help="write the one-page committee paper (.docx; a folder for several forces)",
    )
    parser.add_argument(
        "--verdict",
        nargs=3,
        metavar=("EARLIER", "LATER", "WORD"),
        help="record an analyst's word on a link: confirmed, rejected, or the relation it should have",
    )
    for name, about in (("--same", "are one problem"), ("--not-same", "are two problems")):
        parser.add_argument(
            name,
            nargs=3,
            metavar=("NOW", "YEAR", "THEN"),
            help=f"record that two findings {about}: Q1-AFI-2 of the last report, and 2021 Q3-AFI-1",
        )
    parser.add_argument("--by", default="", metavar="NAME", help="with a verdict: who gives it")
    add_verdicts(parser)
    add_rules(parser)
    add_csv(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Compare, write the tables and the papers asked for."""
    from extractor.comparison.terminal import as_json, as_text
    from extractor.comparison.year_on_year import write

    if (args.verdict or args.same or args.not_same) and not args.by.strip():
        say("peel compare: a verdict needs --by 'NAME': the file of decisions says who decided")
        return USAGE
    tables, forces, noted = _forces(args)
    _check_digest(args.digest, len(forces))
    found = [tables.compare(force) for force in forces]
    for compared in found:
        write(compared, args.outputs)
    written = _papers(args, tables, found)  # before anything is printed: who reads may stop
    if args.json:
        give(as_json(found))
    else:
        links = [row for compared in found for row in compared.link_rows()]
        if args.csv:
            give_rows(args, links, COLUMNS, str)
        else:
            give("\n\n".join(as_text(compared, _references(compared, args)) for compared in found))
    if noted:
        say(f"{noted}; it is in {args.verdicts}", quiet=args.quiet)
    say(f"links and fates of {count(len(found), 'force')} are in {args.outputs}", quiet=args.quiet)
    for path in written:
        say(f"written: {path}", quiet=args.quiet)
    say(_next(found), quiet=args.quiet)
    return OK


def _references(compared: Compared, args: argparse.Namespace) -> dict[str, str]:
    """Return the short references of what was met again, by which `peel show` and --same take them."""
    from extractor.cli.references import references_of

    ids = (item.id for link in compared.links for item in compared.pair(link))
    return references_of(sorted({each.split("/")[0] for each in ids}), args.outputs, args.verdicts)


def _next(found: Sequence[Compared]) -> str:
    """Return what comes next: a word on the first link that has none, or the papers."""
    for compared in found:
        for row in compared.link_rows():
            if not row["verdict"]:
                pair = f"{row['earlier_id']} {row['later_id']}"
                verb = f"`peel compare --verdict {pair} confirmed --by NAME` (or rejected)"
                return f"next: read both findings (`peel show {row['later_id']}`), then {verb}"
    if not any(compared.fates for compared in found):
        return "next: `peel extract FILE` reads an earlier or a later report"
    forces = " ".join(compared.history.force_id for compared in found) if len(found) < 3 else "--all"
    return f"next: `peel compare {forces} --html pages` or `--digest papers`"


def _forces(args: argparse.Namespace) -> tuple[Tables, list[str], str]:
    """Return the tables, the ids of the forces asked for, and what to say of the verdict that was written down."""
    from extractor.comparison.year_on_year import Tables, decide
    from extractor.errors import UnknownForce
    from extractor.tables.lookup import forces_named, some_reports

    verdicts = args.verdicts
    some_reports(args.outputs)
    tables = Tables(args.outputs, args.rules, verdicts)
    names = {str(row["force_id"]): row["force_name"] or "" for row in tables.reports.values()}
    asked = args.forces or _usual_force(args)
    forces = list(tables.forces) if args.all else forces_named(asked, names)
    decided = args.verdict or _word_on_references(args, tables, forces)
    noted = ""
    if decided:
        earlier, later, word = decided
        force = decide(tables, earlier, later, word, verdicts, args.by.strip())
        forces = forces or [force]
        tables = Tables(args.outputs, args.rules, verdicts)
        noted = f"{word} by {args.by.strip()}: {earlier} → {later}"
    if not forces:
        known = ", ".join(tables.forces) or "no reports yet (peel extract)"
        raise UnknownForce(f"name a force or give --all; there are {known}")
    return tables, forces, noted


def _usual_force(args: argparse.Namespace) -> list[str]:
    """Return the force of the office's settings, where there is one and the command line means no other."""
    from extractor.settings import read_settings
    from extractor.workspace import FILE

    usual = "" if args.verdict else read_settings(args.place.root / FILE).get("force", "")
    return [usual] if usual else []


def _word_on_references(args: argparse.Namespace, tables: Tables, forces: list[str]) -> tuple[str, str, str] | None:
    """Return the two findings that --same or --not-same names, and the word on them."""
    from extractor.cli.references import pair_named
    from extractor.errors import BadSetting

    named = args.same or args.not_same
    if not named:
        return None
    if len(forces) != 1 or args.all:
        raise BadSetting("--same and --not-same need one force: peel compare cleveland --same Q1-AFI-2 2021 Q3-AFI-1")
    return *pair_named(tables, args.outputs, args.verdicts, forces[0], named), "confirmed" if args.same else "rejected"


def _papers(args: argparse.Namespace, tables: Tables, found: list[Compared]) -> list[Path]:
    """Write the pages and committee papers asked for, and return their paths."""
    written: list[Path] = []
    if args.html:
        from extractor.comparison.pages import write_pages

        written += write_pages(found, tables, args.html)
    if args.digest:
        from extractor.comparison.committee_paper import write_digest

        single = _is_file(args.digest)
        written += [
            write_digest(each, args.digest if single else args.digest / f"{each.history.force_id}.docx")
            for each in found
        ]
    return written


def _is_file(digest: Path) -> bool:
    """Whether the committee paper is named as one file; else it is a folder for those of several forces."""
    return digest.suffix.lower() == _WORD and not digest.is_dir()


def _check_digest(digest: Path | None, forces: int) -> None:
    """Refuse a name that the committee papers cannot have.

    Raises:
        BadSetting: it is neither a .docx file for one force nor a folder.
    """
    from extractor.errors import BadSetting

    if digest is None or digest.is_dir() or (not digest.suffix and not digest.exists()):
        return
    if not _is_file(digest):
        raise BadSetting(f"--digest {digest}: the committee paper is a Word file; name it .docx, or give a folder")
    if forces > 1:
        raise BadSetting(f"--digest {digest}: {forces} forces need a folder, in which each has its own .docx")
