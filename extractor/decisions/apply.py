"""The tables as analysts left them: what `respond`, `export` and `compare` work with.

A decision is found again by id; where the id is gone, by the words the program had printed or the analyst had put in
their place; where the words have changed, by the place on the page and half of the words. A finding that somebody
signed for never disappears because a later extraction missed it. What was rejected is left out only by its id or its
words: another item at the same place may be a good one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from extractor.decisions.changed_rows import ReportFacts, Row, changed_finding, changed_grading, new_finding
from extractor.decisions.matching import matched
from extractor.decisions.store import VERDICTS, Verdict, read_verdicts
from extractor.tables.read import read_rows

Pair = tuple[Row, Verdict | None]  # a row as extracted, and the decision about it

_UNKNOWN = "unknown-"  # what the id of a report begins with whose front matter does not settle it
DECISION = ("decision", "decided_by", "decided_on")  # the columns that `decided_rows` adds


def verified_findings(
    outputs: Path | str,
    report_id: str | None = None,
    verdicts: Path = VERDICTS,
    columns: Sequence[str] | None = None,
) -> list[Row]:
    """Return the findings of one report or of all, with analysts' decisions applied.

    Args:
        outputs: folder of the tables.
        report_id: one report; by default all.
        verdicts: the file of decisions.
        columns: only these, by default all.

    Raises:
        ValueError: the file of decisions cannot be read.
    """
    return _verified("findings", outputs, report_id, verdicts, columns)


def verified_gradings(
    outputs: Path | str,
    report_id: str | None = None,
    verdicts: Path = VERDICTS,
    columns: Sequence[str] | None = None,
) -> list[Row]:
    """Return the gradings of one report or of all, with analysts' decisions applied; see `verified_findings`."""
    return _verified("gradings", outputs, report_id, verdicts, columns)


def decided_rows(
    table: str,
    outputs: Path | str,
    report_id: str | None = None,
    verdicts: Path = VERDICTS,
    *,
    rejected: bool = False,
) -> list[Row]:
    """Return the verified rows of `findings` or `gradings`, each with its `DECISION`: what, by whom, on which day.

    The three are null where nobody has decided. With `rejected`, what analysts rejected stays in, marked as such.

    Raises:
        ValueError: the file of decisions cannot be read.
    """
    subject, apply, finish = _TABLES[table]
    decided = _decisions_on(subject, outputs, verdicts)
    grouped = _rows_by_report(read_rows(table, outputs, report_id)) | {
        each: read_rows(table, outputs, each) for each in _touched(decided, outputs, report_id)
    }
    rows: list[Row] = []
    for each in sorted(grouped):
        pairs = apply(grouped[each], decided.get(each, []), ReportFacts(outputs, each))
        rows += finish([{**row, **_signed(verdict)} for row, verdict in pairs if rejected or not _is_rejected(verdict)])
    return rows


class DecidedRows:
    """The rows of `decided_rows`, one report after another; the file of decisions is read once for all of them.

    Raises:
        ValueError: the file of decisions cannot be read.
    """

    def __init__(self, table: str, outputs: Path | str, verdicts: Path = VERDICTS) -> None:
        self._table, self._outputs = table, outputs
        subject, self._apply, self._finish = _TABLES[table]
        self._decided = _decisions_on(subject, outputs, verdicts)

    def of_report(self, report_id: str, columns: Sequence[str] | None = None) -> list[Row]:
        """Return the verified rows of one report; of these columns alone, where they are named."""
        verdicts = self._decided.get(report_id, [])
        if columns and not verdicts:
            return read_rows(self._table, self._outputs, report_id, columns)
        rows = read_rows(self._table, self._outputs, report_id)
        pairs = self._apply(rows, verdicts, ReportFacts(self._outputs, report_id))
        signed = [{**row, **_signed(verdict)} for row, verdict in pairs if not _is_rejected(verdict)]
        return _only(columns, self._finish(signed))


