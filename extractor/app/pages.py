"""The pages that tell: what is due, a report's steps, findings by their words, the register, forces, settings, help."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from extractor.app import views
from extractor.app.learnt_themes import LearntThemes
from extractor.app.listing import listing
from extractor.app.made_pages import MadePages
from extractor.app.office import Office
from extractor.app.page_process import BeingMade
from extractor.app.papers import force_choice
from extractor.app.signed import name_of
from extractor.comparison.pages import script_source as lanes_script_source
from extractor.decisions.search import Filter, find
from extractor.decisions.written import remark
from extractor.errors import BadSetting, UnknownForce
from extractor.export.grade_matrix import script_source
from extractor.phrasing import count, pages
from extractor.reading import SUFFIXES
from extractor.review.review_page import review_data, review_page
from extractor.rulebook.load import load_rules
from extractor.settings import LABELS, read_settings
from extractor.vocabulary import KIND_NAMES

_MOST_HITS = 500
_PATIENCE = 0.3  # seconds that a page is waited for, before another says that it is being made
_SEARCHED = ("words", "force", "question", "year", "kind", "theme")
_DONE = {
    "removed": "The report was removed from the tables. Its file, decisions and documents are still there.",
    "again": "The report is being read again.",
    "saved": "Saved.",
    "dates": "The days are in the register.",
}


class Pages:
    """Answers with pages."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.made = MadePages(office.desk)
        self.themes = LearntThemes(office.outputs, office.verdicts, self.made.is_ahead)

    def home(self, request: Request) -> Response:
        """Show what is due, what is new and what is in doubt, and take more reports."""
        asked = dict(request.query_params)
        return self.office.page(
            "home.html.j2",
            request,
            done=_DONE.get(asked.get("done", ""), ""),
            remark=remark(self.office.verdicts),
            jobs=self.office.jobs,
            limit=self.office.largest,
            limit_mb=self.office.largest // 1_000_000,
            accept=",".join(SUFFIXES),
            **views.home(self.office.desk, asked),
        )

    def being_read(self, request: Request) -> Response:
        """Say that the tables are being read; the browser asks for the page again by itself."""
        message = "There are many reports, and some are new to this program; the next start is quicker."
        return self._wait(request, "The tables are being read", message)

    def _wait(self, request: Request, title: str, message: str) -> Response:
        """Say what is waited for; the browser asks for the page again by itself."""
        told = {"title": title, "message": message, "then": "This page goes on by itself in a moment."}
        answer = self.office.page("message.html.j2", request, back=False, **told)
        answer.headers["Refresh"] = "1"
        return answer

    def progress(self, _request: Request) -> Response:
        """Tell what became of the files so far."""
        names = ("name", "state", "words", "message", "report_id")
        jobs = self.office.jobs
        told = [{name: getattr(job, name) for name in names} for job in jobs.jobs]
        return JSONResponse({"busy": jobs.busy, "told": jobs.told, "jobs": told})

    def report(self, request: Request) -> Response:
        """Show a report and its five steps."""
        held = self.office.known(request)
        done = _DONE.get(request.query_params.get("done", ""), "")
        answers = self._answers(held.id)
        values = views.report(self.office.desk, held)
        own = {"by": name_of(request), "forces": force_choice(self.office) if values["asks_force"] else None}
        return self.office.page("report.html.j2", request, report=values, done=done, answers=answers, **own)

    def _answers(self, report_id: str) -> list[str]:
        folder = self.office.outputs / "answers" / report_id
        return sorted(path.name for path in folder.glob("*.docx")) if folder.is_dir() else []

    def review(self, request: Request) -> Response:
        """Show a report beside its pages."""
        data = review_data(self.office.known(request).id, self.office.outputs, self.office.verdicts)
        return HTMLResponse(review_page({**data, "mode": "app", "by": name_of(request)}))

    def search(self, request: Request) -> Response:
        """Show findings by their words."""
        office, asked = self.office, dict(request.query_params)
        wanted = {name: asked.get(name, "") for name in _SEARCHED}
        only = Filter(**{name: wanted[name].strip() for name in _SEARCHED if name != "words"})
        is_asked = any(value.strip() for value in wanted.values())
        hits, mistake = [], ""
        try:
            if is_asked:
                hits = find(wanted["words"], office.outputs, office.verdicts, only, most=_MOST_HITS, themed=self.themes)
        except BeingMade:
            return self._wait(request, "The themes are being learnt", "Tables or decisions have changed.")
        except (BadSetting, UnknownForce) as error:
            mistake = str(error)
        shown = listing(hits, {**wanted, "page": asked.get("page", "1")})
        told = [{**asdict(hit), "where": pages(hit.page_first, label=hit.page_label)} for hit in shown.entries]
        return office.page(
            "search.html.j2",
            request,
            wanted=wanted,
            asked=is_asked,
            listing=shown,
            hits=told,
            mistake=mistake,
            more=len(hits) == _MOST_HITS,
            kinds={kind: names[0] for kind, names in KIND_NAMES.items()},
            themes=self.themes.names(),
        )

    def register(self, request: Request) -> Response:
        """Show what was recommended and where it stands."""
        values = views.register_page(self.office.desk, dict(request.query_params), load_rules().choices)
        return self.office.page("register.html.j2", request, by=name_of(request), **values)

    def forces(self, request: Request) -> Response:
        """List the forces that have a page."""
        held = self.office.desk.reports().values()
        rows = [each.row for each in held if each.force_id and each.row["cycle"]]
        counts = Counter(row["force_id"] for row in rows)
        named = {row["force_id"]: row["force_name"] or row["force_id"] for row in rows}
        forces = [(force, name, count(counts[force], "report")) for force, name in sorted(named.items())]
        return self.office.page("forces.html.j2", request, forces=forces)

    def force(self, request: Request) -> Response:
        """Show one force over the years, or the themes of all."""
        force, asked = request.path_params["force"], request.query_params
        try:
            made = self.made
            shown = made.part(force, asked, _PATIENCE) if "part" in asked else made.force(force, _PATIENCE)
        except BeingMade:
            return self._wait(request, "The comparison is being made", "The words of all findings are being weighed.")
        if shown is None:
            raise HTTPException(404, "No report of this force was read.")
        return _with_own_style(shown, lanes_script_source())

    def grades(self, request: Request) -> Response:
        """Show the grades: forces by questions of a cycle, or one force by cycles."""
        shown = self.made.grades(request.query_params.get("view", ""))
        if shown is None:
            raise HTTPException(404, "No report with grades was read yet.")
        return _with_own_style(shown, script_source())

    def settings(self, request: Request) -> Response:
        """Show the office's settings in a form."""
        mistake, held = "", {}
        try:
            held = read_settings(self.office.settings_file)
        except (BadSetting, UnknownForce) as error:
            mistake = str(error)
        fields = [(name, label, _words(held.get(name, ""))) for name, label in LABELS.items()]
        done = _DONE.get(request.query_params.get("done", ""), "")
        return self.office.page(
            "settings.html.j2", request, fields=fields, mistake=mistake, done=done, places=self._places()
        )

    def help(self, request: Request) -> Response:
        """Explain the program."""
        return self.office.page("help.html.j2", request, places=self._places())

    def _places(self) -> list[tuple[str, Path]]:
        office = self.office
        return [
            ("Tables", office.outputs),
            ("Reports that were put in", office.outputs / "uploads"),
            ("Filled-in responses that were checked", office.outputs / "answers"),
            ("Decisions of the review", office.verdicts),
            ("Register", office.register),
            ("Settings", office.settings_file),
        ]

    def sure(self, request: Request) -> Response:
        """Ask before a report is removed or read again."""
        held, what = self.office.known(request), request.path_params["what"]
        return self.office.page("sure.html.j2", request, report={"id": held.id, "title": held.title}, what=what)

    def sure_to_stop(self, request: Request) -> Response:
        """Ask before the program is stopped."""
        return self.office.page("stop.html.j2", request, busy=self.office.jobs.busy, told=self.office.jobs.told)


def _with_own_style(page: str, script: str) -> Response:
    """Return a page of comparison or grades with a policy that names the styles it brings, and its one script."""
    styles = " ".join(f"'sha256-{_digest(style)}'" for style in re.findall("<style>(.*?)</style>", page, re.DOTALL))
    rules = f"default-src 'none'; style-src {styles}; script-src {script}; img-src data:; form-action 'self'"
    policy = f"{rules}; base-uri 'none'; frame-ancestors 'none'"
    return HTMLResponse(page, headers={"Content-Security-Policy": policy})


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
