"""The structure of a tagged PDF: which heading, list item, cell or note a marked piece of a page is part of."""

from __future__ import annotations

import ctypes
from ctypes import c_void_p
from typing import Any

import pypdfium2.raw as raw

from extractor.reading.pdf import pdfium, pdfium_names
from extractor.reading.pdf.structure import Structure, Unfollowed

ARTIFACT = "Artifact"  # page furniture
_DEEPEST = 60  # levels; a file that nests deeper is made to exhaust its reader
# Elements that only group or style text: the element around them says more.
_GROUPS = frozenset(["Document", "DocumentFragment", "Part", "Sect", "Art", "Div", "Aside", "NonStruct", "Private"])
_LISTS = frozenset(["Table", "TR", "THead", "TBody", "TFoot", "L", "TOC"])
_SILENT = _GROUPS | _LISTS | {"Span", "Link", "Reference", "Quote", "Em", "Strong", "Sub", "Annot", "Code"}
# Elements whose paragraphs are theirs: a P within a list item's body says less than LBody.
_OWNERS = frozenset(["LBody", "Lbl", "LI", "TD", "TH", "Note", "FENote", "TOCI", "Caption", "BlockQuote", "Title"])


def tags_by_page(structure: Structure) -> list[dict[int, str]] | None:
    """Return for each page of a tagged file what `page_tags` does; None where its objects do not tell."""
    try:
        tags: dict[int, dict[int, str]] = {page: {} for page in structure.pages()}
        seen: set[int] = set()
        pending: list[tuple[int, str | None, int]] = [(number, None, 0) for number in reversed(structure.top())]
        while pending:
            number, outer, depth = pending.pop()
            if number in seen:
                continue
            seen.add(number)
            element = structure.element(number)
            tag = _told(element.kind, outer)
            for page, mark in element.marks if tag else ():
                if page in tags:
                    tags[page][mark] = tag or ""
            if depth < _DEEPEST:
                pending += [(child, tag, depth + 1) for child in reversed(element.children)]
    except Unfollowed:
        return None
    return list(tags.values())


def page_tags(page: Any) -> dict[int, str]:
    """Return the most telling structure tag of each marked-content id of a page."""
    tags: dict[int, str] = {}
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return tags
    try:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            root = raw.FPDF_StructTree_GetChildAtIndex(tree, index)
            if root:
                _collect(ctypes.cast(root, c_void_p), None, tags, 0)
    finally:
        raw.FPDF_StructTree_Close(tree)
    return tags


def _collect(element: c_void_p, outer: str | None, tags: dict[int, str], depth: int) -> None:
    own = pdfium_names.element_type(element)
    tag = _told(own, outer)
    if tag:
        tags.update(dict.fromkeys(pdfium_names.element_marks(element), tag))
    if depth < _DEEPEST:
        for child in pdfium_names.element_children(element):
            _collect(c_void_p(child), tag, tags, depth + 1)


def _told(own: str, outer: str | None) -> str | None:
    return outer if own in _SILENT or (own == "P" and outer in _OWNERS) else own


def object_tag(item: c_void_p, tags: dict[int, str]) -> str | None:
    """Return the tag of an object of a tagged page; None where it has none."""
    mark = pdfium.marked_content(item)
    if mark >= 0:
        return tags.get(mark)
    return ARTIFACT if ARTIFACT in pdfium_names.mark_names(item) else None
