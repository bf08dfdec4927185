"""The sheets of the Excel tracker: formats, cells, lists and colours. Nothing from a report is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from xlsxwriter.url import Url
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import CellBlankTuple

from extractor.decisions.store import FORMULA_MARKS
from extractor.export.tracker_columns import Column, Row
from extractor.export.tracker_filled import FIELDS, HELD
from extractor.export.tracker_rows import RowSheet
from extractor.response.answers import day_in
from extractor.response.wording import clean
from extractor.rulebook.load import load_rules

LONGEST_CELL = 32_767  # characters Excel holds in one cell
CUT = " […] (longer than a cell can hold; the CSV copy has all of it)"
TALLEST_ROW = 409.0  # points, Excel's limit
LONGEST_LINK = 1_980  # characters of an address as Excel counts them, without the page behind the #
MOST_LINKS = 65_530  # links Excel holds on one sheet
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


class Sheets:
    """Writes the sheets of one workbook with one set of formats."""

    def __init__(self, book: Any, rules: Path) -> None:
        self.book = book
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
        self._links = lru_cache(maxsize=1_000)(_link)  # one for all sheets: they stay in memory until the end
        self.choices = load_rules(rules).choices

    def shown(self, row: Row, columns: Sequence[Column]) -> list[Any]:
        """Return what a row shows in some columns, as cells hold it."""
        return [_shown(row, column) for column in columns]

    def blanks(self, columns: Sequence[Column]) -> list[CellBlankTuple]:
        """Return the cells of a row in which nothing stands yet."""
        return [CellBlankTuple(self._look(column)) for column in columns]

    def _look(self, column: Column) -> Any:
        if column.value is not None:
            return self.text
        return self.blank_date if column.is_date else self.blank

    def fill(
        self, sheet: RowSheet, r: int, columns: Sequence[Column], shown: Sequence[Any], address: str | None = None
    ) -> None:
        """Write into a row's blank cells what `shown` gave; a page number opens what the address leads to."""
        for c, (column, value) in enumerate(zip(columns, shown, strict=True)):
            if value or value == 0 or column.days_to:
                self._cell(sheet, r, c, column, value, address)

    def _cell(self, sheet: RowSheet, r: int, c: int, column: Column, value: Any, address: str | None) -> None:
        if column.value is None:
            self._answer(sheet, r, c, column, value)
        elif column.is_page:
            self._page(sheet, r, c, value, address)
        elif column.days_to:
            day = xl_rowcol_to_cell(r, c - 1)
            sheet.write_formula(r, c, f'=IF(ISNUMBER({day}),{day}-TODAY(),"")', self.text, "")
        elif isinstance(value, str):
            sheet.write_string(r, c, value, self.quoted if value.startswith(FORMULA_MARKS) else self.text)
        elif isinstance(value, date):
            sheet.write_datetime(r, c, value, self.date)
        else:
            sheet.write_number(r, c, value, self.text)

    def _answer(self, sheet: RowSheet, r: int, c: int, column: Column, value: str) -> None:
        """Write what the register holds into a cell that people fill in."""
        day = day_in(value) if column.is_date else None
        if day and day.exact:
            sheet.write_datetime(r, c, day.first, self.blank_date)
        else:
            sheet.write_string(r, c, value[:LONGEST_CELL], self.blank)

    def held(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Write the hidden sheet that tells, when the tracker is read back, what people have changed."""
        sheet = self.book.add_worksheet(HELD, RowSheet)
        for r, row in enumerate([("about", "field", "value"), *rows]):
            for c, value in enumerate(row):
                sheet.write_string(r, c, value[:LONGEST_CELL])
        sheet.very_hidden()

    def _page(self, sheet: RowSheet, r: int, c: int, page: int, address: str | None) -> None:
        """Write a page number that opens the report there, as far as Excel takes links."""
        # 255 characters is Excel's limit for what stands after the #; the address itself may be longer.
        if address and r <= MOST_LINKS and _utf16_length(address) < LONGEST_LINK:
            sheet.write_url(r, c, self._links(address, page), self.link)
        else:
            sheet.write_number(r, c, page, self.text)

    def rules_of(self, sheet: Any, c: int, column: Column, last: int) -> None:
        """Set what a column's cells take and how they are coloured."""
        if column.choices:
            self._choices(sheet, c, column, last)
        if column.value is None and column.is_date:
            words = {"error_title": column.heading, "error_message": "Enter a date, e.g. 31/03/2026."}
            taken = {"validate": "date", "criteria": ">", "value": date(2000, 1, 1)}
            sheet.data_validation(1, c, last, c, taken | words)
        if column.heading in _DUE:
            first = xl_rowcol_to_cell(1, c)
            self._colour(
                sheet, c, last, _PAST, {"type": "formula", "criteria": f"=AND(ISNUMBER({first}),{first}<TODAY())"}
            )
        for grade, colour in _GRADE_COLOURS.items() if column.heading == "Grade" else ():
            self._colour(sheet, c, last, colour, {"type": "cell", "criteria": "==", "value": f'"{grade}"'})
        for status, colour in _DELIVERY_COLOURS.items() if column.heading == "Delivery status" else ():
            self._colour(sheet, c, last, colour, {"type": "text", "criteria": "containing", "value": status})

    def _choices(self, sheet: Any, c: int, column: Column, last: int) -> None:
        letter, count = chr(ord("A") + list(self.choices).index(column.choices)), len(self.choices[column.choices])
        taken = {"validate": "list", "source": f"=Lists!${letter}$2:${letter}${count + 1}"}
        words = {"error_title": column.heading, "error_message": "Choose one from the list."}
        sheet.data_validation(1, c, last, c, taken | words)

    def _colour(self, sheet: Any, c: int, last: int, colour: str, where: dict[str, Any]) -> None:
        sheet.conditional_format(1, c, last, c, where | {"format": self.book.add_format({"bg_color": colour})})

    def lists(self) -> None:
        """Write the sheet that the drop-down lists read."""
        sheet = self.book.add_worksheet("Lists")
        sheet.set_column(0, len(self.choices), 34)
        for c, name in enumerate(self.choices):
            sheet.write_string(0, c, name.capitalize(), self.head)
        for r, values in enumerate(zip_longest(*self.choices.values()), 1):  # row by row: what is written is gone
            for c, value in enumerate(values):
                if value is not None:
                    sheet.write_string(r, c, value, self.text)


class ItemSheet:
    """One sheet of items, a row each: frozen heading, filters, wrapped text, lists and colours."""

    def __init__(self, sheets: Sheets, name: str, columns: Sequence[Column]) -> None:
        self._sheets, self._columns, self._blanks, self._rows = sheets, columns, sheets.blanks(columns), 0
        self._sheet = sheets.book.add_worksheet(name, RowSheet)
        self._sheet.set_row(0, 28)  # headings of two lines
        for c, column in enumerate(columns):
            folded = {"level": 1, "hidden": True} if column.detail else {"level": 0}
            self._sheet.set_column(c, c, column.width, None, folded)
            self._sheet.write_string(0, c, column.heading, sheets.head)

    def add(self, row: Row, shown: Sequence[Any]) -> None:
        """Write one item below the others; `shown` is what `Sheets.shown` gave for the columns."""
        self._rows += 1
        self._sheet.begin_row(self._rows, height(shown, self._columns), self._blanks)
        self._sheets.fill(self._sheet, self._rows, self._columns, shown, row["address"])

    def end(self) -> None:
        """Set what holds for all rows, when the last one is written."""
        sheet, last = self._sheet, max(self._rows, 1)
        for c, column in enumerate(self._columns):
            self._sheets.rules_of(sheet, c, column, last)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(self._columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.set_footer("&L&A&RPage &P of &N")


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _link(address: str, page: int) -> Url:
    """Return a link to a page of a report."""
    link = Url(f"{address}#page={page}")
    link.text = str(page)
    return link


def _shown(row: Row, column: Column) -> Any:
    if column.value is None:
        return row["answers"].get(FIELDS[column.heading], "")
    value = None if column.days_to else column.value(row)
    return _words(value) if isinstance(value, str) else value


def _words(text: str) -> str:
    """Return text as a cell can hold it."""
    words = "\n".join(map(clean, text.split("\n")))
    return words if len(words) <= LONGEST_CELL else words[: LONGEST_CELL - len(CUT)] + CUT


def height(shown: Sequence[Any], columns: Sequence[Column]) -> float:
    """Estimate a row's height in points, since LibreOffice does not fit rows to wrapped text by itself."""
    lines = 1
    for value, column in zip(shown, columns, strict=True):
        if isinstance(value, str) and column.value and not column.detail:
            lines = max(lines, sum(-(-len(line) * 3 // (column.width * 4)) or 1 for line in value.split("\n")))
    return min(12.0 * lines + 4, TALLEST_ROW)
