"""One force is compared from its own reports: what words weigh is kept, and weighed anew when findings change."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_compare import item, report

from extractor.comparison import kept_weights as room
from extractor.comparison import told_rows
from extractor.comparison.kept_weights import FILE, kept_weights
from extractor.comparison.rules import load_compare_rules
from extractor.comparison.weights import Weights
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


# kept ----------------------------------------------------------------------------------------------------------------

LEXICON = load_compare_rules().lexicon
LEARNED = Weights(LEXICON, 9, Counter(grounds=2), Counter({"stop and search": 3}), frozenset({("a", "b", "c", "d")}))


@pytest.fixture
def ask(outputs: Path, tmp_path: Path) -> Callable[[], int]:
    """Ask for the weights of these tables; return how often they had to be learned until then."""
    (tmp_path / "rules" / "common").mkdir(parents=True)
    learned: list[Weights] = []

    def learn() -> Weights:
        learned.append(LEARNED)
        return LEARNED

    def ask() -> int:
        assert kept_weights(outputs, tmp_path / "v.csv", tmp_path / "rules", LEXICON, learn) == LEARNED
        return len(learned)

    return ask


@pytest.mark.parametrize("change", ["reports", "findings", "decisions", "rules", "program"])
def test_what_weights_are_learned_from_is_known(
    change: str, ask: Callable[[], int], outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [ask(), ask()] == [1, 1]
    if change == "decisions":
        (tmp_path / "v.csv").write_text("subject,id,verdict\n")
    elif change == "rules":
        (tmp_path / "rules" / "common" / "terms.toml").write_text("x = 1")
    elif change == "program":
        monkeypatch.setattr(room, "__version__", "another")
    else:
        table = next((outputs / change).iterdir())
        shutil.copy(table, table.with_name("another.parquet"))
    assert [ask(), ask()] == [2, 2]


def test_who_may_not_write_is_served_all_the_same(ask: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(room.storage, "write_bytes", refused)
    assert [ask(), ask()] == [1, 2]
