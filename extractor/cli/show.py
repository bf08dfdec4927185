"""`peel show`: one finding with its page, rule and context, or the list of a report's findings."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.cli.common import OK, USAGE, add_csv, add_outputs, give_rows, say

NAME = "show"
ABOUT = "print one finding with its page, rule and context, or list a report's findings"
EXAMPLES = (
    "2023-25-integrated-norfolk",
    "norfolk --csv",
    "2023-25-integrated-norfolk/afi/1f2e3d4c --png place.png",
    "2023-25-integrated-norfolk/afi/1f2e3d4c --why",
)
COLUMNS = (
    *("finding_id", "kind", "question", "page_first", "page_label", "text", "detail", "deadline", "flags"),
    *("decision", "decided_by", "decided_on"),
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("finding", metavar="FINDING", help="a finding_id, or a report to list its findings")
    parser.add_argument("--png", type=Path, metavar="FILE", help="write a picture of its place")
    parser.add_argument("--why", action="store_true", help="print which step decided begin, end, kind and question")
    parser.add_argument("--lines", action="store_true", help="print why the lines of its pages were joined or cut")
    add_csv(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Print a finding or a list of them."""
    from extractor.decisions.apply import decided_rows
    from extractor.review.report_text import context_of, print_finding
    from extractor.tables.lookup import findings_named
    from extractor.tables.read import read_rows

    def decided(report_id: str) -> list[Any]:
        return decided_rows("findings", args.outputs, report_id, args.verdicts, rejected=True)

    report, findings, whole = findings_named(args.finding, args.outputs, decided)
    if (args.png or args.why or args.lines) and whole:
        say("peel show: --png, --why and --lines go with one finding; give its finding_id")
        return USAGE

    def words() -> str:
        if whole:
            return "\n".join(f"{row['finding_id']}  {_rejected(row)}{row['text'][:80]}" for row in findings)
        sections = read_rows("sections", args.outputs, report["report_id"])
        shown = print_finding(findings[0], report, context_of(findings[0], sections))
        shown += f"\n\n{_why(findings[0], report, args.outputs)}" if args.why else ""
        return f"{shown}\n\n{_lines(findings[0], report, args.outputs)}" if args.lines else shown

    give_rows(args, findings, COLUMNS, words)
    if whole:
        say(f"{len(findings)} findings; `peel show FINDING` prints one, `peel review` all", quiet=args.quiet)
    if args.png:
        from extractor.review.picture import write_picture

        page = write_picture(args.png, report, findings[0]["boxes"] or [], args.outputs)
        say(f"picture of page {page}: {args.png}", quiet=args.quiet)
    return OK


def _rejected(row: Mapping[str, Any]) -> str:
    return "[rejected] " if row["decision"] == "rejected" else ""


def _why(finding: Mapping[str, Any], report: Mapping[str, Any], outputs: Path) -> str:
    from extractor.review.why import print_why, why

    return print_why(why(finding["finding_id"], report["source"], report["sha256"], outputs))


def _lines(finding: Mapping[str, Any], report: Mapping[str, Any], outputs: Path) -> str:
    from extractor.review.lines import show_lines

    pages = (finding["page_first"], finding["page_last"]) if finding["page_first"] else None
    return show_lines(pages, report["source"], report["sha256"], outputs)
