"""Make the pages that are costly, in a process that the server starts: comparing weighs the words of all findings.

The process makes what it is asked for; while nobody asks, it makes the pages of the other forces, so that they are
there when somebody does: those first that were asked for last. When tables or decisions change, it begins anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from extractor.app.desk import Desk, Held
from extractor.app.kept_pages import KeptPages, name_on_disk
from extractor.app.listing import listing
from extractor.comparison.compared import Compared
from extractor.comparison.finding_themes import FindingThemes
from extractor.comparison.force_part import TITLES, part_page, part_rows
from extractor.comparison.pages import force_page, themes_page
from extractor.comparison.themes import UNTHEMED
from extractor.comparison.told_rows import ToldRows
from extractor.comparison.year_on_year import Tables
from extractor.decisions.search import Filter, find
from extractor.decisions.store import read_verdicts
from extractor.errors import PeelError
from extractor.export.grade_matrix import matrix_view

THEMES, FORCES = "themes", "/forces"
_NICE = 10  # below the server, which people wait for, once every page was made
_LONGEST = 200  # characters of one value that is asked for
_KEPT = 4  # forces whose comparison is kept in memory
_PAUSE = 2.0  # seconds between two looks at the tables while there is nothing to make


def part_name(force: str, asked: Mapping[str, str]) -> str:
    """Return the name of a page that shows a part of a force's page, by what a request asks for."""
    told = {name: asked.get(name, "")[:_LONGEST] for name in ("part", "cycle", "theme", "finding")}
    page = asked.get("page", "1")[:_LONGEST]
    return f"part {json.dumps({'force': force, **told, 'page': page})}"


