"""Made pages as files: good for one state of the tables and one program, taken over where they would be the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.app import kept_pages
from extractor.app.kept_pages import FOLDER, KeptPages


@pytest.fixture
def pages(tmp_path: Path) -> KeptPages:
    pages = KeptPages(tmp_path)
    pages.put("first", "force kent", "a page’s words")
    return pages


def states(folder: Path) -> int:
    return len(list((folder / FOLDER).iterdir()))


def test_a_page_is_good_for_its_state_and_name_alone(pages: KeptPages, tmp_path: Path) -> None:
    assert KeptPages(tmp_path).get("first", "force kent") == "a page’s words"
    assert pages.get("second", "force kent") is None and pages.get("first", "force essex") is None


def test_a_page_of_another_program_is_not_shown(pages: KeptPages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_pages, "program", lambda: "another")
    assert pages.get("first", "force kent") is None


@pytest.mark.parametrize("same", [True, False])
def test_pages_go_on_only_where_they_would_be_the_same(pages: KeptPages, tmp_path: Path, same: bool) -> None:
    pages.put("older", "force kent", "older words")
    pages.go_on("first", "second", same=same)
    assert pages.get("second", "force kent") == ("a page’s words" if same else None)
    assert pages.get("first", "force kent") is None and states(tmp_path) == same


def test_pages_that_are_there_already_stay(pages: KeptPages, tmp_path: Path) -> None:
    pages.put("second", "force kent", "newer words")
    pages.go_on("first", "second", same=True)
    assert pages.get("second", "force kent") == "newer words" and states(tmp_path) == 1


def test_where_nothing_can_be_kept_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / FOLDER).touch()
    pages = KeptPages(tmp_path)
    pages.put("first", "force kent", "words")
    pages.go_on("first", "second", same=True)
    assert pages.get("first", "force kent") is None
