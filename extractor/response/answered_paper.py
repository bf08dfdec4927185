"""The paper that a response answers, from the tables or as extracted, with the force that answers it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from extractor.decisions.apply import findings_and_verdicts, verified_findings, verified_gradings
from extractor.decisions.register import REGISTER, register
from extractor.decisions.store import VERDICTS, Verdict
from extractor.errors import BadSetting, NoSuchReport
from extractor.response.answers import day_in
from extractor.response.doubts import open_doubts
from extractor.response.elsewhere import OF_MANY, printed_elsewhere
from extractor.response.last_day import british_published, deadline_of, possible_days
from extractor.response.paper import Paper
from extractor.response.wording import clean
from extractor.rulebook.dates import british
from extractor.rulebook.load import load_rules
from extractor.tables.read import read_rows
from extractor.tables.rows import FindingRow, GradingRow, MentionRow, ProblemRow, ReportRow
from extractor.tables.write import rows_to_table

if TYPE_CHECKING:
    from extractor.models import Extraction

_CHECKED = ("accepted", "corrected", "added")  # verdicts by which somebody has compared a finding with its page


def paper_for(
    report: str | Extraction,
    outputs: Path | str,
    rules: Path,
    *,
    force: str | None = None,
    usual: str | None = None,
    published: str | None = None,
    verdicts: Path = VERDICTS,
    answers: Path = REGISTER,
) -> Paper:
    """Return a report with everything that its response needs.

    Args:
        report: a report_id in the tables, or what `extract` returned.
        outputs: folder of the tables.
        rules: folder of rules.
        force: force_id of the force whose answer it is; by default the one that the report is about.
        usual: force_id of the office's own force, which answers papers about many.
        published: the day of publication in any British form, where the report does not print it.
        verdicts: analysts' decisions, applied to a report of the tables.
        answers: the register, which says what doubts somebody has cleared.

    Raises:
        NoSuchReport: the tables hold no such report, or it could not be read.
        BadSetting: there is no such force, the paper is about many and no force was named, or `published` is no day
            or none that the printed date can mean.
    """
    row = _report(report, outputs)
    if published:
        row["published"] = _day_given(published, row["published"])
    force_id, name = _force(row, force or (usual if row["kind"] in OF_MANY else None), rules)
    gradings, findings, mentions, problems = _rows(report, outputs, verdicts)
    return Paper(
        report=row,
        gradings=gradings,
        findings=findings,
        due=deadline_of(row, rules),
        rules=rules,
        force_id=force_id,
        force=name,
        mentions=mentions,
        doubts=open_doubts(problems, register(answers), rules),
        cleared=_cleared(report, outputs, verdicts),
        elsewhere=printed_elsewhere(row, findings, force_id, outputs),
    )


def _day_given(words: str, printed: str | None) -> str:
    """Return the day of publication that somebody gives, YYYY-MM-DD; a printed one it cannot contradict."""
    day, span = day_in(words), possible_days(printed)
    if day is None or not day.exact:
        raise BadSetting(f"the day of publication, {words!r}, is no day; write it as 2016-02-18 or 18 February 2016")
    if span and not span[0] <= day.first <= span[1]:
        told = f"the report prints {british_published(printed)}, which cannot be {british(day.first)}"
        raise BadSetting(f"{told}; leave --published out, and correct the day in Word if the report was misread")
    return day.first.isoformat()


def _report(report: str | Extraction, outputs: Path | str) -> ReportRow:
    if not isinstance(report, str):
        return cast(ReportRow, rows_to_table("reports", [report.report]).to_pylist()[0])
    rows = read_rows("reports", outputs, report)
    if not rows:
        raise NoSuchReport(f"no report {report} in {outputs}; `peel extract` the report first, or give its file")
    if rows[0]["status"] == "failed":
        raise NoSuchReport(f"{report}: could not be read, so there is nothing to answer; see `peel extract`")
    return rows[0]


def _force(row: ReportRow, force: str | None, rules: Path) -> tuple[str | None, str]:
    """Return the force that answers and its name."""
    if force is None:
        if row["kind"] in OF_MANY and row["force_id"] is None:
            raise BadSetting(
                f"{row['report_id']} is about many forces; say whose answer it is, such as `--force cleveland`"
            )
        return row["force_id"], clean(row["force_name"]) or "the force"
    known = {each.id: each.name for each in load_rules(rules).forces}
    if force not in known:
        near = ", ".join(name for name in known if name.startswith(force[:3])) or "the force_ids of `peel list`"
        raise BadSetting(f"no force {force!r}; known are {near}")
    return force, known[force]


def _rows(
    report: str | Extraction, outputs: Path | str, verdicts: Path
) -> tuple[list[GradingRow], list[FindingRow], list[MentionRow], list[ProblemRow]]:
    if isinstance(report, str):
        return (
            cast(list[GradingRow], verified_gradings(outputs, report, verdicts)),
            cast(list[FindingRow], verified_findings(outputs, report, verdicts)),
            read_rows("mentions", outputs, report),
            read_rows("problems", outputs, report),
        )
    return (
        cast(list[GradingRow], rows_to_table("gradings", report.gradings).to_pylist()),
        cast(list[FindingRow], rows_to_table("findings", report.findings).to_pylist()),
        cast(list[MentionRow], rows_to_table("mentions", report.mentions).to_pylist()),
        cast(list[ProblemRow], rows_to_table("problems", report.problems).to_pylist()),
    )


def _cleared(report: str | Extraction, outputs: Path | str, verdicts: Path) -> dict[str, Verdict]:
    """Return who has checked which finding."""
    if not isinstance(report, str):
        return {}
    pairs = findings_and_verdicts(outputs, report, verdicts)
    return {row["finding_id"]: verdict for row, verdict in pairs if verdict and verdict.verdict in _CHECKED}
