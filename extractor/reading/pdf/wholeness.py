"""Has every page still what the file says of it? Contents, marks, fonts and pages that are spoken of and not there."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.reading.pdf.operators import Contents
from extractor.reading.pdf.structure import Structure, Unfollowed

_NOTHING = Contents((0, 0, 0), frozenset(), frozenset())
Loss = tuple[str, int | None, str]  # problem code, page, why


def losses(structure: Structure, contents: dict[int, Contents]) -> Iterator[Loss]:
    """Yield what is lost; `contents` are the streams that draw, by object. Nothing where objects cannot be followed."""
    try:
        pages = structure.pages()
        for number, page in enumerate(pages, 1):
            yield from _of_page(structure, page, number, contents)
        unlisted = structure.spoken_of().difference(pages)
    except Unfollowed:
        return
    if unlisted:
        yield "page_unlisted", None, str(len(unlisted))


def _of_page(structure: Structure, page: int, number: int, contents: dict[int, Contents]) -> Iterator[Loss]:
    streams = structure.streams(page)
    found = [contents.get(stream, _NOTHING) for stream in streams]
    lost = structure.marks.get(page, set()).difference(*(part.marks for part in found))
    fonts = structure.fonts(page)
    if not all(map(structure.holds, streams)):
        yield "contents_missing", number, "the file has not all streams that the page draws from"
    elif not streams and (lost or fonts):
        yield "contents_missing", number, "the page draws nothing, though the file holds what it would need"
    elif lost:
        yield "contents_missing", number, f"{len(lost)} parts that the file's structure names are not drawn"
    elif any(map(sum, zip(*(part.unended for part in found), strict=True))):
        yield "contents_missing", number, "what it begins to draw is not ended, or not begun what it ends"
    if fonts is not None and (unheld := _NOTHING.fonts.union(*(part.fonts for part in found)) - fonts):
        yield "font_missing", number, ", ".join(sorted(name.decode("latin-1") for name in unheld))
