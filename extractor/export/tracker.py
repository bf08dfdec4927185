"""Write the tables for people: an Excel tracker, CSV copies and the grades as web pages.

Nothing that comes from a report is ever a formula: in Excel every such value is written as text (marked as such where
it begins like a formula), in CSV it gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from extractor.decisions.apply import verified_findings, verified_gradings
from extractor.decisions.register import REGISTER, Merged, State, register
from extractor.decisions.store import FORMULA_MARKS, VERDICTS
from extractor.errors import NoSuchReport
from extractor.export.grade_matrix import matrix_files
from extractor.export.tracker_back import FIELDS, HELD, KEY, held_rows, take_back
from extractor.report.flags import meaning
from extractor.response.answers import day_in
from extractor.response.draft_actions import draft_actions
from extractor.response.last_day import Deadline, deadline_of, possible_days
from extractor.response.references import references
from extractor.response.wording import clean
from extractor.rulebook.folder import rules_root
from extractor.rulebook.load import load_rules
from extractor.tables.read import read_rows
from extractor.tables.rows import FindingRow, GradingRow, ReportRow
from extractor.tables.schemas import SCHEMAS
from extractor.vocabulary import KIND_NAMES

Row = Mapping[str, Any]

FOLDER = "export"
LONGEST_CELL = 32_767  # characters Excel holds in one cell
CUT = " […] (longer than a cell can hold; the CSV copy has all of it)"
TALLEST_ROW = 409.0  # points, Excel's limit
MOST_LINKS = 65_530  # links Excel holds on one sheet
_KIND_SHEETS = {
    "Areas for improvement": ("area_for_improvement",),
    "Causes of concern": ("cause_of_concern",),
    "Recommendations": ("recommendation",),
    "Practice": ("innovative_practice", "promising_practice"),
}
_TIMES = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ANSWERED = ("area_for_improvement", "cause_of_concern", "recommendation")
_GRADE_COLOURS = {
    "outstanding": "#C6DBF7",
    "good": "#CDE8D5",
    "adequate": "#E6E8EA",
    "requires improvement": "#FBDFC6",
    "inadequate": "#F6CFC9",
}
_DUE = ("Last day for the response", "Due date", "Revised due date")  # coloured once they have passed
_PAST = "#F6CFC9"
_DELIVERY_COLOURS = {
    "Closed": "#CDE8D5",
    "Done": "#E1F0E5",
    "off track": "#F6CFC9",
    "on track": "#FFF3C4",
    "Will not": "#E6E8EA",
    "Superseded": "#E6E8EA",
}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a sheet: its heading, width in characters, and where its value comes from."""

    heading: str
    width: int
    value: Callable[[Row], Any] | None = None  # None: for people to fill in
    choices: str = ""  # name of a list of positions.csv
    is_date: bool = False
    detail: bool = False  # folded away at first: the sheet then prints on one page's width


def export(
    outputs: Path | str,
    to: Path | str | None = None,
    reports: Sequence[str] = (),
    rules: Path | None = None,
    verdicts: Path = VERDICTS,
    answers: Path = REGISTER,
    on_merged: Callable[[Merged], None] = lambda _merged: None,
    *,
    maps: bool = False,
) -> list[Path]:
    """Write tracker, CSV copies and grade pages of the reports in the tables; return the paths written.

    Args:
        outputs: folder of the tables.
        to: folder to write into; by default `<outputs>/export`.
        reports: report_ids; by default all.
        rules: folder of rules, by default those built in.
        verdicts: analysts' decisions, applied to what is exported.
        answers: the register; what people wrote in the tracker that is there goes into it first.
        on_merged: is told what was taken over from that tracker, and what others had answered otherwise.
        maps: with a map of the forces for each question of a cycle.

    Raises:
        LookupError: the tables hold none of the reports asked for.
        OSError: a file cannot be written.
    """
    folder, target = rules or rules_root(), Path(to) if to else Path(outputs) / FOLDER
    rows = {name: read_rows(name, outputs) for name in SCHEMAS if name not in ("findings", "gradings")}
    rows |= {
        "gradings": verified_gradings(outputs, None, verdicts),
        "findings": verified_findings(outputs, None, verdicts),
    }
    failed = {row["report_id"] for row in rows["reports"] if row["status"] == "failed"}
    tables = {name: _chosen(_without(rows[name], failed), set(reports)) for name in SCHEMAS}
    lost = set(reports) - {row["report_id"] for row in tables["reports"]}
    if lost or not tables["reports"]:
        raise NoSuchReport(f"no report {', '.join(sorted(lost)) or 'at all'} in {outputs}; `peel extract` first")
    target.mkdir(parents=True, exist_ok=True)
    tracker = target / "tracker.xlsx"
    on_merged(take_back(tracker, answers))
    write = partial(_workbook, tables=tables, rules=folder, state=register(answers))
    written = [_whole(tracker, write, keep=True)]
    for name, own in tables.items():
        if own or name in ("reports", "gradings", "findings"):
            written.append(_whole(target / f"{name}.csv", partial(_csv_copy, name=name, rows=own)))
    return written + _grade_pages(target, tables, folder, maps=maps)


