"""Whatever a site answers costs the one address that was asked for: no error, no other host, no file lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import httpcore
import pytest
from hostile_site import AS_PDF, DRAWN, FILES, PDF, Answer, RawSite, odd_page, odd_robots, raw_site, redirected, reply

from extractor.errors import BadSetting, Refused, Unreachable
from extractor.fetch.fetching import fetch
from extractor.fetch.links import file_name
from extractor.fetch.manifest import Entry, read_manifest, wanted
from extractor.fetch.visitor import Settings, Visitor

OUTCOMES = ("new", "failed")


@pytest.fixture
def site() -> Iterator[RawSite]:
    with raw_site() as site:
        site.answers["/good.pdf"] = reply(PDF, "200 OK", AS_PDF)
        yield site


class Time:
    """A clock that only waiting moves; waits are bounded."""

    now = 0.0

    def sleep(self, seconds: float) -> None:
        assert seconds <= 120
        self.now += seconds

    def clock(self) -> float:
        return self.now


def visitor(find: object = None) -> Visitor:
    time = Time()
    more = {"find": find} if find else {}
    return Visitor(Settings(delay=0, timeout=3, largest=1_000_000), sleep=time.sleep, clock=time.clock, **more)  # type: ignore[arg-type]


def entry(pdf: str = "", page: str = "") -> Entry:
    return Entry("", "", "", page, pdf, "", "", "")


def fetched(site: RawSite, folder: Path, *paths: str) -> list[str]:
    with visitor() as at_work:
        return [one.outcome for one in fetch([entry(site.address + path) for path in paths], folder, at_work)]


def _attack(site: RawSite, answer: Answer, seed: int, folder: Path) -> None:
    """Put a hostile file between two addresses of good ones, with a file that was placed by hand and an older one."""
    (folder / "hand.pdf").write_bytes(b"%PDF- by hand")
    site.answers["/old.pdf"] = reply(PDF, "200 OK", AS_PDF)
    assert fetched(site, folder, "/old.pdf") == ["new"]
    for name in ("old", "hand", "bad"):
        site.answers[f"/{name}.pdf"] = answer(random.Random(seed), site.address)
    outcomes = fetched(site, folder, "/old.pdf", "/hand.pdf", "/bad.pdf", "/good.pdf")
    assert outcomes[-1] == "new"
    assert (folder / "hand.pdf").read_bytes() == b"%PDF- by hand"
    assert PDF in [file.read_bytes() for file in (folder / "old.pdf", *folder.glob(".old.pdf.*.old"))]
    assert "/secret.pdf" not in site.asked
    for file in folder.glob("*.pdf"):
        assert file.name == "hand.pdf" or b"%%EOF" in file.read_bytes()


@pytest.mark.parametrize("answer", FILES, ids=lambda answer: answer.__name__)
def test_hostile_file_costs_itself_alone(site: RawSite, answer: Answer, tmp_path: Path) -> None:
    _attack(site, answer, 1, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("answer", DRAWN, ids=lambda answer: answer.__name__)
def test_many_hostile_files_cost_themselves_alone(site: RawSite, answer: Answer, tmp_path: Path) -> None:
    for seed in range(2, 25):
        folder = tmp_path / str(seed)
        folder.mkdir()
        _attack(site, answer, seed, folder)


@pytest.mark.parametrize("seed", range(14))
def test_no_redirect_leads_to_another_place(site: RawSite, seed: int, tmp_path: Path) -> None:
    site.answers["/a.pdf"] = redirected(random.Random(seed), site.address)
    assert fetched(site, tmp_path, "/a.pdf") == ["failed"]
    assert "/secret.pdf" not in site.asked


@pytest.mark.parametrize("seed", range(9))
def test_odd_page_or_robots_cost_themselves_alone(site: RawSite, seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    with raw_site() as other, visitor() as at_work:
        site.answers["/list/"] = odd_page(draw, site.address)
        other.answers["/robots.txt"] = odd_robots(draw, other.address)
        rows = [entry(page=site.address + "/list/"), entry(other.address + "/a.pdf"), entry(site.address + "/good.pdf")]
        done = fetch(rows, tmp_path, at_work)
    assert (done[-1].url, done[-1].outcome) == (site.address + "/good.pdf", "new")
    assert all(one.outcome in ("failed", "none") for one in done[:-1])


# addresses ------------------------------------------------------------------------------------------------------------


class Places(httpcore.SyncBackend):
    """Notes where connections go, and makes none."""

    tried: list[str]

    def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.NetworkStream:
        self.tried.append(host)
        raise httpcore.ConnectError("no network in a test")


def test_a_host_is_looked_up_once_and_reached_at_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    monkeypatch.setattr(httpcore, "SyncBackend", Places)
    monkeypatch.setattr(Places, "tried", [], raising=False)
    with visitor(lambda _host: [next(answers)]) as at_work:
        fetch([entry("http://reports.example.gov.uk/a.pdf")], tmp_path, at_work)
    assert set(Places.tried) == {"93.184.216.34"}


def test_a_link_to_a_private_host_is_not_followed() -> None:
    with visitor(lambda _host: ["10.0.0.7"]) as at_work, pytest.raises(Refused, match="private address"):
        at_work.check_link("http://inner.justiceinspectorates.gov.uk/a.pdf", "http://reports.example.gov.uk/")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://x/CON.pdf", "report-CON.pdf"),
        ("https://x/nul", "report-nul.pdf"),
        ("https://x/com1.x.pdf", "report-com1.x.pdf"),
        ("https://x/console.pdf", "console.pdf"),
        ("https://x/a:b%5C..%5Cc|d?.pdf", "a-b-..-c-d.pdf"),
    ],
)
def test_names_are_files_on_every_system(url: str, name: str) -> None:
    assert file_name(url) == name


# the run --------------------------------------------------------------------------------------------------------------


def test_inner_page_that_fails_costs_itself_alone(site: RawSite, tmp_path: Path) -> None:
    links = b"<a href='/publications/kent/'>Kent Police</a><a href='/publications/essex/'>Essex Police</a>"
    site.answers["/list/"] = reply(links)
    site.answers["/publications/essex/"] = reply(b"<a href='/good.pdf'>PEEL: Essex Police</a>")
    with visitor() as at_work:
        done = fetch([entry(page=site.address + "/list/")], tmp_path, at_work)
    assert [one.outcome for one in done] == ["failed", "new"]


def test_what_failed_counts_among_the_most(site: RawSite, tmp_path: Path) -> None:
    rows = [entry(page=f"{site.address}/none{number}/") for number in range(5)]
    with visitor() as at_work:
        assert len(fetch(rows, tmp_path, at_work, most=2)) == 2
    assert len([path for path in site.asked if path != "/robots.txt"]) == 2


def test_network_that_is_down_ends_the_run_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def unreachable(*_: object, **__: object) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("network is unreachable") from OSError(101, "Network is unreachable")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", unreachable)
    with visitor() as at_work, pytest.raises(Unreachable, match="check your connection"):
        fetch([entry("http://127.0.0.1:9/a.pdf"), entry("http://127.0.0.1:9/b.pdf")], tmp_path, at_work)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"caf\xe9", "not UTF-8"),
        (b'"a\nb', "column cycle"),
        (b"", "column cycle"),
        (b"x" * 200_000, "not CSV|column cycle"),
    ],
)
def test_manifest_that_is_none_is_named(data: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_bytes(data)
    with pytest.raises(BadSetting, match=words) as caught:
        wanted((), file)
    assert str(file) in str(caught.value)
    with pytest.raises(BadSetting):
        read_manifest(file)
