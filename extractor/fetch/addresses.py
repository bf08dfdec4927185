"""Where a request may go: web addresses of the site that was asked for, on the public network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from urllib.parse import SplitResult, urljoin, urlsplit

from extractor.errors import Refused

Resolve = Callable[[str], Iterable[str]]


class Offline(Refused):
    """The host's name cannot be looked up, or the network not reached: a wrong address, or no connection at all."""


_SHARED_ENDINGS = ("gov.uk", "police.uk", "co.uk", "org.uk", "ac.uk", "nhs.uk")  # below these, sites are strangers


def resolve(host: str) -> list[str]:
    """Return the network addresses of a host.

    Raises:
        Offline: it has none, or there is no network.
        Refused: it is not the name of a host.
    """
    try:
        return sorted({str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)})
    except OSError as error:
        words = f"{host}: no such host can be found ({error.strerror or error}); check the address and your connection"
        raise Offline(words) from error
    except UnicodeError as error:
        raise Refused(f"{host}: not the name of a host") from error


def split(url: str) -> SplitResult:
    """Return the parts of a web address.

    Raises:
        Refused: it is none.
    """
    try:
        parts = urlsplit(url)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError as error:
        raise Refused(f"{url}: not a web address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_sound:
        raise Refused(f"{url}: not a web address")
    return parts


def check_target(url: str, asked: str, find: Resolve) -> None:
    """Raise Refused where `url`, to which a request for `asked` leads, lies on another site or a private network.

    The very host and port that somebody asked for may be private: a mirror of one's own.
    """
    parts, first = split(url), split(asked)
    if parts.netloc == first.netloc:
        return
    if not _one_site(parts.hostname or "", first.hostname or ""):
        raise Refused(f"{asked}: leads to another site ({parts.hostname}); open it in a browser")
    check_public(url, asked, find)


def check_public(url: str, asked: str, find: Resolve) -> None:
    """Raise Refused where `url`, which `asked` names or leads to, lies on a private network."""
    if private := [place for place in find(split(url).hostname or "") if not _is_public(place)]:
        raise Refused(f"{asked}: leads to a private address ({private[0]}); it was not followed")


def joined(base: str, further: str) -> str:
    """Return the address that a page or answer at `base` leads to.

    Raises:
        Refused: it is none.
    """
    try:
        return urljoin(base, further)
    except ValueError as error:
        raise Refused(f"{base}: leads to {further[:100]!r}, which is not a web address") from error


def _one_site(host: str, other: str) -> bool:
    """Say whether two hosts belong to one registered name ("www.example.gov.uk", "assets.example.gov.uk")."""
    return _registered(host) == _registered(other) and not _is_number(host) and not _is_number(other)


def _registered(host: str) -> str:
    labels = host.lower().rstrip(".").split(".")
    ending = ".".join(labels[-2:])
    return ".".join(labels[-3:] if ending in _SHARED_ENDINGS else labels[-2:])


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(place: str) -> bool:
    address = ipaddress.ip_address(place.split("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global
