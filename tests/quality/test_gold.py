"""Whole reports, from the file to the records, against what a person reads in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.models import Box, Extraction, Printed
from extractor.pipeline import extract, extract_printed, read
from extractor.rulebook.load import load_rules

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "corpus" / "gold"
SPECIMENS = ROOT / "corpus" / "specimens"
FACSIMILES = ROOT.parent / "shared" / "facsimiles"
FACTS = {"title": "title", "force": "force_id", "publisher": "publisher", "cycle": "cycle", "pillar": "pillar",
         "published": "published", "pages": "pages"}  # fmt: skip
REPORTS = [
    (gold, next(folder.glob(f"{gold.name.removesuffix('.gold.json')}.[ph]*")))
    for golds, folder in ((GOLD, SPECIMENS), (FACSIMILES, FACSIMILES))
    for gold in sorted(golds.glob("*.gold.json"))
]


def folded(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def wanted(gold: dict[str, Any]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    texts = {row["id"]: row["text"] for row in gold["findings"]}
    findings = Counter(
        finding(row["type"], row["text"], row["detail"], row["question"], texts.get(row["parent"]), row["stem"],
                row["limbs"], (row["deadline"] or "").lower(), row["status"], row["page_start"], row["page_end"])
        for row in gold["findings"]
    )  # fmt: skip
    gradings = Counter(
        grading(
            row["level"], row["question"], row["grade"], row["basis"], min([row["page"] or 0, *row.get("also_on", [])])
        )
        for row in gold["gradings"]
    )
    return facts({key: gold["report"].get(key) for key in FACTS}), gradings, findings


def got(found: Extraction) -> tuple[Counter[str], Counter[str], Counter[str]]:
    texts = {row.finding_id: row.text for row in found.findings}
    findings = Counter(
        finding(row.kind, row.text, row.detail, row.question, texts.get(row.parent_id or ""), row.stem, row.limbs,
                (row.deadline or "").lower(), row.status, row.page_first, row.page_last)
        for row in found.findings
    )  # fmt: skip
    gradings = Counter(grading(row.level, row.question, row.grade, row.basis, row.page or 0) for row in found.gradings)
    return facts({key: getattr(found.report, column) for key, column in FACTS.items()}), gradings, findings


def facts(values: dict[str, Any]) -> Counter[str]:
    return Counter(f"{name}: {folded(value)}" for name, value in values.items())


def grading(*values: Any) -> str:
    return " | ".join(map(folded, values))


def finding(*values: Any) -> str:
    return " | ".join(
        f"[{'; '.join(map(folded, value))}]" if isinstance(value, (list, tuple)) else folded(value) for value in values
    )


found_in = cache(extract)


@pytest.mark.parametrize(("gold", "report"), REPORTS, ids=[report.name for _, report in REPORTS])
def test_report(gold: Path, report: Path) -> None:
    found = found_in(report)
    told = json.loads(gold.read_text(encoding="utf-8"))
    lost, gained = [], []
    for name, want, have in zip(("fact", "grading", "finding"), wanted(told), got(found), strict=True):
        lost += [f"  lost    {name}: {row}" for row in (want - have).elements()]
        gained += [f"  gained  {name}: {row}" for row in (have - want).elements()]
    assert not lost and not gained, "\n".join([report.name, *lost, *gained])


@pytest.mark.parametrize("report", [report for _, report in REPORTS], ids=[report.name for _, report in REPORTS])
def test_every_row_knows_its_place_and_its_rule(report: Path) -> None:
    found = found_in(report)
    for row in (*found.findings, *found.gradings):
        assert row.rule_id
        assert bool(row.boxes) == (report.suffix == ".pdf")
    if report.parent == SPECIMENS:
        assert found.report.status == "ok", [
            problem.message for problem in found.problems if problem.severity != "note"
        ]


@pytest.mark.skipif(not FACSIMILES.is_dir(), reason="the facsimiles are not beside this checkout")
def test_facsimiles_were_read() -> None:
    assert sum(FACSIMILES in report.parents for _, report in REPORTS) >= 11


# damage --------------------------------------------------------------------------------------------------------------


def each_line(source: Printed, **changes: Any) -> Printed:
    """The document with something taken from all of its lines and their runs."""
    of_run = {name: value for name, value in changes.items() if name in ("bold", "colour", "raised")}
    of_line = {name: value for name, value in changes.items() if name != "raised"}
    lines = (replace(line, **of_line, runs=tuple(replace(run, **of_run) for run in line.runs)) for line in source.lines)
    return replace(source, lines=tuple(lines))


def stretched(source: Printed, by: float) -> Printed:
    """The document on larger or smaller paper."""

    def box(box: Box) -> Box:
        return Box(box.page, box.x0 * by, box.top * by, box.x1 * by, box.bottom * by)

    lines = tuple(
        replace(
            line,
            size=line.size * by,
            box=box(line.box) if line.box else None,
            runs=tuple(replace(run, x0=run.x0 * by, x1=run.x1 * by, size=run.size * by) for run in line.runs),
        )
        for line in source.lines
    )
    panels = tuple(replace(panel, box=box(panel.box)) for panel in source.panels)
    pages = tuple(replace(page, width=page.width * by, height=page.height * by) for page in source.pages)
    return replace(source, lines=lines, panels=panels, pages=pages)


DAMAGE: dict[str, Callable[[Printed], Printed]] = {
    "no boxes": lambda source: replace(source, panels=()),
    "no weights": lambda source: each_line(source, bold=False),
    "no tags": lambda source: each_line(source, tag=None),
    "no colours": lambda source: each_line(source, colour=0),
    "no raised marks": lambda source: each_line(source, raised=False),
    "no boxes, no weights": lambda source: each_line(replace(source, panels=()), bold=False),
    "small": lambda source: stretched(source, 0.7),
    "large": lambda source: stretched(source, 1.4),
}
HARMLESS = ("small", "large", "no tags", "no colours")
PDFS = [(gold, report) for gold, report in REPORTS if report.parent == SPECIMENS and report.suffix == ".pdf"]


@pytest.fixture(scope="module")
def lines_of() -> Callable[[Path], Printed]:
    return cache(read)


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize(("gold", "report"), PDFS, ids=[report.name for _, report in PDFS])
def test_nothing_is_lost_without_a_word(
    gold: Path, report: Path, damage: str, lines_of: Callable[[Path], Printed]
) -> None:
    """What a poor copy no longer shows may be lost, but an analyst is told."""
    found = extract_printed(DAMAGE[damage](lines_of(report)), load_rules())
    want, have = wanted(json.loads(gold.read_text(encoding="utf-8"))), got(found)
    flags = {flag for row in (*found.findings, *found.gradings) for flag in row.flags}
    assert want[1:] == have[1:] or (damage not in HARMLESS and (flags or found.report.status != "ok"))
