"""Verified tables as frames and Parquet: corrected as analysts corrected them, with who decided what on which day.

The extracted tables stay what the program read, so that the same report gives the same bytes; what people decided is
laid over them here, whenever they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.decisions.apply import DECISION, decided_rows
from extractor.errors import BadSetting
from extractor.export.flat import NAME as FLAT
from extractor.export.flat import flat
from extractor.export.whole_files import whole
from extractor.tables.lookup import some_reports
from extractor.tables.read import as_frame, read_table
from extractor.tables.schemas import SCHEMAS
from extractor.workspace import workspace

if TYPE_CHECKING:
    import pandas

_ROWS_AT_ONCE = 2_000  # of a Parquet file: few enough to hold, enough to pack well
VERIFIED = {
    name: pa.schema([*SCHEMAS[name], *((column, pa.string()) for column in DECISION)])
    for name in ("findings", "gradings")
}


def load(
    name: str, outputs: Path | str | None = None, verdicts: Path | None = None, *, rejected: bool = False
) -> pandas.DataFrame:
    """Return a table as a typed pandas frame: `extractor.load("findings")`, by default of the workspace.

    Findings and gradings are the verified ones, with the columns `decision` (accepted, corrected, added; null where
    nobody has decided), `decided_by` and `decided_on`; `findings_flat` has one row a finding with all that belongs to
    it.

    Args:
        name: a table of the data dictionary, or `findings_flat`.
        outputs: folder of the tables.
        verdicts: the file of decisions; by default that of the workspace in which the tables are.
        rejected: keep in `findings` and `gradings` what analysts rejected, marked so.

    Raises:
        BadSetting: there is no table of that name.
        NoSuchReport: no report is in the folder: most often it is another one that is meant.
        BadDecisions: the file of decisions cannot be read.
        DamagedStore: a file is not what was written.
    """
    if name not in SCHEMAS and name != FLAT:
        raise BadSetting(f"there is no table {name!r}; there are {', '.join((*SCHEMAS, FLAT))}")
    place = workspace(outputs=outputs)
    folder, decisions = place.outputs if outputs is None else outputs, verdicts or place.verdicts
    some_reports(folder)
    if name == FLAT:
        return as_frame(flat(folder, decisions))
    if name in VERIFIED:
        return as_frame(verified_table(name, decided_rows(name, folder, None, decisions, rejected=rejected)))
    return read_table(name, folder)


def verified_table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return rows of `decided_rows` as a table with the columns of `VERIFIED`."""
    return pa.Table.from_pylist(list(rows), schema=VERIFIED[name])


class ParquetCopies:
    """One Parquet file of the verified findings and one of the gradings, filled one report after another.

    Args:
        folder: where the files go.
        until: they are whole, and in place, when this is left.

    Raises:
        OSError: a file cannot be written.
    """

    def __init__(self, folder: Path, until: ExitStack) -> None:
        self.paths = [folder / f"{name}.parquet" for name in VERIFIED]
        self._waiting: dict[str, list[pa.Table]] = {name: [] for name in VERIFIED}
        places = {name: until.enter_context(whole(path)) for name, path in zip(VERIFIED, self.paths, strict=True)}
        self._writers = {
            name: until.enter_context(pq.ParquetWriter(place, VERIFIED[name])) for name, place in places.items()
        }
        until.callback(self._write_rest)

    def add(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows of a table behind those that are there; of tables that nobody verifies nothing."""
        if name in VERIFIED:
            self._waiting[name].append(verified_table(name, rows))
            if sum(table.num_rows for table in self._waiting[name]) >= _ROWS_AT_ONCE:
                self._write(name)

    def _write_rest(self) -> None:
        for name in VERIFIED:
            self._write(name)

    def _write(self, name: str) -> None:
        if self._waiting[name]:
            self._writers[name].write_table(pa.concat_tables(self._waiting[name]))
            self._waiting[name].clear()
