"""`peel show`: one finding with its page, rule and context, or the list of a report's findings."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.cli.common import OK, USAGE, add_csv, add_outputs, give_rows, say, to_write
from extractor.phrasing import count, pages, shortened

NAME = "show"
ABOUT = "print one finding with its page, rule and context, or list a report's findings"
EXAMPLES = (
    "2023-25-integrated-norfolk",
    "norfolk 2023 --csv",
    "2023-25-integrated-norfolk/Q3-AFI-1",
    "2023-25-integrated-norfolk/afi/1f2e3d4c --png place.png",
    "2023-25-integrated-norfolk/afi/1f2e3d4c --why",
)
COLUMNS = (
    *("finding_id", "reference", "kind", "question", "page_first", "page_label", "text", "detail", "deadline", "flags"),
    *("decision", "decided_by", "decided_on"),
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "finding",
        nargs="+",
        metavar="FINDING",
        help="a finding_id, or REPORT/REFERENCE such as norfolk-2023/Q3-AFI-1; or a report to list its findings",
    )
    parser.add_argument("--png", type=to_write(".png"), metavar="FILE.png", help="write a picture of its place")
    parser.add_argument("--why", action="store_true", help="print which step decided begin, end, kind and question")
    parser.add_argument("--lines", action="store_true", help="print why the lines of its pages were joined or cut")
    add_csv(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Print a finding or a list of them."""
    from extractor.cli.references import finding_named, referenced
    from extractor.decisions.apply import decided_rows
    from extractor.tables.lookup import findings_named

    def decided(report_id: str) -> list[Any]:
        return decided_rows("findings", args.outputs, report_id, args.verdicts, rejected=True)

    asked = finding_named(" ".join(args.finding), args.outputs, args.verdicts)
    report, findings, whole = findings_named(asked, args.outputs, decided)
    if (args.png or args.why or args.lines) and whole:
        say(f"peel show: --png, --why and --lines go with one finding; `peel show {report['report_id']}` lists them")
        return USAGE
    rows = referenced(findings, report["report_id"], args.outputs, args.verdicts)
    give_rows(args, rows, COLUMNS, lambda: _list(rows) if whole else _whole(args, findings[0], report))
    if args.png:
        from extractor.review.picture import write_picture

        page = write_picture(args.png, report, findings[0]["boxes"] or [], args.outputs)
        say(f"picture of page {page}: {args.png}", quiet=args.quiet)
    say(_closing(report, rows, args.outputs) if whole else _after(rows[0], args), quiet=args.quiet)
    return OK


def _rejected(row: Mapping[str, Any]) -> str:
    return "[rejected] " if row["decision"] == "rejected" else ""


def _list(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return one line a finding: id, reference, page, the beginning of its words."""
    heads = [(row["finding_id"], row["reference"], pages(row["page_first"], label=row["page_label"])) for row in rows]
    widths = [max(map(len, column)) for column in zip(*heads, strict=True)]
    leads = ["  ".join(map(str.ljust, head, widths)) for head in heads]
    room = shutil.get_terminal_size((140, 24)).columns - sum(widths) - 6
    return "\n".join(
        f"{lead}  {shortened(_rejected(row) + row['text'], max(room, 30))}"
        for lead, row in zip(leads, rows, strict=True)
    )


def _whole(args: argparse.Namespace, finding: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    from extractor.review.report_text import context_of, print_finding
    from extractor.tables.read import read_rows

    sections = read_rows("sections", args.outputs, report["report_id"])
    parts = [print_finding(finding, report, context_of(finding, sections))]
    parts += [_why(finding, report, args.outputs)] if args.why else []
    parts += [_lines(finding, report, args.outputs)] if args.lines else []
    return "\n\n".join(parts)


def _closing(report: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], outputs: Path) -> str:
    """Return how many findings there are, what to look at, and what comes next."""
    from extractor.tables.read import read_rows

    problems = [row for row in read_rows("problems", outputs, report["report_id"]) if row["severity"] != "note"]
    doubts = [
        f"{row['severity']}: {', '.join(filter(None, (pages(row['page'], label=row['page_label']), row['message'])))}"
        for row in problems
    ]
    name = report["report_id"]
    after = f"`peel show {rows[0]['finding_id']}` prints one, `peel review {name}` all" if rows else "`peel list`"
    return "\n".join([*doubts, f"{count(len(rows), 'finding')}; next: {after}"])


def _after(row: Mapping[str, Any], args: argparse.Namespace) -> str:
    if args.png:
        return f"next: `peel review {row['report_id']}` puts every finding beside its page"
    return f"next: `peel show {row['finding_id']} --png place.png` draws its place on the page"


def _why(finding: Mapping[str, Any], report: Mapping[str, Any], outputs: Path) -> str:
    from extractor.review.why import print_why, why

    return print_why(why(finding["finding_id"], report["source"], report["sha256"], outputs))


def _lines(finding: Mapping[str, Any], report: Mapping[str, Any], outputs: Path) -> str:
    from extractor.review.lines import show_lines

    pages = (finding["page_first"], finding["page_last"]) if finding["page_first"] else None
    return show_lines(pages, report["source"], report["sha256"], outputs)
