"""Is everything in an outputs folder what was written? Tables and what is kept of each file, by seals and receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.runs.receipts import ReportTables
from extractor.tables import lines_cache, seal, storage
from extractor.tables.read import own_name
from extractor.tables.schemas import PER_REPORT, SCHEMAS


@dataclass(frozen=True, slots=True)
class StoreProblem:
    """One file that is not what it should be."""

    file: str
    what: str
    mend: str

    def as_text(self) -> str:
        """Return it as one line."""
        return f"{self.file}: {self.what}; {self.mend}"


def check_store(outputs: Path | str) -> tuple[int, list[StoreProblem]]:
    """Return how many files were looked at, and every one that is damaged, exchanged or left without its receipt."""
    folder = storage.place(outputs)
    files = {name: sorted(storage.names(storage.join(folder, name))) for name in (*SCHEMAS, *storage.BY_BYTES)}
    problems = [
        *_damaged(folder, files),
        *_without_receipt(folder, files),
        *(problem for name in storage.BY_BYTES for problem in _exchanged(folder, name, files[name])),
        *_search_index(folder),
    ]
    named: dict[str, StoreProblem] = {}
    for problem in problems:
        named.setdefault(problem.file, problem)
    return sum(map(len, files.values())), list(named.values())


def _damaged(folder: str, files: dict[str, list[str]]) -> Iterator[StoreProblem]:
    for name, stems in files.items():
        for stem in stems:
            place = storage.join(folder, name, stem)
            data = _bytes(place)
            if data is None:
                yield StoreProblem(place, "cannot be read", f"take it away, then {_mend(name)}")
            elif not seal.is_whole(data) or not (seal.seal_of(data) or data.endswith(b"PAR1")):
                yield StoreProblem(place, "is not what was written", _mend(name))
            elif (own := own_name(data)) not in ("", f"{name}/{stem}"):
                yield StoreProblem(place, f"is the file {own}, put under another name", _mend(name))


def _bytes(place: str) -> bytes | None:
    try:
        return storage.read_bytes(place)
    except OSError:
        return None


def _search_index(folder: str) -> Iterator[StoreProblem]:
    place = storage.join(folder, storage.SEARCH_INDEX)
    if storage.exists(place):
        data = _bytes(place)
        if data is None or seal.seal_of(data) is None or not seal.is_whole(data):
            yield StoreProblem(place, "is not what was written", "the next `peel find` makes it anew")


def _without_receipt(folder: str, files: dict[str, list[str]]) -> Iterator[StoreProblem]:
    """Yield the files of reports that were being written when a run ended, or that are of another run."""
    tables = ReportTables(folder)
    again = "`peel extract` its report again"
    for file in sorted({stem for name in PER_REPORT for stem in files[name]}):
        receipt = tables.receipt(file.removesuffix(".parquet"))
        if receipt is None:
            yield StoreProblem(storage.join(folder, "reports", file), "has no receipt that can be read", again)
            continue
        for stranger in tables.strangers(receipt):
            yield StoreProblem(stranger, "is not the file that the report's receipt names", again)


def _exchanged(folder: str, kept: str, names: list[str]) -> Iterator[StoreProblem]:
    for name in names:
        place = storage.join(folder, kept, name)
        sha256 = lines_cache.sha256_of(_bytes(place) or b"")
        if sha256 is not None and not sha256.startswith(name.removesuffix(".parquet")):
            yield StoreProblem(place, "holds what is kept of another file", _mend(kept))


def _mend(name: str) -> str:
    return {
        "lines": "the next `peel extract` reads the report's file instead of it",
        "memories": "after the next change of the rules `peel extract` makes it anew",
        "actions": "`peel respond` the report again",
        "links": "`peel compare` the force again",
        "candidates": "`peel compare` the force again",
        "fates": "`peel compare` the force again",
    }.get(name, "`peel extract` its report again")
