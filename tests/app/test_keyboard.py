"""The application with the keys Tab and Enter alone: home, report, review, search, register and settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from in_browser import CHROMIUM, chromium, running
from response_rows import cleveland, written

from extractor.decisions.store import read_verdicts

pytest.importorskip("starlette", reason="the extra [app] is not installed")
pytest.importorskip("uvicorn", reason="the extra [app] is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

REPORT = cleveland().report
CONCERN = next(row for row in cleveland().findings if row.kind == "cause_of_concern")
RECOMMENDATION = next(row for row in cleveland().findings if row.parent_id == CONCERN.finding_id)
_MOST_TABS = 80
_FOCUSED = """() => { const at = document.activeElement;
    return (at.labels?.[0]?.textContent || at.ariaLabel || at.innerText || at.id || "").trim(); }"""


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with chromium() as browser:
        page = browser.new_page()
        page.set_default_timeout(20_000)
        yield page


def _tab_to(page: Any, words: str) -> None:
    """Press Tab until the focus is on what has these words."""
    passed = []
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(_FOCUSED))
        if passed[-1].startswith(words):
            return
    raise AssertionError(f"{words!r} is not reached: {passed}")


def _enter(page: Any, words: str, heading: str) -> None:
    """Go to what has these words, press Enter, and wait for the page with the heading."""
    _tab_to(page, words)
    page.keyboard.press("Enter")
    page.locator("h1", has_text=heading).wait_for()


def _type(page: Any, label: str, words: str) -> None:
    _tab_to(page, label)
    page.keyboard.type(words)


def test_tab_and_enter_lead_through_the_office(page: Any, tmp_path: Path) -> None:
    with running(written(tmp_path / "outputs"), tmp_path / "v.csv") as link:
        page.goto(link)
        page.get_by_role("heading", name="Reports", exact=True).wait_for()
        _enter(page, "Search", "Search all findings")
        _type(page, "Words", "digital evidence")
        page.keyboard.press("Enter")
        page.get_by_text("1 finding.").wait_for()
        _enter(page, "Register", "Register")
        _type(page, "Owner", "nobody")
        _tab_to(page, "Show")
        page.keyboard.press("Enter")
        page.get_by_text("None.").wait_for()
        _enter(page, "Settings", "Settings")
        _type(page, "Title of the person who signs", "A. Signatory")
        _tab_to(page, "Save")
        page.keyboard.press("Enter")
        page.get_by_text("Saved.").wait_for()
        _enter(page, "Reports", "Reports")
        _enter(page, REPORT.title or "", REPORT.title or "")
        _enter(page, "Review beside the pages", REPORT.title or "")
        page.locator(".item.current").wait_for()


def test_a_rejected_concern_names_its_recommendation_and_outlasts_a_restart(page: Any, tmp_path: Path) -> None:
    outputs, verdicts = written(tmp_path / "outputs"), tmp_path / "v.csv"
    with running(outputs, verdicts) as link:
        page.goto(link)
        page.get_by_role("heading", name="Reports", exact=True).wait_for()
        page.goto(f"{page.url.partition('?')[0]}reports/{REPORT.report_id}/review")
        page.locator(".item.current").wait_for()
        _type(page, "Your name or initials", "Ada")
        page.locator(".item", has_text=CONCERN.text).locator(".pick").click()
        page.keyboard.press("x")
        page.locator("#state", has_text="All decisions are saved.").wait_for()
        told = page.inner_text("#state")
        assert "1 recommendation stays without this cause of concern" in told
        assert RECOMMENDATION.text[:40] in told
    assert [(each.id, each.verdict, each.by) for each in read_verdicts(verdicts)] == [
        (CONCERN.finding_id, "rejected", "Ada")
    ]
    with running(outputs, verdicts) as link:
        page.goto(link)
        page.get_by_role("heading", name="Reports", exact=True).wait_for()
        page.goto(f"{page.url.partition('?')[0]}reports/{REPORT.report_id}/review")
        page.locator(".item.current").wait_for()
        assert "1 rejected" in page.inner_text("#counts")
