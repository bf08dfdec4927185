"""The search for reports: from rows of the manifest, over the pages they name, to the addresses of PDFs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from extractor.errors import Refused
from extractor.fetch.landing_page import LandingPage, cycles_in, read_landing_page
from extractor.fetch.links import forces_in, links
from extractor.fetch.manifest import Entry
from extractor.fetch.visitor import NotThere, Visitor
from extractor.rulebook.load import load_rules

_MOST_LINKS = 5_000  # of a page; the longest published list has under five hundred
_BY_HAND = "open it in a browser"


@dataclass(frozen=True, slots=True)
class Found:
    """The address of a PDF, and what the page that leads to it says of the report."""

    url: str
    page: str  # the page that leads to it
    sha256: str = ""
    published: str = ""  # YYYY-MM-DD
    published_from: str = ""  # the address of the page that says so


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that was visited."""

    files: list[str]
    inner: list[str]
    web_report: str | None  # where the report stands as a web page
    day: str


class Search:
    """The search of one run.

    Args:
        visitor: fetches the pages.
        tell: is told of each page that leads to no PDF: its address, what became of it, why.
        fail: is told of each page that cannot be had, and why.
    """

    def __init__(
        self, visitor: Visitor, tell: Callable[[str, str, str], None], fail: Callable[[str, Exception], None]
    ) -> None:
        self._visitor, self._tell, self._fail = visitor, tell, fail
        self._rules = load_rules()
        self._seen = set[str]()

    def reports(self, rows: Iterable[Entry]) -> Iterator[Found]:
        """Yield each PDF; no inferred address is tried for a report that another one led to."""
        there = set[tuple[str, str, str]]()
        for entry in rows:
            if entry.inferred and entry.report in there:
                continue
            for found in self._of_row(entry):
                there.add(entry.report)
                yield found

    def _of_row(self, entry: Entry) -> Iterator[Found]:
        if entry.pdf:
            yield Found(entry.pdf, entry.pdf, entry.sha256, entry.published, entry.known_from)
        elif entry.page and (page := self._visited(entry, entry.page, entry.page)):
            yield from self._on_page(entry, page)

    def _on_page(self, entry: Entry, page: _Page) -> Iterator[Found]:
        """Yield each force's PDF that a page links to, itself or by a publication page; tell where there is none."""
        some, failed = False, False
        for found in self._files(entry, entry.page, page):
            some = True
            yield found
        for address in page.inner:
            if address in self._seen:
                continue
            inner = self._visited(entry, address, entry.page)
            failed |= inner is None
            for found in self._files(entry, address, inner) if inner else ():
                some = True
                yield found
        if not some and not failed:
            self._tell_of_none(entry.page, page)

    def _files(self, entry: Entry, address: str, page: _Page) -> Iterator[Found]:
        day, source = (entry.published, entry.known_from) if entry.published else (page.day, address)
        yield from (Found(url, address, published=day, published_from=source if day else "") for url in page.files)

    def _tell_of_none(self, address: str, page: _Page) -> None:
        if page.web_report:
            words = "the report stands here as a web page; save it in a browser, with `peel extract` reading the file"
            self._tell(page.web_report, "web", f"{page.web_report}: {words}")
        else:
            self._tell(address, "none", f"{address}: no link to the PDF of a report; {_BY_HAND}")

    def _visited(self, entry: Entry, address: str, linked_on: str) -> _Page | None:
        """Return what stands on a page; None, and somebody is told, where it cannot be had or is of another report."""
        if address in self._seen:
            return None
        self._seen.add(address)
        is_guess = bool(entry.inferred) and address == entry.page
        try:
            self._visitor.check_link(address, linked_on)
            return self._read(entry, address, is_guess=is_guess)
        except NotThere as error:
            if is_guess:
                self._tell(address, "absent", f"{address}: nothing is there; the address was inferred")
            else:
                self._fail(address, error)
        except Refused as error:
            self._fail(address, error)
        return None

    def _read(self, entry: Entry, address: str, *, is_guess: bool) -> _Page | None:
        place, text = self._visitor.page(address)
        found = links(text, place)
        if len(found) > _MOST_LINKS:
            raise Refused(f"{address}: {len(found)} links, more than any list of reports; give the page of a report")
        landing = read_landing_page(place, text, self._rules)
        if is_guess and not landing.is_of(entry.force_id, entry.cycle):
            words = f"what is there does not name {entry.force_id} {entry.cycle} in its heading; {_BY_HAND}"
            self._tell(address, "absent", f"{address}: {words}")
            return None
        return self._sorted(entry, place, found, landing)

    def _sorted(self, entry: Entry, place: str, found: list[tuple[str, str]], landing: LandingPage) -> _Page:
        """Return the links of a page by what they lead to."""
        near = [(url, words) for url, words in found if self._is_near(url, place) and self._fits(entry, url, words)]
        files = [url for url, words in near if _is_pdf(url) and self._is_report(entry, landing, url, words)]
        pages = [url for url, words in near if not _is_pdf(url) and self._named(url, words)]
        inner = [url for url in pages if self._is("publication", urlsplit(url).path)]
        web = [url for url in (place, *pages) if self._is("web_report", urlsplit(url).path)]
        return _Page(files, inner, web[0] if web else None, landing.day(entry.cycle, self._rules))

    def _is_report(self, entry: Entry, landing: LandingPage, url: str, words: str) -> bool:
        """Say whether a PDF is a report on a force: by its names, or as the report of a page of one force."""
        if self._named(url, words):
            return self._is("report", f"{words} {url}") or (bool(entry.force_id) and self._is("own_report", words))
        return bool(entry.force_id) and landing.forces == {entry.force_id} and self._is("own_report", words)

    def _fits(self, entry: Entry, url: str, words: str) -> bool:
        """Say whether a link names no other force, and no other cycle, than a row that is about one."""
        name = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
        forces = self._named(name, words)
        cycles = cycles_in(f"{words} / {name}", self._rules)
        is_other = entry.force_id and forces and entry.force_id not in forces
        return not is_other and not (entry.force_id and entry.cycle and cycles and entry.cycle not in cycles)

    def _named(self, address: str, words: str) -> set[str]:
        """Return the forces that a link's words or address name."""
        return {
            force for text in (words, unquote(urlsplit(address).path)) for force in forces_in(text, self._rules.forces)
        }

    def _is(self, what: str, text: str) -> bool:
        return any(link.what == what and link.found(text) for link in self._rules.web_links)

    def _is_near(self, url: str, page: str) -> bool:
        """Say whether a link stays with the site: nothing that a page names elsewhere is fetched."""
        parts = urlsplit(url)
        same = parts.netloc == urlsplit(page).netloc
        return parts.scheme in ("http", "https") and (same or self._is("site", parts.hostname or ""))


def _is_pdf(url: str) -> bool:
    return urlsplit(url).path.lower().endswith(".pdf")
