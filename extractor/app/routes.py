"""The local web application: put reports in, watch them being read, review, answer, check and track them.

It is the commands in another dress: the same tables, the same decisions, the same papers. `guard` decides who may ask,
`jobs` reads what is put in, `desk` keeps what the tables hold, `serve` starts it. Which function answers which address
is listed here; ids are checked by their form before anything looks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from extractor import review
from extractor.app.changes import Changes
from extractor.app.jobs import Jobs
from extractor.app.office import Office
from extractor.app.pages import Pages
from extractor.app.papers import Papers
from extractor.app.refusals import next_of, title_of, words_of
from extractor.decisions.store import VERDICTS
from extractor.errors import PeelError

Answer = Callable[[Request], Response]

_KINDS = {".css": "text/css", ".js": "text/javascript"}
_STATIC = {
    name: folder / name
    for folder, names in (
        (Path(__file__).with_name("templates"), ("app.css", "app.js")),
        (Path(review.__file__).with_name("templates"), ("base.css", "review.css", "review.js")),
    )
    for name in names
}


class _Text(Convertor[str]):
    """A part of an address that has the form of its kind."""

    def convert(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_string(self, value: str) -> str:
        """Return it as it is."""
        return value


class _ReportId(_Text):
    regex = "[a-z0-9][a-z0-9-]{0,150}"


class _Slug(_Text):
    regex = "[a-z][a-z-]{0,60}"


class _Document(_Text):
    regex = r"[^/\\\x00-\x1f]{1,150}\.docx"


for _name, _kind in (("report", _ReportId), ("slug", _Slug), ("document", _Document)):
    register_url_convertor(_name, _kind())


class App:
    """What the addresses of the application answer; the arguments are those of `Office`."""

    def __init__(
        self,
        outputs: Path,
        verdicts: Path = VERDICTS,
        largest: int = 100_000_000,
        stop: Callable[[], None] = lambda: None,
    ) -> None:
        self.office = Office(outputs, verdicts, largest, stop)
        self.pages, self.papers, self.changes = Pages(self.office), Papers(self.office), Changes(self.office)

    @property
    def jobs(self) -> Jobs:
        """The queue of files."""
        return self.office.jobs

    def warm(self) -> None:
        """Read the tables, make the index and let pages be made before somebody asks."""
        made = self.pages.made
        made.is_starting = True
        try:
            self.office.desk.duties()
            self.office.desk.keep()
            made.start()
            self.office.index()
        except (PeelError, OSError, ValueError):
            return  # whoever asks is told
        finally:
            made.is_starting = False

    def starlette(self) -> Starlette:
        """Return the application that a server runs."""
        handlers: Mapping[Any, Any] = {
            HTTPException: self.refused,
            PeelError: self.unfit,
            OSError: self.without_file,
            Exception: self.failed,
        }
        return Starlette(routes=[*self._reading(), *self._changing()], exception_handlers=handlers)

    def _reading(self) -> list[Route]:
        pages, papers, report = self.pages, self.papers, "/reports/{report_id:report}"
        return [
            Route("/", self._once(self._is_reading, pages.home)),
            Route("/jobs", pages.progress),
            Route("/search", self._once(self._is_indexing, pages.search)),
            Route("/register", self._once(self._is_reading, pages.register)),
            Route("/forces", self._once(self._is_reading, pages.forces)),
            Route("/forces/{force:slug}.html", pages.force),
            Route("/grades", self._once(self._is_reading, pages.grades)),
            Route("/settings", pages.settings, methods=["GET"]),
            Route("/help", pages.help),
            Route("/stop", pages.sure_to_stop, methods=["GET"]),
            Route("/tracker.xlsx", papers.tracker),
            Route("/all.zip", papers.everything),
            Route(report, pages.report),
            Route(f"{report}/review", pages.review),
            Route(f"{report}/pages/{{page:int}}", papers.page),
            Route(f"{report}/response.docx", papers.response),
            Route(f"{report}/tracker.xlsx", papers.tracker),
            Route(f"{report}/all.zip", papers.everything),
            Route(f"{report}/answers/{{name:document}}", self.changes.checked, methods=["GET"]),
            Route(f"{report}/publication/{{name:document}}", papers.publication),
            Route(f"{report}/sure/{{what:slug}}", pages.sure),
            Route("/static/{name}", self.static),
            Route("/favicon.ico", lambda _request: Response(status_code=204)),
        ]

    def _once(
        self, is_busy: Callable[[], object], page: Callable[[Request], Response]
    ) -> Callable[[Request], Response]:
        """Return a page that says so while so many reports are taken up that one would have to wait for it."""

        def shown(request: Request) -> Response:
            return self.pages.being_read(request) if is_busy() else page(request)

        return shown

    def _is_reading(self) -> bool:
        return self.office.desk.reading > 0

    def _is_indexing(self) -> bool:
        return self._is_reading() or self.office.is_indexing

    def _changing(self) -> list[Route]:
        changes, report, post = self.changes, "/reports/{report_id:report}", ["POST"]
        return [
            Route("/upload", changes.upload, methods=post),
            Route("/register", changes.tracker, methods=post),
            Route("/settings", changes.settings, methods=post),
            Route("/stop", changes.stopped, methods=post),
            Route(f"{report}/verdicts", changes.decide, methods=post),
            Route("/forces/{force:slug}/links", changes.link, methods=post),
            Route(f"{report}/check", changes.check, methods=post),
            Route(f"{report}/answers/{{name:document}}", changes.answers, methods=post),
            Route(f"{report}/dates", changes.dates, methods=post),
            Route(f"{report}/again", changes.again, methods=post),
            Route(f"{report}/remove", changes.remove, methods=post),
        ]

    def static(self, request: Request) -> Response:
        """Answer with a style or script of ours."""
        name = request.path_params["name"]
        if name not in _STATIC:
            raise HTTPException(404, "There is no such page.")
        return FileResponse(_STATIC[name], media_type=_KINDS[_STATIC[name].suffix])

    def refused(self, request: Request, error: Exception) -> Response:
        """Answer a request that cannot be fulfilled, with the reason."""
        assert isinstance(error, HTTPException)
        return self._sorry(request, error.status_code, words_of(error.status_code, error.detail))

    def unfit(self, request: Request, error: Exception) -> Response:
        """Answer where something has to be mended by the user first: a file of decisions, a setting, a table."""
        return self._sorry(request, 409, str(error))

    def without_file(self, request: Request, error: Exception) -> Response:
        """Answer where a file cannot be read or written."""
        assert isinstance(error, OSError)
        return self._sorry(request, 409, f"{error.filename or 'A file'}: {error.strerror or error}.")

    def failed(self, request: Request, error: Exception) -> Response:
        """Answer when the program itself is wrong."""
        return self._sorry(request, 500, f"{words_of(500, 'Internal Server Error')} ({type(error).__name__}: {error})")

    def _sorry(self, request: Request, status: int, message: str) -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            return JSONResponse({"message": message}, status)
        told = {"title": title_of(status), "message": message, "then": next_of(status)}
        answer = self.office.page("message.html.j2", request, back=True, **told)
        answer.status_code = status
        return answer
