"""The objects of a PDF file, followed by their numbers: its pages, what they draw from, and the tree of its structure.

The tree of a tagged file is walked once for all pages: pdfium makes it anew for each, children of all pages among it,
so that a file costs the square of its pages. Where the file's bytes cannot be followed, pdfium is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from extractor.reading.pdf.operators import STRING, plain
from extractor.reading.pdf.streams import FileBytes

Marks = dict[int, str]  # marked-content id: tag

_BEGINS, _ENDS = re.compile(rb"(\d+)\s+\d+\s+obj\b"), re.compile(rb"end(?<!\wend)(?:obj|stream)\b")
_NUMBER = re.compile(rb"\d+")
_ROOT, _TREE, _PAGES = (
    re.compile(rb"/" + key + rb"\s+(\d+)\s+\d+\s+R") for key in (b"Root", b"StructTreeRoot", b"Pages")
)
_ROLES = re.compile(rb"/RoleMap\s*(?:(\d+)\s+\d+\s+R|<<(.*?)>>)", re.DOTALL)
_PAIR = re.compile(rb"/([^\s/<>\[\]()]+)\s*/([^\s/<>\[\]()]+)")
_KIND = re.compile(rb"/S\s*/([^\s/<>\[\]()]+)")
_PAGE, _MARK = re.compile(rb"/Pg\s+(\d+)\s+\d+\s+R"), re.compile(rb"/MCID\s+(\d+)")
_KIDS = re.compile(rb"/K\s*(\[[^\]]*\]|\d+\s+\d+\s+R|\d+|<<[^<>]*>>)")
_KID = re.compile(rb"(<<[^<>]*>>)|(\d+)\s+\d+\s+R\b|(\d+)")
_LEAVES = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R")
_CONTENTS = re.compile(rb"/Contents\s*(?:\[([^\]]*)\]|(\d+)\s+\d+\s+R)")
_ENTRY = re.compile(rb"(\d+)\s+\d+\s+R|null")
_RESOURCES = re.compile(rb"/Resources\s*(?:(\d+)\s+\d+\s+R|(?=<<))")
_FONTS = re.compile(rb"/Font\s*(?:(\d+)\s+\d+\s+R|<<([^<>]*)>>)")
_FONT = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
_DESTINATION = re.compile(rb"/(?:D|Dest)\s*\[\s*(\d+)\s+\d+\s+R\s*/(?:XYZ|Fit)")
_DEEPEST = 60  # levels; a file that nests deeper is made to exhaust its reader


class Element(NamedTuple):
    """A structure element: its standard type, marks as (page's object, id), and the objects of the elements below."""

    kind: str
    marks: list[tuple[int, int]]
    children: list[int]


class Unfollowed(Exception):
    """The tree, or the list of pages, cannot be followed in the file's bytes."""


class Structure:
    """The objects of one file that make its structure and its list of pages."""

    def __init__(self, file: FileBytes) -> None:
        self._objects, self._file = _objects(file), file
        roots = _ROOT.findall(file.objects)
        self._catalog = self.body(int(roots[-1])) if roots else b""
        self._pages = _first(_PAGES, self._catalog)
        self.marks: dict[int, set[int]] = {}  # by page's object: those of its own that elements met so far name

    @classmethod
    def of(cls, file: FileBytes) -> Structure | None:
        """Return the structure of a file; None where its objects cannot be followed."""
        try:
            return cls(file)
        except Unfollowed:
            return None

    def pages(self) -> list[int]:
        """Return the numbers of the pages' objects, in order."""
        found, pending = [], [(self._pages, 0)]
        while pending:
            number, depth = pending.pop()
            kids = _LEAVES.search(self.body(number))
            if kids is None:
                found.append(number)
            elif depth > _DEEPEST:
                raise Unfollowed
            else:
                pending += [(int(kid), depth + 1) for kid in reversed(_REFERENCE.findall(kids[1]))]
        return found

    def streams(self, page: int) -> list[int]:
        """Return the streams that a page draws from, those that the file has not among them."""
        found = _CONTENTS.search(self.body(page))
        if found is None:
            return []
        single = [] if found[1] is not None else [int(found[2])]
        if single and (inner := self._objects.get(single[0], b"").strip()).startswith(b"["):
            return list(map(int, _REFERENCE.findall(inner)))
        return single or [int(entry[1] or 0) for entry in _ENTRY.finditer(found[1])]

    def holds(self, number: int) -> bool:
        """Tell whether the file has an object of this number that is something."""
        return self._objects.get(number, b"null").strip() != b"null"

    def fonts(self, page: int) -> frozenset[bytes] | None:
        """Return the names of the fonts that a page may draw with; None where that cannot be told."""
        named = self.named_fonts(page)
        return frozenset(name for name, number in named if self._is_font(number)) if named is not None else None

    def _is_font(self, number: int) -> bool:
        """Tell whether an object is a font; a composite one draws nothing without its codes or its descendant."""
        body = self._objects.get(number, b"")
        whole = b"/Type0" not in body or (b"/Encoding" in body and b"/DescendantFonts" in body)
        return self.holds(number) and whole

    def named_fonts(self, page: int) -> list[tuple[bytes, int]] | None:
        """Return the names that a page has for fonts, and their objects; None where that cannot be told."""
        body = self.body(page)
        found = _RESOURCES.search(body)
        if found is None:
            return None  # they are those of the pages' list
        resources = self.body(int(found[1])) if found[1] else body
        fonts = _FONTS.search(resources)
        if fonts is None:
            return None if b"/Font" in resources else []
        named = _FONT.findall(self.body(int(fonts[1])) if fonts[1] else fonts[2])
        return [(plain(name), int(number)) for name, number in named]

    def spoken_of(self) -> set[int]:
        """Return the objects of pages that links, bookmarks and the structure lead to."""
        bodies = [self._file.objects, *(body for _, body in self._file.inner)]
        return {*filter(None, self.marks), *(int(page) for body in bodies for page in _DESTINATION.findall(body))}

    def top(self) -> list[int]:
        """Return the objects of the elements at the top of the tree."""
        self._tree = self.body(_first(_TREE, self._catalog))
        self._roles = self._role_map()
        return self._kids(self._tree)[1]

    def element(self, number: int) -> Element:
        """Return the element that this object is."""
        body = self.body(number)
        kind = _KIND.search(body)
        if kind is None:
            if b"/OBJR" in body:
                return Element("", [], [])  # a link or form field, which has no marks
            raise Unfollowed
        name = plain(kind[1])
        marks, children = self._kids(body)
        return Element(self._roles.get(name, name).decode("utf-8", "replace"), marks, children)

    def _kids(self, body: bytes) -> tuple[list[tuple[int, int]], list[int]]:
        kids = _KIDS.search(body)
        inner = kids is not None and b"<<" in kids[1]  # the page of a kid is not the element's own
        own_page = _page_in(_KIDS.sub(b"", body, 1) if inner else body, 0)
        if kids is None:
            if b"/K" in body.replace(b"/Kids", b""):
                raise Unfollowed
            return [], []
        marks, children, in_form = list[tuple[int, int]](), list[int](), False
        for inner, reference, mark in _KID.findall(kids[1]):
            if reference:
                children.append(int(reference))
            elif mark:
                marks.append((own_page, int(mark)))
            elif found := _MARK.search(inner):
                marks.append((_page_in(inner, own_page), int(found[1])))
                in_form = in_form or b"/Stm" in inner
            elif b"/S" in inner:
                raise Unfollowed
        if not in_form:
            self._note(marks)
        return marks, children

    def _note(self, marks: Iterable[tuple[int, int]]) -> None:
        for page, mark in marks:
            self.marks.setdefault(page, set()).add(mark)

    def bodies(self, key: re.Pattern[bytes]) -> Iterator[tuple[int, bytes, int]]:
        """Yield the objects that refer to others by a key: number, body, and the number referred to."""
        for number, body in self._objects.items():
            if found := key.search(body):
                yield number, body, int(found[1])

    def referred(self, key: re.Pattern[bytes], body: bytes) -> bytes:
        """Return the body of the object that another refers to by a key; "" without one."""
        found = key.search(body)
        return self.body(int(found[1])) if found else b""

    def body(self, number: int) -> bytes:
        """Return an object without its strings.

        Raises:
            Unfollowed: the file has none of this number.
        """
        body = self._objects.get(number)
        if body is None:
            raise Unfollowed
        return STRING.sub(b"", body) if b"(" in body else body

    def _role_map(self) -> dict[bytes, bytes]:
        found = _ROLES.search(self._tree)
        if found is None:
            return {}
        body = self.body(int(found[1])) if found[1] else found[2]
        return {plain(name): plain(standard) for name, standard in _PAIR.findall(body)}


def _first(pattern: re.Pattern[bytes], body: bytes) -> int:
    found = pattern.search(body)
    if found is None:
        raise Unfollowed
    return int(found[1])


def _objects(file: FileBytes) -> dict[int, bytes]:
    """Return the bodies of the file's objects, without streams, by number.

    A file with two of one number was revised, and which of them counts is not known here.
    """
    found: dict[int, bytes] = {}
    *pieces, _ = _ENDS.split(file.objects)
    plain = ((int(head[1]), piece[head.end() :]) for piece in pieces if (head := _BEGINS.search(piece)))
    for number, body in chain(plain, *(_inner_objects(first, body) for first, body in file.inner)):
        if found.setdefault(number, body) != body:
            raise Unfollowed
    return found


def _inner_objects(first: int, body: bytes) -> Iterator[tuple[int, bytes]]:
    table = list(map(int, _NUMBER.findall(body[:first])))
    places = [*table[1::2], len(body) - first]
    for number, start, end in zip(table[::2], places, places[1:], strict=False):
        yield number, body[first + start : first + end]


def _page_in(body: bytes, otherwise: int) -> int:
    found = _PAGE.search(body)
    return int(found[1]) if found else otherwise
