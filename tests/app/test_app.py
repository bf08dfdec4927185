"""The rules of the local application's server: who is answered, what is taken, what comes out."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from extractor import cli
from extractor.decisions.store import read_verdicts
from extractor.ids import short_hash
from extractor.models import Box, Extraction, Finding, Grading, Report
from extractor.runs.results import Result, Tally
from extractor.tables import storage
from extractor.tables.write import write_tables

pytest.importorskip("starlette", reason="the extra [app] is not installed")
pytest.importorskip("multipart", reason="the extra [app] is not installed")

from starlette.testclient import TestClient

from extractor.app.guard import Guard
from extractor.app.jobs import Job, Jobs, keep_file, safe_name
from extractor.app.routes import App

ID = "2018-19-integrated-norfolk"
HOST, KEY = "http://127.0.0.1:8000", "the-key"
OWN = {"Origin": HOST}
HOSTILE = "The force should <script>alert('x')</script> \"check\" \u202eit."
FINDING = f"{ID}/afi/{short_hash(HOSTILE)}"
PDF = Path("corpus/specimens/specimen-2021-22.pdf")


class Reader:
    """Stands in for the bulk run, which has tests of its own."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fresh = False
        self.done = threading.Event()

    def __call__(self, paths: list[str], _outputs: Path, on_result: Any, fresh: bool) -> Tally:
        self.asked += paths
        self.fresh = fresh
        results = [
            Result(path, ID, "failed" if "bad" in path else "ok", message="why" if "bad" in path else None)
            for path in paths
        ]
        for result in results:
            on_result(result)
        self.done.set()
        return Tally(results)


@pytest.fixture
def app(tmp_path: Path) -> App:
    report = Report(
        ID, "PEEL <b>2018/19</b>", "norfolk", "Norfolk Constabulary", "HMICFRS", "2018/19", "integrated", "2019-09-27",
        8, str(PDF.absolute()), storage.sha256(str(PDF)), "peel-2018-19", "r", "0", "ok",
    )  # fmt: skip
    grading = Grading(
        f"{ID}/grade/1", ID, "question", "How good is it?", "how-good", "good", "inspected", None, "Good", 2, (), "r"
    )
    finding = Finding(
        FINDING, ID, "area_for_improvement", "How good is it?", "how-good", 0, HOSTILE, None, None, None, (), None,
        None, None, "new", None, 2, 2, (Box(2, 70, 100, 500, 112),), "heading.afi", (),
    )  # fmt: skip
    write_tables(Extraction(report, (), (grading,), (finding,)), tmp_path / "outputs")
    made = App(tmp_path / "outputs", tmp_path / "corpus" / "verdicts.csv", largest=1_000_000)
    made.office.jobs = Jobs(made.office.outputs, Reader())
    return made


@pytest.fixture
def guard(app: App) -> Guard:
    return Guard(app.starlette(), 8000, KEY, app.office.largest)


@pytest.fixture
def stranger(guard: Guard) -> Iterator[TestClient]:
    """A client that was given no link."""
    with TestClient(guard, base_url=HOST, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient, guard: Guard) -> TestClient:
    """A client that was given a link."""
    assert stranger.get(guard.link()).status_code == 200
    return stranger


# who is answered -----------------------------------------------------------------------------------------------------

EVERYTHING = ["/", "/jobs", f"/reports/{ID}", f"/reports/{ID}/review", f"/reports/{ID}/pages/1",
              f"/reports/{ID}/response.docx", "/tracker.xlsx", "/forces/norfolk.html", "/static/review.js", "/nowhere",
              "/search?words=force", "/register", "/grades", "/settings", "/all.zip",
              "/forces/themes.html"]  # fmt: skip


