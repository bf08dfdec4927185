"""`peel check`: rules against their examples, tables against gold answers, against decisions, against damage."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from extractor.cli.common import (
    INCOMPLETE,
    OK,
    add_csv,
    add_outputs,
    add_rules,
    file_there,
    folder_there,
    give,
    give_json,
    give_rows,
    say,
)
from extractor.phrasing import count, typed
from extractor.workspace import shipped

NAME = "check"
ABOUT = "run every rule's examples and score the tables against gold answers"
EXAMPLES = ("", "--store", "--against earlier-outputs", "--from-verdicts --json", "--random 40 --seed 7")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("--gold", type=folder_there, metavar="DIR", help="folder of gold answers (default: ours)")
    parser.add_argument(
        "--against", type=folder_there, metavar="DIR", help="an earlier outputs folder: list gains and losses"
    )
    parser.add_argument(
        "--from-verdicts",
        nargs="?",
        type=file_there,
        const=Path(),
        metavar="FILE",
        help="score against analysts' decisions instead; --json adds a draft of gold for reports decided in full",
    )
    parser.add_argument("--random", type=int, metavar="N", help="make N random reports and measure how they are read")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help="number of the first random report (default: 0)"
    )
    parser.add_argument(
        "--producer", metavar="NAME", help="set every random report with one producer, e.g. reportlab, web"
    )
    parser.add_argument(
        "--store", action="store_true", help="look for damage instead: every table and kept line against its digest"
    )
    add_rules(parser)
    add_csv(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Check and tell what is wrong."""
    if args.random is not None:
        return _check_random(args)
    if args.store:
        return _check_store(args)
    return _check_decisions(args) if args.from_verdicts is not None else _check_rules_and_gold(args)


def _check_rules_and_gold(args: argparse.Namespace) -> int:
    from extractor.quality.scoring import ROW, check

    gold = args.gold or shipped("gold")
    told = check(args.outputs, gold, rules=args.rules, against=args.against, verdicts=args.verdicts)
    _give(args, told.as_row(), told.rows(), ROW, told.as_text)
    if told.unread:
        own = args.place.root / "corpus" / "specimens"
        specimens = (
            "" if args.gold else f"; `peel extract {typed(own if own.is_dir() else shipped('specimens'))}` reads ours"
        )
        say(f"{count(len(told.unread), 'gold answer')} left out, the report not read{specimens}", quiet=args.quiet)
    elif not told.scores:
        say(f"no gold answers in {gold}; name their folder with --gold", quiet=args.quiet)
    return OK if told.good else INCOMPLETE


def _give(
    args: argparse.Namespace,
    whole: object,
    rows: Sequence[Mapping[str, object]],
    columns: Sequence[str],
    words: Callable[[], str],
) -> None:
    """Print everything as JSON, or the rows as CSV, or words."""
    if args.json:
        give_json(whole)
    elif args.csv:
        give_rows(args, rows, columns, words)
    elif text := words():
        give(text)


def _check_store(args: argparse.Namespace) -> int:
    from extractor.decisions.written import copy_of, foreign_lines
    from extractor.runs.store_check import StoreProblem, check_store

    files, problems = check_store(args.outputs)
    for file in (args.verdicts, args.register):
        if foreign := foreign_lines(file):
            what = f"line {', '.join(map(str, foreign))} is not as `peel` wrote it"
            problems.append(StoreProblem(str(file), what, f"if nobody changed it by hand, restore {copy_of(file)}"))
        files += file.is_file()
    rows = [asdict(problem) for problem in problems]
    lines = "\n".join(problem.as_text() for problem in problems)
    _give(args, {"files": files, "problems": rows}, rows, ("file", "what", "mend"), lambda: lines)
    say(f"{count(files, 'file')} in {args.outputs}, {len(problems) or 'none'} damaged", quiet=args.quiet)
    if problems:
        say("next: `peel extract` the reports named again; it makes what is damaged anew", quiet=args.quiet)
    return OK if files and not problems else INCOMPLETE


def _check_decisions(args: argparse.Namespace) -> int:
    from extractor.quality.gold_drafts import against_verdicts

    verdicts = args.verdicts if args.from_verdicts == Path() else args.from_verdicts
    reports = against_verdicts(args.outputs, verdicts)
    rows = [asdict(report) for report in reports]
    columns = ("report_id", "holding", "undecided", "differing")
    _give(args, rows, rows, columns, lambda: "\n".join(report.as_text() for report in reports))
    if not reports:
        say(
            f"peel check: {verdicts} holds no decision on a report in {args.outputs}; "
            "`peel review REPORT` to make some",
            quiet=args.quiet,
        )
    return OK if reports and not any(report.differing for report in reports) else INCOMPLETE


def _check_random(args: argparse.Namespace) -> int:
    from extractor.quality.random_reports import measured

    rates = measured(args.random, args.seed, args.producer)
    row = rates.as_row()
    _give(args, row, [row], [*row], rates.as_text)
    return INCOMPLETE if rates.anything_wrong else OK
