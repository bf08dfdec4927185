"""Where files are: folders of this machine, or object storage (`s3://…`) through fsspec.

A place is a string. Local places never import fsspec. Every write is whole or not at all: a local file is written
under another name, flushed to the disk and moved; an object store shows an object only when it is complete.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any

from extractor.errors import PeelError, Unreachable

_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]+):/+", re.IGNORECASE)
_PARTIAL = re.compile(r"^\..*\.(\d+)-\d+\.partial$", re.DOTALL)
_serial = itertools.count()

SEARCH_INDEX = "search.sqlite"  # beside the tables: what `peel find` searches
BY_BYTES = LINES, MEMORIES = "lines", "memories"  # folders of what is kept of each file, by the hash of its bytes


def place(where: Path | str) -> str:
    """Return `where` as a string; the `//` that a Path folds in `s3://bucket` is put back."""
    return _SCHEME.sub(r"\1://", str(where), count=1)


def is_remote(where: str) -> bool:
    """Tell whether the place is behind an address such as `s3://`."""
    return _SCHEME.match(where) is not None


def absolute(where: str) -> str:
    """Return the place so that another process with another working folder finds it."""
    return where if is_remote(where) else str(Path(where).absolute())


def join(folder: str, *names: str) -> str:
    """Return the place of a name inside a folder."""
    return "/".join((folder.rstrip("/"), *names)) if is_remote(folder) else str(Path(folder, *names))


def kept_name(sha256: str) -> str:
    """Return the name of the file in each folder `BY_BYTES` that belongs to the file with these bytes."""
    return f"{sha256[:16]}.parquet"


def lines_place(outputs: str, sha256: str) -> str:
    """Return where the lines of the file with these bytes are kept."""
    return join(outputs, LINES, kept_name(sha256))


def memory_place(outputs: str, sha256: str) -> str:
    """Return where it is kept how the file with these bytes was read."""
    return join(outputs, MEMORIES, kept_name(sha256))


def read_bytes(where: str) -> bytes:
    """Return a file's bytes.

    Raises:
        OSError: it cannot be read.
    """
    if is_remote(where):
        filesystem, path = _remote(where)
        return bytes(filesystem.cat_file(path))
    return Path(where).read_bytes()


def sha256(where: str) -> str:
    """Return the SHA-256 of a file's bytes in hex, read in pieces.

    Raises:
        OSError: it cannot be read.
    """
    if is_remote(where):
        filesystem, path = _remote(where)
        with _reached(where), filesystem.open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    with Path(where).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_bytes(where: str, data: bytes) -> None:
    """Write a file, whole or not at all; folders on the way are made.

    Raises:
        OSError: the folder cannot be written.
    """
    if is_remote(where):
        filesystem, path = _remote(where)
        filesystem.pipe_file(path, data)
        return
    try:
        _replace(Path(where), data)
    except FileNotFoundError:  # the folder is missing, or a run on another machine swept our partial file away
        Path(where).parent.mkdir(parents=True, exist_ok=True)
        _replace(Path(where), data)


def _replace(final: Path, data: bytes) -> None:
    partial = final.with_name(f".{final.name}.{os.getpid()}-{next(_serial)}.partial")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(final)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def remove(where: str) -> None:
    """Remove a file; none there is as good."""
    if is_remote(where):
        filesystem, path = _remote(where)
        if filesystem.exists(path):
            filesystem.rm_file(path)
        return
    Path(where).unlink(missing_ok=True)


def names(folder: str) -> set[str]:
    """Return the names of the files in a folder, partial files left out; empty when there is no such folder."""
    if is_remote(folder):
        filesystem, path = _remote(folder)
        filesystem.invalidate_cache()
        found = filesystem.ls(path, detail=False) if filesystem.exists(path) else []
        return {name.rsplit("/", 1)[-1] for name in found}
    try:
        return {entry.name for entry in os.scandir(folder) if not _PARTIAL.match(entry.name)}
    except (FileNotFoundError, NotADirectoryError):
        return set()


def listing(folder: str) -> Iterator[tuple[str, int, str]]:
    """Yield (name, size in bytes, when it changed last) of each file of a folder; nothing when there is none."""
    if is_remote(folder):
        filesystem, path = _remote(folder)
        filesystem.invalidate_cache()
        for about in filesystem.ls(path, detail=True) if filesystem.exists(path) else []:
            yield about["name"].rsplit("/", 1)[-1], int(about.get("size") or 0), str(about.get("LastModified"))
        return
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in os.scandir(folder):
            if not _PARTIAL.match(entry.name):
                about = entry.stat()
                yield entry.name, about.st_size, str(about.st_mtime_ns)


def exists(where: str) -> bool:
    """Tell whether there is anything at the place; a folder or broken link in a file's place is for reading to name."""
    if is_remote(where):
        filesystem, path = _remote(where)
        return bool(filesystem.exists(path))
    return os.path.lexists(where)


def read_many(folder: str, wanted: list[str]) -> Iterator[bytes]:
    """Yield the bytes of files of one folder in the order asked for; an object store is asked for all at once."""
    if is_remote(folder):
        filesystem, path = _remote(folder)
        paths = [f"{path.rstrip('/')}/{name}" for name in wanted]
        found = filesystem.cat(paths) if paths else {}
        yield from (found[name] for name in paths)
        return
    for name in wanted:
        yield Path(folder, name).read_bytes()


def find(where: str) -> list[tuple[str, int]]:
    """Return (place, size in bytes) of every object at or below an address; patterns with `*` are expanded."""
    filesystem, path = _remote(where)
    filesystem.invalidate_cache()
    if any(mark in path for mark in "*?["):
        found = filesystem.glob(path, detail=True)
    else:
        found = filesystem.find(path, detail=True)
    return [
        (filesystem.unstrip_protocol(name), int(about.get("size") or 0))
        for name, about in found.items()
        if about.get("type") == "file"
    ]


def sweep(folder: str) -> None:
    """Remove partial files that a killed process left in a local folder."""
    if is_remote(folder) or not Path(folder).is_dir():
        return
    for entry in os.scandir(folder):
        match = _PARTIAL.match(entry.name)
        if match and not _alive(int(match[1])):
            Path(entry.path).unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    if os.name == "nt":  # signal 0 would end the process there
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    try:  # a process that was killed but not yet buried answers to signals too
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except (OSError, IndexError):
        return True


def _remote(where: str) -> tuple[Any, str]:
    """Return (file system, path in it).

    Raises:
        Unreachable: the library for this kind of address is not installed.
    """
    try:
        import fsspec

        filesystem, path = fsspec.core.url_to_fs(where)
    except ImportError as error:
        raise Unreachable(
            f"{where}: object storage needs one more package: pip install 'peel-extractor[s3]'"
        ) from error
    return _Store(filesystem, where), str(path)


class _Store:
    """A file system behind an address; what its library raises beside `OSError` is told in plain words."""

    def __init__(self, filesystem: Any, where: str) -> None:
        self._filesystem, self._where = filesystem, where

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._filesystem, name)

        @wraps(function)
        def ask(*args: Any, **more: Any) -> Any:
            with _reached(self._where):
                return function(*args, **more)

        return ask


@contextmanager
def _reached(where: str) -> Iterator[None]:
    try:
        yield
    except (OSError, PeelError):
        raise
    except Exception as error:  # each library behind fsspec has errors of its own
        raise Unreachable(
            f"{where}: the object store does not answer as it should ({type(error).__name__}: {error}); check its "
            "address (AWS_ENDPOINT_URL), the network and your key, and run the same command again: what was finished "
            "is kept"
        ) from error
