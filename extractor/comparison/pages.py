"""Comparisons as pages: one for each force, one of themes over all forces. Offline, for screen readers and for A4.

What stands on a page is put together here; how it stands there is in the templates, which escape everything.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from extractor.comparison.chains import KINDS, STANDINGS, Standing, standing
from extractor.comparison.compared import Compared
from extractor.comparison.elsewhere import Elsewhere, name_of
from extractor.comparison.grade_history import OUR_NOTE, Cell
from extractor.comparison.lanes import Lane, lanes
from extractor.comparison.page_rows import (
    GONE,
    LONGEST,
    MANY,
    cycles_with,
    heading,
    past_threads,
    silent_fates,
    silent_rows,
    thread_row,
)
from extractor.comparison.theme_charts import cycles_of, drawn, force_bars, theme_bars
from extractor.comparison.themes import UNTHEMED, Count, count_themes, theme_name
from extractor.comparison.year_on_year import Tables
from extractor.tables import storage
from extractor.vocabulary import KIND_NAMES

THEMES_PAGE = "themes.html"
_TEMPLATES = Path(__file__).with_name("templates")
T = TypeVar("T")


def write_pages(found: Sequence[Compared], tables: Tables, folder: Path) -> list[Path]:
    """Write a page for each compared force and the page of themes over all forces of the tables; return their paths.

    Raises:
        OSError: a page cannot be written.
    """
    written = []
    for compared in found:
        written.append(_write(folder / f"{compared.history.force_id}.html", force_page(compared, tables.elsewhere)))
    pages = {compared.history.force_id for compared in found}
    written.append(_write(folder / THEMES_PAGE, themes_page(tables, pages)))
    return written


def _write(path: Path, text: str) -> Path:
    storage.write_bytes(str(path), text.encode())
    return path


@cache
def templates() -> Environment:
    """Return the templates of all pages; they escape everything."""
    folder = FileSystemLoader(_TEMPLATES)
    return Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def force_page(
    compared: Compared, elsewhere: Elsewhere | None = None, decide_at: str = "", home: str = "", parts_at: str = ""
) -> str:
    """Return the page of one force.

    With `elsewhere`, what other forces were told stands beside its findings; with `decide_at`, an address that takes
    verdicts, each link and candidate has its buttons; with `home`, an address, a link leads back to it; with
    `parts_at`, an address that shows parts of the page (`part_page`), what is long is a link to its part.
    """
    history, most = compared.history, LONGEST if parts_at else None
    silent, again = silent_fates(compared), past_threads(compared)
    force = {
        "name": compared.name,
        "reports": history.reports,
        "findings": len(history.items),
        "standing": standing_table(standing(compared)),
        "lanes": [_lane(compared, lane, elsewhere, most) for lane in lanes(compared)],
        "grades": _grades(compared),
        "grade_note": OUR_NOTE,
        "changes": _changes(compared),
        "caveats": [
            {"cycle": history.reports[at]["cycle"], "said": said}
            for at, said in sorted(compared.grades.caveats.items())
        ],
        "threads": [thread_row(compared, thread, most) for thread in _inline(again, parts_at)],
        "threads_elsewhere": 0 if _inline(again, parts_at) else len(again),
        "silent": silent_rows(compared, _inline(silent, parts_at)),
        "silent_elsewhere": [] if _inline(silent, parts_at) else cycles_with(compared, silent),
        "silent_count": len(silent),
        "thread_count": len(again),
    }
    counts = count_themes([history], compared.rules)
    charts = drawn(theme_bars(counts, cycles_of([history]), compared.rules.themes), 0)
    return (
        templates()
        .get_template("force.html.j2")
        .render(force=force, charts=charts, decide_at=decide_at, home=home, parts_at=parts_at, script=Markup(_script()))
    )


def _inline(rows: Sequence[T], parts_at: str) -> Sequence[T]:
    """Return the rows that stand on a force's page itself: none of very many, where these have pages of their own."""
    return () if parts_at and len(rows) > MANY else rows


def script_source() -> str:
    """Return how a Content-Security-Policy names the script of a force's page."""
    return f"'sha256-{b64encode(hashlib.sha256(_script().encode()).digest()).decode()}'"


