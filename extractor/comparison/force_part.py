"""A part of a force's page on pages of its own, for a force with very many findings: some of its rows at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from extractor.comparison.chains import threads
from extractor.comparison.compared import Compared
from extractor.comparison.force_history import Item
from extractor.comparison.page_rows import (
    LONGEST,
    cycles_with,
    entry_rows,
    past_threads,
    silent_fates,
    silent_rows,
    steps,
    thread_row,
)
from extractor.comparison.pages import templates
from extractor.comparison.themes import UNTHEMED, theme_name, themes_of

SILENT, AGAIN, PROBLEM = "silent", "again", "problem"
TITLES = {
    SILENT: "earlier findings without a sure successor",
    AGAIN: "problems that came again and are not in the last inspection",
    PROBLEM: "one problem through the years",
}


class Shown(Protocol):
    """One page of a list: its rows, the place of the first, and the addresses of the pages before and after."""

    @property
    def entries(self) -> Sequence[Any]:
        """The rows."""

    @property
    def first(self) -> int:
        """The place of the first, from 1."""

    @property
    def total(self) -> int:
        """Rows of the whole list."""


def part_rows(compared: Compared, asked: Mapping[str, str]) -> Sequence[Any]:
    """Return all rows of the `part` that is asked for, narrowed by `cycle` and `theme`, or of the problem of `finding`.

    They are what `part_page` shows some of; none where there is no such part or problem.
    """
    items = compared.history.items
    if asked["part"] == SILENT:
        return [fate for fate in silent_fates(compared) if _is_wanted(compared, items[fate.item], asked)]
    if asked["part"] == AGAIN:
        return past_threads(compared)
    own = (each for each in threads(compared) if asked["finding"] in {items[place].id for place in each.items})
    return [step for thread in own for step in steps(thread)]


def _is_wanted(compared: Compared, item: Item, asked: Mapping[str, str]) -> bool:
    if asked["cycle"] and compared.history.reports[item.at]["cycle"] != asked["cycle"]:
        return False
    return not asked["theme"] or asked["theme"] in (themes_of(item, compared.rules) or (UNTHEMED,))


def part_page(
    compared: Compared, asked: Mapping[str, str], shown: Shown, decide_at: str, home: str, parts_at: str
) -> str:
    """Return a page with `shown` of the rows of a part; the addresses are those of `force_page`."""
    values = {SILENT: _silent, AGAIN: _again, PROBLEM: _problem}[asked["part"]](compared, shown)
    places = {"decide_at": decide_at, "home": home, "parts_at": parts_at}
    own = {"name": compared.name, "title": TITLES[asked["part"]], "asked": asked, "listing": shown}
    return templates().get_template("force_part.html.j2").render(own | places | _NOTHING | values)


_NOTHING: dict[str, Any] = {"silent": (), "threads": (), "problem": None}


def _silent(compared: Compared, shown: Shown) -> dict[str, Any]:
    themes = (*(theme.id for theme in compared.rules.themes), UNTHEMED)
    return {
        "silent": silent_rows(compared, shown.entries),
        "cycles": [(cycle, cycle) for cycle, _ in cycles_with(compared, silent_fates(compared))],
        "themes": [(theme, theme_name(theme, compared.rules)) for theme in themes],
    }


def _again(compared: Compared, shown: Shown) -> dict[str, Any]:
    return {"threads": [thread_row(compared, thread, LONGEST) for thread in shown.entries]}


def _problem(compared: Compared, shown: Shown) -> dict[str, Any]:
    entries = entry_rows(compared, shown.entries)
    return {"problem": {"entries": entries, "left": 0} if entries else None}
