"""Write the tables for people: an Excel tracker, CSV copies and the grades as web pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.decisions.register import REGISTER, Merged, register
from extractor.decisions.store import VERDICTS
from extractor.export.csv_copies import CsvCopies
from extractor.export.exported_rows import ExportedRows, ReportRows
from extractor.export.frames import ParquetCopies
from extractor.export.grade_matrix import matrix_files
from extractor.export.report_links import ReportLinks
from extractor.export.tracker_back import remember, take_back
from extractor.export.tracker_book import TrackerBook
from extractor.export.tracker_items import TrackerItems
from extractor.export.whole_files import whole
from extractor.response.draft_store import DraftStore
from extractor.response.last_day import deadline_of
from extractor.rulebook.folder import rules_root
from extractor.tables.schemas import PER_REPORT
from extractor.tables.sources import root_of

Row = Mapping[str, Any]

FOLDER = "export"
_GRADED = ("report_id", "level", "question", "question_id", "grade", "basis", "origin_cycle")  # what grade pages show


def export(
    outputs: Path | str,
    to: Path | str | None = None,
    reports: Sequence[str] = (),
    rules: Path | None = None,
    verdicts: Path = VERDICTS,
    answers: Path = REGISTER,
    on_merged: Callable[[Merged], None] = lambda _merged: None,
    *,
    maps: bool = False,
) -> list[Path]:
    """Write tracker, CSV copies and grade pages of the reports in the tables; return the paths written.

    Args:
        outputs: folder of the tables.
        to: folder to write into; by default `<outputs>/export`.
        reports: report_ids; by default all.
        rules: folder of rules, by default those built in.
        verdicts: analysts' decisions, applied to what is exported.
        answers: the register; what people wrote in the tracker that is there goes into it first.
        on_merged: is told what was taken over from that tracker, and what others had answered otherwise.
        maps: with a map of the forces for each question of a cycle.

    Raises:
        LookupError: the tables hold none of the reports asked for.
        OSError: a file cannot be written.
    """
    folder, target = rules or rules_root(), Path(to) if to else Path(outputs) / FOLDER
    rows = ExportedRows(outputs, reports, verdicts)
    target.mkdir(parents=True, exist_ok=True)
    tracker = target / "tracker.xlsx"
    on_merged(take_back(tracker, answers, rules=folder))
    items = TrackerItems(folder, register(answers), rows.earlier())
    with ExitStack() as until:
        book = until.enter_context(TrackerBook(until.enter_context(whole(tracker, keep=True)), folder))
        copies, frames = CsvCopies(target, until), ParquetCopies(target, until)
        sheets = _Tracker(book, items, DraftStore(outputs, folder), ReportLinks(root_of(outputs), target.absolute()))
        graded = _write_all(rows, sheets, copies, frames)
    remember(tracker)
    return [tracker, *copies.paths, *frames.paths, *_grade_pages(target, *graded, folder, maps=maps)]


@dataclass(frozen=True, slots=True)
class _Tracker:
    """The workbook with what its rows are joined from."""

    book: TrackerBook
    items: TrackerItems
    drafts: DraftStore
    links: ReportLinks

    def add(self, each: ReportRows) -> Sequence[Row]:
        """Write a report's rows; return the drafts of its actions."""
        report, findings, gradings = each.report, each.tables["findings"], each.tables["gradings"]
        if report is None:
            self.book.add_gradings(None, None, gradings)
            return []
        drafts = self.drafts.drafts(report["report_id"], findings, gradings)
        due, address = deadline_of(report, self.items.rules), self.links.address(report["source"])
        items = self.items.of_report(report, due, address, findings, gradings, drafts)
        self.book.add(report, due, items, each.tables["problems"])
        self.book.add_gradings(report, address, gradings)
        return drafts


def _write_all(
    rows: ExportedRows, tracker: _Tracker, copies: CsvCopies, frames: ParquetCopies
) -> tuple[list[Row], list[Row]]:
    """Write one report after another into the tracker and the copies; return the reports with all their grades."""
    reports: list[Row] = []
    gradings: list[Row] = []
    for each in rows:
        for name in PER_REPORT:
            copies.add(name, each.tables[name])
            frames.add(name, each.tables[name])
        copies.add("actions", tracker.add(each))
        reports += [each.report] if each.report else []
        gradings += [{name: row[name] for name in _GRADED} for row in each.tables["gradings"]]
    for name, own in rows.of_forces():
        copies.add(name, own)
    return reports, gradings


def _grade_pages(
    target: Path, reports: Sequence[Row], gradings: Sequence[Row], folder: Path, *, maps: bool
) -> list[Path]:
    (target / "grades").mkdir(exist_ok=True)
    files = matrix_files(reports, gradings, folder, maps=maps)
    for name, text in files.items():
        with whole(target / "grades" / name) as path:
            path.write_text(text, encoding="utf-8")
    return [target / "grades" / name for name in files]
