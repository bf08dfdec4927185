"""Where the rules lie, and a short name for their state."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

# The files that decide what is extracted; the others serve the comparison and the response.
PATTERNS = (
    *("headings.jsonl", "phrases.jsonl", "gradings.jsonl", "documents.jsonl", "publishers.jsonl", "titles.jsonl"),
    *("front_page.jsonl", "mentions.jsonl", "addressees.jsonl", "counts.jsonl", "outcomes.jsonl"),
)
PAGE_PATTERNS = ("furniture.jsonl", "web_dates.jsonl")  # read with a web page, before its cycle is known
TABLES = (  # what extraction reads beside the rules for words
    *PAGE_PATTERNS,
    *("forces.csv", "questions.csv", "areas.csv", "services.csv", "settings.toml", "profile.toml", "family.toml"),
)
EXTRACTION = (*PATTERNS, *TABLES)

Stamp = tuple[tuple[str, int, int], ...]  # path, time of writing in nanoseconds, bytes


def rules_root() -> Path:
    """The folder of the built-in rules: inside the installed package, else beside it in a checkout."""
    packaged = Path(__file__).parents[1] / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


def rules_version(root: Path | None = None) -> str:
    """Return a short hash of every rule file that extraction reads, in any pack: it changes when one of them does."""
    return digest_of(root or rules_root(), EXTRACTION)


def stamp_of(root: Path) -> Stamp:
    """Return names, times and sizes of all rule files: quick to ask, and another when one of them was written."""
    files = (file for folder in os.scandir(root) if folder.is_dir() for file in os.scandir(folder))
    stamps = ((file.path, file.stat()) for file in files)
    return tuple(sorted((path, stat.st_mtime_ns, stat.st_size) for path, stat in stamps))


def digest_of(root: Path, names: Iterable[str] = ()) -> str:
    """Return a short hash of the files of these names (of all rule files, when none is named), line ends apart."""
    wanted = frozenset(names)
    digest = hashlib.sha256()
    for file in sorted(root.glob("*/*")):
        if file.name in wanted or (not wanted and file.suffix in (".jsonl", ".csv", ".toml")):
            name = file.relative_to(root).as_posix()
            digest.update(name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:12]
