"""`peel due`: the section 55 clock of every report in the tables."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.cli.common import INCOMPLETE, OK, add_outputs, add_register, add_rules, give, give_json, say

NAME = "due"
ABOUT = "list when each response is due, and what is late"
EXAMPLES = ("", "--ics section-55.ics")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("--ics", type=Path, metavar="FILE.ics", help="write the last days as a calendar")
    add_register(parser)
    add_rules(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """List, write the calendar, and end with 1 while something is late."""
    from extractor.response.due import as_calendar, as_text, duties
    from extractor.tables import storage

    found = duties(args.outputs, args.register, args.rules)
    if args.json:
        told = [
            {
                "report_id": duty.report_id,
                "published": duty.published,
                "last_day": duty.last.isoformat() if duty.last else None,
                "exact": duty.due.exact,
                "days_left": duty.days_left,
                **duty.done,
                "late": duty.is_late,
            }
            for duty in found
        ]
        give_json(told)
    else:
        give(as_text(found))
    if args.ics:
        storage.write_bytes(str(args.ics), as_calendar(found).encode())
        say(f"calendar: {args.ics}", quiet=args.quiet)
    return INCOMPLETE if any(duty.is_late for duty in found) else OK
