"""The points of OWASP's ASVS that apply, listed in README.md beside this file, and the tests that no other file has."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from response_rows import cleveland, written

pytest.importorskip("starlette", reason="the extra [app] is not installed")
pytest.importorskip("multipart", reason="the extra [app] is not installed")

from starlette.testclient import TestClient

from extractor.app.guard import Guard
from extractor.app.jobs import keep_file
from extractor.app.routes import App

HERE = Path(__file__).parent
HOST = "http://127.0.0.1:8000"
OWN = {"Origin": HOST}
REPORT = cleveland().report.report_id
POSTS = ("/upload", "/register", "/settings", "/stop", f"/reports/{REPORT}/verdicts", "/forces/cleveland/links",
         f"/reports/{REPORT}/check", f"/reports/{REPORT}/answers/a.docx", f"/reports/{REPORT}/dates",
         f"/reports/{REPORT}/again", f"/reports/{REPORT}/remove")  # fmt: skip
ROUNDS, WRITERS = 200, 4


@pytest.fixture
def app(tmp_path: Path) -> App:
    written(tmp_path / "outputs")
    return App(tmp_path / "outputs", tmp_path / "corpus" / "verdicts.csv")


@pytest.fixture
def guard(app: App) -> Guard:
    return Guard(app.starlette(), 8000, "key", 1_000_000)


@pytest.fixture
def client(guard: Guard) -> Iterator[TestClient]:
    with TestClient(guard, base_url=HOST, follow_redirects=False) as client:
        client.get(guard.link())
        yield client


def test_every_point_is_held_by_a_test_of_its_name() -> None:
    rows = re.findall(r"^\| ([\d., ]+) \|.*\|([^|]*)\|$", (HERE / "README.md").read_text(encoding="utf-8"), re.M)
    tests = "\n".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)\(", tests, re.M))
    named = [(points, re.findall(r"`(test_\w+)`", cell)) for points, cell in rows]
    assert len(named) >= 30
    assert [points for points, names in named if not names or not set(names) <= there] == []


def test_tokens_cannot_be_guessed(guard: Guard) -> None:
    client = TestClient(guard, base_url=HOST)
    links = {guard.link().partition("token=")[2] for _ in range(50)}
    assert len(links) == 50 and min(map(len, links)) >= 32  # of 64 letters: 192 bits
    assert all(len(value) >= 43 for value in client.get(guard.link()).cookies.values())


def test_every_cookie_is_for_us_alone(guard: Guard) -> None:
    told = TestClient(guard, base_url=HOST).get(guard.link()).headers.get_list("set-cookie")
    assert [cookie.partition("=")[0] for cookie in told] == ["peel-8000", "__Host-peel-8000"]
    for cookie in map(str.lower, told):
        assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie and "domain" not in cookie
    assert "secure" in told[1].lower()


def test_a_browser_that_keeps_the_strong_cookie_is_let_in_by_it_alone(guard: Guard) -> None:
    given = dict(TestClient(guard, base_url=HOST).get(guard.link()).cookies)
    plain, strong = ({"Cookie": f"{name}={given[name]}"} for name in ("peel-8000", "__Host-peel-8000"))
    stranger = TestClient(guard, base_url=HOST)
    assert stranger.get("/help", headers=plain).status_code == 200  # Safari, which has no other
    assert stranger.get("/help", headers=strong).status_code == 200
    assert stranger.get("/help", headers=plain).status_code == 403


def test_a_session_ends_with_the_program(app: App, guard: Guard) -> None:
    cookies = dict(TestClient(guard, base_url=HOST).get(guard.link()).cookies)
    after = TestClient(Guard(app.starlette(), 8000, "key", 1_000_000), base_url=HOST, cookies=cookies)
    assert after.get("/help").status_code == 403


@pytest.mark.parametrize("path", POSTS)
def test_nothing_is_changed_without_a_link(app: App, guard: Guard, path: str) -> None:
    before = sorted(app.office.outputs.rglob("*"))
    answer = TestClient(guard, base_url=HOST).post(path, data={"force": "kent", "published": "2024-01-01"}, headers=OWN)
    assert answer.status_code == 403
    assert sorted(app.office.outputs.rglob("*")) == before
    assert not app.office.settings_file.exists() and not app.office.register.exists()


@pytest.mark.parametrize(
    "odd", ["A" * 9_000, "-a", "a_b", "a%00b", "a%0ab", "ünder", "a%20b", "%2e%2e%2f", "a;b", "<b>", "a'--"]
)
def test_an_id_of_another_form_is_not_looked_for(client: TestClient, odd: str) -> None:
    for path in (f"/reports/{odd}", f"/reports/{odd}/review", f"/reports/{odd}/response.docx", f"/forces/{odd}.html"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("address", ["//evil.example", "/\\evil.example", "/?done=//evil.example"])
def test_redirects_stay_with_us(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert "evil.example" not in answer.headers.get("location", "")
    saved = client.post("/settings", data={"plan": "https://evil.example"}, headers=OWN)
    assert saved.headers["location"] == "/settings?done=saved"


ODD_WORDS = ('" OR 1=1 --', "a' UNION SELECT 1", "NEAR(a b)", "text:police*", "%", "\\", "😀" * 500)


@pytest.mark.parametrize("words", ODD_WORDS)
def test_words_of_a_search_are_no_query(client: TestClient, words: str) -> None:
    for asked in ({"words": words}, {"words": "force", "force": words}, {"question": words, "year": words}):
        assert client.get("/search", params=asked).status_code == 200


def test_pages_are_not_kept_by_the_browser(client: TestClient) -> None:
    for path in ("/", f"/reports/{REPORT}", f"/reports/{REPORT}/review", "/tracker.xlsx", "/jobs", "/nowhere"):
        assert client.get(path).headers["cache-control"] == "no-store", path


def test_documents_are_downloads(client: TestClient) -> None:
    for path in ("/tracker.xlsx", "/all.zip", f"/reports/{REPORT}/response.docx"):
        headers = client.get(path).headers
        assert headers["content-disposition"].startswith("attachment")
        assert headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    for path in ("/", f"/reports/{REPORT}", f"/reports/{REPORT}/remove"):
        assert client.request(method, path, headers=OWN).status_code == 405
    assert client.get(f"/reports/{REPORT}").status_code == 200


def test_uploads_at_once_lose_none(tmp_path: Path) -> None:
    for number in range(ROUNDS):
        folder, start = tmp_path / str(number), threading.Barrier(WRITERS)

        def keep(data: bytes, folder: Path = folder, start: threading.Barrier = start) -> None:
            start.wait()
            keep_file(BytesIO(data), "r.pdf", folder)

        threads = [threading.Thread(target=keep, args=(b"%d" % each,)) for each in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(path.read_bytes() for path in folder.iterdir()) == [b"%d" % each for each in range(WRITERS)]


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """The program, with a browser that waits and does nothing."""
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho started > "$0.log"\nsleep 5\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("BROWSER", str(browser))
    command = [sys.executable, "-m", "extractor", "app", "--outputs", str(tmp_path / "outputs")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        yield server
        server.terminate()


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no /proc on this system")
def test_the_link_is_in_no_programs_arguments(started: subprocess.Popen[str], tmp_path: Path) -> None:
    assert started.stdout and started.stderr
    token = started.stdout.readline().strip().partition("token=")[2]
    assert len(token) >= 32
    _until(lambda: (tmp_path / "browser.log").exists())
    said = b"".join(_read(process / "cmdline") for process in Path("/proc").iterdir() if process.name.isdigit())
    assert str(tmp_path / "browser").encode() in said  # the browser runs
    assert token.encode() not in said
    started.terminate()
    assert token not in started.stderr.read()


def test_the_server_does_not_say_what_it_is(started: subprocess.Popen[str]) -> None:
    from http.client import HTTPConnection

    assert started.stdout
    host = started.stdout.readline().split("/")[2]
    connection = HTTPConnection(host, timeout=30)
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert answer.status == 403
    assert answer.getheader("server") is None and answer.getheader("x-powered-by") is None
    assert b"Traceback" not in answer.read()


def _until(there: Callable[[], bool]) -> None:
    for _ in range(300):
        if there():
            return
        threading.Event().wait(0.1)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # it has ended
        return b""
