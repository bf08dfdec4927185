"""Who may talk to the local application: the browser that was given the link, from the application's own pages.

Any web page in the same browser can send requests to 127.0.0.1. So the host must be ours (no other name that leads
here), a request from another origin is refused, and without the session's cookie nothing is told. The cookie is given
once, for the token in a link; a program of the same user that knows the key, which is kept in a file that only this
user can read, is given a new link at any time. Cookies do not tell ports apart, so the cookie's name does.
"""

from __future__ import annotations

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from extractor.app.closed_page import WORDS, ClosedPage

OPENING, RENEWING = "/open", "/renew"
KEY_HEADER = "x-peel-key"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_READING = ("GET", "HEAD")
# The browser asks for the first page from this one: a strict cookie does not go with what another page led to.
_OPENED = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>PEEL inspection reports</title>
<meta http-equiv="refresh" content="0; url=/"></head><body><p><a href="/">Go to the reports</a></p></body></html>"""


class Guard:
    """An ASGI application around another, which only lets the sessions' own requests through.

    Args:
        app: what is guarded.
        port: where it listens on 127.0.0.1.
        key: what a program must know to be given a link.
        largest: bytes that the body of a request may have.
    """

    def __init__(self, app: Any, port: int, key: str, largest: int) -> None:
        self.app, self.largest = app, largest
        self._address, self._key = f"http://127.0.0.1:{port}", key
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._tokens: set[str] = set()
        self._sessions: dict[str, str] = {}  # what the plain cookie holds → what the strong one does
        self._strong: set[str] = set()  # sessions of browsers that keep the strong one
        self._cookie = f"peel-{port}"

    def link(self) -> str:
        """Return a new link, which opens the application once."""
        token = secrets.token_urlsafe(24)
        self._tokens.add(token)
        return f"{self._address}{OPENING}?token={token}"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer, refuse or pass on one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            answer = self._answer(scope) or self.app
            await answer(scope, self._limited(receive), _with_headers(send))

    def _answer(self, scope: Any) -> Any:
        """Return the answer to a request that goes no further, None for one that may."""
        headers = Headers(scope=scope)
        if headers.get("host") not in self._hosts or len(headers.getlist("host")) != 1:
            return PlainTextResponse("This address is not served here.", 421)
        if scope["path"] == RENEWING:
            return self._renewed(headers)
        if not self._own_origin(scope["method"], headers):
            return PlainTextResponse("Requests from other pages are refused.", 403)
        if scope["path"] == OPENING and self._opens(scope):
            return self._opened()
        if not self._in_session(headers):
            return ClosedPage()
        if scope["path"] == OPENING:
            return RedirectResponse("/", 303)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.largest:
            return PlainTextResponse(self._too_large, 413)
        return None

    def _renewed(self, headers: Headers) -> Response:
        """Give a new link to whoever knows the key; no browser sends such a header to us from another page."""
        given = headers.get(KEY_HEADER, "")
        if headers.get("origin") or not hmac.compare_digest(given.encode(), self._key.encode()):
            return JSONResponse({"message": WORDS}, 403)
        return JSONResponse({"link": self.link()})

    def _opened(self) -> Response:
        """Begin a session. Not every browser keeps a `__Host-` cookie without HTTPS; from one that does, only this."""
        plain, strong = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._sessions[plain] = strong
        answer = HTMLResponse(_OPENED)
        answer.set_cookie(self._cookie, plain, path="/", httponly=True, samesite="strict")
        answer.set_cookie(f"__Host-{self._cookie}", strong, path="/", httponly=True, samesite="strict", secure=True)
        return answer

    def _own_origin(self, method: str, headers: Headers) -> bool:
        origins = headers.getlist("origin")
        if not origins:  # browsers name the origin of whatever changes something
            return method in _READING or headers.get("sec-fetch-site") == "same-origin"
        return origins == [f"http://{headers['host']}"]

    def _opens(self, scope: Any) -> bool:
        """Tell whether a request holds a token, which is used up then."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return _taken_out(given, self._tokens)

    def _in_session(self, headers: Headers) -> bool:
        try:
            held = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        given, strong = (held[name].value if name in held else "" for name in (self._cookie, f"__Host-{self._cookie}"))
        for plain, its_strong in self._sessions.items():
            if _same(strong, its_strong):
                self._strong.add(plain)
                return True
            if _same(given, plain) and plain not in self._strong:
                return True
        return False

    @property
    def _too_large(self) -> str:
        return f"More than {self.largest // 1_000_000} MB in one request; send the files one after another."

    def _limited(self, receive: Any) -> Any:
        """Count what arrives: a body in pieces need not say how long it is."""
        arrived = 0

        async def counting() -> Any:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > self.largest:
                raise HTTPException(413, self._too_large)
            return message

        return counting


def _taken_out(given: str, tokens: set[str]) -> bool:
    for token in tokens:
        if _same(given, token):
            tokens.remove(token)
            return True
    return False


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _with_headers(send: Any) -> Any:
    async def sending(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
