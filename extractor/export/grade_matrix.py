"""The grades of a report as an accessible HTML table for an office's website: a page, or a part to paste into one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import jinja2

from extractor.response.last_day import british_published
from extractor.response.template_values import clean
from extractor.vocabulary import GRADES

Row = Mapping[str, Any]

# "Adequate" came in with the five-grade scale of 2021/22 (HMICFRS: four-tier system expanded to five tiers).
FIVE_GRADE_CYCLES = ("2021/22", "2023-25", "2025-27")


def grade_matrix(reports: Iterable[tuple[Row, Sequence[Row]]], *, page: bool = False) -> str:
    """Return HTML with one table per report: its questions down, the scale of its time across.

    Args:
        reports: rows of `reports`, each with its rows of `gradings`.
        page: a whole page; otherwise a fragment.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("extractor"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    shown = [_report(report, gradings) for report, gradings in reports]
    return environment.get_template("grades.html.j2").render(reports=shown, page=page)


def _report(report: Row, gradings: Sequence[Row]) -> dict[str, Any]:
    published = british_published(report["published"])
    title = clean(report["title"]) or report["report_id"]
    given = {row["grade"] for row in gradings}
    five = report["cycle"] in FIVE_GRADE_CYCLES
    return {
        "report_id": re.sub(r"[^\w-]", "-", report["report_id"]),
        "heading": title,
        "about": f"Published {'in' if published and published[0].isalpha() else 'on'} {published}."
        if published
        else "",
        "publisher": clean(report["publisher"]) or "the inspectorate",
        "link": report["source"] if re.match(r"https?://", report["source"] or "") else "",
        "scale": [grade for grade in GRADES if five or grade != "adequate" or grade in given],
        "rows": [
            {
                "question": clean(row["question"]),
                "grade": row["grade"],
                "overall": row["level"] != "question",
                "note": _note(row),
            }
            for row in gradings
        ],
    }


def _note(row: Row) -> str:
    if row["basis"] == "carried_over":
        return f"Carried over from {row['origin_cycle'] or 'an earlier inspection'}"
    return "" if row["grade"] else "Not graded"
