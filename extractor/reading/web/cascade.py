"""The declarations of a page's own style sheets that decide whether and how its text is seen.

A small cascade: style sheets of the page and the `style` attribute, by importance, specificity and order. Sheets that
were not saved with the page are not fetched. Media queries are judged for a screen 1,280 pixels wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import tinycss2
from lxml import html

from extractor.reading.web.selectors import Neighbours, matchers

Declarations = dict[str, str]
_Declared = tuple[str, str, bool]  # property, value, important
_Weight = tuple[bool, tuple[int, int, int, int], int]

SEEN = frozenset(
    [
        "display",
        "visibility",
        "opacity",
        "font-size",
        "position",
        "left",
        "top",
        "text-indent",
        "width",
        "height",
        "max-height",
        "overflow",
        "clip",
        "clip-path",
        "font-weight",
        "text-decoration",
        "text-decoration-line",
        "color",
        "background",
        "background-color",
    ]
)
SCREEN_WIDTH = 1280  # px
MOST_CHECKS = 5_000_000  # rules × elements; beyond, the rest of the sheets is left out
MOST_RULES = 10_000
MOST_COMPARED = 20_000_000  # neighbours that selectors by place look at
LONGEST_SHEETS = 2_000_000  # characters
_INLINE = (1, 0, 0, 0)
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")


class Cascade:
    """The declarations that hold for each element of one page."""

    def __init__(self, root: html.HtmlElement, sheets: Iterable[str] = ()) -> None:
        self._found: dict[html.HtmlElement, dict[str, tuple[_Weight, str]]] = {}
        text = "\n".join([*sheets, *(sheet.text_content() for sheet in root.iter("style"))])
        self.complete = len(text) <= LONGEST_SHEETS
        most = min(MOST_RULES, MOST_CHECKS // max(1, sum(1 for _ in root.iter())))
        self._neighbours, self._compared = Neighbours(root), 0
        for order, (selectors, declared) in enumerate(_rules(text[:LONGEST_SHEETS])):
            if order >= most:
                self.complete = False
                break
            self._apply(root, selectors, declared, order)

    def _apply(self, root: html.HtmlElement, selectors: str, declared: list[_Declared], order: int) -> None:
        for expression, specificity, compared in matchers(selectors, self._neighbours):
            self._compared += compared
            if self._compared > MOST_COMPARED:
                self.complete = False
                return
            for element in expression(root):
                held = self._found.setdefault(element, {})
                for name, value, important in declared:
                    weight = (important, (0, *specificity), order)
                    if name not in held or held[name][0] <= weight:
                        held[name] = weight, value

    def of(self, element: html.HtmlElement) -> Declarations:
        """Return the declarations of one element, lower case, those of its `style` attribute counted in."""
        held = self._found.get(element)
        inline = element.get("style")
        if not held:
            return {name: value for name, value, _ in _inline_declared(inline)} if inline else {}
        found = dict(held)
        for name, value, important in _inline_declared(inline) if inline else ():
            weight = (important, _INLINE, 0)
            if name not in found or found[name][0] <= weight:
                found[name] = weight, value
        return {name: value for name, (_, value) in found.items()}


def _rules(sheet: str) -> Iterator[tuple[str, list[_Declared]]]:
    return _rules_of(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))


def _rules_of(rules: Iterable[tinycss2.ast.Node]) -> Iterator[tuple[str, list[_Declared]]]:
    for rule in rules:
        if rule.type == "qualified-rule":
            if declared := _declared(rule.content):
                yield tinycss2.serialize(rule.prelude), declared
        elif rule.type == "at-rule" and rule.content and _holds(rule):
            yield from _rules_of(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _holds(rule: tinycss2.ast.AtRule) -> bool:
    """Say whether the rules within an at-rule hold on our screen."""
    if rule.at_keyword == "media":
        return _on_screen(tinycss2.serialize(rule.prelude))
    return rule.at_keyword in ("supports", "layer")


@lru_cache(maxsize=1024)
def _inline_declared(style: str) -> tuple[_Declared, ...]:
    """Return the declarations of a `style` attribute; an element is asked more than once, and pages repeat a few."""
    return tuple(_declared(style))


def _declared(content: str | list[tinycss2.ast.Node]) -> list[_Declared]:
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [
        (one.lower_name, tinycss2.serialize(one.value).strip().lower(), one.important)
        for one in parsed
        if one.type == "declaration" and one.lower_name in SEEN
    ]


def _on_screen(query: str) -> bool:
    """Say whether one of the media of a query is a screen of our width; features not understood do not count."""
    return any(_medium_matches(medium.strip().lower()) for medium in query.split(","))


def _medium_matches(medium: str) -> bool:
    if medium.startswith(("print", "speech", "not ", "only print")):
        return False
    widths = _WIDTH.findall(medium)
    if medium.count("(") != len(widths):
        return False
    pixels = ((kind, float(number) * (1 if unit == "px" else 16)) for kind, number, unit in widths)
    return all(wide <= SCREEN_WIDTH if kind == "min" else wide >= SCREEN_WIDTH for kind, wide in pixels)
