"""The characters of a page as pdfium lists them, in blocks without gaps, and the text objects that draw them."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left, bisect_right
from ctypes import c_void_p
from itertools import accumulate, compress, count, groupby, repeat
from operator import add
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from extractor.reading.pdf.compiled import READER
from extractor.reading.pdf.pdfium import LINE_END_HYPHEN, bare, char_object

_FEW = 8  # characters: where objects draw fewer, as glyph by glyph, each character is asked for its object
_MARK = re.compile("\x02")

_is_generated = bare("FPDFText_IsGenerated")
_room = (ctypes.c_ushort * 32768)()  # more than a page holds: an array type of its own for each is slow to make


class Block(NamedTuple):
    """Characters of a page between which pdfium sees no gap, by index, and the text objects that draw them.

    `owners` follow each other: each draws the characters up to the index in `ends` (0: no object is known).
    """

    start: int
    end: int
    owners: list[int]
    ends: list[int]

    def owner_at(self, index: int) -> int:
        """Return the object that draws the character at this index."""
        return self.owners[bisect_right(self.ends, index)]

    def part(self, start: int, end: int) -> Block:
        """Return the block of these characters alone."""
        first, last = bisect_right(self.ends, start), bisect_left(self.ends, end)
        return Block(start, end, self.owners[first : last + 1], [*self.ends[first:last], end])


def characters(text_page: Any) -> tuple[str, list[Block]]:
    """Return the characters that pdfium sees, and their blocks; between these stand spaces and breaks it made up."""
    size = max(raw.FPDFText_CountChars(text_page), 0)
    handle = ctypes.cast(text_page, c_void_p)
    text = _text(text_page, size)
    if READER is not None:
        return text, READER.blocks(handle.value, text, Block)
    *gaps, _ = map(add, accumulate(map(len, text.replace("\r", " ").replace("\n", " ").split(" "))), count())
    blocks, start = [], 0
    for end in [*compress(gaps, map(_is_generated, repeat(handle), gaps)), size]:
        if end > start:
            blocks.append(_block(handle, start, end))
        start = end + 1
    return text, blocks


def _block(handle: c_void_p, start: int, end: int) -> Block:
    """Return a block with its objects, each asked for at few places, since an object's characters follow each other."""
    owner, last, place = char_object(handle, start), char_object(handle, end - 1), start
    owners: list[int] = []
    ends: list[int] = []
    while owner and last and owner != last and place - start >= _FEW * (len(owners) - 1):
        place = _end_of(handle, owner, place, end)
        owners.append(owner)
        ends.append(place)
        owner = char_object(handle, place)
    if owner and owner == last:
        return Block(start, end, [*owners, owner], [*ends, end])
    for other, group in groupby(map(char_object, repeat(handle), range(place, end))):
        place += len(list(group))
        owners.append(other or 0)
        ends.append(place)
    return Block(start, end, owners, ends)


def _end_of(handle: c_void_p, owner: int, start: int, end: int) -> int:
    """Return where the characters end that the owner of the one at `start` draws; another draws the block's last."""
    if char_object(handle, start + 1) != owner:
        return start + 1
    return bisect_left(range(end - 1), True, start + 2, key=lambda index: char_object(handle, index) != owner)


def _text(text_page: Any, size: int) -> str:
    room = _room if size < len(_room) else (ctypes.c_ushort * (size + 1))()
    written = raw.FPDFText_GetText(text_page, 0, size, room) if size else 0
    text = memoryview(room)[: max(written - 1, 0)].tobytes().decode("utf-16-le", "surrogatepass")
    if len(text) == size:
        return text
    # characters outside the basic plane or without a code shift the indices: ask for each
    codes = map(raw.FPDFText_GetUnicode, repeat(text_page), range(size))
    text = "".join(chr(code) if code else "\ufffd" for code in codes)
    # pdfium's mark for a hyphen is also the code of a glyph in fonts that give no characters
    return _MARK.sub(lambda found: LINE_END_HYPHEN if _is_hyphen(text_page, found.start()) else found[0], text)


def _is_hyphen(text_page: Any, index: int) -> bool:
    """Tell whether pdfium holds a character for the hyphen of a word parted at a line's end."""
    return bool(raw.FPDFText_IsHyphen(text_page, index) == 1)
