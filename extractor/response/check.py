"""Read a filled-in response back and list what the law still needs.

`peel respond` puts a list into the document (a custom XML part, which Word keeps): the items, their printed words and
how often these stand in the text, the hints of the blanks and the cells they are in. The blanks are content controls;
where one was deleted, its cell is found again by the row's reference.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from extractor.errors import BadSetting
from extractor.response.last_day import british, deadline
from extractor.rulebook.folder import rules_root
from extractor.rulebook.load import load_rules

NAMESPACE = "urn:peel-extractor:response:1"
_DATES = ("%d %B %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %b %Y", "%A %d %B %Y")
_DATE_ROLES = re.compile(r"(?:_on|_due|_requested|_received|^published|^due|^sent_\w+|^report_published)$")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a response still lacks."""

    needed: bool  # by law, or to know that the printed words are unaltered; False: a remark
    where: str  # an item's reference, or the name of a blank
    message: str
    finding_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Blank:
    """Where a blank is and what its cell or paragraph says around it."""

    tag: str
    row: str  # first words of its table row; outside tables the heading it stands under
    columns: int
    column: int
    rest: str
    value: str = ""


def embed(document: Any, report_id: str, items: Sequence[Mapping[str, Any]], due: date | None = None) -> None:
    """Put the list of what was printed into a filled-in document, before it is saved.

    Args:
        document: python-docx document.
        report_id: the report answered.
        items: with `ref`, `finding_id`, `needed` and the printed `stem`, `text`, `detail`.
        due: the last day for publishing, where one day is known.
    """
    about = {"report": report_id, "due": due.isoformat() if due else "", "words": _digest(document)}
    root = etree.Element(f"{{{NAMESPACE}}}response", about, {"peel": NAMESPACE})
    lines = list(_printed_lines(document))
    for item in items:
        node = etree.SubElement(
            root, "item", ref=item["ref"], id=item["finding_id"], needed="yes" if item["needed"] else "no"
        )
        for part in ("stem", "text", "detail"):
            if item[part]:
                folded = _fold(item[part])
                etree.SubElement(node, "printed", part=part, times=str(_times(folded, lines))).text = folded
    for hint in sorted({_text(control) for control in _controls(document) if _shows_hint(control)}):
        etree.SubElement(root, "hint").text = hint
    for blank in _blanks(document):
        etree.SubElement(
            root,
            "blank",
            tag=blank.tag,
            row=blank.row,
            columns=str(blank.columns),
            column=str(blank.column),
            rest=blank.rest,
        )
    package = document.part.package
    name = package.next_partname("/customXml/item%d.xml")
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    document.part.relate_to(Part(PackURI(name), "application/xml", blob, package), RELATIONSHIP_TYPE.CUSTOM_XML)


def is_untouched(path: Path) -> bool:
    """Whether a document is one that `peel respond` made and nobody has changed a word of."""
    try:
        document, listed = _open(path)
    except ValueError:
        return False
    return bool(listed.get("words") == _digest(document))


def _digest(document: Any) -> str:
    return hashlib.sha256(_text(document.element.body).encode()).hexdigest()


def check_response(path: Path | str, rules: Path | None = None) -> list[Gap]:
    """List what a filled-in response lacks: what the law needs first, then remarks.

    Raises:
        ValueError: the file is no Word document, or `peel respond` did not make it.
        OSError: it cannot be read.
    """
    document, listed = _open(Path(path))
    blanks = _answers(document, listed)
    gaps = [*_altered(document, listed), *_unanswered(listed, blanks), *_missing(listed, blanks, rules or rules_root())]
    return sorted(gaps, key=lambda gap: not gap.needed)


def _open(path: Path) -> tuple[Any, Any]:
    if not path.exists():
        raise FileNotFoundError(2, "no such file", str(path))
    try:
        document = Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise BadSetting(f"{path}: not a Word document (.docx)") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not relation.is_external:
            root = etree.fromstring(relation.target_part.blob, parser)
            if root.tag == f"{{{NAMESPACE}}}response":
                return document, root
    raise BadSetting(
        f"{path}: the list of items that `peel respond` puts into its documents is not there; check a file made by "
        "`peel respond` and saved as .docx by Word or LibreOffice"
    )


