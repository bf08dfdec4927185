"""A year of an office in a real browser: nothing that somebody said is lost from one step to the next."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from filled_forms import complete, fill
from in_browser import CHROMIUM, barriers, chromium, overflows, running
from office_papers import write_papers

from extractor.decisions.register import register, value_of
from extractor.decisions.store import read_verdicts
from extractor.tables.read import read_rows

pytest.importorskip("starlette", reason="the extra [app] is not installed")
pytest.importorskip("uvicorn", reason="the extra [app] is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

SPECIMENS = Path("corpus/specimens").absolute()
NORFOLK, NEXT = "2021-22-integrated-norfolk", "2023-25-integrated-norfolk"
LETTER = "2024-05-09-letter-norfolk-cause-of-concern-revisit"
CORRECTED = "The force should do what Ada has read on the page."
PAGES = (
    *("/", "/?list=all", "/search?words=force", "/register", "/forces", "/settings", "/help", "/stop", "/nowhere"),
    *(f"/reports/{NORFOLK}", f"/reports/{NORFOLK}/review", f"/reports/{NORFOLK}/sure/remove", f"/reports/{LETTER}"),
    *("/forces/norfolk.html", "/forces/themes.html", "/grades", "/grades?view=norfolk"),
)


class Desk:
    """Where the office works: the program, which stops and starts again, and its browsers."""

    def __init__(self, folder: Path, browser: Any) -> None:
        self.outputs, self.verdicts = folder / "outputs", folder / "corpus" / "verdicts.csv"
        self.register = self.verdicts.with_name("register.csv")
        self.folder, self.browser = folder, browser
        self.said: list[str] = []  # errors of scripts

    def person(self, link: str) -> Any:
        """Open the link in a browser of its own."""
        page = self.browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True).new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on(
            "console", lambda message: self.said.append(message.text) if "Security Policy" in message.text else None
        )
        page.goto(link)
        page.get_by_role("heading", name="Reports", exact=True).wait_for()
        return page

    def words(self, about: str, field: str) -> str:
        """Return what the register holds."""
        return value_of(register(self.register), about, field)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patch, chromium() as browser:
        folder = tmp_path_factory.mktemp("year")
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        yield Desk(folder, browser)


def _home(page: Any, query: str = "?list=all") -> Any:
    page.goto("/".join(page.url.split("/")[:3]) + f"/{query}")
    return page


def _put_in(page: Any, done: str, *files: Path) -> str:
    """Put files in on the first page; return what is said of them when so many are done."""
    _home(page).set_input_files("#files", list(files))
    page.get_by_role("button", name="Read them").click()
    page.locator("#jobs", has_text=f"{done} ").wait_for()
    page.wait_for_load_state("networkidle")
    return str(page.inner_text("#jobs"))


def _review(page: Any, report_id: str, name: str) -> Any:
    _home(page, f"reports/{report_id}/review")
    page.locator(".item.current").wait_for()
    page.fill("#by", name)
    page.press("#by", "Tab")
    return page


def _downloaded(page: Any, link: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).first.click()
    return Path(download.value.path()).read_bytes()


def _saved(page: Any) -> None:
    page.locator("#state", has_text="All decisions are saved.").wait_for()


def test_the_year(desk: Desk) -> None:
    letter, national = write_papers(desk.folder)
    with running(desk.outputs, desk.verdicts) as link:
        page = desk.person(link)
        _the_reports_arrive(page, letter, national)
        areas = [row for row in read_rows("findings", desk.outputs, NORFOLK) if row["kind"] == "area_for_improvement"]
        found = [areas[0], areas[2], areas[1]]  # the report of the next year has not the words of the second
        _two_people_decide(desk, page, found)
    with running(desk.outputs, desk.verdicts) as link:  # another day
        page = desk.person(link)
        assert "1 accepted, 1 corrected, 1 rejected" in _review(page, NORFOLK, "Ada").inner_text("#counts")
        _the_force_answers(desk, page)
    with running(desk.outputs, desk.verdicts) as link:  # another year
        page = desk.person(link)
        _put_in(page, "1 of 1", SPECIMENS / "specimen-2023-25.pdf")
        _everything_is_there(page, desk, found)
        _no_barriers_on_any_page(page)
    assert desk.said == []


def _the_reports_arrive(page: Any, letter: Path, national: Path) -> None:
    _put_in(page, "2 of 2", SPECIMENS / "specimen-2018-19.pdf", SPECIMENS / "specimen-2021-22.pdf")
    _put_in(page, "4 of 4", SPECIMENS / "specimen-2017-legitimacy.html", SPECIMENS / "specimen-2015-effectiveness.pdf")
    told = _put_in(page, "7 of 7", letter, national, SPECIMENS / "specimen-2021-22.pdf")
    assert "Already read" in told and "Could not" not in told
    assert page.get_by_role("link", name="All (6)").count() == 1


def _two_people_decide(desk: Desk, ada: Any, found: list[Any]) -> None:
    """One corrects and accepts, the other rejects, on one report at one time; a name is asked for first."""
    _home(ada, f"reports/{NORFOLK}/review")
    with running(desk.outputs, desk.verdicts) as second_link:  # the program runs: it gives a second link
        ben = desk.person(second_link)
        _review(ben, NORFOLK, "Ben")
        ada.locator(".item", has_text=found[0]["text"]).locator(".pick").click()
        ada.keyboard.press("c")
        ada.locator(".item.current textarea[name=text]").fill(CORRECTED)
        ada.get_by_role("button", name="Save", exact=True).click()
        ada.locator("#state", has_text="Type your name or initials first").wait_for()
        assert not desk.verdicts.exists()
        ben.locator(".item", has_text=found[1]["text"]).locator(".pick").click()
        ben.keyboard.press("x")
        _saved(ben)
        ada.fill("#by", "Ada")
        ada.press("#by", "Tab")
        _saved(ada)
        ada.locator(".item", has_text=found[2]["text"]).locator(".pick").click()
        ada.keyboard.press("a")
        _saved(ada)
        ben.reload()
        assert "1 accepted, 1 corrected, 1 rejected" in ben.inner_text("#counts")
    decided = {each.id: (each.verdict, each.by) for each in read_verdicts(desk.verdicts)}
    wanted = [("corrected", "Ada"), ("rejected", "Ben"), ("accepted", "Ada")]
    assert [decided[row["finding_id"]] for row in found[:3]] == wanted


def _the_force_answers(desk: Desk, page: Any) -> None:
    """Respond, fill in, check, take over, publish, say when it was sent."""
    _home(page, f"reports/{NORFOLK}")
    filled = desk.folder / "response.docx"
    filled.write_bytes(_downloaded(page, "Word response"))
    fill(filled, complete)
    page.set_input_files("#file", filled)
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("heading", name="Check of response.docx").wait_for()
    page.fill("#by", "Ada")
    page.get_by_role("button", name="Take the answers into the register").click()
    page.get_by_text("taken into the register").wait_for()
    published = _words(_downloaded(page, "Make the copy to publish"))
    assert CORRECTED.rstrip(".") in published and "We have done this." in published
    _home(page, f"reports/{NORFOLK}")
    for field in ("published", "sent_secretary_of_state", "sent_inspectors"):
        page.fill(f"#{field}", "2023-11-21")
    page.get_by_role("button", name="Save the days").click()
    page.get_by_text("The days are in the register.").wait_for()
    assert desk.words(NORFOLK, "sent_inspectors") == "2023-11-21"
    assert _home(page).get_by_role("link", name="Sent (1)").count() == 1


def _words(document: bytes) -> str:
    return ZipFile(BytesIO(document)).read("word/document.xml").decode()


def _everything_is_there(page: Any, desk: Desk, found: list[Any]) -> None:
    """What was said shows in the review, the register, the comparison, the search, the tracker and the zip."""
    assert "1 accepted, 1 corrected, 1 rejected" in _review(page, NORFOLK, "Ada").inner_text("#counts")
    _home(page, "register?force=norfolk")
    table = page.inner_text("table")
    assert CORRECTED in table and found[1]["text"] not in table
    _home(page, "forces/norfolk.html")
    force = page.content()
    assert "2021/22" in force and "2023-25" in force and found[1]["text"] not in force
    _home(page, "search?words=bicycles")
    assert "3 findings." in page.inner_text("main")
    _home(page)
    tracker = ZipFile(BytesIO(_downloaded(page, "Excel tracker of all reports")))
    cells = "".join(tracker.read(name).decode() for name in tracker.namelist() if name.endswith(".xml"))
    assert CORRECTED in cells and "We have done this." in cells and found[1]["text"] not in cells
    packed = ZipFile(BytesIO(_downloaded(page, "All tables as one zip")))
    assert {"tracker.xlsx", "findings.csv"} <= set(packed.namelist())
    assert CORRECTED in packed.read("findings.csv").decode("utf-8-sig")
    assert desk.words(NORFOLK, "published") == "2023-11-21"


def _no_barriers_on_any_page(page: Any) -> None:
    for path in PAGES:
        _home(page, path.removeprefix("/"))
        assert barriers(page) == [], path
        page.set_viewport_size({"width": 400, "height": 800})
        assert not overflows(page), path
        page.set_viewport_size({"width": 1280, "height": 800})
