"""Verified tables as frames and Parquet: what people decided is in them, with name and day."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest
from response_rows import cleveland, written

import extractor
from extractor.cli import main
from extractor.decisions.store import Verdict, add_verdicts
from extractor.errors import PeelError

CORRECTED, REJECTED, OPEN = (row.finding_id for row in cleveland().findings[:3])
CONCERN = next(row for row in cleveland().findings if row.kind == "cause_of_concern")
GRADE = cleveland().gradings[0]


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """Tables in a workspace whose decisions correct one finding and one grade, and reject a finding."""
    (tmp_path / "peel.toml").touch()
    signed = {"by": "A. B.", "on": "2026-01-02"}
    add_verdicts(
        [
            Verdict("finding", CORRECTED, verdict="corrected", text="In other words.", **signed),
            Verdict("finding", REJECTED, verdict="rejected", **signed),
            Verdict("finding", OPEN, note="to be asked", **signed),
            Verdict("grading", GRADE.grading_id, verdict="corrected", text="inadequate", **signed),
        ],
        tmp_path / "corpus/verdicts.csv",
    )
    return written(tmp_path / "outputs")


def test_findings_are_the_verified_ones_with_who_decided(outputs: Path) -> None:
    frame = extractor.load("findings", outputs).set_index("finding_id")
    assert REJECTED not in frame.index
    assert frame.loc[CORRECTED, ["text", "decision", "decided_by", "decided_on"]].tolist() == [
        "In other words.", "corrected", "A. B.", "2026-01-02",
    ]  # fmt: skip
    assert frame.loc[OPEN, ["decision", "decided_by"]].isna().all()  # a note decides nothing


def test_what_was_rejected_is_there_for_who_asks(outputs: Path) -> None:
    frame = extractor.load("findings", outputs, rejected=True).set_index("finding_id")
    assert frame.loc[REJECTED, "decision"] == "rejected"
    assert frame.loc[REJECTED, "text"] == cleveland().findings[1].text
    assert len(frame) == 1 + len(extractor.load("findings", outputs))


def test_a_rejected_concern_is_no_parent_even_where_it_is_shown(outputs: Path) -> None:
    add_verdicts([Verdict("finding", CONCERN.finding_id, verdict="rejected")], outputs.parent / "corpus/verdicts.csv")
    frame = extractor.load("findings", outputs, rejected=True).set_index("finding_id")
    assert CONCERN.finding_id in frame.index
    assert CONCERN.finding_id not in set(frame.parent_id.dropna())


def test_gradings_are_the_verified_ones(outputs: Path) -> None:
    frame = extractor.load("gradings", outputs).set_index("grading_id")
    assert frame.loc[GRADE.grading_id, ["grade", "decision"]].tolist() == ["inadequate", "corrected"]


def test_the_flat_table_has_dates_and_truth_values(outputs: Path) -> None:
    frame = extractor.load("findings_flat", outputs)
    assert frame.published.dt.year.min() == 2016
    assert frame.seen_before.isna().all() and frame.seen_before.dtype == "boolean"
    assert frame.set_index("finding_id").loc[CORRECTED, "decided_on"] == pandas.Timestamp("2026-01-02")


def test_other_tables_are_as_extracted(outputs: Path) -> None:
    assert "decision" not in extractor.load("reports", outputs)
    with pytest.raises(PeelError, match="findings_flat"):
        extractor.load("flat", outputs)


@pytest.mark.parametrize("name", ["findings", "findings_flat", "problems"])
def test_a_folder_without_reports_is_no_empty_frame(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PeelError, match=r"no report in .*nowhere yet; `peel extract FILE` reads one"):
        extractor.load(name, tmp_path / "nowhere")
    (tmp_path / "peel.toml").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PeelError, match="no report in"):
        extractor.load(name)


@pytest.mark.parametrize("name", ["findings", "gradings"])
def test_the_export_has_the_same_as_parquet_and_csv(name: str, outputs: Path) -> None:
    assert main(["export", "--outputs", str(outputs), "-q"]) == 0
    frame = extractor.load(name, outputs)
    own = pandas.read_parquet(outputs / f"export/{name}.parquet")
    told = pandas.read_csv(outputs / f"export/{name}.csv", encoding="utf-8-sig", keep_default_na=False)
    for column in ("decision", "decided_by"):
        assert own[column].fillna("").tolist() == told[column].tolist() == frame[column].fillna("").tolist()
    assert len(own) == len(told) == len(frame)


def test_show_tells_the_decision_and_the_corrected_words(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", CORRECTED, "--outputs", str(outputs)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("In other words.\n")
    assert "corrected by A. B. on 2 January 2026" in shown
    assert main(["show", CORRECTED.split("/")[0], "--outputs", str(outputs)]) == 0
    listed = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "  [rejected] " in listed[REJECTED] and "-AFI-" not in listed[REJECTED]  # the response does not count it
    assert "Q1-AFI-1" in listed[CORRECTED] and listed[CORRECTED].endswith("In other words.")