# what is wrong -------------------------------------------------------------------------------------------------------


def _altered(document: Any, listed: Any) -> list[Gap]:
    lines = list(_printed_lines(document))
    gaps: list[Gap] = []
    stems: dict[tuple[str, int, int], list[Any]] = {}
    for item in listed.findall("item"):
        for printed in item.findall("printed"):
            now, then = _times(printed.text, lines), int(printed.get("times"))
            if now < then and printed.get("part") == "stem":
                stems.setdefault((printed.text, now, then), []).append(item)
            elif now < then:
                what = "printed text" if printed.get("part") == "text" else "printed explanation"
                gaps.append(Gap(True, item.get("ref"), f"the {what} {_fewer(now, then)}", item.get("id")))
    found = {gap.where for gap in gaps}
    for (_, now, then), items in stems.items():
        # Items share a lead-in: where one of them is altered or gone, that was said already.
        if not found & {item.get("ref") for item in items}:
            gaps.append(Gap(True, items[0].get("ref"), f"the printed lead-in {_fewer(now, then)}", items[0].get("id")))
    return gaps


def _fewer(now: int, then: int) -> str:
    return f"was altered or taken out: it stands as printed in {now} of {then} places"


def _unanswered(listed: Any, blanks: Mapping[str, str | None]) -> list[Gap]:
    gaps = []
    for item in listed.findall("item"):
        ref, needed = item.get("ref"), item.get("needed") == "yes"
        roles = {
            role: blanks[f"{role}/{ref}"]
            for role in ("position", "action", "reason", "owner", "due")
            if f"{role}/{ref}" in blanks
        }
        if not roles:
            if needed:
                gaps.append(Gap(True, ref, "the document has no place for its answer", item.get("id")))
            continue
        if not (roles.get("action") or roles.get("reason")):
            law = (
                "section 55(5B) needs the action taken or proposed, or why there is none"
                if needed
                else "not answered; not required by law"
            )
            gaps.append(Gap(needed, ref, law, item.get("id")))
        empty = [role for role in ("position", "owner", "due") if role in roles and not roles[role]]
        if empty:
            gaps.append(
                Gap(
                    False,
                    ref,
                    f"still blank: {', '.join({'due': 'due date'}.get(role, role) for role in empty)}",
                    item.get("id"),
                )
            )
        gaps += (
            [Gap(needed, ref, f"the due date “{roles['due']}” is no date", item.get("id"))]
            if _no_date(roles.get("due"))
            else []
        )
    return gaps


def _missing(listed: Any, blanks: Mapping[str, str | None], rules: Path) -> list[Gap]:
    gaps = []
    for blank in load_rules(rules).blanks:
        role, needed, what = blank.role, blank.needed, blank.what
        if role in blanks and not blanks[role]:
            gaps.append(Gap(needed, role, f"still blank: {what}"))
        elif role not in blanks and needed:
            gaps.append(Gap(needed, role, f"the document has no place for it: {what}"))
        elif _DATE_ROLES.search(role) and _no_date(blanks.get(role)):
            gaps.append(Gap(needed, role, f"“{blanks[role]}” is no date: {what}"))
    published, due = _date(blanks.get("published")), _due(listed, blanks, rules)
    if published and due and published > due:
        gaps.append(Gap(False, "published", f"{british(published)} is after the last day, {british(due)}"))
    return gaps


def _due(listed: Any, blanks: Mapping[str, str | None], rules: Path) -> date | None:
    """Return the last day: as worked out for the document, else from the day of publication that was filled in."""
    if listed.get("due"):
        return date.fromisoformat(listed.get("due"))
    day = _date(blanks.get("report_published"))
    return deadline(day.isoformat(), rules).last if day else None


def _no_date(words: str | None) -> bool:
    return bool(words) and _date(words) is None


