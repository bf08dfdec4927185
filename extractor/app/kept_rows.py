"""The rows of the desk in one file beside the tables, so that the next start does not open thousands.

It has a line for each report, under a name for the files and decisions that its rows were made of; a line whose name
is another by now is passed over. The file is sealed as the tables are: a damaged one is as good as none.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extractor.tables import seal, storage

FILE = "desk-rows.jsonl"


class KeptRows:
    """The file of one outputs folder.

    Args:
        outputs: folder of the tables.
    """

    def __init__(self, outputs: Path) -> None:
        self._file = storage.join(storage.place(outputs), FILE)

    def get(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        """Return what is kept of those reports whose rows were made of what is `wanted`, a name by report_id."""
        try:
            data = storage.read_bytes(self._file)
        except OSError:
            return {}
        if seal.seal_of(data) is None or not seal.is_whole(data):
            return {}
        found = {}
        for line in data.splitlines()[:-1]:
            about, _, rows = line.partition(b"\t")
            report_id, _, made_of = about.decode().partition(" ")
            if wanted.get(report_id) == made_of:
                found[report_id] = json.loads(rows)
        return found

    def put(self, reports: Iterable[tuple[str, str, object]]) -> None:
        """Keep (report_id, what its rows were made of, rows); where nothing can be written, they are read again."""
        lines = [f"{name} {made_of}\t{json.dumps(rows)}" for name, made_of, rows in reports]
        data = "\n".join([*lines, seal.BLANK]).encode()
        with contextlib.suppress(OSError):
            storage.write_bytes(self._file, seal.sealed(data))
