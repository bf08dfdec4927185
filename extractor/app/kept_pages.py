"""Made pages as files beside the tables, so that the next start finds them: good for one state of the tables alone."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from functools import cache
from pathlib import Path

import extractor
from extractor.tables import storage

FOLDER = "made-pages"


class KeptPages:
    """The pages of one state of tables and decisions.

    Args:
        outputs: folder of the tables.
    """

    def __init__(self, outputs: Path) -> None:
        self._folder = outputs / FOLDER

    def get(self, state: str, name: str) -> str | None:
        """Return a page; None where it was not made for this state."""
        try:
            return (self._place(state) / _file(name)).read_text(encoding="utf-8")
        except OSError:
            return None

    def put(self, state: str, name: str, page: str) -> None:
        """Keep a page; where nothing can be written, it is made again."""
        with contextlib.suppress(OSError):
            storage.write_bytes(str(self._place(state) / _file(name)), page.encode("utf-8", "replace"))

    def go_on(self, before: str, state: str, *, same: bool) -> None:
        """Take the pages of another state over, where they would be made the same; remove all others."""
        if self._folder.is_dir():
            with contextlib.suppress(OSError):
                if same and self._place(before).is_dir() and not self._place(state).exists():
                    self._place(before).rename(self._place(state))
            for other in self._folder.iterdir():
                if other != self._place(state):
                    shutil.rmtree(other, ignore_errors=True)

    def _place(self, state: str) -> Path:
        return self._folder / f"{state}-{_program()}"


def _file(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=12).hexdigest() + ".html"


@cache
def _program() -> str:
    """Return a name for the program as it is: its pages are its own."""
    house = Path(extractor.__file__).parent
    files = sorted(file for room in ("comparison", "export") for file in (house / room).rglob("*.*"))
    rules = sorted(path for path in _rules().rglob("*") if path.is_file())
    told = "\n".join(f"{file} {file.stat().st_mtime_ns}" for file in (*files, *rules) if file.suffix != ".pyc")
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def _rules() -> Path:
    from extractor.rulebook.folder import rules_root

    return rules_root()
