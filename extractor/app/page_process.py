"""The process that makes pages, as the server sees it: asked for a page, and waited for no longer than one cares to."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from multiprocessing.connection import Connection

_UNTAKEN = 8  # pages made after nobody waited any more, for those who come back

Made = str | Exception | None


class BeingMade(Exception):
    """The page is being made; ask again."""


class Gone(Exception):
    """The process is no more."""


class PageProcess:
    """Asks the process at the other end of a pipe, which answers in turn.

    Args:
        pipe: our end of it.
    """

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._awaited: dict[tuple[str, str], Future[Made]] = {}  # by name and state of the tables
        self._asked: deque[Future[Made]] = deque()
        self._gone = False
        threading.Thread(target=self._receive, name="made pages", daemon=True).start()

    @property
    def lives(self) -> bool:
        """Whether it still answers."""
        return not self._gone

    def ask(self, name: str, state: str, patience: float | None) -> Made:
        """Return the page of this name, made when the tables were in this state or later, or what went wrong.

        Args:
            name: of the page.
            state: of the tables; in another one it is asked for anew.
            patience: seconds to wait; None for as long as it takes.

        Raises:
            BeingMade: it takes longer.
            Gone: nobody makes pages any more.
        """
        awaited = self._awaiting(name, state)
        try:
            made = awaited.result(patience)
        except TimeoutError:
            raise BeingMade from None
        with self._lock:
            self._awaited.pop((name, state), None)
        return made

    def _awaiting(self, name: str, state: str) -> Future[Made]:
        with self._lock:
            if self._gone:
                raise Gone
            if (name, state) not in self._awaited:
                try:
                    self._pipe.send(name)
                except OSError:
                    raise Gone from None
                self._awaited[name, state] = Future()
                self._asked.append(self._awaited[name, state])
            return self._awaited[name, state]

    def _receive(self) -> None:
        try:
            while True:
                made = self._pipe.recv()
                with self._lock:
                    self._asked.popleft().set_result(made)
                    self._forget_untaken()
        except (EOFError, OSError):  # it was killed
            with self._lock:
                self._gone = True
                for awaited in self._asked:
                    awaited.set_exception(Gone())

    def _forget_untaken(self) -> None:
        done = [key for key, awaited in self._awaited.items() if awaited.done()]
        for key in done[:-_UNTAKEN]:
            del self._awaited[key]
