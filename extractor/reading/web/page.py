"""Read a saved web page into the lines a PDF would give.

Heading levels come from the tags, sizes are the ones browsers use, and furniture of the page (menus, banners, share
links) is kept but marked with the tag `ARTIFACT`, as tagged PDFs mark theirs. Nothing is fetched.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path

from lxml import etree, html

from extractor.models import Line, Printed, Problem, Run
from extractor.reading.web.boilerplate import date_labels, is_furniture

ARTIFACT = "ARTIFACT"
BODY_SIZE = 12.0
SIZES = {"h1": 24.0, "h2": 20.0, "h3": 16.0, "h4": 14.0, "h5": 13.0, "h6": 12.0, "small": 10.0, "figcaption": 10.0}
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS = frozenset(("td", "th"))
HOLDERS = CELLS | {"li", "dt", "dd", "figcaption", "caption"}
PLAIN = frozenset(("p", "div", "section", "blockquote"))
_GROUPS = """html body main article header footer nav aside address hr ul ol menu dl table thead tbody tfoot tr figure
    form fieldset legend details summary pre hgroup center dialog search"""
BLOCKS = HEADINGS | HOLDERS | PLAIN | frozenset(_GROUPS.split())
_NOT_TEXT = """head script style noscript template svg math iframe object embed audio video canvas input datalist
    noframes"""
UNPRINTED = frozenset(_NOT_TEXT.split())
CONTROLS = frozenset(("button", "select", "option", "textarea", "label"))
ONE_TEXT = frozenset(("H2", "H3", "H4", "H5", "H6", "LI", "TD", "TH", "DT", "DD"))
SOFT_BREAK = "\v"  # white space to all who fold it, and in no page
COLUMN_WIDTH = 100.0
LIST_INDENT = 18.0
BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
LONGEST_DATE = 30  # characters
HIDDEN_WORDS = 30  # fewer are icons' names and closed menus

_SPACE = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table)\b", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_UNSEEN_CLASS = re.compile(r"(?:\w+-)?(?:sr-only|visually-?hidden|screen-reader-text)", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|main|article|div|section|table|h[1-6]|p|ul|ol|dl)\b", re.I
)
_ITEM_MARK = re.compile(r"(?:[•◦]|\w{1,5}\.)\s")

FURNITURE_ELEMENTS = frozenset(("nav", "dialog", "search"))
_ROLES = "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar"
FURNITURE_ROLES = frozenset(_ROLES.split())
# A whole class name or id, never a word in one: ids of sections are made from headings ("stop-and-search",
# "anti-social-behaviour").
_FURNITURE_NAME = re.compile(
    r"(?:(?:site|main|page|primary|secondary|top|global|mobile|wp|js|govuk|hmicfrs|entry|post)[-_]+)*"
    r"(?:nav(?:bar|igation)?|menu|breadcrumbs?|cookies?|consent|skip(?:[-_]?(?:link|nav|to[-_]content))?|masthead"
    r"|shar(?:e|ing)[-_](?:this|links?|buttons?|bar|page)|addtoany\w*|social[-_](?:media[-_])?(?:links?|icons?|share)"
    r"|sidebar|related[-_](?:links?|content|pages?|posts?)|footer|pagination|(?:consultation|downtime)[-_]banner)"
    r"s?(?:[-_]+(?:bar|banner|consent|notice|message|popup|overlay|list|links?|container|wrapper|menu|inner|outer|content))*",
    re.I,
)


@dataclass(slots=True)
class _Style:
    """What the element that is open says about the text in it."""

    tag: str = "BODY"
    size: float = BODY_SIZE
    bold: bool = False
    italic: bool = False
    raised: bool = False
    furniture: bool = False
    depth: int = 0  # of lists
    x0: float = 0.0
    x1: float = 0.0


@dataclass(slots=True)
class _Sheet:
    """The lines written so far and the one being written."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[tuple[str, _Style]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    mark: str = ""
    hidden_words: int = 0

    def write(self, text: str | None, style: _Style) -> None:
        if text:
            self.pieces.append((text.translate(_INVISIBLE), style))

    def break_line(self, style: _Style) -> None:
        """End the line; the words of a heading, an item or a cell are one text and end only at a second break."""
        ending = ""
        for text, _ in reversed(self.pieces):
            ending = text + ending
            if text.strip():
                break
        if style.tag in ONE_TEXT and SOFT_BREAK not in ending[len(ending.rstrip()) :]:
            self.pieces.append((SOFT_BREAK, style))
        else:
            self.end_line(style)

    def end_line(self, style: _Style) -> None:
        """Turn the pieces gathered since the last end into one line; blank lines leave nothing."""
        runs = _runs(self.pieces)
        self.pieces.clear()
        if runs:
            mark = "" if style.furniture or style.tag.lower() in HEADINGS else self.mark
            self._add(runs, ARTIFACT if style.furniture else style.tag, mark)
            self.mark = ""
        for alt in self.pictures:
            self._add([Run(alt, 0.0, 0.0, BODY_SIZE)], ARTIFACT)
        self.pictures.clear()

    def _add(self, runs: list[Run], tag: str, mark: str = "") -> None:
        words = [run for run in runs if run.text.strip()]
        if mark:
            runs = [replace(runs[0], text=mark, size=BODY_SIZE, bold=False, italic=False, raised=False), *runs]
        self.lines.append(
            Line(
                number=len(self.lines),
                text="".join(run.text for run in runs),
                size=max(run.size for run in words),
                bold=all(run.bold for run in words),
                italic=all(run.italic for run in words),
                tag=tag,
                runs=tuple(runs),
            )
        )