def _date(words: str | None) -> date | None:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", " ".join((words or "").replace(",", " ").split()))
    for form in _DATES:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    return None


# reading blanks ------------------------------------------------------------------------------------------------------


def _answers(document: Any, listed: Any) -> dict[str, str | None]:
    """Return what stands in each blank that the document was made with; None where it is empty or shows its hint."""
    hints = {hint.text for hint in listed.findall("hint")}
    around = [blank.get("rest") for blank in listed.findall("blank")]
    now = {blank.tag: blank for blank in _blanks(document)}
    answers = {}
    for made in listed.findall("blank"):
        tag, rest = made.get("tag"), made.get("rest")
        found = now.get(tag)
        if found is None:  # LibreOffice 7 drops the tags of controls
            words = _without(_place_of(document, made), [*hints, *around])
        else:
            words = "" if found.value in hints else found.value
            # A person may type beside the control instead of into it.
            words = words or (_without(found.rest, [*hints, rest]) if found.rest != rest else "")
        answers[tag] = words or None
    return answers


def _without(words: str, known: Sequence[str]) -> str:
    for part in sorted(filter(None, known), key=len, reverse=True):
        words = words.replace(part, " ")
    return _fold(words).strip(" ,;:–-")


def _place_of(document: Any, made: Any) -> str:
    """Return what stands where a blank was: in its cell, or between its heading and the next."""
    key, columns = made.get("row"), int(made.get("columns"))
    if not columns:
        return " ".join(_text(paragraph) for heading, paragraph in _by_heading(document) if heading == key)
    for row in document.element.body.iter(qn("w:tr")):
        cells = row.findall(qn("w:tc"))
        if len(cells) == columns and _row_key(row) == key:
            return _text(cells[int(made.get("column"))])
    return ""


def _by_heading(document: Any) -> Iterator[tuple[str, Any]]:
    """Yield the paragraphs outside tables, each with the heading it stands under."""
    heading = ""
    for paragraph in document.paragraphs:
        if paragraph.style.name.casefold().startswith("heading"):
            heading = _text(paragraph._p)
        else:
            yield heading, paragraph._p


def _blanks(document: Any) -> Iterator[_Blank]:
    headings = {paragraph: heading for heading, paragraph in _by_heading(document)}
    for control in _controls(document):
        cell = next(control.iterancestors(qn("w:tc")), None)
        row = next(control.iterancestors(qn("w:tr")), None)
        around = cell if cell is not None else next(control.iterancestors(qn("w:p")), None)
        cells = row.findall(qn("w:tc")) if row is not None else []
        column = cells.index(cell) if cell in cells else -1
        rest = _text(around, outside_controls=True) if around is not None else ""
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        key = _row_key(row) if row is not None else headings.get(around, "")
        yield _Blank(tag, key, len(cells), column, rest, _text(control))


def _controls(document: Any) -> Iterator[Any]:
    for control in document.element.body.iter(qn("w:sdt")):
        if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}") is not None:
            yield control


def _shows_hint(control: Any) -> bool:
    return control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def _row_key(row: Any) -> str:
    first = row.find(f".//{qn('w:p')}") if row is not None else None
    return _text(first) if first is not None else ""


# reading text --------------------------------------------------------------------------------------------------------


def _printed_lines(document: Any) -> Iterator[str]:
    """Yield the paragraphs without what people fill in."""
    for paragraph in document.element.body.iter(qn("w:p")):
        line = _text(paragraph, outside_controls=True)
        if line:
            yield line


def _times(text: str, lines: Sequence[str]) -> int:
    return sum(line.count(text) for line in lines)


def _text(element: Any, outside_controls: bool = False) -> str:
    words = []
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen"), qn("w:p")):
        if outside_controls and next(node.iterancestors(qn("w:sdt")), None) is not None:
            continue
        if node.tag == qn("w:t"):
            words.append(node.text or "")
        else:
            words.append("-" if node.tag == qn("w:noBreakHyphen") else " ")
    return _fold("".join(words))


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
