"""What an element says about the text in it: size, weight, the tag its line is named after, and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import html

from extractor.reading.web.cascade import Declarations
from extractor.reading.web.displayed import is_struck, shows

BODY_SIZE = 12.0
SIZES = {"h1": 24.0, "h2": 20.0, "h3": 16.0, "h4": 14.0, "h5": 13.0, "h6": 12.0, "small": 10.0, "figcaption": 10.0}
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS = frozenset(("td", "th"))
HOLDERS = CELLS | {"li", "dt", "dd", "figcaption", "caption"}
PLAIN = frozenset(("p", "div", "section", "blockquote"))
_GROUPS = """html body main article header footer nav aside address hr ul ol menu dl table thead tbody tfoot tr figure
    form fieldset legend details summary pre hgroup center dialog search"""
BLOCKS = HEADINGS | HOLDERS | PLAIN | frozenset(_GROUPS.split())
CONTROLS = frozenset(("button", "select", "option", "textarea", "label"))
COLUMN_WIDTH = 100.0
LIST_INDENT = 18.0

_BLOCK = re.compile(r"(?:block|flex|grid|table|list-item)\b")
_BOLD = re.compile(r"bold|[6-9]00")


@dataclass(slots=True)
class Style:
    """What the element that is open says about the text in it."""

    tag: str = "BODY"
    size: float = BODY_SIZE
    bold: bool = False
    italic: bool = False
    raised: bool = False
    furniture: bool = False
    unseen: bool = False  # takes its place without showing
    struck: bool = False  # crossed out
    depth: int = 0  # of lists
    x0: float = 0.0
    x1: float = 0.0


def is_block(element: html.HtmlElement, declared: Declarations) -> bool:
    """Say whether the element stands on lines of its own."""
    display = declared.get("display")
    return element.tag in BLOCKS if display in (None, "inline", "contents") else bool(_BLOCK.match(display))


def style_of(
    element: html.HtmlElement,
    outer: Style,
    declared: Declarations,
    columns: tuple[int, int] | None,
    furniture: bool,
) -> Style:
    """Return the style of the text in an element; `columns`: its first column and width, for the cell of a table."""
    name = element.tag
    style = replace(outer, furniture=outer.furniture or furniture or name in CONTROLS)
    if name in BLOCKS:
        style.tag = _tag(element, outer)
        style.size = BODY_SIZE if name in HOLDERS else outer.size
    style.size = SIZES.get(name, style.size) if name != "sup" else round(outer.size * 0.65, 2)
    style.bold = _is_bold(name, outer.bold, declared.get("font-weight"))
    style.italic = outer.italic or name in ("em", "i", "cite")
    style.raised = outer.raised or name == "sup"
    style.unseen = not shows(declared, not outer.unseen)
    style.struck = outer.struck or is_struck(element, declared)
    if name in ("ul", "ol", "menu"):
        style.depth += 1
        style.x0 = style.x1 = outer.x0 + LIST_INDENT
    if columns:
        style.x0, style.x1 = columns[0] * COLUMN_WIDTH, sum(columns) * COLUMN_WIDTH
    return style


def _is_bold(name: str, outer: bool, weight: str | None) -> bool:
    if weight in ("normal", "400", "300"):
        return False
    return outer or name in HEADINGS or name in ("strong", "b", "th") or bool(weight and _BOLD.match(weight))


def _tag(element: html.HtmlElement, outer: Style) -> str:
    """Name the line after the element; a paragraph that is all there is of an item or a cell is that item or cell."""
    if element.tag in PLAIN and outer.tag == "LI":
        return outer.tag
    holder = element.getparent()
    if element.tag in PLAIN and holder is not None and holder.tag in HOLDERS and len(holder) == 1:
        return outer.tag
    return str(element.tag).upper()
