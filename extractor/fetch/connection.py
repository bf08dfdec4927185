"""The connection beneath a visit: to the network address that was checked and no other, and no longer than allowed.

A host's name is looked up once in a visit. Whoever answers for it with a public address first and a private one later
gains nothing, and neither does a server that sends its headers one letter at a time.
"""

from __future__ import annotations

import errno
import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

from extractor.errors import Refused
from extractor.fetch.addresses import Offline

Clock = Callable[[], float]
_NO_NETWORK = (errno.ENETUNREACH, errno.ENETDOWN)


class Line(httpcore.NetworkBackend):
    """Opens connections to the addresses that `find` gives for a host; a request must be over in time."""

    def __init__(self, find: Callable[[str], Iterable[str]], clock: Clock) -> None:
        """Keep how hosts are looked up and what time it is."""
        self._find, self._clock, self._beneath = find, clock, httpcore.SyncBackend()
        self._url, self._seconds, self._until = "", 0.0, float("inf")

    def begin(self, url: str, seconds: float) -> None:
        """Note that a request begins now and may take so long."""
        self._url, self._seconds, self._until = url, seconds, self._clock() + seconds

    def connect_tcp(self, host: str, port: int, *args: Any, **more: Any) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers."""
        failed: httpcore.ConnectError | None = None
        for place in self._find(host):
            try:
                return _Stream(self._beneath.connect_tcp(place, port, *args, **more), self.check_time)
            except httpcore.ConnectError as error:
                failed = error
                if getattr(error.__cause__ or error.__context__, "errno", None) in _NO_NETWORK:
                    raise Offline(f"{self._url}: the network cannot be reached; check your connection") from error
        raise failed or httpcore.ConnectError(f"{host} has no address")

    def check_time(self) -> None:
        """Raise Refused where the request has taken too long."""
        if self._clock() > self._until:
            raise Refused(f"{self._url}: took longer than {self._seconds:.0f} s; download it by hand")


class _Stream(httpcore.NetworkStream):
    """A stream that looks at the time before it waits for more."""

    def __init__(self, beneath: httpcore.NetworkStream, check_time: Callable[[], None]) -> None:
        self._beneath, self._check_time = beneath, check_time

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._check_time()
        return self._beneath.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._beneath.write(buffer, timeout)

    def close(self) -> None:
        self._beneath.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._beneath.start_tls(ssl_context, server_hostname, timeout), self._check_time)

    def get_extra_info(self, info: str) -> Any:
        return self._beneath.get_extra_info(info)


class Transport(httpx.HTTPTransport):
    """httpx's transport over our own line."""

    def __init__(self, line: Line) -> None:
        """Take the place of the pool of connections, which is all that httpx keeps."""
        super().__init__(trust_env=False)
        context = httpx.create_ssl_context(trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=line)