@cache
def _script() -> str:
    return (_TEMPLATES / "force.js").read_text(encoding="utf-8")


def standing_table(stand: Standing) -> dict[str, Any]:
    """Return the figures of a standing as rows: new, repeated, escalated, eased, not seen again, not inspected."""
    rows = [{"name": name.capitalize(), "figures": _figures(stand.counts, name)} for name in STANDINGS]
    rows += [
        {"name": f"Earlier findings: {title.lower()}", "figures": _figures(stand.gone, name)}
        for name, title in GONE.items()
    ]
    return {"cycle": stand.cycle, "kinds": [KIND_NAMES[kind][0].capitalize() for kind in KINDS], "rows": rows}


def _figures(counts: Mapping[tuple[str, str], int], name: str) -> list[int]:
    own = [counts.get((name, kind), 0) for kind in KINDS]
    return [*own, sum(own)]


def _grades(compared: Compared) -> list[dict[str, Any]]:
    rows = []
    for (_, family), cells in compared.grades.cells.items():
        row = [_cell(cells.get(at)) for at in range(len(compared.history.reports))]
        rows.append({"name": _question(compared, family), "cells": row})
    return rows


def _question(compared: Compared, family: str) -> str:
    known = compared.rules.families.get(family)
    return known.name if known else family


def _cell(cell: Cell | None) -> dict[str, str] | None:
    if cell is None:
        return None
    if cell.basis == "carried_over":
        origin = f" from {cell.origin_cycle}" if cell.origin_cycle else ""
        return {"word": cell.grade or "no grade", "note": f"carried over{origin}, no new judgment"}
    return {"word": cell.grade or "not graded", "note": f"page {cell.page}" if cell.page else ""}


def _changes(compared: Compared) -> list[dict[str, str]]:
    reports = compared.history.reports
    return [
        {
            "name": _question(compared, change.family),
            "before": f"{change.before} ({reports[change.earlier]['cycle']})",
            "after": f"{change.after} ({reports[change.later]['cycle']})",
            "word": "Yes: one framework and scale" if change.comparable else "Not directly: another framework or scale",
        }
        for change in compared.grades.changes
    ]


def _lane(compared: Compared, lane: Lane, elsewhere: Elsewhere | None, most: int | None) -> dict[str, Any]:
    return {
        "lane": lane,
        "kind": KIND_NAMES[lane.item.kind][0],
        "page": lane.item.row["page_first"],
        "short": heading(lane.item),
        "thread": thread_row(compared, lane.thread, most),
        "others": elsewhere.beside(compared.history, lane.item) if elsewhere else None,
    }


# themes ---------------------------------------------------------------------------------------------------------------


def themes_page(tables: Tables, pages: set[str], home: str = "") -> str:
    """Return the page of themes over all forces; `pages` are the forces that have a page beside it."""
    histories = [tables.history(force) for force in tables.forces]
    counts = count_themes(histories, tables.rules)
    cycles = cycles_of(histories)
    themes = [*(theme.id for theme in tables.rules.themes), UNTHEMED]
    names = {history.force_id: name_of(history) for history in histories}
    per_cycle = Counter(str(report["cycle"]) for history in histories for report in history.reports)
    theme_charts = drawn(theme_bars(counts, cycles, tables.rules.themes), 0)
    return (
        templates()
        .get_template("themes.html.j2")
        .render(
            home=home,
            reports=sum(len(history.reports) for history in histories),
            forces=[
                {"name": names[force], "page": f"{force}.html" if force in pages else ""} for force in tables.forces
            ],
            per_cycle=[(cycle, per_cycle[cycle]) for cycle in cycles],
            theme_charts=theme_charts,
            force_charts=drawn([force_bars(history, cycles, names) for history in histories], len(theme_charts)),
            theme_names=[theme_name(theme, tables.rules) for theme in themes],
            matrix=_theme_matrix(counts, themes, names),
        )
    )


def _theme_matrix(counts: Iterable[Count], themes: Sequence[str], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return how many findings of each theme each force has, all cycles together."""
    totals: Counter[tuple[str, str]] = Counter()
    for count in counts:
        totals[count.force_id, count.theme] += count.findings
    return [{"name": name, "figures": [totals[force, theme] for theme in themes]} for force, name in names.items()]
