"""What every page of the application works with: the tables, the decisions, the register and the queue of files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from extractor.app.desk import MANY, Desk, Held
from extractor.app.jobs import Jobs
from extractor.app.page_templates import templates
from extractor.decisions.search import find
from extractor.decisions.store import VERDICTS
from extractor.phrasing import count, pages
from extractor.settings import read_settings
from extractor.workspace import FILE, workspace

MENU = (("/", "Reports"), ("/search", "Search"), ("/register", "Register"), ("/grades", "Grades"),
        ("/forces", "Forces"), ("/settings", "Settings"), ("/help", "Help"))  # fmt: skip


class Office:
    """One workspace, as the application sees it.

    Args:
        outputs: folder of the tables; what is put in is kept in its folder `uploads`.
        verdicts: the file of decisions; the register lies beside it.
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
        self.register = self.verdicts.with_name("register.csv")
        self.settings_file = workspace(outputs=self.outputs).root / FILE
        self.desk = Desk(self.outputs, self.verdicts, self.register)
        self.jobs = Jobs(self.outputs)
        self.is_indexing = False  # the index of the search of many reports is being made
        self.writing = threading.Lock()  # of decisions and documents

    def index(self) -> None:
        """Make the index of the search, where it is not there yet.

        Raises:
            PeelError: the tables or decisions cannot be read.
        """
        self.is_indexing = len(self.desk.reports()) > MANY
        try:
            find("police", self.outputs, self.verdicts, most=1)
        finally:
            self.is_indexing = False

    def settings(self) -> dict[str, Any]:
        """Return the settings that a response takes."""
        return read_settings(self.settings_file)

    def page(self, template: str, request: Request, **values: Any) -> HTMLResponse:
        """Return a page; `request` tells which entry of the menu is the current one."""
        own = {"here": request.url.path, "menu": MENU, "count": count, "pages": pages}
        return HTMLResponse(templates().get_template(template).render(own | values))

    def known(self, request: Request) -> Held:
        """Return the report that is asked for.

        Raises:
            HTTPException: 404, the tables hold no such report.
        """
        held = self.desk.reports().get(request.path_params["report_id"])
        if held is None:
            raise HTTPException(404, "This report is not in the tables. It may have been removed or renamed.")
        return held