def read_web(path: Path | str, data: bytes | None = None, rules: Path | None = None) -> Printed:
    """Read a saved web page (`.html`, `.htm`, `.mht`, `.mhtml`); never raises for what is in the file.

    Lines have no page and no box. The `x0` and `x1` of a run are not places but an order that serves as one: 100 for
    each column of a table, 18 for each level of a list. A line with tag `LI` and no mark goes on with the item above.
    `meta` holds the document's properties under the names they have on the page (`h1`, `title`, `og:title`,
    `article:published_time`, `Published on`, `Last updated`, `canonical`, `saved_from` …).

    `data` are the file's bytes when they have been read already; `rules` is the folder of rules, by default the
    program's own.
    """
    source = str(path)
    try:
        data = Path(path).read_bytes() if data is None else data
    except OSError as error:
        message = f"{source}: {error.strerror}. Check the path and the permissions."
        return _failed(source, b"", "unreadable_file", message)
    if not data.strip():
        return _failed(source, data, "empty_file", f"{source}: the file is empty. Save the page again.")
    meta: dict[str, str] = {}
    part, declared = _page_of(data, meta)
    text, sure = _decode(part, declared)
    if part.startswith(b"%PDF") or "\0" in text or not _MARKUP.search(text):
        message = f"{source}: not a web page. Save the report as HTML, or give the PDF as .pdf."
        return _failed(source, data, "not_html", message)
    root, whole = _parse(text)
    sheet = _Sheet()
    if root is not None:
        _write(root, sheet)
        _properties(root, text, meta)
    lines = _mark_furniture(sheet.lines, rules)
    meta.update(_dates(lines, rules))
    problems = _problems(source, lines, sheet.hidden_words, sure, whole)
    return Printed(source, hashlib.sha256(data).hexdigest(), "web", lines, meta=meta, problems=problems)


def _failed(source: str, data: bytes, code: str, message: str) -> Printed:
    problem = Problem("", source, "read", code, "error", None, message)
    return Printed(source, hashlib.sha256(data).hexdigest(), "web", problems=(problem,))


