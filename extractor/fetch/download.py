"""One PDF from a web site into a folder: whole or not at all, nothing that stands there lost."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import httpx

from extractor.errors import Refused
from extractor.fetch.visitor import Later, Visitor
from extractor.tables import storage

_HEADER_WITHIN = 1024  # bytes, as readers of PDF allow
_END_WITHIN = 2048  # bytes before the end, within which a whole PDF says so
_PDF_TYPES = ("application/pdf", "application/x-pdf", "application/octet-stream", "binary/octet-stream", "")
_MARK = re.compile(r"[\x20-\x7e]{1,200}")  # an edition's mark that can be sent back
_WHOLE_SIZE = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})\b")
_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)")


@dataclass(frozen=True, slots=True)
class Download:
    """What is known of a downloaded file."""

    url: str
    sha256: str
    size: int
    etag: str = ""
    modified: str = ""
    published: str = ""  # YYYY-MM-DD, the day that a page gives
    published_from: str = ""  # the address of that page


def download(visitor: Visitor, url: str, into: Path) -> tuple[Download, str]:
    """Download a PDF to `into`; return what is known of it and how it came: new | resumed | unchanged.

    A download that breaks off stays in `.NAME.part` and is gone on with where the server still has that edition. The
    file appears under its name only when it is whole and a PDF; an edition that it replaces stays as
    `.NAME.<hash>.old` beside it.

    Raises:
        Refused: it cannot be had, is no whole PDF, or is too large.
        OSError: the folder cannot be written.
    """
    into.parent.mkdir(parents=True, exist_ok=True)
    return visitor.persist(url, lambda: _download(visitor, url, into))


def _download(visitor: Visitor, url: str, into: Path) -> tuple[Download, str]:
    part = into.with_name(f".{into.name}.part")
    known, begun = _noted(into, url), _noted(part, url)
    if known is not None and known.sha256 != storage.sha256(str(into)):
        known = None  # the file was changed here: get it again
    with visitor.open(url, _conditions(known, begun, part)) as response:
        if response.status_code == httpx.codes.NOT_MODIFIED and known is not None:
            return known, "unchanged"
        resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
        if _is_other_part(response, begun, part):
            _forget(part)
            raise Later("the server answered with another part or edition of the file")
        _check_type(response, url)
        _note(part, _facts(url, response, "", 0))
        with part.open("ab" if resumed else "wb") as file:
            for chunk in visitor.chunks(response, file.tell()):
                file.write(chunk)
        copy = _checked(part, url, response)
    changed = _put(part, into, copy)
    return copy, "unchanged" if not changed else "resumed" if resumed else "new"


def _put(part: Path, into: Path, copy: Download) -> bool:
    """Move a whole download to its place, the edition there beside it; say whether it is another edition."""
    changed = not into.exists() or storage.sha256(str(into)) != copy.sha256
    before = _noted(into, copy.url)
    if changed and into.exists():
        into.replace(into.with_name(f".{into.name}.{storage.sha256(str(into))[:8]}.old"))
    if changed:
        part.replace(into)
    _forget(part)
    _note(into, copy)
    if before and before.published and not changed:
        note_day(into, copy, before.published, before.published_from)
    return changed


def _conditions(known: Download | None, begun: Download | None, part: Path) -> dict[str, str]:
    """Return the headers that spare a transfer: go on where we broke off, or send only what is newer."""
    if begun is not None and (begun.etag or begun.modified) and part.exists() and part.stat().st_size:
        return {"Range": f"bytes={part.stat().st_size}-", "If-Range": begun.etag or begun.modified}
    if known is None:
        return {}
    return {
        name: value for name, value in (("If-None-Match", known.etag), ("If-Modified-Since", known.modified)) if value
    }


def _is_other_part(response: httpx.Response, begun: Download | None, part: Path) -> bool:
    """Say whether an answer to a request for the rest of a file is not that rest."""
    if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        return True
    return response.status_code == httpx.codes.PARTIAL_CONTENT and not _goes_on(response, begun, part)


def _goes_on(response: httpx.Response, begun: Download | None, part: Path) -> bool:
    """Say whether a partial answer is the rest of the edition that was begun."""
    place = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
    if begun is None or place is None or int(place[1]) != part.stat().st_size:
        return False
    if place[3] != "*" and int(place[2]) + 1 != int(place[3]):
        return False
    facts = _facts("", response, "", 0)
    same_tag = not (facts.etag and begun.etag) or facts.etag == begun.etag
    return same_tag and (not (facts.modified and begun.modified) or facts.modified == begun.modified)


def _check_type(response: httpx.Response, url: str) -> None:
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in _PDF_TYPES:
        raise Refused(f"{url}: the server sent {kind}, not a PDF; open the address in a browser to see what is there")


def _checked(part: Path, url: str, response: httpx.Response) -> Download:
    with part.open("rb") as file:
        head = file.read(_HEADER_WITHIN)
        file.seek(max(0, part.stat().st_size - _END_WITHIN))
        tail = file.read()
    if b"%PDF-" not in head:
        _forget(part)
        raise Refused(f"{url}: what came does not begin like a PDF; open the address in a browser")
    size = _WHOLE_SIZE.search(head)
    if b"%%EOF" not in tail or (size and part.stat().st_size < int(size[1])):
        _forget(part)
        raise Refused(f"{url}: what came breaks off before its end; try again later, or open it in a browser")
    return _facts(url, response, storage.sha256(str(part)), part.stat().st_size)


def _facts(url: str, response: httpx.Response, sha256: str, size: int) -> Download:
    """Return what to note; without marks of its edition where the bytes were packed on the way."""
    headers = {} if response.headers.get("content-encoding", "identity") != "identity" else response.headers
    marks = (headers.get(name, "") for name in ("etag", "last-modified"))
    return Download(url, sha256, size, *(mark if _MARK.fullmatch(mark) else "" for mark in marks))


# notes on a file, beside it -------------------------------------------------------------------------------------------


def free_place(file: Path, url: str) -> Path:
    """Return where the PDF of an address goes: not over one of another address, nor over one placed by hand."""
    if not file.exists() or source_of(file) == url:
        return file
    return file.with_stem(f"{file.stem}-{hashlib.sha256(url.encode()).hexdigest()[:8]}")


def note_day(file: Path, copy: Download, day: str, source: str) -> None:
    """Note beside a downloaded file on which day it was published, and which page says so."""
    _note(file, replace(copy, published=day, published_from=source))


def source_of(file: Path) -> str | None:
    """Return the address that a downloaded file came from, None where none is noted."""
    try:
        return str(json.loads(_notes(file).read_text(encoding="utf-8"))["url"])
    except (OSError, KeyError, TypeError, ValueError):
        return None


def _notes(file: Path) -> Path:
    return file.with_name(f".{file.name.lstrip('.')}.json")


def _note(file: Path, copy: Download) -> None:
    _notes(file).write_text(json.dumps(asdict(copy), indent=1), encoding="utf-8")


def _noted(file: Path, url: str) -> Download | None:
    """Return what was noted of a file, if it is there and came from this address."""
    try:
        copy = Download(**json.loads(_notes(file).read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError):
        return None
    return copy if file.exists() and copy.url == url else None


def _forget(file: Path) -> None:
    file.unlink(missing_ok=True)
    _notes(file).unlink(missing_ok=True)
