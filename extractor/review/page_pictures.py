"""Pictures and lines of a report's pages, made in children: a page that crashes the painter costs that page alone."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from extractor.models import Printed
from extractor.runs.children import Failure, Nursery, isolated, local_executor
from extractor.runs.limits import Limits
from extractor.runs.workers import available_cores
from extractor.tables import storage

LARGEST = 60_000  # bytes of one picture
_WIDTH = 1_000  # pixels
_KINDS = ("PNG", "WEBP")  # a PNG is made five times as fast, a WEBP is a fifth smaller
_LIMITS = Limits(seconds=30, megabytes=1024)
_NURSERY = Nursery(("extractor.review.picture", "extractor.reading.pdf.document"))
_BATCH = 8  # pages that share a child


def page_pictures(source: Path, pages: Sequence[int]) -> list[bytes | None]:
    """Return each page as PNG or WEBP of at most 60 KB; None where it cannot be painted."""
    places = [(str(source), page) for page in pages]
    batches = [places[start : start + _BATCH] for start in range(0, len(places), _BATCH)]
    executor = local_executor(available_cores())
    try:
        futures = [executor.submit(isolated, paint, batch, _LIMITS, _NURSERY) for batch in batches]
        painted = list(chain.from_iterable(future.result() for future in futures))
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
    return [None if isinstance(each, Failure) else each for each in painted]


def media_type(picture: bytes) -> str:
    """Return what kind of picture a page was painted as."""
    return "image/webp" if picture.startswith(b"RIFF") else "image/png"


def as_address(picture: bytes) -> str:
    """Return a picture as a `data:` address, which holds all of it."""
    return f"data:{media_type(picture)};base64,{b64encode(picture).decode()}"


def paint(place: tuple[str, int]) -> bytes | None:
    """Paint one page of a PDF; runs in a child."""
    from extractor.review.picture import picture

    try:
        return picture(place[0], place[1], width=_WIDTH, crop=False, kind=_KINDS, at_most=LARGEST)
    except OSError:
        return None


def printed_lines(source: Path, sha256: str, outputs: Path | str) -> Printed | None:
    """Return the lines of a report's file: those kept, else read again; None where it cannot be read."""
    from extractor.tables import lines_cache

    try:
        kept = lines_cache.decode(storage.read_bytes(storage.lines_place(storage.place(outputs), sha256)), str(source))
    except OSError:
        kept = None
    if kept is not None:
        return kept
    answer = isolated(read_lines, [str(source)], _LIMITS, _NURSERY)[0]
    return answer if isinstance(answer, Printed) else None


def read_lines(source: str) -> Printed:
    """Read the lines of a file; runs in a child."""
    from extractor.pipeline import read

    return read(source)
