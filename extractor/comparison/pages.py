"""Comparisons as pages: one for each force, one of themes over all forces. Offline, for screen readers and for A4.

What stands on a page is put together here; how it stands there is in the templates, which escape everything.
"""

from __future__ import annotations

import hashlib
import textwrap
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from extractor.comparison.candidates import Candidate
from extractor.comparison.chains import KINDS, STANDINGS, Standing, Thread, standing, threads
from extractor.comparison.compared import Compared
from extractor.comparison.elsewhere import Elsewhere, name_of
from extractor.comparison.force_history import PRACTICE, Item
from extractor.comparison.grade_history import OUR_NOTE, Cell
from extractor.comparison.lanes import Lane, lanes
from extractor.comparison.links import Link
from extractor.comparison.theme_charts import cycles_of, drawn, force_bars, theme_bars
from extractor.comparison.themes import UNTHEMED, Count, count_themes, theme_name
from extractor.comparison.word_diff import Piece, word_diff
from extractor.comparison.year_on_year import Tables
from extractor.tables import storage
from extractor.vocabulary import KIND_NAMES

_GONE = {"not_seen_again": "Not seen again", "closed": "Closed by the inspectorate", "not_inspected": "Not inspected"}
_MARKED = 35.0  # RapidFuzz ratio of two texts from which marking each change helps a reader
_TITLE = 110  # characters of a heading made of a finding's words
THEMES_PAGE = "themes.html"
_TEMPLATES = Path(__file__).with_name("templates")


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
def _templates() -> Environment:
    folder = FileSystemLoader(_TEMPLATES)
    return Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def force_page(compared: Compared, elsewhere: Elsewhere | None = None, decide_at: str = "", home: str = "") -> str:
    """Return the page of one force.

    With `elsewhere`, what other forces were told stands beside its findings; with `decide_at`, an address that takes
    verdicts, each link and candidate has its buttons; with `home`, an address, a link leads back to it.
    """
    history = compared.history
    force = {
        "name": compared.name,
        "reports": history.reports,
        "findings": len(history.items),
        "standing": standing_table(standing(compared)),
        "lanes": [_lane(compared, lane, elsewhere) for lane in lanes(compared)],
        "grades": _grades(compared),
        "grade_note": OUR_NOTE,
        "changes": _changes(compared),
        "caveats": [
            {"cycle": history.reports[at]["cycle"], "said": said}
            for at, said in sorted(compared.grades.caveats.items())
        ],
        "threads": _past_threads(compared),
        "silent": _silent(compared),
    }
    counts = count_themes([history], compared.rules)
    charts = drawn(theme_bars(counts, cycles_of([history]), compared.rules.themes), 0)
    return (
        _templates()
        .get_template("force.html.j2")
        .render(force=force, charts=charts, decide_at=decide_at, home=home, script=Markup(_script()))
    )


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
        for name, title in _GONE.items()
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


def _lane(compared: Compared, lane: Lane, elsewhere: Elsewhere | None) -> dict[str, Any]:
    return {
        "lane": lane,
        "kind": KIND_NAMES[lane.item.kind][0],
        "page": lane.item.row["page_first"],
        "short": textwrap.shorten(str(lane.item.row["text"]), _TITLE, placeholder=" …"),
        "thread": _thread(compared, lane.thread),
        "others": elsewhere.beside(compared.history, lane.item) if elsewhere else None,
    }


def _past_threads(compared: Compared) -> list[dict[str, Any]]:
    """Return the problems that came again and that the last cycle's reports no longer have."""
    history = compared.history
    last = max((history.cycle(at) for at in range(len(history.reports))), default=0)
    return [
        _thread(compared, thread)
        for thread in threads(compared)
        if thread.links and history.cycle(history.items[thread.last].at) < last
    ]


def _thread(compared: Compared, thread: Thread) -> dict[str, Any]:
    items = compared.history.items
    incoming: dict[int, list[Link]] = {}
    for link in thread.links:
        incoming.setdefault(link.later, []).append(link)
    entries = [
        {**_entry(compared, items[place]), "links": [_link(compared, link) for link in incoming.get(place, ())]}
        for place in thread.items
    ]
    return {
        "title": textwrap.shorten(str(items[thread.first].row["text"]), _TITLE, placeholder=" …"),
        "entries": entries,
    }


def _entry(compared: Compared, item: Item) -> dict[str, Any]:
    return {
        "cycle": compared.history.reports[item.at]["cycle"],
        "kind": KIND_NAMES[item.kind][0],
        "page": item.row["page_first"],
        "text": item.row["text"],
    }


def _link(compared: Compared, link: Link) -> dict[str, Any]:
    old, new = compared.pair(link)
    return {
        "earlier_id": old.id,
        "later_id": new.id,
        "relation": link.relation,
        "score": f"{link.score:.0f}",
        "from": f"{compared.history.reports[old.at]['cycle']}"
        + (f", page {old.row['page_first']}" if old.row["page_first"] else ""),
        "verdict": compared.words.get((old.id, new.id)),
        "pieces": _pieces(link, str(old.row["text"]), str(new.row["text"])),
        "evidence": compared.evidence(link),
    }


def _pieces(link: Link, earlier: str, later: str) -> list[Piece]:
    """Return the later text with its changes marked; plain where so little stayed that marks would hide the text."""
    return word_diff(earlier, later) if link.words >= _MARKED else [("kept", later)]


def _candidate(compared: Compared, candidate: Candidate) -> dict[str, Any]:
    old, new = compared.pair(candidate.link)
    return {
        **_entry(compared, new),
        "earlier_id": old.id,
        "later_id": new.id,
        "speaks_for": candidate.speaks_for,
        "speaks_against": candidate.speaks_against,
    }


def _silent(compared: Compared) -> list[dict[str, Any]]:
    items = compared.history.items
    closest: dict[int, list[Candidate]] = {}
    for each in compared.candidates:
        closest.setdefault(each.link.earlier, []).append(each)
    return [
        {
            **_entry(compared, items[fate.item]),
            "fate": _GONE[fate.fate],
            "evidence": fate.evidence,
            "closest": [_candidate(compared, each) for each in closest.get(fate.item, ())],
        }
        for fate in compared.fates
        if fate.fate in _GONE and items[fate.item].kind not in PRACTICE
    ]


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
        _templates()
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
