"""Filters of PDF streams that have no checksum: opened strictly, so that damage to their form is seen.

Each opener returns the bytes, or None where they break the filter's own rules: an end mark that is missing, a letter
that is none of its alphabet, a run that reaches over the end, a code not yet given (ISO 32000-2, 7.4). Digits that are
left over, and zero bytes between digits, are allowed there and written by nobody: they are what damage leaves.
"""

from __future__ import annotations

from base64 import a85decode
from collections.abc import Callable

_BLANKS = b"\t\n\f\r "
_RUN_ENDS = 128
_CLEAR, _LZW_ENDS, _FIRST_CODE, _CODES = 256, 257, 258, 4096
_PAETH = 4
_MOST_OPENED = 1 << 26  # bytes; more is made to exhaust its reader
_LETTERS = [bytes([value]) for value in range(256)]


def _ascii_85(packed: bytes) -> bytes | None:
    try:
        return a85decode(packed.strip().removesuffix(b"~>"))
    except ValueError:
        return None


def _ascii_hex(packed: bytes) -> bytes | None:
    digits, end, _ = packed.translate(None, _BLANKS).partition(b">")
    try:
        return bytes.fromhex(digits.decode("ascii")) if end else None
    except ValueError:
        return None


def _run_length(packed: bytes) -> bytes | None:
    parts, place = list[bytes](), 0
    while place < len(packed):
        length = packed[place]
        if length == _RUN_ENDS:
            return None if packed[place + 1 :].strip(_BLANKS + b"\0") else b"".join(parts)
        if length < _RUN_ENDS:
            parts.append(packed[place + 1 : place + 2 + length])
            place += 2 + length
        else:
            parts.append(packed[place + 1 : place + 2] * (257 - length))
            place += 2
    return None


def _lzw(packed: bytes) -> bytes | None:
    opened = _by_codes(packed, early=1)
    return opened if opened is not None else _by_codes(packed, early=0)


def _by_codes(packed: bytes, early: int) -> bytes | None:
    """Open what was packed by LZW; `early` is by how many codes the longer ones come before they must."""
    words, parts, size = _Codes(early), list[bytes](), 0
    bits, held, place = 0, 0, 0
    while place < len(packed):
        while held < words.width and place < len(packed):
            bits, held, place = (bits << 8 | packed[place]) & 0xFFFFFF, held + 8, place + 1
        held -= words.width
        code = bits >> held & (1 << words.width) - 1 if held >= 0 else _CODES
        if code == _LZW_ENDS:
            return None if packed[place:].strip(_BLANKS) else b"".join(parts)
        word = words.word(code)
        if word is None or size > _MOST_OPENED:
            return None
        parts.append(word)
        size += len(word)
    return None


class _Codes:
    """The words that the codes of LZW stand for, as they are given one after the other."""

    def __init__(self, early: int) -> None:
        self._early = early
        self._clear()

    def _clear(self) -> None:
        self._table, self._before = [*_LETTERS, b"", b""], b""
        self.width = 9  # bits of the next code

    def word(self, code: int) -> bytes | None:
        """Return what a code stands for ("" for one that forgets the codes given), None for one not yet given."""
        if code == _CLEAR:
            self._clear()
            return b""
        table, before = self._table, self._before
        if code > len(table) or (code == len(table) and not before):
            return None
        word = table[code] if code < len(table) else before + before[:1]
        if before and len(table) < _CODES:
            table.append(before + word[:1])
        self._before, self.width = word, min(max((len(table) + self._early).bit_length(), 9), 12)
        return word


def unpredicted(rows: bytes, columns: int) -> bytes | None:
    """Return bytes that were packed as differences to the row above or the byte before (PNG), of one byte each."""
    columns = min(columns, len(rows))
    parts, above = list[bytes](), bytes(columns)
    for start in range(0, len(rows), columns + 1):
        kind, row = rows[start], bytearray(rows[start + 1 : start + 1 + columns])
        if kind > _PAETH:
            return None
        for place, value in enumerate(row) if kind else ():
            left, corner = (row[place - 1], above[place - 1]) if place else (0, 0)
            row[place] = value + _foretold(kind, left, above[place], corner) & 0xFF
        above = bytes(row).ljust(columns, b"\0")
        parts.append(bytes(row))
    return b"".join(parts)


def _foretold(kind: int, left: int, up: int, corner: int) -> int:
    if kind < _PAETH:
        return (0, left, up, (left + up) // 2)[kind]
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


OPENERS: dict[bytes, Callable[[bytes], bytes | None]] = {
    **dict.fromkeys((b"ASCII85Decode", b"A85"), _ascii_85),
    **dict.fromkeys((b"ASCIIHexDecode", b"AHx"), _ascii_hex),
    **dict.fromkeys((b"LZWDecode", b"LZW"), _lzw),
    **dict.fromkeys((b"RunLengthDecode", b"RL"), _run_length),
}
