"""What the tables already hold, and how one report gets into them.

The file of a report in table `reports` is its receipt: it is written last and carries, in its Parquet metadata, what a
later run must know, among it the seal of every other file of the report. Without a receipt, with one of other bytes,
rules or program, or with files that are not those it names, a report counts as not done. The receipt is taken away
before the first file is replaced. So a run that is killed at any moment, and any damage, leaves nothing that the next
run would not redo.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.models import Problem
from extractor.tables import seal, storage
from extractor.tables.read import read_file
from extractor.tables.write import encode

_BESIDE = ("sections", "gradings", "findings", "mentions", "problems")  # written before the receipt, in this order


@dataclass(frozen=True, slots=True)
class Copy:
    """One file of an inspection, with what decides which file of several is kept."""

    source: str
    sha256: str
    medium: str  # pdf | web
    characters: int
    empty: bool  # nothing was found in it
    content: str  # hash of its gradings and findings

    @property
    def rank(self) -> tuple[bool, bool, int, str, str]:
        """Sort key: the one to keep comes first. A file with nothing in it, then PDF before web page, long before
        short, then by name."""
        name = PurePosixPath(self.source.replace("\\", "/")).name
        return self.empty, self.medium != "pdf", -self.characters, name, self.source


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of one report in the tables: its row, the file it came from and the files it was preferred to."""

    row: Mapping[str, Any]
    kept: Copy
    findings: int
    flagged: int
    cause: str | None = None  # code of the error of a report that failed
    others: tuple[Copy, ...] = ()
    seals: Mapping[str, str | None] = field(default_factory=dict)  # by table, of the files beside the receipt

    @property
    def report_id(self) -> str:
        """Name of the report's file in every table."""
        return str(self.row["report_id"])

    @property
    def status(self) -> str:
        """The report's status with its duplicates in mind."""
        differs = any(other.content != self.kept.content for other in self.others)
        return "partial" if differs and self.row["status"] == "ok" else str(self.row["status"])


