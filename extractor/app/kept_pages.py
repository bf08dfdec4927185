"""Made pages as files beside the tables, so that the next start finds them: good for one state of the tables alone."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from functools import cache
from pathlib import Path

import extractor
from extractor.tables import storage

FOLDER = "made-pages"
_ROOMS = ("comparison", "decisions", "export", "tables")  # whose code pages and rows are made by


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
            return (self._place(state) / name_on_disk(name)).read_text(encoding="utf-8")
        except OSError:
            return None

    def used(self, state: str, name: str) -> None:
        """Remember that somebody has asked for a page just now."""
        with contextlib.suppress(OSError):
            os.utime(self._place(state) / name_on_disk(name))

    def last_used(self) -> dict[str, float]:
        """Return when the pages of any state were asked for last or made, in seconds, by `name_on_disk`."""
        with contextlib.suppress(OSError):
            return {file.name: file.stat().st_mtime for file in self._folder.glob("*/*.html")}
        return {}

    def put(self, state: str, name: str, page: str) -> None:
        """Keep a page; where nothing can be written, it is made again."""
        with contextlib.suppress(OSError):
            storage.write_bytes(str(self._place(state) / name_on_disk(name)), page.encode("utf-8", "replace"))

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
        return self._folder / f"{state}-{program()}"


def name_on_disk(name: str) -> str:
    """Return the name of a page's file."""
    return hashlib.blake2b(name.encode(), digest_size=12).hexdigest() + ".html"


@cache
def program() -> str:
    """Return a name for the program as it is: its pages and rows are its own."""
    house = Path(extractor.__file__).parent
    files = sorted(file for room in _ROOMS for file in (house / room).rglob("*.*"))
    rules = sorted(path for path in _rules().rglob("*") if path.is_file())
    told = "\n".join(f"{file} {file.stat().st_mtime_ns}" for file in (*files, *rules) if file.suffix != ".pyc")
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def _rules() -> Path:
    from extractor.rulebook.folder import rules_root

    return rules_root()
