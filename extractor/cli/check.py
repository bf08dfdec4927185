"""`peel check`: rules against their examples, tables against gold answers, against decisions, against damage."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from extractor.cli.common import INCOMPLETE, OK, add_outputs, add_rules, count, give, give_json, say
from extractor.workspace import shipped

NAME = "check"
ABOUT = "run every rule's examples and score the tables against gold answers"
EXAMPLES = ("", "--store", "--against earlier-outputs", "--from-verdicts --json", "--random 40 --seed 7")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("--gold", type=Path, metavar="DIR", help="folder of gold answers (default: ours)")
    parser.add_argument("--against", type=Path, metavar="DIR", help="an earlier outputs folder: list gains and losses")
    parser.add_argument(
        "--from-verdicts",
        nargs="?",
        type=Path,
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
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """Check and tell what is wrong."""
    if args.random is not None:
        return _check_random(args)
    if args.store:
        return _check_store(args)
    return _check_decisions(args) if args.from_verdicts is not None else _check_rules_and_gold(args)


def _check_rules_and_gold(args: argparse.Namespace) -> int:
    from extractor.quality.scoring import check

    gold = args.gold or shipped("gold")
    told = check(args.outputs, gold, rules=args.rules, against=args.against, verdicts=args.verdicts)
    give_json(told.as_row()) if args.json else give(told.as_text())
    if not told.scores:
        say(
            f"peel check: no gold answers in {gold}; name their folder with --gold",
            quiet=args.quiet,
        )
    return OK if told.good else INCOMPLETE


def _check_store(args: argparse.Namespace) -> int:
    from extractor.runs.store_check import check_store

    files, problems = check_store(args.outputs)
    if args.json:
        give_json({"files": files, "problems": [asdict(problem) for problem in problems]})
    for problem in [] if args.json else problems:
        give(problem.as_text())
    say(f"{count(files, 'file')} in {args.outputs}, {len(problems) or 'none'} damaged", quiet=args.quiet)
    return OK if files and not problems else INCOMPLETE


def _check_decisions(args: argparse.Namespace) -> int:
    from extractor.quality.gold_drafts import against_verdicts

    verdicts = args.verdicts if args.from_verdicts == Path() else args.from_verdicts
    reports = against_verdicts(args.outputs, verdicts)
    if args.json:
        give_json([asdict(report) for report in reports])
    for report in [] if args.json else reports:
        give(report.as_text())
    if not reports:
        say(
            f"peel check: {verdicts} holds no decision on a report in {args.outputs}; "
            "`peel review REPORT` to make some",
            quiet=args.quiet,
        )
    return INCOMPLETE if any(report.differing for report in reports) else OK


def _check_random(args: argparse.Namespace) -> int:
    from extractor.quality.random_reports import measured

    rates = measured(args.random, args.seed, args.producer)
    give_json(rates.as_row()) if args.json else give(rates.as_text())
    return INCOMPLETE if rates.anything_wrong else OK