def _signed(verdict: Verdict | None) -> dict[str, str | None]:
    """Return what a decision says of itself; a note without a decision is none."""
    if verdict is None or not verdict.verdict:
        return dict.fromkeys(DECISION)
    return {"decision": verdict.verdict, "decided_by": verdict.by or None, "decided_on": verdict.on or None}


def _verified(
    table: str, outputs: Path | str, report_id: str | None, file: Path, columns: Sequence[str] | None
) -> list[Row]:
    decided = _decisions_on(_TABLES[table][0], outputs, file)
    rows = read_rows(table, outputs, report_id, columns)
    touched = _touched(decided, outputs, report_id)
    if not touched:
        return rows
    if columns and "report_id" not in columns:
        raise ValueError(f"ask for report_id among the columns of {table}")
    grouped = _rows_by_report(rows)
    for each in touched:
        grouped[each] = verified_rows(table, outputs, each, decided[each], columns)
    return [row for each in sorted(grouped) for row in grouped[each]]


def verified_rows(
    table: str, outputs: Path | str, report_id: str, verdicts: Sequence[Verdict], columns: Sequence[str] | None = None
) -> list[Row]:
    """Return the rows of `findings` or `gradings` of one report with those of the verdicts applied that are on them."""
    subject, apply, finish = _TABLES[table]
    own = [verdict for verdict in verdicts if verdict.subject == subject]
    if not own:
        return list(read_rows(table, outputs, report_id, columns))
    pairs = apply(read_rows(table, outputs, report_id), own, ReportFacts(outputs, report_id))
    return _only(columns, finish([row for row, verdict in pairs if not _is_rejected(verdict)]))


def _touched(decided: Iterable[str], outputs: Path | str, report_id: str | None) -> list[str]:
    """Return the reports there are (or the one asked for) about which something was decided."""
    return [each for each in decided if report_id in (None, each) and read_rows("reports", outputs, each)]


def _decisions_on(subject: str, outputs: Path | str, file: Path) -> dict[str, list[Verdict]]:
    """Return the decisions on findings or on gradings, by the names their reports have now."""
    return by_report(renamed([verdict for verdict in read_verdicts(file) if verdict.subject == subject], outputs))


def _rows_by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["report_id"], []).append(row)
    return grouped


def _only(columns: Sequence[str] | None, rows: list[Row]) -> list[Row]:
    return [{name: row[name] for name in columns} for row in rows] if columns else rows


def renamed(verdicts: Sequence[Verdict], outputs: Path | str) -> list[Verdict]:
    """Return the decisions with those on `unknown-<hash>` reports moved to the names that the reports have by now."""
    if not any(verdict.id.startswith(_UNKNOWN) for verdict in verdicts):
        return list(verdicts)
    names = {
        f"{_UNKNOWN}{row['sha256'][:12]}": row["report_id"]
        for row in read_rows("reports", outputs, columns=("report_id", "sha256"))
        if row["sha256"]
    }
    parts = [verdict.id.partition("/") for verdict in verdicts]
    return [
        replace(verdict, id=f"{names.get(report_id, report_id)}/{rest}")
        for verdict, (report_id, _, rest) in zip(verdicts, parts, strict=True)
    ]