@pytest.mark.parametrize("path", EVERYTHING)
def test_nothing_is_told_without_a_link(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "norfolk" not in answer.text.lower()


@pytest.mark.parametrize("token", ["", "wrong", KEY, "ü"])
def test_a_wrong_token_opens_nothing(stranger: TestClient, guard: Guard, token: str) -> None:
    guard.link()
    assert stranger.get("/open", params={"token": token}).status_code == 403
    assert stranger.get("/").status_code == 403


def test_a_link_opens_once_in_one_browser_and_several_browsers_have_one_each(guard: Guard) -> None:
    first, second, third = (TestClient(guard, base_url=HOST, follow_redirects=False) for _ in range(3))
    link, other = guard.link(), guard.link()
    answer = first.get(link)
    cookie = answer.headers["set-cookie"]
    assert "peel-8000=" in cookie
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert link.partition("token=")[2] not in cookie
    assert second.get(link).status_code == 403
    assert second.get("/").status_code == 403
    assert third.get(other).status_code == 200
    assert first.get(link).status_code == 303
    assert [each.get("/help").status_code for each in (first, third)] == [200, 200]
    assert first.cookies["peel-8000"] != third.cookies["peel-8000"]


def test_a_lost_link_is_renewed_by_whoever_knows_the_key(guard: Guard) -> None:
    stranger = TestClient(guard, base_url=HOST, follow_redirects=False)
    assert stranger.post("/renew").status_code == 403
    assert stranger.post("/renew", headers={"X-Peel-Key": "wrong"}).status_code == 403
    assert stranger.post("/renew", headers={"X-Peel-Key": KEY, "Origin": HOST}).status_code == 403
    link = stranger.post("/renew", headers={"X-Peel-Key": KEY}).json()["link"]
    assert stranger.get(link).status_code == 200
    assert stranger.get("/help").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1:9000", "127.0.0.1", "[::1]:8000", ""])
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1:9000", "https://127.0.0.1:8000", "http://localhost:8000"],
)
def test_another_origin_is_refused(client: TestClient, origin: str) -> None:
    assert client.get("/jobs", headers={"Origin": origin}).status_code == 403
    assert client.post("/stop", headers={"Origin": origin}).status_code == 403


