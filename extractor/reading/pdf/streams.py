"""The bytes of a PDF file: its compressed streams tried, and what its objects mention.

pdfium keeps what it could unpack of a damaged stream and says nothing, so words can vanish in silence. Every stream
that is packed with zlib (Flate), but for pictures, is unpacked here once: its checksum tells whether it is whole, and
its bytes whether it gives other letters than it draws.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from extractor.reading.pdf.character_maps import Table, table_of
from extractor.reading.pdf.filters import OPENERS, unpredicted
from extractor.reading.pdf.operators import Contents, contents_of
from extractor.reading.pdf.statements import is_torn

_OPENS = re.compile(rb"stream\r?\n")
_NUMBER = re.compile(rb"(\d+)\s+\d+$")
_FILTERS = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/\w+))")
_FIRST = re.compile(rb"/First\s+(\d+)")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_ENDS = re.compile(rb"\s*endstream")
_LONGEST_HEAD = 6000  # bytes before a stream that may hold its dictionary
_NOT_OPENED = frozenset(b"DCTDecode DCT JPXDecode JBIG2Decode CCITTFaxDecode CCF Crypt".split())
_FLATE = (b"FlateDecode", b"Fl")
_PREDICTED = re.compile(rb"/Predictor\s+1[0-5]\b")
_COLUMNS = re.compile(rb"/Columns\s+(\d{1,9})")
_MOST_UNPACKED = 1 << 28  # bytes of one stream; more is made to exhaust its reader, and not tried to its end
_PIECE = 1 << 20
_SHOWN_NOTES = re.compile(rb"/(?:FreeText|Stamp|Widget|Square|Circle|Polygon|Ink|Redact|StrikeOut)\b")
# words given as the meaning of glyphs; a ligature or a hyphen is shorter
_SAID_INSTEAD = re.compile(rb"/ActualText\s*(?:\((?:[^()\\]|\\.){9,}|<[0-9A-Fa-f\s]{32,})")
_NO_CONTENTS = re.compile(rb"/(?:Type|Subtype|Length1|Length2)\b")  # of fonts, pictures, forms, tables
_LAYERS_OFF = re.compile(rb"/OFF\s*\[\s*\d|/BaseState\s*/OFF|/(?:View|Print)State\s*/OFF|/OCMD\b|/VE\s*\[")


class FileBytes(NamedTuple):
    """What the bytes of a file tell; streams by the numbers of their objects.

    `sealed` when objects are encrypted, so that not all that the file mentions can be known.
    """

    damaged: tuple[int, ...]  # streams that cannot be unpacked whole
    said_instead: tuple[int, ...]  # streams that give other words as the meaning of what they draw
    tables: dict[int, Table]  # of fonts' characters
    programs: dict[int, bytes]  # fonts that are embedded
    objects: bytes  # all objects, without streams
    inner: list[tuple[int, bytes]]  # object streams, and where in each its first object begins
    sealed: bool
    contents: dict[int, Contents]  # streams that pages may draw from

    @property
    def layers_off(self) -> bool:
        """Tell whether some of the file's layers may not be shown."""
        return self.sealed or (b"/OCProperties" in self.objects and _LAYERS_OFF.search(self.objects) is not None)

    @property
    def annotated(self) -> bool:
        """Tell whether annotations may show words or hide them."""
        return self.sealed or _SHOWN_NOTES.search(self.objects) is not None

    @property
    def portfolio(self) -> bool:
        """Tell whether the file is but a cover around other files."""
        return b"/Collection" in self.objects and b"/EmbeddedFiles" in self.objects


class _Stream(NamedTuple):
    number: int
    head: bytes
    start: int


