"""What can be taken out: pictures of pages, the Word response, the tracker, the grades, all of it as one file."""

from __future__ import annotations

import io
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from extractor.app.desk import Held
from extractor.app.office import Office
from extractor.errors import PeelError
from extractor.export.tracker import export
from extractor.response.document import respond
from extractor.response.publication import publish
from extractor.review.page_pictures import media_type, page_pictures
from extractor.review.review_page import write_review
from extractor.rulebook.load import load_rules
from extractor.tables.sources import file_of, why_no_pages

_KEPT_PICTURES = 300


class Papers:
    """Answers with pictures and documents."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._painting = threading.Lock()
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    def page(self, request: Request) -> Response:
        """Answer with the picture of one page."""
        report, number = self.office.known(request).row, request.path_params["page"]
        if not 0 < number <= (report["pages"] or 0) or why_no_pages(report, self.office.outputs):
            raise HTTPException(404, "There is no such page to show.")
        picture = self._picture(file_of(report["source"], self.office.outputs), report["sha256"], number)
        if picture is None:
            raise HTTPException(404, "This page cannot be shown.")
        return Response(picture, media_type=media_type(picture))

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

    def response(self, request: Request) -> Response:
        """Answer with the Word response to a report."""
        held = self.office.known(request)
        force = request.query_params.get("force") or None
        if held.is_about_many and not (force or self.office.settings().get("force")):
            return self._which_force(request, held)
        with tempfile.TemporaryDirectory() as folder:
            return _download(self._respond(held.id, Path(folder), force).read_bytes(), f"{held.id} response.docx")

    def _which_force(self, request: Request, held: Held) -> Response:
        """Ask whose answer to a paper about many forces is wanted."""
        about = {"id": held.id, "title": held.title}
        return self.office.page("force.html.j2", request, report=about, forces=force_choice(self.office))

    def _respond(self, report_id: str, folder: Path, force: str | None = None) -> Path:
        office = self.office
        try:
            return respond(
                report_id,
                office.outputs,
                force=force,
                to=folder / f"{report_id}-response.docx",
                settings=office.settings(),
                verdicts=office.verdicts,
                answers=office.register,
            )
        except (PeelError, LookupError, ValueError) as error:
            raise HTTPException(409, str(error.args[0])) from None

    def publication(self, request: Request) -> Response:
        """Answer with the copy to publish of a filled-in response that was checked."""
        held, name = self.office.known(request), request.path_params["name"]
        filled = answer_file(self.office, held.id, name)
        with tempfile.TemporaryDirectory() as folder:
            try:
                path = publish(filled, Path(folder) / f"{filled.stem}-publication.docx")
            except PeelError as error:
                raise HTTPException(409, str(error)) from None
            return _download(path.read_bytes(), path.name)

    def tracker(self, request: Request) -> Response:
        """Answer with the Excel tracker of one report or of all."""
        reports = [self.office.known(request).id] if "report_id" in request.path_params else []
        with tempfile.TemporaryDirectory() as folder:
            self._export(Path(folder), reports)
            return _download((Path(folder) / "tracker.xlsx").read_bytes(), f"{'-'.join(['tracker', *reports])}.xlsx")

    def _export(self, folder: Path, reports: list[str]) -> list[Path]:
        try:
            return export(
                self.office.outputs, folder, reports, verdicts=self.office.verdicts, answers=self.office.register
            )
        except LookupError:
            raise HTTPException(404, "No report was read yet.") from None

    def everything(self, request: Request) -> Response:
        """Answer with one zip: tracker, tables as CSV and grades; of one report its response and review, too."""
        reports = [self.office.known(request).id] if "report_id" in request.path_params else []
        if reports and self.office.known(request).is_about_many and not self.office.settings().get("force"):
            raise HTTPException(409, "This paper is about many forces. Say in the settings which one is yours, first.")
        packed = io.BytesIO()
        with tempfile.TemporaryDirectory() as given:
            folder = Path(given)
            files = self._export(folder, reports)
            for report_id in reports:
                files.append(self._respond(report_id, folder))
                review = write_review(report_id, self.office.outputs, folder / "review.html", self.office.verdicts)
                files.append(review[0])
            with ZipFile(packed, "w", ZIP_DEFLATED) as pack:
                for file in files:
                    pack.write(file, file.relative_to(folder))
        return _download(packed.getvalue(), f"{'-'.join(reports) or 'peel-all'}.zip")


def force_choice(office: Office) -> dict[str, Any]:
    """Return the forces as (id, name), and the office's own, which is chosen first."""
    known = sorted(((force.id, force.name) for force in load_rules().forces), key=lambda pair: pair[1])
    return {"known": known, "own": office.settings().get("force", "")}


def answer_file(office: Office, report_id: str, name: str) -> Path:
    """Return a filled-in response that was put in for a report.

    Raises:
        HTTPException: 404, there is none of that name.
    """
    folder = office.outputs / "answers" / report_id
    names = {path.name: path for path in folder.glob("*.docx")} if folder.is_dir() else {}
    if name not in names:
        raise HTTPException(404, "This document was not put in for this report.")
    return names[name]


def _download(data: bytes, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": disposition})