def _problems(source: str, lines: tuple[Line, ...], hidden_words: int, sure: bool, whole: bool) -> tuple[Problem, ...]:
    found = []
    if all(line.tag == ARTIFACT for line in lines):
        words = "no text in the page itself. Save it again when it has loaded, as 'Webpage, complete'."
        found.append(("no_text", "error", words))
    if hidden_words >= HIDDEN_WORDS:
        words = f"{hidden_words} words are hidden on the page and were not read. Open closed parts and save again."
        found.append(("hidden_text", "doubt", words))
    if not whole:
        words = "the page is built in a way that can't be read to its end; lines are missing. Use the PDF."
        found.append(("cut_short", "error", words))
    if not sure:
        words = "some characters are damaged or in an unnamed encoding. Compare dashes and quotes with the page."
        found.append(("charset_unsure", "doubt", words))
    return tuple(Problem("", source, "read", code, grave, None, f"{source}: {say}") for code, grave, say in found)


def _page_of(data: bytes, meta: dict[str, str]) -> tuple[bytes, str | None]:
    """Return the page and the charset its envelope names; in a web archive (.mht) it is the first HTML part."""
    head = data[:4096]
    if not re.search(rb"^MIME-Version:", head, re.I | re.M) or re.match(rb"\s*<", head):
        return data, None
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    location = message.get("Snapshot-Content-Location")
    if location:
        meta["saved_from"] = str(location)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            return (payload if isinstance(payload, bytes) else b""), part.get_content_charset()
    return data, None


def _decode(data: bytes, declared: str | None) -> tuple[str, bool]:
    """Return the text and whether its encoding is certain.

    Text that is valid UTF-8 is UTF-8 whatever the page says: browsers change the encoding when they save and leave the
    declaration. Latin-1 means windows-1252 on the web (WHATWG Encoding Standard).
    """
    for bom, utf in BOMS.items():
        if data.startswith(bom):
            text = data[len(bom) :].decode(utf, "replace")
            return text, "\ufffd" not in text
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        pass
    match = _CHARSET.search(data[:4096])
    name = _codec(declared or (match.group(1).decode("ascii") if match else "cp1252"))
    if name == "utf-8":
        text = data.decode("utf-8", "replace")
        wrong = text.count("\ufffd")
        right = sum(character > "\x7f" for character in text) - wrong
        return (text, False) if right >= wrong else (data.decode("cp1252", "replace"), False)
    text = data.decode(name, "replace")
    return text, "\ufffd" not in text


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return "cp1252" if found.name in ("iso8859-1", "ascii") else found.name


