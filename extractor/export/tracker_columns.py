"""The columns of the tracker's sheets, and where each value comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from extractor.export.tracker_filled import KEY
from extractor.report.flags import meaning
from extractor.response.last_day import possible_days
from extractor.vocabulary import KIND_NAMES

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, width in characters, and where its value comes from."""

    heading: str
    width: int
    value: Callable[[Row], Any] | None = None  # None: for people to fill in
    choices: str = ""  # name of a list of positions.csv
    is_date: bool = False
    is_page: bool = False  # opens the report there
    days_to: bool = False  # counts the days from today to the day in the column before
    detail: bool = False  # folded away at first: the sheet then prints on one page's width


def day_shown(text: str | None) -> Any:
    """Return a date where the table names a day, else what it says."""
    span = possible_days(text) if text else None
    return span[0] if span and span[0] == span[1] else text


PRINTED = [
    Column("Reference", 11, lambda row: row["ref"]),
    Column("Force", 12, lambda row: row["report"]["force_name"]),
    Column("Report", 26, lambda row: row["report_id"], detail=True),
    Column("Published", 13, lambda row: day_shown(row["report"]["published"]), is_date=True, detail=True),
    Column("Kind", 12, lambda row: KIND_NAMES[row["kind"]][0]),
    Column("Question or area", 28, lambda row: row["question"], detail=True),
    Column("Grade", 14, lambda row: row["grade"], detail=True),
    Column("Lead-in as printed", 26, lambda row: row["stem"], detail=True),
    Column("Text as printed", 50, lambda row: row["text"]),
    Column("Explanation as printed", 40, lambda row: row["detail"], detail=True),
    Column("Page", 6, lambda row: row["page_first"], is_page=True),
    Column("Belongs to", 12, lambda row: row["parent_ref"], detail=True),
    Column("Deadline in the report", 16, lambda row: row["deadline"], detail=True),
    Column("That is", 13, lambda row: day_shown(row["deadline_on"]), is_date=True, detail=True),
    Column(
        "New or old",
        14,
        lambda row: " ".join(filter(None, [(row["status"] or "").replace("_", " "), row["origin_cycle"]])),
        detail=True,
    ),
    Column("Seen before", 10, lambda row: row["seen"]),
    Column("Look again", 16, lambda row: "; ".join(map(meaning, row["flags"] or []))),
]
ANSWERS = [
    Column("Required by law?", 12, lambda row: row["law"], detail=True),
    Column("Last day for the response", 13, lambda row: row["due"], is_date=True),
    Column("Days left", 7, itemgetter("due"), days_to=True),
    Column("Draft improvement actions", 44, lambda row: "\n".join(row["drafts"]), detail=True),
    Column("Position", 11, choices="position"),
    Column("Response of the force", 40, detail=True),
    Column("Action taken or proposed", 40, detail=True),
    Column("Reason, if no action", 30, detail=True),
    Column("Owner", 11),
    Column("Due date", 12, is_date=True),
    Column("Revised due date", 13, is_date=True, detail=True),
    Column("Delivery status", 14, choices="delivery"),
    Column("Force says done on", 13, is_date=True, detail=True),
    Column("Office satisfied on", 13, is_date=True, detail=True),
    Column("Closed by HMICFRS on", 13, is_date=True, detail=True),
    Column("Evidence", 24, detail=True),
    Column("Comment", 30, detail=True),
]
ID = Column(KEY, 40, lambda row: row["finding_id"], detail=True)
GRADINGS = [
    Column("Force", 18, lambda row: row["report"].get("force_name")),
    Column("Report", 28, lambda row: row["report_id"]),
    Column("Published", 13, lambda row: day_shown(row["report"].get("published")), is_date=True),
    Column("Level", 10, lambda row: row["level"]),
    Column("Question or area", 60, lambda row: row["question"]),
    Column("Grade", 20, lambda row: row["grade"]),
    Column("Basis", 14, lambda row: (row["basis"] or "").replace("_", " ")),
    Column("Carried over from", 16, lambda row: row["origin_cycle"]),
    Column("Wording as printed", 40, lambda row: row["wording"]),
    Column("Page", 8, lambda row: row["page_first"], is_page=True),
    Column("Flags", 14, lambda row: ", ".join(row["flags"] or [])),
    Column("grading_id", 40, lambda row: row["grading_id"]),
]
