"""Pages that are costly to make, shown as long as nothing in the tables changes: comparisons and grades."""

from __future__ import annotations

import threading
from multiprocessing.connection import Connection

from extractor.app.desk import Desk
from extractor.app.kept_pages import KeptPages
from extractor.app.page_maker import PageMaker, answer
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
        self._process: Connection | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Let a process of its own make the pages from now on, ahead of those who ask."""
        with self._lock:
            self._process = companion(answer, self._desk.outputs, self._desk.verdicts)

    def force(self, force: str) -> str | None:
        """Return the page of a force over the years, or of the themes of all (`themes`)."""
        return self._page(f"force {force}")

    def grades(self, view: str) -> str | None:
        """Return the matrix of grades of a cycle or a force."""
        return self._own(f"grades {view}")  # of rows that are at hand here

    def _own(self, name: str) -> str | None:
        with self._making:
            return self._maker.make(name)

    def _page(self, name: str) -> str | None:
        state = self._desk.state()
        kept = self._kept.get(state, name)
        if kept is not None:
            self._kept.used(state, name)
            return kept
        with self._lock:
            made = self._asked(name) if self._process else self._own(name)
        if isinstance(made, Exception):
            raise made
        return made

    def _asked(self, name: str) -> str | Exception | None:
        try:
            assert self._process
            self._process.send(name)
            told: str | Exception | None = self._process.recv()
            return told
        except (EOFError, OSError):  # it was killed
            self._process = None
            return self._own(name)
