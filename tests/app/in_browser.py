"""What the tests in a real browser share: the browser, the application running in it, and what axe-core says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"


@contextmanager
def running(outputs: Path, verdicts: Path) -> Iterator[str]:
    """Run the application; give the link that it prints."""
    command = [sys.executable, "-m", "extractor", "app", "--no-browser", "-q", "--outputs", str(outputs)]
    with subprocess.Popen([*command, "--verdicts", str(verdicts)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


@contextmanager
def chromium() -> Iterator[Any]:
    """Run the browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def barriers(page: Any, *, worst: bool = False) -> list[str]:
    """Return what axe-core finds on the page as it is now; with `worst` only what is serious or critical."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    page.evaluate((Path(axe.__file__).with_name("axe.min.js")).read_text(encoding="utf-8"))
    return [
        f"{each['impact']} {each['id']}: {node['html'][:200]}"
        for each in page.evaluate(f"axe.run(document, {_RULES})")["violations"]
        if not worst or each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def overflows(page: Any) -> bool:
    """Tell whether the page has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
