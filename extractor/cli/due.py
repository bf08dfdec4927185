"""`peel due`: the section 55 clock of every report in the tables."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.cli.common import INCOMPLETE, OK, add_csv, add_outputs, add_register, add_rules, give_rows, say, to_write
from extractor.phrasing import count

if TYPE_CHECKING:
    from extractor.response.due import Duty

NAME = "due"
ABOUT = "list when each response is due, and what is late"
EXAMPLES = ("", "--ics section-55.ics", "--csv > due.csv")
COLUMNS = (
    *("report_id", "report_published", "last_day", "exact", "days_left"),
    *("published", "sent_secretary_of_state", "sent_inspectors", "late"),
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("--ics", type=to_write(".ics"), metavar="FILE.ics", help="write the last days as a calendar")
    add_register(parser)
    add_csv(parser)
    add_rules(parser)
    add_outputs(parser)


def run(args: argparse.Namespace) -> int:
    """List, write the calendar, and end with 1 while something is late."""
    from extractor.response.due import as_calendar, as_text, duties
    from extractor.tables import storage

    found = duties(args.outputs, args.register, args.rules)
    give_rows(args, [_row(duty) for duty in found], COLUMNS, lambda: as_text(found))
    if args.ics:
        storage.write_bytes(str(args.ics), as_calendar(found).encode())
        say(f"calendar: {args.ics}", quiet=args.quiet)
    say(_closing(found), quiet=args.quiet)
    return INCOMPLETE if any(duty.is_late for duty in found) else OK


def _row(duty: Duty) -> dict[str, object]:
    day = duty.last.isoformat() if duty.last else None
    known = {"report_published": duty.published, "last_day": day, "exact": duty.due.exact, "days_left": duty.days_left}
    return {"report_id": duty.report_id, **known, **duty.done, "late": duty.is_late}


def _closing(found: Sequence[Duty]) -> str:
    """Return how many are open and late, and what comes next."""
    if not found:
        return "no response is due; next: `peel extract FILE` reads a report"
    waiting = [duty for duty in found if not duty.is_done]
    told = f"{count(len(waiting), 'response')} open, {sum(duty.is_late for duty in found)} of them late"
    soonest = next((duty for duty in waiting if not duty.is_late), waiting[-1] if waiting else None)
    named = soonest.report_id if soonest else "REPORT"
    return f"{told}; next: `peel respond {named}` writes one, `peel respond --read FILE.docx` records that it is sent"
