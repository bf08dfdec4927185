"""A report's findings and grades, each beside the page it came from: one HTML file that needs no network.

The page carries its data as JSON and draws it as text; what a report prints is never markup here. The same page, fed
by a server instead of the file itself, is the review of `peel app`.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from extractor.decisions.apply import findings_and_verdicts, gradings_and_verdicts
from extractor.decisions.matching import boxes_of
from extractor.decisions.review_file import FORMAT
from extractor.decisions.store import GRADE_CHOICES, VERDICTS, Verdict
from extractor.errors import NoSuchReport
from extractor.review.page_pictures import as_address, page_pictures, printed_lines
from extractor.review.report_text import british_date
from extractor.tables import storage
from extractor.tables.read import read_rows
from extractor.tables.sources import file_of, why_no_pages
from extractor.vocabulary import KIND_NAMES

if TYPE_CHECKING:
    from extractor.models import Printed

Row = Mapping[str, Any]

FOLDER = "reviews"
_TEMPLATES = Path(__file__).with_name("templates")
_HIDDEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BEGINNING = 60  # characters that find an item again in the text of a web page


def write_review(
    report_id: str, outputs: Path | str, to: Path | None = None, verdicts: Path = VERDICTS
) -> tuple[Path, str | None]:
    """Write the review file of a report; return its path and, where the pages cannot be shown, why.

    Args:
        report_id: a report in the tables.
        outputs: folder of the tables.
        to: a file, or a folder; by default `<outputs>/reviews/<report_id>.html`.
        verdicts: the file of decisions, which the page takes up.

    Raises:
        NoSuchReport: the tables hold no such report.
        ValueError: the file of decisions cannot be read.
        OSError: the file cannot be written.
    """
    data = review_data(report_id, outputs, verdicts)
    final = (to / f"{report_id}.html" if to.is_dir() else to) if to else Path(outputs) / FOLDER / f"{report_id}.html"
    pictures = _pictures(data, file_of(data["source"], outputs))
    storage.write_bytes(str(final), review_file(data, pictures).encode("utf-8", "replace"))
    return final, data["no_pages"]


def _pictures(data: Mapping[str, Any], file: Path) -> dict[int, str]:
    numbers = [page["number"] for page in data["pages"]]
    painted = page_pictures(file, numbers) if numbers else []
    return {number: as_address(picture) for number, picture in zip(numbers, painted, strict=True) if picture}


def review_file(data: Mapping[str, Any], pictures: Mapping[int, str]) -> str:
    """Return the page with everything in it; `pictures` are the pages as `data:` addresses."""
    style, script = _own("base.css") + _own("review.css"), _own("review.js")
    allowed = {"style-src": _hash(style), "script-src": _hash(script), "img-src": "data:"}
    rules = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", *map(" ".join, allowed.items())]
    own = {"policy": "; ".join(rules), "style": Markup(style), "script": Markup(script)}
    return review_page({**data, "mode": "file"}, pictures=pictures, **own)


def review_page(data: Mapping[str, Any], **values: Any) -> str:
    """Return the review of a report as HTML; `values` are what the template wants beside the data."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    return environment.get_template("review.html.j2").render(data=data, told=as_script(data), **values)


