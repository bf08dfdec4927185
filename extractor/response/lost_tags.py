"""Name again the content controls whose names an editor has dropped.

LibreOffice keeps content controls but not their tags. The list in the document says where each blank was: in which row
and cell of a table, or under which heading. Where as many nameless controls stand there as blanks are missed, they are
those blanks, in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from extractor.response.word_text import by_heading, row_key, tag_of

Place = tuple[str, int, int]  # first words of the row, or the heading; cells of the row (0 outside tables); cell


def name_again(document: Any, listed: Any) -> None:
    """Give nameless controls the tags of the blanks that stood in their places."""
    there = {tag_of(control) for control in document.element.body.iter(qn("w:sdt"))}
    missed: dict[Place, list[str]] = defaultdict(list)
    for blank in listed.findall("blank"):
        if blank.get("tag") not in there:
            missed[blank.get("row"), int(blank.get("columns")), int(blank.get("column"))].append(blank.get("tag"))
    nameless: dict[Place, list[Any]] = defaultdict(list)
    for place, control in _nameless(document) if missed else ():
        nameless[place].append(control)
    for place, tags in missed.items():
        if len(tags) == len(nameless[place]):
            for control, tag in zip(nameless[place], tags, strict=True):
                _name(control, tag)


def _nameless(document: Any) -> Iterator[tuple[Place, Any]]:
    headings = {paragraph: heading for heading, paragraph in by_heading(document)}
    for control in document.element.body.iter(qn("w:sdt")):
        if tag_of(control) is None:
            yield place_of(control, headings), control


def place_of(control: Any, headings: dict[Any, str]) -> Place:
    """Return where a control stands; `headings` tell under which heading a paragraph outside tables is."""
    cell = next(control.iterancestors(qn("w:tc")), None)
    row = next(control.iterancestors(qn("w:tr")), None)
    if row is None:
        return headings.get(next(control.iterancestors(qn("w:p")), None), ""), 0, -1
    cells = row.findall(qn("w:tc"))
    return row_key(row), len(cells), cells.index(cell) if cell in cells else -1


def _name(control: Any, words: str) -> None:
    tag = OxmlElement("w:tag")
    tag.set(qn("w:val"), words)
    control.find(qn("w:sdtPr")).insert(0, tag)
