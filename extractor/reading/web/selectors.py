"""The selectors of a style sheet, and what it costs to find the elements of one.

A selector by place among neighbours (`p ~ p`, `:nth-child(2n)`) is looked for by comparing each element that its names
allow with all its neighbours. A page of thousands of neighbours and rules would take hours, so the cost is told first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from cssselect import HTMLTranslator, SelectorError
from cssselect import parse as parse_selectors
from lxml import etree, html

_COMPOUND = re.compile(r"([^\s>+~]+)\s*([+~]?)")
_ARGUMENT = re.compile(r"\([^()]*\)")
_NAME = re.compile(r"[.#][\w-]+")
_TAG = re.compile(r"[\w-]+")
_UNCOUNTED = re.compile(r"\\|:(?:has|is|not|where|matches)\(")  # names in these say nothing of the element itself
_ANY = "*"


class Matcher(NamedTuple):
    """One selector: what finds its elements, its specificity, and how many neighbours it looks at."""

    expression: etree.XPath
    specificity: tuple[int, int, int]
    compared: int


class Neighbours:
    """How many neighbours the elements of a page have, by tag, class and id."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._of: Counter[str] = Counter()
        for parent in root.iter(etree.Element):
            children = list(parent.iterchildren(etree.Element))
            for name in chain.from_iterable(map(_names, children)):
                self._of[name] += len(children)

    def compared(self, selector: str) -> int:
        """Return how many neighbours the costliest part of a selector looks at, at most."""
        if _UNCOUNTED.search(selector):
            return self._of[_ANY]
        parts = _COMPOUND.findall(_ARGUMENT.sub("", selector))
        return max((self._fewest(part) for part, beside in parts if beside or ":" in part), default=0)

    def _fewest(self, compound: str) -> int:
        names = _NAME.findall(compound)
        tag = _TAG.match(compound)
        return min(self._of[name] for name in (*names, tag[0].lower() if tag else _ANY))


def _names(element: html.HtmlElement) -> set[str]:
    classes = (f".{name}" for name in element.get("class", "").split())
    return {_ANY, str(element.tag), f"#{element.get('id', '')}", *classes}


def matchers(selectors: str, neighbours: Neighbours) -> Iterator[Matcher]:
    """Yield what finds the elements of each selector of a list; those that XPath cannot say are passed by."""
    try:
        parsed = parse_selectors(selectors)
    except (SelectorError, RecursionError):
        return
    for selector in parsed:
        if selector.pseudo_element:
            continue
        try:
            path = HTMLTranslator().selector_to_xpath(selector, prefix="descendant-or-self::")
            by_place = path.count("-sibling::")
            compared = by_place and by_place * neighbours.compared(selector.canonical())
            yield Matcher(etree.XPath(path), selector.specificity(), compared)
        except (SelectorError, etree.XPathError, RecursionError):
            continue