def _chosen(rows: list[dict[str, Any]], reports: set[str]) -> list[dict[str, Any]]:
    if not reports:
        return rows
    return [row for row in rows if _report_of(row) in reports]


def _without(rows: list[dict[str, Any]], failed: set[str]) -> list[dict[str, Any]]:
    """Return the rows without those of reports that could not be read: they take part in nothing."""
    return [row for row in rows if _report_of(row) not in failed] if failed else rows


def _report_of(row: Row) -> str:
    """Return the report a row of any table belongs to."""
    known = row.get("report_id") or row.get("later_id") or row.get("finding_id") or ""
    return str(known).split("/", 1)[0]


def _by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["report_id"], []).append(row)
    return found


def _whole(final: Path, write: Callable[[Path], None], keep: bool = False) -> Path:
    """Write a file under another name and move it into place.

    With `keep`, a file already there that differs is not lost: people fill in the tracker, so theirs becomes
    `tracker-old-1.xlsx`, and so on.
    """
    unfinished = final.with_name(f".{final.stem}.{os.getpid()}{final.suffix}")
    try:
        write(unfinished)
        if keep and final.exists() and final.read_bytes() != unfinished.read_bytes():
            old = (final.with_name(f"{final.stem}-old-{n}{final.suffix}") for n in count(1))
            final.rename(next(path for path in old if not path.exists()))
        unfinished.replace(final)
    finally:
        unfinished.unlink(missing_ok=True)
    return final


# CSV and web ---------------------------------------------------------------------------------------------------------


def _csv_copy(path: Path, name: str, rows: Iterable[Row]) -> None:
    columns = SCHEMAS[name].names
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([as_csv(row[column]) for column in columns] for row in rows)


def as_csv(value: Any) -> Any:
    """Return a value for a CSV cell: lists as JSON, an apostrophe before text that a spreadsheet would calculate."""
    if value is None:
        return ""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_MARKS):
        return f"'{value}"
    return value


def _grade_pages(target: Path, tables: Mapping[str, Sequence[Row]], folder: Path, *, maps: bool) -> list[Path]:
    (target / "grades").mkdir(exist_ok=True)
    files = matrix_files(tables["reports"], tables["gradings"], folder, maps=maps)
    return [_whole(target / "grades" / name, partial(_write_text, text=text)) for name, text in files.items()]


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


# the workbook --------------------------------------------------------------------------------------------------------


def _workbook(path: Path, tables: Mapping[str, Sequence[Row]], rules: Path, state: State) -> None:
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1)})  # no clock: same tables, same bytes
    sheets = _Sheets(book, rules)
    items = _items(tables, rules, state)
    sheets.summary(tables, items)
    answered = [row for row in items if row["kind"] in _ANSWERED]
    sheets.items("Tracker", answered, [*_PRINTED, *_ANSWERS, _ID])
    for name, kinds in _KIND_SHEETS.items():
        sheets.items(name, [row for row in items if row["kind"] in kinds], [*_PRINTED, _ID])
    sheets.items("Gradings", _gradings(tables), _GRADINGS)
    sheets.lists()
    sheets.held(answered)
    book.close()


