"""The list of characters that an embedded TrueType font has of its own (its table `cmap`).

Sources: ISO 14496-22 (OpenType), 5.2.1: subtables of format 4 for Unicode, of formats 0 and 6 for bare codes.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_UNICODE = ((3, 1), (0, 3), (0, 4), (0, 2), (0, 1), (0, 0))  # platform, encoding: the most usual first
_BARE = (1, 0)
_HIGHEST = 0x2122  # no letter or mark of a report stands above it
_MOST_TABLES = 64


class Program(NamedTuple):
    """A font's own list: the characters of each glyph, and the bare codes that show one; empty where it has none."""

    characters: dict[int, str]
    codes: frozenset[int]


def program_of(data: bytes) -> Program:
    """Return the list of a font; an empty one where it has none or is broken."""
    try:
        tables = _tables(data)
        start, subtables = tables[b"cmap"], _subtables(data, tables[b"cmap"])
        glyph_count = struct.unpack_from(">H", data, tables[b"maxp"] + 4)[0]
        places = [start + subtables[key] for key in _UNICODE if key in subtables]
        characters = _characters(data, places[0], glyph_count) if places else {}
        codes = _codes(data, start + subtables[_BARE]) if _BARE in subtables else frozenset[int]()
        return Program(characters, codes)
    except (struct.error, KeyError, IndexError):
        return Program({}, frozenset())


def _tables(data: bytes) -> dict[bytes, int]:
    count = min(struct.unpack_from(">H", data, 4)[0], _MOST_TABLES)
    rows = (struct.unpack_from(">4sLLL", data, 12 + 16 * number) for number in range(count))
    return {name: place for name, _, place, _ in rows}


def _subtables(data: bytes, start: int) -> dict[tuple[int, int], int]:
    count = min(struct.unpack_from(">H", data, start + 2)[0], _MOST_TABLES)
    rows = (struct.unpack_from(">HHL", data, start + 4 + 8 * number) for number in range(count))
    return {(platform, encoding): place for platform, encoding, place in rows}


def _characters(data: bytes, start: int, glyph_count: int) -> dict[int, str]:
    """Return the characters of each glyph; none where the list names glyphs that the font has not: it is another's."""
    form, _, _, twice = struct.unpack_from(">HHHH", data, start)
    if form != 4:
        return {}
    count, found = twice // 2, dict[int, str]()
    lasts, firsts, shifts, offsets = (
        struct.unpack_from(f">{count}H", data, start + 14 + number * twice + 2 * (number > 0)) for number in range(4)
    )
    if any(first <= last for first, last in zip(firsts[1:], lasts, strict=False)):
        return {}  # stretches that are not in order are made to exhaust their reader
    for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        for code in range(first, min(last, _HIGHEST) + 1):
            glyph = code
            if offsets[number]:
                place = start + 16 + 3 * twice + 2 * number + offsets[number] + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0]
            if glyph or not offsets[number]:
                glyph = (glyph + shifts[number]) & 0xFFFF
            if glyph >= glyph_count:
                return {}
            if glyph:
                found[glyph] = found.get(glyph, "") + chr(code)
    return found


def _codes(data: bytes, start: int) -> frozenset[int]:
    form = struct.unpack_from(">H", data, start)[0]
    if form == 0:
        return frozenset(code for code, glyph in enumerate(data[start + 6 : start + 262]) if glyph)
    if form != 6:
        return frozenset()
    first, count = struct.unpack_from(">HH", data, start + 6)
    return frozenset(
        first + place for place, glyph in enumerate(struct.unpack_from(f">{count}H", data, start + 10)) if glyph
    )
