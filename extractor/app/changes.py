"""What changes something: files put in, decisions, answers and days for the register, removing, settings, stopping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from extractor.app.desk import Held
from extractor.app.jobs import FOLDER, keep_file, safe_name
from extractor.app.office import Office
from extractor.app.papers import answer_file
from extractor.app.signed import LONGEST, name_of, remember
from extractor.app.views import DATES
from extractor.decisions.ledger import is_day
from extractor.decisions.register import Entry, record, value_of
from extractor.decisions.review_file import apply_decisions
from extractor.errors import PeelError, UnreadableFile
from extractor.export.tracker_back import take_back
from extractor.phrasing import count
from extractor.response.check import Gap, check_response
from extractor.response.filled import Filled
from extractor.response.read_back import read_response
from extractor.runs.receipts import ReportTables
from extractor.settings import LABELS, write_settings
from extractor.tables import storage
from extractor.tables.sources import file_of

_MOST_FILES = 200  # of one upload


class Changes:
    """Answers requests that change something."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def upload(self, request: Request) -> Response:
        """Keep the files and put them in the queue; all or none."""
        kept: list[tuple[str, Path]] = []
        async with request.form(max_files=_MOST_FILES, max_fields=10) as form:
            files = [file for file in form.getlist("files") if not isinstance(file, str) and file.filename]
            try:
                named = [(safe_name(str(file.filename)), file) for file in files]
            except ValueError as error:
                raise HTTPException(415, f"{error}; nothing was read.") from None
            for name, file in named:
                path = await run_in_threadpool(keep_file, file.file, name, self.office.outputs / FOLDER)
                kept.append((path.name, path))
        if kept:
            self.office.jobs.add(kept)
        wanted = request.headers.get("accept") == "application/json"
        return JSONResponse({"files": [name for name, _ in kept]}) if wanted else RedirectResponse("/", 303)

    async def decide(self, request: Request) -> Response:
        """Take up decisions on a report."""
        report_id = self.office.known(request).id
        try:
            told = await request.json()
        except (ValueError, RecursionError):
            raise HTTPException(400, "These are no decisions.") from None
        if not isinstance(told, dict) or told.get("report_id") != report_id:
            raise HTTPException(400, "These decisions are about another report.")
        by = _signature(told)
        try:
            decisions = await run_in_threadpool(self._decide, told)
        except ValueError as error:
            raise HTTPException(400, str(error)) from None
        saved = {"saved": len(decisions.verdicts), "withdrawn": len(decisions.withdrawn)}
        return remember(JSONResponse(saved), by)

    def _decide(self, told: Any) -> Any:
        with self.office.writing:
            return apply_decisions(told, self.office.outputs, self.office.verdicts)

    async def link(self, request: Request) -> Response:
        """Take up a verdict on whether two findings of a force are one problem."""
        async with request.form(max_files=0, max_fields=5) as form:
            told = {name: str(form.get(name, "")) for name in ("earlier", "later", "word")}
            by = str(form.get("by", "")).strip()[:LONGEST] or name_of(request)
        if not by:
            return self.office.page("name.html.j2", request, fields=told)
        try:
            force = await run_in_threadpool(self._link, **told, by=by)
        except (PeelError, ValueError) as error:
            raise HTTPException(400, str(error)) from None
        return remember(RedirectResponse(f"/forces/{force}.html", 303), by)

    def _link(self, earlier: str, later: str, word: str, by: str) -> str:
        from extractor.comparison.year_on_year import Tables, decide

        verdicts = self.office.verdicts
        with self.office.writing:
            return decide(Tables(self.office.outputs, None, verdicts), earlier, later, word, verdicts, by)

    # the filled-in response ------------------------------------------------------------------------------------------

    async def check(self, request: Request) -> Response:
        """Keep a filled-in response, and tell what it still lacks."""
        held = self.office.known(request)
        async with request.form(max_files=1, max_fields=5) as form:
            file = form.get("file")
            if file is None or isinstance(file, str) or not file.filename:
                raise HTTPException(400, "Choose the Word file first.")
            try:
                name = safe_name(str(file.filename), (".docx",), "a Word document (.docx) nor anything else to check")
            except ValueError as error:
                raise HTTPException(415, str(error)) from None
            path = await run_in_threadpool(keep_file, file.file, name, self.office.outputs / "answers" / held.id)
        return RedirectResponse(f"/reports/{held.id}/answers/{path.name}", 303)

    def checked(self, request: Request) -> Response:
        """Show what a filled-in response still lacks."""
        held, name = self.office.known(request), request.path_params["name"]
        path = answer_file(self.office, held.id, name)
        try:
            gaps, mistake = self._gaps(path, held), ""
        except PeelError as error:
            gaps, mistake = [], str(error).replace(f"{path}: ", "")
        return self._check_page(request, held, gaps, mistake=mistake)

    def _check_page(self, request: Request, held: Held, gaps: Sequence[Gap], **told: Any) -> Response:
        shown = {"mistake": "", "merged": None, "added": "", **told}
        return self.office.page(
            "check.html.j2",
            request,
            report={"id": held.id, "title": held.title},
            name=request.path_params["name"],
            by=name_of(request),
            needed=[gap for gap in gaps if gap.needed],
            others=[gap for gap in gaps if not gap.needed],
            **shown,
        )

    def _gaps(self, path: Path, held: Held) -> list[Gap]:
        if Filled(path).report_id != held.id:
            raise PeelError("this is the response to another report; put it in there")
        return list(check_response(path))

    async def answers(self, request: Request) -> Response:
        """Take the answers of a checked response into the register."""
        held, name = self.office.known(request), request.path_params["name"]
        path = answer_file(self.office, held.id, name)
        async with request.form(max_files=0, max_fields=5) as form:
            by = str(form.get("by", "")).strip()[:LONGEST] or name_of(request)
        try:
            gaps = await run_in_threadpool(self._gaps, path, held)
            merged = await run_in_threadpool(read_response, path, self.office.register, by=by)
        except PeelError as error:
            raise HTTPException(409, str(error)) from None
        added = count(len(merged.added), "answer")
        return remember(self._check_page(request, held, gaps, merged=merged, added=added), by)

    async def tracker(self, request: Request) -> Response:
        """Take the answers of a filled-in Excel tracker into the register, and tell what became of them."""
        async with request.form(max_files=1, max_fields=5) as form:
            file, by = form.get("file"), str(form.get("by", "")).strip()[:LONGEST]
            if file is None or isinstance(file, str) or not file.filename:
                raise HTTPException(400, "Choose the Excel file first.")
            if not by:
                raise HTTPException(400, "Type your name or initials, too: what the register holds is signed.")
            try:
                name = safe_name(str(file.filename), (".xlsx",), "an Excel workbook (.xlsx) nor anything else to take")
            except ValueError as error:
                raise HTTPException(415, str(error)) from None
            path = await run_in_threadpool(keep_file, file.file, name, self.office.outputs / "answers" / "trackers")
        try:
            merged = await run_in_threadpool(take_back, path, self.office.register, by=by)
        except UnreadableFile as error:
            raise HTTPException(400, str(error).replace(str(path), path.name)) from None
        added = count(len(merged.added), "answer")
        return remember(self.office.page("tracker.html.j2", request, name=path.name, merged=merged, added=added), by)

    async def dates(self, request: Request) -> Response:
        """Write down when a response was published and sent."""
        held = self.office.known(request)
        async with request.form(max_files=0, max_fields=10) as form:
            given = {name: str(form.get(name, "")).strip() for name in (*DATES, "by")}
        if not given["by"]:
            raise HTTPException(400, "Type your name or initials, too: what the register holds is signed.")
        await run_in_threadpool(self._record, held, given)
        return remember(RedirectResponse(f"/reports/{held.id}?done=dates#track", 303), given["by"])

    def _record(self, held: Held, given: Mapping[str, str]) -> None:
        state, today = self.office.desk.register(), date.today().isoformat()
        for name, words in DATES.items():
            if given[name] and not is_day(given[name]):
                raise HTTPException(400, f"{words}: “{given[name][:40]}” is no day; give it as year-month-day.")
        changed = [name for name in DATES if given[name] != value_of(state, held.id, name)]
        record(
            [Entry(held.id, name, given[name], given["by"][:LONGEST], today, "peel app") for name in changed],
            self.office.register,
        )

    # reports ---------------------------------------------------------------------------------------------------------

    def again(self, request: Request) -> Response:
        """Read a report again from its file."""
        held = self.office.known(request)
        source = file_of(held.row["source"], self.office.outputs)
        if not source.is_file():
            raise HTTPException(409, f"{source} is not there any more. Add the file again on the first page.")
        self.office.jobs.add([(source.name, source)], fresh=True)
        return RedirectResponse("/?done=again", 303)

    def remove(self, request: Request) -> Response:
        """Take a report out of the tables."""
        ReportTables(storage.place(self.office.outputs)).remove(self.office.known(request).id)
        return RedirectResponse("/?done=removed", 303)

    async def settings(self, request: Request) -> Response:
        """Save the office's settings."""
        async with request.form(max_files=0, max_fields=20) as form:
            given = {name: str(form.get(name, "")) for name in LABELS}
        try:
            await run_in_threadpool(write_settings, self.office.settings_file, given)
        except PeelError as error:
            raise HTTPException(400, str(error)) from None
        return RedirectResponse("/settings?done=saved", 303)

    def stopped(self, request: Request) -> Response:
        """Stop the program, once the page that says so has been sent."""
        page = self.office.page(
            "message.html.j2",
            request,
            title="Stopped",
            then="",
            message="You can close this window. Everything is saved; `peel app` or its start icon starts it again.",
            back=False,
        )
        page.background = BackgroundTask(self.office.stop)
        return page


def _signature(told: Mapping[str, Any]) -> str:
    """Return who signed the decisions of a review page.

    Raises:
        HTTPException: 400, one of them is not signed.
    """
    entries = told.get("verdicts")
    named = [each for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
    names = [_as_kept(each.get("by")) for each in named]
    if not all(names):
        raise HTTPException(400, "Type your name or initials first: every decision is signed.")
    return names[-1] if names else ""


def _as_kept(name: Any) -> str:
    """Return a name as it will be written down, "" where none will be."""
    return "".join(letter for letter in name if letter.isprintable()).strip() if isinstance(name, str) else ""
