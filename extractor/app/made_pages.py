"""Pages that are costly to make, kept until a report or a decision changes: comparing weighs all findings' words."""

from __future__ import annotations

import threading
from collections.abc import Callable

from extractor.app.desk import Desk
from extractor.comparison.pages import force_page, themes_page
from extractor.comparison.year_on_year import Tables
from extractor.export.grade_matrix import matrix_page

THEMES = "themes"


class MadePages:
    """Makes each page once for each state of the tables; None stands for a page that there is not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._version = -1
        self._tables: Tables | None = None
        self._made: dict[str, str | None] = {}

    def force(self, force: str) -> str | None:
        """Return the page of a force over the years, or of the themes of all."""
        return self._once(f"force {force}", lambda: self._force(force))

    def grades(self, view: str) -> str | None:
        """Return the matrix of grades of a cycle or a force."""
        return self._once(f"grades {view}", lambda: matrix_page(self._desk.outputs, self._desk.verdicts, view))

    def _force(self, force: str) -> str | None:
        self._tables = tables = self._tables or Tables(self._desk.outputs, None, self._desk.verdicts)
        if force == THEMES:
            return themes_page(tables, set(tables.forces))
        if force not in tables.forces:
            return None
        return force_page(tables.compare(force), tables.elsewhere, decide_at=f"/forces/{force}/links")

    def _once(self, name: str, make: Callable[[], str | None]) -> str | None:
        self._desk.reports()
        with self._lock:
            if self._version != self._desk.version:
                self._version, self._tables, self._made = self._desk.version, None, {}
            if name not in self._made:
                self._made[name] = make()
            return self._made[name]
