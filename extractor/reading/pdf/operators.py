"""What the operators of a page's contents tell of their wholeness: what they begin and end, mark, and set type in.

Contents may be cut into several streams anywhere between two operators, so only what is begun in all streams of a page
together must be ended in them (ISO 32000-2, 7.8.2, 8.4.2, 9.4.1 and 14.6).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

STRING = re.compile(rb"(?<!\\)\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)", re.DOTALL)
_OPERATOR = re.compile(rb"(?<![^\s\])>])(?:BT|ET|q|Q|BDC|BMC|EMC)(?![^\s\[<(/])")
_MARK = re.compile(rb"/MCID\s*(\d+)")
_FONT = re.compile(rb"/([^\s/<>\[\]()]+)\s+[-+.\d]+\s+Tf\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_SAVE, _RESTORE = (re.compile(sign + rb"(?![^\n \r])") for sign in (b"q", b"Q"))
_ANOTHER_FONT = re.compile(rb"(?<![^\s\])>])(?:Tf|Q)\b")  # a state that is restored has the font it had before
_SET = re.compile(
    rb"\[((?:[^\[\]()]|" + STRING.pattern + rb")*)\]\s*TJ|(<[0-9A-Fa-f\s]*>|" + STRING.pattern + rb")\s*(?:Tj|['\"])",
    re.DOTALL,
)
_PIECE = re.compile(rb"<([0-9A-Fa-f\s]*)>|" + STRING.pattern, re.DOTALL)
_DIGITS = re.compile(rb"[0-9A-Fa-f]*")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}
_PICTURE = b" ID"  # bytes of a picture follow, in which anything may stand


class Contents(NamedTuple):
    """One stream of a page's contents.

    `unended` counts text, states and marks begun in it and not ended; below zero where it ends others' than its own.
    """

    unended: tuple[int, int, int]
    marks: frozenset[int]
    fonts: frozenset[bytes]
    drawn: bytes = b""  # all of it


def contents_of(stream: bytes) -> Contents:
    """Return what one stream of a page's contents tells."""
    fonts = frozenset(map(plain, set(_FONT.findall(stream)))) if b"Tf" in stream else frozenset[bytes]()
    marks = frozenset(map(int, _MARK.findall(stream))) if b"/MCID" in stream else frozenset[int]()
    even = _looks_even(stream) or _PICTURE in stream
    return Contents((0, 0, 0) if even else unended(stream), marks, fonts, stream)


def codes_set(stream: bytes, font: bytes, width: int) -> set[int]:
    """Return the codes, of `width` bytes each, that a stream sets in a font."""
    begins = re.compile(rb"/" + re.escape(font) + rb"\s+[-+.\d]+\s+Tf\b")
    found = set[int]()
    for piece in begins.split(stream)[1:]:
        for several, one in _SET.findall(_ANOTHER_FONT.split(piece, 1)[0]):
            for string in _PIECE.finditer(several or one):
                codes = _bytes_of(string)
                found.update(
                    int.from_bytes(codes[place : place + width]) for place in range(0, len(codes) - width + 1, width)
                )
    return found


def _bytes_of(string: re.Match[bytes]) -> bytes:
    if string[1] is None:
        return _ESCAPE.sub(_meant, string[0][1:-1])
    digits = b"".join(string[1].split())
    return bytes.fromhex(digits.decode("latin-1") + "0" * (len(digits) % 2)) if _DIGITS.fullmatch(digits) else b""


def _meant(escape: re.Match[bytes]) -> bytes:
    said = escape[1]
    return bytes([int(said, 8) & 0xFF]) if said.isdigit() else _MEANT.get(said, said)


def plain(name: bytes) -> bytes:
    """Return a name without escapes."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), name) if b"#" in name else name


def _looks_even(stream: bytes) -> bool:
    """Tell quickly whether as much is ended as begun: letters within strings are counted too, alike as a rule."""
    count = stream.count
    saved, restored = len(_SAVE.findall(stream)), len(_RESTORE.findall(stream))
    return count(b"BT") == count(b"ET") and saved == restored and count(b"BDC") + count(b"BMC") == count(b"EMC")


def unended(stream: bytes) -> tuple[int, int, int]:
    """Return how many text objects, states and marks are begun and not ended."""
    met = Counter(_OPERATOR.findall(STRING.sub(b"()", stream)))
    return met[b"BT"] - met[b"ET"], met[b"q"] - met[b"Q"], met[b"BDC"] + met[b"BMC"] - met[b"EMC"]
