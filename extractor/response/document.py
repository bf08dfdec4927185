"""Write the response to a report as a Word document, pre-filled from the tables.

The document is made from a template that an office can edit in Word; built in is `rules/response/response.docx`. A
list of what was printed where travels inside the file, so that `response_check` can find every item again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.decisions.register import REGISTER
from extractor.decisions.store import VERDICTS
from extractor.errors import NoSuchReport, WouldOverwrite
from extractor.reading import SUFFIXES
from extractor.response.answered_paper import paper_for
from extractor.response.draft_store import DraftStore
from extractor.response.filled import embed, is_untouched
from extractor.response.last_day import possible_days
from extractor.response.office import office_for
from extractor.response.paper import Paper
from extractor.response.read_back import fill_in, held_values
from extractor.response.render import fill
from extractor.response.template_values import Values, compose
from extractor.rulebook.folder import rules_root
from extractor.settings import read_single
from extractor.tables.read import read_rows
from extractor.tables.sources import file_of

if TYPE_CHECKING:
    from extractor.models import Extraction

FOLDER = "responses"


def report_and_problems(
    source: str, outputs: Path | str, rules: Path | None = None
) -> tuple[str, list[dict[str, Any]]]:
    """Return the id of the report to answer and what to look at first; a file is extracted into the tables.

    A file goes the way of `extract`: in a child of its own, with limits and a receipt; what is unchanged is not read
    again.

    Args:
        source: a report_id in the tables, or the path of a PDF or saved web page.
        outputs: folder of the tables.
        rules: folder of rules, by default those built in.

    Raises:
        NoSuchReport: there is nothing to read at that path.
    """
    report_id = source
    if Path(source).suffix.lower() in SUFFIXES or Path(source).is_file():
        from extractor.runs.run import extract_many

        results = extract_many([source], outputs, workers=1, rules=rules).results
        if not results:
            raise NoSuchReport(f"{source}: nothing to read here; give a PDF or a saved web page")
        report_id = results[0].report_id
    problems = read_rows("problems", outputs, report_id)
    return report_id, [dict(row) for row in problems if row["severity"] != "note"]


def respond(
    report: str | Extraction,
    outputs: Path | str,
    *,
    force: str | None = None,
    template: Path | str | None = None,
    settings: Mapping[str, Any] | Path | str | None = None,
    to: Path | str | None = None,
    rules: Path | None = None,
    published: str | None = None,
    verdicts: Path = VERDICTS,
    answers: Path = REGISTER,
) -> Path:
    """Write the Word response to a report and the table `actions`, and return the document's path.

    Args:
        report: a report_id in the tables, or what `extract` returned.
        outputs: folder of the tables.
        force: force_id of the force whose answer it is; by default the one that the report is about.
        template: a Word template; by default the one built in.
        settings: names of `office.SETTINGS` with their values, or a TOML file of them.
        to: a .docx file, or a folder; by default `<outputs>/responses/<report_id>.docx`.
        rules: folder of rules, by default those built in.
        published: the day of publication in any British form, where the report does not print it.
        verdicts: analysts' decisions, applied to a report of the tables.
        answers: the register; what it holds stands in the document already.

    Raises:
        LookupError: the tables hold no such report.
        TemplateProblem: the template is not a Word document, or asks for values that do not exist.
        ValueError: a setting or the publication date is not valid, or somebody has worked in the document already.
        OSError: a file cannot be read or written.
    """
    folder = rules or rules_root()
    about = report if isinstance(report, str) else report.report.report_id
    final = _free_place(to, outputs, about, force)
    chosen = _settings(settings)
    day = published or chosen.get("published")
    told = {name: str(value) for name, value in (("published", day), ("usual", chosen.get("force"))) if value}
    paper = paper_for(report, outputs, folder, force=force, verdicts=verdicts, answers=answers, **told)
    office = office_for(paper.report | {"force_id": paper.force_id}, chosen, folder)
    unanswered = [row for row in paper.asked if row["finding_id"] not in paper.no_answer]
    store = DraftStore(outputs, folder)
    drafts = store.of_items(about, unanswered, paper.gradings)
    values = compose(paper, drafts, office, chosen.get("house_capitals") or ())
    form = _template(template, chosen.get("template"), outputs, folder)
    document = _filled(form, paper, values, held_values(about, values.references, answers))
    store.keep(about, drafts, unanswered, paper.gradings)
    return save(document, final)


def _filled(form: Path, paper: Paper, values: Values, held: Mapping[str, str]) -> Any:
    """Return the document made from a template, with what the register holds and the list of what was printed."""
    document = fill(form, values.by_name(), trusted=form.is_relative_to(rules_root()))
    fill_in(document, held)
    span = possible_days(paper.report["published"])
    embed(
        document,
        paper.report["report_id"],
        values.items,
        due=paper.due.last if paper.due.exact else None,
        published=span[0] if span and span[0] == span[1] else None,
        base=held,
        by_law=paper.by_law,
        cautions={caution.number: caution.id for caution in values.cautions},
    )
    return document


def copy_template(to: Path, rules: Path | None = None) -> Path:
    """Write a copy of the built-in template for an office to edit.

    Raises:
        ValueError: there is a file of that name.
        OSError: it cannot be written.
    """
    if to.exists():
        raise WouldOverwrite(f"{to}: there is a file of that name; give another")
    shutil.copyfile((rules or rules_root()) / "response" / "response.docx", to)
    return to


def _settings(settings: Mapping[str, Any] | Path | str | None) -> dict[str, Any]:
    return dict(settings or {}) if settings is None or isinstance(settings, Mapping) else read_single(Path(settings))


def _template(named: Path | str | None, usual: str | None, outputs: Path | str, rules: Path) -> Path:
    """Return the template to fill in: the one named, else the office's, else the one built in."""
    if named:
        return Path(named)
    return file_of(usual, outputs) if usual else rules / "response" / "response.docx"


def _free_place(to: Path | str | None, outputs: Path | str, report_id: str, force: str | None) -> Path:
    """Return where the document shall lie; where somebody has worked in one that lies there, it stays."""
    final = _place(to, outputs, report_id, force)
    if final.exists() and not is_untouched(final):
        raise WouldOverwrite(f"{final}: somebody has worked in this document; move it away, or name another with --to")
    return final


def _place(to: Path | str | None, outputs: Path | str, report_id: str, force: str | None) -> Path:
    name = f"{report_id}-{force}.docx" if force and not report_id.endswith(f"-{force}") else f"{report_id}.docx"
    if to is None:
        return Path(outputs) / FOLDER / name
    return Path(to) / name if Path(to).is_dir() else Path(to)


def save(document: Any, final: Path) -> Path:
    """Write a document, whole or not at all, and return its path.

    Raises:
        OSError: it cannot be written.
    """
    final.parent.mkdir(parents=True, exist_ok=True)
    partial = final.with_name(f".{final.name}.{os.getpid()}.partial")
    try:
        document.save(str(partial))
        partial.replace(final)
    finally:
        partial.unlink(missing_ok=True)
    return final
