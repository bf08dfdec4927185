"""One row a finding: what stands in it, and that every reader gets the same."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from response_rows import cleveland, written

from extractor.cli import main
from extractor.decisions.store import Verdict, add_verdicts
from extractor.errors import NoSuchReport
from extractor.export.flat import COLUMNS, NAME, flat, write_flat
from extractor.tables.write import write_rows

MISSING = next(row for row in cleveland().findings if "missing children" in row.text)
FIRST, SECOND = cleveland().findings[:2]
# Words that SQL, Python or R keep for themselves, or that SQL reads as something else without quotation marks.
RESERVED = {"order", "text", "date", "time", "group", "select", "from", "where", "table", "index", "function", "next",
            "repeat", "class", "in", "is", "not", "year", "month", "day", "key", "check", "end", "user"}  # fmt: skip


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    return written(tmp_path / "outputs")


def _rows(outputs: Path, verdicts: Path | None = None) -> dict[str, dict[str, Any]]:
    table = flat(outputs, verdicts or outputs / "none.csv")
    assert table.schema.equals(COLUMNS)
    return {row["finding_id"]: row for row in table.to_pylist()}


def test_a_row_has_what_an_analyst_joins_by_hand(outputs: Path) -> None:
    row = _rows(outputs)[MISSING.finding_id]
    assert (row["force_name"], row["cycle"], row["finding_kind"]) == ("Cleveland Police", "2015", MISSING.kind)
    assert (row["published"], row["published_precision"]) == (date(2016, 2, 1), "month")
    assert row["question_grade"] == "requires improvement"
    assert "vulnerability" in row["themes"]
    assert (row["page_physical"], row["decision"], row["seen_before"]) == (MISSING.page_first, None, None)


def test_a_printed_day_is_a_day(outputs: Path) -> None:
    row = next(row for row in _rows(outputs).values() if row["force_id"] == "suffolk")
    assert (row["published"], row["published_precision"]) == (date(2023, 10, 3), "day")


def test_decisions_stand_beside_what_they_changed(outputs: Path, tmp_path: Path) -> None:
    kinds = {"kind": "area_for_improvement", "by": "A. B.", "on": "2026-01-02"}
    add_verdicts(
        [
            Verdict(
                "finding", FIRST.finding_id, verdict="corrected", text="In other words.", printed=FIRST.text, **kinds
            ),
            Verdict("finding", SECOND.finding_id, verdict="rejected", printed=SECOND.text, **kinds),
        ],
        tmp_path / "v.csv",
    )
    rows = _rows(outputs, tmp_path / "v.csv")
    assert SECOND.finding_id not in rows
    row = rows[FIRST.finding_id]
    assert (row["finding_text"], row["decision"]) == ("In other words.", "corrected")
    assert (row["decided_by"], row["decided_on"]) == ("A. B.", date(2026, 1, 2))


def test_seen_before_is_known_where_the_force_was_compared(outputs: Path) -> None:
    link = {"earlier_id": "x/afi/1", "later_id": MISSING.finding_id, "force_id": "cleveland", "relation": "same",
            "score": 90.0, "runner_up": None, "evidence": "", "verdict": None}  # fmt: skip
    write_rows("links", [link], outputs, "cleveland")
    rows = _rows(outputs)
    assert rows[MISSING.finding_id]["seen_before"] is True
    assert rows[FIRST.finding_id]["seen_before"] is False
    assert {row["seen_before"] for row in rows.values() if row["force_id"] == "suffolk"} == {None}


def test_every_file_holds_the_same(outputs: Path, tmp_path: Path) -> None:
    table = flat(outputs, outputs / "none.csv")
    files = {path.suffix: path for path in write_flat(table, tmp_path / "flat")}
    assert pq.read_table(files[".parquet"]).equals(table)
    with files[".csv"].open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    with closing(sqlite3.connect(files[".sqlite"])) as store:
        held = store.execute(f"SELECT finding_id, published, finding_text FROM {NAME}").fetchall()
    ids = table.column("finding_id").to_pylist()
    assert [row["finding_id"] for row in told] == [row[0] for row in held] == ids
    assert told[0]["published"] == held[0][1] == "2016-02-01"
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(files[".duckdb"])) as store:
        assert store.execute(f"SELECT count(*), count(DISTINCT force_id) FROM {NAME}").fetchone() == (len(ids), 2)


def test_names_are_no_reserved_words() -> None:
    assert not set(COLUMNS.names) & RESERVED


def test_the_verb_writes_the_files(outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--flat", "--outputs", str(outputs), "--to", str(tmp_path / "to"), "-q"]) == 0
    assert {Path(line).suffix for line in capsys.readouterr().out.splitlines()} >= {".parquet", ".csv", ".sqlite"}


def test_without_reports_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSuchReport, match="peel extract"):
        flat(tmp_path, tmp_path / "none.csv")
