"""A file that was saved over itself holds some objects twice: does its table lead to the newest of each?

A program that revises a file adds the changed objects and a table of them at the end (ISO 32000-2, 7.5.6). Where that
table, or the way to it, is lost, readers show the file as it was before, and say nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from extractor.reading.pdf.filters import unpredicted

_OBJECT = re.compile(rb"(?<![^\s>])(\d{1,10})\s+\d{1,5}\s+obj\b")
_END = re.compile(rb"\bend(?:obj|stream)\b")
_START = re.compile(rb"startxref\s+(\d{1,12})")
_SECTION = re.compile(rb"(?<!\d)(\d{1,10})[ \t]{1,4}(\d{1,10})[ \t]{0,4}[\r\n]{1,4}((?:\d{10} \d{5} [nf]\s{0,4})+)")
_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])")
_PREVIOUS, _HYBRID, _SIZE = (re.compile(rb"/" + key + rb"\s+(\d{1,12})") for key in (b"Prev", b"XRefStm", b"Size"))
_WIDTHS, _INDEX = (re.compile(rb"/" + key + rb"\s*\[([\d\s]+)\]") for key in (b"W", b"Index"))
_COLUMNS = re.compile(rb"/Columns\s+(\d{1,9})")
_MOST_TABLES = 200
_LONGEST = 1 << 24  # bytes of a table; a longer one is made to exhaust its reader


def outdated(data: bytes) -> int:
    """Return how many objects the file has in a newer form than its table leads to; 0 where that cannot be told."""
    written: dict[int, list[int]] = {}
    for found in _OBJECT.finditer(data):
        written.setdefault(int(found[1]), []).append(found.start())
    twice = {number: places for number, places in written.items() if len(places) > 1}
    if not twice:
        return 0
    used = dict[int, int]()
    try:
        for table in _tables(data):
            for number, place in table.items():
                used.setdefault(number, place)
    except (ValueError, IndexError, zlib.error):
        return 0
    return sum(_is_older(data, used.get(number, -1), places) for number, places in twice.items())


def _is_older(data: bytes, used: int, places: list[int]) -> bool:
    """Tell whether the last body of an object is another than the one that is used."""
    before = [place for place in places if place <= used + 1]
    return used >= 0 and bool(before) and before[-1] != places[-1] and _body(data, used) != _body(data, places[-1])


def _body(data: bytes, place: int) -> bytes:
    end = _END.search(data, place)
    return b"".join(data[place : end.start() if end else None].split())


def _tables(data: bytes) -> Iterator[dict[int, int]]:
    """Yield the places of objects that each table has, the newest first; none of those within other objects."""
    starts, met = [int(found) for found in _START.findall(data)[-1:]], set[int]()
    while starts and len(met) < _MOST_TABLES:
        place = starts.pop()
        if place in met or not 0 <= place < len(data):
            continue
        met.add(place)
        is_plain = data[place : place + 40].lstrip().startswith(b"xref")
        end = data.find(b"startxref" if is_plain else b"stream", place)
        head = data[data.find(b"trailer", place) if is_plain else place : end]
        yield _plain(data[place:end]) if is_plain else _packed(data, head, end)
        starts += [int(found[1]) for key in (_PREVIOUS, _HYBRID) if (found := key.search(head))]


def _plain(table: bytes) -> dict[int, int]:
    found = dict[int, int]()
    for section in _SECTION.finditer(table):
        for number, entry in enumerate(_ENTRY.finditer(section[3]), int(section[1])):
            found[number] = int(entry[1]) if entry[2] == b"n" else -1
    return found


def _packed(data: bytes, head: bytes, end: int) -> dict[int, int]:
    """Read a table that is a stream: rows of a kind, a place and a third number."""
    widths, size, index = _WIDTHS.search(head), _SIZE.search(head), _INDEX.search(head)
    if not widths or not size:
        raise ValueError(head)
    kind, place, third = map(int, widths[1].split())
    start = end + len(b"stream\r\n" if data[end + 6 : end + 8] == b"\r\n" else b"stream\n")
    rows = zlib.decompressobj().decompress(data[start:], _LONGEST) if b"/FlateDecode" in head else data[start:]
    width = kind + place + third
    if columns := _COLUMNS.search(head):
        rows = unpredicted(rows, int(columns[1])) or b""
    firsts = list(map(int, index[1].split())) if index else [0, int(size[1])]
    numbers = (first + step for first, count in zip(firsts[::2], firsts[1::2], strict=False) for step in range(count))
    found = dict[int, int]()
    for number, begin in zip(numbers, range(0, len(rows) - width + 1, width), strict=False):
        row = rows[begin : begin + width]
        plain = not kind or int.from_bytes(row[:kind]) == 1
        found[number] = int.from_bytes(row[kind : kind + place]) if plain else -1
    return found