def _items(tables: Mapping[str, Sequence[Row]], rules: Path, state: State) -> list[dict[str, Any]]:
    """Join each finding with what its row shows: report, grade, reference, drafts and the last day for the response."""
    drafts: dict[str, list[str]] = {}
    for row in sorted(tables["actions"], key=lambda row: row["order"]):
        drafts.setdefault(row["finding_id"], []).append(row["text"])
    items = []
    earlier = _earlier(tables)
    gradings_of, findings_of = _by_report(tables["gradings"]), _by_report(tables["findings"])
    for report in tables["reports"]:
        gradings = gradings_of.get(report["report_id"], [])
        findings = findings_of.get(report["report_id"], [])
        grades = {row["question"]: row["grade"] for row in gradings if row["level"] == "question"}
        refs, due = (
            references(cast(list[GradingRow], gradings), cast(list[FindingRow], findings)),
            deadline_of(cast(ReportRow, report), rules),
        )
        if not any(row["finding_id"] in drafts for row in findings):  # no response was made from this report yet
            for item in draft_actions(findings, gradings, rules):
                drafts[item.finding_id] = [action.text for action in item.actions]
        for row in sorted(findings, key=lambda row: row["order"]):
            joined = {
                "report": report,
                "ref": refs[row["finding_id"]],
                "grade": grades.get(row["question"]),
                "due": _last_day(due),
                "drafts": drafts.get(row["finding_id"], []),
                "parent_ref": refs.get(row["parent_id"] or ""),
                "answers": {
                    name: entry.value for name, entry in state.get(row["finding_id"], {}).items() if entry.value
                },
                "seen": _seen(row["finding_id"], earlier),
            }
            items.append(dict(row) | joined)
    return items


def _told(state: State, finding_id: str) -> dict[str, str]:
    """Return what the register holds on a finding, by field."""
    return {name: entry.value for name, entry in state.get(finding_id, {}).items() if entry.value}


def _earlier(tables: Mapping[str, Sequence[Row]]) -> dict[str, set[str]]:
    """Return the earlier findings that each finding repeats, as far as links say so."""
    earlier: dict[str, set[str]] = {}
    for link in tables["links"]:
        if link["verdict"] != "rejected":
            earlier.setdefault(link["later_id"], set()).add(link["earlier_id"])
    return earlier


def _seen(finding_id: str, earlier: Mapping[str, set[str]]) -> str:
    """Say how often something was found: “third time since 2015”; "" where it was met for the first time."""
    found, waiting = {finding_id}, [finding_id]
    while waiting:
        new = earlier.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    years = sorted({name[:4] for name in found})
    count = len({name.split("/", 1)[0] for name in found})
    times = _TIMES[count] if count < len(_TIMES) else f"{count}th"
    return f"{times} time since {years[0]}" if count > 1 else ""


