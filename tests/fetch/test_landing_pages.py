"""Landing pages: where they would lie by a pattern, what they say of themselves, and that a guess stays a guess."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_site import AS_PDF, PDF, RawSite, raw_site, reply

from extractor import cli
from extractor.errors import BadSetting
from extractor.fetch.fetching import Fetched, closing, fetch, line
from extractor.fetch.landing_page import read_landing_page
from extractor.fetch.manifest import MANIFEST, Entry, as_row, known, read_manifest, wanted
from extractor.fetch.visitor import Settings, Visitor
from extractor.rulebook.load import load_rules

RULES = load_rules()
OURS = Path(__file__).parents[2] / MANIFEST
PLACE = "/publications/peel-assessment-2018-19-kent/"
HEAD = "<title>PEEL 2018/19 – Kent Police</title><h1>PEEL: an assessment of Kent Police 2018/19</h1>"


@pytest.fixture
def site() -> Iterator[RawSite]:
    with raw_site() as site:
        yield site


def row(site: RawSite, place: str = PLACE, inferred: str = "landing.2018-19", published: str = "") -> Entry:
    seen = "" if inferred else "https://example.gov.uk/list/"
    return Entry("2018/19", "integrated", "kent", site.address + place, "", "", seen, "", published, inferred)


def page(site: RawSite, *body: str, head: str = HEAD, place: str = PLACE) -> None:
    site.answers[place] = reply(f"<html><head>{head}</head><body>{head}{''.join(body)}</body></html>".encode())


def run(site: RawSite, folder: Path, *rows: Entry, most: int | None = None) -> list[Fetched]:
    with Visitor(Settings(delay=0, timeout=3), sleep=lambda _s: None) as visitor:
        return fetch(rows or [row(site)], folder, visitor, most=most)


# addresses ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", RULES.landing_patterns, ids=lambda pattern: pattern.id)
def test_a_pattern_gives_its_examples_and_not_its_counter_examples(pattern) -> None:  # type: ignore[no-untyped-def]
    given = {pattern.address_of(force.id) for force in RULES.forces}
    assert given.issuperset(pattern.examples) and given.isdisjoint(pattern.counter)


@pytest.mark.parametrize("link", RULES.web_links, ids=lambda link: link.id)
def test_a_link_is_known_by_its_examples_and_not_its_counter_examples(link) -> None:  # type: ignore[no-untyped-def]
    assert all(map(link.found, link.examples)) and not any(map(link.found, link.counter))


def test_every_force_and_cycle_has_an_address_and_a_guess_is_never_called_seen() -> None:
    rows = known(OURS)
    assert {(row.force_id, row.cycle) for row in rows if row.force_id} == {
        (force.id, profile.cycle) for force in RULES.forces for profile in RULES.profiles
    }
    assert {as_row(row)["how"] for row in rows if row.inferred} == {"inferred"}
    assert not any(row.inferred for row in read_manifest(OURS))
    pages = [row.page.rstrip("/?") for row in rows if row.page]
    assert len(pages) == len(set(pages))


def test_what_was_seen_comes_before_what_is_inferred() -> None:
    how = [bool(row.inferred) for row in wanted((), OURS, "cleveland")]
    assert how == sorted(how) and len(set(how)) == 2
    assert not any(row.inferred for row in wanted((), OURS))  # nobody asked for a force or cycle
    (only,) = wanted((), OURS, "Dorset Police", "2021-22")
    assert (only.force_id, only.cycle, only.inferred) == ("dorset", "2021/22", "landing.2021-22")


def test_a_cycle_that_is_none_is_told() -> None:
    with pytest.raises(BadSetting, match="no cycle 1999; there are 2014"):
        wanted((), OURS, None, "1999")


def test_a_force_is_one_force() -> None:
    with pytest.raises(BadSetting, match="no address for 'Kent and Essex'"):
        wanted((), OURS, "Kent and Essex")


def test_what_is_for_a_list_alone_is_refused_without_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fetch", "--csv", "http://127.0.0.1:9/a.pdf"]) == 2
    assert "--csv is for --list" in capsys.readouterr().err


def test_a_list_marks_what_is_inferred(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fetch", "--list", "--force", "dorset", "--json"]) == 0
    told = capsys.readouterr()
    rows = json.loads(told.out)
    assert {each["how"] for each in rows} == {"seen", "inferred"}
    assert all(each["known_from"].startswith("landing.") == (each["how"] == "inferred") for each in rows)
    assert "nobody has looked" in told.err
    assert cli.main(["fetch", "--list", "--force", "dorset", "--cycle", "2025-27"]) == 0
    assert " inferred https://" in capsys.readouterr().out


# a page that is there -------------------------------------------------------------------------------------------------


def test_a_report_is_found_on_its_landing_page_with_the_day_it_gives(site: RawSite, tmp_path: Path) -> None:
    page(site, "<p>Published on: 2 May 2019</p><a href='/up/a.pdf'>Get the report</a>")
    site.answers["/up/a.pdf"] = reply(PDF, "200 OK", AS_PDF)
    (got,) = run(site, tmp_path)
    assert (got.outcome, got.published, got.published_from) == ("new", "2019-05-02", site.address + PLACE)
    assert line(got).endswith(f"published 2 May 2019, says {site.address}{PLACE}")
    noted = json.loads((tmp_path / ".a.pdf.json").read_text())
    assert (noted["published"], noted["published_from"]) == ("2019-05-02", site.address + PLACE)
    assert [again.outcome for again in run(site, tmp_path)] == ["unchanged"]


def test_a_day_that_somebody_noted_stands(site: RawSite, tmp_path: Path) -> None:
    page(site, "<p>Published on: 2 May 2019</p><a href='/up/a.pdf'>Get the report</a>")
    site.answers["/up/a.pdf"] = reply(PDF, "200 OK", AS_PDF)
    (got,) = run(site, tmp_path, row(site, inferred="", published="2019-05-03"))
    assert (got.published, got.published_from) == ("2019-05-03", "https://example.gov.uk/list/")


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Publication date: 27 September 2019", "2019-09-27"),
        ("First published: 27/09/2019", "2019-09-27"),
        ("Published on: 14 June 2023", ""),  # a conversion: no report of the cycle came out then
        ("Last updated: 27 September 2019", ""),
        ("Published on: September 2019", ""),
        ("Published on: 31 September 2019", ""),
        ("The force published its plan on 2 May 2019.", ""),
    ],
)
def test_only_a_day_of_publication_that_fits_the_cycle_is_taken(printed: str, day: str) -> None:
    read = read_landing_page("https://example.gov.uk/", f"<html>{HEAD}<p>{printed}</p></html>", RULES)
    assert read.day("2018/19", RULES) == day


def test_a_page_of_several_forces_gives_no_day() -> None:
    text = "<html><h1>PEEL 2018/19: Kent Police and Essex Police</h1><p>Published on: 2 May 2019</p></html>"
    assert read_landing_page("https://example.gov.uk/", text, RULES).day("2018/19", RULES) == ""


def test_links_to_other_forces_cycles_and_papers_are_left(site: RawSite, tmp_path: Path) -> None:
    others = (
        "<a href='/up/peel-essex-2018-19.pdf'>Get the report</a>",
        "<a href='/up/peel-kent-2016.pdf'>PEEL 2016 – Kent Police</a>",
        "<a href='/up/release.pdf'>Get the press release</a>",
    )
    page(site, *others, "<a href='/up/peel-kent-2018-19.pdf'>PEEL 2018/19 – Kent Police</a>")
    site.answers |= dict.fromkeys(
        ("/up/peel-essex-2018-19.pdf", "/up/peel-kent-2016.pdf", "/up/release.pdf", "/up/peel-kent-2018-19.pdf"),
        reply(PDF, "200 OK", AS_PDF),
    )
    assert [Path(got.file or "").name for got in run(site, tmp_path)] == ["peel-kent-2018-19.pdf"]


def test_a_report_that_is_a_web_page_is_told(site: RawSite, tmp_path: Path) -> None:
    page(site, "<a href='/peel-reports/kent-2018-19/'>Kent Police: read it here</a>")
    page(site, "<p>Text.</p>", place="/peel-reports/kent-2018-19/")
    (got,) = run(site, tmp_path)
    assert (got.outcome, got.url) == ("web", f"{site.address}/peel-reports/kent-2018-19/")
    assert "save it in a browser" in line(got)


def test_a_page_without_a_report_is_told(site: RawSite, tmp_path: Path) -> None:
    page(site, "<p>Nothing to download.</p>")
    (got,) = run(site, tmp_path)
    assert got.outcome == "none" and closing([got], tmp_path).startswith("0 reports: 0 new")


def test_a_page_that_names_the_year_as_web_pages_do_is_of_the_cycle() -> None:
    read = read_landing_page("https://example.gov.uk/", "<html><h1>Kent 2018</h1><p>Text.</p></html>", RULES)
    assert read.is_of("kent", "2018/19") and not read.is_of("kent", "2017")


def test_a_report_is_known_by_its_link_where_the_page_is_of_its_force(site: RawSite, tmp_path: Path) -> None:
    link = "<a href='/up/a.pdf'>Get the report</a><a href='/up/kent-2018-19.pdf'>Download the full report</a>"
    site.answers |= dict.fromkeys(("/up/a.pdf", "/up/kent-2018-19.pdf"), reply(PDF, "200 OK", AS_PDF))
    page(site, link)
    assert len(run(site, tmp_path, row(site, inferred=""))) == 2
    page(site, link, head="<h1>Reports</h1>")
    assert [Path(got.file or "").name for got in run(site, tmp_path, row(site, inferred=""))] == ["kent-2018-19.pdf"]


def test_an_inner_page_that_fails_is_told_as_that_alone(site: RawSite, tmp_path: Path) -> None:
    page(site, "<a href='/publications/kent-police-2018-19/'>Kent Police</a>")
    (got,) = run(site, tmp_path)
    assert (got.outcome, got.url) == ("failed", f"{site.address}/publications/kent-police-2018-19/")


def test_a_day_stays_noted_where_the_file_is_fetched_by_its_own_address(site: RawSite, tmp_path: Path) -> None:
    page(site, "<p>Published on: 2 May 2019</p><a href='/up/a.pdf'>Get the report</a>")
    site.answers["/up/a.pdf"] = reply(PDF, "200 OK", AS_PDF)
    run(site, tmp_path)
    (again,) = run(site, tmp_path, Entry("", "", "", "", f"{site.address}/up/a.pdf", "", "", ""))
    assert again.outcome == "unchanged"
    assert json.loads((tmp_path / ".a.pdf.json").read_text())["published"] == "2019-05-02"


def test_pages_without_a_pdf_do_not_count_among_the_most(site: RawSite, tmp_path: Path) -> None:
    for place in ("/publications/a/", "/publications/b/"):
        page(site, place=place)
    page(site, "<a href='/up/a.pdf'>Get the report</a>")
    site.answers["/up/a.pdf"] = reply(PDF, "200 OK", AS_PDF)
    rows = [row(site, place, inferred="") for place in ("/publications/a/", "/publications/b/", PLACE)]
    assert [got.outcome for got in run(site, tmp_path, *rows, most=1)] == ["none", "none", "new"]


# a guess that is wrong ------------------------------------------------------------------------------------------------


def test_a_page_that_is_not_there_is_one_line_and_no_failure(site: RawSite, tmp_path: Path) -> None:
    (got,) = run(site, tmp_path)
    assert got.outcome == "absent" and "the address was inferred" in line(got)
    assert closing([got], tmp_path).startswith("0 reports: 0 new, 0 resumed, 0 unchanged, 0 failed, 1 not there")
    assert [seen.outcome for seen in run(site, tmp_path, row(site, inferred=""))] == ["failed"]
    site.answers[PLACE] = reply(b"", "410 Gone")
    assert [gone.outcome for gone in run(site, tmp_path)] == ["absent"]


def test_the_command_ends_well_where_a_guess_was_wrong(
    site: RawSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("extractor.fetch.manifest.inferred", lambda *_: [row(site)])
    asked = ["fetch", "--force", "kent", "--cycle", "2018/19", "--into", str(tmp_path), "--delay", "0"]
    assert cli.main([*asked, "--contact", "a@example.org", "--json"]) == 0
    assert [each["outcome"] for each in json.loads(capsys.readouterr().out)] == ["absent"]


@pytest.mark.parametrize(
    "head",
    [
        "<h1>HM Inspectorate: home</h1>",
        "<h1>PEEL 2018/19 – Essex Police</h1>",
        "<h1>PEEL 2016 – Kent Police</h1>",
        "<h1>PEEL 2018/19 – Kent Police and Essex Police</h1>",
    ],
)
def test_a_page_of_something_else_is_not_taken_for_the_report(site: RawSite, tmp_path: Path, head: str) -> None:
    page(site, "<p>Published on: 2 May 2019</p><a href='/up/a.pdf'>Get the report</a>", head=head)
    (got,) = run(site, tmp_path)
    assert got.outcome == "absent" and "does not name kent 2018/19" in line(got)
    assert "/up/a.pdf" not in site.asked


def test_a_second_guess_is_tried_only_where_the_first_led_to_nothing(site: RawSite, tmp_path: Path) -> None:
    other = "/peel-assessments/peel-2018/kent/"
    page(site, "<a href='/up/a.pdf'>Get the report</a>", place=other)
    site.answers["/up/a.pdf"] = reply(PDF, "200 OK", AS_PDF)
    guesses = [row(site), row(site, other, "landing.2018-19-result"), row(site, "/third/", "landing.other")]
    assert [got.outcome for got in run(site, tmp_path, *guesses)] == ["absent", "new"]
    assert "/third/" not in site.asked


def test_wrong_guesses_count_among_the_most(site: RawSite, tmp_path: Path) -> None:
    assert len(run(site, tmp_path, *(row(site, f"/none{number}/") for number in range(5)), most=2)) == 2


# protections ----------------------------------------------------------------------------------------------------------


def test_a_guess_asks_leave_and_leads_to_no_other_host(site: RawSite, tmp_path: Path) -> None:
    secret = f"http://127.0.0.2:{site.address.rpartition(':')[2]}/secret.pdf"
    page(site, f"<a href='{secret}'>PEEL – Kent Police</a><a href='{secret}'>Get the report</a>")
    assert [got.outcome for got in run(site, tmp_path)] == ["none"]
    site.answers["/robots.txt"] = reply(b"User-agent: *\nDisallow: /publications/\n")
    assert [got.outcome for got in run(site, tmp_path)] == ["failed"]
    site.answers["/robots.txt"] = reply(b"", "404 x")
    site.answers[PLACE] = reply(b"", "302 Found", f"Location: {secret}")
    assert [got.outcome for got in run(site, tmp_path)] == ["failed"]
    assert "/secret.pdf" not in site.asked
