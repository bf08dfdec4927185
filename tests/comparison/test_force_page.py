"""The page of a force in Chromium: one screen, by keyboard, at 400 pixels, on paper, for a screen reader."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from test_compare import AFI, COC, REC, item, report

from extractor.comparison.pages import force_page
from extractor.comparison.year_on_year import Tables

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

SUBJECTS = (
    ("supervise its investigations", "investigating-crime"),
    ("answer 101 calls before callers give up", "responding-to-public"),
    ("record grounds for stop and search that are reasonable", "treating-public"),
    ("clear the backlog of expired vetting", "ethical-workforce"),
    ("support the wellbeing of its workforce", "treating-workforce"),
    ("arrest people who are circulated as wanted", "managing-offenders"),
    ("examine seized phones sooner", "investigating-crime"),
    ("keep victims informed of their case", "victim-service"),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    """A force with four reports, a concern, and problems that come again, get worse and fall silent."""
    outputs = tmp_path_factory.mktemp("outputs")
    forms = (
        "The force should {}.",
        "The force needs to {}.",
        "The force should make sure that it is able to {}",
        "It must {}",
    )
    cycles = (
        ("2017", "effectiveness"),
        ("2018/19", "integrated"),
        ("2021/22", "integrated"),
        ("2023-25", "integrated"),
    )
    for number, ((cycle, pillar), form) in enumerate(zip(cycles, forms, strict=True)):
        chosen = SUBJECTS[number % 2 :] if number < 3 else SUBJECTS
        items = [item(f"{number}{at}", form.format(words), question) for at, (words, question) in enumerate(chosen)]
        concern = item("c1", "Victims of domestic abuse wait too long.", "protecting-vulnerable", COC)
        advice = item("c2", "attend victims of domestic abuse sooner.", "protecting-vulnerable", REC, parent_id="c1")
        report(outputs, cycle, pillar, *items, *((concern, advice) if number == 3 else ()))
    tables = Tables(outputs, verdicts=outputs / "v.csv")
    page = outputs / "force.html"
    page.write_text(force_page(tables.compare("cleveland")), encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def page(path: Path) -> Any:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        assert asked == [path.as_uri()]  # no network
        yield page
        browser.close()


def test_four_reports_fit_two_screens_before_unfolding(page):
    assert page.evaluate("document.documentElement.scrollHeight") <= 1600
    assert page.locator(".lanes > li").count() == len(SUBJECTS) + 1


def test_axe_finds_nothing_folded_or_unfolded(page):
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    page.evaluate((Path(axe.__file__).with_name("axe.min.js")).read_text(encoding="utf-8"))
    for opened in ("false", "true"):
        page.evaluate(f"document.querySelectorAll('details').forEach(each => each.open = {opened})")
        found = page.evaluate("axe.run(document)")["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = false)")


def test_filters_leave_the_findings_asked_for(page):
    page.locator("select[name=question]").select_option("Investigating crime")
    assert page.locator(".lanes > li:visible").count() == 2
    assert page.get_by_role("status").inner_text() == f"2 of {len(SUBJECTS) + 1} shown"
    page.locator("select[name=question]").select_option("")


def test_a_finding_unfolds_by_keyboard(page):
    first = page.locator(".lanes summary").first
    first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".lanes details").first.get_attribute("open") is not None
    page.keyboard.press("Enter")


def test_at_400_pixels_nothing_runs_out_of_the_page(page):
    page.set_viewport_size({"width": 400, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = false)")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_the_oldest_problem_stands_first_and_a_concern_carries_its_recommendations(page):
    texts = page.locator(".lanes > li").all_inner_texts()
    assert "2017 AFI" in texts[0].replace("\n", " ") and "Victims of domestic abuse" in texts[-1]
    assert AFI == "area_for_improvement" and page.get_by_text("attend victims of domestic abuse sooner").count() == 1
