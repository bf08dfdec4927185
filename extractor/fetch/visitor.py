"""Getting files from a public web site without being a burden: one request at a time, robots.txt, nothing twice."""

from __future__ import annotations

import email.utils
import hashlib
import itertools
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from extractor import __version__
from extractor.errors import Refused

_REDIRECTS = 5
_TRIES = 4
_LONGEST_WAIT = 120.0  # seconds that a server may ask us to wait
_HEADER_WITHIN = 1024  # bytes, as readers of PDF allow
_PDF_TYPES = ("application/pdf", "application/x-pdf", "application/octet-stream", "binary/octet-stream", "")

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to behave."""

    contact: str = ""  # an e-mail or web address at which the site's owner can reach whoever runs this
    delay: float = 2.0  # seconds between two requests to one host
    timeout: float = 30.0
    largest: int = 100_000_000  # bytes

    @property
    def agent(self) -> str:
        """The User-Agent header."""
        return f"peel-extractor/{__version__}" + (f" (contact: {self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True)
class Copy:
    """What is known of a downloaded file."""

    url: str
    sha256: str
    size: int
    etag: str = ""
    modified: str = ""


class _Later(Exception):
    """It did not work this time; `wait` seconds at least before the next try."""

    def __init__(self, words: str, wait: float = 0.0) -> None:
        super().__init__(words)
        self.wait = wait


class Visitor:
    """Fetches pages and files; keeps each host's rules and the time of the last request to it."""

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open a client; `sleep` waits for so many seconds, `clock` tells them."""
        self.settings, self._sleep, self._clock = settings, sleep, clock
        headers = {"User-Agent": settings.agent, "Accept-Encoding": "identity"}
        self._client = httpx.Client(headers=headers, timeout=settings.timeout, follow_redirects=False)
        self._robots: dict[str, RobotFileParser] = {}
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
            with self._open(url, {}) as response:
                body = b"".join(self._chunks(response, 0))
                return str(response.url), body.decode(response.charset_encoding or "utf-8", "replace")

        return self._persist(url, read)

    def file(self, url: str, into: Path) -> tuple[Copy, str]:
        """Download a PDF to `into`; return what is known of it and how it came: new | resumed | unchanged.

        A download that breaks off stays in `.NAME.part` and is gone on with where the server allows. The file appears
        under its name only when it is whole and a PDF.

        Raises:
            Refused: it cannot be had, is no PDF, or is too large.
            OSError: the folder cannot be written.
        """
        into.parent.mkdir(parents=True, exist_ok=True)
        return self._persist(url, lambda: self._download(url, into))

    # one download -----------------------------------------------------------------------------------------------------

    def _download(self, url: str, into: Path) -> tuple[Copy, str]:
        part = into.with_name(f".{into.name}.part")
        known, begun = _noted(into, url), _noted(part, url)
        if known is not None and known.sha256 != _sha256(into):
            known = None  # the file was changed here: get it again
        headers = _conditions(known, begun, part)
        with self._open(url, headers) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED and known is not None:
                return known, "unchanged"
            resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
            if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE or (
                resumed and not response.headers.get("content-range", "").startswith(f"bytes {part.stat().st_size}-")
            ):
                _forget(part)
                raise _Later("the server answered with another part of the file")
            self._check_type(response, url)
            _note(part, _copy(url, response, "", 0))
            with part.open("ab" if resumed else "wb") as file:
                for chunk in self._chunks(response, file.tell()):
                    file.write(chunk)
            copy = self._checked(part, url, response)
        same = into.exists() and _sha256(into) == copy.sha256
        part.replace(into)
        _notes(part).unlink(missing_ok=True)
        _note(into, copy)
        return copy, "unchanged" if same else "resumed" if resumed else "new"

    def _chunks(self, response: httpx.Response, before: int) -> Iterator[bytes]:
        """Yield the body, and stop where it grows too large."""
        largest = self.settings.largest
        announced = int(response.headers.get("content-length") or 0)
        for chunk in itertools.chain([b""], response.iter_bytes()):
            before += len(chunk)
            if max(before, announced) > largest:
                raise Refused(
                    f"{response.url}: larger than {largest // 1_000_000} MB; download it by hand if it is right"
                )
            yield chunk

    def _check_type(self, response: httpx.Response, url: str) -> None:
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind not in _PDF_TYPES:
            raise Refused(
                f"{url}: the server sent {kind}, not a PDF; open the address in a browser to see what is there"
            )

    def _checked(self, part: Path, url: str, response: httpx.Response) -> Copy:
        with part.open("rb") as file:
            head = file.read(_HEADER_WITHIN)
        if b"%PDF-" not in head:
            _forget(part)
            raise Refused(f"{url}: what came does not begin like a PDF; open the address in a browser")
        return _copy(url, response, _sha256(part), part.stat().st_size)

    # one request ------------------------------------------------------------------------------------------------------

    def _persist(self, url: str, action: Callable[[], _Found]) -> _Found:
        """Return what the action returns; try again, after longer and longer waits, where that may help."""
        for attempt in range(1, _TRIES + 1):
            try:
                return action()
            except _Later as error:
                words, wait = str(error), max(error.wait, 2.0**attempt)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                words, wait = f"the connection failed ({type(error).__name__}: {error})", 2.0**attempt
            if attempt == _TRIES or wait > _LONGEST_WAIT:
                break
            self._sleep(wait)
        raise Refused(f"{url}: {words}")

    @contextmanager
    def _open(self, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """Yield the answer to a request that the host allows, after redirects.

        Raises:
            Refused: asking again would not help.
            _Later: it may.
        """
        for _ in range(_REDIRECTS + 1):
            self._ask_leave(url)
            with self._send(url, headers) as response:
                if not response.has_redirect_location:
                    _judge(response, url)
                    yield response
                    return
                url = urljoin(url, response.headers["location"])
        raise Refused(f"{url}: redirected more than {_REDIRECTS} times; open it in a browser")

    def _send(self, url: str, headers: dict[str, str]) -> AbstractContextManager[httpx.Response]:
        """Send a request, no sooner than the host may expect the next one."""
        host = urlsplit(url).netloc
        robots = self._robots.get(host)
        delay = max(self.settings.delay, float((robots and robots.crawl_delay(self.settings.agent)) or 0))
        if host in self._last and (early := self._last[host] + delay - self._clock()) > 0:
            self._sleep(early)
        self._last[host] = self._clock()
        return self._client.stream("GET", url, headers=headers)

    def _ask_leave(self, url: str) -> None:
        """Raise Refused where robots.txt, or the kind of address, forbids it."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(f"{url}: not a web address")
        if parts.netloc not in self._robots:
            self._robots[parts.netloc] = self._read_robots(f"{parts.scheme}://{parts.netloc}/robots.txt")
        if not self._robots[parts.netloc].can_fetch(self.settings.agent, url):
            raise Refused(f"{url}: the site's robots.txt asks programs not to; download it by hand in a browser")

    def _read_robots(self, url: str) -> RobotFileParser:
        """Return the host's rules; a host without a robots.txt allows everything, one with a fault nothing yet."""
        robots = RobotFileParser(url)
        for _ in range(_REDIRECTS + 1):
            with self._send(url, {}) as response:
                if response.status_code >= 500:
                    raise _Later(f"{url} cannot be read now (HTTP {response.status_code})", _retry_after(response))
                if not response.has_redirect_location:
                    found = response.status_code == httpx.codes.OK
                    text = b"".join(self._chunks(response, 0)).decode("utf-8", "replace") if found else ""
                    robots.parse(text.splitlines())
                    return robots
                url = urljoin(url, response.headers["location"])
        raise Refused(f"{url}: redirected more than {_REDIRECTS} times")