def test_what_changes_something_must_say_where_it_comes_from(client: TestClient) -> None:
    assert client.post("/stop").status_code == 403
    assert client.post("/stop", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/stop", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert client.post("/stop", headers=OWN).status_code == 200


def test_every_answer_has_its_policy(client: TestClient) -> None:
    for path in EVERYTHING:
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
        assert "unsafe-" not in headers["content-security-policy"]


# what is shown -------------------------------------------------------------------------------------------------------


def test_hostile_words_stay_words(client: TestClient) -> None:
    assert "PEEL &lt;b&gt;2018/19&lt;/b&gt;" in client.get("/").text
    assert "<script>alert" not in client.get("/register").text
    assert "<script>alert" not in client.get("/search?words=check").text
    page = client.get(f"/reports/{ID}/review").text
    assert "<script>alert" not in page
    assert "\\u003cscript\\u003ealert" in page


def test_a_page_is_a_picture(client: TestClient) -> None:
    answer = client.get(f"/reports/{ID}/pages/2")
    kinds = {b"RIFF": "image/webp", b"\x89PNG": "image/png"}
    assert answer.headers["content-type"] == kinds[answer.content[:4]]
    assert len(answer.content) <= 60_000
    assert [client.get(f"/reports/{ID}/pages/{page}").status_code for page in (0, 9, "x")] == [404, 404, 404]


@pytest.mark.parametrize(
    "path",
    [
        "/reports/..%2f..%2fetc",
        "/reports/%2e%2e",
        "/reports/x",
        "/static/app.py",
        "/static/..%2fapp.py",
        "/forces/kent.html",
        f"/reports/{'a' * 9000}",
        f"/reports/{'a' * 9000}/review",
        f"/reports/{ID}/answers/..%2f..%2fx.docx",
        f"/reports/{ID}/publication/none.docx",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_force_over_the_years(client: TestClient) -> None:
    page = client.get("/forces/norfolk.html").text
    assert "Norfolk Constabulary" in page
    assert "<script>alert" not in page
    assert client.get("/forces/themes.html").status_code == 200


# decisions and papers ------------------------------------------------------------------------------------------------


def _decide(client: TestClient, **more: Any) -> Any:
    entry = {
        "subject": "finding",
        "id": FINDING,
        "kind": "area_for_improvement",
        "printed": HOSTILE,
        "page": 2,
        "by": "A.",
        **more,
    }
    told = {"format": "peel-verdicts", "report_id": ID, "verdicts": [entry]}
    return client.post(f"/reports/{ID}/verdicts", json=told, headers=OWN)


def test_a_decision_is_in_the_papers(client: TestClient, app: App, tmp_path: Path) -> None:
    assert _decide(client, verdict="corrected", text="The force should check it well.").json() == {
        "saved": 1,
        "withdrawn": 0,
    }
    assert [each.text for each in read_verdicts(app.office.verdicts)] == ["The force should check it well."]
    answer = client.get(f"/reports/{ID}/response.docx")
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{ID}%20response.docx"
    (tmp_path / "r.docx").write_bytes(answer.content)
    words = ZipFile(tmp_path / "r.docx").read("word/document.xml").decode()
    assert "check it well" in words
    assert "alert" not in words
    assert client.get("/tracker.xlsx").content[:2] == b"PK"
    assert "1 of 2" in client.get("/").text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"report_id": "other"}', b"[" * 100_000])
def test_what_are_no_decisions_changes_nothing(client: TestClient, app: App, body: bytes) -> None:
    assert client.post(f"/reports/{ID}/verdicts", content=body, headers=OWN).status_code == 400
    assert _decide(client, verdict="deleted").status_code == 400
    assert not app.office.verdicts.exists()


# uploads -------------------------------------------------------------------------------------------------------------


def _upload(client: TestClient, *names: str, data: bytes = b"%PDF-1.4") -> Any:
    files = [("files", (name, data, "application/pdf")) for name in names]
    return client.post("/upload", files=files, headers={**OWN, "Accept": "application/json"})


def test_an_upload_is_kept_and_read(client: TestClient, app: App) -> None:
    reader = Reader()
    app.office.jobs = Jobs(app.office.outputs, reader)
    assert _upload(client, "good.pdf", "bad.pdf").json() == {"files": ["good.pdf", "bad.pdf"]}
    assert reader.done.wait(10)
    assert [Path(path).name for path in reader.asked] == ["good.pdf", "bad.pdf"]
    assert {Path(path).parent for path in reader.asked} == {app.office.outputs / "uploads"}


def test_one_upload_that_fails_does_not_stop_the_next(tmp_path: Path) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no memory")

    jobs = Jobs(tmp_path, broken)
    jobs.jobs = [Job("a.pdf", tmp_path / "a.pdf"), Job("b.pdf", tmp_path / "a.pdf")]
    jobs._do(jobs.jobs)
    assert [(job.state, job.message) for job in jobs.jobs] == [("failed", "RuntimeError: no memory")] * 2
    jobs._read = Reader()
    jobs._do(jobs.jobs)
    assert [job.state for job in jobs.jobs] == ["done", "done"]


def test_progress_is_told(client: TestClient, app: App) -> None:
    assert client.get("/jobs").json() == {"busy": False, "told": "", "jobs": []}
    app.office.jobs.jobs = [Job("a.pdf", Path("a.pdf"), "failed", "why"), Job("b.pdf", Path("b.pdf"))]
    told = client.get("/jobs").json()
    assert told["busy"]
    assert told["jobs"][0] == {
        "name": "a.pdf",
        "state": "failed",
        "words": "Could not be read",
        "message": "why",
        "report_id": None,
    }
    assert "why" in client.get("/").text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\Report 1.PDF", "Report 1.pdf"),
        ("..pdf.pdf", "pdf.pdf"),
        ("a\u202efdp.html", "a_fdp.html"),
        ("a\0b\n.pdf", "a_b_.pdf"),
        ("ﬁle\u200b.pdf", "file_.pdf"),
        ("Bericht – größer.pdf", "Bericht _ größer.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("<img src=x>.pdf", "_img src_x_.pdf"),
        (" .hidden.pdf", "hidden.pdf"),
        ("\uff0e\uff0e\uff0fx.pdf", "x.pdf"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize("given", ["x.exe", "x", "", "..", ".pdf", "x.pdf/", "x.pdf\u202e.exe", "a.html.js"])
def test_what_is_no_report_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="neither a PDF"):
        safe_name(given)


def test_a_refused_upload_says_why(client: TestClient, app: App) -> None:
    answer = _upload(client, "x.exe")
    assert (answer.status_code, answer.json()["message"]) == (
        415,
        "“x.exe” is neither a PDF nor a saved web page; nothing was read.",
    )
    assert not app.office.jobs.jobs


def test_long_names_fit(tmp_path: Path) -> None:
    with PDF.open("rb") as file:
        kept = keep_file(file, safe_name("é" * 300 + ".pdf"), tmp_path)
    assert len(kept.name.encode()) <= 120
    assert kept.read_bytes() == PDF.read_bytes()


def test_no_file_takes_another_ones_place(client: TestClient, app: App) -> None:
    names = [_upload(client, "r.pdf", data=data).json()["files"][0] for data in (b"%PDF-one", b"%PDF-two", b"%PDF-one")]
    assert names == ["r.pdf", "r-2.pdf", "r.pdf"]
    assert (app.office.outputs / "uploads" / "r.pdf").read_bytes() == b"%PDF-one"


def test_an_upload_over_the_limit_is_refused(client: TestClient, app: App) -> None:
    assert _upload(client, "r.pdf", data=b"x" * 1_100_000).status_code == 413
    assert not (app.office.outputs / "uploads").exists()


def test_a_body_in_pieces_is_counted(client: TestClient, app: App) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="r.pdf"\r\n\r\n'
        for _ in range(20):
            yield b"x" * 100_000

    headers = {**OWN, "Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/upload", content=pieces(), headers=headers).status_code == 413
    assert not (app.office.outputs / "uploads").exists()


# starting and stopping -----------------------------------------------------------------------------------------------


def test_it_listens_on_this_computer_only_and_stops_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import uvicorn

    from extractor.app import serve as app_serve

    seen: list[Any] = []
    monkeypatch.setattr(
        uvicorn.Server, "run", lambda _server, sockets: seen.extend(each.getsockname() for each in sockets)
    )
    monkeypatch.setattr(app_serve, "prepare", lambda _nursery: None)
    assert cli.main(["app", "--no-browser", "--json", "-q", "--outputs", str(tmp_path)]) == 0
    link = json.loads(capsys.readouterr().out)["link"]
    assert seen[0][0] == "127.0.0.1"
    assert link.startswith(f"http://127.0.0.1:{seen[0][1]}/open?token=")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["--port", "70000"], "'70000' is not a port, from 0 to 65535"),
        (["--port", "-1"], "'-1' is not a port, from 0 to 65535"),
        (["--upload-limit", "0"], "'0' is not a whole number of 1 or more"),
    ],
)
def test_wrong_usage_is_told(wrong: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["app", *wrong])
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert cli.main(["app", "--port", port, "--no-browser", "--outputs", str(tmp_path)]) == 1
    assert f"port {port} cannot be used" in capsys.readouterr().err


