"""The published reports: the manifest of their addresses, and fetching them into a folder."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from extractor.errors import BadSetting, Refused, Unreachable
from extractor.fetch.addresses import Offline
from extractor.fetch.links import file_name, links
from extractor.rulebook.load import load_rules
from extractor.rulebook.tables import Force
from extractor.tables.lookup import hint

if TYPE_CHECKING:
    from extractor.fetch.visitor import Visitor

MANIFEST = Path("corpus/manifest.csv")
FOLDER = Path("corpus/pdf")
_HOST = "justiceinspectorates.gov.uk"  # files linked on a page may lie on any host below it
_REPORT = re.compile(r"\bpeel\b|police[ -](effectiveness|efficiency|legitimacy|leadership)", re.IGNORECASE)
_MOST_LINKS = 5_000  # of a page; the longest published list has under five hundred
_PUBLICATION = re.compile(r"/(publications|publication-html|peel-reports)/[^/]+/?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the manifest; what is not known is empty."""

    cycle: str
    pillar: str
    force_id: str  # empty: a page that lists the reports of many forces
    page: str  # address of the publication's page
    pdf: str  # address of the PDF itself
    sha256: str  # of the PDF's bytes, where somebody has checked them
    known_from: str  # public page on which the address was seen
    note: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address."""

    url: str
    outcome: str  # new | resumed | unchanged | failed
    file: str | None = None
    sha256: str | None = None
    message: str | None = None


def read_manifest(path: Path = MANIFEST) -> list[Entry]:
    """Return the rows of the manifest.

    Raises:
        OSError: there is no such file.
        ValueError: a column is missing.
    """
    names = [field.name for field in fields(Entry)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            rows = csv.DictReader(file)
            if missing := [name for name in names if name not in (rows.fieldnames or ())]:
                raise BadSetting(f"{path}: column {', '.join(missing)} is missing; restore the header line")
            return [Entry(**{name: (row[name] or "").strip() for name in names}) for row in rows]
        except UnicodeDecodeError as error:
            raise BadSetting(f"{path}: not UTF-8; save the file as “CSV UTF-8”") from error
        except csv.Error as error:
            raise BadSetting(f"{path}: not CSV after line {rows.line_num} ({error})") from error


def wanted(pages: Sequence[str], manifest: Path, force_id: str | None = None) -> list[Entry]:
    """Return rows for addresses of pages and PDFs; without any, the manifest's rows that have an address.

    Raises:
        OSError: the manifest cannot be read.
        ValueError: the manifest lacks a column, or nothing is left to fetch.
    """
    if pages:
        return [_named(page) for page in pages]
    rows = [row for row in read_manifest(manifest) if row.page or row.pdf]
    if not rows:
        raise BadSetting(f"{manifest}: no address; give a publication page")
    return _of_force(rows, force_id) if force_id else rows


def _of_force(rows: Sequence[Entry], force_id: str) -> list[Entry]:
    own = [row for row in rows if row.force_id == force_id]
    if not own:
        near = hint(force_id, {row.force_id: "" for row in rows if row.force_id})
        raise BadSetting(f"no address for {force_id}; {near}, or give a publication page")
    return own


def _named(address: str) -> Entry:
    """Return a row for the address of a page or a PDF that somebody gave."""
    kind = "pdf" if re.split(r"[?#]", address)[0].lower().endswith(".pdf") else "page"  # it may be no address
    return Entry(**{**dict.fromkeys((field.name for field in fields(Entry)), ""), kind: address})


def fetch(
    rows: Iterable[Entry],
    folder: Path,
    visitor: Visitor,
    *,
    most: int | None = None,
    on_file: Callable[[Fetched], None] = lambda _fetched: None,
) -> list[Fetched]:
    """Download the PDFs of manifest rows, and those of forces that their pages link to; never more than `most`.

    Raises:
        Unreachable: not even the first host can be found.
    """
    done: dict[str, Fetched] = {}

    def note(fetched: Fetched) -> None:
        done[fetched.url] = fetched
        on_file(fetched)
        if len(done) == most:
            raise _Enough

    def fail(url: str, error: Exception) -> None:
        if isinstance(error, Offline) and not done:
            raise Unreachable(str(error)) from error
        note(Fetched(url, "failed", message=str(error)))

    with suppress(_Enough):
        for url, sha256, page in _Search(visitor, fail).addresses(rows):
            try:
                if url not in done:
                    note(_fetch_one(url, sha256, page, folder, visitor))
            except Refused as error:
                fail(url, error)
    return list(done.values())


class _Enough(Exception):
    """As many addresses were tried as were asked for, those that failed among them."""


def _fetch_one(url: str, sha256: str, page: str, folder: Path, visitor: Visitor) -> Fetched:
    """Return what became of one address.

    Raises:
        Refused: it cannot be had.
    """
    from extractor.fetch.download import download, free_place

    try:
        visitor.check_link(url, page)
        file = free_place(folder / file_name(url), url)
        copy, outcome = download(visitor, url, file)
    except (OSError, ValueError) as error:
        raise Refused(f"{url}: {error}; look at the address and at {folder}") from error
    if sha256 and copy.sha256 != sha256:
        words = (
            f"{url}: the bytes are not those of the manifest (sha256 {copy.sha256}); the site has another edition, or "
            f"the download is damaged: compare {file} with the site, then correct the manifest"
        )
        return Fetched(url, "failed", str(file), copy.sha256, words)
    return Fetched(url, outcome, str(file), copy.sha256)


class _Search:
    """The search for addresses of PDFs, on the pages that rows of the manifest name."""

    def __init__(self, visitor: Visitor, fail: Callable[[str, Exception], None]) -> None:
        self._visitor, self._fail = visitor, fail
        self._forces, self._seen = load_rules().forces, set[str]()

    def addresses(self, rows: Iterable[Entry]) -> Iterator[tuple[str, str, str]]:
        """Yield (address of a PDF, its sha256 or "", the page that leads to it)."""
        for entry in rows:
            if entry.pdf:
                yield entry.pdf, entry.sha256, entry.pdf
            elif entry.page:
                yield from ((url, "", page) for url, page in self._on_page(entry.page, entry.page, deeper=True))

    def _on_page(self, page: str, linked_on: str, *, deeper: bool) -> Iterator[tuple[str, str]]:
        """Yield each force's PDF that a page links to, itself or by a publication page, with the page."""
        if page in self._seen:
            return
        self._seen.add(page)
        try:
            self._visitor.check_link(page, linked_on)
            files, pages = self._linked(page)
        except Refused as error:
            self._fail(page, error)
            return
        yield from ((url, page) for url in files)
        for inner in pages if deeper else ():
            yield from self._on_page(inner, page, deeper=False)

    def _linked(self, page: str) -> tuple[list[str], list[str]]:
        """Return the addresses of PDFs and of publication pages of forces that a page links to."""
        address, text = self._visitor.page(page)
        found = links(text, address)
        if len(found) > _MOST_LINKS:
            raise Refused(f"{page}: {len(found)} links, more than any list of reports; give the page of a report")
        files, pages = list[str](), list[str]()
        for url, words in found:
            path = urlsplit(url).path
            if not _is_near(url, address) or not any(force_in(part, self._forces) for part in (words, unquote(path))):
                continue
            if path.lower().endswith(".pdf"):
                files += [url] if _REPORT.search(f"{words} {url}") else []
            elif _PUBLICATION.search(path):
                pages.append(url)
        return files, pages


