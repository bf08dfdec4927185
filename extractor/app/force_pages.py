"""Pages of forces, kept until a report or a decision changes: comparing weighs the words of all findings."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

from extractor.app.desk import Held

THEMES = "themes"


class ForcePages:
    """Makes each page once for each state of the tables."""

    def __init__(self, outputs: Path, verdicts: Path) -> None:
        self._outputs, self._verdicts = outputs, verdicts
        self._lock = threading.Lock()
        self._state: object = None
        self._tables: object = None
        self._made: dict[str, str] = {}

    def page(self, force: str, held: Mapping[str, Held]) -> str | None:
        """Return the page of a force, or of the themes of all; None where no report of the force was read.

        `held` is what the tables hold now; as long as it is the same, so are the pages.
        """
        from extractor.comparison.pages import force_page, themes_page
        from extractor.comparison.year_on_year import Tables

        with self._lock:
            decided = self._verdicts.stat().st_mtime_ns if self._verdicts.exists() else 0
            if self._state != (id(held), decided) or not isinstance(self._tables, Tables):
                self._state, self._made = (id(held), decided), {}
                self._tables = Tables(self._outputs, None, self._verdicts)
            tables = self._tables
            if force != THEMES and force not in tables.forces:
                return None
            if force not in self._made:
                themes = force == THEMES
                self._made[force] = (
                    themes_page(tables, set(tables.forces)) if themes else force_page(tables.compare(force))
                )
            return self._made[force]
