"""What was saved as a web page: plain HTML, a web archive of a browser, or compressed bytes.

Browsers save a page in one of three ways: as HTML, as MIME HTML (`.mht`, `.mhtml`: Chrome, Edge, Internet Explorer)
or as a property list (`.webarchive`: Safari). The archives hold frames and style sheets beside the page.
"""

from __future__ import annotations

import email
import email.policy
import plistlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from xml.parsers.expat import ExpatError

LARGEST = 64 * 2**20  # bytes of one part, decompressed; the longest published page has under two million
MOST_PARTS = 2_000
DEEPEST = 50  # MIME parts within parts; browsers write two levels

_MIME = re.compile(rb"^MIME-Version:", re.I | re.M)
_NO_LIST = (plistlib.InvalidFileException, ExpatError)
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a saved page: its bytes and the character set its envelope names."""

    data: bytes
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page with what was saved beside it; frames go by their address or `cid:` name."""

    page: Part
    saved_from: str | None = None
    frames: Mapping[str, Part] = field(default_factory=dict)
    style_sheets: tuple[Part, ...] = ()
    compressed: bool = False


class BadContainer(ValueError):
    """The bytes are no page that could be opened; the message says what to do."""


def open_saved(data: bytes) -> SavedPage:
    """Return the page within the bytes of a file.

    Raises:
        BadContainer: the archive is damaged, too large or nested too deep.
    """
    if data.startswith(b"\x1f\x8b"):
        return SavedPage(Part(_unzipped(data)), compressed=True)
    if data.startswith((b"bplist00", b"<?xml")) and b"WebMainResource" in data[:LARGEST]:
        return _from_property_list(data)
    head = data[:4096]
    if _MIME.search(head) and not re.match(rb"\s*<", head):
        return _from_mime(data)
    return SavedPage(Part(data))


def _unzipped(data: bytes) -> bytes:
    unpack = zlib.decompressobj(wbits=31)
    try:
        page = unpack.decompress(data, LARGEST)
    except zlib.error as error:
        raise BadContainer("the compressed page is damaged. Save it again from the browser.") from error
    if unpack.unconsumed_tail or not unpack.eof:
        raise BadContainer("the compressed page is cut off or too large. Save it again from the browser.")
    return page


def _from_property_list(data: bytes) -> SavedPage:
    try:
        archive = plistlib.loads(data)
        main = archive["WebMainResource"]
        frames = {
            str(frame["WebMainResource"].get("WebResourceURL", "")): _resource(frame["WebMainResource"])
            for frame in archive.get("WebSubframeArchives", [])[:MOST_PARTS]
        }
        sheets = tuple(
            _resource(resource)
            for resource in archive.get("WebSubresources", [])[:MOST_PARTS]
            if resource.get("WebResourceMIMEType") == "text/css"
        )
        return SavedPage(_resource(main), str(main.get("WebResourceURL") or "") or None, frames, sheets)
    except (*_NO_LIST, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BadContainer("the web archive is damaged. Save the page again as HTML.") from error


def _resource(resource: Mapping[str, Any]) -> Part:
    return Part(bytes(resource["WebResourceData"]), resource.get("WebResourceTextEncodingName"))


def _from_mime(data: bytes) -> SavedPage:
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = list(_leaves(message))
    except (RecursionError, LookupError, ValueError) as error:
        raise BadContainer("the web archive is nested too deep or damaged. Save the page again as HTML.") from error
    pages = [part for part in parts if part.get_content_type() in _PAGES]
    if not pages:
        return SavedPage(Part(data))
    frames = {name: _part(page) for page in pages[1:] for name in _names(page)}
    sheets = tuple(_part(part) for part in parts if part.get_content_type() == "text/css")
    location = message.get("Snapshot-Content-Location") or pages[0].get("Content-Location")
    return SavedPage(_part(pages[0]), str(location) if location else None, frames, sheets)


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something; a loop, since an archive can be nested deeper than Python recurses."""
    ahead = [(message, 0)]
    count = 0
    while ahead:
        part, depth = ahead.pop()
        count += 1
        if depth > DEEPEST or count > MOST_PARTS:
            raise ValueError("too many parts")
        payload = part.get_payload() if part.is_multipart() else None
        if isinstance(payload, list):
            ahead += [(inner, depth + 1) for inner in reversed(payload) if isinstance(inner, Message)]
        else:
            yield part


def _part(message: Message) -> Part:
    payload = message.get_payload(decode=True)
    return Part(payload if isinstance(payload, bytes) else b"", message.get_content_charset())


def _names(message: Message) -> Iterator[str]:
    if location := message.get("Content-Location"):
        yield str(location)
    if identifier := message.get("Content-ID"):
        yield f"cid:{str(identifier).strip('<> ')}"
