"""The local web application: put reports in, watch them being read, review them, take the papers out.

It is the commands in another dress: the same tables, the same decisions, the same papers. `app_guard` decides who may
ask, `app_jobs` reads what is put in, `app_serve` starts it.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from extractor import review
from extractor.app.jobs import FOLDER, Jobs, keep_file
from extractor.decisions.apply import by_report, renamed
from extractor.decisions.review_file import apply_decisions
from extractor.decisions.store import VERDICTS, read_verdicts
from extractor.export.tracker import export
from extractor.reading import SUFFIXES
from extractor.response.document import respond
from extractor.review.page_pictures import page_pictures
from extractor.review.report_text import british_date
from extractor.review.review_page import review_data, review_page, why_no_pages
from extractor.tables.read import read_rows

_TEMPLATES = Path(__file__).with_name("templates")
_KINDS = {".css": "text/css", ".js": "text/javascript"}
_STATIC = {
    name: folder / name
    for folder, names in (
        (_TEMPLATES, ("app.css", "app.js")),
        (Path(review.__file__).with_name("templates"), ("base.css", "review.css", "review.js")),
    )
    for name in names
}
_STATES = {"ok": "Read in full", "partial": "Look at its problems", "failed": "Could not be read"}
_REPORT_ID = re.compile(r"[a-z0-9-]+")
_MOST_FILES = 200  # of one upload
_KEPT_PICTURES = 300
# Pages of comparison bring their style along; they have no script.
_PAPER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"


class App:
    """What the pages of the application answer.

    Args:
        outputs: folder of the tables; what is put in is kept in its folder `uploads`.
        verdicts: the file of decisions.
        largest: bytes that one upload may have.
        stop: called when the analyst stops the program.
    """

    def __init__(
        self,
        outputs: Path,
        verdicts: Path = VERDICTS,
        largest: int = 100_000_000,
        stop: Callable[[], None] = lambda: None,
    ) -> None:
        self.outputs, self.verdicts, self.largest, self.stop = outputs.absolute(), verdicts.absolute(), largest, stop
        self.jobs = Jobs(self.outputs)
        self._deciding, self._painting = threading.Lock(), threading.Lock()
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        loader = jinja2.FileSystemLoader(_TEMPLATES)
        self._templates = jinja2.Environment(
            loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
        )

    def starlette(self) -> Starlette:
        """Return the application that a server runs."""
        report = "/reports/{report_id}"
        routes = [
            Route("/", self.home),
            Route("/upload", self.upload, methods=["POST"]),
            Route("/jobs", self.progress),
            Route("/stop", self.stopped, methods=["POST"]),
            Route("/tracker.xlsx", self.tracker),
            Route(report, self.review),
            Route(f"{report}/verdicts", self.decide, methods=["POST"]),
            Route(f"{report}/pages/{{page:int}}", self.page),
            Route(f"{report}/response.docx", self.response),
            Route(f"{report}/tracker.xlsx", self.tracker),
            Route("/forces/{force}.html", self.force),
            Route("/static/{name}", self.static),
            Route("/favicon.ico", lambda _request: Response(status_code=204)),
        ]
        handlers: Mapping[Any, Any] = {HTTPException: self.refused, Exception: self.failed}
        return Starlette(routes=routes, exception_handlers=handlers)

    # pages -----------------------------------------------------------------------------------------------------------

    def home(self, _request: Request) -> Response:
        """Show what was read, and take more."""
        return self._page("home.html.j2", title="Reports", **self._overview())

    def _overview(self) -> dict[str, Any]:
        kept = [each for each in read_verdicts(self.verdicts) if each.subject != "link"]
        decided = by_report(renamed(kept, self.outputs))
        rows = read_rows("reports", self.outputs)
        findings, gradings = (
            Counter(row["report_id"] for row in read_rows(table, self.outputs, columns=("report_id",)))
            for table in ("findings", "gradings")
        )
        newest = sorted(rows, key=lambda row: (row["published"] or "", row["report_id"]), reverse=True)
        comparable = [row for row in rows if row["force_id"] and row["cycle"]]
        named = {row["force_id"]: row["force_name"] or row["force_id"] for row in comparable}
        counts = Counter(row["force_id"] for row in comparable)
        return {
            "reports": [
                _report(
                    row, findings[row["report_id"]], gradings[row["report_id"]], len(decided.get(row["report_id"], ()))
                )
                for row in newest
            ],
            "forces": [
                {"id": force, "name": name, "reports": f"{counts[force]} report{'s' * (counts[force] != 1)}"}
                for force, name in sorted(named.items())
            ],
            "jobs": self.jobs.jobs,
            "limit": self.largest,
            "limit_mb": self.largest // 1_000_000,
            "accept": ",".join(SUFFIXES),
        }

    def review(self, request: Request) -> Response:
        """Show a report beside its pages."""
        data = review_data(self._known(request)["report_id"], self.outputs, self.verdicts)
        return HTMLResponse(review_page({**data, "mode": "app"}))

    def force(self, request: Request) -> Response:
        """Show one force over the years, or the themes of all."""
        from extractor.comparison.pages import force_page, themes_page
        from extractor.comparison.year_on_year import Tables
        from extractor.errors import UnknownForce

        tables = Tables(self.outputs, None, self.verdicts)
        force = request.path_params["force"]
        try:
            shown = themes_page(tables, set(tables.forces)) if force == "themes" else force_page(tables.compare(force))
        except UnknownForce:
            raise HTTPException(404, "No report of this force was read.") from None
        return HTMLResponse(shown, headers={"Content-Security-Policy": _PAPER_POLICY})

    def page(self, request: Request) -> Response:
        """Answer with the picture of one page."""
        report, number = self._known(request), request.path_params["page"]
        if not 0 < number <= (report["pages"] or 0) or why_no_pages(report):
            raise HTTPException(404, "There is no such page to show.")
        picture = self._picture(Path(report["source"]), report["sha256"], number)
        if picture is None:
            raise HTTPException(404, "This page cannot be shown.")
        return Response(picture, media_type="image/webp", headers={"Cache-Control": "private, max-age=3600"})

    def _picture(self, source: Path, sha256: str, number: int) -> bytes | None:
        with self._painting:  # a child at a time, and each page once
            if (sha256, number) not in self._pictures:
                painted = page_pictures(source, [number])[0]
                if painted is None:
                    return None
                self._pictures[sha256, number] = painted
                if len(self._pictures) > _KEPT_PICTURES:
                    self._pictures.popitem(last=False)
            return self._pictures[sha256, number]

    def static(self, request: Request) -> Response:
        """Answer with a style or script of ours."""
        name = request.path_params["name"]
        if name not in _STATIC:
            raise HTTPException(404, "There is no such page.")
        return FileResponse(_STATIC[name], media_type=_KINDS[_STATIC[name].suffix])

    # papers ----------------------------------------------------------------------------------------------------------

    def response(self, request: Request) -> Response:
        """Answer with the Word response to a report."""
        report_id = self._known(request)["report_id"]
        with tempfile.TemporaryDirectory() as folder:
            try:
                path = respond(
                    report_id,
                    self.outputs,
                    to=Path(folder) / "response.docx",
                    verdicts=self.verdicts,
                    answers=self.verdicts.with_name("register.csv"),
                )
            except (LookupError, ValueError) as error:
                raise HTTPException(409, str(error.args[0])) from None
            return _download(path.read_bytes(), f"{report_id} response.docx")

    def tracker(self, request: Request) -> Response:
        """Answer with the Excel tracker of one report or of all."""
        reports = [self._known(request)["report_id"]] if "report_id" in request.path_params else []
        with tempfile.TemporaryDirectory() as folder:
            try:
                export(
                    self.outputs,
                    folder,
                    reports,
                    verdicts=self.verdicts,
                    answers=self.verdicts.with_name("register.csv"),
                )
            except LookupError:
                raise HTTPException(404, "No report was read yet.") from None
            return _download((Path(folder) / "tracker.xlsx").read_bytes(), f"{'-'.join(['tracker', *reports])}.xlsx")

    # what changes something ------------------------------------------------------------------------------------------

    async def upload(self, request: Request) -> Response:
        """Keep the files and put them in the queue; all or none."""
        kept: list[tuple[str, Path]] = []
        async with request.form(max_files=_MOST_FILES, max_fields=10) as form:
            files = [file for file in form.getlist("files") if not isinstance(file, str) and file.filename]
            try:
                for file in files:
                    path = await run_in_threadpool(keep_file, file.file, str(file.filename), self.outputs / FOLDER)
                    kept.append((path.name, path))
            except ValueError as error:
                raise HTTPException(415, f"{error}; nothing was read.") from None
        if kept:
            self.jobs.add(kept)
        wanted = request.headers.get("accept") == "application/json"
        return JSONResponse({"files": [name for name, _ in kept]}) if wanted else RedirectResponse("/", 303)

    def progress(self, _request: Request) -> Response:
        """Tell what became of the files so far."""
        names = ("name", "state", "words", "message")
        told = [{name: getattr(job, name) for name in names} for job in self.jobs.jobs]
        return JSONResponse({"busy": self.jobs.busy, "jobs": told})

    async def decide(self, request: Request) -> Response:
        """Take up decisions on a report."""
        report_id = self._known(request)["report_id"]
        try:
            told = await request.json()
        except (ValueError, RecursionError):
            raise HTTPException(400, "These are no decisions.") from None
        if not isinstance(told, dict) or told.get("report_id") != report_id:
            raise HTTPException(400, "These decisions are about another report.")
        try:
            decisions = await run_in_threadpool(self._decide, told)
        except ValueError as error:
            raise HTTPException(400, str(error)) from None
        return JSONResponse({"saved": len(decisions.verdicts), "withdrawn": len(decisions.withdrawn)})

    def _decide(self, told: Any) -> Any:
        with self._deciding:
            return apply_decisions(told, self.outputs, self.verdicts)

    def stopped(self, _request: Request) -> Response:
        """Stop the program."""
        self.stop()
        return self._page("message.html.j2", title="Stopped", message="You can close this window.", back=False)

    # answers ---------------------------------------------------------------------------------------------------------

    def _known(self, request: Request) -> dict[str, Any]:
        """Return the row of the report that is asked for."""
        report_id = request.path_params["report_id"]
        rows = read_rows("reports", self.outputs, report_id) if _REPORT_ID.fullmatch(report_id) else []
        if not rows:
            raise HTTPException(404, "This report is not in the tables.")
        return dict(rows[0])

    def refused(self, request: Request, error: Exception) -> Response:
        """Answer a request that cannot be fulfilled, with the reason."""
        assert isinstance(error, HTTPException)
        return self._sorry(request, error.status_code, error.detail)

    def failed(self, request: Request, error: Exception) -> Response:
        """Answer when the program itself is wrong, or a file cannot be read or written."""
        words = f"{error.filename or ''}: {error.strerror or error}" if isinstance(error, OSError) else str(error)
        return self._sorry(request, 500, f"{type(error).__name__}: {words}")

    def _sorry(self, request: Request, status: int, message: str) -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            return JSONResponse({"message": message}, status)
        answer = self._page("message.html.j2", title="That did not work", message=message, back=True)
        answer.status_code = status
        return answer

    def _page(self, template: str, **values: Any) -> HTMLResponse:
        return HTMLResponse(self._templates.get_template(template).render(**values))


def _report(row: Mapping[str, Any], findings: int, gradings: int, decided: int) -> dict[str, Any]:
    return {
        "id": row["report_id"],
        "title": row["title"] or Path(row["source"]).name,
        "published": british_date(row["published"]),
        "findings": findings,
        "total": max(findings + gradings, decided),
        "decided": decided,
        "status": row["status"],
        "state": _STATES.get(row["status"], row["status"]),
    }


def _download(data: bytes, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": disposition})
