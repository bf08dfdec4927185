"""Fetching from a server that misbehaves in every way we know of."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extractor import cli
from extractor.errors import Refused, Unreachable
from extractor.fetch import manifest
from extractor.fetch.addresses import check_target
from extractor.fetch.fetching import fetch
from extractor.fetch.links import file_name, links
from extractor.fetch.manifest import Entry, read_manifest
from extractor.fetch.visitor import Settings, Visitor

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 400 + b"\n%%EOF\n"
PAGE = """<html><body><a href="/other.pdf">Annual report</a>
<a href="pdf/peel-police-effectiveness-2016-cleveland.pdf#page=2">PEEL: Police effectiveness 2016 – Cleveland Police</a>
<a href="pdf/peel-overview.pdf">PEEL: Police effectiveness 2016 – a national overview</a>
<a href="/publications/essex-2016/">PEEL: Police effectiveness 2016 – Essex Police</a>
<a href="http://elsewhere.invalid/peel-kent.pdf">PEEL – Kent Police</a>
<a href="http://[bad">PEEL – Kent Police</a></body></html>"""

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A site on loopback: what it answers, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[dict[str, str], int], Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.address = ""

    def on(self, path: str, answer: Callable[[dict[str, str], int], Answer]) -> str:
        """Answer a path by a function of the request's headers and how often it was asked before; its address."""
        self.answers[path] = answer
        return self.address + path

    def pdf(self, path: str, data: bytes = PDF, **headers: str) -> str:
        """Answer a path with a PDF."""
        return self.on(path, lambda *_: (200, {"Content-Type": "application/pdf", **headers}, data))

    def paths(self) -> list[str]:
        """Paths asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    """Start the site; /robots.txt is not there unless a test puts it there."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            before = site.paths().count(self.path)
            site.asked.append((self.path, headers))
            status, extra, body = site.answers.get(self.path, lambda *_: (404, {}, b""))(headers, before)
            self.send_response(status)
            for name, value in extra.items():
                self.send_header(name, value)
            if "Content-Length" not in extra:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()


class Time:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now, self.waits = 0.0, list[float]()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self.waits.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        """Tell the time."""
        return self.now


@pytest.fixture
def time() -> Time:
    """A clock."""
    return Time()


@pytest.fixture
def visitor(time: Time) -> Iterator[Visitor]:
    """A visitor that never really waits."""
    settings = Settings(contact="analyst@example.org", delay=3, timeout=5, largest=1_000_000)
    with Visitor(settings, sleep=time.sleep, clock=time.clock) as visitor:
        yield visitor


def entry(pdf: str = "", page: str = "", sha256: str = "") -> Entry:
    """Return a row of the manifest; a page's is that of a list."""
    return Entry("2016", "effectiveness", "" if page else "cleveland", page, pdf, sha256, "", "")


def test_file_is_fetched_once_and_noted(site: Site, visitor: Visitor, time: Time, tmp_path: Path) -> None:
    def answer(headers: dict[str, str], _before: int) -> Answer:
        if headers.get("if-none-match") == '"one"':
            return 304, {}, b""
        return 200, {"Content-Type": "application/pdf", "ETag": '"one"'}, PDF

    url = site.on("/a.pdf", answer)
    (first,) = fetch([entry(url), entry(url)], tmp_path, visitor)
    assert (first.outcome, first.sha256) == ("new", hashlib.sha256(PDF).hexdigest())
    assert (tmp_path / "a.pdf").read_bytes() == PDF
    assert json.loads((tmp_path / ".a.pdf.json").read_text())["sha256"] == first.sha256
    assert [fetched.outcome for fetched in fetch([entry(url)], tmp_path, visitor)] == ["unchanged"]
    assert site.paths() == ["/a.pdf", "/a.pdf"]
    assert all("analyst@example.org" in headers["user-agent"] for _, headers in site.asked)
    assert time.waits == [3, 3]  # after robots.txt, and before the second request


