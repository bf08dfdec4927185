"""`peel bench`: speed, measured on this machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.cli.common import OK, USAGE, add_outputs, give, positive, say
from extractor.workspace import shipped

NAME = "bench"
ABOUT = "measure speed against the PDF engines and against itself"
EXAMPLES = ("", "report.pdf --rounds 3 --engines 'peel read' pdfplumber", "reports/*.pdf --stages --rounds 3")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "files", nargs="*", metavar="PDF", help="PDFs to read, or folders and patterns (default: our specimens)"
    )
    parser.add_argument(
        "--rounds", type=positive, default=5, metavar="N", help="times that each engine reads each file (default: 5)"
    )
    parser.add_argument("--engines", nargs="+", metavar="NAME", help="only these engines, e.g. 'peel read' pdfplumber")
    parser.add_argument(
        "--sizes", nargs="+", type=positive, default=[4, 8, 16], metavar="N", help="reports in a run (default: 4 8 16)"
    )
    parser.add_argument(
        "--workers", nargs="+", type=positive, default=[1, 2], metavar="N", help="workers in a run (default: 1 2)"
    )
    parser.add_argument("--stages", action="store_true", help="where the time of a page, a report and a run goes")
    add_outputs(parser, made=True)


def run(args: argparse.Namespace) -> int:
    """Measure and print the tables."""
    from extractor.quality import bench

    files, nowhere = _files(args.files or [str(shipped("specimens"))])
    if lacking := _lacking(args, files, nowhere):
        say(f"peel bench: {lacking}")
        return USAGE
    if args.stages:
        return _stages(args, files)
    found = bench.bench(
        files,
        rounds=args.rounds,
        sizes=args.sizes,
        workers=args.workers,
        engines=args.engines,
        say=lambda words: say(words, quiet=args.quiet),
    )
    paths = bench.write(found, args.outputs)
    give(paths[0].read_text(encoding="utf-8") if args.json else bench.markdown(found))
    say(f"written: {', '.join(map(str, paths))}", quiet=args.quiet)
    return OK


def _files(paths: list[str]) -> tuple[list[Path], list[str]]:
    """Return the PDFs at some paths, and the paths where there is nothing."""
    from extractor.reading import WEB_SUFFIXES
    from extractor.runs.find_files import find_inputs

    found = find_inputs(paths)
    pdfs = [item for item in found.inputs if not item.place.lower().endswith(WEB_SUFFIXES)]
    nowhere = [*found.nothing, *(item.place for item in pdfs if item.trouble)]
    return sorted(Path(item.place) for item in pdfs), nowhere


def _lacking(args: argparse.Namespace, files: list[Path], nowhere: list[str]) -> str:
    """Say which files or engines are not there; "" where all are."""
    from extractor.quality.engines import ENGINES

    if nowhere:
        return f"{', '.join(nowhere)}: no such file; check its name, and the folder you are in"
    if unknown := [name for name in args.engines or () if name not in ENGINES]:
        return f"no engine {', '.join(map(repr, unknown))}; engines are {', '.join(ENGINES)}"
    return "" if files else "no PDFs: nothing to measure"


def _stages(args: argparse.Namespace, files: list[Path]) -> int:
    from extractor.quality import bench, bench_stages

    found = bench_stages.measure_stages(files, args.rounds, lambda words: say(words, quiet=args.quiet))
    paths = bench_stages.write(found, Path(args.outputs, bench.FOLDER))
    give(paths[0].read_text(encoding="utf-8") if args.json else bench_stages.markdown(found))
    say(f"written: {', '.join(map(str, paths))}", quiet=args.quiet)
    return OK
