"""Who asks for a costly page waits a moment at most, gets no page of another state, and is not left without one."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from response_rows import written

pytest.importorskip("starlette", reason="the extra [app] is not installed")
pytest.importorskip("multipart", reason="the extra [app] is not installed")

from starlette.testclient import TestClient

from extractor.app.desk import Desk
from extractor.app.learnt_themes import PATIENCE, LearntThemes
from extractor.app.made_pages import MadePages
from extractor.app.page_maker import PageMaker, _learn_themes, part_name
from extractor.app.page_process import BeingMade, Gone, PageProcess
from extractor.app.routes import App

Ends = tuple[PageProcess, Connection]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """The process as the server sees it, and the other end of its pipe."""
    ours, theirs = multiprocessing.Pipe()
    yield PageProcess(ours), theirs
    theirs.close()


def ask_in_vain(process: PageProcess, name: str, state: str = "one") -> None:
    with pytest.raises(BeingMade):
        process.ask(name, state, 0)


def test_a_page_that_takes_long_is_asked_for_once_and_there_for_who_comes_back(ends: Ends) -> None:
    process, other = ends
    for _ in range(2):
        ask_in_vain(process, "force kent")
    assert other.recv() == "force kent" and not other.poll()
    other.send("<p>Kent</p>")
    assert process.ask("force kent", "one", 5) == "<p>Kent</p>"


def test_a_page_of_an_earlier_state_is_nobodys_answer(ends: Ends) -> None:
    process, other = ends
    ask_in_vain(process, "force kent")
    ask_in_vain(process, "force kent", "two")
    other.send("<p>before</p>")
    other.send("<p>after</p>")
    assert process.ask("force kent", "two", 5) == "<p>after</p>"


def test_a_process_that_is_gone_is_told(ends: Ends) -> None:
    process, other = ends
    ask_in_vain(process, "force kent")
    other.close()
    with pytest.raises(Gone):
        process.ask("force kent", "one", 5)
    with pytest.raises(Gone):
        process.ask("force essex", "one", 5)


def test_pages_that_nobody_takes_are_forgotten(ends: Ends) -> None:
    process, other = ends
    for number in range(30):
        ask_in_vain(process, f"force {number}")
    for _ in range(30):
        other.send("page")
    assert process.ask("force 29", "one", 5) == "page"
    assert len(process._awaited) < 10


def test_while_the_tables_are_read_nobody_waits_for_a_page(tmp_path: Path) -> None:
    made = MadePages(Desk(written(tmp_path / "outputs"), tmp_path / "v.csv", tmp_path / "r.csv"))
    made.is_starting = True
    with pytest.raises(BeingMade):
        made.force("cleveland", 0.3)
    made.is_starting = False
    page = made.force("cleveland", 0.3)
    made.is_starting = True
    assert page and made.force("cleveland", 0.3) == page  # it is kept


@pytest.fixture
def app(tmp_path: Path) -> App:
    written(tmp_path / "outputs")
    return App(tmp_path / "outputs", tmp_path / "corpus" / "verdicts.csv")


def test_a_page_that_is_being_made_says_so_and_comes_by_itself(app: App) -> None:
    with TestClient(app.starlette(), headers={"Accept": "text/html"}) as client:
        app.pages.made.is_starting = True
        for path in ("/forces/cleveland.html", "/forces/cleveland.html?part=silent", "/forces/themes.html"):
            answer = client.get(path)
            assert answer.headers["Refresh"] == "1" and "The comparison is being made" in answer.text, path
        app.pages.made.is_starting = False
        answer = client.get("/forces/cleveland.html")
        assert "Refresh" not in answer.headers and "over the years" in answer.text


def test_parts_of_a_page_are_shown_page_by_page_and_unknown_ones_are_not_there(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.app.listing.SHOWN", 2)
    from response_rows import report

    from extractor.models import Extraction

    later = report("2016-effectiveness-cleveland", cycle="2016", published="2017-03")
    written(app.office.outputs, Extraction(later))
    with TestClient(app.starlette(), headers={"Accept": "text/html"}) as client:
        first = client.get("/forces/cleveland.html?part=silent")
        assert first.status_code == 200 and "1 to 2 of" in first.text and 'rel="next"' in first.text
        second = client.get("/forces/cleveland.html?part=silent&page=2").text
        assert "3 to 4 of" in second and "style-src 'sha256-" in first.headers["Content-Security-Policy"]
        for odd in ("part=nonsense", "part=problem", "part=problem&finding=x", "part="):
            assert client.get(f"/forces/cleveland.html?{odd}").status_code == 404, odd
        assert client.get("/forces/kent.html?part=silent").status_code == 404
        assert client.get("/forces/cleveland.html?part=silent&page=%00&cycle=<b>").status_code == 200


def test_a_search_by_theme_waits_for_the_process_that_learns_them_but_not_for_ever(app: App) -> None:
    now = [0.0]
    app.pages.themes = LearntThemes(app.office.outputs, app.office.verdicts, lambda: True, lambda: now[0])
    with TestClient(app.starlette(), headers={"Accept": "text/html"}) as client:
        for now[0] in (0.0, PATIENCE):
            answer = client.get("/search?theme=investigation")
            assert answer.headers["Refresh"] == "1" and "The themes are being learnt" in answer.text
        assert "Refresh" not in client.get("/search?words=force").headers  # no theme: nothing to learn
        now[0] = PATIENCE + 1
        assert "allocated promptly" in client.get("/search?theme=investigation").text
        now[0] = 0.0
        assert "allocated promptly" in client.get("/search?theme=investigation").text  # learnt


def test_the_process_tells_the_index_the_themes(app: App) -> None:
    desk = app.office.desk
    _learn_themes(desk, PageMaker(desk))
    app.pages.themes = LearntThemes(app.office.outputs, app.office.verdicts, lambda: True)
    with TestClient(app.starlette(), headers={"Accept": "text/html"}) as client:
        assert "allocated promptly" in client.get("/search?theme=investigation").text


def test_a_name_of_a_part_is_bounded() -> None:
    assert len(part_name("kent", {"part": "silent", "finding": "x" * 100_000})) < 1_000
