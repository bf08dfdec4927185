"""Which text of a saved page a reader can see.

*Gone*: not displayed, with all that is in it. *Unseen*: takes up its place without showing (an element in it may show
again). *Struck*: shown crossed out, so withdrawn. A closed part that a control of the page opens (accordion, tab,
`details`, `hidden="until-found"`) belongs to what is displayed: its text is part of the report.
"""

from __future__ import annotations

import re

from lxml import html

from extractor.reading.web.cascade import Declarations

_NOT_TEXT = """head script style noscript template svg math iframe object embed audio video canvas input datalist
    noframes"""
UNPRINTED = frozenset(_NOT_TEXT.split())
STRUCK = frozenset(("del", "s", "strike"))

_UNSEEN_CLASS = re.compile(r"(?:\w+-)?(?:sr-only|visually-?hidden|screen-reader-text)", re.I)
_NUMBER = re.compile(r"-?\d*\.?\d+")
_FAR = 900  # px to the left or above: off any screen
_EMPTY_CLIP = re.compile(
    r"rect\(\s*(?:0(?:px)?|1px)(?:[\s,]+(?:0(?:px)?|1px)){3}\s*\)|inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0"
)
_LONGEST_NAME = 60  # of a class; patterns stay quick on hostile ones
_HOLDERS = ("div", "section", "ul", "ol", "dd", "p", "article", "td", "tr", "li")
_PANEL = re.compile(
    r"(?:[^\W_]+[-_]+)*(?:accordion|collapse|collapsible|tab|expander|toggle|reveal)s?(?:[-_]+[^\W_]+)*", re.I
)


def panels(root: html.HtmlElement) -> set[html.HtmlElement]:
    """Return the elements that a control of the page opens: named by it, of the role of a panel, or so classed."""
    named = {control.get("aria-controls", "") for control in root.iter() if "aria-controls" in control.attrib}
    targets = ("data-target", "data-bs-target", "href")
    named |= {
        control.get(name, "")[1:]
        for control in root.iter("a", "button")
        for name in targets
        if control.get(name, "").startswith("#") and (name != "href" or control.get("role") == "tab")
    }
    return {element for element in root.iter(*_HOLDERS) if _is_panel(element, named - {""})}


def _is_panel(element: html.HtmlElement, named: set[str]) -> bool:
    if element.get("hidden", "").lower() == "until-found" or element.get("role") == "tabpanel":
        return True
    if element.get("id") in named:
        return True
    return any(_PANEL.fullmatch(name) for name in element.get("class", "").split() if len(name) <= _LONGEST_NAME)


def is_gone(element: html.HtmlElement, declared: Declarations, openable: bool) -> bool:
    """Say whether neither the element nor anything in it is displayed; `openable`: it is a panel."""
    if element.tag in UNPRINTED:
        return True
    if element.tag in ("html", "body"):
        return False
    if is_for_screen_readers(element):
        return True
    if openable:
        return False
    if "hidden" in element.attrib and declared.get("display", "none") == "none":
        return True
    return declared.get("display") == "none" or _takes_no_place(declared) or _is_decoration(element)


def is_for_screen_readers(element: html.HtmlElement) -> bool:
    """Say whether the element is of a class that is read aloud and not shown."""
    return any(_UNSEEN_CLASS.fullmatch(name) for name in element.get("class", "").split())


def _is_decoration(element: html.HtmlElement) -> bool:
    """Say whether it is kept from those who listen; an open dialog hides the page behind it so, and that is text."""
    return element.get("aria-hidden", "").lower() == "true" and element.find(".//p") is None


def _takes_no_place(declared: Declarations) -> bool:
    if _number(declared.get("opacity")) == 0:
        return True
    if _EMPTY_CLIP.match(declared.get("clip", "")) or _EMPTY_CLIP.match(declared.get("clip-path", "")):
        return True
    if declared.get("position") in ("absolute", "fixed") and any(
        (_number(declared.get(side)) or 0) <= -_FAR for side in ("left", "top")
    ):
        return True
    if (_number(declared.get("text-indent")) or 0) <= -_FAR:
        return True
    small = any(_length(declared.get(name)) in (0, 1) for name in ("height", "max-height", "width"))
    return small and declared.get("overflow", "").startswith(("hidden", "clip"))


def shows(declared: Declarations, outer: bool) -> bool:
    """Say whether text standing in an element shows, given whether that around it does."""
    if _number(declared.get("font-size")) == 0:
        return False
    if declared.get("color") == "transparent":
        return False
    ground = declared.get("background-color") or declared.get("background")
    if ground and declared.get("color") == ground:
        return False
    visibility = declared.get("visibility")
    return outer if visibility is None or visibility == "inherit" else visibility not in ("hidden", "collapse")


def is_struck(element: html.HtmlElement, declared: Declarations) -> bool:
    """Say whether the element's text is crossed out."""
    line = declared.get("text-decoration-line") or declared.get("text-decoration") or ""
    return (element.tag in STRUCK and line != "none") or "line-through" in line


def _number(value: str | None) -> float | None:
    match = _NUMBER.match(value or "")
    return float(match[0]) if match else None


def _length(value: str | None) -> float | None:
    return _number(value) if value and not value.endswith("%") else None
