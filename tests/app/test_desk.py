"""The desk: what is due comes first, five steps lose nothing, and what changes in the tables shows on the next page."""

from __future__ import annotations

import stat
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from filled_forms import fill
from response_rows import cleveland, report, suffolk, written

from extractor.decisions.register import Entry, record, register, value_of
from extractor.decisions.store import Verdict, add_verdicts
from extractor.models import Extraction, Problem
from extractor.runs.results import Result, Tally

pytest.importorskip("starlette", reason="the extra [app] is not installed")
pytest.importorskip("multipart", reason="the extra [app] is not installed")

from starlette.testclient import TestClient

from extractor.app import running
from extractor.app.jobs import Job, Jobs
from extractor.app.listing import SHOWN, listing
from extractor.app.routes import App

CLEVELAND, SUFFOLK = cleveland().report.report_id, suffolk().report.report_id
HTML = {"Accept": "text/html"}


@pytest.fixture
def app(tmp_path: Path) -> App:
    written(tmp_path / "outputs")
    return App(tmp_path / "outputs", tmp_path / "corpus" / "verdicts.csv")


@pytest.fixture
def client(app: App) -> Iterator[TestClient]:
    with TestClient(app.starlette(), base_url="http://127.0.0.1:8000", headers=HTML) as client:
        yield client


def _published(days_ago: int, name: str) -> Extraction:
    day = (date.today() - timedelta(days=days_ago)).isoformat()
    return Extraction(report(f"2023-25-integrated-{name}", title=f"Report {name}", force_id=name, published=day))


# home ----------------------------------------------------------------------------------------------------------------


def test_what_is_late_comes_first_then_what_is_due_soonest(tmp_path: Path) -> None:
    written(
        tmp_path / "outputs", *(_published(ago, name) for ago, name in ((5, "kent"), (50, "essex"), (80, "surrey")))
    )
    with TestClient(App(tmp_path / "outputs", tmp_path / "v.csv").starlette(), headers=HTML) as client:
        page = client.get("/").text
    table = page[page.index("<tbody>") :]
    assert table.index("Report surrey") < table.index("Report essex") < table.index("Report kent")
    assert "1 response is late." in page
    assert "late by 25 days" in page
    assert '<strong class="tag soon">Soon</strong>' in page


def test_doubts_are_told(app: App, client: TestClient) -> None:
    problem = Problem("x", "x.pdf", "checks", "count_differs", "doubt", None, "The report says 9, 8 were found.")
    written(app.office.outputs, replace(_published(1, "kent"), problems=(problem,)))
    assert "1 doubt in 1 report" not in client.get("/").text  # of another report
    mine = replace(problem, report_id="2023-25-integrated-kent")
    written(app.office.outputs, replace(_published(1, "kent"), problems=(mine,)))
    assert "1 doubt in 1 report" in client.get("/").text
    assert "The report says 9, 8 were found." in client.get("/reports/2023-25-integrated-kent").text


def test_the_next_page_shows_what_changed(app: App, client: TestClient) -> None:
    client.get("/")
    before = app.office.desk.version
    client.get("/")
    assert app.office.desk.version == before
    finding = cleveland().findings[0]
    add_verdicts(
        [Verdict("finding", finding.finding_id, "", "rejected", finding.kind, printed=finding.text)],
        app.office.verdicts,
    )
    held = app.office.desk.reports()[CLEVELAND]
    assert (held.decided, len(held.findings)) == (1, len(cleveland().findings) - 1)
    written(app.office.outputs, _published(1, "kent"))
    assert "Report kent" in client.get("/?list=all").text


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 400, "٣", ""])
def test_an_odd_page_number_means_the_first(page: str) -> None:
    assert listing(range(3 * SHOWN), {"page": page}).first == 1
    assert listing(range(3 * SHOWN), {"page": "3"}).last == 3 * SHOWN
    assert listing(range(3 * SHOWN), {"page": "4"}).first == 2 * SHOWN + 1


# the five steps ------------------------------------------------------------------------------------------------------


def test_from_the_word_file_to_the_register_and_the_clock(app: App, client: TestClient) -> None:
    document = client.get(f"/reports/{SUFFOLK}/response.docx").content
    files = {"file": ("answer.docx", document)}
    checked = client.post(f"/reports/{SUFFOLK}/check", files=files)
    assert str(checked.url).endswith(f"/reports/{SUFFOLK}/answers/answer.docx")
    assert "still needed" in checked.text
    assert "answer.docx" in client.get(f"/reports/{SUFFOLK}").text
    taken = client.post(f"/reports/{SUFFOLK}/answers/answer.docx")
    assert "taken into the register" in taken.text
    assert client.get(f"/reports/{SUFFOLK}/publication/answer.docx").content[:2] == b"PK"
    days = {
        "published": "2023-11-01",
        "sent_secretary_of_state": "2023-11-02",
        "sent_inspectors": "2023-11-02",
        "by": "A.",
    }
    assert "The days are in the register." in client.post(f"/reports/{SUFFOLK}/dates", data=days).text
    assert value_of(register(app.office.register), SUFFOLK, "published") == "2023-11-01"
    assert "Sent (1)" in client.get("/").text