def _is_near(url: str, page: str) -> bool:
    """Tell whether a link stays with the site: nothing that a page names elsewhere is fetched."""
    host = urlsplit(url).hostname or ""
    same = urlsplit(url).netloc == urlsplit(page).netloc
    return urlsplit(url).scheme in ("http", "https") and (same or host == _HOST or host.endswith(f".{_HOST}"))


def force_in(text: str, forces: Sequence[Force]) -> str | None:
    """Return the id of a force that a link's words or address name, or None."""
    plain = f" {re.sub(r'[^a-z]+', ' ', text.lower())} "
    for force in forces:
        for name in (force.name, force.id, *force.aliases):
            if f" {re.sub(r'[^a-z]+', ' ', name.lower()).strip()} " in plain:
                return force.id
    return None


def line(fetched: Fetched) -> str:
    """Return one line about a file."""
    return f"{fetched.outcome:<9} {fetched.message or fetched.file}"


def closing(done: Sequence[Fetched], folder: Path) -> str:
    """Return the count at the end."""
    outcomes = ("new", "resumed", "unchanged", "failed")
    counts = ", ".join(f"{sum(fetched.outcome == outcome for fetched in done)} {outcome}" for outcome in outcomes)
    return f"{len(done)} report{'' if len(done) == 1 else 's'}: {counts} · {folder}"


def as_json(done: Sequence[Fetched]) -> str:
    """Return what became of each address as one JSON document."""
    return json.dumps([asdict(fetched) for fetched in done], ensure_ascii=False, indent=2)
