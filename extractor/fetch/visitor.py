"""Getting what a public web site offers without being a burden: one request at a time, robots.txt, bounded waits."""

from __future__ import annotations

import email.utils
import itertools
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Self, TypeVar

import httpx
from protego import Protego

from extractor import __version__
from extractor.errors import Refused
from extractor.fetch.addresses import Resolve, check_public, check_target, joined, resolve, split
from extractor.fetch.connection import Line, Transport
from extractor.reading.web.encoding import decode

_REDIRECTS = 5
_TRIES = 4
_LONGEST_WAIT = 120.0  # seconds that a server may ask us to wait, between two requests too
_LARGEST_PAGE = 10_000_000  # bytes; publication pages have under one million
_LARGEST_ROBOTS = 512_000  # bytes, as RFC 9309 has it
_DIGITS = re.compile(r"[0-9]{1,15}")

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to behave."""

    contact: str = ""  # an e-mail or web address at which the site's owner can reach whoever runs this
    delay: float = 2.0  # seconds between two requests to one host
    timeout: float = 30.0  # seconds without an answer or a further byte
    longest: float = 600.0  # seconds for one file, from its first byte
    largest: int = 100_000_000  # bytes

    @property
    def agent(self) -> str:
        """The User-Agent header."""
        return f"peel-extractor/{__version__}" + (f" (contact: {self.contact})" if self.contact else "")


class Later(Exception):
    """It did not work this time; `wait` seconds at least before the next try."""

    def __init__(self, words: str, wait: float = 0.0) -> None:
        super().__init__(words)
        self.wait = wait


class NotThere(Refused):
    """The site says that nothing is at an address."""


class Visitor:
    """Fetches pages and files; keeps each host's rules and the time of the last request to it."""

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        find: Resolve = resolve,
    ) -> None:
        """Open a client; `sleep` waits for so many seconds, `clock` tells them, `find` gives a host's addresses."""
        self.settings, self._sleep, self._clock = settings, sleep, clock
        self._find = cache(lambda host: tuple(find(host)))
        headers = {"User-Agent": settings.agent, "Accept-Encoding": "identity"}
        self._line = Line(self._find, clock)
        none = CookieJar(DefaultCookiePolicy(allowed_domains=()))
        transport = Transport(self._line)
        self._client = httpx.Client(headers=headers, timeout=settings.timeout, transport=transport, cookies=none)
        self._robots: dict[str, Protego] = {}
        self._last: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def page(self, url: str) -> tuple[str, str]:
        """Return (address after redirects, text) of a web page.

        Raises:
            Refused: it cannot be had.
        """

        def read() -> tuple[str, str]:
            with self.open(url, {}) as response:
                body = b"".join(self.chunks(response, 0, _LARGEST_PAGE))
                return str(response.url), decode(body, response.charset_encoding)[0]

        return self.persist(url, read)

    def chunks(self, response: httpx.Response, before: int, largest: int | None = None) -> Iterator[bytes]:
        """Yield the body after `before` bytes; stop where it grows too large or takes too long.

        Raises:
            Refused: it is larger than `largest` or came too slowly.
        """
        largest = min(largest or self.settings.largest, self.settings.largest)
        announced = _whole(response.headers.get("content-length"))
        for chunk in itertools.chain([b""], response.iter_bytes()):
            before += len(chunk)
            if max(before, announced) > largest:
                size = f"{largest // 1_000_000} MB"
                raise Refused(f"{response.url}: larger than {size}; download it by hand if it is right")
            self._line.check_time()
            yield chunk

    def check_link(self, url: str, page: str) -> None:
        """Raise Refused where a page links to a host of a private network that is not its own."""
        if split(url).netloc != split(page).netloc:
            check_public(url, page, self._find)

    # one request ------------------------------------------------------------------------------------------------------

    def persist(self, url: str, action: Callable[[], _Found]) -> _Found:
        """Return what the action returns; try again, after longer and longer waits, where that may help."""
        for attempt in range(1, _TRIES + 1):
            try:
                return action()
            except Later as error:
                words, wait = str(error), max(error.wait, 2.0**attempt)
            except UnicodeError as error:
                raise Refused(f"{url}: not a web address") from error
            except httpx.TransportError as error:
                words, wait = f"the connection failed ({type(error).__name__}: {error})", 2.0**attempt
            except (httpx.InvalidURL, httpx.HTTPError) as error:
                raise Refused(f"{url}: the answer cannot be read ({error}); open it in a browser") from error
            if attempt == _TRIES or wait > _LONGEST_WAIT:
                break
            self._sleep(wait)
        raise Refused(f"{url}: {words}")

    @contextmanager
    def open(self, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """Yield the answer to a request that the host allows, after redirects.

        Raises:
            Refused: asking again would not help.
            Later: it may.
        """
        asked = url
        for _ in range(_REDIRECTS + 1):
            self._ask_leave(url, asked)
            with self._send(url, headers) as response:
                if not response.has_redirect_location:
                    _judge(response, url)
                    _check_packing(response, url)
                    yield response
                    return
                url = joined(url, response.headers["location"])
        raise Refused(f"{asked}: redirected more than {_REDIRECTS} times; open it in a browser")

    def _send(self, url: str, headers: dict[str, str]) -> AbstractContextManager[httpx.Response]:
        """Send a request, no sooner than the host may expect the next one."""
        host = split(url).netloc
        robots = self._robots.get(host)
        asked = float((robots and robots.crawl_delay(self.settings.agent)) or 0)
        if asked > _LONGEST_WAIT:
            raise Refused(f"{url}: the site asks for {asked:.0f} s between two requests; download it by hand")
        delay = max(self.settings.delay, asked)
        if host in self._last and (early := self._last[host] + delay - self._clock()) > 0:
            self._sleep(early)
        self._last[host] = self._clock()
        self._line.begin(url, self.settings.longest)
        return self._client.stream("GET", url, headers=headers)

    def _ask_leave(self, url: str, asked: str) -> None:
        """Raise Refused where robots.txt, or the kind of address, forbids it."""
        check_target(url, asked, self._find)
        parts = split(url)
        if parts.netloc not in self._robots:
            self._robots[parts.netloc] = self._read_robots(f"{parts.scheme}://{parts.netloc}/robots.txt")
        if not self._robots[parts.netloc].can_fetch(url, self.settings.agent):
            raise Refused(f"{url}: the site's robots.txt asks programs not to; download it by hand in a browser")

    def _read_robots(self, url: str) -> Protego:
        """Return the host's rules; a host without a robots.txt allows everything, one with a fault nothing yet."""
        asked = url
        for _ in range(_REDIRECTS + 1):
            check_target(url, asked, self._find)
            with self._send(url, {}) as response:
                if response.status_code >= 500:
                    raise Later(f"{url} cannot be read now (HTTP {response.status_code})", _retry_after(response))
                if not response.has_redirect_location:
                    found = response.status_code == httpx.codes.OK
                    _check_packing(response, url)
                    body = _beginning(self.chunks(response, 0, _LARGEST_PAGE), _LARGEST_ROBOTS) if found else b""
                    return Protego.parse(body.decode("utf-8", "replace"))
                url = joined(url, response.headers["location"])
        raise Refused(f"{url}: redirected more than {_REDIRECTS} times")


def _whole(value: str | None) -> int:
    return int(value) if value and _DIGITS.fullmatch(value) else 0


def _beginning(chunks: Iterator[bytes], largest: int) -> bytes:
    body = b""
    while len(body) < largest and (chunk := next(chunks, None)) is not None:
        body += chunk
    return body[:largest]


def _check_packing(response: httpx.Response, url: str) -> None:
    """Refuse what is packed more than once: a few bytes of it can fill a machine."""
    packing = response.headers.get("content-encoding", "identity").lower()
    if packing.strip() not in ("identity", "gzip", "deflate", ""):
        raise Refused(f"{url}: packed in a way that is not unpacked here ({packing[:40]}); open it in a browser")


def _judge(response: httpx.Response, url: str) -> None:
    """Raise what an error status means."""
    status = response.status_code
    if status < 400 or status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        return
    if status == httpx.codes.FORBIDDEN:
        raise Refused(
            f"{url}: the site refuses programs (HTTP 403); open it in a browser, save the PDF into the folder by hand, "
            "and do not try again at once"
        )
    if status == httpx.codes.TOO_MANY_REQUESTS:
        wait = _retry_after(response)
        raise Later(
            f"the site asks for fewer requests (HTTP 429); wait {max(wait, 600) / 60:.0f} minutes, raise --delay, "
            "or download it by hand",
            wait,
        )
    if status >= 500:
        raise Later(f"the site has a fault (HTTP {status}); try again later", _retry_after(response))
    words = f"{url}: there is nothing at this address (HTTP {status}); look for the report on HMICFRS's site"
    raise (NotThere if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE) else Refused)(words)


def _retry_after(response: httpx.Response) -> float:
    """Return the seconds that the server asks us to wait, 0 when it does not say."""
    said = response.headers.get("retry-after", "")
    if _DIGITS.fullmatch(said):
        return float(said)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return 0.0