def test_file_that_was_changed_here_is_fetched_again(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    url = site.pdf("/a.pdf", ETag='"one"')
    fetch([entry(url)], tmp_path, visitor)
    (tmp_path / "a.pdf").write_bytes(b"%PDF- damaged")
    assert [fetched.outcome for fetched in fetch([entry(url)], tmp_path, visitor)] == ["new"]
    assert (tmp_path / "a.pdf").read_bytes() == PDF


@pytest.mark.parametrize("ranges", [True, False])
def test_download_that_broke_off_is_gone_on_with(site: Site, visitor: Visitor, tmp_path: Path, ranges: bool) -> None:
    half = len(PDF) // 2

    def answer(headers: dict[str, str], before: int) -> Answer:
        whole = {"Content-Type": "application/pdf", "ETag": '"one"', "Content-Length": str(len(PDF))}
        if before == 0:
            return 200, whole, PDF[:half]  # and the connection closes
        assert headers["range"] == f"bytes={half}-"
        assert headers["if-range"] == '"one"'
        if not ranges:
            return 200, whole, PDF
        rest = {
            **whole,
            "Content-Length": str(len(PDF) - half),
            "Content-Range": f"bytes {half}-{len(PDF) - 1}/{len(PDF)}",
        }
        return 206, rest, PDF[half:]

    url = site.on("/a.pdf", answer)
    assert [fetched.outcome for fetched in fetch([entry(url)], tmp_path, visitor)] == ["resumed" if ranges else "new"]
    assert (tmp_path / "a.pdf").read_bytes() == PDF
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.pdf.json", "a.pdf"]


@pytest.mark.parametrize("status", [206, 416])
def test_wrong_part_is_not_glued_on(site: Site, visitor: Visitor, tmp_path: Path, status: int) -> None:
    def answer(headers: dict[str, str], before: int) -> Answer:
        whole = {"Content-Type": "application/pdf", "ETag": '"one"', "Content-Length": str(len(PDF))}
        if before == 0:
            return 200, whole, PDF[:1000]
        if "range" in headers:
            return status, {**whole, "Content-Range": "bytes 0-9/10", "Content-Length": "10"}, PDF[:10]
        return 200, whole, PDF

    url = site.on("/a.pdf", answer)
    assert [fetched.outcome for fetched in fetch([entry(url)], tmp_path, visitor)] == ["new"]
    assert (tmp_path / "a.pdf").read_bytes() == PDF


def failure(visitor: Visitor, folder: Path, url: str) -> str:
    """Fetch one address that fails; the message."""
    (fetched,) = fetch([entry(url)], folder, visitor)
    assert fetched.outcome == "failed"
    assert not list(folder.glob("*.pdf"))
    return fetched.message or ""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((403, {}, b""), "save the PDF into the folder by hand"),
        ((404, {}, b""), "there is nothing at this address (HTTP 404)"),
        ((200, {"Content-Type": "text/html"}, b"<html>Access denied"), "the server sent text/html, not a PDF"),
        ((200, {"Content-Type": "application/pdf"}, b"<html>Access denied"), "does not begin like a PDF"),
        ((200, {"Content-Type": "application/pdf", "Content-Length": "5000000"}, b"%PDF-"), "larger than 1 MB"),
        ((200, {"Content-Type": "application/pdf"}, b"%PDF-" + bytes(1_000_001)), "larger than 1 MB"),
        ((302, {"Location": "/a.pdf"}, b""), "redirected more than 5 times"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "not a web address"),
    ],
)
def test_what_cannot_be_had_is_explained_and_not_asked_for_again(
    site: Site, visitor: Visitor, tmp_path: Path, answer: Answer, words: str
) -> None:
    url = site.on("/a.pdf", lambda *_: answer)
    assert words in failure(visitor, tmp_path / "pdf", url)
    assert len(site.paths()) <= 6


@pytest.mark.parametrize("status", [500, 503, 429])
def test_passing_faults_are_waited_out(site: Site, visitor: Visitor, time: Time, tmp_path: Path, status: int) -> None:
    def answer(_headers: dict[str, str], before: int) -> Answer:
        if before < 2:
            return status, {"Retry-After": "7"} if before else {}, b""
        return 200, {"Content-Type": "application/pdf"}, PDF

    url = site.on("/a.pdf", answer)
    assert [fetched.outcome for fetched in fetch([entry(url)], tmp_path, visitor)] == ["new"]
    assert [wait for wait in time.waits if wait != 3] == [2, 1, 7]  # back-off, the rest of the delay, as asked


