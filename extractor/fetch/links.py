"""The links of a web page, the forces they name, and a safe name for the file at an address."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree, html

from extractor.rulebook.tables import Force

_LONGEST_NAME = 120  # characters, all of them plain
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # no file for Windows


def links(page: str, address: str) -> list[tuple[str, str]]:
    """Return (address, words) of each link of a web page, in order, without fragments."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return []
    found = []
    for link in root.iter("a"):
        try:
            target = urldefrag(urljoin(address, (link.get("href") or "").strip())).url
            urlsplit(target).port  # noqa: B018  # raises where the address is none
        except ValueError:
            continue
        if link.get("href"):
            found.append((target, " ".join(link.text_content().split())))
    return found


def forces_in(text: str, forces: Sequence[Force]) -> frozenset[str]:
    """Return the ids of the forces that a link's words or address name."""
    plain = _plain(text)
    return frozenset(force.id for force in forces if any(name in plain for name in _names(force)))


@lru_cache(maxsize=100)
def _names(force: Force) -> tuple[str, ...]:
    return tuple({_plain(name) for name in (force.id, *force.names)})


def _plain(text: str) -> str:
    return f" {re.sub(r'[^a-z]+', ' ', text.lower()).strip()} "


def file_name(url: str) -> str:
    """Return a file name for the PDF at an address, fit for any system and without a way out of the folder.

    Raises:
        ValueError: it is no address.
    """
    last = unquote(urlsplit(url).path).rstrip("/").rsplit("/", 1)[-1]
    stem = re.sub(r"\.pdf$", "", last, flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w.-]+", "-", plain).strip("-._")
    if not plain:
        plain = "report" if stem.isascii() else f"report-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"
    return f"{'report-' if _DEVICE.fullmatch(plain) else ''}{plain[:_LONGEST_NAME]}.pdf"
