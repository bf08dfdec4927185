"""Where a browser draws the cells of a table, and the numbers before the items of a list."""

from __future__ import annotations

import re

from lxml import html

MOST_COLUMNS = 200  # of one table; cells beyond stand in the last


def item_numbers(root: html.HtmlElement) -> dict[html.HtmlElement, str]:
    """Return the number a browser draws before each item of each ordered list."""
    numbers: dict[html.HtmlElement, str] = {}
    for ordered in root.iter("ol"):
        number = _whole(ordered.get("start"), 1)
        for item in ordered.iterchildren("li"):
            number = _whole(item.get("value"), number)
            numbers[item] = f"{_as_type(number, ordered.get('type', '1'))}. "
            number += 1
    return numbers


def cell_columns(root: html.HtmlElement) -> dict[html.HtmlElement, tuple[int, int]]:
    """Return each table cell's first column and width in columns, rows that reach down counted."""
    places: dict[html.HtmlElement, tuple[int, int]] = {}
    reaching: dict[html.HtmlElement, dict[int, int]] = {}  # of each table: column → rows it is still taken for
    for row in root.iter("tr"):
        table = next(row.iterancestors("table"), None)
        if table is not None:
            reaching[table] = _place_cells(row, reaching.get(table, {}), places)
    return places


def _place_cells(
    row: html.HtmlElement, above: dict[int, int], places: dict[html.HtmlElement, tuple[int, int]]
) -> dict[int, int]:
    """Add the cells of one row to `places`; return what they and cells above leave taken for the next row."""
    column, taken = 0, dict(above)
    for cell in row.iterchildren("td", "th"):
        while taken.get(column, 0) > 0 and column < MOST_COLUMNS:
            column += 1
        span = min(max(_whole(cell.get("colspan"), 1), 1), 50, max(MOST_COLUMNS - column, 1))
        places[cell] = (column, span)
        deep = max(_whole(cell.get("rowspan"), 1), 1)
        taken.update(dict.fromkeys(range(column, column + span), deep))
        column = min(column + span, MOST_COLUMNS)
    return {place: rows - 1 for place, rows in taken.items() if rows > 1}


def _as_type(number: int, kind: str) -> str:
    if kind in ("a", "A") and 1 <= number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I") and 1 <= number <= 20:
        roman = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        return roman if kind == "i" else roman.upper()
    return str(number)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else default
