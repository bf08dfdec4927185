"""The list that `peel respond` puts into its documents, and what stands by now in the blanks it names.

The list is a custom XML part, which Word and LibreOffice keep: the items with their printed words, the blanks with
their hints and places, and every paragraph of the document as it was made. The blanks are content controls; where one
was deleted, its cell is found again by the row's first paragraph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from extractor.errors import UnreadableFile
from extractor.response.lost_tags import Place, name_again, place_of
from extractor.response.opened import NAMESPACE, PARTS, list_in, opened
from extractor.response.word_text import (
    by_heading,
    controls,
    core,
    fold,
    is_gone,
    lines,
    row_key,
    shows_hint,
    tag_of,
    words_in,
)

if TYPE_CHECKING:
    from extractor.response.item_rows import ItemRow


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in one blank: its words, "" where it is empty or shows its hint."""

    words: str
    copies: int = 1  # how often the blank is there
    others: tuple[str, ...] = ()  # what stands in the other copies


@dataclass(frozen=True, slots=True)
class _Blank:
    tag: str
    row: str  # first words of its table row; outside tables the heading it stands under
    columns: int
    column: int
    rest: str  # what its cell or paragraph says around it
    value: str = ""


class Filled:
    """A response as people left it.

    Raises:
        UnreadableFile: the file is no Word document, or `peel respond` did not make it.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document, self.listed = opened(path)
        name_again(self.document, self.listed)
        self.answers = _answers(self.document, self.listed)
        self.lines = list(lines(self.document))

    @property
    def report_id(self) -> str:
        """The report that is answered."""
        return str(self.listed.get("report"))

    @property
    def copy(self) -> str:
        """Which of the two papers it was made as: working | publication."""
        return str(self.listed.get("copy") or "working")

    @property
    def by_law(self) -> bool:
        """Whether section 55 asks for it."""
        return bool(self.listed.get("law") != "none")

    def items(self) -> Iterator[Any]:
        """Yield the listed items: `ref`, `id`, `needed` and their `printed` words."""
        return iter(self.listed.findall("item"))

    def words(self, tag: str) -> str | None:
        """Return what stands in a blank, "" where nothing does, None where the document never had it."""
        answer = self.answers.get(tag)
        return None if answer is None else answer.words

    def day(self, name: str) -> date | None:
        """Return a day of the list: `due`, `published`."""
        told = self.listed.get(name)
        return date.fromisoformat(told) if told else None


def embed(
    document: Any,
    report_id: str,
    items: Sequence[ItemRow],
    *,
    due: date | None = None,
    published: date | None = None,
    copy: str = "working",
    base: Mapping[str, str] | None = None,
    by_law: bool = True,
    cautions: Mapping[str, str] | None = None,
) -> None:
    """Put the list of what was printed into a document, before it is saved.

    Args:
        document: python-docx document.
        report_id: the report answered.
        items: with `ref`, `finding_id`, `needed` and the printed `stem`, `text`, `detail`.
        due: the last day for publishing, where one day is known.
        published: the day of publication of the report, where one day is known.
        copy: which of the two papers it is.
        base: what the register held when the document was made, by tag.
        by_law: whether section 55 asks for the response.
        cautions: what the register calls each doubt, by its number in the document.
    """
    about = {"report": report_id, "copy": copy, "words": _digest(document)}
    about |= {} if by_law else {"law": "none"}
    about |= {name: day.isoformat() for name, day in (("due", due), ("published", published)) if day}
    root = etree.Element(f"{{{NAMESPACE}}}response", about, {"peel": NAMESPACE})
    made = list(lines(document))
    for item in items:
        needed = "yes" if item.needed else "no"
        node = etree.SubElement(root, "item", ref=item.ref, id=item.finding_id, needed=needed)
        for part in PARTS:
            if getattr(item, part):
                words = core(getattr(item, part))
                times = sum(words in line for line in made)
                etree.SubElement(node, "printed", part=part, times=str(times)).text = words
    for number, name in (cautions or {}).items():
        etree.SubElement(root, "caution", ref=number, id=name)
    _list_places(document, root, made, base or {})
    _attach(document, root)


def relist(document: Any, listed: Any, copy: str, answered: Set[str] = frozenset()) -> None:
    """List the words and places of a paper made from a document; `answered` blanks without control keep theirs."""
    made = list(lines(document))
    for printed in listed.iter("printed"):
        printed.set("times", str(sum(printed.text in line for line in made)))
    blanks = listed.findall("blank")
    held = {blank.get("tag"): blank.get("held") for blank in blanks if blank.get("held") is not None}
    for old in [*listed.findall("line"), *blanks]:
        listed.remove(old)
    listed.set("copy", copy)
    listed.set("words", _digest(document))
    _list_places(document, listed, made, held)
    there = {blank.get("tag") for blank in listed.findall("blank")}
    listed.extend(blank for blank in blanks if blank.get("tag") in answered - there)  # its control was deleted
    _attach(document, listed)


def _list_places(document: Any, root: Any, made: Sequence[str], held: Mapping[str, str]) -> None:
    """List hints, paragraphs and blanks as they stand in a document; `made` are its lines."""
    for hint in sorted(hint for hint in set(_hints(document)) if hint):
        etree.SubElement(root, "hint").text = hint
    for line in dict.fromkeys(made):
        etree.SubElement(root, "line").text = line
    for blank in _blanks(document):
        place = {"tag": blank.tag, "row": blank.row, "columns": str(blank.columns), "column": str(blank.column)}
        value = {"held": held[blank.tag]} if blank.tag in held else {}
        etree.SubElement(root, "blank", rest=blank.rest, **place, **value)


def _hints(document: Any) -> Iterator[str]:
    """Yield what the blanks show, or showed before they were filled in."""
    for control in controls(document):
        alias = control.find(f"{qn('w:sdtPr')}/{qn('w:alias')}")
        if alias is not None:
            yield fold(f"[{alias.get(qn('w:val'))}]")
        if shows_hint(control):
            yield words_in(control)


def _attach(document: Any, root: Any) -> None:
    package = document.part.package
    for name, relation in list(document.part.rels.items()):
        if list_in(relation) is not None:
            del document.part.rels[name]
    place = PackURI(package.next_partname("/customXml/item%d.xml"))
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    document.part.relate_to(Part(place, "application/xml", blob, package), RELATIONSHIP_TYPE.CUSTOM_XML)


def is_untouched(path: Path) -> bool:
    """Whether a document is one that `peel respond` made and nobody has changed a word of."""
    try:
        document, listed = opened(path)
    except UnreadableFile:
        return False
    return bool(listed.get("words") == _digest(document))


def _digest(document: Any) -> str:
    return hashlib.sha256(words_in(document.element.body).encode()).hexdigest()


# blanks --------------------------------------------------------------------------------------------------------------


def _answers(document: Any, listed: Any) -> dict[str, Answer]:
    """Return what stands in each blank that the document was made with."""
    hints = {hint.text for hint in listed.findall("hint")}
    around = [blank.get("rest") for blank in listed.findall("blank")]
    now: dict[str, list[_Blank]] = {}
    for blank in _blanks(document):
        now.setdefault(blank.tag, []).append(blank)
    answers = {}
    cells_typed_over: set[Place] = set()
    for made in listed.findall("blank"):
        tag, found, place = made.get("tag"), now.get(made.get("tag"), []), _listed_place(made)
        if found:
            values = [_value(blank, hints, made.get("rest")) for blank in found]
            answers[tag] = Answer(values[0], len(values), tuple(values[1:]))
        elif place in cells_typed_over:  # what stands there is the answer of the first blank, and of no other
            answers[tag] = Answer("")
        else:  # LibreOffice 7 drops the tags of controls
            cells_typed_over |= {place} if place[1] else set()
            theirs = [blank.value for blank in chain.from_iterable(now.values()) if _is_beside(blank, place)]
            answers[tag] = Answer(_without(_place_of(document, made), [*hints, *around, *theirs]))
    return answers


def _listed_place(made: Any) -> Place:
    """Where a listed blank stood."""
    return made.get("row"), int(made.get("columns")), int(made.get("column"))


def _is_beside(blank: _Blank, place: Place) -> bool:
    """Whether a blank that is there stands in the cell in which a listed one stood."""
    return blank.columns > 0 and (blank.row, blank.columns, blank.column) == place


def _value(blank: _Blank, hints: set[str], rest: str) -> str:
    words = "" if blank.value in hints else blank.value
    # A person may type beside the control instead of into it.
    return words or (_without(blank.rest, [*hints, rest]) if blank.rest != rest else "")


def _without(words: str, known: Sequence[str]) -> str:
    for part in sorted(filter(None, known), key=len, reverse=True):
        words = words.replace(part, " ")
    return fold(words).strip(" ,;:-")


def _place_of(document: Any, made: Any) -> str:
    """Return what stands where a blank was: in its cell, or between its heading and the next."""
    key, columns = made.get("row"), int(made.get("columns"))
    if not columns:
        return " ".join(words_in(paragraph) for heading, paragraph in by_heading(document) if heading == key)
    for row in document.element.body.iter(qn("w:tr")):
        cells = row.findall(qn("w:tc"))
        if len(cells) == columns and row_key(row) == key:
            return words_in(cells[int(made.get("column"))])
    return ""


def _blanks(document: Any) -> Iterator[_Blank]:
    headings = {paragraph: heading for heading, paragraph in by_heading(document)}
    for control in controls(document):
        if is_gone(control):
            continue
        key, columns, column = place_of(control, headings)
        around = next(control.iterancestors(qn("w:tc") if columns else qn("w:p")), None)
        rest = words_in(around, outside_controls=True) if around is not None else ""
        yield _Blank(tag_of(control) or "", key, columns, column, rest, words_in(control))
