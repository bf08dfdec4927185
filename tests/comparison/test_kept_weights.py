"""One force is compared from its own reports: what words weigh is kept, and weighed anew when findings change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_compare import item, report

from extractor.comparison import told_rows
from extractor.comparison.kept_weights import FILE
from extractor.comparison.year_on_year import Tables
from extractor.decisions.store import Verdict, add_verdicts

SEARCH = "The force should record the grounds for each stop and search"
MISSING = "The force should assess the risk to missing children at once"


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """Two forces with two reports each."""
    for force in ("cleveland", "norfolk"):
        report(tmp_path / "o", "2016", "effectiveness", item("a1", SEARCH), item("a2", MISSING), force=force)
        report(tmp_path / "o", "2018/19", "integrated", item("b1", f"{SEARCH} again"), force=force)
    return tmp_path / "o"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The reports whose findings were read, in order."""
    reports: list[str] = []
    real = told_rows.StoredRows.findings_of

    def noting(self: Any, report_id: str) -> Any:
        reports.append(report_id)
        return real(self, report_id)

    monkeypatch.setattr(told_rows.StoredRows, "findings_of", noting)
    return reports


def test_a_force_is_compared_from_its_own_reports_once_words_are_weighed(outputs: Path, read: list[str]) -> None:
    first = Tables(outputs).compare("cleveland")
    assert any("norfolk" in each for each in read)
    read.clear()
    again = Tables(outputs).compare("cleveland")
    assert read and all("cleveland" in each for each in read)
    assert (again.link_rows(), again.fate_rows()) == (first.link_rows(), first.fate_rows())
    assert (again.candidate_rows(), again.links) == (first.candidate_rows(), first.links)


def test_words_are_weighed_anew_when_findings_or_decisions_change(outputs: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.csv"
    before = Tables(outputs, None, verdicts).weights
    report(outputs, "2018/19", "integrated", item("b1", MISSING), item("b2", SEARCH), force="norfolk")
    after = Tables(outputs, None, verdicts).weights
    assert after.findings == before.findings + 1
    rejected = next(iter(Tables(outputs, None, verdicts).history("norfolk").items)).id
    add_verdicts([Verdict("finding", rejected, verdict="rejected")], verdicts)
    assert Tables(outputs, None, verdicts).weights.findings == after.findings - 1


@pytest.mark.parametrize("damage", ["", "{}", '{"learned_from": 1', "[]"])
def test_a_file_of_weights_that_cannot_be_used_is_written_anew(outputs: Path, damage: str) -> None:
    wanted = Tables(outputs).weights
    (outputs / FILE).write_text(damage)
    assert Tables(outputs).weights == wanted
    assert json.loads((outputs / FILE).read_bytes())["findings"] == wanted.findings
