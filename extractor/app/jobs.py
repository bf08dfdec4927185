"""Files given to the local application: their names made harmless, and read one upload after another."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePath
from queue import Queue
from typing import BinaryIO

from extractor.reading import SUFFIXES
from extractor.runs.results import Result, Tally
from extractor.runs.run import extract_many
from extractor.tables.sources import below, root_of

FOLDER = "uploads"
WORDS = {
    "waiting": "Waiting",
    "reading": "Reading …",
    "done": "Read",
    "already": "Already read",
    "failed": "Could not be read",
}
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names that mean devices on Windows
_LONGEST_NAME = 120  # bytes of UTF-8


@dataclass(slots=True)
class Job:
    """One file given to the application."""

    name: str
    path: Path
    state: str = "waiting"
    message: str | None = None
    fresh: bool = False  # read it again although it was read
    report_id: str | None = None

    @property
    def words(self) -> str:
        """Its state in words."""
        return WORDS[self.state]


def safe_name(given: str, suffixes: Collection[str] = SUFFIXES, what: str = "a PDF nor a saved web page") -> str:
    """Return a file name that is nothing but a name: no folders, no invisible or directing characters.

    Raises:
        ValueError: it has none of the suffixes.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFKC", given))[-1]
    kept = "".join(letter if _is_harmless(letter) else "_" for letter in last).strip(" .")
    stem, suffix = PurePath(kept).stem, PurePath(kept).suffix.lower()
    if suffix not in suffixes:
        shown = "".join(letter for letter in last if letter.isprintable())[:80]
        raise ValueError(f"“{shown}” is neither {what}")
    stem = stem.strip(" .") or "report"
    stem = f"_{stem}" if _RESERVED.match(stem) else stem
    return stem.encode()[: _LONGEST_NAME - len(suffix)].decode(errors="ignore") + suffix


def _is_harmless(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNM" or letter in " .-_()&,"


def keep_file(file: BinaryIO, name: str, folder: Path) -> Path:
    """Write a file with a safe name into a folder, under another name if that one holds something else; return its
    path. Of several that arrive at once under one name none is lost: a name is taken by whoever creates it.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = file.read()
    for path in _names(folder, PurePath(name)):
        try:
            with path.open("xb") as kept:
                kept.write(data)
            return path
        except FileExistsError:
            if path.is_file() and path.read_bytes() == data:
                return path
    raise AssertionError("there is always another number")


def _names(folder: Path, name: PurePath) -> Iterator[Path]:
    yield folder / name
    yield from (folder / f"{name.stem}-{number}{name.suffix}" for number in count(2))


class Jobs:
    """Reads what was uploaded, in a thread of its own; each report in a child of its own, as in a bulk run."""

    def __init__(self, outputs: Path, read: Callable[..., Tally] = extract_many) -> None:
        self.outputs, self._read = outputs, read
        self.jobs: list[Job] = []
        self._queue: Queue[list[Job]] = Queue()
        threading.Thread(target=self._work, name="reading", daemon=True).start()

    @property
    def busy(self) -> bool:
        """Tell whether something is still to be read."""
        return any(job.state in ("waiting", "reading") for job in self.jobs)

    @property
    def told(self) -> str:
        """How far the reading is: `3 of 11 are read`; "" where nothing was put in."""
        done = sum(job.state not in ("waiting", "reading") for job in self.jobs)
        return f"{done} of {len(self.jobs)} {'is' if done == 1 else 'are'} done" if self.jobs else ""

    def add(self, files: Sequence[tuple[str, Path]], *, fresh: bool = False) -> None:
        """Put files, each with the name it was given, in the queue; `fresh` reads again what was read already."""
        added = [Job(name, path, fresh=fresh) for name, path in files]
        self.jobs += added
        self._queue.put(added)

    def _work(self) -> None:
        while True:
            self._do(self._queue.get())

    def _do(self, jobs: list[Job]) -> None:
        paths = list(dict.fromkeys(str(job.path) for job in jobs))
        for job in jobs:
            job.state = "reading"

        root = root_of(self.outputs)

        def take(result: Result) -> None:
            for job in jobs:
                if below(result.source, root) == job.path:
                    _settle(job, result)

        try:
            tally = self._read(paths, self.outputs, on_result=take, fresh=any(job.fresh for job in jobs))
            for result in tally.results:  # of what was read already nobody is told before
                take(result)
        except Exception as error:  # the next upload must still be read
            for job in jobs:
                job.message = f"{type(error).__name__}: {error}"
        for job in jobs:
            if job.state == "reading":
                job.state = "failed"


def _settle(job: Job, result: Result) -> None:
    job.report_id, job.message = result.report_id, result.message
    if result.status == "failed":
        job.state = "failed"
    elif result.unchanged or result.status == "duplicate":
        job.state, job.message = "already", result.message or "these bytes are in the tables; nothing was changed"
    else:
        job.state = "done"
