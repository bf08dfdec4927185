"""The review page and the local application in a real browser. Skips where Chromium or Playwright is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from in_browser import CHROMIUM, barriers, chromium, overflows, running

from extractor import cli
from extractor.decisions.apply import verified_findings
from extractor.ids import short_hash
from extractor.models import Box, Extraction, Finding, Report, Section
from extractor.response.word_text import core
from extractor.review.review_page import write_review
from extractor.runs.run import extract_many
from extractor.tables.read import read_rows
from extractor.tables.write import write_tables

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

SPECIMENS = Path("corpus/specimens").absolute()
ID = "2018-19-integrated-gloucestershire"
WEB_ID = "2017-legitimacy-dorset"
HOSTILE = (
    "The force should </script><script>document.title='taken'</script> <img src=x onerror=alert(1)> & "
    '"check" \u202eit\u202c.'
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of 1280 by 800 pixels; whatever it says to the console fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: said.append(f"{message.text} {message.location}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_default_timeout(20_000)
    yield page
    context.close()
    assert said == []


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser") / "outputs"
    extract_many([SPECIMENS / "specimen-2018-19.pdf", SPECIMENS / "specimen-2017-legitimacy.html"], folder)
    return folder


@pytest.fixture(scope="module")
def review(outputs: Path) -> str:
    return write_review(ID, outputs, verdicts=outputs / "none.csv")[0].as_uri()


def _item(page: Any, words: str) -> Any:
    return page.locator(".item", has_text=words)


# the file ------------------------------------------------------------------------------------------------------------


def test_the_file_needs_no_network(page: Any, review: str) -> None:
    asked: list[str] = []
    page.context.set_offline(True)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(review)
    page.locator(".sheet img").first.evaluate("image => image.decode()")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert page.locator(".item.current").count() == 1


def test_decisions_are_kept_saved_and_applied(page: Any, review: str, outputs: Path, tmp_path: Path) -> None:
    rows = read_rows("findings", outputs, ID)
    page.goto(review)
    page.fill("#by", "A. Analyst")
    page.locator("#items .pick").first.focus()
    page.keyboard.press("a")
    _item(page, rows[0]["text"]).locator(".pick").click()
    page.keyboard.press("c")
    page.locator(".item.current textarea[name=text]").fill("Corrected words.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    page.reload()
    assert "1 accepted, 1 corrected, 1 rejected" in page.inner_text("#counts")
    with page.expect_download() as download:
        page.click("#save")
    download.value.save_as(tmp_path / "d.json")
    told = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))["verdicts"]
    assert {each["verdict"] for each in told} == {"accepted", "corrected", "rejected"}
    assert {each["by"] for each in told} == {"A. Analyst"}
    arguments = ["--apply", str(tmp_path / "d.json"), "--outputs", str(outputs), "--verdicts", str(tmp_path / "v.csv")]
    assert cli.main(["review", "-q", *arguments]) == 0
    left = [row["text"] for row in verified_findings(outputs, ID, tmp_path / "v.csv")]
    assert left == ["Corrected words.", *(row["text"] for row in rows[2:])]
    page.evaluate("localStorage.clear()")
    page.reload()
    page.set_input_files("#file", tmp_path / "d.json")
    page.locator("#state", has_text="3 decisions loaded").wait_for()
    assert "1 accepted, 1 corrected, 1 rejected" in page.inner_text("#counts")


def test_the_list_can_be_narrowed(page: Any, review: str) -> None:
    page.goto(review)
    every = page.locator(".item:visible").count()
    page.select_option("#by-kind", "cause_of_concern")
    assert 0 < page.locator(".item:visible").count() < every
    page.select_option("#by-kind", "")
    page.fill("#find", "crimes are allocated to people")
    assert page.locator(".item:visible").count() == 1
    page.fill("#find", "no such words")
    assert page.inner_text("#shown") == f"0 of {every} items"


def test_an_item_over_two_pages_is_marked_on_both(page: Any, review: str, outputs: Path) -> None:
    both = next(row for row in read_rows("findings", outputs, ID) if row["page_first"] != row["page_last"])
    page.goto(review)
    _item(page, both["text"]).locator(".pick").click()
    for number in (both["page_first"], both["page_last"]):
        page.locator(f"figure[data-page='{number}'] .mark.current").first.wait_for()


def test_hostile_words_are_shown_as_words(page: Any, tmp_path: Path) -> None:
    report = Report(
        "unknown-1", HOSTILE, None, None, None, None, None, None, 1, "gone.pdf", "0" * 64, None, "r", "0", "ok"
    )
    finding = Finding(
        f"unknown-1/afi/{short_hash(HOSTILE)}", "unknown-1", "area_for_improvement", HOSTILE, None, 0, HOSTILE, HOSTILE,
        None, None, (), None, None, None, "new", None, 1, 1, (Box(1, 0, 0, 9, 9),), HOSTILE, (HOSTILE,),
    )  # fmt: skip
    section = Section("unknown-1/s0", "unknown-1", None, 0, 1, HOSTILE, "body", None, 1, 1, HOSTILE)
    write_tables(Extraction(report, (section,), (), (finding,)), tmp_path)
    page.goto(write_review("unknown-1", tmp_path, verdicts=tmp_path / "v.csv")[0].as_uri())
    assert page.locator(".item .words").text_content() == HOSTILE
    assert page.locator(".text p").text_content() == HOSTILE
    assert page.title() == f"Review: {HOSTILE}"
    assert page.locator("img").count() == 0


def test_a_web_report_shows_its_text(page: Any, outputs: Path) -> None:
    page.goto(write_review(WEB_ID, outputs, verdicts=outputs / "none.csv")[0].as_uri())
    finding = read_rows("findings", outputs, WEB_ID)[1]
    _item(page, finding["text"]).locator(".pick").click()
    assert page.locator(".text .here").text_content() == finding["text"]
    assert barriers(page) == []


def test_no_barriers_in_the_review(page: Any, review: str) -> None:
    page.goto(review)
    page.locator(".sheet img").first.wait_for()
    _item(page, "crimes are allocated").locator(".pick").click()
    page.keyboard.press("a")
    page.keyboard.press("c")
    page.click("#add")
    page.locator("#adding form").wait_for()
    assert barriers(page) == []


@pytest.mark.parametrize("width", [640, 320])
def test_it_reflows_when_magnified(page: Any, review: str, width: int) -> None:
    """640 and 320 pixels are a window of 1280 at 200 and 400 per cent (WCAG 1.4.10)."""
    page.set_viewport_size({"width": width, "height": 512})
    page.goto(review)
    page.locator("#items .pick").first.focus()
    page.keyboard.press("c")
    assert not overflows(page)


def test_the_keyboard_is_enough(page: Any, review: str) -> None:
    page.goto(review)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('pick')"):
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "1 accepted" in page.inner_text("#counts")
    assert page.evaluate("document.activeElement.classList.contains('pick')")
    page.keyboard.press("c")
    page.keyboard.press("Escape")
    assert page.locator("form.edit").count() == 0
    assert page.evaluate("document.activeElement.classList.contains('pick')")


def test_print_shows_every_item_and_no_buttons(page: Any, review: str) -> None:
    page.goto(review)
    every = page.locator(".item").count()
    page.emulate_media(media="print")
    assert page.locator(".item:visible").count() == every
    assert page.locator("button:visible:not(.pick)").count() == 0


# the application -----------------------------------------------------------------------------------------------------


@pytest.fixture
def link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    pytest.importorskip("starlette", reason="the extra [app] is not installed")
    pytest.importorskip("uvicorn", reason="the extra [app] is not installed")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with running(tmp_path / "outputs", tmp_path / "v.csv") as link:
        yield link


def _bare(words: set[str]) -> set[str]:
    """Return texts as the list in a response holds them: quotation marks folded, without the mark at their end."""
    return {core(text) for text in words}


def _answered(data: bytes, folder: Path) -> set[str]:
    """Return the words of the items that a Word response answers, from the list it carries."""
    (folder / "r.docx").write_bytes(data)
    with ZipFile(folder / "r.docx") as document:
        parts = [document.read(name).decode() for name in document.namelist() if name.startswith("customXml/item")]
    listed = next(part for part in parts if "<item " in part or ":item " in part)
    return set(re.findall(r'part="text"[^>]*>([^<]*)<', listed))


def _read(page: Any, file: Path) -> None:
    page.set_input_files("#files", file)
    page.get_by_role("button", name="Read them").click()
    page.locator("table").wait_for()


def test_from_a_file_to_the_verified_response(page: Any, link: str, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    page.goto(link)
    page.get_by_role("heading", name="Reports", exact=True).wait_for()
    assert "token" not in page.url
    page.goto(page.url)  # the cookie for HTTPS is the only one that still opens it, where the browser keeps that
    names = {cookie["name"].partition("peel")[0] for cookie in page.context.cookies() if cookie["httpOnly"]}
    assert "__Host-" in names
    assert barriers(page) == []
    _read(page, SPECIMENS / "specimen-2018-19.pdf")
    assert barriers(page) == []
    found = read_rows("findings", outputs, ID)
    page.get_by_role("link", name="Gloucestershire").first.click()
    assert barriers(page) == []
    page.get_by_role("link", name="Review beside the pages").click()
    page.locator(".item.current").wait_for()
    page.fill("#by", "A. Analyst")
    page.press("#by", "Tab")
    for row in found:
        assert _item(page, row["text"]).count() >= 1

    asked = [row for row in found if row["kind"] == "area_for_improvement"]
    _item(page, asked[0]["text"]).locator(".pick").click()
    page.keyboard.press("c")
    page.locator(".item.current textarea[name=text]").fill("The force should do this instead.")
    page.get_by_role("button", name="Save", exact=True).click()
    _item(page, asked[1]["text"]).locator(".pick").click()
    page.keyboard.press("x")

    page.fill("#jump", "3")
    page.press("#jump", "Enter")
    page.click("#add")
    page.locator("figure[data-page='3'] img").wait_for()
    edge = page.locator("figure[data-page='3'] .sheet").bounding_box()
    page.mouse.move(edge["x"] + 20, edge["y"] + 140)
    page.mouse.down()
    page.mouse.move(edge["x"] + edge["width"] - 20, edge["y"] + 300, steps=4)
    page.mouse.up()
    added = page.input_value("#adding textarea[name=text]")
    assert added
    assert page.input_value("#adding input[name=page]") == "3"
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#state", has_text="All decisions are saved.").wait_for()
    assert barriers(page) == []

    kept = [row["text"] for row in found if row["kind"] != "innovative_practice"]
    wanted = {"The force should do this instead.", added, *kept} - {asked[0]["text"], asked[1]["text"]}
    assert _bare(_response(page, tmp_path)) >= _bare(wanted)
    assert {row["text"] for row in verified_findings(outputs, ID, tmp_path / "v.csv")} == wanted | {
        row["text"] for row in found if row["kind"] == "innovative_practice"
    }

    extract_many([outputs / "uploads" / "specimen-2018-19.pdf"], outputs, fresh=True)
    page.reload()
    assert "1 corrected, 1 rejected, 1 added" in page.inner_text("#counts")
    assert not _bare({asked[0]["text"], asked[1]["text"]}) & _bare(_response(page, tmp_path))
    page.get_by_role("link", name="All reports").click()
    page.get_by_role("link", name="All (1)").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel tracker of all reports").click()
    assert download.value.suggested_filename == "tracker.xlsx"
    page.get_by_role("link", name="Forces", exact=True).click()
    page.get_by_role("link", name="Gloucestershire Constabulary", exact=True).click()
    assert "Gloucestershire" in page.inner_text("h1")


def _response(page: Any, folder: Path) -> set[str]:
    with page.expect_download() as download:
        page.get_by_role("link", name="Word response").first.click()
    return _answered(Path(download.value.path()).read_bytes(), folder)


def test_strange_files_and_strangers(page: Any, browser: Any, link: str, tmp_path: Path) -> None:
    page.goto(link)
    page.locator("#files").wait_for()
    strange = tmp_path / "..\u202efdp<b>.pdf"
    strange.write_bytes(b"%PDF-1.4 nothing")
    page.set_input_files("#files", strange)
    page.get_by_role("button", name="Read them").click()
    page.locator(".jobs .failed").wait_for()
    assert [path.name for path in (tmp_path / "outputs" / "uploads").iterdir()] == ["_fdp_b_.pdf"]
    assert "_fdp_b_.pdf" in page.inner_text(".jobs")
    page.goto(page.url.partition("?")[0] + "?list=failed")
    assert "Could not be read" in page.inner_text("table")
    assert barriers(page) == []
    stranger = browser.new_context().new_page()
    stranger.goto(link)
    assert "This page is closed" in stranger.inner_text("body")
    stranger.context.close()
    page.get_by_role("link", name="Stop the program").click()
    page.get_by_role("button", name="Stop it").click()
    page.get_by_role("heading", name="Stopped").wait_for()