def test_an_odd_day_of_an_answer_is_named_when_the_answers_are_taken(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "odd.docx"
    path.write_bytes(client.get(f"/reports/{SUFFOLK}/response.docx").content)
    fill(path, lambda tag: "soon" if tag == "due/Q3-REC-1" else None)
    client.post(f"/reports/{SUFFOLK}/check", files={"file": ("odd.docx", path.read_bytes())})
    assert "Not taken" not in client.get(f"/reports/{SUFFOLK}/answers/odd.docx").text
    taken = client.post(f"/reports/{SUFFOLK}/answers/odd.docx", data={"by": "A."}).text
    assert "Not taken" in taken and "Q3-REC-1, Due date: “soon” is no date" in taken


def tracker_with(client: TestClient, heading: str, words: str) -> bytes:
    """Take the tracker out and let somebody type into its first row."""
    book = openpyxl.load_workbook(BytesIO(client.get("/tracker.xlsx").content))
    sheet = book["Tracker"]
    sheet.cell(2, [cell.value for cell in sheet[1]].index(heading) + 1).value = words
    filled = BytesIO()
    book.save(filled)
    return filled.getvalue()


def test_a_filled_in_tracker_is_given_back_on_the_page_of_the_register(app: App, client: TestClient) -> None:
    assert 'action="/register"' in client.get("/register").text
    files = {"file": ("tracker.xlsx", tracker_with(client, "Owner", "Supt <One>"))}
    told = client.post("/register", files=files, data={"by": "A. Clerk"}).text
    assert "1 answer taken into the register" in told
    assert "Supt &lt;One&gt;" in client.get("/register", params={"owner": "supt"}).text
    entry = next(iter(next(iter(register(app.office.register).values())).values()))
    assert (entry.by, entry.value) == ("A. Clerk", "Supt <One>")
    files = {"file": ("tracker.xlsx", tracker_with(client, "Text as printed", "Less."))}
    told = client.post("/register", files=files, data={"by": "A. Clerk"}).text
    assert "0 answers taken" in told and "(Text as printed)" in told


@pytest.mark.parametrize(
    ("name", "data", "by", "status", "words"),
    [
        ("tracker.xlsx", b"hello", "A.", 400, "tracker.xlsx: no workbook of Excel"),
        ("tracker.docx", b"hello", "A.", 415, "Excel workbook"),
        ("tracker.xlsx", b"hello", " ", 400, "Type your name"),
        ("", b"", "A.", 400, "Choose the Excel file first"),
    ],
)
def test_what_is_no_tracker_is_refused(
    name: str, data: bytes, by: str, status: int, words: str, app: App, client: TestClient
) -> None:
    files = {"file": (name, data)} if name else None
    answer = client.post("/register", files=files, data={"by": by})
    assert answer.status_code == status and words in answer.text
    assert str(app.office.outputs) not in answer.text and not app.office.register.exists()


def test_the_response_to_another_report_is_refused(client: TestClient) -> None:
    document = client.get(f"/reports/{SUFFOLK}/response.docx").content
    checked = client.post(f"/reports/{CLEVELAND}/check", files={"file": ("answer.docx", document)})
    assert "response to another report" in checked.text
    assert client.post(f"/reports/{CLEVELAND}/answers/answer.docx").status_code == 409


@pytest.mark.parametrize(("name", "data", "status"), [("a.pdf", b"x", 415), ("a.docx", b"not Word", 200)])
def test_what_is_no_response_is_named(client: TestClient, name: str, data: bytes, status: int) -> None:
    answer = client.post(f"/reports/{SUFFOLK}/check", files={"file": (name, data)})
    assert answer.status_code == status
    assert "cannot be checked" in answer.text or "Word document" in answer.text


def test_a_day_that_is_none_changes_nothing(app: App, client: TestClient) -> None:
    days = {"published": "2023-02-31", "sent_secretary_of_state": "", "sent_inspectors": "", "by": "A."}
    assert client.post(f"/reports/{SUFFOLK}/dates", data=days).status_code == 400
    assert client.post(f"/reports/{SUFFOLK}/dates", data={"published": "2023-02-01"}).status_code == 400  # unsigned
    assert not app.office.register.exists()


def test_removing_asks_first(client: TestClient) -> None:
    assert "Remove this report" in client.get(f"/reports/{CLEVELAND}/sure/remove").text
    assert client.get(f"/reports/{CLEVELAND}").status_code == 200
    assert "was removed" in client.post(f"/reports/{CLEVELAND}/remove").text
    assert client.get(f"/reports/{CLEVELAND}").status_code == 404
    assert client.get(f"/reports/{SUFFOLK}").status_code == 200


def test_reading_again_needs_the_file(app: App, client: TestClient, tmp_path: Path) -> None:
    assert client.post(f"/reports/{CLEVELAND}/again").status_code == 409
    file = tmp_path / "there.pdf"
    file.write_bytes(b"%PDF")
    written(app.office.outputs, Extraction(replace(cleveland().report, source=str(file))))
    asked: list[Any] = []
    done = threading.Event()

    def read(paths: list[str], _outputs: Path, **told: Any) -> Tally:
        asked.append((paths, told["fresh"]))
        done.set()
        return Tally([])

    app.office.jobs = Jobs(app.office.outputs, read)
    assert "is being read again" in client.post(f"/reports/{CLEVELAND}/again").text
    assert done.wait(10)
    assert asked == [([str(file)], True)]


def test_one_zip_holds_the_papers(client: TestClient) -> None:
    names = set(ZipFile(BytesIO(client.get("/all.zip").content)).namelist())
    assert {"tracker.xlsx", "findings.csv", "grades/index.html"} <= names
    own = set(ZipFile(BytesIO(client.get(f"/reports/{SUFFOLK}/all.zip").content)).namelist())
    assert {"tracker.xlsx", "review.html", f"{SUFFOLK}-response.docx"} <= own


# search, register, settings ------------------------------------------------------------------------------------------


def test_search_and_register_narrow(client: TestClient) -> None:
    assert "1 finding." in client.get("/search", params={"words": "missing children", "force": "cleveland"}).text
    assert "no word to search for" in client.get("/search", params={"words": "?!"}).text
    assert "did you mean cleveland?" in client.get("/search", params={"words": "missing", "force": "clevland"}).text
    page = client.get("/register", params={"force": "suffolk", "kind": "cause_of_concern"}).text
    assert "Suffolk" in page[page.index("<tbody>") :]
    assert "Cleveland" not in page[page.index("<tbody>") :]
    assert "None." in client.get("/register", params={"delivery": "Closed by HMICFRS"}).text


def test_a_search_narrows_by_theme_and_goes_on_over_pages(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.get("/search?words=force&theme=Crime+recording").text
    assert "0 findings." in page
    assert '<option value="investigation">Quality of investigations' in page
    found = client.get("/search?words=force&theme=investigation").text
    assert "allocated promptly to investigators" in found and "neighbourhood policing" not in found
    assert '<option value="investigation" selected>' in found
    monkeypatch.setattr("extractor.app.listing.SHOWN", 3)
    first = client.get("/search?words=force").text
    assert first.count("<li>\n<p><a") == 3 and 'rel="next"' in first
    second = client.get("/search?words=force&page=2").text
    assert '<ol class="hits" start="4">' in second and "words=force" in second


def test_many_new_reports_are_taken_up_behind_a_page_that_says_so(app: App, client: TestClient) -> None:
    app.office.desk.reading = 30
    for path in ("/", "/register", "/search", "/grades", "/forces"):
        answer = client.get(path)
        assert "are being read" in answer.text and answer.headers["Refresh"] == "1", path
    app.office.desk.reading = 0
    app.office.is_indexing = True
    assert "are being read" in client.get("/search").text
    assert "are being read" not in client.get("/").text
    app.office.index()
    assert "being read" not in client.get("/search?words=force").text


def test_what_could_not_be_read_is_not_news(app: App, client: TestClient) -> None:
    assert "New this week" in client.get("/").text
    failed = report("2023-25-integrated-kent", title="A torn file", force_id="kent", status="failed")
    written(app.office.outputs, Extraction(failed))
    assert "A torn file" not in client.get("/").text
    assert "A torn file" in client.get("/?list=failed").text


@pytest.mark.parametrize("force_id", ["ghost", "", None])
def test_a_national_report_that_could_not_be_read_makes_no_force(
    app: App, client: TestClient, force_id: str | None
) -> None:
    name = "Ghost Police" if force_id else None
    about = {"kind": "national", "force_id": force_id, "force_name": name, "cycle": "2023-25", "status": "failed"}
    before = client.get("/forces").text
    written(app.office.outputs, Extraction(report("2023-national-torn", title="A torn report", **about)))
    assert client.get("/forces").text == before
    for path in ("/", "/register", "/grades", "/forces", "/search?words=force"):
        assert "Ghost" not in client.get(path).text, path
    assert "A torn report" in client.get("/?list=failed").text
    assert client.get("/forces/ghost.html").status_code == 404


def test_damage_to_the_file_of_decisions_is_told_at_home(app: App, client: TestClient) -> None:
    verdicts, finding = app.office.verdicts, cleveland().findings[0]
    add_verdicts([Verdict("finding", finding.finding_id, "", "accepted", printed=finding.text, by="Ada")], verdicts)
    assert "Look at the file of decisions" not in client.get("/").text
    verdicts.write_bytes(verdicts.read_bytes().replace(b"Ada", b"Bea"))
    told = client.get("/").text
    assert "line 2 was changed by hand or damaged" in told and "Look at the file of decisions" in told


def test_the_register_tells_what_was_recorded(app: App, client: TestClient) -> None:
    finding = suffolk().findings[0]
    told = [Entry(finding.finding_id, field, value, "A.", "2026-01-02") for field, value in
            (("delivery", "Closed by HMICFRS"), ("owner", "Head of Contact"))]  # fmt: skip
    record(told, app.office.register)
    page = client.get("/register", params={"delivery": "Closed by HMICFRS", "owner": "contact"}).text
    assert "<strong>1</strong> Closed by HMICFRS" in page
    assert page.count("<tr>") == 2
    assert "None." in client.get("/register", params={"owner": "nobody"}).text
    rest = client.get("/register", params={"delivery": "nothing recorded"}).text
    assert "Closed by HMICFRS" not in rest[rest.index("<tbody>") :]


def test_settings_go_into_the_response_and_leave_the_rest_of_the_file(app: App, client: TestClient) -> None:
    app.office.settings_file.write_text("# ours\n\n# theirs\n", encoding="utf-8")
    body = 'The "Commissioner" of \\ here'
    client.post("/settings", data={"responding_body": body, "house_capitals": "Police, Plan"})
    told = app.office.settings_file.read_text(encoding="utf-8")
    assert told.startswith("# ours\n\n# theirs\n")
    assert app.office.settings() == {"responding_body": body, "house_capitals": ["Police", "Plan"]}
    client.post("/settings", data={"responding_body": "Anew"})
    assert app.office.settings() == {"responding_body": "Anew"}
    document = ZipFile(BytesIO(client.get(f"/reports/{SUFFOLK}/response.docx").content))
    assert "Anew" in document.read("word/document.xml").decode()


def test_settings_that_cannot_be_read_are_named_and_kept(app: App, client: TestClient) -> None:
    app.office.settings_file.write_text("[office]\nresponding_body = 3\nunknown = 1\n", encoding="utf-8")
    page = client.get("/settings").text
    assert "unknown is unknown" in page
    assert "responding_body is no text" in page
    assert client.get(f"/reports/{SUFFOLK}/response.docx").status_code == 409


# files ---------------------------------------------------------------------------------------------------------------


def test_the_same_file_again_is_already_read(tmp_path: Path) -> None:
    def read(paths: list[str], _outputs: Path, **told: Any) -> Tally:
        assert not told["fresh"]
        return Tally([Result(paths[0], CLEVELAND, "ok", unchanged=True), Result(paths[1], CLEVELAND, "duplicate")])

    jobs = Jobs(tmp_path, read)
    jobs.jobs = [Job("a.pdf", tmp_path / "a.pdf"), Job("b.pdf", tmp_path / "b.pdf")]
    assert jobs.told == "0 of 2 are done"
    jobs._do(jobs.jobs)
    assert [job.words for job in jobs.jobs] == ["Already read", "Already read"]
    assert jobs.jobs[0].report_id == CLEVELAND
    assert jobs.told == "2 of 2 are done"


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_what_holds_a_secret_is_for_its_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert running.renewed(tmp_path) is None
    for path in (
        running.announce(tmp_path, 1, "key"),
        running.opening_page(tmp_path, "http://127.0.0.1:1/open?token=t"),
    ):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert running.renewed(tmp_path) is None  # nothing listens there
    running.forget(tmp_path)
    assert not list((tmp_path / "state").rglob("app-*"))


def test_a_link_is_taken_only_from_a_program_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    told = {"/renew": b'{"link": "http://evil.example/open?token=x"}'}

    class Stranger(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(told[self.path])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Stranger) as server:
        port = server.server_address[1]
        running.announce(tmp_path, port, "key")
        for link in (None, f"http://127.0.0.1:{port}/open?token=good"):
            if link:
                told["/renew"] = f'{{"link": "{link}"}}'.encode()
            answering = threading.Thread(target=server.handle_request)
            answering.start()
            assert running.renewed(tmp_path) == link
            answering.join()