def _parse(text: str) -> tuple[html.HtmlElement | None, bool]:
    """Return the page's tree and whether it goes to the page's end: the parser gives up at 2,048 nested elements."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None, True
    return root, not parser.error_log.filter_from_fatals()


def _write(root: html.HtmlElement, sheet: _Sheet) -> None:
    """Walk the page once and write its lines."""
    kept = _never_furniture(root)
    columns = _columns(root)
    numbers = _numbers(root)
    styles = [_Style()]
    for opens, element in _walk(root, sheet):
        name = element.tag
        if opens:
            style = _style_of(element, styles[-1], kept, columns)
            if _is_block(element):
                sheet.end_line(styles[-1])
            if name == "li":
                sheet.mark = numbers.get(element) or ("• " if style.depth <= 1 else "◦ ")
            if name == "br":
                sheet.break_line(styles[-1])
            elif name == "img" and (alt := _fold(element.get("alt"))):
                sheet.pictures.append(alt)
            styles.append(style)
            sheet.write(element.text, style)
        else:
            style = styles.pop()
            if _is_block(element):
                sheet.end_line(style)
                if name == "li":
                    sheet.mark = ""
            sheet.write(element.tail, styles[-1])
    sheet.end_line(styles[-1])


def _walk(root: html.HtmlElement, sheet: _Sheet) -> Iterator[tuple[bool, html.HtmlElement]]:
    """Yield each printed element as it opens and closes; a loop, since pages can nest deeper than Python recurses."""
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped = None
    for event, element in walk:
        if event == "end":
            if element is skipped:
                skipped = None
                yield True, _blank(element)
                yield False, _blank(element)
            else:
                yield False, element
        elif _is_hidden(element):
            if element.tag not in UNPRINTED and not _looks_like_furniture(element):
                sheet.hidden_words += len(element.text_content().split())
            skipped = element
            walk.skip_subtree()
        else:
            yield True, element


def _blank(element: html.HtmlElement) -> html.HtmlElement:
    """Stand in for a hidden element: what follows it is printed, what is in it is not."""
    blank = html.Element("span")
    blank.tail = element.tail
    return blank


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.tag in UNPRINTED or "hidden" in element.attrib:
        return True
    if element.tag in ("html", "body"):
        return False
    if _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    if any(_UNSEEN_CLASS.fullmatch(name) for name in element.get("class", "").split()):
        return True
    # An open dialog hides the whole page behind it this way; then the text is what was saved for.
    return element.get("aria-hidden", "").lower() == "true" and element.find(".//p") is None


def _is_block(element: html.HtmlElement) -> bool:
    return element.tag in BLOCKS or bool(_BLOCK_STYLE.search(element.get("style", "")))


def _style_of(
    element: html.HtmlElement,
    outer: _Style,
    kept: set[html.HtmlElement],
    columns: dict[html.HtmlElement, tuple[int, int]],
) -> _Style:
    name, css = element.tag, element.get("style", "")
    style = replace(outer)
    if name in BLOCKS:
        style.tag = _tag(element, outer)
        style.size = SIZES.get(name, BODY_SIZE if name in HOLDERS else outer.size)
    style.size = SIZES.get(name, style.size) if name != "sup" else round(outer.size * 0.65, 2)
    style.bold = outer.bold or name in HEADINGS or name in ("strong", "b", "th") or bool(_BOLD_STYLE.search(css))
    style.italic = outer.italic or name in ("em", "i", "cite")
    style.raised = outer.raised or name == "sup"
    style.furniture = outer.furniture or name in CONTROLS or (element not in kept and _looks_like_furniture(element))
    if name in ("ul", "ol", "menu"):
        style.depth += 1
        style.x0 = style.x1 = outer.x0 + LIST_INDENT
    if element in columns:
        column, span = columns[element]
        style.x0, style.x1 = column * COLUMN_WIDTH, (column + span) * COLUMN_WIDTH
    return style


def _tag(element: html.HtmlElement, outer: _Style) -> str:
    """Name the line after the element; a paragraph that is all there is of an item or a cell is that item or cell."""
    if element.tag in PLAIN and outer.tag == "LI":
        return outer.tag
    holder = element.getparent()
    if element.tag in PLAIN and holder is not None and holder.tag in HOLDERS and len(holder) == 1:
        return outer.tag
    return str(element.tag).upper()


def _numbers(root: html.HtmlElement) -> dict[html.HtmlElement, str]:
    """Return the number a browser draws before each item of each ordered list."""
    numbers: dict[html.HtmlElement, str] = {}
    for ordered in root.iter("ol"):
        number = _whole(ordered.get("start"), 1)
        for item in ordered.iterchildren("li"):
            number = _whole(item.get("value"), number)
            numbers[item] = f"{_as_type(number, ordered.get('type', '1'))}. "
            number += 1
    return numbers


def _as_type(number: int, kind: str) -> str:
    if kind in ("a", "A") and 1 <= number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I") and 1 <= number <= 20:
        roman = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        return roman if kind == "i" else roman.upper()
    return str(number)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else default


def _columns(root: html.HtmlElement) -> dict[html.HtmlElement, tuple[int, int]]:
    """Return each table cell's first column and width in columns, rows that reach down counted."""
    places: dict[html.HtmlElement, tuple[int, int]] = {}
    for table in root.iter("table"):
        taken: dict[int, int] = {}
        for row in table.iterfind(".//tr"):
            if next(row.iterancestors("table")) is not table:
                continue
            column = 0
            for cell in row.iterchildren("td", "th"):
                while taken.get(column, 0) > 0:
                    column += 1
                span = min(max(_whole(cell.get("colspan"), 1), 1), 50)
                places[cell] = (column, span)
                deep = max(_whole(cell.get("rowspan"), 1), 1)
                taken.update(dict.fromkeys(range(column, column + span), deep))
                column += span
            taken = {place: rows - 1 for place, rows in taken.items() if rows > 1}
    return places


