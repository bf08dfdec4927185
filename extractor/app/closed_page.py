"""What a browser without a session gets: how to open the program again, and what it had typed, to be sent again."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Any
from urllib.parse import parse_qsl

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from extractor.app.page_templates import templates
from extractor.app.refusals import title_of

WORDS = (
    "This page is closed. Each link opens the program once, in one browser. Run `peel app` again, or use its start "
    "icon: it opens a new link to the program that is running, and nothing is lost."
)
_STYLE = "body{font:1.1rem/1.5 Arial,sans-serif;margin:2rem auto;max-width:42rem;padding:0 1rem}"
_HASH = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_LARGEST = 100_000  # bytes of a form that is handed back
_FORM = "application/x-www-form-urlencoded"


class ClosedPage:
    """Answers a request that is in no session; it tells nothing but what the request holds itself."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer in words, or as JSON where a script asks."""
        request = Request(scope, receive)
        answer: Response = JSONResponse({"message": WORDS}, 403)
        if "text/html" in request.headers.get("accept", ""):
            told = {"title": title_of(403), "message": WORDS, "style": Markup(_STYLE), "address": request.url.path}
            page = templates().get_template("closed.html.j2").render(told, fields=await _typed(request))
            answer = HTMLResponse(page, 403, {"Content-Security-Policy": _POLICY})
        await answer(scope, receive, send)


async def _typed(request: Request) -> list[tuple[str, str]]:
    """Return the fields of a form that was sent; none of one with files, which the browser has."""
    if request.method != "POST" or request.headers.get("content-type", "").partition(";")[0] != _FORM:
        return []
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            return []
    return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=100)