def _gradings(tables: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    reports = {row["report_id"]: row for row in tables["reports"]}
    return [
        dict(row) | {"report": reports.get(row["report_id"], {}), "page_first": row["page"]}
        for row in tables["gradings"]
    ]


def _law(row: Row) -> str:
    return "yes, s.55(5B)" if row["kind"] == "recommendation" else "no"


def _day(text: str | None) -> Any:
    """Return a date where the table names a day, else what it says."""
    span = possible_days(text) if text else None
    return span[0] if span and span[0] == span[1] else text


_PRINTED = [
    _Column("Reference", 11, lambda row: row["ref"]),
    _Column("Force", 12, lambda row: row["report"]["force_name"]),
    _Column("Report", 26, lambda row: row["report_id"], detail=True),
    _Column("Published", 13, lambda row: _day(row["report"]["published"]), is_date=True, detail=True),
    _Column("Kind", 12, lambda row: KIND_NAMES[row["kind"]][0]),
    _Column("Question or area", 28, lambda row: row["question"], detail=True),
    _Column("Grade", 14, lambda row: row["grade"], detail=True),
    _Column("Lead-in as printed", 26, lambda row: row["stem"], detail=True),
    _Column("Text as printed", 50, lambda row: row["text"]),
    _Column("Explanation as printed", 40, lambda row: row["detail"], detail=True),
    _Column("Page", 6, lambda row: row["page_first"]),
    _Column("Belongs to", 12, lambda row: row["parent_ref"], detail=True),
    _Column("Deadline in the report", 16, lambda row: row["deadline"], detail=True),
    _Column("That is", 13, lambda row: _day(row["deadline_on"]), is_date=True, detail=True),
    _Column(
        "New or old",
        14,
        lambda row: " ".join(filter(None, [(row["status"] or "").replace("_", " "), row["origin_cycle"]])),
        detail=True,
    ),
    _Column("Seen before", 10, lambda row: row["seen"]),
    _Column("Look again", 16, lambda row: "; ".join(map(meaning, row["flags"] or []))),
]
_ANSWERS = [
    _Column("Required by law?", 12, _law, detail=True),
    _Column("Last day for the response", 13, lambda row: row["due"], is_date=True),
    _Column("Draft improvement actions", 44, lambda row: "\n".join(row["drafts"]), detail=True),
    _Column("Position", 11, choices="position"),
    _Column("Response of the force", 40, detail=True),
    _Column("Action taken or proposed", 40, detail=True),
    _Column("Reason, if no action", 30, detail=True),
    _Column("Owner", 11),
    _Column("Due date", 12, is_date=True),
    _Column("Revised due date", 13, is_date=True, detail=True),
    _Column("Delivery status", 14, choices="delivery"),
    _Column("Force says done on", 13, is_date=True, detail=True),
    _Column("Office satisfied on", 13, is_date=True, detail=True),
    _Column("Closed by HMICFRS on", 13, is_date=True, detail=True),
    _Column("Evidence", 24, detail=True),
    _Column("Comment", 30, detail=True),
]
_ID = _Column(KEY, 40, lambda row: row["finding_id"], detail=True)
_GRADINGS = [
    _Column("Force", 18, lambda row: row["report"].get("force_name")),
    _Column("Report", 28, lambda row: row["report_id"]),
    _Column("Published", 13, lambda row: _day(row["report"].get("published")), is_date=True),
    _Column("Level", 10, lambda row: row["level"]),
    _Column("Question or area", 60, lambda row: row["question"]),
    _Column("Grade", 20, lambda row: row["grade"]),
    _Column("Basis", 14, lambda row: (row["basis"] or "").replace("_", " ")),
    _Column("Carried over from", 16, lambda row: row["origin_cycle"]),
    _Column("Wording as printed", 40, lambda row: row["wording"]),
    _Column("Page", 8, lambda row: row["page_first"]),
    _Column("Flags", 14, lambda row: ", ".join(row["flags"] or [])),
    _Column("grading_id", 40, lambda row: row["grading_id"]),
]


class _Sheets:
    """Writes the sheets of one workbook with one set of formats."""

    def __init__(self, book: Any, rules: Path) -> None:
        self.book, self.rules = book, rules
        plain = {
            "text_wrap": True,
            "valign": "top",
            "font_name": "Arial",
            "font_size": 9,
            "border": 1,
            "border_color": "#C5CBD3",
        }
        add = book.add_format
        self.text = add(plain)
        self.quoted = add(plain | {"quote_prefix": True})
        self.blank = add(plain | {"bg_color": "#FFFBEA"})
        self.date = add(plain | {"num_format": "d mmmm yyyy", "align": "left"})
        self.blank_date = add(plain | {"num_format": "d mmmm yyyy", "align": "left", "bg_color": "#FFFBEA"})
        self.link = add(plain | {"font_color": "#0B4F9E", "underline": 1})
        self.head = add(plain | {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1D3657"})
        self.title = add({"bold": True, "font_name": "Arial", "font_size": 14, "font_color": "#1D3657"})
        self.note = add(
            {"font_name": "Arial", "font_size": 9, "font_color": "#4A4A4A", "text_wrap": True, "valign": "top"}
        )
        self.choices: dict[str, list[str]] = {}
        for choice in load_rules(rules).positions:
            self.choices.setdefault(choice.list, []).append(choice.value)

    def items(self, name: str, rows: Sequence[Row], columns: Sequence[_Column]) -> None:
        """Write one sheet: frozen heading, filters, wrapped text, lists and colours."""
        sheet = self.book.add_worksheet(name)
        last = max(len(rows), 1)
        sheet.set_row(0, 28)  # headings of two lines
        for r, row in enumerate(rows, 1):
            sheet.set_row(r, _height(row, columns))
        for c, column in enumerate(columns):
            folded = {"level": 1, "hidden": True} if column.detail else {"level": 0}
            sheet.set_column(c, c, column.width, None, folded)
            sheet.write_string(0, c, column.heading, self.head)
            for r, row in enumerate(rows, 1):
                self._cell(sheet, r, c, column, row)
            self._rules(sheet, c, column, last)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.set_footer("&L&A&RPage &P of &N")

    def _cell(self, sheet: Any, r: int, c: int, column: _Column, row: Row) -> None:
        if column.value is None:
            self._answer(sheet, r, c, column, row["answers"].get(FIELDS[column.heading], ""))
            return
        value = column.value(row)
        if column.heading == "Page":
            self._page(sheet, r, c, value, row["report"].get("source"))
        elif isinstance(value, date):
            sheet.write_datetime(r, c, value, self.date)
        elif isinstance(value, (int, float)):
            sheet.write_number(r, c, value, self.text)
        else:
            self._text(sheet, r, c, value)

    def _answer(self, sheet: Any, r: int, c: int, column: _Column, value: str) -> None:
        """Write what the register holds into a cell that people fill in."""
        day = day_in(value) if column.is_date else None
        if day and day.exact:
            sheet.write_datetime(r, c, day.first, self.blank_date)
        elif value:
            sheet.write_string(r, c, value[:LONGEST_CELL], self.blank)
        else:
            sheet.write_blank(r, c, None, self.blank_date if column.is_date else self.blank)

    def held(self, items: Sequence[Row]) -> None:
        """Write the hidden sheet that tells, when the tracker is read back, what people have changed."""
        sheet = self.book.add_worksheet(HELD)
        for r, row in enumerate([("about", "field", "value"), *held_rows(list(items))]):
            for c, value in enumerate(row):
                sheet.write_string(r, c, value[:LONGEST_CELL])
        sheet.very_hidden()

    def _text(self, sheet: Any, r: int, c: int, value: str | None) -> None:
        words = "\n".join(clean(line) for line in (value or "").split("\n"))
        if len(words) > LONGEST_CELL:
            words = words[: LONGEST_CELL - len(CUT)] + CUT
        if words:
            sheet.write_string(r, c, words, self.quoted if words.startswith(FORMULA_MARKS) else self.text)
        else:
            sheet.write_blank(r, c, None, self.text)

    def _page(self, sheet: Any, r: int, c: int, page: int | None, source: str | None) -> None:
        target = _link(source, page)
        # 255 characters is Excel's limit for what stands after the #; the address itself may be longer.
        if page is not None and target and r <= MOST_LINKS and len(target) < 2000:
            sheet.write_url(r, c, target, self.link, str(page))
        elif page is not None:
            sheet.write_number(r, c, page, self.text)
        else:
            sheet.write_blank(r, c, None, self.text)

    def _rules(self, sheet: Any, c: int, column: _Column, last: int) -> None:
        if column.choices:
            letter, count = chr(ord("A") + list(self.choices).index(column.choices)), len(self.choices[column.choices])
            source = f"=Lists!${letter}$2:${letter}${count + 1}"
            sheet.data_validation(
                1,
                c,
                last,
                c,
                {
                    "validate": "list",
                    "source": source,
                    "error_title": column.heading,
                    "error_message": "Choose one from the list.",
                },
            )
        if column.value is None and column.is_date:
            sheet.data_validation(
                1,
                c,
                last,
                c,
                {
                    "validate": "date",
                    "criteria": ">",
                    "value": date(2000, 1, 1),
                    "error_title": column.heading,
                    "error_message": "Enter a date, e.g. 31/03/2026.",
                },
            )
        if column.heading in _DUE:
            first = xl_rowcol_to_cell(1, c)
            criteria = {"type": "formula", "criteria": f"=AND(ISNUMBER({first}),{first}<TODAY())"}
            sheet.conditional_format(1, c, last, c, criteria | {"format": self.book.add_format({"bg_color": _PAST})})
        colours = {"Grade": _GRADE_COLOURS, "Delivery status": _DELIVERY_COLOURS}.get(column.heading, {})
        for words, colour in colours.items():
            criteria = (
                {"type": "cell", "criteria": "==", "value": f'"{words}"'}
                if column.heading == "Grade"
                else {"type": "text", "criteria": "containing", "value": words}
            )
            sheet.conditional_format(1, c, last, c, criteria | {"format": self.book.add_format({"bg_color": colour})})

    def summary(self, tables: Mapping[str, Sequence[Row]], items: Sequence[Row]) -> None:
        """Write the first sheet: what each report asks for and by when."""
        sheet = self.book.add_worksheet("Summary")
        sheet.write_string(0, 0, "Inspection findings to answer", self.title)
        about = "One line per report. The sheet Tracker has one row per item; its yellow cells are for you to fill in."
        sheet.merge_range(1, 0, 1, 6, about, self.note)
        columns = [
            _Column("Report", 30, lambda row: row["report_id"]),
            _Column("Force", 22, lambda row: row["force_name"]),
            _Column("Published", 16, lambda row: _day(row["published"]), is_date=True),
            _Column("Last day for the response", 26, lambda row: row["due"], is_date=True),
            *(_Column(name, 16, itemgetter(name)) for name in _KIND_SHEETS),
            _Column("Status of the extraction", 16, lambda row: row["status"]),
            _Column("Problems to look at", 12, lambda row: row["problems"]),
        ]
        kinds = Counter((row["report_id"], row["kind"]) for row in items)
        problems = Counter(row["report_id"] for row in tables["problems"] if row["severity"] != "note")
        rows = [self._counted(report, kinds, problems) for report in tables["reports"]]
        for c, column in enumerate(columns):
            sheet.set_column(c, c, column.width)
            sheet.write_string(3, c, column.heading, self.head)
            for r, row in enumerate(rows, 4):
                self._cell(sheet, r, c, column, row)
        sheet.set_row(3, 28)
        sheet.freeze_panes(4, 1)
        sheet.autofilter(3, 0, 3 + len(tables["reports"]), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _counted(self, report: Row, kinds: Counter[tuple[str, str]], problems: Counter[str]) -> Row:
        """Return a report with its last day and how much of each kind it asks for."""
        name = report["report_id"]
        own = {sheet: sum(kinds[name, kind] for kind in shown) for sheet, shown in _KIND_SHEETS.items()}
        due = _last_day(deadline_of(cast(ReportRow, report), self.rules))
        shown = {kind: f"at least {count}" for kind, count in own.items()} if problems[name] else own
        return {**report, "due": due, "problems": problems[name], **shown}

    def lists(self) -> None:
        """Write the sheet that the drop-down lists read."""
        sheet = self.book.add_worksheet("Lists")
        sheet.set_column(0, len(self.choices), 34)
        for c, (name, values) in enumerate(self.choices.items()):
            sheet.write_string(0, c, name.capitalize(), self.head)
            for r, value in enumerate(values, 1):
                sheet.write_string(r, c, value, self.text)


def _height(row: Row, columns: Sequence[_Column]) -> float:
    """Estimate a row's height in points, since LibreOffice does not fit rows to wrapped text by itself."""
    lines = 1
    for column in (column for column in columns if not column.detail):
        value = column.value(row) if column.value else None
        if isinstance(value, str):
            lines = max(lines, sum(-(-len(line) * 3 // (column.width * 4)) or 1 for line in value.split("\n")))
    return min(12.0 * lines + 4, TALLEST_ROW)


def _last_day(due: Deadline) -> Any:
    """Return the one last day, or the words that give its range."""
    return due.last if due.exact else due.words[:1].upper() + due.words[1:]


def _link(source: str | None, page: int | None) -> str | None:
    """Return an address that opens the source at a page; None for anything but the web and files."""
    if not source or page is None:
        return None
    if re.match(r"https?://", source):
        return f"{source}#page={page}"
    if "://" in source:
        return None
    return f"{Path(source).resolve().as_uri()}#page={page}"