def as_script(data: Any) -> Markup:
    """Return JSON that no text in it can end or leave when it stands in a `script` element."""
    told = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return Markup(told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _own(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# the data ------------------------------------------------------------------------------------------------------------


def review_data(report_id: str, outputs: Path | str, verdicts: Path = VERDICTS) -> dict[str, Any]:
    """Return all that the page shows of a report, but for the pictures.

    `pages` is empty and `no_pages` says why where there is nothing to paint; then `text` holds the printed words.

    Raises:
        NoSuchReport: the tables hold no such report.
        ValueError: the file of decisions cannot be read.
    """
    reports = read_rows("reports", outputs, report_id)
    if not reports:
        raise NoSuchReport(f"no report {report_id} in {outputs}; `peel extract` the report first")
    report, sections = reports[0], read_rows("sections", outputs, report_id)
    missing = why_no_pages(report, outputs)
    printed = None if missing else printed_lines(file_of(report["source"], outputs), report["sha256"], outputs)
    if missing is None and printed is None:
        missing = f"{report['source']} can no longer be read"
    return {
        "format": FORMAT,
        "report_id": report_id,
        "sha256": report["sha256"],
        "source": report["source"],
        "title": report["title"] or report_id,
        "about": _about(report),
        "status": report["status"],
        "kinds": {kind: names[0] for kind, names in KIND_NAMES.items()},
        "grades": GRADE_CHOICES,
        "questions": _questions(outputs, report_id),
        "problems": [
            {name: row[name] for name in ("severity", "message", "page")}
            for row in read_rows("problems", outputs, report_id)
        ],
        "items": _items(outputs, report_id, verdicts, sections),
        "no_pages": missing,
        "pages": [] if missing else _pages(printed),
        "text": _text(sections) if missing else [],
    }


def _about(report: Row) -> str:
    pages = f"{report['pages']} pages" if report["pages"] else "web page"
    return f"{report['force_name'] or 'force not known'} · {british_date(report['published'])} · {pages}"


def _questions(outputs: Path | str, report_id: str) -> list[str]:
    rows = [row for table in ("gradings", "findings") for row in read_rows(table, outputs, report_id)]
    return list(dict.fromkeys(row["question"] for row in rows if row["question"]))


def _pages(printed: Printed | None) -> list[dict[str, Any]]:
    lines: dict[int, list[list[Any]]] = {}
    for line in printed.lines if printed else ():
        if line.box and line.text.strip() and line.role != "hidden":
            sides = [round(side, 1) for side in (line.box.x0, line.box.top, line.box.x1, line.box.bottom)]
            lines.setdefault(line.box.page, []).append([*sides, line.text])
    return [
        {"number": page.number, "width": page.width, "height": page.height, "lines": lines.get(page.number, [])}
        for page in (printed.pages if printed else ())
    ]


def _text(sections: Sequence[Row]) -> list[dict[str, Any]]:
    return [
        {"title": row["title"], "level": row["level"], "paragraphs": [line for line in row["text"].split("\n") if line]}
        for row in sections
    ]


# items ---------------------------------------------------------------------------------------------------------------


def _items(outputs: Path | str, report_id: str, verdicts: Path, sections: Sequence[Row]) -> list[dict[str, Any]]:
    """Return gradings and findings in the order in which they stand in the report."""
    gradings = [_grading(row, verdict) for row, verdict in gradings_and_verdicts(outputs, report_id, verdicts)]
    findings = [_finding(row, verdict) for row, verdict in findings_and_verdicts(outputs, report_id, verdicts)]
    places = _web_places(gradings + findings, sections)
    order = sorted(range(len(places)), key=lambda at: (places[at], at))
    return [(gradings + findings)[at] for at in order]


def _web_places(items: Sequence[Row], sections: Sequence[Row]) -> list[tuple[float, float]]:
    """Return (page, top) of each item; without pages, where its words begin in the text."""
    told = "\n".join(f"{row['title'] or ''}\n{row['text']}" for row in sections)
    places, last = [], 0.0
    for item in items:
        if item["page"] is not None:
            tops = [box["top"] for box in item["boxes"] if box["page"] == item["page"]]
            places.append((float(item["page"]), min(tops, default=0.0)))
            continue
        words = item["question"] if item["subject"] == "grading" else item["text"]
        last = max(float(told.find((words or "")[:_BEGINNING])), last if item["subject"] == "finding" else 0.0)
        places.append((0.0, last))
    return places


def _grading(row: Row, verdict: Verdict | None) -> dict[str, Any]:
    grade = row["grade"] or "not graded"
    origin = f" from {row['origin_cycle']}" if row["origin_cycle"] else ""
    basis = f"carried over{origin}" if row["basis"] == "carried_over" else None
    return {
        "subject": "grading",
        "key": row["grading_id"],
        "id": row["grading_id"],
        "kind": "grading",
        "text": grade,
        "detail": None,
        "page": row["page"],
        "page_last": row["page"],
        "facts": _facts(("printed as", row["wording"]), ("basis", basis), ("rule", row["rule_id"])),
        **_common(row, verdict, row["question"], row["wording"] or ""),
    }


def _finding(row: Row, verdict: Verdict | None) -> dict[str, Any]:
    status = None if row["status"] == "new" else row["status"].replace("_", " ")
    origin = f" from {row['origin_cycle']}" if status and row["origin_cycle"] else ""
    return {
        "subject": "finding",
        "key": verdict.id if verdict else row["finding_id"],
        "id": row["finding_id"],
        "kind": row["kind"],
        "text": row["text"],
        "detail": row["detail"],
        "page": row["page_first"],
        "page_last": row["page_last"],
        "limbs": row["limbs"] or [],
        "parent": row["parent_id"],
        "facts": _facts(
            ("deadline", row["deadline"]),
            ("that is", british_date(row["deadline_on"]) if row["deadline_on"] else None),
            ("status", f"{status}{origin}" if status else None),
            ("rule", row["rule_id"]),
        ),
        **_common(row, verdict, row["question"], f"{row['text']}{row['detail'] or ''}"),
        "stem": row["stem"],
    }


def _facts(*facts: tuple[str, str | None]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in facts if value]


def _common(row: Row, verdict: Verdict | None, question: str | None, words: str) -> dict[str, Any]:
    flags = [(flag, _meaning(flag)) for flag in row["flags"] or []]
    if _HIDDEN.search(words):
        flags.append(("hidden_marks", "it holds invisible characters, such as marks of writing direction"))
    return {
        "question": question,
        "boxes": [{name: round(side, 1) for name, side in box.items()} for box in row["boxes"] or []],
        "flags": flags,
        "decision": _decision(verdict) if verdict else None,
    }


def _meaning(flag: str) -> str:
    from extractor.report.flags import meaning  # loads all that reads reports

    return meaning(flag)


def _decision(verdict: Verdict) -> dict[str, Any]:
    names = ("subject", "id", "verdict", "kind", "text", "detail", "question", "printed", "note", "by", "on")
    told: dict[str, Any] = {name: getattr(verdict, name) for name in names}
    return told | {"page": int(verdict.page) if verdict.page.isdigit() else None, "boxes": boxes_of(verdict)}
