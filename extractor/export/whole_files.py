"""Files that are whole or not there: written under another name, then moved into place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path


@contextmanager
def whole(final: Path, *, keep: bool = False) -> Iterator[Path]:
    """Give a path to write to; the file takes the place of `final` when nothing went wrong.

    With `keep`, a file already there that differs is not lost: people fill in the tracker, so theirs becomes
    `tracker-old-1.xlsx`, and so on.

    Raises:
        OSError: the file cannot be written or moved.
    """
    unfinished = final.with_name(f".{final.stem}.{os.getpid()}{final.suffix}")
    try:
        yield unfinished
        if keep and final.exists() and final.read_bytes() != unfinished.read_bytes():
            old = (final.with_name(f"{final.stem}-old-{n}{final.suffix}") for n in count(1))
            final.rename(next(path for path in old if not path.exists()))
        unfinished.replace(final)
    finally:
        unfinished.unlink(missing_ok=True)
