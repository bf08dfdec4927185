"""Does each font say the letters that it draws? Its table of characters beside the font program that the file embeds.

A code is a glyph's number in the composite fonts of most programs, and the embedded program lists its glyphs by their
characters: so one can be held against the other. A code that pages set and the table has not is read as any character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple
from unicodedata import normalize

from extractor.reading.pdf.character_maps import Table, alike, exchanged, named
from extractor.reading.pdf.font_programs import Program, program_of
from extractor.reading.pdf.operators import codes_set
from extractor.reading.pdf.streams import FileBytes
from extractor.reading.pdf.structure import Structure, Unfollowed

_TABLE, _DESCENDANT, _DESCRIPTOR, _PROGRAM = (
    re.compile(rb"/" + key + rb"\s*(?:\[\s*)?(\d{1,10})\s+\d{1,5}\s+R")
    for key in (b"ToUnicode", b"DescendantFonts", b"FontDescriptor", b"FontFile2")
)
_LISTED = re.compile(rb"\A\s*\[\s*(\d{1,10})\s+\d{1,5}\s+R")
_BY_GLYPH = re.compile(rb"/CIDToGIDMap\s*/Identity")
_OF_ONE_KIND = frozenset(" -\u00ad\u2010\u2011")
_NONE = Program({}, frozenset())


class Fault(NamedTuple):
    """What is wrong with a table: the problem's code, the table's object, why."""

    code: str
    table: int
    why: str


def letter_faults(structure: Structure | None, file: FileBytes) -> Iterator[Fault]:
    """Yield the tables that say other letters than their fonts draw, or not all; each once."""
    told = set(file.damaged)
    for number, table in file.tables.items():
        if pairs := exchanged(table.letters):
            told.add(number)
            yield Fault("letters_exchanged", number, pairs)
    for font, body, number in structure.bodies(_TABLE) if structure else ():
        fault = _fault(_Font(structure, file, font, body), number) if structure and number not in told else None
        if fault:
            told.add(number)
            yield fault


class _Font(NamedTuple):
    structure: Structure
    file: FileBytes
    number: int
    body: bytes

    @property
    def composite(self) -> bool:
        return b"/Type0" in self.body


def _fault(font: _Font, number: int) -> Fault | None:
    table = font.file.tables.get(number)
    if table is None or not table.whole:
        return Fault("letters_unsaid", number, "its table of characters is not whole")
    try:
        program = _program(font)
        if font.composite and (pairs := _unlike(table, program)):
            return Fault("letters_exchanged", number, pairs)
        shown = program.characters.keys() if font.composite else program.codes
        if not table.letters.keys() >= shown and (lost := _unsaid(font, table)):
            return Fault("letters_unsaid", number, f"its table of characters lacks {len(lost)} that are set")
    except Unfollowed:
        pass
    return None


def _program(font: _Font) -> Program:
    """Return what the embedded program lists; nothing where its glyphs have other numbers than the font's codes."""
    structure, body = font.structure, font.body
    if font.composite:
        inner = structure.referred(_DESCENDANT, body)
        body = structure.referred(_LISTED, inner) or inner
        if not _BY_GLYPH.search(body):
            return _NONE
    found = _PROGRAM.search(structure.referred(_DESCRIPTOR, body))
    return program_of(font.file.programs.get(int(found[1]), b"")) if found else _NONE


def _unlike(table: Table, program: Program) -> str:
    both = ((program.characters[code], shown) for code, shown in table.letters.items() if code in program.characters)
    listed = frozenset("".join(program.characters.values()))
    return named((drawn[0], shown) for drawn, shown in both if _is_another(drawn, shown, listed))


def _is_another(drawn: str, shown: str, listed: frozenset[str]) -> bool:
    """Tell whether a glyph is said to be none of its characters: where one is a plain letter or figure, or another's.

    `listed` are the characters that the font draws; a hyphen or blank may be said to be any other.
    """
    plain = any(letter.isascii() and letter.isalnum() for letter in drawn + shown)
    shown = normalize("NFKC", shown)
    other = not any(alike(normalize("NFKC", letter), shown) for letter in drawn)
    return other and (plain or (shown in listed and shown not in _OF_ONE_KIND))


def _unsaid(font: _Font, table: Table) -> set[int]:
    """Return the codes that pages set in a font and its table has not."""
    found, width = set[int](), 2 if font.composite else 1
    for page in font.structure.pages():
        names = [name for name, number in font.structure.named_fonts(page) or () if number == font.number]
        drawn = [font.file.contents[stream] for stream in font.structure.streams(page) if stream in font.file.contents]
        for name, contents in product(names, drawn):
            if name in contents.fonts:
                found |= codes_set(contents.drawn, name, width)
    return found.difference(table.letters)
