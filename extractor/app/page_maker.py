"""Make the pages that are costly, in a process that the server starts: comparing weighs the words of all findings.

The process makes what it is asked for; while nobody asks, it makes the pages of the other forces, so that they are
there when somebody does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from extractor.app.desk import Desk, Held
from extractor.app.kept_pages import KeptPages
from extractor.comparison.pages import force_page, themes_page
from extractor.comparison.told_rows import FINDINGS, GRADINGS, ToldRows
from extractor.comparison.year_on_year import Tables
from extractor.decisions.store import read_verdicts
from extractor.errors import PeelError
from extractor.export.grade_matrix import matrix_view

THEMES, FORCES = "themes", "/forces"
_NICE = 10  # below the server, which people wait for


class PageMaker:
    """Makes pages of the tables as they are; `force <id>`, `force themes` and `grades <cycle or force>` are names."""

    def __init__(self, outputs: Path, verdicts: Path) -> None:
        self._desk = Desk(outputs, verdicts, findings=FINDINGS, gradings=GRADINGS)
        self._kept = KeptPages(outputs)
        self._state, self._version = "", -1
        self._links: object = None
        self._tables: Tables | None = None
        self._tables_of: object = None

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
        page = self._grades(which) if what == "grades" else self._force(which)
        if page is not None:
            self._kept.put(self._state, name, page)
        return page

    def unmade(self) -> Iterator[str]:
        """Yield the names of pages that somebody may ask for next."""
        yield "grades "
        forces = sorted({held.row["force_id"] for held in self._desk.reports().values() if held.row["force_id"]})
        yield from (f"force {force}" for force in (*forces, THEMES))

    def _look(self) -> None:
        """Take up what has changed in the tables."""
        state = self._desk.state()
        if state == self._state:
            return
        self._desk.reports()
        links = [each for each in read_verdicts(self._desk.verdicts) if each.subject == "link"]
        same = (self._desk.version, links) == (self._version, self._links)
        self._kept.go_on(self._state, state, same=same or not self._state)
        self._state, self._version, self._links = state, self._desk.version, links

    def _force(self, force: str) -> str | None:
        tables = self._compared()
        if force == THEMES:
            return themes_page(tables, set(tables.forces), FORCES)
        if force not in tables.forces:
            return None
        return force_page(tables.compare(force), tables.elsewhere, f"/forces/{force}/links", FORCES)

    def _compared(self) -> Tables:
        held = self._held()
        rows = ToldRows(
            [each.row for each in held],
            [dict(row) for each in held for row in each.findings],
            [dict(row) for each in held for row in each.gradings],
            [row for each in held for row in each.problems],
            read_verdicts(self._desk.verdicts),
        )
        if self._tables is None or self._tables_of != (self._version, self._links):
            self._tables = Tables(self._desk.outputs, None, self._desk.verdicts, rows, self._tables)
            self._tables_of = self._version, self._links
        return self._tables

    def _grades(self, view: str) -> str | None:
        held = self._held()
        return matrix_view([each.row for each in held], [row for each in held for row in each.gradings], view)

    def _held(self) -> list[Held]:
        """Return the reports in the order of their files, as the commands read them."""
        return [each for _, each in sorted(self._desk.reports().items(), key=lambda pair: f"{pair[0]}.parquet")]


def answer(asked: Connection, outputs: Path, verdicts: Path) -> None:
    """Make pages until the server is gone; runs in a process of its own. "" asks to make all that are missing."""
    with suppress(OSError, AttributeError):
        os.nice(_NICE)
    maker = PageMaker(outputs, verdicts)
    ahead: Iterator[str] = iter(())
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            name = None if asked.poll(0) else next(ahead, None)
            if name is not None:
                _made(maker, name)
            elif name := asked.recv():
                asked.send(_made(maker, name))
            else:
                ahead = maker.unmade()


def _made(maker: PageMaker, name: str) -> str | Exception | None:
    try:
        return maker.make(name)
    except (PeelError, OSError, ValueError) as error:
        return PeelError(str(error))
    except Exception as error:  # whoever asked is told; the next page may still be made
        return RuntimeError(f"{type(error).__name__}: {error}")
