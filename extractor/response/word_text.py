"""The words of a Word document as its reader sees them once every change is accepted.

What a tracked change takes out or moves away, what is struck through and what is hidden is not there. Word changes
quotes, hyphens and blanks by itself, so words are compared folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_SAME = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-",
                       "—": "-", "−": "-", "\u00ad": None, "\u200b": None, "\ufeff": None})  # fmt: skip
_GONE = tuple(qn(name) for name in ("w:del", "w:moveFrom"))
_WORDS = tuple(qn(name) for name in ("w:t", "w:tab", "w:br", "w:noBreakHyphen", "w:p"))
_OFF = ("0", "false", "off")


def fold(text: str) -> str:
    """Return words as they are compared: quotes, hyphens and blanks alike, no soft hyphens."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SAME).split())


def core(text: str) -> str:
    """Return folded words without the marks that a list puts at their end: “; and”, a full stop."""
    return re.sub(r"[\s;,.:]*(?:;\s*(?:and|or))?[\s;,.:]*$", "", fold(text))


def words_in(element: Any, outside_controls: bool = False) -> str:
    """Return the folded words of an element, without those in content controls when asked for."""
    found = []
    for node in element.iter(*_WORDS):
        if not is_gone(node) and not (outside_controls and _in_control(node)):
            found.append((node.text or "") if node.tag == qn("w:t") else _blank(node))
    return fold("".join(found))


def words_as_typed(element: Any) -> str:
    """Return the words of an element as they were typed, one line per paragraph."""
    found = []
    for node in element.iter(*_WORDS):
        if not is_gone(node):
            letter = {qn("w:p"): "\n", qn("w:br"): "\n", qn("w:noBreakHyphen"): "\u2011"}.get(node.tag, " ")
            found.append((node.text or "") if node.tag == qn("w:t") else letter)
    return "\n".join(" ".join(line.split()) for line in "".join(found).split("\n") if line.strip())


def _blank(node: Any) -> str:
    return "-" if node.tag == qn("w:noBreakHyphen") else " "


def _in_control(node: Any) -> bool:
    return next(node.iterancestors(qn("w:sdt")), None) is not None


def is_gone(node: Any) -> bool:
    """Whether a node is taken out or moved away by a tracked change, struck through or hidden."""
    for above in (node, *node.iterancestors()):
        if above.tag in _GONE:
            return True
        if above.tag == qn("w:r") and any(_is_on(above, f"w:rPr/w:{name}") for name in ("strike", "dstrike", "vanish")):
            return True
        if above.tag == qn("w:tr") and above.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            return True
    return False


def _is_on(run: Any, path: str) -> bool:
    mark = run.find("/".join(qn(step) for step in path.split("/")))
    return mark is not None and mark.get(qn("w:val")) not in _OFF


def lines(document: Any) -> Iterator[str]:
    """Yield the paragraphs without what people fill in, empty ones left out."""
    for paragraph in document.element.body.iter(qn("w:p")):
        line = words_in(paragraph, outside_controls=True)
        if line:
            yield line


def controls(document: Any) -> Iterator[Any]:
    """Yield the content controls that have a tag."""
    for control in document.element.body.iter(qn("w:sdt")):
        if tag_of(control) is not None:
            yield control


def tag_of(control: Any) -> str | None:
    """Return what a content control is called by its tag."""
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return None if tag is None else str(tag.get(qn("w:val")))


def shows_hint(control: Any) -> bool:
    """Whether a content control shows its hint instead of an answer."""
    return control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def row_key(row: Any) -> str:
    """Return the first paragraph of a table row: an item's reference, or the label of a detail."""
    first = row.find(f".//{qn('w:p')}") if row is not None else None
    return words_in(first) if first is not None else ""


def by_heading(document: Any) -> Iterator[tuple[str, Any]]:
    """Yield the paragraphs outside tables, each with the heading it stands under."""
    heading = ""
    styles = {style.style_id for style in document.styles if (style.name or "").casefold().startswith("heading")}
    for paragraph in document.element.body.iterchildren(qn("w:p")):
        if paragraph.style in styles:
            heading = words_in(paragraph)
        else:
            yield heading, paragraph
