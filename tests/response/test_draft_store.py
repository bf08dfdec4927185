"""Drafts are made once for the same words and rules, and those of a response stay as it prints them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from response_rows import suffolk, written

from extractor.response import draft_actions
from extractor.response.document import respond
from extractor.response.draft_store import DraftStore
from extractor.rulebook.folder import rules_root
from extractor.tables.read import read_extraction, read_rows
from extractor.tables.write import write_rows

SUFFOLK = "2023-25-integrated-suffolk"
Row = dict[str, Any]


@pytest.fixture
def drafting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many items were drafted, call by call."""
    calls: list[int] = []
    real = draft_actions.draft_actions

    def counting(findings: list[Row], *rest: Any) -> Any:
        calls.append(len(findings))
        return real(findings, *rest)

    monkeypatch.setattr(draft_actions, "draft_actions", counting)
    return calls


def rows(outputs: Path) -> tuple[list[Row], list[Row]]:
    return [dict(row) for row in read_rows("findings", outputs)], [dict(row) for row in read_rows("gradings", outputs)]


def test_what_was_drafted_once_is_not_drafted_again(tmp_path: Path, drafting: list[int]) -> None:
    written(tmp_path, suffolk())
    store = DraftStore(tmp_path, rules_root())
    first = store.drafts(SUFFOLK, *rows(tmp_path))
    assert first and DraftStore(tmp_path, rules_root()).drafts(SUFFOLK, *rows(tmp_path)) == first
    assert len(drafting) == 1 and read_rows("actions", tmp_path, SUFFOLK) == first


def test_a_report_without_anything_to_draft_is_known_as_such(tmp_path: Path, drafting: list[int]) -> None:
    store = DraftStore(tmp_path, rules_root())
    assert store.drafts(SUFFOLK, [], []) == store.drafts(SUFFOLK, [], []) == []
    assert len(drafting) == 1


def test_other_words_another_order_or_other_rules_are_drafted_anew(tmp_path: Path, drafting: list[int]) -> None:
    written(tmp_path / "o", suffolk())
    store = DraftStore(tmp_path / "o", rules_root())
    findings, gradings = rows(tmp_path / "o")
    item = next(row for row in findings if row["kind"] == "area_for_improvement")
    store.drafts(SUFFOLK, findings, gradings)
    item["text"] = "The force should count its bicycles."
    assert "Count the bicycles." in [row["text"] for row in store.drafts(SUFFOLK, findings, gradings)]
    graded = [{**row, "grade": "inadequate"} for row in gradings]
    store.drafts(SUFFOLK, findings, graded)
    rules = shutil.copytree(rules_root(), tmp_path / "rules")
    file = rules / "response" / "actions.jsonl"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    DraftStore(tmp_path / "o", rules).drafts(SUFFOLK, findings, graded)
    assert len(drafting) == 4


def test_the_drafts_of_a_response_stay_as_it_prints_them(tmp_path: Path, drafting: list[int]) -> None:
    written(tmp_path, suffolk())
    respond(SUFFOLK, tmp_path)
    drafting.clear()
    printed, (findings, gradings) = read_rows("actions", tmp_path, SUFFOLK), rows(tmp_path)
    corrected = [{**row, "text": f"{row['text']} At once."} for row in findings]
    assert DraftStore(tmp_path, rules_root()).drafts(SUFFOLK, corrected, gradings) == printed
    assert not drafting


def test_a_second_response_prints_the_drafts_of_the_first(tmp_path: Path, drafting: list[int]) -> None:
    written(tmp_path, suffolk())
    first = everything_in(respond(SUFFOLK, tmp_path, to=tmp_path / "first.docx"))
    kept = (tmp_path / "actions" / f"{SUFFOLK}.parquet").read_bytes()
    assert everything_in(respond(SUFFOLK, tmp_path, to=tmp_path / "second.docx")) == first
    assert len(drafting) == 1 and (tmp_path / "actions" / f"{SUFFOLK}.parquet").read_bytes() == kept
    findings, gradings = rows(tmp_path)
    store = DraftStore(tmp_path, rules_root())
    drafted = draft_actions.draft_actions(findings, gradings, rules_root())
    store.keep(SUFFOLK, drafted, findings, gradings)
    assert store.of_items(SUFFOLK, findings, gradings) == drafted


def test_a_response_drafts_anew_what_an_analyst_has_corrected(tmp_path: Path, drafting: list[int]) -> None:
    written(tmp_path, suffolk())
    respond(SUFFOLK, tmp_path, to=tmp_path / "first.docx")
    table = read_extraction(tmp_path, SUFFOLK)
    assert table is not None
    items = [replace(row, text="The force should count its bicycles.") for row in table.findings]
    write_rows("findings", items, tmp_path, SUFFOLK)
    assert "Count the bicycles." in everything_in(respond(SUFFOLK, tmp_path, to=tmp_path / "second.docx"))
    assert len(drafting) == 2


def test_a_response_whose_drafts_are_kept_loads_no_spacy(tmp_path: Path) -> None:
    written(tmp_path, suffolk())
    respond(SUFFOLK, tmp_path, to=tmp_path / "first.docx")
    code = (
        "import sys; from pathlib import Path; from extractor import respond; o = Path(sys.argv[1]);"
        f"respond('{SUFFOLK}', o, to=o / 'second.docx'); sys.exit('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def everything_in(document: Path) -> str:
    return "\n".join(element.text or "" for element in Document(str(document)).element.iter())


def test_drafting_and_writing_load_neither_pandas_nor_the_command_line_of_spacy(tmp_path: Path) -> None:
    written(tmp_path, suffolk())
    code = (
        "import sys; from extractor.response.draft_store import DraftStore;"
        "from extractor.tables.read import read_rows;"
        "from extractor.rulebook.folder import rules_root; from pathlib import Path; o = Path(sys.argv[1]);"
        "rows = [[dict(r) for r in read_rows(t, o)] for t in ('findings', 'gradings')];"
        f"assert DraftStore(o, rules_root()).drafts('{SUFFOLK}', *rows);"
        "sys.exit(' '.join({'pandas', 'typer', 'spacy.cli'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
