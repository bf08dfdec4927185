"""Findings by the short references that the papers print: `Q1-AFI-2`, in a force's last report or in that of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import BadSetting, UnknownForce
from extractor.response.references import references
from extractor.tables.read import read_rows

if TYPE_CHECKING:
    from extractor.comparison.year_on_year import Tables


def pair_named(tables: Tables, outputs: Path, force: str, words: Sequence[str]) -> tuple[str, str]:
    """Return the ids of the earlier and the later finding that `NOW YEAR THEN` name.

    Args:
        words: a reference in the force's last report, the year of an earlier one, a reference in that.

    Raises:
        BadSetting: a reference names no finding, or more than one.
        UnknownForce: the force has no report of that year.
    """
    now, year, then = words
    history = tables.history(force)
    last = max(history.cycle(at) for at in range(len(history.reports)))
    newest = [report for at, report in enumerate(history.reports) if history.cycle(at) == last]
    older = [report for report in history.reports if year in (report["cycle"], *_years(report))]
    if not older:
        known = ", ".join(dict.fromkeys(str(report["cycle"]) for report in history.reports))
        raise UnknownForce(f"no report of {force} from {year}; there are reports of {known}")
    return _finding(outputs, older, then), _finding(outputs, newest, now)


def _years(report: Mapping[str, object]) -> Sequence[str]:
    cycle = str(report["cycle"])
    return [cycle[:4], cycle[:2] + cycle[-2:], str(report["published"] or "")[:4]]


def _finding(outputs: Path, reports: Sequence[Mapping[str, object]], reference: str) -> str:
    """Return the id of the one finding of some reports that has a reference."""
    known: dict[str, list[str]] = {}
    for report in reports:
        report_id = str(report["report_id"])
        named = references(read_rows("gradings", outputs, report_id), read_rows("findings", outputs, report_id))
        for finding_id, name in named.items():
            known.setdefault(name, []).append(finding_id)
    found = known.get(reference.upper(), [])
    names = ", ".join(str(report["report_id"]) for report in reports)
    if not found:
        raise BadSetting(f"{reference} names no finding of {names}; there are {', '.join(sorted(known)) or 'none'}")
    if len(found) > 1:
        raise BadSetting(f"{reference} names {len(found)} findings of {names}; give their ids with --verdict")
    return found[0]