def test_too_many_requests_is_explained(site: Site, visitor: Visitor, time: Time, tmp_path: Path) -> None:
    url = site.on("/a.pdf", lambda *_: (429, {"Retry-After": "3600"}, b""))
    words = failure(visitor, tmp_path, url)
    assert "wait 60 minutes, raise --delay, or download it by hand" in words
    assert len(site.paths()) == 1
    assert max(time.waits) == 3


def test_dead_server_is_given_up(visitor: Visitor, time: Time, tmp_path: Path) -> None:
    (fetched,) = fetch([entry("http://127.0.0.1:9/a.pdf")], tmp_path, visitor)
    assert "the connection failed (ConnectError" in (fetched.message or "")
    assert time.waits[-3:] == sorted(time.waits[-3:])


def test_robots_are_honoured(site: Site, visitor: Visitor, time: Time, tmp_path: Path) -> None:
    site.on("/robots.txt", lambda *_: (200, {}, b"User-agent: *\nDisallow: /private/\nCrawl-delay: 10\n"))
    allowed, forbidden = site.pdf("/a.pdf"), site.pdf("/private/b.pdf")
    done = fetch([entry(allowed), entry(forbidden)], tmp_path, visitor)
    assert [fetched.outcome for fetched in done] == ["new", "failed"]
    assert "robots.txt" in (done[1].message or "")
    assert site.paths() == ["/a.pdf"]
    assert time.waits == [10]


