"""The short references by which a response and the tracker name the items of a report."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.tables.rows import FindingRow, GradingRow
from extractor.vocabulary import KIND_CODES


def references(gradings: Sequence[GradingRow], findings: Sequence[FindingRow]) -> dict[str, str]:
    """Return each finding's short reference within its report.

    A printed number is the reference (`REC-4`), unless two items print the same; else it counts within the question
    (`Q3-AFI-1`; `R-…` where no question is known).
    """
    place = {title: n for n, title in enumerate(titles(gradings, findings), 1)}
    printed = [_numbered(row) for row in findings]
    counts: dict[str, int] = {}
    refs = {}
    for row in sorted(findings, key=lambda row: row["order"]):
        own = _numbered(row)
        if own and printed.count(own) == 1:
            refs[row["finding_id"]] = own
            continue
        section = f"Q{place[row['question']]}" if row["question"] in place else "R"
        base = f"{section}-{KIND_CODES[row['kind']].upper()}"
        counts[base] = counts.get(base, 0) + 1
        refs[row["finding_id"]] = f"{base}-{counts[base]}"
    return refs


def _numbered(row: FindingRow) -> str:
    number = row.get("number")
    return f"{KIND_CODES[row['kind']].upper()}-{number}" if number else ""


def titles(gradings: Sequence[GradingRow], findings: Sequence[FindingRow]) -> list[str]:
    """Return the questions in the report's order, those without a grading last; never one too few."""
    graded = [row["question"] for row in gradings if row["level"] == "question"]
    found = [row["question"] for row in sorted(findings, key=lambda row: row["order"]) if row["question"]]
    return list(dict.fromkeys([*graded, *found]))
