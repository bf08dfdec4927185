"""Fetching published reports into a folder: each address tried once, each outcome told, one failure no other's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import Refused, Unreachable
from extractor.fetch.addresses import Offline
from extractor.fetch.links import file_name
from extractor.phrasing import count
from extractor.rulebook.dates import british_stored

if TYPE_CHECKING:
    from extractor.fetch.manifest import Entry
    from extractor.fetch.search import Found
    from extractor.fetch.visitor import Visitor

_FILES = ("new", "resumed", "unchanged", "failed")
_OTHERS = {"absent": "not there", "web": "as web pages only", "none": "without a PDF"}
_COUNTED = (*_FILES, "absent")  # among the most that are tried


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address."""

    url: str
    outcome: str  # new | resumed | unchanged | failed | absent: inferred, not there | web, none: a page without a PDF
    file: str | None = None
    sha256: str | None = None
    message: str | None = None
    published: str | None = None  # YYYY-MM-DD
    published_from: str | None = None  # the address of the page that says so


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
    from extractor.fetch.search import Search

    done: dict[str, Fetched] = {}

    def note(fetched: Fetched) -> None:
        done[fetched.url] = fetched
        on_file(fetched)
        if sum(each.outcome in _COUNTED for each in done.values()) == most:
            raise _Enough

    def tell(url: str, outcome: str, words: str) -> None:
        note(Fetched(url, outcome, message=words))

    def fail(url: str, error: Exception) -> None:
        if isinstance(error, Offline) and not done:
            raise Unreachable(str(error)) from error
        tell(url, "failed", str(error))

    with suppress(_Enough):
        for found in Search(visitor, tell, fail).reports(rows):
            try:
                if found.url not in done:
                    note(_fetch_one(found, folder, visitor))
            except Refused as error:
                fail(found.url, error)
    return list(done.values())


class _Enough(Exception):
    """As many addresses were tried as were asked for, those that failed among them."""


def _fetch_one(found: Found, folder: Path, visitor: Visitor) -> Fetched:
    """Return what became of one address.

    Raises:
        Refused: it cannot be had.
    """
    from extractor.fetch.download import download, free_place, note_day

    url = found.url
    try:
        visitor.check_link(url, found.page)
        file = free_place(folder / file_name(url), url)
        copy, outcome = download(visitor, url, file)
        if found.published:
            note_day(file, copy, found.published, found.published_from)
    except (OSError, ValueError) as error:
        raise Refused(f"{url}: {error}; look at the address and at {folder}") from error
    if found.sha256 and copy.sha256 != found.sha256:
        words = (
            f"{url}: the bytes are not those of the manifest (sha256 {copy.sha256}); the site has another edition, or "
            f"the download is damaged: compare {file} with the site, then correct the manifest"
        )
        return Fetched(url, "failed", str(file), copy.sha256, words)
    day, source = found.published or None, found.published_from or None
    return Fetched(url, outcome, str(file), copy.sha256, None, day, source)


def line(fetched: Fetched) -> str:
    """Return one line about an address."""
    day = fetched.published and f"  published {british_stored(fetched.published)}, says {fetched.published_from}"
    return f"{fetched.outcome:<9} {fetched.message or fetched.file}{day or ''}"


def closing(done: Sequence[Fetched], folder: Path) -> str:
    """Return the count at the end."""
    number = {name: sum(fetched.outcome == name for fetched in done) for name in (*_FILES, *_OTHERS)}
    counts = [f"{number[name]} {name}" for name in _FILES]
    counts += [f"{number[name]} {words}" for name, words in _OTHERS.items() if number[name]]
    return f"{count(sum(number[name] for name in _FILES), 'report')}: {', '.join(counts)} · {folder}"


def as_json(done: Sequence[Fetched]) -> str:
    """Return what became of each address as one JSON document."""
    return json.dumps([asdict(fetched) for fetched in done], ensure_ascii=False, indent=2)
