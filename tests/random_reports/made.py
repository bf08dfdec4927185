"""A random report made whole: its bytes and its right answer, with pages."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from random_reports.compose import compose
from random_reports.document import Composed
from random_reports.pages import page_letters, stand
from random_reports.producers import ALL, here
from random_reports.style import Style, style

SHARE = {"reportlab": 5, "web": 3, "ghostscript": 2, "weasyprint": 4, "chromium": 3, "libreoffice": 3}


@dataclass(frozen=True, slots=True)
class Made:
    """One report as a file, and what a person would read in it."""

    seed: int
    name: str
    era: str
    producer: str
    data: bytes
    gold: dict[str, Any]

    @property
    def file_name(self) -> str:
        """The name that the file would have."""
        return f"{self.name}.{'html' if self.producer == 'web' else 'pdf'}"


def make(seed: int, producer: str | None = None, *, era: str | None = None, short: bool = False) -> Made:
    """Return the report of this number; its producer is drawn from those at hand unless it is named."""
    composed = compose(seed, era, short)
    if producer is None:
        names = here()
        producer = random.Random(f"producer {seed}").choices(names, [SHARE[name] for name in names])[0]
    return set_as(composed, style(seed), producer)


def set_as(composed: Composed, look: Style, producer: str) -> Made:
    """Return a composed report in one style by one producer."""
    data = ALL[producer](composed, look)
    gold = composed.wanted.as_row()
    paged = producer != "web"
    where = stand(composed, data) if paged else {}
    gold["report"] = {**gold["report"], "pages": len(page_letters(data)) if paged else None}
    gold["findings"] = [
        {**row, "page_start": _first(where.get(row["id"])), "page_end": _last(where.get(row["id"]))}
        for row in gold["findings"]
    ]
    shown = where.get("judgments") or []
    gold["gradings"] = [
        {**row, "page": _first(where.get(row["id"])), "also_on": [page for page, _ in shown[:1]]}
        for row in gold["gradings"]
    ]
    return Made(composed.seed, composed.name, composed.era, producer, data, gold)


def _first(where: list[tuple[int, int]] | None) -> int | None:
    return min(first for first, _ in where) if where else None


def _last(where: list[tuple[int, int]] | None) -> int | None:
    return max(last for _, last in where) if where else None
