"""The published reports: the manifest of their addresses, and fetching them into a folder."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from extractor.errors import BadSetting, Refused, Unreachable
from extractor.fetch.links import file_name, links
from extractor.rulebook.load import load_rules
from extractor.rulebook.tables import Force

if TYPE_CHECKING:
    from extractor.fetch.visitor import Visitor

MANIFEST = Path("corpus/manifest.csv")
FOLDER = Path("corpus/pdf")
_HOST = "justiceinspectorates.gov.uk"  # files linked on a page may lie on any host below it
_REPORT = re.compile(r"\bpeel\b|police[ -](effectiveness|efficiency|legitimacy|leadership)", re.IGNORECASE)
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
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [field.name for field in fields(Entry) if field.name not in (rows.fieldnames or ())]
        if missing:
            raise BadSetting(f"{path}: column {', '.join(missing)} is missing; restore the header line")
        return [Entry(**{field.name: (row[field.name] or "").strip() for field in fields(Entry)}) for row in rows]


def wanted(pages: Sequence[str], manifest: Path, force_id: str | None = None) -> list[Entry]:
    """Return rows for addresses of pages and PDFs; without any, the manifest's rows that have an address.

    Raises:
        OSError: the manifest cannot be read.
        ValueError: the manifest lacks a column, or nothing is left to fetch.
    """
    if pages:
        return [_named(page) for page in pages]
    rows = [row for row in read_manifest(manifest) if row.page or row.pdf]
    if force_id:
        rows = [row for row in rows if row.force_id == force_id]
    if not rows:
        raise BadSetting(f"{manifest}: no address{f' for {force_id}' if force_id else ''}; give a publication page")
    return rows


def _named(address: str) -> Entry:
    """Return a row for the address of a page or a PDF that somebody gave."""
    kind = "pdf" if urlsplit(address).path.lower().endswith(".pdf") else "page"
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
    for url, sha256 in _addresses(rows, visitor, done, on_file):
        if most is not None and len(done) >= most:
            break
        if url not in done:
            done[url] = _fetch_one(url, sha256, folder, visitor, first=not done)
            on_file(done[url])
    return list(done.values())


def _fetch_one(url: str, sha256: str, folder: Path, visitor: Visitor, *, first: bool) -> Fetched:
    """Return what became of one address; whatever it answers costs itself alone."""
    from extractor.fetch.download import download, free_place
    from extractor.fetch.visitor import Offline

    try:
        file = free_place(folder / file_name(url), url)
        copy, outcome = download(visitor, url, file)
    except Offline as error:
        if first:
            raise Unreachable(str(error)) from error
        return Fetched(url, "failed", message=str(error))
    except Refused as error:
        return Fetched(url, "failed", message=str(error))
    except (OSError, ValueError) as error:
        return Fetched(url, "failed", message=f"{url}: {error}; look at the address and at {folder}")
    if sha256 and copy.sha256 != sha256:
        words = (
            f"{url}: the bytes are not those of the manifest (sha256 {copy.sha256}); the site has another edition, or "
            f"the download is damaged: compare {file} with the site, then correct the manifest"
        )
        return Fetched(url, "failed", str(file), copy.sha256, words)
    return Fetched(url, outcome, str(file), copy.sha256)


def _addresses(
    rows: Iterable[Entry], visitor: Visitor, done: dict[str, Fetched], on_file: Callable[[Fetched], None]
) -> Iterator[tuple[str, str]]:
    """Yield (address of a PDF, its sha256 or "")."""
    from extractor.fetch.visitor import Offline

    forces = load_rules().forces
    seen: set[str] = set()
    for entry in rows:
        if entry.pdf:
            yield entry.pdf, entry.sha256
        elif entry.page and entry.page not in seen:
            seen.add(entry.page)
            try:
                yield from ((url, "") for url in _linked(entry.page, visitor, forces, seen, deeper=True))
            except Refused as error:
                if isinstance(error, Offline) and not done:
                    raise Unreachable(str(error)) from error
                done[entry.page] = Fetched(entry.page, "failed", message=str(error))
                on_file(done[entry.page])


def _linked(page: str, visitor: Visitor, forces: Sequence[Force], seen: set[str], *, deeper: bool) -> Iterator[str]:
    """Yield the addresses of force PDFs that a page links to, directly or by the publication page of a force."""
    address, text = visitor.page(page)
    inner = []
    for url, words in links(text, address):
        if not _is_near(url, address):
            continue
        about_force = any(force_in(part, forces) for part in (words, unquote(urlsplit(url).path)))
        if urlsplit(url).path.lower().endswith(".pdf"):
            if about_force and _REPORT.search(f"{words} {url}"):
                yield url
        elif deeper and about_force and _PUBLICATION.search(urlsplit(url).path) and url not in seen:
            seen.add(url)
            inner.append(url)
    for url in inner:
        yield from _linked(url, visitor, forces, seen, deeper=False)


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
