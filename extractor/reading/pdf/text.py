"""The text of one page in stretches of one style.

Nobody's ready-made page text is used, since every engine's damages hyphens at line ends. Characters come from pdfium's
list, each with the text object that drew it; style and place are asked once for each object or run of glyphs. What
pdfium leaves out of its list is put back: objects that hold only a space, second copies drawn to look bold, and the
difference between hyphens and soft hyphens at a line's end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from ctypes import c_void_p
from itertools import groupby
from types import ModuleType
from typing import Any

import pypdfium2.raw as raw

from extractor.reading.pdf import pdfium, pdfium_names
from extractor.reading.pdf.blocks import Block
from extractor.reading.pdf.character_maps import whole_characters
from extractor.reading.pdf.compiled import READER
from extractor.reading.pdf.content import Face, Frame, Stretch
from extractor.reading.pdf.ink import Word
from extractor.reading.pdf.objects import PageObjects, within
from extractor.reading.pdf.tags import object_tag

Point = tuple[float, float]

_GLYPH_GAP = 0.12  # of the type size: glyphs nearer than this belong to one word
_TWIN, _TWIN_LEAST = 0.12, 0.3  # of the height, and points: the shift of text drawn twice
_SAME = 0.01  # points
_PLAIN_WORD = re.compile(r"[^\W\d_]+[.,;:?!]?")
_LETTERS_APART = re.compile(r"\S(?: \S){3,} ?")
_WORD = re.compile(r"\S+")
_HYPHENS = ("-", "\u00ad", "\u2010", "\u2011")


class TextReader:
    """The text of one page; `tags` is None when the document is not tagged; `hidden` characters cannot be seen."""

    def __init__(
        self,
        text_page: c_void_p,
        frames: list[Frame],
        objects: PageObjects,
        tags: dict[int, str] | None,
        hidden: frozenset[int] = frozenset(),
    ) -> None:
        self._hidden = hidden
        self._text_page = text_page
        self._frames = frames
        self._objects = objects
        self._tags = tags
        self._doubled: frozenset[int] = frozenset()
        self._done: list[Stretch] = []
        self._unseen: dict[Face, Face] = {}
        self.unsure: set[int] = set()  # places of objects whose colour cannot be told
        self._hyphens: list[tuple[int, int]] = []  # stretches that end in a hidden hyphen, and the objects that draw it
        self._faces: dict[tuple[Any, ...], Face] = {}
        self._fonts: dict[int, tuple[str, bool, bool]] = {}  # of this page: pdfium may use an address again on the next
        # of the object read last
        self._owner, self._place = 0, 0
        self._font: int | None = None
        self._size, self._face = 0.0, _NO_FACE
        # of the stretch that is open
        self._parts: list[str] = []
        self._x0 = self._x1 = self._base = 0.0
        self._blank, self._guessed, self._set_in, self._drawn_by, self._begun = False, False, _NO_FACE, 0, 0

    def read(self, text: str, blocks: list[Block]) -> list[Stretch]:
        """Return the text in the order drawn; words drawn in several pieces are put together."""
        self._doubled = _doubled(blocks, self._objects.twins)
        if READER is not None and not (self._hidden or self._objects.moved):
            return self._read_compiled(READER, text, blocks)
        before = 0
        for block in _parted(blocks, self._hidden) if self._hidden else blocks:
            self._add_block(block, text[block.start : block.end], " " in text[before : block.start])
            before = block.end
        self._close()
        return self._done

    def _read_compiled(self, reader: ModuleType, text: str, blocks: list[Block]) -> list[Stretch]:
        frames = tuple(
            tuple(map(float, (frame.ax, frame.bx, frame.cx, frame.ay, frame.by, frame.cy))) for frame in self._frames
        )
        objects, style = self._objects, (self._doubled, self._tags, self._faces, self._new_face, self._tag_of)
        page = self._text_page.value, text, blocks, frames, objects.order, objects.blanks
        self._done, self.unsure, self._hyphens = reader.stretches(*page, *style, whole_characters, Stretch)
        return self._done

    def _tag_of(self, owner: int) -> str | None:
        return object_tag(c_void_p(owner), self._tags) if self._tags is not None else None

    def _add_block(self, block: Block, words: str, blank: bool) -> None:
        start, _, owners, ends = block
        if words[1:2] == " " and _LETTERS_APART.fullmatch(words):
            for index in range(0, len(words.rstrip()), 2):
                self._add(block.owner_at(start + index), words[index], start + index, blank or index > 0)
        elif len(owners) == 1 or (ends[0] == start + 1 and self._is_glyph_word(words, start, owners[0], owners[-1])):
            self._add(owners[0], words, start, blank)
            self._owner = self._drawn_by = owners[-1]
            self._place = self._objects.order.get(self._owner, 0)
        else:
            place = start
            for owner, end in zip(owners, ends, strict=True):
                self._add(owner, words[place - start : end - start], place, blank)
                place, blank = end, False

    def _is_glyph_word(self, words: str, start: int, first: int, last: int) -> bool:
        """Tell whether a word drawn glyph by glyph is of one type: no mark of a footnote, both ends alike and level."""
        if not _PLAIN_WORD.fullmatch(words):
            return False
        (_, base), (_, last_base) = self._origin(first, start), self._origin(last, start + len(words) - 1)
        begin, end = c_void_p(first), c_void_p(last)
        same_font = pdfium.text_font(begin) == pdfium.text_font(end)
        return same_font and pdfium.text_size(begin) == pdfium.text_size(end) and base == last_base

    def _add(self, owner: int, words: str, start: int, blank: bool) -> None:
        guessed, last = blank, start + max(len(words.rstrip()), 1) - 1
        another = owner != self._owner
        if another:
            before, self._place = self._place, self._objects.order.get(owner, 0)
            if self._objects.blank_between(before, self._place):
                blank, guessed = True, False
        origin = None if another and (blank or len(words) > 1) else self._origin(owner, start)
        if origin is None or (another and not self._goes_on(owner, origin)):
            origin, (left, bottom, right, top) = self._take_up(owner, start, last)
        else:
            left, bottom, right, top = self._box(owner, last)
        self._owner = owner
        face, frame = self._face, self._frames[self._face.quarter]
        if start in self._hidden:
            face = self._unseen.setdefault(face, face._replace(invisible=True))
        x0, base = frame.point(*origin)
        if blank or face is not self._set_in or not self._touches(x0, base):
            self._close()
            self._x0, self._base = x0, base
            self._blank, self._guessed, self._set_in, self._begun = blank, guessed, face, self._place
        self._parts.append(words)
        self._drawn_by = owner
        self._x1, _ = frame.point(right, top) if face.quarter < 2 else frame.point(left, bottom)

    def _take_up(self, owner: int, first: int, last: int) -> tuple[Point, pdfium.Sides]:
        """Go on with another object; return the origin of its first character and the sides of its last."""
        item = c_void_p(owner)
        font, size, matrix, mode, colour, x, y, box = pdfium.piece(self._text_page, item, first, last)
        self._font, self._size = font, size
        if colour is None:
            self.unsure.add(self._place)
        tag = object_tag(item, self._tags) if self._tags is not None else None
        told = font, size, matrix, mode, colour, tag, owner in self._doubled
        face = self._faces.get(told)
        if face is None:
            face = self._faces[told] = self._new_face(*told)
        self._face = face
        if owner in self._objects.moved:
            return self._origin(owner, first), self._box(owner, last)
        return (x, y), box

    def _origin(self, owner: int, index: int) -> Point:
        x, y = pdfium.char_origin(self._text_page, index)
        if owner in self._objects.moved and self._left_behind(owner, (x, y)):
            x, y, _, _ = within((x, y, x, y), self._objects.moved[owner])
        return x, y

    def _box(self, owner: int, index: int) -> pdfium.Sides:
        box = pdfium.char_box(self._text_page, index)
        if owner in self._objects.moved and self._left_behind(owner, pdfium.char_origin(self._text_page, index)):
            return within(box, self._objects.moved[owner])
        return box

    def _left_behind(self, owner: int, origin: Point) -> bool:
        """Tell whether characters stand where their object would without its form.

        pdfium puts words that a file gives as the meaning of glyphs (a browser's ligatures) there.
        """
        return all(abs(a - b) < _SAME for a, b in zip(origin, pdfium.object_matrix(c_void_p(owner))[4:], strict=True))

    def _touches(self, x0: float, base: float) -> bool:
        """Tell whether a character at this place, in the frame of the open stretch, goes on where that ends."""
        near = _GLYPH_GAP * self._set_in.size
        return bool(self._parts) and abs(base - self._base) < 0.1 * near and -near < x0 - self._x1 < near

    def _goes_on(self, owner: int, origin: Point) -> bool:
        """Tell whether an object goes on with a word drawn glyph by glyph: then all else about its type is known."""
        item, before = c_void_p(owner), self._parts[-1] if self._parts else ""
        return (
            len(before) == 1
            and not before.isspace()
            and self._touches(*self._frames[self._set_in.quarter].point(*origin))
            and pdfium.text_font(item) == self._font
            and pdfium.text_size(item) == self._size
        )

    def _close(self) -> None:
        if not self._parts:
            return
        text = whole_characters("".join(self._parts))
        self._parts = []
        if pdfium.LINE_END_HYPHEN in text:
            self._hyphens.append((len(self._done), self._drawn_by))
        place = self._begun, self._objects.order.get(self._drawn_by, 0)
        self._done.append(
            Stretch(text, self._x0, self._x1, self._base, self._blank, self._set_in, self._guessed, place)
        )

    def _new_face(
        self,
        font: int | None,
        size: float,
        matrix: pdfium.Sides,
        mode: int,
        colour: int | None,
        tag: str | None,
        doubled: bool,
    ) -> Face:
        a, b, c, d = matrix
        name, bold, italic = self._font_names(font)
        bold = bold or doubled or mode in pdfium.FILLED_AND_STROKED
        size = round(size * (c * c + d * d) ** 0.5, 2)
        return Face(name, size, bold, italic, colour or 0, mode in pdfium.UNPAINTED, tag, _quarter(a, b))

    def _font_names(self, font: int | None) -> tuple[str, bool, bool]:
        if font is None:
            return "", False, False
        if font not in self._fonts:
            self._fonts[font] = pdfium_names.describe_font(c_void_p(font))
        return self._fonts[font]

    def with_hyphens(self, page: Any) -> list[Stretch]:
        """Return the stretches with hidden marks replaced by `-` or a soft hyphen.

        Each shows when its object is read with all others hidden, which they stay.
        """
        if self._hyphens:
            for address in self._objects.order:
                pdfium.set_active(c_void_p(address), 0)
        for index, owner in self._hyphens:
            stretch = self._done[index]
            mark = _last_character(page, c_void_p(owner))
            self._done[index] = stretch._replace(text=stretch.text.replace(pdfium.LINE_END_HYPHEN, mark))
        return self._done

    def words(self, text: str, blocks: list[Block], owners: frozenset[int], frame: Frame) -> Iterator[Word]:
        """Yield the words that any of these objects draws, with their places in the frame."""
        for block in blocks:
            if owners.isdisjoint(block.owners):
                continue
            for found in _WORD.finditer(text, block.start, block.end):
                first, last = found.start(), found.end() - 1
                of_first, of_last = block.owner_at(first), block.owner_at(last)
                if of_first in owners or of_last in owners:
                    sides = frame.box(*self._box(of_first, first)), frame.box(*self._box(of_last, last))
                    x0s, tops, x1s, bottoms = zip(*sides, strict=True)
                    area = min(x0s), min(tops), max(x1s), max(bottoms)
                    yield Word(first, last + 1, area, any(map(str.isalnum, found[0])))


_NO_FACE = Face("", 0.0, False, False, 0, False, None, 0)


def _last_character(page: Any, item: c_void_p) -> str:
    pdfium.set_active(item, 1)
    text_page = raw.FPDFText_LoadPage(page)
    try:
        last = raw.FPDFText_CountChars(text_page) - 1
        found = chr(raw.FPDFText_GetUnicode(text_page, last)) if last >= 0 else ""
    finally:
        raw.FPDFText_ClosePage(text_page)
        pdfium.set_active(item, 0)
    return found if found in _HYPHENS else "-"


def _doubled(blocks: list[Block], twins: list[pdfium.Sides]) -> frozenset[int]:
    """Return the text objects that are drawn a second time at nearly the same place, to look bold."""
    if not twins:
        return frozenset()
    twins = sorted(twins)
    drawn = {owner: pdfium.bounds(c_void_p(owner)) for block in blocks for owner in block.owners}
    return frozenset(owner for owner, sides in drawn.items() if _has_twin(sides, twins))


def _has_twin(sides: pdfium.Sides, twins: list[pdfium.Sides]) -> bool:
    near = _TWIN * (sides[3] - sides[1]) + _TWIN_LEAST
    first = bisect_left(twins, (sides[0] - near,))
    last = bisect_right(twins, (sides[0] + near, float("inf")))
    return any(all(abs(a - b) <= near for a, b in zip(sides, twin, strict=True)) for twin in twins[first:last])


def _quarter(a: float, b: float) -> int:
    """Return the quarter turns, anticlockwise, of a text direction (a, b)."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _parted(blocks: list[Block], hidden: frozenset[int]) -> Iterator[Block]:
    """Part blocks where characters that can be seen and hidden ones meet."""
    for block in blocks:
        if hidden.isdisjoint(range(block.start, block.end)):
            yield block
            continue
        for _, group in groupby(range(block.start, block.end), hidden.__contains__):
            indices = list(group)
            yield block.part(indices[0], indices[-1] + 1)
