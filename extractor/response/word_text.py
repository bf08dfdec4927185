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
_P, _R, _T, _TR, _SDT = (qn(f"w:{name}") for name in ("p", "r", "t", "tr", "sdt"))
_BR, _HYPHEN, _VAL = qn("w:br"), qn("w:noBreakHyphen"), qn("w:val")
_WORDS = (_T, qn("w:tab"), _BR, _HYPHEN, _P)
_DEL, _MOVED = qn("w:del"), qn("w:moveFrom")
_UNSEEN = tuple(qn(f"w:{name}") for name in ("strike", "dstrike", "vanish"))
_OF_RUN, _OF_ROW = tuple(f"{qn('w:rPr')}/{name}" for name in _UNSEEN), f"{qn('w:trPr')}/{_DEL}"
_OFF = ("0", "false", "off")
_TAG, _HINT = (f"{qn('w:sdtPr')}/{qn(name)}" for name in ("w:tag", "w:showingPlcHdr"))


def fold(text: str) -> str:
    """Return words as they are compared: quotes, hyphens and blanks alike, no soft hyphens."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_SAME)
    return " ".join(text.split())


def core(text: str) -> str:
    """Return folded words without the marks that a list puts at their end: “; and”, a full stop."""
    return re.sub(r"[\s;,.:]*(?:;\s*(?:and|or))?[\s;,.:]*$", "", fold(text))


def words_in(element: Any, outside_controls: bool = False) -> str:
    """Return the folded words of an element, without those in content controls when asked for."""
    nodes = [node for node in _there(element) if not (outside_controls and _in_control(node))]
    return fold("".join((node.text or "") if node.tag == _T else _blank(node) for node in nodes))


def words_as_typed(element: Any) -> str:
    """Return the words of an element as they were typed, one line per paragraph."""
    found = []
    for node in _there(element):
        letter = {_P: "\n", _BR: "\n", _HYPHEN: "\u2011"}.get(node.tag, " ")
        found.append((node.text or "") if node.tag == _T else letter)
    return "\n".join(" ".join(line.split()) for line in "".join(found).split("\n") if line.strip())


def _there(element: Any) -> Iterator[Any]:
    """Return what words are made of in an element, without what is gone."""
    nodes: Iterator[Any] = element.iter(*_WORDS)
    if next(element.iter(_DEL, _MOVED, *_UNSEEN), None) is not None or is_gone(element):
        return (node for node in nodes if not is_gone(node))
    return nodes


def _blank(node: Any) -> str:
    return "-" if node.tag == _HYPHEN else " "


def _in_control(node: Any) -> bool:
    return next(node.iterancestors(_SDT), None) is not None


def is_gone(node: Any) -> bool:
    """Whether a node is taken out or moved away by a tracked change, struck through or hidden."""
    return any(map(_takes_out, (node, *node.iterancestors(_DEL, _MOVED, _R, _TR))))


def _takes_out(above: Any) -> bool:
    """Whether nothing is there of what stands in an element."""
    if above.tag == _R:
        return any(_is_on(above.find(path)) for path in _OF_RUN)
    return above.tag in (_DEL, _MOVED) or (above.tag == _TR and above.find(_OF_ROW) is not None)


def _is_on(mark: Any) -> bool:
    return mark is not None and mark.get(_VAL) not in _OFF


def lines(document: Any) -> Iterator[str]:
    """Yield the paragraphs without what people fill in, empty ones left out."""
    for paragraph in document.element.body.iter(_P):
        line = words_in(paragraph, outside_controls=True)
        if line:
            yield line


def controls(document: Any) -> Iterator[Any]:
    """Yield the content controls that have a tag."""
    for control in document.element.body.iter(_SDT):
        if tag_of(control) is not None:
            yield control


def tag_of(control: Any) -> str | None:
    """Return what a content control is called by its tag."""
    tag = control.find(_TAG)
    return None if tag is None else str(tag.get(_VAL))


def shows_hint(control: Any) -> bool:
    """Whether a content control shows its hint instead of an answer."""
    return control.find(_HINT) is not None


def row_key(row: Any) -> str:
    """Return the first paragraph of a table row: an item's reference, or the label of a detail."""
    first = next(row.iter(_P), None) if row is not None else None
    return words_in(first) if first is not None else ""


def by_heading(document: Any) -> Iterator[tuple[str, Any]]:
    """Yield the paragraphs outside tables, each with the heading it stands under."""
    heading = ""
    styles = {style.style_id for style in document.styles if (style.name or "").casefold().startswith("heading")}
    for paragraph in document.element.body.iterchildren(_P):
        if paragraph.style in styles:
            heading = words_in(paragraph)
        else:
            yield heading, paragraph
