"""The costly pages: shown again while nothing changes, made anew when a word does, by whomever it was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from response_rows import cleveland, suffolk, written

from extractor.app import page_maker
from extractor.app.desk import Desk
from extractor.app.kept_pages import FOLDER
from extractor.app.made_pages import MadePages
from extractor.comparison.pages import force_page
from extractor.comparison.year_on_year import Tables
from extractor.decisions.store import Verdict, add_verdicts
from extractor.export.grade_matrix import matrix_page
from extractor.runs.children import stop_children

FINDING = cleveland().findings[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    written(tmp_path / "outputs")
    return Desk(tmp_path / "outputs", tmp_path / "v.csv", tmp_path / "r.csv")


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the forces that were compared."""
    forces: list[str] = []
    compare = Tables.compare

    def counted(tables: Tables, force: str) -> object:
        forces.append(force)
        return compare(tables, force)

    monkeypatch.setattr(page_maker.Tables, "compare", counted)
    return forces


def _decide(desk: Desk, word: str, text: str = "") -> None:
    printed = FINDING.text
    add_verdicts([Verdict("finding", FINDING.finding_id, "", word, FINDING.kind, text, printed=printed)], desk.verdicts)


def test_pages_are_those_of_the_commands(desk: Desk) -> None:
    _decide(desk, "corrected", "The force should do other things.")
    tables = Tables(desk.outputs, None, desk.verdicts)
    wanted = force_page(tables.compare("cleveland"), tables.elsewhere, "/forces/cleveland/links", "/forces")
    made = MadePages(desk)
    assert made.force("cleveland") == wanted
    assert made.grades("suffolk") == matrix_page(desk.outputs, desk.verdicts, "suffolk")
    assert made.force("kent") is None


def test_a_page_is_made_once_until_a_word_changes(desk: Desk, compared: list[str]) -> None:
    made = MadePages(desk)
    before = made.force("cleveland")
    assert before and made.force("cleveland") == before
    assert MadePages(desk).force("cleveland") == before  # the next start
    _decide(desk, "accepted")
    assert made.force("cleveland") == before
    assert compared == ["cleveland"]
    _decide(desk, "rejected")
    after = made.force("cleveland")
    assert FINDING.text in before and after and FINDING.text not in after
    assert compared == ["cleveland"] * 2


def test_a_verdict_on_a_link_or_another_report_makes_it_anew(desk: Desk, compared: list[str]) -> None:
    made = MadePages(desk)
    made.force("cleveland")
    add_verdicts([Verdict("link", "a/afi/1", "b/afi/2", "confirmed")], desk.verdicts)
    made.force("cleveland")
    written(desk.outputs, replace(suffolk(), findings=()))
    made.force("cleveland")
    assert compared == ["cleveland"] * 3
    assert len(list((desk.outputs / FOLDER).iterdir())) == 1  # of the present state alone


@pytest.fixture
def beside(desk: Desk) -> Iterator[MadePages]:
    made = MadePages(desk)
    made.start()
    yield made
    stop_children()


def test_a_process_makes_them_and_is_not_missed(beside: MadePages, desk: Desk, compared: list[str]) -> None:
    first = beside.force("cleveland")
    assert first and FINDING.text in first
    assert compared == []  # not here
    _decide(desk, "rejected")
    after = beside.force("cleveland")
    assert after and FINDING.text not in after
    stop_children()
    _decide(desk, "withdrawn")
    assert beside.force("cleveland") == first
    assert compared == ["cleveland"]


def test_what_the_process_cannot_read_is_told(beside: MadePages, desk: Desk) -> None:
    desk.verdicts.write_text("subject,id,verdict\nfinding,x,perhaps\n", encoding="utf-8")
    with pytest.raises(page_maker.PeelError, match="line 2, column verdict"):
        beside.force("cleveland")