class PageMaker:
    """Makes pages of the tables as they are.

    `force <id>`, `force themes`, `grades <cycle or force>` and those that `part_name` gives are names of pages.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept = KeptPages(desk.outputs)
        self._used: dict[str, float] = {}  # when each page was asked for last
        self._state, self._version = "", -1
        self._links: object = None
        self._tables: Tables | None = None
        self._tables_of: object = None
        self._rows: ToldRows | None = None  # as they were, and of which version
        self._rows_of = -1
        self._compared: dict[str, Compared] = {}  # the latest forces, of these tables

    def make(self, name: str) -> str | None:
        """Return a page and keep it; None where there is nothing to show.

        Raises:
            PeelError: the tables or decisions cannot be read.
        """
        self._look()
        kept = self._kept.get(self._state, name)
        if kept is not None:
            return kept
        what, _, which = name.partition(" ")
        makers = {"grades": self._grades, "force": self._force, "part": self._part}
        page = makers[what](which)
        if page is not None and what != "part":  # a part is made quickly of what is in memory
            self._kept.put(self._state, name, page)
        return page

    def ahead(self) -> list[str]:
        """Return the names of pages that somebody may ask for next, the likeliest first.

        Raises:
            PeelError: the tables or decisions cannot be read.
        """
        self._look()
        forces = {held.force_id for held in self._desk.reports().values() if held.force_id}
        names = [f"force {force}" for force in (*sorted(forces), THEMES)]
        return sorted(names, key=lambda name: -self._used.get(name_on_disk(name), 0.0))

    def tables(self) -> Tables:
        """Return the tables as they are, all forces made ready to be compared.

        Raises:
            PeelError: the tables or decisions cannot be read.
        """
        self._look()
        tables = self._compare_tables()
        for force in tables.forces:
            tables.history(force)
        return tables

    def _look(self) -> None:
        """Take up what has changed in the tables."""
        state = self._desk.state()
        if state == self._state:
            return
        self._desk.reports()
        links = [each for each in read_verdicts(self._desk.verdicts) if each.subject == "link"]
        self._used |= self._kept.last_used()
        same = (self._desk.version, links) == (self._version, self._links)
        self._kept.go_on(self._state, state, same=same or not self._state)
        self._state, self._version, self._links = state, self._desk.version, links

    def _force(self, force: str) -> str | None:
        tables = self._compare_tables()
        if force == THEMES:
            return themes_page(tables, set(tables.forces), FORCES)
        compared = self._force_compared(force)
        if compared is None:
            return None
        return force_page(compared, tables.elsewhere, f"/forces/{force}/links", FORCES, f"/forces/{force}.html")

    def _part(self, name: str) -> str | None:
        asked: dict[str, str] = json.loads(name)
        force = asked.pop("force")
        compared = self._force_compared(force)
        rows = part_rows(compared, asked) if compared and asked["part"] in TITLES else ()
        if compared is None or not (rows or asked["cycle"] or asked["theme"]):
            return None
        shown = listing(rows, asked)
        return part_page(compared, asked, shown, f"/forces/{force}/links", FORCES, f"/forces/{force}.html")

    def _force_compared(self, force: str) -> Compared | None:
        """Return a force, compared, where it has a report; the latest are kept for the parts of their pages."""
        tables = self._compare_tables()
        if force not in tables.forces:
            return None
        if force not in self._compared:
            while len(self._compared) >= _KEPT:
                del self._compared[next(iter(self._compared))]
            self._compared[force] = tables.compare(force)
        return self._compared[force]

    def _compare_tables(self) -> Tables:
        if self._tables is None or self._tables_of != (self._version, self._links):
            self._tables = Tables(self._desk.outputs, None, self._desk.verdicts, self._told_rows(), self._tables)
            self._tables_of = self._version, self._links
            self._compared = {}
        return self._tables

    def _told_rows(self) -> ToldRows:
        """Return the rows of the desk, those of before where only words on links are others."""
        verdicts = read_verdicts(self._desk.verdicts)
        if self._rows is None or self._rows_of != self._version:
            held = self._held()
            self._rows = ToldRows(
                [each.row for each in held],
                [dict(row) for each in held for row in each.findings],
                [dict(row) for each in held for row in each.gradings],
                [row for each in held for row in each.problems],
                verdicts,
            )
            self._rows_of = self._version
        return replace(self._rows, verdicts=verdicts)

    def _grades(self, view: str) -> str | None:
        held = self._held()
        return matrix_view([each.row for each in held], [row for each in held for row in each.gradings], view)

    def _held(self) -> list[Held]:
        """Return the reports in the order of their files, as the commands read them."""
        return [each for _, each in sorted(self._desk.reports().items(), key=lambda pair: f"{pair[0]}.parquet")]


def answer(asked: Connection, outputs: Path, verdicts: Path) -> None:
    """Make pages until the server is gone; runs in a process of its own."""
    desk = Desk(outputs, verdicts)
    maker, state, names = PageMaker(desk), "", iter(list[str]())
    is_done = False
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            if asked.poll(_PAUSE if is_done else 0):
                asked.send(_made(maker, asked.recv()))
            elif state != (state := desk.state()):
                names, is_done = iter(_ahead(maker)), False
                _learn_themes(desk, maker)
            elif name := next(names, None):
                _made(maker, name)
            elif not is_done:
                desk.keep()
                is_done = _stand_back()


def _stand_back() -> bool:
    """Let the server go before this process from now on; return True."""
    with suppress(OSError, AttributeError):
        os.nice(_NICE - os.nice(0))
    return True


def _learn_themes(desk: Desk, maker: PageMaker) -> None:
    """Let the index of the search know the themes before somebody asks for one."""
    with suppress(PeelError, OSError, ValueError):
        themes = FindingThemes(desk.outputs, desk.verdicts, maker.tables())
        find("", desk.outputs, desk.verdicts, Filter(theme=UNTHEMED), most=1, themed=themes)


def _ahead(maker: PageMaker) -> list[str]:
    with suppress(PeelError, OSError, ValueError):  # whoever asks for a page is told
        return maker.ahead()
    return []


def _made(maker: PageMaker, name: str) -> str | Exception | None:
    try:
        return maker.make(name)
    except (PeelError, OSError, ValueError) as error:
        return PeelError(str(error))
    except Exception as error:  # whoever asked is told; the next page may still be made
        return RuntimeError(f"{type(error).__name__}: {error}")