def test_site_whose_robots_have_a_fault_is_left_alone(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    site.on("/robots.txt", lambda *_: (503, {}, b""))
    assert "robots.txt cannot be read now" in failure(visitor, tmp_path, site.pdf("/a.pdf"))
    assert site.paths() == []


def test_manifest_hash_is_verified(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    url = site.pdf("/a.pdf")
    (fetched,) = fetch([entry(url, sha256="0" * 64)], tmp_path, visitor)
    assert fetched.outcome == "failed"
    assert "not those of the manifest" in (fetched.message or "")


def test_force_reports_are_found_on_a_publication_page(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    site.on("/list/", lambda *_: (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()))
    site.on("/publications/essex-2016/", lambda *_: (200, {}, b'<a href="/up/peel-essex-2016.pdf">Get the report</a>'))
    site.pdf("/list/pdf/peel-police-effectiveness-2016-cleveland.pdf")
    site.pdf("/up/peel-essex-2016.pdf")
    done = fetch([entry(page=site.address + "/list/")], tmp_path, visitor)
    assert [Path(fetched.file or "").name for fetched in done] == [
        "peel-police-effectiveness-2016-cleveland.pdf",
        "peel-essex-2016.pdf",
    ]
    assert "/other.pdf" not in site.paths()


def test_two_reports_of_one_name_keep_apart(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    urls = [site.pdf("/2015/cleveland.pdf"), site.pdf("/2016/cleveland.pdf", PDF + b"\n")]
    for _ in range(2):
        files = {fetched.file for fetched in fetch(map(entry, urls), tmp_path, visitor)}
        assert len(files) == 2


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://x/uploads/PEEL%20report.PDF?x=1", "PEEL-report.pdf"),
        ("https://x/..%2F..%2Fetc%2Fpasswd", "passwd.pdf"),
        ("https://x/", "report.pdf"),
        ("https://x/.hidden.pdf", "hidden.pdf"),
    ],
)
def test_file_names_stay_in_the_folder(url: str, name: str) -> None:
    assert file_name(url) == name


def test_links_survive_bad_markup() -> None:
    assert links('<a href=" b.pdf#x">one <b>two</b></a><a>none</a><a href="c', "http://x/a/") == [
        ("http://x/a/b.pdf", "one two")
    ]


def test_page_that_fails_is_reported(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    (fetched,) = fetch([entry(page=site.address + "/gone/")], tmp_path, visitor)
    assert (fetched.outcome, fetched.url) == ("failed", site.address + "/gone/")
    with pytest.raises(Refused):
        visitor.page("ftp://x/y")


def test_the_manifest_is_sound() -> None:
    rows = read_manifest(Path(__file__).parents[2] / manifest.MANIFEST)
    assert len(rows) > 20
    for row in rows:
        assert row.known_from.startswith("http"), row
        assert all(url == "" or url.startswith(("https://", "http://")) for url in (row.page, row.pdf)), row
    addresses = [row.page for row in rows if row.page]
    assert len(addresses) == len(set(addresses))


def test_the_command(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site.on(
        "/list/",
        lambda *_: (200, {}, b'<a href="/peel-kent-2017.pdf">PEEL - Kent Police</a><a href="/peel-essex.pdf">x</a>'),
    )
    site.pdf("/peel-kent-2017.pdf")
    folder = tmp_path / "pdf"
    arguments = ["fetch", site.address + "/list/", "--into", str(folder), "--delay", "0", "--contact", "a@example.org"]
    assert cli.main(arguments) == 1
    printed = capsys.readouterr()
    assert f"new       {folder}/peel-kent-2017.pdf" in printed.err
    assert "there is nothing at this address" in printed.err
    assert printed.err.splitlines()[-1] == f"2 reports: 1 new, 0 resumed, 0 unchanged, 1 failed · {folder}"
    site.pdf("/peel-essex.pdf")
    assert cli.main([*arguments, "--json", "-q"]) == 0
    assert [row["outcome"] for row in json.loads(capsys.readouterr().out)] == ["unchanged", "new"]


# a hostile site -------------------------------------------------------------------------------------------------------


def test_rest_of_another_edition_is_not_stitched_on(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    newer, kind = PDF.replace(b"1.7", b"1.6"), {"Content-Type": "application/pdf"}

    def answer(headers: dict[str, str], before: int) -> Answer:
        if before == 0:
            return 200, {**kind, "ETag": '"one"', "Content-Length": str(len(PDF))}, PDF[:5000]
        if begin := headers.get("range", "").removeprefix("bytes=").rstrip("-"):
            place = f"bytes {begin}-{len(newer) - 1}/{len(newer)}"
            return 206, {**kind, "Content-Range": place, "ETag": '"two"'}, newer[int(begin) :]
        return 200, {**kind, "ETag": '"two"'}, newer

    (fetched,) = fetch([entry(site.on("/a.pdf", answer))], tmp_path, visitor)
    assert fetched.outcome == "new" and (tmp_path / "a.pdf").read_bytes() == newer


def test_broken_edition_does_not_replace_a_good_one(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    url = site.pdf("/a.pdf")
    fetch([entry(url)], tmp_path, visitor)
    site.pdf("/a.pdf", PDF[: len(PDF) // 2])
    (fetched,) = fetch([entry(url)], tmp_path, visitor)
    assert fetched.outcome == "failed" and "breaks off" in (fetched.message or "")
    assert (tmp_path / "a.pdf").read_bytes() == PDF


def test_edition_that_is_replaced_stays_beside_the_new_one(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    url = site.pdf("/a.pdf")
    fetch([entry(url)], tmp_path, visitor)
    site.pdf("/a.pdf", PDF.replace(b"1.7", b"1.6"))
    assert [fetched.outcome for fetched in fetch([entry(url)], tmp_path, visitor)] == ["new"]
    (old,) = tmp_path.glob(".a.pdf.*.old")
    assert old.read_bytes() == PDF


def test_file_placed_by_hand_is_not_overwritten(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF- mine")
    (fetched,) = fetch([entry(site.pdf("/a.pdf"))], tmp_path, visitor)
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF- mine"
    assert fetched.outcome == "new" and Path(fetched.file or "").read_bytes() == PDF


@pytest.mark.parametrize(
    ("asked", "target", "places", "allowed"),
    [
        ("https://reports.example.gov.uk/a", "https://assets.example.gov.uk/b", ["93.184.216.34"], True),
        ("https://reports.example.gov.uk/a", "https://assets.example.gov.uk/b", ["10.0.0.7"], False),
        ("https://reports.example.gov.uk/a", "https://assets.example.gov.uk/b", ["93.184.216.34", "::1"], False),
        ("https://reports.example.gov.uk/a", "https://assets.example.gov.uk/b", ["::ffff:127.0.0.1"], False),
        ("https://reports.example.gov.uk/a", "https://other.gov.uk/b", ["93.184.216.34"], False),
        ("https://reports.example.gov.uk/a", "http://169.254.169.254/latest", ["169.254.169.254"], False),
        ("https://reports.example.gov.uk/a", "file:///etc/passwd", [], False),
        ("https://reports.example.gov.uk/a", "http://[bad", [], False),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b", ["127.0.0.1"], True),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:9000/b", ["127.0.0.1"], False),
    ],
)
def test_redirects_stay_on_the_public_site(asked: str, target: str, places: list[str], allowed: bool) -> None:
    if allowed:
        check_target(target, asked, lambda _host: places)
    else:
        with pytest.raises(Refused):
            check_target(target, asked, lambda _host: places)


def test_redirect_to_another_port_is_not_followed(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    url = site.on("/a.pdf", lambda *_: (302, {"Location": "http://127.0.0.1:9/secret.pdf"}, b""))
    (fetched,) = fetch([entry(url)], tmp_path, visitor)
    assert fetched.outcome == "failed" and "another site" in (fetched.message or "")


def test_thing_packed_thrice_is_refused(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    url = site.pdf("/a.pdf", **{"Content-Encoding": "gzip, gzip, gzip"})
    (fetched,) = fetch([entry(url)], tmp_path, visitor)
    assert fetched.outcome == "failed" and "packed" in (fetched.message or "")


def test_endless_crawl_delay_is_refused(site: Site, visitor: Visitor, time: Time, tmp_path: Path) -> None:
    site.on("/robots.txt", lambda *_: (200, {}, b"User-agent: *\nCrawl-delay: 100000\n"))
    (fetched,) = fetch([entry(site.pdf("/a.pdf"))], tmp_path, visitor)
    assert fetched.outcome == "failed" and "100000 s" in (fetched.message or "") and sum(time.waits) < 10


def test_robots_with_wildcards_are_honoured(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    site.on("/robots.txt", lambda *_: (200, {}, b"User-agent: *\nDisallow: /*.pdf$\n"))
    (fetched,) = fetch([entry(site.pdf("/a.pdf"))], tmp_path, visitor)
    assert fetched.outcome == "failed" and "robots.txt" in (fetched.message or "")


def test_file_that_trickles_in_is_given_up(site: Site, tmp_path: Path) -> None:
    ticks = iter(range(0, 100_000, 400))
    with Visitor(Settings(delay=0), sleep=lambda _s: None, clock=lambda: float(next(ticks))) as slow:
        (fetched,) = fetch([entry(site.pdf("/a.pdf"))], tmp_path, slow)
    assert fetched.outcome == "failed" and "took longer" in (fetched.message or "")


def test_page_in_an_unknown_encoding_is_read(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    url = site.on("/publications/x/", lambda *_: (200, {"Content-Type": "text/html; charset=klingon"}, PAGE.encode()))
    site.pdf("/publications/x/pdf/peel-police-effectiveness-2016-cleveland.pdf")
    assert fetch([entry(page=url)], tmp_path, visitor)[0].outcome == "new"


def test_one_bad_address_costs_itself_alone(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    rows = [entry("http://[::1"), entry("https://exa mple/x.pdf"), entry("ftp://x/y.pdf"), entry(site.pdf("/a.pdf"))]
    assert [fetched.outcome for fetched in fetch(rows, tmp_path, visitor)] == ["failed", "failed", "failed", "new"]


def test_without_a_connection_the_run_ends_at_once(time: Time, tmp_path: Path) -> None:
    rows = [entry(f"https://nowhere{number}.invalid/a.pdf") for number in range(9)]
    with Visitor(Settings(), sleep=time.sleep, clock=time.clock) as offline, pytest.raises(Unreachable):
        fetch(rows, tmp_path, offline)
    assert time.waits == []


def test_names_in_other_scripts_fit_any_system() -> None:
    names = {file_name(f"https://x/{letter * 300}.pdf") for letter in "报告é"}
    assert all(len(name.encode()) < 140 for name in names) and len(names) == 3
