"""Findings by the short references that the papers print: `Q1-AFI-2`, in a force's last report or in that of a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from extractor.cli.parser import nearest
from extractor.decisions.apply import verified_findings, verified_gradings
from extractor.errors import BadSetting, NoSuchReport, UnknownForce
from extractor.response.references import references
from extractor.tables.lookup import report_named, some_reports
from extractor.tables.rows import FindingRow, GradingRow
from extractor.vocabulary import KIND_CODES

if TYPE_CHECKING:
    from extractor.comparison.year_on_year import Tables


_CYCLE = re.compile(r"\b(20\d\d)/(\d\d)\b")  # the slash of `2021/22` parts no report from its finding
_REFERENCE = re.compile(r"(Q\d+-?|R-?)?[A-Z]{3}(-\w+|\d\w*)", re.IGNORECASE)
_ITEM = re.compile(rf"(Q\d+-?|R-?)?({'|'.join(KIND_CODES.values())})-?\d{{1,2}}", re.IGNORECASE)  # and no year


def pair_named(tables: Tables, outputs: Path, verdicts: Path, force: str, words: Sequence[str]) -> tuple[str, str]:
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
    return _finding(outputs, verdicts, older, then), _finding(outputs, verdicts, newest, now)


def finding_named(words: str, outputs: Path, verdicts: Path) -> str:
    """Return `words`, or the id of the finding where they are `REPORT/REFERENCE`, such as `norfolk-2023/Q3-AFI-1`.

    A blank will do for the slash: `norfolk 2023 Q3-AFI-1`.

    Raises:
        NoSuchReport: there is no such report, or none of its findings has the reference; the nearest are told.
    """
    words = _CYCLE.sub(r"\1-\2", words)
    name, slash, reference = words.partition("/") if "/" in words else words.rpartition(" ")
    if not (_REFERENCE if slash == "/" else _ITEM).fullmatch(reference):
        return words
    if not name:
        last = some_reports(outputs)[-1]
        raise NoSuchReport(f"{reference} is a finding of which report? `peel show {last}/{reference}` names one")
    report_id = report_named(name, outputs)
    named = {own: finding_id for finding_id, own in _references(report_id, outputs, verdicts).items()}
    found = next((finding_id for own, finding_id in named.items() if _bare(own) == _bare(reference)), None)
    if found is None and named:
        raise NoSuchReport(f"{reference} names no finding of {report_id}; {nearest(reference, sorted(named))}")
    return found or words


def _bare(reference: str) -> str:
    return reference.upper().replace("-", "")


def referenced(findings: Sequence[FindingRow], report_id: str, outputs: Path, verdicts: Path) -> list[dict[str, Any]]:
    """Return rows of findings, each with the short reference that the response and the tracker give it."""
    known = _references(report_id, outputs, verdicts)
    return [{**row, "reference": known.get(row["finding_id"], "")} for row in findings]


def references_of(report_ids: Iterable[str], outputs: Path, verdicts: Path) -> dict[str, str]:
    """Return the short reference of each finding of some reports, by finding_id."""
    return {name: own for each in report_ids for name, own in _references(each, outputs, verdicts).items()}


def _references(report_id: str, outputs: Path, verdicts: Path) -> dict[str, str]:
    """Return the references as the response counts them: without what analysts rejected."""
    gradings = cast("list[GradingRow]", verified_gradings(outputs, report_id, verdicts))
    return references(gradings, cast("list[FindingRow]", verified_findings(outputs, report_id, verdicts)))


def _years(report: Mapping[str, object]) -> Sequence[str]:
    cycle = str(report["cycle"])
    return [cycle[:4], cycle[:2] + cycle[-2:], str(report["published"] or "")[:4]]


def _finding(outputs: Path, verdicts: Path, reports: Sequence[Mapping[str, object]], reference: str) -> str:
    """Return the id of the one finding of some reports that has a reference."""
    known: dict[str, list[str]] = {}
    for report in reports:
        for finding_id, name in _references(str(report["report_id"]), outputs, verdicts).items():
            known.setdefault(name, []).append(finding_id)
    found = known.get(reference.upper(), [])
    names = ", ".join(str(report["report_id"]) for report in reports)
    if not found:
        raise BadSetting(f"{reference} names no finding of {names}; {nearest(reference, sorted(known))}")
    if len(found) > 1:
        raise BadSetting(f"{reference} names {len(found)} findings of {names}; give their ids with --verdict")
    return found[0]