def by_report(verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    """Return the decisions of each report, in order; of two about the same thing the later one."""
    grouped: dict[str, list[Verdict]] = {}
    for verdict in {verdict.key: verdict for verdict in verdicts}.values():
        grouped.setdefault(verdict.id.split("/", 1)[0], []).append(verdict)
    return grouped


def _with_findings(rows: list[Row], verdicts: Sequence[Verdict], report: ReportFacts) -> list[Pair]:
    """Return each finding as analysts left it (what they rejected, as extracted), with the decision on it."""
    return [(changed_finding(row, verdict, report), verdict) for row, verdict in _in_order(rows, verdicts, report)]


def _in_their_places(rows: list[Row]) -> list[Row]:
    """Return findings counted anew; a recommendation has a parent only where that stands as a concern."""
    concerns = {row["finding_id"] for row in rows if row["kind"] == "cause_of_concern"} - {
        row["finding_id"] for row in rows if row.get("decision") == "rejected"
    }
    return [
        {**row, "order": at, "parent_id": row["parent_id"] if row["parent_id"] in concerns else None}
        for at, row in enumerate(rows)
    ]


def findings_and_verdicts(outputs: Path | str, report_id: str, verdicts: Path = VERDICTS) -> list[Pair]:
    """Return each finding of a report as extracted, with the decision on it, and those that only analysts have seen.

    Raises:
        ValueError: the file of decisions cannot be read.
    """
    decided = _decisions_on("finding", outputs, verdicts)
    rows: list[Row] = [dict(row) for row in read_rows("findings", outputs, report_id)]
    return _in_order(rows, decided.get(report_id, []), ReportFacts(outputs, report_id))


def orphaned(outputs: Path | str, report_id: str, verdicts: Path = VERDICTS) -> dict[str, list[str]]:
    """Return the recommendations that are left without their concern, by the id of the concern that was rejected.

    Raises:
        ValueError: the file of decisions cannot be read.
    """
    pairs = findings_and_verdicts(outputs, report_id, verdicts)
    rejected = {row["finding_id"] for row, verdict in pairs if _is_rejected(verdict)}
    left: dict[str, list[str]] = {}
    for row, verdict in pairs:
        if row["parent_id"] in rejected and not _is_rejected(verdict):
            left.setdefault(row["parent_id"], []).append(row["finding_id"])
    return left


def gradings_and_verdicts(outputs: Path | str, report_id: str, verdicts: Path = VERDICTS) -> list[Pair]:
    """Return each grading of a report as extracted, with the decision on it.

    Raises:
        ValueError: the file of decisions cannot be read.
    """
    decided = _decisions_on("grading", outputs, verdicts)
    rows: list[Row] = [dict(row) for row in read_rows("gradings", outputs, report_id)]
    found = matched(rows, decided.get(report_id, []), "grading_id")
    return [(row, found.get(at)) for at, row in enumerate(rows)]


def _in_order(rows: list[Row], verdicts: Sequence[Verdict], report: ReportFacts) -> list[Pair]:
    found = matched(rows, verdicts)
    pairs = [(row, found.get(at)) for at, row in enumerate(rows)]
    used = set(map(id, found.values()))
    for verdict in verdicts:
        if id(verdict) not in used and verdict.verdict in ("accepted", "corrected", "added"):
            _insert(pairs, (new_finding(verdict, report), verdict))
    return pairs


def _is_rejected(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.verdict == "rejected"


def _insert(pairs: list[Pair], pair: Pair) -> None:
    """Put a row where it stands in the report: by its place, else at the end of its question, else last."""
    new, rows = pair[0], [row for row, _ in pairs]
    if new["page_first"]:
        before = [at for at, row in enumerate(rows) if row["page_first"] and _place(row) <= _place(new)]
    else:
        before = [at for at, row in enumerate(rows) if row["question"] == new["question"]] or [len(rows) - 1]
    pairs.insert(max(before, default=-1) + 1, pair)


def _place(row: Row) -> tuple[int, float]:
    boxes = [box["top"] for box in row["boxes"] or [] if box["page"] == row["page_first"]]
    return row["page_first"], min(boxes, default=0.0)


def _with_gradings(rows: list[Row], verdicts: Sequence[Verdict], _report: ReportFacts) -> list[Pair]:
    found = matched(rows, verdicts, "grading_id")
    return [(changed_grading(row, found.get(at)), found.get(at)) for at, row in enumerate(rows)]


_Apply = Callable[[list[Row], Sequence[Verdict], ReportFacts], list[Pair]]
_TABLES: dict[str, tuple[str, _Apply, Callable[[list[Row]], list[Row]]]] = {  # subject of its decisions, what they do
    "findings": ("finding", _with_findings, _in_their_places),
    "gradings": ("grading", _with_gradings, list),
}
