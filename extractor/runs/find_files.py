"""Which files a run reads: folders are searched, patterns expanded, nothing that looks like a report passed over."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.reading import SUFFIXES
from extractor.tables import storage

_MARKS = ("*", "?", "[")


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read."""

    place: str
    size: int = 0
    sha256: str = ""
    trouble: str | None = None  # why it cannot be opened
    name: str = ""  # what the tables call it, where that is not its place

    @property
    def source(self) -> str:
        """The name as text, also where a file's name is none."""
        return os.fsencode(self.name or self.place).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Found:
    """What there is at the paths given to a run."""

    inputs: list[Input]
    nothing: list[str]  # paths behind which there is nothing
    passed_over: Counter[str]  # by suffix: files in the folders searched that are no reports


def find_inputs(paths: Sequence[str | Path], skip: str = "") -> Found:
    """Return every file to read, each once, with the paths behind which there is nothing.

    Folders are searched for PDFs and saved web pages, but for the folder `skip`; a file named outright is taken
    whatever its name.
    """
    found: dict[str, Input] = {}
    others: set[str] = set()
    nothing = []
    avoid = _identity(skip)
    for path in map(storage.place, paths):
        hits = list(_at(path, {avoid} if avoid else set(), others))
        if not hits:
            nothing.append(path)
        for hit in hits:
            found.setdefault(_once(hit.place), hit)
    return Found(list(found.values()), nothing, Counter(Path(other).suffix.lower() for other in others))


def with_hashes(inputs: Iterable[Input]) -> list[Input]:
    """Return the inputs with the SHA-256 of their bytes, in order of place; those that cannot be opened say why."""
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        return sorted(pool.map(_with_hash, inputs), key=lambda item: item.place)


def _with_hash(item: Input) -> Input:
    if item.trouble is None:
        try:
            return replace(item, sha256=storage.sha256(item.place))
        except OSError as error:
            item = replace(item, trouble=_why(error))
    return replace(item, sha256=hashlib.sha256(item.source.encode()).hexdigest())


def _once(place: str) -> str:
    if storage.is_remote(place):
        return place
    path = Path(place)
    return str(path.parent.resolve() / path.name)


def _at(path: str, seen: set[tuple[int, int]], others: set[str]) -> Iterator[Input]:
    """Yield the reports at a path; the names of files that are none go into `others`."""
    if storage.is_remote(path):
        yield from _remote(path)
    elif Path(path).is_dir():
        yield from _search(path, seen, others)
    elif os.path.lexists(path):
        yield _local(path)
    elif any(mark in path for mark in _MARKS):
        for hit in sorted(glob.iglob(path, recursive=True)):  # noqa: PTH207 - Path.glob refuses absolute patterns
            if Path(hit).is_dir():
                yield from _search(hit, seen, others)
            elif _is_report(hit):
                yield _local(hit)
            else:
                others.add(_once(hit))


def _remote(path: str) -> Iterator[Input]:
    """Yield the reports at an address of object storage, a single file under whatever name."""
    named = not any(mark in path for mark in _MARKS)
    for place, size in storage.find(path):
        if _is_report(place) or (named and place.endswith(path.split("://", 1)[1])):
            yield Input(place, size)


def _search(folder: str, seen: set[tuple[int, int]], others: set[str]) -> Iterator[Input]:
    """Yield the reports below a folder; links are followed, each folder is searched once."""
    identity = _identity(folder)
    if identity in seen:
        return
    if identity is not None:
        seen.add(identity)
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Input(folder, trouble=f"the folder cannot be searched: {_why(error)}")
        return
    for entry in entries:
        if _is_folder(entry):
            below = list(_search(entry.path, seen, others))
            if not below and _is_report(entry.name):
                yield Input(entry.path, trouble="it is a folder with no report in it")
            yield from below
        elif entry.name.startswith("._"):  # a Mac's notes on a file, not a file
            continue
        elif _is_report(entry.name):
            yield _local(entry.path)
        elif not entry.name.startswith("."):
            others.add(_once(entry.path))


def _local(path: str) -> Input:
    try:
        about = Path(path).stat()
    except OSError as error:
        return Input(path, trouble=_why(error))
    if not stat.S_ISREG(about.st_mode):
        return Input(path, trouble="it is a device or pipe, not a file")
    return Input(path, about.st_size)


def _is_report(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _identity(folder: str) -> tuple[int, int] | None:
    try:
        about = Path(folder).stat()
    except (OSError, ValueError):
        return None
    return about.st_dev, about.st_ino


def _why(error: OSError) -> str:
    return str(error.strerror or error).lower()
