"""The grades of a report as an accessible HTML table for an office's website: a page, or a part to paste into one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2

from extractor.response.last_day import british_published
from extractor.response.template_values import clean
from extractor.rulebook.load import load_rules
from extractor.vocabulary import GRADES

Row = Mapping[str, Any]


def grade_matrix(reports: Iterable[tuple[Row, Sequence[Row]]], rules: Path | None = None, *, page: bool = False) -> str:
    """Return HTML with one table per report: its questions down, the scale of its time across.

    Args:
        reports: rows of `reports`, each with its rows of `gradings`.
        rules: folder of rules, by default those built in: a cycle's profile names its scale.
        page: a whole page; otherwise a fragment.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("extractor.export"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    scales = {profile.cycle: profile.grades for profile in load_rules(rules).profiles}
    shown = [_report(report, gradings, scales.get(report["cycle"], ())) for report, gradings in reports]
    return environment.get_template("grades.html.j2").render(reports=shown, page=page)


def _report(report: Row, gradings: Sequence[Row], scale: Sequence[str]) -> dict[str, Any]:
    published = british_published(report["published"])
    title = clean(report["title"]) or report["report_id"]
    given = {row["grade"] for row in gradings}
    return {
        "report_id": re.sub(r"[^\w-]", "-", report["report_id"]),
        "heading": title,
        "about": f"Published {'in' if published and published[0].isalpha() else 'on'} {published}."
        if published
        else "",
        "publisher": clean(report["publisher"]) or "the inspectorate",
        "link": report["source"] if re.match(r"https?://", report["source"] or "") else "",
        "scale": [grade for grade in GRADES if grade in given or grade in scale],
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
