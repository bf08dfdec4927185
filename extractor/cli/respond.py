"""`peel respond`: the Word response to a report, or what a filled-in one still lacks."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.common import (
    INCOMPLETE,
    OK,
    USAGE,
    add_outputs,
    add_register,
    add_rules,
    file_there,
    give,
    give_json,
    say,
    to_write,
)
from extractor.phrasing import count, pages, typed

if TYPE_CHECKING:
    from extractor.decisions.register import Merged
    from extractor.response.check import Gap

NAME = "respond"
ABOUT = "write the Word response to a report, pre-filled, or check a filled-in one"
EXAMPLES = (
    "2023-25-integrated-norfolk --settings office.toml",
    "report.pdf --to answer.docx",
    "2024-02-28-national-open-for-business --force cleveland",
    "--check answer.docx",
    "--read answer.docx --by 'A. Clerk'",
    "--publish answer.docx",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "report", nargs="*", metavar="REPORT", help="a report in the tables, or a PDF or web page to extract first"
    )
    parser.add_argument(
        "--force", metavar="FORCE", help="whose answer it is, for a paper about many forces, e.g. cleveland"
    )
    parser.add_argument(
        "--check",
        type=file_there,
        metavar="FILE.docx",
        help="list what a filled-in response still lacks; exit 1 while the law needs something",
    )
    parser.add_argument(
        "--publish",
        type=file_there,
        metavar="FILE.docx",
        help="write the copy to publish from a filled-in working copy, without drafts; exit 1 if it lacks something",
    )
    parser.add_argument(
        "--read",
        type=file_there,
        metavar="FILE.docx",
        help="take the answers of a filled-in response into the register; exit 1 where others wrote something else",
    )
    parser.add_argument("--by", default="", metavar="NAME", help="with --read: who answers")
    add_register(parser)
    parser.add_argument(
        "--to",
        type=to_write(".docx"),
        metavar="FILE.docx",
        help="the document to write (default: responses/<report_id>.docx in the outputs)",
    )
    parser.add_argument(
        "--template", type=file_there, metavar="FILE.docx", help="your own Word template instead of the one built in"
    )
    parser.add_argument(
        "--copy-template",
        type=to_write(".docx"),
        metavar="FILE.docx",
        help="write a copy of the built-in template, to edit in Word",
    )
    parser.add_argument(
        "--settings",
        type=file_there,
        metavar="FILE.toml",
        help="your office's names, instead of [office] in peel.toml: responding_body, signatory_title, office_type …",
    )
    parser.add_argument(
        "--published", metavar="DAY", help="the day of publication, where the report prints only the month"
    )
    add_rules(parser)
    add_outputs(parser, made=True)


def run(args: argparse.Namespace) -> int:
    """Write, check or copy, whichever is asked for."""
    if sum(bool(given) for given in _tasks(args)) != 1:
        say("peel respond: give a REPORT to answer, or one of --check, --read, --publish, --copy-template with a file")
        return USAGE
    if args.copy_template:
        return _copy_template(args)
    if args.publish:
        return _publish(args)
    if args.read and not args.by.strip():
        say("peel respond: --read needs --by 'NAME': the register says who answered")
        return USAGE
    if args.read:
        return _read(args)
    return _check(args) if args.check else _write(args)


def _tasks(args: argparse.Namespace) -> tuple[object, ...]:
    return args.report, args.check, args.read, args.publish, args.copy_template


def _read(args: argparse.Namespace) -> int:
    from extractor.response.read_back import read_response

    merged = read_response(args.read, args.register, by=args.by, rules=args.rules)
    if args.json:
        conflicts = [asdict(each) for each in merged.conflicts]
        give_json({"added": len(merged.added), "conflicts": conflicts, "remarks": list(merged.remarks)})
    for told in [] if args.json else (*merged.conflicts, *merged.remarks):
        give(str(told))
    for told in merged.corrected:
        say(f"{told.named}: “{told.kept}”, as this file said before, is now “{told.other}”", quiet=args.quiet)
    added, apart = count(len(merged.added), "answer"), count(len(merged.conflicts), "conflict")
    say(f"{added} taken into {args.register}, {apart}, nothing overwritten", quiet=args.quiet)
    say(f"next: {_after_reading(merged)}", quiet=args.quiet)
    return INCOMPLETE if merged.conflicts or merged.remarks else OK


def _after_reading(merged: Merged) -> str:
    if merged.conflicts:
        return "ask who is right, then put the right words into this file, or into the tracker (`peel export`)"
    return "put right in the document what was not taken, then read it again" if merged.remarks else "`peel due`"


def _publish(args: argparse.Namespace) -> int:
    from extractor.response.check import check_response
    from extractor.response.publication import publish

    gaps = [gap for gap in check_response(args.publish, args.rules) if gap.needed]
    path = publish(args.publish, args.to, args.rules)
    give_json({"response": str(path), "gaps": [asdict(gap) for gap in gaps]}) if args.json else give(str(path))
    for gap in gaps:
        say(f"{_word(gap)}  {gap.where}: {gap.message}", quiet=args.quiet)
    say(f"next: `peel respond --check {typed(path)}`", quiet=args.quiet)
    return INCOMPLETE if gaps else OK


def _copy_template(args: argparse.Namespace) -> int:
    from extractor.response.document import copy_template

    path = str(copy_template(args.copy_template, args.rules))
    give_json({"template": path}) if args.json else give(path)
    say(f"next: edit it in Word, then `peel respond REPORT --template {typed(path)}`", quiet=args.quiet)
    return OK


def _write(args: argparse.Namespace) -> int:
    from extractor.response.document import report_and_problems, respond
    from extractor.settings import read_settings
    from extractor.tables.lookup import report_named
    from extractor.workspace import FILE

    asked = " ".join(args.report)
    named = _extracted(asked, args) if Path(asked).is_file() else report_named(asked, args.outputs)
    report, problems = report_and_problems(named, args.outputs, args.rules)
    for problem in problems:
        where = pages(problem["page"], label=problem["page_label"])
        say(f"{problem['severity']}: {', '.join(filter(None, (where, problem['message'])))}", quiet=args.quiet)
    if any(problem["severity"] == "error" for problem in problems):
        say(f"peel respond: {asked} could not be read whole, so no response was written")
        return INCOMPLETE
    path = respond(
        report,
        args.outputs,
        force=args.force,
        template=args.template,
        settings=args.settings or read_settings(args.place.root / FILE),
        to=args.to,
        rules=args.rules,
        published=args.published,
        verdicts=args.verdicts,
        answers=args.register,
    )
    told = {"report_id": report, "response": str(path), "problems": problems}
    give_json(told) if args.json else give(str(path))
    say(f"next: fill it in, then `peel respond --check {typed(path)}`", quiet=args.quiet)
    return INCOMPLETE if problems else OK


def _extracted(file: str, args: argparse.Namespace) -> str:
    """Extract the file into the tables as `peel extract` does, and return the report's id."""
    from extractor.runs.run import extract_many

    tally = extract_many([file], args.outputs, workers=1, rules=args.rules)
    return tally.results[0].report_id


def _check(args: argparse.Namespace) -> int:
    from extractor.response.check import check_response

    gaps = check_response(args.check, args.rules)
    needed = sum(gap.needed for gap in gaps)
    if args.json:
        give_json([asdict(gap) for gap in gaps])
    for gap in [] if args.json else gaps:
        give(f"{_word(gap)}  {gap.where}: {gap.message}")
    told = f"{needed or 'nothing'} still needed, {count(len(gaps) - needed, 'remark')}"
    after = f"fill in what is needed, then `peel respond --check {typed(args.check)}`"
    say(f"{args.check}: {told}", quiet=args.quiet)
    say(f"next: {after if needed else f'`peel respond --publish {typed(args.check)}`'}", quiet=args.quiet)
    return INCOMPLETE if needed else OK


def _word(gap: Gap) -> str:
    """Return what a gap stands in the way of."""
    if gap.needed:
        return "needed to publish" if gap.stage == "publish" else "needed by law"
    return "to do" if gap.stage == "do" else "remark"
