"""Walk a page once and write the lines a reader sees; keep account of the words that are not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from extractor.reading.web.cascade import Cascade
from extractor.reading.web.displayed import UNPRINTED, is_for_screen_readers, is_gone, panels
from extractor.reading.web.furniture import is_furniture_element, subjects_of
from extractor.reading.web.numbering import cell_columns, item_numbers
from extractor.reading.web.page_lines import PageLines, fold
from extractor.reading.web.text_style import Style, is_block, style_of


@dataclass(slots=True)
class Unread:
    """The words of a page that were left out, as passages in printed order."""

    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)


class PageWalk:
    """One walk over a page's tree."""

    def __init__(self, root: html.HtmlElement, cascade: Cascade) -> None:
        self._root = root
        self._cascade = cascade
        self._subjects = subjects_of(root)
        self._panels = panels(root)
        self._columns = cell_columns(root)
        self._numbers = item_numbers(root)
        self._page = PageLines()
        self.unread = Unread()

    def lines(self) -> PageLines:
        """Return the lines of the page, and note in `unread` what is not shown."""
        styles = [Style()]
        blocks = [True]
        for opens, element in self._steps():
            if opens:
                blocks.append(self._open(element, styles))
            else:
                self._close(element, styles, blocks.pop())
        self._page.end_line(styles[-1])
        return self._page

    def _open(self, element: html.HtmlElement, styles: list[Style]) -> bool:
        """Begin an element and say whether it stands on lines of its own."""
        declared = self._cascade.of(element)
        furniture = element not in self._subjects and is_furniture_element(element)
        style = style_of(element, styles[-1], declared, self._columns.get(element), furniture)
        block = is_block(element, declared)
        if block:
            self._page.end_line(styles[-1])
        if element.tag == "li":
            self._page.mark = self._numbers.get(element) or ("• " if style.depth <= 1 else "◦ ")
        elif element.tag == "br":
            self._page.break_line(styles[-1])
        elif element.tag == "img" and (alt := fold(element.get("alt"))):
            self._page.pictures.append(alt)
        styles.append(style)
        self._write(element.text, style)
        return block

    def _close(self, element: html.HtmlElement, styles: list[Style], block: bool) -> None:
        style = styles.pop()
        if block:
            self._page.end_line(style)
        if element.tag == "li":
            self._page.mark = ""
        self._write(element.tail, styles[-1])

    def _write(self, text: str | None, style: Style) -> None:
        words = fold(text)
        if not words or not (style.unseen or style.struck):
            self._page.write(text, style)
            return
        self._page.write(" ", style)
        if not style.furniture:
            (self.unread.struck if style.struck else self.unread.hidden).append(words)

    def _steps(self) -> Iterator[tuple[bool, html.HtmlElement]]:
        """Yield each element that is displayed, as it opens and closes; a loop, since pages nest deep."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        gone = None
        for event, element in walk:
            if event == "start":
                if is_gone(element, self._cascade.of(element), element in self._panels):
                    self._note(element)
                    gone = element
                    walk.skip_subtree()
                else:
                    yield True, element
            elif element is gone:
                gone = None
                yield True, _blank(element)
                yield False, _blank(element)
            else:
                yield False, element

    def _note(self, element: html.HtmlElement) -> None:
        if element.tag in UNPRINTED or is_for_screen_readers(element) or is_furniture_element(element):
            return
        if any(is_furniture_element(outer) for outer in element.iterancestors() if outer not in self._subjects):
            return
        if words := fold(element.text_content()):
            self.unread.hidden.append(words)


def _blank(element: html.HtmlElement) -> html.HtmlElement:
    """Stand in for a hidden element: what follows it is printed, what is in it is not."""
    blank = html.Element("span")
    blank.tail = element.tail
    return blank