def look_through(data: bytes) -> FileBytes:
    """Try all streams of a file; of an encrypted one none can be tried."""
    encrypted = b"/Encrypt" in data[-_LONGEST_HEAD:] or b"/Encrypt" in data[: 2 * _LONGEST_HEAD]
    damaged: list[int] = []
    said_instead: list[int] = []
    tables: dict[int, Table] = {}
    programs: dict[int, bytes] = {}
    objects: list[bytes] = []
    inner: list[tuple[int, bytes]] = []
    contents: dict[int, Contents] = {}
    sealed, end = False, 0
    for stream in _streams(data):
        if stream.start < end:
            continue  # within the bytes of the stream before
        objects.append(data[end : stream.start])
        whole, unpacked, end = _unpacked(data, stream)
        if b"/ObjStm" in stream.head:
            objects.append(unpacked)
            inner += [(int(first[1]), unpacked) for first in _FIRST.finditer(stream.head)]
            sealed = encrypted
        elif _SAID_INSTEAD.search(unpacked):
            said_instead.append(stream.number)
        elif b"begincmap" in unpacked:
            tables[stream.number] = table_of(unpacked)
        elif b"/Length1" in stream.head:
            programs[stream.number] = unpacked
        if not _NO_CONTENTS.search(stream.head):
            contents[stream.number] = contents_of(unpacked)
        if not (whole or encrypted):
            damaged.append(stream.number)
    objects.append(data[end:])
    found = tuple(damaged), tuple(said_instead), tables, programs
    return FileBytes(*found, b"\n".join(objects), inner, sealed, contents)


def _streams(data: bytes) -> Iterator[_Stream]:
    for found in _OPENS.finditer(data):
        if data[found.start() - 3 : found.start()] == b"end":
            continue
        begin = data.rfind(b" obj", max(found.start() - _LONGEST_HEAD, 0), found.start())
        if begin >= 0:
            number = _NUMBER.search(data[max(begin - 20, 0) : begin])
            if number:
                yield _Stream(int(number[1]), data[begin : found.start()], found.end())


def _unpacked(data: bytes, stream: _Stream) -> tuple[bool, bytes, int]:
    """Return whether a stream is whole or cannot be told to be damaged, its bytes, and where it ends."""
    filters = _filters(stream.head)
    if filters and filters[0] in _FLATE:
        whole, unpacked, end = _inflated(data, stream.start)
    else:
        end = _end(data, stream)
        whole, unpacked = _through(data[stream.start : end], filters) if filters is not None else (True, b"")
    rows = _rows(unpacked, stream.head) if whole and b"/Predictor" in stream.head else unpacked
    return whole and rows is not None and (_sums_up(filters or []) or not is_torn(rows)), rows or b"", end


def _filters(head: bytes) -> list[bytes] | None:
    """Return the names of a stream's filters in order; None for a picture, whose bytes are not looked at."""
    found = _FILTERS.search(head)
    if found is None:
        return []
    names = (found[1] or found[2] or b"").replace(b"/", b" ").split()
    return names if names and b"/Image" not in head else None


def _rows(unpacked: bytes, head: bytes) -> bytes | None:
    """Return bytes as they were before they were packed as differences; as they are where that is not known here."""
    columns = _COLUMNS.search(head) if _PREDICTED.search(head) and b"/XRef" not in head else None
    return unpredicted(unpacked, int(columns[1])) if columns else unpacked


def _sums_up(filters: list[bytes]) -> bool:
    """Tell whether a checksum said that the bytes are whole."""
    return any(name in _FLATE for name in filters)


def _through(packed: bytes, filters: list[bytes]) -> tuple[bool, bytes]:
    """Return whether bytes pass through their filters whole, and what comes out; "" from a filter not known here."""
    for name in filters:
        if name in _FLATE:
            whole, packed, _ = _inflated(packed, 0)
            return whole, packed
        if name not in OPENERS:
            return name in _NOT_OPENED, b""
        opened = OPENERS[name](packed)
        if opened is None:
            return False, b""
        packed = opened
    return True, packed


def _inflated(data: bytes, start: int) -> tuple[bool, bytes, int]:
    engine, parts, size, read = zlib.decompressobj(), [], 0, start
    pending, stop = b"", data.find(b"endstream", start, start + _PIECE)  # all that follows would be copied in vain
    try:
        while not engine.eof and size < _MOST_UNPACKED and (pending or read < len(data)):
            if not pending:
                stop = stop if stop > read else read + _PIECE
                pending, read = data[read:stop], stop
            parts.append(engine.decompress(pending, _PIECE))
            size += len(parts[-1])
            pending = engine.unconsumed_tail
    except zlib.error:
        return False, b"".join(parts), start
    whole = engine.eof or size >= _MOST_UNPACKED
    return whole, b"".join(parts), min(read, len(data)) - len(engine.unused_data) if engine.eof else start


def _end(data: bytes, stream: _Stream) -> int:
    length = _LENGTH.search(stream.head)
    if length and _ENDS.match(data, stream.start + int(length[1])):
        return stream.start + int(length[1])
    end = data.find(b"endstream", stream.start)
    return end if end >= 0 else len(data)
