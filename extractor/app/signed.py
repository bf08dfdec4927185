"""Who decides: the name that was typed in this browser last, so that no decision stays unsigned."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "peel-name"
LONGEST = 80  # characters of a name
_YEAR = 365 * 24 * 3600  # seconds


def name_of(request: Request) -> str:
    """Return the name that was typed in this browser, "" where none was."""
    return unquote(request.cookies.get(COOKIE, ""))[:LONGEST].strip()


def remember(answer: Response, name: str) -> Response:
    """Let the browser keep a name for the next decision; return the answer."""
    if name:
        kept = quote(name[:LONGEST])
        answer.set_cookie(COOKIE, kept, max_age=_YEAR, path="/", httponly=True, samesite="strict")
    return answer