def _copy(url: str, response: httpx.Response, sha256: str, size: int) -> Copy:
    """Return what to note; without marks of its edition where the bytes were packed on the way."""
    headers = {} if response.headers.get("content-encoding", "identity") != "identity" else response.headers
    return Copy(url, sha256, size, headers.get("etag", ""), headers.get("last-modified", ""))


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
        raise _Later(
            f"the site asks for fewer requests (HTTP 429); wait {max(wait, 600) / 60:.0f} minutes, raise --delay, "
            "or download it by hand",
            wait,
        )
    if status >= 500:
        raise _Later(f"the site has a fault (HTTP {status}); try again later", _retry_after(response))
    raise Refused(f"{url}: there is nothing at this address (HTTP {status}); look for the report on HMICFRS's site")


def _retry_after(response: httpx.Response) -> float:
    """Return the seconds that the server asks us to wait, 0 when it does not say."""
    said = response.headers.get("retry-after", "")
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0


def _conditions(known: Copy | None, begun: Copy | None, part: Path) -> dict[str, str]:
    """Return the headers that spare a transfer: go on where we broke off, or send only what is newer."""
    if begun is not None and (begun.etag or begun.modified) and part.exists() and part.stat().st_size:
        return {"Range": f"bytes={part.stat().st_size}-", "If-Range": begun.etag or begun.modified}
    if known is None:
        return {}
    return {
        name: value for name, value in (("If-None-Match", known.etag), ("If-Modified-Since", known.modified)) if value
    }


# notes on a file, beside it -------------------------------------------------------------------------------------------


def owner(file: Path) -> str | None:
    """Return the address that a downloaded file came from, None where there is no such file."""
    try:
        return str(json.loads(_notes(file).read_text(encoding="utf-8"))["url"])
    except (OSError, KeyError, TypeError, ValueError):
        return None


def _notes(file: Path) -> Path:
    return file.with_name(f".{file.name.lstrip('.')}.json")


def _note(file: Path, copy: Copy) -> None:
    _notes(file).write_text(json.dumps(asdict(copy), indent=1), encoding="utf-8")


def _noted(file: Path, url: str) -> Copy | None:
    """Return what was noted of a file, if it is there and came from this address."""
    try:
        copy = Copy(**json.loads(_notes(file).read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError):
        return None
    return copy if file.exists() and copy.url == url else None


def _forget(file: Path) -> None:
    file.unlink(missing_ok=True)
    _notes(file).unlink(missing_ok=True)


def _sha256(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