class ReportTables:
    """The tables of one outputs folder, as far as bulk runs need to know them."""

    def __init__(self, outputs: str) -> None:
        """Remember the folder; nothing is read yet."""
        self.outputs = outputs

    def receipts(self) -> dict[str, Receipt]:
        """Return the receipt of every report whose files are all there and as they were written, by report_id."""
        stems = {name: storage.names(storage.join(self.outputs, name)) for name in ("reports", *_BESIDE)}
        whole = sorted(name for name in set.intersection(*stems.values()) if name.endswith(".parquet"))
        found = {}
        for name, data in zip(whole, storage.read_many(storage.join(self.outputs, "reports"), whole), strict=True):
            receipt = _receipt(data)
            if receipt is not None and f"{receipt.report_id}.parquet" == name and not self.strangers(receipt):
                found[receipt.report_id] = receipt
        return found

    def strangers(self, receipt: Receipt) -> list[str]:
        """Return the files of a report that are missing, damaged or not those that its receipt names.

        On an object store, which guards its own objects, nothing is opened for this.
        """
        if storage.is_remote(self.outputs):
            return []
        files = {name: self._file(name, receipt.report_id) for name in _BESIDE}
        return [file for name, file in files.items() if not _is_as_written(file, receipt.seals.get(name))]

    def receipt(self, report_id: str) -> Receipt | None:
        """Return the receipt of one report as it stands now, None when there is none."""
        try:
            return _receipt(storage.read_bytes(self._file("reports", report_id)))
        except OSError:
            return None

    def enter(self, receipt: Receipt, files: Mapping[str, bytes], problems: tuple[Problem, ...]) -> None:
        """Put a report into every table, in place of what was there under its id.

        `files` are the bytes for each table as they are without other files of the inspection.

        Raises:
            OSError: the folder cannot be written.
        """
        with self._alone():
            storage.remove(self._file("reports", receipt.report_id))
            if receipt.others:
                files = {**files, **closing_files(receipt, [asdict(problem) for problem in problems], files)}
            self._write(receipt.report_id, files)

    def add_others(self, receipt: Receipt) -> bool:
        """Write down the files that this report's file was preferred to; False when the tables hold another file."""
        with self._alone():
            now = self.receipt(receipt.report_id)
            if now is None or now.kept != receipt.kept or now.row != receipt.row:
                return False
            if now.others != receipt.others:
                self._close(replace(receipt, seals=now.seals))
        return True

    def carry_over(self, receipt: Receipt, rules_version: str) -> Receipt | None:
        """Write down that a report stands as it is under other rules; None when the tables hold another by now."""
        with self._alone():
            if self.receipt(receipt.report_id) != receipt:
                return None
            return self._close(replace(receipt, row={**receipt.row, "rules_version": rules_version}))

    def _close(self, receipt: Receipt) -> Receipt | None:
        """Write the problems, with a row for each other file, and the receipt anew; return it as it is read back."""
        rows = read_file("problems", storage.read_bytes(self._file("problems", receipt.report_id)))
        own = [row for row in rows if row["code"] != "duplicate_report"]
        files = closing_files(receipt, own)
        storage.remove(self._file("reports", receipt.report_id))
        self._write(receipt.report_id, files)
        return _receipt(files["reports"])

    def _write(self, report_id: str, files: Mapping[str, bytes]) -> None:
        for name in (*_BESIDE, "reports"):
            if name in files:
                storage.write_bytes(self._file(name, report_id), files[name])

    def problems(self, report_id: str) -> list[Problem]:
        """Return the problems of a report as the tables hold them."""
        try:
            return [
                Problem(**row) for row in read_file("problems", storage.read_bytes(self._file("problems", report_id)))
            ]
        except OSError:
            return []

    def drop(self, report_id: str, sha256: str) -> None:
        """Remove a report from every table if it still is the one made from these bytes."""
        with self._alone():
            now = self.receipt(report_id)
            if now is not None and now.kept.sha256 == sha256:
                for name in ("reports", *_BESIDE):
                    storage.remove(self._file(name, report_id))

    def remove(self, report_id: str) -> list[str]:
        """Take a report out of every table, with its drafted actions and kept lines; return the files removed."""
        with self._alone():
            receipt = self.receipt(report_id)
            files = [self._file(name, report_id) for name in ("reports", *_BESIDE, "actions")]
            copies = (receipt.kept, *receipt.others) if receipt else ()
            for place in (storage.lines_place, storage.memory_place):
                files += [place(self.outputs, copy.sha256) for copy in copies]
            there = [file for file in files if storage.exists(file)]
            for file in there:
                storage.remove(file)
        return there

    def sweep(self) -> None:
        """Remove partial files that a killed run left."""
        for name in (*storage.BY_BYTES, "reports", *_BESIDE):
            storage.sweep(storage.join(self.outputs, name))

    def _file(self, name: str, report_id: str) -> str:
        return storage.join(self.outputs, name, f"{report_id}.parquet")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other runs from writing into the same folder; the system frees it if we are killed."""
        if storage.is_remote(self.outputs):
            yield
            return
        from filelock import FileLock  # the children, who only make receipts, do without

        Path(self.outputs).mkdir(parents=True, exist_ok=True)
        with FileLock(Path(self.outputs, ".lock")):
            yield


def closing_files(
    receipt: Receipt, problems: list[dict[str, Any]], files: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Return the bytes of the problems, with a row for each other file, and of the receipt.

    The receipt names the seals of `files`, and of those it named before.
    """
    problems = problems + [asdict(_duplicate(receipt, other)) for other in receipt.others]
    closing = {"problems": encode("problems", problems, stem=receipt.report_id)}
    seals = {**receipt.seals, **{name: seal.seal_of(data) for name, data in ({**(files or {}), **closing}).items()}}
    seals.pop("reports", None)
    row = {**receipt.row, "status": receipt.status}
    return {**closing, "reports": encode("reports", [row], asdict(replace(receipt, seals=seals)), receipt.report_id)}


def _is_as_written(file: str, known: str | None) -> bool:
    try:
        data = storage.read_bytes(file)
    except OSError:
        return False
    return seal.seal_of(data) == known and seal.is_whole(data)


def _receipt(data: bytes) -> Receipt | None:
    if not seal.is_whole(data):
        return None
    try:
        facts = json.loads(pq.read_metadata(pa.BufferReader(data)).metadata[b"peel"])
        others = tuple(Copy(**copy) for copy in facts["others"])
        return Receipt(**{**facts, "kept": Copy(**facts["kept"]), "others": others})
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
        return None


def _duplicate(receipt: Receipt, other: Copy) -> Problem:
    kept = receipt.kept
    severity, words = "note", f"the same inspection as {kept.source}, which is in the tables; grades and findings agree"
    if other.sha256 == kept.sha256:
        words = f"the same file as {kept.source}, which is in the tables"
    elif other.content != kept.content:
        severity = "doubt"
        words = (
            f"recognised as the same inspection as {kept.source}, which is in the tables, but grades or findings "
            "differ; compare the two, or extract this file alone into another --outputs folder"
        )
    return Problem(receipt.report_id, other.source, "recognise", "duplicate_report", severity, None, words)
