"""What people meet who do something else than planned: words with what to do next, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from response_rows import cleveland, finding, report, written

from extractor.decisions.register import Entry, record
from extractor.decisions.store import read_verdicts
from extractor.models import Extraction, Problem
from extractor.response.doubts import doubt_id
from extractor.tables.read import read_rows

pytest.importorskip("starlette", reason="the extra [app] is not installed")
pytest.importorskip("multipart", reason="the extra [app] is not installed")

from starlette.testclient import TestClient

from extractor.app import running
from extractor.app.guard import Guard
from extractor.app.page_templates import commands
from extractor.app.routes import App

HOST = "http://127.0.0.1:8000"
OWN = {"Origin": HOST}
CLEVELAND = cleveland().report.report_id
NATIONAL = "2024-national-stop-and-search"


@pytest.fixture
def app(tmp_path: Path) -> App:
    text = "By 30 June 2025, chief constables should publish their figures on searches."
    paper = report(NATIONAL, title="Searches", kind="national", force_id=None, force_name=None, cycle=None, pillar=None)
    written(
        tmp_path / "outputs",
        cleveland(),
        Extraction(paper, findings=(finding(1, "recommendation", None, text, NATIONAL),)),
    )
    return App(tmp_path / "outputs", tmp_path / "corpus" / "verdicts.csv")


@pytest.fixture
def client(app: App) -> Iterator[TestClient]:
    with TestClient(app.starlette(), base_url=HOST, headers={"Accept": "text/html"}) as client:
        yield client


def _guarded(app: App, **headers: str) -> TestClient:
    guard = Guard(app.starlette(), 8000, "key", 1_000_000)
    client = TestClient(guard, base_url=HOST, follow_redirects=False, headers={"Accept": "text/html", **headers})
    client.link = guard.link  # type: ignore[attr-defined]
    return client


# pages in words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere", 404, "There is no such page"),
        (f"/reports/{'a' * 9000}", 404, "There is no such page"),
        ("/reports/2018-19-integrated-nowhere", 404, "not in the tables"),
        ("/upload", 405, "belongs to a form"),
        ("/forces/nowhere.html", 404, "No report of this force"),
    ],
)
def test_what_cannot_be_shown_is_a_page_that_leads_on(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert '<a href="/">All reports</a>' in answer.text and "text/html" in answer.headers["content-type"]


def test_a_fault_of_the_program_and_a_file_that_cannot_be_written_are_told_apart(app: App) -> None:
    def wrong(*_: object) -> None:
        raise KeyError("x")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "/disk/verdicts.csv")

    with TestClient(app.starlette(), headers={"Accept": "text/html"}, raise_server_exceptions=False) as client:
        app.office.desk.duties = wrong  # type: ignore[method-assign]
        answer = client.get("/")
        assert answer.status_code == 500 and "Nothing that was saved is lost" in answer.text
        app.office.desk.duties = full  # type: ignore[method-assign]
        answer = client.get("/")
        assert answer.status_code == 409 and "/disk/verdicts.csv: No space left on device" in answer.text


def test_a_message_shows_commands_as_code_and_nothing_else_as_markup(app: App) -> None:
    told = commands("<b>wrong</b>: `peel show 'a<b'` lists them; ` alone")
    assert told == "&lt;b&gt;wrong&lt;/b&gt;: <code>peel show &#39;a&lt;b&#39;</code> lists them; ` alone"
    assert "<code>peel app</code>" in TestClient(app.starlette()).post("/stop").text


def test_a_closed_page_says_how_to_go_on_and_hands_back_what_was_typed(app: App) -> None:
    client = _guarded(app)
    page = client.get(f"/reports/{CLEVELAND}")
    assert page.status_code == 403 and "it opens a new link" in page.text and "leveland" not in page.text
    assert "<code>peel app</code>" in page.text and "`" not in page.text
    typed = {"responding_body": 'The <b>"Body"</b>', "plan": "Plan & more"}
    closed = client.post("/settings", data=typed, headers=OWN)
    assert closed.status_code == 403
    assert 'value="The &lt;b&gt;&#34;Body&#34;&lt;/b&gt;"' in closed.text and 'action="/settings"' in closed.text
    assert "What you typed" not in client.post("/settings", data={"plan": "x" * 200_000}, headers=OWN).text
    client.get(client.link())  # type: ignore[attr-defined]
    assert client.post("/settings", data=typed, headers=OWN).status_code == 303
    assert app.office.settings()["plan"] == "Plan & more"


def test_a_script_without_a_session_is_told_in_a_form_it_can_show(app: App) -> None:
    answer = _guarded(app, Accept="*/*").post(f"/reports/{CLEVELAND}/verdicts", json={}, headers=OWN)
    assert answer.status_code == 403 and "peel app" in answer.json()["message"]


def test_the_next_start_listens_where_open_pages_look_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert running.usual_port(tmp_path) == 0
    running.announce(tmp_path, 4711, "key")
    running.forget(tmp_path)
    assert running.usual_port(tmp_path) == 4711


# names ---------------------------------------------------------------------------------------------------------------


def test_a_decision_waits_for_a_name(client: TestClient, app: App) -> None:
    item = cleveland().findings[0]
    entry = {
        "subject": "finding",
        "id": item.finding_id,
        "verdict": "accepted",
        "kind": item.kind,
        "printed": item.text,
    }
    told = {"format": "peel-verdicts", "report_id": CLEVELAND, "verdicts": [entry, {**entry, "by": " "}]}
    refused = client.post(f"/reports/{CLEVELAND}/verdicts", json=told)
    assert refused.status_code == 400 and "Type your name or initials first" in refused.text
    assert not app.office.verdicts.exists()
    told["verdicts"] = [{**entry, "by": "Ä. Analyst"}]
    assert client.post(f"/reports/{CLEVELAND}/verdicts", json=told).json() == {"saved": 1, "withdrawn": 0}
    assert [each.by for each in read_verdicts(app.office.verdicts)] == ["Ä. Analyst"]
    assert 'value="Ä. Analyst"' in client.get(f"/reports/{CLEVELAND}").text  # for the next time
    assert '"by":"\\u00c4. Analyst"' in client.get(f"/reports/{CLEVELAND}/review").text


def test_a_word_on_a_link_asks_who_says_it(client: TestClient, app: App) -> None:
    later = report("2018-19-integrated-cleveland", cycle="2018/19", pillar="integrated", published="2019-05-02")
    item = finding(0, "area_for_improvement", None, cleveland().findings[0].text, later.report_id)
    written(app.office.outputs, cleveland(), Extraction(later, findings=(item,)))
    told = {"earlier": cleveland().findings[0].finding_id, "later": item.finding_id, "word": "confirmed"}
    asked = client.post("/forces/cleveland/links", data=told)
    assert "Who decides?" in asked.text and f'name="later" value="{item.finding_id}"' in asked.text
    assert not app.office.verdicts.exists()
    client.post("/forces/cleveland/links", data={**told, "by": "B."})
    client.post("/forces/cleveland/links", data={**told, "word": "widened"})
    assert [(each.verdict, each.by) for each in read_verdicts(app.office.verdicts)] == [("widened", "B.")]


# papers about many forces, doubts ------------------------------------------------------------------------------------


def test_a_paper_about_many_forces_asks_whose_answer_it_is(client: TestClient) -> None:
    path = f"/reports/{NATIONAL}/response.docx"
    assert "Force that answers" in client.get(f"/reports/{NATIONAL}").text
    asked = client.get(path)
    assert asked.status_code == 200 and "Whose answer is it?" in asked.text
    assert '<option value="cleveland">' in asked.text
    named = ZipFile(BytesIO(client.get(path, params={"force": "cleveland"}).content))
    assert "Cleveland" in named.read("word/document.xml").decode()
    assert client.get(f"/reports/{NATIONAL}/all.zip").status_code == 409
    client.post("/settings", data={"force": "cleveland"})
    assert client.get(path).content[:2] == b"PK"
    assert client.get(f"/reports/{NATIONAL}/all.zip").content[:2] == b"PK"
    assert '<option value="cleveland" selected>' in client.get(f"/reports/{NATIONAL}").text
    assert "no force" in client.get(path, params={"force": "nowhere"}).text


def test_a_doubt_that_was_cleared_is_open_no_more(client: TestClient, app: App) -> None:
    words = "The report says 9, 8 were found."
    problem = Problem(CLEVELAND, "x.pdf", "checks", "count_differs", "doubt", None, words)
    written(app.office.outputs, replace(cleveland(), problems=(problem,)))
    assert "1 doubt in 1 report" in client.get("/").text
    row = read_rows("problems", app.office.outputs, CLEVELAND)[0]
    record([Entry(doubt_id(row), "doubt_cleared", "Counted, nine.", "A.", "2026-01-02")], app.office.register)
    home, page = client.get("/").text, client.get(f"/reports/{CLEVELAND}").text
    assert "Open doubts" not in home
    assert "1 doubt cleared" in page and words in page and "Counted, nine." in page
