"""Start the local application: on 127.0.0.1, for whoever holds a link."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from extractor.app.guard import Guard
from extractor.app.routes import App
from extractor.app.running import announce, forget, opening_page, renewed, usual_port
from extractor.decisions.store import VERDICTS
from extractor.runs.children import Nursery, prepare, stop_children

_LAST_PAGE = 3.0  # seconds for the browser to fetch the page that says that the program was stopped


def serve(
    outputs: Path,
    verdicts: Path = VERDICTS,
    *,
    port: int = 0,
    largest: int = 100_000_000,
    browser: bool = True,
    on_ready: Callable[[str], None] = lambda _address: None,
) -> bool:
    """Serve until it is stopped; `on_ready` is told the link, which opens the application once.

    Where the application of these tables runs already, that one gives a new link, and nothing is started. Return
    whether this call served.

    Args:
        outputs: folder of the tables.
        verdicts: the file of decisions.
        port: where to listen; 0 for any that is free.
        largest: bytes that one upload may have.
        browser: open the link in the user's browser.

    Raises:
        OSError: the port is taken.
    """
    if link := renewed(outputs):
        on_ready(link)
        if browser:
            webbrowser.open(opening_page(outputs, link).as_uri())
        return False
    listener = _listener(port) if port else _usual_listener(outputs)
    port, key = listener.getsockname()[1], secrets.token_urlsafe(32)

    def stop() -> None:
        threading.Timer(_LAST_PAGE, setattr, (server, "should_exit", True)).start()

    app = App(outputs, verdicts, largest, stop)
    guard = Guard(app.starlette(), port, key, largest)
    config = uvicorn.Config(guard, log_level="error", access_log=False, server_header=False, proxy_headers=False)
    config.timeout_graceful_shutdown = 3
    server = uvicorn.Server(config)
    prepare(Nursery(("extractor.runs.preload", "extractor.review.picture")))  # children then have their imports ready
    threading.Thread(target=app.warm, name="warming", daemon=True).start()
    announce(outputs, port, key)
    try:
        link = guard.link()
        on_ready(link)
        if browser:
            page = opening_page(outputs, link).as_uri()
            threading.Thread(target=webbrowser.open, args=(page,), daemon=True).start()
        server.run(sockets=[listener])
    finally:
        forget(outputs)
        stop_children()
    return True


def _usual_listener(outputs: Path) -> socket.socket:
    """Listen where the program did the last time; anywhere when that is taken."""
    try:
        return _listener(usual_port(outputs))
    except OSError:
        return _listener(0)


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        words = f"port {port} cannot be used ({error.strerror}); give another with --port, or none"
        raise OSError(error.errno, words, "127.0.0.1") from None
