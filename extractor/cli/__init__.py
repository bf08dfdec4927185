"""The command line `peel`: verbs, progress and exit codes, no logic.

Exit 0: all good. 1: ran, and something failed or is incomplete. 2: wrong usage. Data goes to stdout, words for people
to stderr. Nothing heavy is imported before a verb needs it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor import __version__
from extractor.errors import PeelError

if TYPE_CHECKING:
    from extractor.comparison.year_on_year import Compared, Tables
    from extractor.runs.run import Tally

OK, INCOMPLETE, USAGE = 0, 1, 2
FEW = 3  # reports whose findings are printed after a run


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    parser = _parser()
    args = parser.parse_args(argv)
    if not hasattr(args, "run"):
        parser.print_help()
        return USAGE
    try:
        return int(args.run(args))
    except KeyboardInterrupt:
        print("peel: stopped; what was finished is written, run the same command again to go on", file=sys.stderr)
        return INCOMPLETE
    except BrokenPipeError:
        return OK
    except PeelError as error:
        print(f"peel: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"peel: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return INCOMPLETE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="peel",
        description="Read PEEL inspection reports: every grading and finding, with the page behind every word.",
    )
    parser.add_argument("--version", action="version", version=f"peel {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    for add in (
        _add_extract,
        _add_show,
        _add_respond,
        _add_export,
        _add_compare,
        _add_review,
        _add_app,
        _add_check,
        _add_fetch,
        _add_bench,
    ):
        add(verbs)
    return parser


def _verb(verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str) -> argparse.ArgumentParser:
    """Add a verb with the options that every verb has."""
    verb = verbs.add_parser(name, help=about, description=about)
    verb.add_argument(
        "--outputs", type=Path, default=Path("outputs"), metavar="DIR", help="folder of the tables (default: outputs)"
    )
    verb.add_argument("--json", action="store_true", help="print one JSON document instead of words")
    verb.add_argument("-q", "--quiet", action="store_true", help="no progress and no remarks")
    return verb


# extract, show, check ------------------------------------------------------------------------------------------------


def _add_extract(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "extract", "read reports (PDF or saved web page) into tables")
    verb.add_argument("paths", nargs="+", metavar="PATH", help="files, folders or patterns such as 'reports/*.pdf'")
    verb.add_argument("--workers", type=int, metavar="N", help="reports read at the same time (default: one per core)")
    verb.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler, e.g. tcp://host:8786")
    verb.add_argument("--rules", type=Path, metavar="DIR", help="rule packs to use instead of those built in")
    verb.add_argument("--fresh", action="store_true", help="read everything again, also what is unchanged")
    verb.add_argument(
        "--time-limit", type=float, default=120.0, metavar="S", help="seconds one report may take (default: 120)"
    )
    verb.add_argument(
        "--memory-limit", type=int, default=2048, metavar="MB", help="memory one report may take (default: 2048)"
    )
    verb.set_defaults(run=_extract)


def _extract(args: argparse.Namespace) -> int:
    from extractor.errors import RuleError
    from extractor.runs.children import Limits, unlimited
    from extractor.runs.progress import Progress, as_json, closing, line
    from extractor.runs.run import extract_many
    from extractor.tables import storage

    remark = unlimited()
    if remark and not args.quiet:
        print(f"peel: {remark}", file=sys.stderr)
    outputs = storage.place(args.outputs)
    with Progress(quiet=args.quiet) as progress:
        try:
            tally = extract_many(
                args.paths,
                outputs,
                workers=args.workers,
                scheduler=args.scheduler,
                rules=args.rules,
                fresh=args.fresh,
                limits=Limits(args.time_limit, args.memory_limit),
                on_plan=progress.plan,
                on_result=progress.result,
            )
        except RuleError as error:
            print(f"peel: the rules cannot be used:\n{error}", file=sys.stderr)
            return USAGE
    for path in tally.nothing:
        print(f"peel: {path}: nothing to read here; give PDF or HTML files, or folders that hold some", file=sys.stderr)
    if not tally.results:
        return USAGE
    if args.json:
        print(as_json(tally))
    else:
        _print_few(tally, outputs)
    if not args.quiet:
        for result in tally.results:
            if result.unchanged and result.status == "failed":
                print(line(result), file=sys.stderr)
        print(closing(tally, outputs), file=sys.stderr)
    return OK if tally.complete else INCOMPLETE


def _print_few(tally: Tally, outputs: str) -> None:
    """Print what was found, where that is short enough to read."""
    shown = [result for result in tally.reports if result.status != "failed"]
    if not shown or len(tally.reports) > FEW:
        return
    from extractor.review.report_text import print_report
    from extractor.tables.datasets import read_extraction

    for result in shown:
        extraction = read_extraction(outputs, result.report_id)
        if extraction is not None:
            print(print_report(extraction))


def _add_show(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "show", "print one finding with its page, rule and context")
    verb.add_argument("finding", metavar="FINDING", help="a finding_id, or a report_id to list its findings")
    verb.add_argument("--png", type=Path, metavar="FILE", help="write a picture of its place")
    verb.set_defaults(run=_show)


def _show(args: argparse.Namespace) -> int:
    from extractor.review.report_text import context_of, print_finding
    from extractor.tables.datasets import read_rows

    report_id = args.finding.split("/")[0]
    reports = read_rows("reports", args.outputs, report_id) if report_id.strip(".") else []
    findings = [
        row for row in read_rows("findings", args.outputs, report_id) if args.finding in (report_id, row["finding_id"])
    ]
    if not reports or not (findings or args.finding == report_id):
        print(
            f"peel show: {args.finding} is not in {args.outputs}; `peel show REPORT_ID` lists a report's findings",
            file=sys.stderr,
        )
        return USAGE
    if args.json:
        print(json.dumps(findings, ensure_ascii=False, indent=1))
    elif args.finding == report_id:
        print("\n".join(f"{row['finding_id']}  {row['text'][:80]}" for row in findings))
    else:
        print(
            print_finding(
                findings[0], reports[0], context_of(findings[0], read_rows("sections", args.outputs, report_id))
            )
        )
    if args.png and args.finding != report_id:
        return _write_picture(args.png, reports[0]["source"], findings[0]["boxes"] or [])
    return OK


def _write_picture(file: Path, source: str, places: list[dict[str, Any]]) -> int:
    from extractor.models import Box
    from extractor.review.picture import picture

    boxes = [Box(**place) for place in places]
    if not boxes or not Path(source).exists():
        print(f"peel show: no picture: {source} is a web page or is no longer there", file=sys.stderr)
        return INCOMPLETE
    file.write_bytes(picture(source, boxes[0].page, [box for box in boxes if box.page == boxes[0].page]))
    print(f"picture of page {boxes[0].page}: {file}", file=sys.stderr)
    return OK


def _add_check(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "check", "run every rule's examples and score the tables against gold answers")
    verb.add_argument("--gold", type=Path, metavar="DIR", help="folder of gold answers (default: corpus/gold)")
    verb.add_argument("--against", type=Path, metavar="DIR", help="an earlier outputs folder: list gains and losses")
    verb.add_argument("--rules", type=Path, metavar="DIR", help="rule packs to use instead of those built in")
    verb.add_argument(
        "--from-verdicts",
        nargs="?",
        type=Path,
        const=Path("corpus/verdicts.csv"),
        metavar="FILE",
        help="score against analysts' decisions instead; --json adds a draft of gold for reports decided in full",
    )
    verb.set_defaults(run=_check)


def _check_verdicts(args: argparse.Namespace) -> int:
    from extractor.quality.gold_drafts import against_verdicts

    try:
        found = against_verdicts(args.outputs, args.from_verdicts)
    except ValueError as error:
        print(f"peel check: {error}", file=sys.stderr)
        return USAGE
    if args.json:
        print(json.dumps([asdict(held) for held in found], ensure_ascii=False, indent=1))
    for held in [] if args.json else found:
        draft = "decided in full: --json prints a draft of its gold" if held.gold else f"{held.undecided} undecided"
        print(
            f"{held.report_id}: {held.holding} decisions hold, {len(held.differing)} differ, {draft}",
            *held.differing,
            sep="\n  ",
        )
    if not (found or args.quiet):
        print(
            f"peel check: {args.from_verdicts} holds no decision on a report in {args.outputs}; "
            "`peel review REPORT` to make some",
            file=sys.stderr,
        )
    return INCOMPLETE if any(held.differing for held in found) else OK


def _check(args: argparse.Namespace) -> int:
    if args.from_verdicts:
        return _check_verdicts(args)
    from extractor.comparison.year_on_year import verdict_misses
    from extractor.errors import RuleError
    from extractor.quality.scoring import Told, changes, score
    from extractor.rulebook.load import every_rule
    from extractor.rulebook.matcher import example_mistakes

    try:
        rules = every_rule(args.rules)
    except RuleError as error:
        print(f"peel: the rules cannot be used:\n{error}", file=sys.stderr)
        return USAGE
    mistakes = example_mistakes(rules)
    scores = score(args.gold or Path("corpus/gold"), args.outputs)
    links_missed = verdict_misses(args.outputs, args.rules)
    lost, gained = changes(args.against, args.outputs) if args.against else ([], [])
    told = Told(len(rules), mistakes, scores, links_missed, lost, gained)
    print(json.dumps(told.as_row(), ensure_ascii=False, indent=1) if args.json else told.as_text())
    wrong = mistakes or lost or links_missed or not all(result.perfect for result in scores)
    return INCOMPLETE if wrong else OK


# respond, export -----------------------------------------------------------------------------------------------------


def _add_respond(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "respond", "write the Word response to a report, pre-filled, or check a filled-in one")
    verb.add_argument(
        "report", nargs="?", metavar="REPORT", help="a report_id in the tables, or a PDF or web page to extract first"
    )
    verb.add_argument(
        "--check",
        type=Path,
        metavar="FILE.docx",
        help="list what a filled-in response still lacks; exit 1 while the law needs something",
    )
    verb.add_argument(
        "--to",
        type=Path,
        metavar="FILE",
        help="the document to write (default: responses/<report_id>.docx in the outputs)",
    )
    verb.add_argument(
        "--template", type=Path, metavar="FILE.docx", help="your own Word template instead of the one built in"
    )
    verb.add_argument(
        "--copy-template", type=Path, metavar="FILE.docx", help="write a copy of the built-in template, to edit in Word"
    )
    verb.add_argument(
        "--settings",
        type=Path,
        metavar="FILE.toml",
        help="your office's names: responding_body, signatory_title, office_type …",
    )
    verb.add_argument(
        "--published", metavar="YYYY-MM-DD", help="the day of publication, where the report prints only the month"
    )
    verb.add_argument("--rules", type=Path, metavar="DIR", help="rule packs to use instead of those built in")
    verb.set_defaults(run=_respond)


def _respond(args: argparse.Namespace) -> int:
    if sum(given is not None for given in (args.report, args.check, args.copy_template)) != 1:
        print("peel respond: give a REPORT to answer, --check FILE.docx or --copy-template FILE.docx", file=sys.stderr)
        return USAGE
    try:
        return (
            _copy_template(args)
            if args.copy_template
            else _check_response(args)
            if args.check
            else _write_response(args)
        )
    except (LookupError, ValueError) as error:
        print(f"peel respond: {error.args[0]}", file=sys.stderr)
        return USAGE


def _copy_template(args: argparse.Namespace) -> int:
    from extractor.response.document import copy_template

    print(copy_template(args.copy_template, args.rules))
    return OK


def _write_response(args: argparse.Namespace) -> int:
    from extractor.response.document import report_and_problems, respond

    report, problems = report_and_problems(args.report, args.outputs, args.rules)
    remarks = [f"{problem['severity']}: {problem['message']}" for problem in problems]
    for remark in [] if args.quiet else remarks:
        print(remark, file=sys.stderr)
    if any(problem["severity"] == "error" for problem in problems):
        print(f"peel respond: {args.report} could not be read whole, so no response was written", file=sys.stderr)
        return INCOMPLETE
    path = respond(
        report,
        args.outputs,
        template=args.template,
        settings=args.settings,
        to=args.to,
        rules=args.rules,
        published=args.published,
    )
    print(
        json.dumps({"report_id": report, "response": str(path), "problems": problems}, ensure_ascii=False)
        if args.json
        else path
    )
    return INCOMPLETE if problems else OK


def _check_response(args: argparse.Namespace) -> int:

    from extractor.response.check import check_response

    gaps = check_response(args.check, args.rules)
    needed = sum(gap.needed for gap in gaps)
    if args.json:
        print(json.dumps([asdict(gap) for gap in gaps], ensure_ascii=False, indent=2))
    for gap in [] if args.json else gaps:
        print(f"{'needed' if gap.needed else 'remark'}  {gap.where}: {gap.message}")
    if not args.quiet:
        print(f"{args.check}: {needed or 'nothing'} still needed, {len(gaps) - needed} remarks", file=sys.stderr)
    return INCOMPLETE if needed else OK


def _add_export(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "export", "write the Excel tracker, CSV copies and the grade matrix")
    verb.add_argument("reports", nargs="*", metavar="REPORT", help="report_ids in the tables (default: all)")
    verb.add_argument("--to", type=Path, metavar="DIR", help="folder to write into (default: export in the outputs)")
    verb.add_argument("--rules", type=Path, metavar="DIR", help="rule packs to use instead of those built in")
    verb.set_defaults(run=_export)


def _export(args: argparse.Namespace) -> int:
    from extractor.export.tracker import export

    try:
        written = [str(path) for path in export(args.outputs, args.to, args.reports, args.rules)]
    except (LookupError, ValueError) as error:
        print(f"peel export: {error.args[0]}", file=sys.stderr)
        return USAGE
    print(json.dumps(written, ensure_ascii=False, indent=2) if args.json else "\n".join(written))
    return OK


# compare -------------------------------------------------------------------------------------------------------------


def _add_compare(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "compare", "find out which findings are the same problem again")
    verb.add_argument("forces", nargs="*", metavar="FORCE", help="force slugs, e.g. cleveland")
    verb.add_argument("--all", action="store_true", help="every force in the tables")
    verb.add_argument("--html", type=Path, metavar="DIR", help="write one page for each force, and one of themes")
    verb.add_argument(
        "--digest",
        type=Path,
        metavar="FILE",
        help="write the one-page committee paper (.docx; a folder for several forces)",
    )
    verb.add_argument(
        "--verdict",
        nargs=3,
        metavar=("EARLIER", "LATER", "WORD"),
        help="record an analyst's word on a link: confirmed, rejected, or the relation it should have",
    )
    verb.add_argument("--by", default="", metavar="NAME", help="who gives the verdict")
    verb.add_argument("--verdicts", type=Path, metavar="FILE", help="file of verdicts (default: corpus/verdicts.csv)")
    verb.add_argument("--rules", type=Path, metavar="DIR", help="rule packs to use instead of those built in")
    verb.set_defaults(run=_compare)


def _compare(args: argparse.Namespace) -> int:
    from extractor.comparison.terminal import as_json, as_text
    from extractor.comparison.year_on_year import Tables, decide, write
    from extractor.decisions.store import VERDICTS
    from extractor.errors import RuleError, UnknownForce

    verdicts = args.verdicts or VERDICTS
    try:
        tables = Tables(args.outputs, args.rules, verdicts)
        forces = list(tables.forces if args.all else args.forces)
        if args.verdict:
            earlier, later, word = args.verdict
            forces = forces or [decide(tables, earlier, later, word, verdicts, args.by)]
            tables = Tables(args.outputs, args.rules, verdicts)
        if not forces:
            raise UnknownForce(
                f"name a force or give --all; {args.outputs} holds: "
                f"{', '.join(tables.forces) or 'no reports yet (peel extract)'}"
            )
        found = [tables.compare(force) for force in forces]
    except (UnknownForce, RuleError, ValueError) as error:
        print(f"peel: {error}", file=sys.stderr)
        return USAGE
    for compared in found:
        write(compared, args.outputs)
    print(as_json(found) if args.json else "\n\n".join(as_text(compared) for compared in found))
    written = _compare_papers(args, tables, found)
    if not args.quiet:
        print(f"peel: links and fates of {len(found)} forces are in {args.outputs}", file=sys.stderr)
        for path in written:
            print(f"peel: wrote {path}", file=sys.stderr)
    return OK


def _compare_papers(args: argparse.Namespace, tables: Tables, found: list[Compared]) -> list[Path]:
    """Write the pages and committee papers asked for, and return their paths."""
    written: list[Path] = []
    if args.html:
        from extractor.comparison.pages import write_pages

        written += write_pages(found, tables, args.html)
    if args.digest:
        from extractor.comparison.committee_paper import write_digest

        single = len(found) == 1 and args.digest.suffix.lower() == ".docx"
        written += [
            write_digest(each, args.digest if single else args.digest / f"{each.history.force_id}.docx")
            for each in found
        ]
    return written


# review, app ---------------------------------------------------------------------------------------------------------


def _add_review(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "review", "write one offline page: each finding beside the picture of its place")
    verb.add_argument("report", nargs="?", metavar="REPORT", help="a report_id in the tables")
    verb.add_argument("--apply", type=Path, metavar="FILE.json", help="take up the decisions saved in a review page")
    verb.add_argument(
        "--to", type=Path, metavar="FILE", help="the page to write (default: reviews/<report_id>.html in the outputs)"
    )
    verb.add_argument("--verdicts", type=Path, metavar="FILE", help="file of verdicts (default: corpus/verdicts.csv)")
    verb.set_defaults(run=_review)


def _review(args: argparse.Namespace) -> int:
    from extractor.decisions.store import VERDICTS

    if (args.report is None) == (args.apply is None):
        print("peel review: give a REPORT to review, or --apply FILE.json", file=sys.stderr)
        return USAGE
    verdicts = args.verdicts or VERDICTS
    try:
        return _apply_decisions(args, verdicts) if args.apply else _write_review(args, verdicts)
    except (LookupError, ValueError) as error:
        print(f"peel review: {error.args[0]}", file=sys.stderr)
        return USAGE


def _write_review(args: argparse.Namespace, verdicts: Path) -> int:
    from extractor.review.review_page import write_review

    path, no_pages = write_review(args.report, args.outputs, args.to, verdicts)
    if no_pages and not args.quiet:
        print(f"no pictures of pages: {no_pages}; the printed text is shown instead", file=sys.stderr)
    print(
        json.dumps({"report_id": args.report, "review": str(path), "no_pages": no_pages}, ensure_ascii=False)
        if args.json
        else path
    )
    return OK


def _apply_decisions(args: argparse.Namespace, verdicts: Path) -> int:
    from collections import Counter

    from extractor.decisions.review_file import apply_file

    decisions = apply_file(args.apply, args.outputs, verdicts)
    counts = Counter(verdict.verdict for verdict in decisions.verdicts) + Counter(withdrawn=len(decisions.withdrawn))
    if args.json:
        print(json.dumps({"report_id": decisions.report_id, "verdicts": str(verdicts), **counts}, ensure_ascii=False))
    elif not args.quiet:
        told = ", ".join(f"{count} {word}" for word, count in counts.items())
        print(f"{decisions.report_id}: {told or 'no decisions'}; now in {verdicts}", file=sys.stderr)
    return OK


def _add_app(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "app", "the same as a web application on this computer, for the browser")
    verb.add_argument(
        "--port", type=int, default=0, metavar="N", help="where to listen on 127.0.0.1 (default: any free port)"
    )
    verb.add_argument("--no-browser", action="store_true", help="print the link and open no browser")
    verb.add_argument(
        "--upload-limit", type=int, default=100, metavar="MB", help="what one upload may have (default: 100)"
    )
    verb.add_argument("--verdicts", type=Path, metavar="FILE", help="file of verdicts (default: corpus/verdicts.csv)")
    verb.set_defaults(run=_app)


def _app(args: argparse.Namespace) -> int:
    from extractor.decisions.store import VERDICTS

    try:
        from extractor.app.serve import serve
    except ModuleNotFoundError as error:
        print(f"peel app: {error.name} is missing; install it with: pip install 'peel-extractor[app]'", file=sys.stderr)
        return USAGE

    if not (0 <= args.port <= 65535 and args.upload_limit > 0):
        print("peel app: --port is from 0 to 65535, and --upload-limit at least 1 MB", file=sys.stderr)
        return USAGE

    def ready(link: str) -> None:
        print(json.dumps({"link": link}) if args.json else link, flush=True)
        if not args.quiet:
            print("Open this link in your browser; it works once. Ctrl+C stops the program.", file=sys.stderr)

    serve(
        args.outputs,
        args.verdicts or VERDICTS,
        port=args.port,
        largest=args.upload_limit * 1_000_000,
        browser=not args.no_browser,
        on_ready=ready,
    )
    return OK


# fetch, bench --------------------------------------------------------------------------------------------------------


def _add_fetch(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "fetch", "download the reports of the manifest, politely")
    verb.add_argument(
        "pages", nargs="*", metavar="PAGE", help="a publication page or a PDF (default: all in the manifest)"
    )
    verb.add_argument("--manifest", type=Path, metavar="FILE", help="list of addresses (default: corpus/manifest.csv)")
    verb.add_argument("--into", type=Path, metavar="DIR", help="folder of the PDFs (default: corpus/pdf)")
    verb.add_argument("--contact", default="", metavar="ADDRESS", help="where the site can reach you (or PEEL_CONTACT)")
    verb.add_argument("--delay", type=float, default=2.0, metavar="S", help="seconds between two requests (default: 2)")
    verb.add_argument("--most", type=int, metavar="N", help="stop after so many files")
    verb.add_argument("--force", metavar="FORCE", help="only this force's rows of the manifest, e.g. cleveland")
    verb.set_defaults(run=_fetch)


def _fetch(args: argparse.Namespace) -> int:
    from extractor.fetch import manifest
    from extractor.fetch.visitor import Settings, Visitor

    try:
        wanted = manifest.wanted(args.pages, args.manifest or manifest.MANIFEST, args.force)
    except (OSError, ValueError) as error:
        print(f"peel: {error}", file=sys.stderr)
        return USAGE
    settings = Settings(contact=args.contact or os.environ.get("PEEL_CONTACT", ""), delay=args.delay)
    if not settings.contact and not args.quiet:
        print("peel: give --contact, so that the site's owner can reach you before blocking you", file=sys.stderr)
    folder = args.into or manifest.FOLDER
    say = (lambda _fetched: None) if args.quiet else (lambda fetched: print(manifest.line(fetched), file=sys.stderr))
    with Visitor(settings) as visitor:
        done = manifest.fetch(wanted, folder, visitor, most=args.most, on_file=say)
    if args.json:
        print(manifest.as_json(done))
    if not args.quiet:
        print(manifest.closing(done, folder), file=sys.stderr)
    return INCOMPLETE if any(fetched.outcome == "failed" for fetched in done) else OK


def _add_bench(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "bench", "measure speed against the PDF engines and against itself")
    verb.add_argument("files", nargs="*", type=Path, metavar="PDF", help="PDFs to read (default: our specimens)")
    verb.add_argument(
        "--rounds", type=int, default=5, metavar="N", help="times that each engine reads each file (default: 5)"
    )
    verb.add_argument("--engines", nargs="+", metavar="NAME", help="only these engines, e.g. 'peel read' pdfplumber")
    verb.add_argument(
        "--sizes", nargs="+", type=int, default=[4, 8, 16], metavar="N", help="reports in a run (default: 4 8 16)"
    )
    verb.add_argument(
        "--workers", nargs="+", type=int, default=[1, 2], metavar="N", help="workers in a run (default: 1 2)"
    )
    verb.set_defaults(run=_bench)


def _bench(args: argparse.Namespace) -> int:
    from extractor.quality import bench
    from extractor.quality.engines import ENGINES

    files = args.files or sorted(Path("corpus/specimens").glob("*.pdf"))
    missing = [str(file) for file in files if not file.is_file()]
    unknown = [name for name in args.engines or () if name not in ENGINES]
    if missing or unknown or not files:
        print(
            f"peel: {', '.join(missing + unknown) or 'no PDFs'}: nothing to measure; engines are {', '.join(ENGINES)}",
            file=sys.stderr,
        )
        return USAGE

    def say(words: str) -> None:
        if not args.quiet:
            print(words, file=sys.stderr)

    found = bench.bench(
        files, rounds=args.rounds, sizes=args.sizes, workers=args.workers, engines=args.engines, say=say
    )
    paths = bench.write(found, args.outputs)
    print(paths[0].read_text(encoding="utf-8") if args.json else bench.markdown(found))
    say(f"written: {', '.join(map(str, paths))}")
    return OK


if __name__ == "__main__":
    sys.exit(main())
