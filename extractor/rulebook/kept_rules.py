"""The built-in rules as they were loaded last: for the same files and program they need not be read and checked again.

They lie beside Python's own compiled modules, are trusted as those are, and are left out where those are: nobody needs
them. Only what was found right is kept. A file that is not to the last byte what was written is not read.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import pydantic

if TYPE_CHECKING:
    from extractor.rulebook.load import RulePacks

_CODE = (Path(__file__).parent, Path(__file__).parents[1])  # what makes rules of files, and the words it knows


def kept_rules(root: Path, digest: str) -> RulePacks | None:
    """Return the rules of a folder whose files have this digest; None where they are not kept."""
    try:
        written = _place().read_bytes()
    except OSError:
        return None
    head = _head(root, digest, written[_LENGTH:])
    if not written.startswith(head):
        return None
    packs: RulePacks = pickle.loads(written[_LENGTH:])
    return packs


def keep(packs: RulePacks, digest: str) -> None:
    """Keep rules that were found right, unless Python is told to write nothing of the kind or cannot."""
    if sys.dont_write_bytecode:
        return
    place, data = _place(), pickle.dumps(packs, pickle.HIGHEST_PROTOCOL)
    partial = place.with_name(f".{place.name}.{os.getpid()}.partial")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.write_bytes(_head(packs.root, digest, data) + data)
            partial.replace(place)
        finally:
            partial.unlink(missing_ok=True)


_LENGTH = 2 * hashlib.sha256().digest_size  # of what stands before the rules: whose they are, and that they are whole


def _head(root: Path, digest: str, data: bytes) -> bytes:
    known = repr((str(root), digest, _code(), sys.version, pydantic.VERSION))
    return hashlib.sha256(known.encode()).digest() + hashlib.sha256(data).digest()


def _code() -> list[tuple[str, int, int]]:
    """Return names, times and sizes of the modules that decide what rules become."""
    files = [file for folder in _CODE for file in os.scandir(folder) if file.name.endswith(".py")]
    stats = ((file.path, file.stat()) for file in files)
    return sorted((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats)


def _place() -> Path:
    return Path(cache_from_source(str(Path(__file__).with_name("rules.py")))).with_suffix(".pickle")
