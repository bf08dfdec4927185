"""Filters of PDF streams that have no checksum: opened strictly, so that damage to their form is seen.

Each opener returns the bytes, or None where they break the filter's own rules: an end mark that is missing, a letter
that is none of its alphabet, a run that reaches over the end (ISO 32000-2, 7.4).
"""

from __future__ import annotations

from base64 import a85decode
from collections.abc import Callable

_BLANKS = b"\0\t\n\f\r "
_RUN_ENDS = 128


def _ascii_85(packed: bytes) -> bytes | None:
    try:
        return a85decode(packed.strip().removesuffix(b"~>"))
    except ValueError:
        return None


def _ascii_hex(packed: bytes) -> bytes | None:
    digits, end, _ = packed.translate(None, _BLANKS).partition(b">")
    try:
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")) if end else None
    except ValueError:
        return None


def _run_length(packed: bytes) -> bytes | None:
    parts, place = list[bytes](), 0
    while place < len(packed):
        length = packed[place]
        if length == _RUN_ENDS:
            return None if packed[place + 1 :].strip(_BLANKS) else b"".join(parts)
        if length < _RUN_ENDS:
            parts.append(packed[place + 1 : place + 2 + length])
            place += 2 + length
        else:
            parts.append(packed[place + 1 : place + 2] * (257 - length))
            place += 2
    return None


OPENERS: dict[bytes, Callable[[bytes], bytes | None]] = {
    **dict.fromkeys((b"ASCII85Decode", b"A85"), _ascii_85),
    **dict.fromkeys((b"ASCIIHexDecode", b"AHx"), _ascii_hex),
    **dict.fromkeys((b"RunLengthDecode", b"RL"), _run_length),
}
