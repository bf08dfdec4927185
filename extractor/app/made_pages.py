"""Pages that are costly to make, shown as long as nothing in the tables changes: comparisons and grades."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from extractor.app.desk import Desk
from extractor.app.kept_pages import KeptPages
from extractor.app.page_maker import PageMaker, answer, part_name
from extractor.app.page_process import BeingMade, Gone, PageProcess
from extractor.runs.children import companion


class MadePages:
    """Shows pages of the tables as they are now; None stands for a page that there is not.

    Args:
        desk: the tables.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept = KeptPages(desk.outputs)
        self._maker = PageMaker(desk)
        self._making = threading.Lock()  # of the maker in this process
        self._process: PageProcess | None = None
        self.is_starting = False  # the tables are being read, and a process will make the pages

    def start(self) -> None:
        """Let a process of its own make the pages from now on, ahead of those who ask."""
        self._process = PageProcess(companion(answer, self._desk.outputs, self._desk.verdicts))
        self.is_starting = False

    def force(self, force: str, patience: float | None = None) -> str | None:
        """Return the page of a force over the years, or of the themes of all (`themes`).

        Raises:
            BeingMade: that takes longer than `patience` seconds.
        """
        return self._page(f"force {force}", patience)

    def part(self, force: str, asked: Mapping[str, str], patience: float | None = None) -> str | None:
        """Return a page with a part of a force's page, by what a request asks for.

        Raises:
            BeingMade: that takes longer than `patience` seconds.
        """
        return self._page(part_name(force, asked), patience)

    def is_ahead(self) -> bool:
        """Say whether a process works ahead of those who ask, or will in a moment."""
        return self.is_starting or (self._process is not None and self._process.lives)

    def grades(self, view: str) -> str | None:
        """Return the matrix of grades of a cycle or a force."""
        return self._own(f"grades {view}")  # of rows that are at hand here

    def _own(self, name: str) -> str | None:
        with self._making:
            return self._maker.make(name)

    def _page(self, name: str, patience: float | None) -> str | None:
        state = self._desk.state()
        kept = self._kept.get(state, name)
        if kept is not None:
            self._kept.used(state, name)
            return kept
        if self._process is None and self.is_starting and patience is not None:
            raise BeingMade
        try:
            made = self._process.ask(name, state, patience) if self._process else self._own(name)
        except Gone:
            self._process = None
            return self._own(name)
        if isinstance(made, Exception):
            raise made
        return made
