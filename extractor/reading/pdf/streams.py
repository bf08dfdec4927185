"""The bytes of a PDF file: its compressed streams tried, and what its objects mention.

pdfium keeps what it could unpack of a damaged stream and says nothing, so words can vanish in silence. Every stream
that is packed with zlib (Flate), but for pictures, is unpacked here once: its checksum tells whether it is whole.
"""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator
from typing import NamedTuple

_OPENS = re.compile(rb"stream\r?\n")
_NUMBER = re.compile(rb"(\d+)\s+\d+$")
_FIRST_FILTER = re.compile(rb"/Filter\s*\[?\s*/(\w+)(?:\s*/(\w+))?")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_ENDS = re.compile(rb"\s*endstream")
_LONGEST_HEAD = 6000  # bytes before a stream that may hold its dictionary
_FLATE, _ASCII = (b"FlateDecode", b"Fl"), (b"ASCII85Decode", b"A85")
_MOST_UNPACKED = 1 << 28  # bytes of one stream; more is made to exhaust its reader, and not tried to its end
_PIECE = 1 << 20
_LAYERS_OFF = re.compile(rb"/OFF\s*\[\s*\d|/BaseState\s*/OFF|/(?:View|Print)State\s*/OFF|/OCMD\b|/VE\s*\[")


class FileBytes(NamedTuple):
    """What the bytes of a file tell: the numbers of objects whose streams are damaged; all objects, without streams.

    `sealed` when objects are encrypted, so that not all that the file mentions can be known.
    """

    damaged: tuple[int, ...]
    objects: bytes
    sealed: bool

    @property
    def layers_off(self) -> bool:
        """Tell whether some of the file's layers may not be shown."""
        return self.sealed or (b"/OCProperties" in self.objects and _LAYERS_OFF.search(self.objects) is not None)


class _Stream(NamedTuple):
    number: int
    head: bytes
    start: int


def look_through(data: bytes) -> FileBytes:
    """Try all streams of a file; of an encrypted one none can be tried."""
    encrypted = b"/Encrypt" in data[-_LONGEST_HEAD:] or b"/Encrypt" in data[: 2 * _LONGEST_HEAD]
    damaged: list[int] = []
    objects: list[bytes] = []
    sealed, end = False, 0
    for stream in _streams(data):
        if stream.start < end:
            continue  # within the bytes of the stream before
        objects.append(data[end : stream.start])
        whole, unpacked, end = _unpacked(data, stream)
        if not whole and not encrypted:
            damaged.append(stream.number)
        if b"/ObjStm" in stream.head:
            objects.append(unpacked)
            sealed = encrypted
    objects.append(data[end:])
    return FileBytes(tuple(damaged), b"\n".join(objects), sealed)


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
    """Return whether a stream is whole or cannot be told to be damaged, an object stream's bytes, and its end."""
    filters = _FIRST_FILTER.search(stream.head)
    first, second = (filters[1], filters[2]) if filters else (b"", None)
    if b"/Image" in stream.head or first not in (*_FLATE, *_ASCII):
        return True, b"", _end(data, stream)
    if first in _FLATE:
        return _inflated(data, stream.start, stream)
    end = _end(data, stream)
    try:
        packed = a85decode(data[stream.start : end].strip().removesuffix(b"~>"))
    except ValueError:
        return False, b"", end
    if second not in _FLATE:
        return True, b"", end
    whole, unpacked, _ = _inflated(packed, 0, stream)
    return whole, unpacked, end


def _inflated(data: bytes, start: int, stream: _Stream) -> tuple[bool, bytes, int]:
    engine, kept, size = zlib.decompressobj(), [], 0
    keep = b"/ObjStm" in stream.head
    pending = memoryview(data)[start : start + _PIECE]
    read = start + len(pending)
    try:
        while not engine.eof and len(pending) and size < _MOST_UNPACKED:
            piece = engine.decompress(pending, _PIECE)
            size += len(piece)
            if keep:
                kept.append(piece)
            pending = memoryview(engine.unconsumed_tail)
            if not len(pending):
                pending = memoryview(data)[read : read + _PIECE]
                read += len(pending)
    except zlib.error:
        return False, b"".join(kept), start
    whole = engine.eof or size >= _MOST_UNPACKED
    return whole, b"".join(kept), read - len(engine.unused_data) - len(engine.unconsumed_tail) if whole else start


def _end(data: bytes, stream: _Stream) -> int:
    length = _LENGTH.search(stream.head)
    if length and _ENDS.match(data, stream.start + int(length[1])):
        return stream.start + int(length[1])
    end = data.find(b"endstream", stream.start)
    return end if end >= 0 else len(data)
