"""Read a saved web page into the lines a PDF would give.

Heading levels come from the tags, sizes are the ones browsers use, and furniture of the page (menus, banners, share
links) is kept but marked with the tag `ARTIFACT`, as tagged PDFs mark theirs. What is not displayed is not read, and
said. Nothing is fetched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree, html

from extractor.models import Line, Printed, Problem
from extractor.reading.web.boilerplate import is_furniture
from extractor.reading.web.cascade import Cascade
from extractor.reading.web.container import LARGEST, BadContainer, Part, SavedPage, open_saved
from extractor.reading.web.encoding import decode, encoded_twice
from extractor.reading.web.furniture import ARTIFACT
from extractor.reading.web.properties import printed_dates, read_properties
from extractor.reading.web.splice import open_shadow_roots, splice_frames
from extractor.reading.web.walk import PageWalk, Unread
from extractor.rulebook.load import RulePacks, load_rules

MOST_ELEMENTS = 100_000  # the longest published page has under ten thousand
MOST_ATTRIBUTES = 2_000  # of one element; the parser compares each with all before it
MOST_IN_LONG_TAGS = 100_000  # attributes of all elements that have very many
HIDDEN_WORDS = 3  # fewer are icons' names and the like

_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|main|article|div|section|table|h[1-6]|p|ul|ol|dl)\b", re.I
)
_ITEM_MARK = re.compile(r"(?:[•◦]|\w{1,5}\.)\s")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}")
_OPENING, _CLOSING = re.compile(r"<(?:html|body)\b", re.I), re.compile(r"</(?:html|body)\s*>", re.I)
_Said = tuple[str, str, str]  # code, severity, words


class _Refused(Exception):
    """The file cannot be read; `said` is the problem's code and words."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def read_web(path: Path | str, data: bytes | None = None, rules: Path | None = None) -> Printed:
    """Read a saved web page (one of `WEB_SUFFIXES`); never raises for what is in the file.

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
    try:
        return _read(source, data, rules)
    except _Refused as refused:
        return _failed(source, data, refused.code, f"{source}: {refused}")


def _failed(source: str, data: bytes, code: str, message: str) -> Printed:
    problem = Problem("", source, "read", code, "error", None, message)
    return Printed(source, hashlib.sha256(data).hexdigest(), "web", problems=(problem,))


def _read(source: str, data: bytes, rules: Path | None) -> Printed:
    saved = _open(data)
    text, sure = decode(saved.page.data, saved.page.charset)
    if saved.page.data.startswith(b"%PDF") or "\0" in text or not _MARKUP.search(text):
        raise _Refused("not_html", "not a web page. Save the report as HTML, or give the PDF as .pdf.")
    root, whole = _parse(text)
    meta = {"saved_from": saved.saved_from} if saved.saved_from else {}
    lines: list[Line] = []
    said: list[_Said] = []
    if root is not None:
        missing = splice_frames(root, saved.frames, _text_of, lambda frame: _parse(frame)[0])
        open_shadow_roots(root)
        cascade = Cascade(root, map(_text_of, saved.style_sheets))
        walk = PageWalk(root, cascade)
        lines = walk.lines().lines
        read_properties(root, text, meta)
        said = [*_of_what_is_unread(walk.unread), *_of_frames(missing), *_of_styles(cascade)]
    packs = load_rules(rules)
    marked = _mark_furniture(lines, packs)
    meta.update(printed_dates(marked, packs))
    said = [*_of_the_file(saved, text, marked, sure, whole), *said]
    problems = tuple(
        Problem("", source, "read", code, grave, None, f"{source}: {words}") for code, grave, words in said
    )
    return Printed(source, hashlib.sha256(data).hexdigest(), "web", marked, meta=meta, problems=problems)


def _open(data: bytes) -> SavedPage:
    if not data.strip():
        raise _Refused("empty_file", "the file is empty (0 bytes); download or save it again")
    try:
        return open_saved(data)
    except BadContainer as error:
        raise _Refused("damaged_archive", str(error)) from error


def _text_of(part: Part) -> str:
    return decode(part.data, part.charset)[0]


def _parse(text: str) -> tuple[html.HtmlElement | None, bool]:
    """Return the page's tree and whether it goes to the page's end: the parser gives up at 2,048 nested elements."""
    attributes = [len(tag[0].split()) for tag in _LONG_TAG.finditer(text)]
    too_many = max(attributes, default=0) > MOST_ATTRIBUTES or sum(attributes) > MOST_IN_LONG_TAGS
    if too_many or len(text) > LARGEST or text.count("<") > 2 * MOST_ELEMENTS:
        raise _Refused("too_large", "far larger than any report. Check that this is the page you meant to save.")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None, True
    return root, not parser.error_log.filter_from_fatals()


def _of_the_file(saved: SavedPage, text: str, lines: tuple[Line, ...], sure: bool, whole: bool) -> Iterator[_Said]:
    if all(line.tag == ARTIFACT for line in lines):
        yield (
            "no_text",
            "error",
            "no text in the page itself. Save it again when it has loaded, as 'Webpage, complete'.",
        )
    if not whole:
        words = "the page is built in a way that can't be read to its end; lines are missing. Use the PDF."
        yield "cut_short", "error", words
    elif _OPENING.search(text) and not _CLOSING.search(text):
        words = "the end of the page is missing, so text may be lost. Save it again when it has loaded."
        yield "page_cut", "doubt", words
    if not sure:
        words = "some characters are damaged or in an unnamed encoding. Compare dashes and quotes with the page."
        yield "charset_unsure", "doubt", words
    elif twice := encoded_twice(text):
        words = f"characters were damaged when the page was saved (“{twice}”). Save it again from the site."
        yield "charset_unsure", "doubt", words
    if saved.compressed:
        yield "compressed_page", "note", "the file is compressed (gzip); it was unpacked and read."


def _of_what_is_unread(unread: Unread) -> Iterator[_Said]:
    for code, passages, what in (
        (
            "hidden_text",
            unread.hidden,
            "not displayed on the page and were not read. If they belong to it, use the PDF",
        ),
        ("struck_text", unread.struck, "struck out on the page and were not read. Compare with the page"),
    ):
        count = sum(len(passage.split()) for passage in passages)
        if count >= (HIDDEN_WORDS if code == "hidden_text" else 1):
            opening = " … ".join(passage[:80] for passage in passages[:3])
            yield code, "doubt", f"{count} words are {what}: “{opening}”."


def _of_frames(missing: list[str]) -> Iterator[_Said]:
    for address in missing:
        elsewhere = address.startswith(("http:", "https:", "//"))
        words = f"a frame of the page was not saved with it ({address[:120]}). Open it and save it too if it has text."
        yield "frame_not_read", "note" if elsewhere else "doubt", words


def _of_styles(cascade: Cascade) -> Iterator[_Said]:
    if not cascade.complete:
        words = (
            "the style sheets are too long to be followed, so hidden words may have been read. Compare with the page."
        )
        yield "styles_not_read", "doubt", words


def _mark_furniture(lines: list[Line], packs: RulePacks) -> tuple[Line, ...]:
    """Mark the lines whose words are furniture wherever they stand."""
    return tuple(
        replace(line, tag=ARTIFACT) if is_furniture(_ITEM_MARK.sub("", line.text, count=1), packs) else line
        for line in lines
    )
