"""The note by which a second `peel app` finds the one that is running, and the page that hands a link to a browser.

Both hold a secret, so they lie in a folder of the user's own and can be read by nobody else: the arguments of a
program, and so a link given to a browser there, can be read by everybody on the machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from platformdirs import user_state_path

from extractor.app.guard import KEY_HEADER, OPENING, RENEWING

_SECONDS = 3  # for a program on the same machine to answer


def announce(outputs: Path, port: int, key: str) -> Path:
    """Write down where the application of these tables listens, and return the note's path."""
    note = _note(outputs)
    _write(note, json.dumps({"host": platform.node(), "port": port, "key": key}))
    _write(_usual(outputs), str(port))
    return note


def usual_port(outputs: Path) -> int:
    """Return the port of the last time, 0 for any: pages that are open in a browser then reach the program again."""
    try:
        port = int(_usual(outputs).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0
    return port if 0 < port < 65536 else 0


def _usual(outputs: Path) -> Path:
    return _note(outputs).with_name(_note(outputs).stem.replace("app", "port"))


def renewed(outputs: Path) -> str | None:
    """Return a new link to the application that runs for these tables; None where none runs."""
    try:
        told = json.loads(_note(outputs).read_text(encoding="utf-8"))
        return _asked(int(told["port"]), str(told["key"])) if told["host"] == platform.node() else None
    except (OSError, ValueError, KeyError, TypeError, HTTPException):
        return None


def _asked(port: int, key: str) -> str | None:
    connection = HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("POST", RENEWING, headers={KEY_HEADER: key})
        answer = connection.getresponse()
        link = str(json.loads(answer.read())["link"]) if answer.status == 200 else ""
        return link if link.startswith(f"http://127.0.0.1:{port}{OPENING}?token=") else None
    finally:
        connection.close()


def opening_page(outputs: Path, link: str) -> Path:
    """Write the page that leads a browser to the link, and return its path."""
    page = _note(outputs).with_suffix(".html")
    _write(page, f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={link}">')
    return page


def forget(outputs: Path) -> None:
    """Remove the note and the page."""
    for file in (_note(outputs), _note(outputs).with_suffix(".html")):
        file.unlink(missing_ok=True)


def _note(outputs: Path) -> Path:
    name = hashlib.sha256(os.fsencode(outputs.absolute())).hexdigest()[:16]
    return user_state_path("peel", appauthor=False) / f"app-{name}.json"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
