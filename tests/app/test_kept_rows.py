"""The desk at its next start: one file is opened instead of all tables, and nothing in it is taken that has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from response_rows import cleveland, suffolk, written

from extractor.app import desk as desks
from extractor.app.desk import Desk, Held
from extractor.app.kept_rows import FILE
from extractor.decisions.store import Verdict, add_verdicts

CLEVELAND, SUFFOLK = cleveland().report.report_id, suffolk().report.report_id
FINDING = cleveland().findings[0]


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    return written(tmp_path / "outputs")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Report ids, or `every`, that tables were opened for."""
    asked: set[str] = set()
    read_rows = desks.read_rows

    def told(table: str, outputs: Path, report_id: str | None, columns: object) -> object:
        asked.add(report_id or "every")
        return read_rows(table, outputs, report_id, columns)

    monkeypatch.setattr(desks, "read_rows", told)
    yield asked


def _started(outputs: Path) -> Desk:
    return Desk(outputs, outputs.with_name("v.csv"), outputs.with_name("r.csv"))


def _reject(outputs: Path) -> None:
    verdict = Verdict("finding", FINDING.finding_id, "", "rejected", printed=FINDING.text)
    add_verdicts([verdict], outputs.with_name("v.csv"))


def _kept(outputs: Path) -> dict[str, Held]:
    desk = _started(outputs)
    held = dict(desk.reports())
    desk.keep()
    return held


def test_the_next_start_opens_no_table(outputs: Path, read: set[str]) -> None:
    _reject(outputs)
    before = _kept(outputs)
    assert read == {"every"}
    read.clear()
    after = _started(outputs).reports()
    assert read == set()
    assert {name: each.rows for name, each in after.items()} == {name: each.rows for name, each in before.items()}
    assert (after[CLEVELAND].decided, after[CLEVELAND].read_on) == (1, before[CLEVELAND].read_on)


def test_many_reports_are_told_to_be_read_before_the_first_table_is_opened(
    outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    read_rows = desks.read_rows
    desk = _started(outputs)

    def noted(*asked: object) -> object:
        told.append(desk.reading)
        return read_rows(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(desks, "MANY", 1)
    monkeypatch.setattr(desks, "read_rows", noted)
    desk.reports()
    desk.keep()
    assert set(told) == {2} and desk.reading == 0
    told.clear()
    desk = _started(outputs)
    desk.reports()
    assert told == [] and desk.reading == 0


def test_what_another_program_decided_or_extracted_is_read_anew(outputs: Path, read: set[str]) -> None:
    _kept(outputs)
    _reject(outputs)
    read.clear()
    held = _started(outputs).reports()
    assert read == {CLEVELAND}
    assert FINDING.text not in {row["text"] for row in held[CLEVELAND].findings}
    written(outputs, replace(suffolk(), findings=()))
    assert _started(outputs).reports()[SUFFOLK].findings == ()


def test_a_report_that_was_removed_is_gone(outputs: Path) -> None:
    _kept(outputs)
    for file in outputs.glob(f"*/{SUFFOLK}.parquet"):
        file.unlink()
    assert set(_started(outputs).reports()) == {CLEVELAND}


def test_a_damaged_file_is_as_good_as_none(outputs: Path, read: set[str]) -> None:
    before = _kept(outputs)
    file = outputs / FILE
    file.write_bytes(file.read_bytes().replace(FINDING.text[:20].encode(), b"The force should not", 1))
    read.clear()
    assert _started(outputs).reports()[CLEVELAND].rows == before[CLEVELAND].rows
    assert read == {"every"}


def test_it_is_written_again_only_where_something_changed(outputs: Path) -> None:
    _kept(outputs)
    (outputs / FILE).unlink()
    desk = _started(outputs)
    desk.reports()
    desk.keep()
    (outputs / FILE).unlink()
    desk.reports()
    desk.keep()
    assert not (outputs / FILE).exists()