def test_stopping(tmp_path: Path) -> None:
    stopped: list[bool] = []
    app = App(tmp_path, tmp_path / "v.csv", stop=lambda: stopped.append(True))
    with TestClient(app.starlette(), base_url=HOST) as client:
        assert "You can close this window" in client.post("/stop").text
    assert stopped == [True]


def test_a_click_says_whether_two_findings_are_one_problem(app, client):
    rows = [(f"{cycle.replace('/', '-')}-integrated-kent", cycle) for cycle in ("2018/19", "2021/22")]
    texts = ("The force should clear its vetting backlog.", "The force should look into waiting times")
    ids = []
    for (report_id, cycle), text in zip(rows, texts, strict=True):
        report = Report(
            report_id, "PEEL", "kent", "Kent Police", "HMICFRS", cycle, "integrated", None, 8, "x.pdf", "0" * 64,
            "p", "r", "0", "ok",
        )  # fmt: skip
        ids.append(f"{report_id}/afi/00000001")
        finding = Finding(
            ids[-1], report_id, "area_for_improvement", "Q", "ethical-workforce", 0, text, None, None, None, (), None,
            None, None, "new", None, 2, 2, (), "heading.afi", (),
        )  # fmt: skip
        write_tables(Extraction(report, (), (), (finding,)), app.office.outputs)
    told = {"earlier": ids[0], "later": ids[1], "word": "confirmed", "by": "A. Analyst"}
    origin = {"origin": HOST}
    answer = client.post("/forces/kent/links", data=told, headers=origin)
    assert (answer.status_code, answer.headers["location"]) == (303, "/forces/kent.html")
    assert [(each.id, each.later_id, each.verdict, each.by) for each in read_verdicts(app.office.verdicts)] == [
        (ids[0], ids[1], "confirmed", "A. Analyst")
    ]
    page = client.get("/forces/kent.html").text
    assert "verdict: confirmed" in page and 'action="/forces/kent/links"' in page
    assert client.post("/forces/kent/links", data={**told, "word": "maybe"}, headers=origin).status_code == 400
    assert client.post("/forces/kent/links", data={**told, "later": "x"}, headers=origin).status_code == 400
