"""Files given to the local application: their names made harmless, and read one upload after another."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePath
from queue import Queue
from typing import BinaryIO

from extractor.reading import SUFFIXES
from extractor.runs.run import Result, extract_many

FOLDER = "uploads"
WORDS = {"waiting": "Waiting", "reading": "Reading …", "done": "Read", "failed": "Could not be read"}
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names that mean devices on Windows
_LONGEST_NAME = 120  # bytes of UTF-8


@dataclass(slots=True)
class Job:
    """One file given to the application."""

    name: str
    path: Path
    state: str = "waiting"
    message: str | None = None

    @property
    def words(self) -> str:
        """Its state in words."""
        return WORDS[self.state]


def safe_name(given: str) -> str:
    """Return a file name that is nothing but a name: no folders, no invisible or directing characters.

    Raises:
        ValueError: it is not the name of a PDF or saved web page.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFKC", given))[-1]
    kept = "".join(letter if _is_harmless(letter) else "_" for letter in last).strip(" .")
    stem, suffix = PurePath(kept).stem, PurePath(kept).suffix.lower()
    if suffix not in SUFFIXES:
        shown = "".join(letter for letter in last if letter.isprintable())[:80]
        raise ValueError(f"“{shown}” is neither a PDF nor a saved web page")
    stem = stem.strip(" .") or "report"
    stem = f"_{stem}" if _RESERVED.match(stem) else stem
    return stem.encode()[: _LONGEST_NAME - len(suffix)].decode(errors="ignore") + suffix


def _is_harmless(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNM" or letter in " .-_()&,"


def keep_file(file: BinaryIO, name: str, folder: Path) -> Path:
    """Write an uploaded file into a folder, under another name if that one holds something else; return its path.

    Raises:
        ValueError: see `safe_name`.
        OSError: it cannot be written.
    """
    safe = PurePath(safe_name(name))
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{safe.stem}.{os.getpid()}-{threading.get_ident()}.partial"
    digest = hashlib.sha256()
    try:
        with partial.open("wb") as kept:
            while piece := file.read(1 << 20):
                digest.update(piece)
                kept.write(piece)
        for number in count(1):
            path = folder / (safe.name if number == 1 else f"{safe.stem}-{number}{safe.suffix}")
            if not path.exists() or hashlib.sha256(path.read_bytes()).digest() == digest.digest():
                partial.replace(path)
                return path
    finally:
        partial.unlink(missing_ok=True)
    raise AssertionError("there is always another number")


class Jobs:
    """Reads what was uploaded, in a thread of its own; each report in a child of its own, as in a bulk run."""

    def __init__(self, outputs: Path, read: Callable[..., object] = extract_many) -> None:
        self.outputs, self._read = outputs, read
        self.jobs: list[Job] = []
        self._queue: Queue[list[Job]] = Queue()
        threading.Thread(target=self._work, name="reading", daemon=True).start()

    @property
    def busy(self) -> bool:
        """Tell whether something is still to be read."""
        return any(job.state in ("waiting", "reading") for job in self.jobs)

    def add(self, files: list[tuple[str, Path]]) -> None:
        """Put files, each with the name it was given, in the queue."""
        added = [Job(name, path) for name, path in files]
        self.jobs += added
        self._queue.put(added)

    def _work(self) -> None:
        while True:
            self._do(self._queue.get())

    def _do(self, jobs: list[Job]) -> None:
        paths = list(dict.fromkeys(str(job.path) for job in jobs))
        for job in jobs:
            job.state = "reading"

        def take(result: Result) -> None:
            for job in jobs:
                if str(job.path) == result.source:
                    job.state, job.message = ("failed" if result.status == "failed" else "done"), result.message

        try:
            self._read(paths, self.outputs, on_result=take)
        except Exception as error:  # the next upload must still be read
            for job in jobs:
                job.message = f"{type(error).__name__}: {error}"
        for job in jobs:
            if job.state == "reading":
                job.state = "failed"