def _looks_like_furniture(element: html.HtmlElement) -> bool:
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


def _never_furniture(root: html.HtmlElement) -> set[html.HtmlElement]:
    """Return the elements that hold the page's subject: its main part and its title."""
    titles = list(root.iter("h1"))
    outside = [title for title in titles if next(title.iterancestors("header", "nav", "footer"), None) is None]
    subjects = [*root.iter("main", "article"), *(outside or titles)]
    return {holder for subject in subjects for holder in (subject, *subject.iterancestors())}


def _runs(pieces: list[tuple[str, _Style]]) -> list[Run]:
    """Fold white space over all pieces and join neighbours of one style."""
    runs: list[Run] = []
    before = " "
    for text, style in pieces:
        text = _SPACE.sub(" ", text)
        if before.endswith(" "):
            text = text.removeprefix(" ")
        if not text:
            continue
        before = text
        run = Run(text, style.x0, style.x1, style.size, style.bold, style.italic, raised=style.raised)
        if runs and replace(runs[-1], text=text) == run:
            run = replace(run, text=runs.pop().text + text)
        runs.append(run)
    while runs and not (ending := runs[-1].text.rstrip()):
        runs.pop()
    if runs:
        runs[-1] = replace(runs[-1], text=ending)
    return runs


def _fold(text: str | None) -> str:
    return _SPACE.sub(" ", (text or "").translate(_INVISIBLE)).strip()


def _properties(root: html.HtmlElement, text: str, meta: dict[str, str]) -> None:
    """Add what the page says about itself, each under the name it has there."""
    heading = next(iter(root.iter("h1")), None)
    found = {
        "h1": " ".join(heading.itertext()) if heading is not None else None,
        "title": root.findtext(".//title"),
        "lang": root.get("lang"),
        "canonical": next((link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"), None),
    }
    for tag in root.iter("meta"):
        found.setdefault(tag.get("property") or tag.get("name") or "", tag.get("content"))
    for stamp in root.iter("time"):
        found.setdefault("time", stamp.get("datetime") or stamp.text_content())
    saved = _SAVED_FROM.search(text[:4096])
    found["saved_from"] = saved.group(1) if saved else None
    for key, value in found.items():
        if key and _fold(value):
            meta.setdefault(key, _fold(value))


def _dates(lines: tuple[Line, ...], rules: Path | None) -> dict[str, str]:
    """Return dates printed beside a label such as 'Published on', under that label; the first of each counts."""
    dates: dict[str, str] = {}
    labels = date_labels(rules)
    for line, after in zip_longest(lines, lines[1:]):
        label = next((label for label in labels if line.text.casefold().startswith(label.casefold())), None)
        if label is None:
            continue
        date = line.text[len(label) :].strip(" :") or (after.text if after else "")
        if re.search(r"\d", date) and len(date) <= LONGEST_DATE:
            dates.setdefault(label, date)
    return dates


def _mark_furniture(lines: list[Line], rules: Path | None) -> tuple[Line, ...]:
    """Mark the lines whose words are furniture wherever they stand."""
    return tuple(
        replace(line, tag=ARTIFACT) if is_furniture(_ITEM_MARK.sub("", line.text, count=1), rules) else line
        for line in lines
    )
