"""Furniture of a web page by its structure: menus, banners, share links, whatever their words are."""

from __future__ import annotations

import re

from lxml import html

ARTIFACT = "ARTIFACT"  # the tag of furniture, as tagged PDFs mark theirs
FURNITURE_ELEMENTS = frozenset(("nav", "dialog", "search"))
_ROLES = "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar"
FURNITURE_ROLES = frozenset(_ROLES.split())
# A whole class name or id, never a word in one: ids of sections are made from headings ("stop-and-search",
# "anti-social-behaviour").
_FURNITURE_NAME = re.compile(
    r"(?:(?:site|main|page|primary|secondary|top|global|mobile|wp|js|govuk|hmicfrs|entry|post)[-_]+)*"
    r"(?:nav(?:bar|igation)?|menu|breadcrumbs?|cookies?|consent|skip(?:[-_]?(?:link|nav|to[-_]content))?|masthead"
    r"|shar(?:e|ing)[-_](?:this|links?|buttons?|bar|page)|addtoany\w*|social[-_](?:media[-_])?(?:links?|icons?|share)"
    r"|sidebar|related[-_](?:links?|content|pages?|posts?)|footer|pagination|(?:consultation|downtime)[-_]banner|wm-ipp)"
    r"s?(?:[-_]+(?:bar|banner|consent|notice|message|popup|overlay|list|links?|container|wrapper|menu|inner|outer|content"
    r"|base|inside))*",
    re.I,
)


def is_furniture_element(element: html.HtmlElement) -> bool:
    """Say whether the page's own structure marks this element as furniture, whatever its words are."""
    name, role = element.tag, element.get("role", "").lower()
    if role == "complementary" or name in ("aside", "header"):
        return next(element.iterancestors("main", "article", "section"), None) is None
    if name in FURNITURE_ELEMENTS or role in FURNITURE_ROLES:
        return True
    if name == "footer":
        return "footnote" not in element.get("class", "")
    if name not in ("div", "section", "ul", "ol", "a", "span", "form", "p"):
        return False
    names = (*element.get("class", "").split(), element.get("id", ""))
    return any(_FURNITURE_NAME.fullmatch(word) for word in names if len(word) <= 60)


def subjects_of(root: html.HtmlElement) -> set[html.HtmlElement]:
    """Return the elements that hold the page's subject, its main part and its title, with all around them."""
    titles = list(root.iter("h1"))
    outside = [title for title in titles if next(title.iterancestors("header", "nav", "footer"), None) is None]
    subjects = [*root.iter("main", "article"), *(outside or titles)]
    return {holder for subject in subjects for holder in (subject, *subject.iterancestors())}
