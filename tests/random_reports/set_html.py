"""Sets a random report as a web page; its print style serves Chromium, WeasyPrint and LibreOffice as well."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from string import Template

from random_reports.document import (
    Block,
    Bullets,
    Columns,
    Composed,
    Contents,
    Figure,
    Framed,
    Grade,
    Heading,
    NewPage,
    Para,
    Rows,
)
from random_reports.private_font import SOURCE, private_font
from random_reports.style import Style

SHEET = Path(__file__).with_name("print.css")
SQUARE = "%3Csvg xmlns='http://www.w3.org/2000/svg' width='6' height='6'%3E%3Crect width='6' height='6'/%3E%3C/svg%3E"
NAV = (
    "<a href='#main'>Skip to content</a><nav><ul><li><a href='/'>Home</a></li><li><a href='/peel'>PEEL assessments</a>"
    "</li></ul></nav><p><a href='#'>Print this document</a></p>"
)


def inline(text: str) -> str:
    """Return words as HTML, footnote marks raised."""
    return re.sub(r"\^([^^]*)\^", r"<sup>\1</sup>", escape(text, quote=False))


@dataclass(frozen=True, slots=True)
class Html:
    """One way of writing blocks as HTML; `office` avoids what LibreOffice cannot read."""

    style: Style
    office: bool = False

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return the blocks one after another."""
        return "\n".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        """Return one block."""
        match block:
            case Heading(text, level):
                return f"<h{level}>{inline(text)}</h{level}>"
            case Para(text, look):
                return self._para(text, look)
            case Bullets():
                return self._list(block)
            case Grade():
                return self._grade(block)
            case Framed():
                return self._framed(block)
            case Rows(cells):
                return self._table(cells)
            case Contents(entries):
                rows = "".join(
                    f"<p class=toc{level}>{inline(text)} {'.' * 12} {n + 3}</p>"
                    for n, (text, level) in enumerate(entries)
                )
                return f"<div class=contents><p class=title3>Contents</p>{rows}</div>"
            case Figure():
                return self._figure(block)
            case Columns(inner):
                return f"<div class=columns>{self.blocks(inner)}</div>"
            case NewPage():
                return (
                    "<p style='page-break-before:always; margin:0; font-size:1pt; line-height:1pt'></p>"
                    if self.office
                    else "<div class=newpage></div>"
                )

    def _para(self, text: str, look: str) -> str:
        if look in ("title", "subtitle"):
            return (
                f"<{'h1' if look == 'title' else 'h2'} class=cover>{inline(text)}</{'h1' if look == 'title' else 'h2'}>"
            )
        words = f"<strong>{inline(text)}</strong>" if look == "lead" else inline(text)
        return f"<p class={look}>{words}</p>"

    def _list(self, block: Bullets) -> str:
        entries = []
        for entry in block.entries:
            limbs = "".join(f"<li>{inline(limb)}</li>" for limb in entry.limbs)
            entries.append(f"<li>{inline(entry.text)}{f'<ul>{limbs}</ul>' if limbs else ''}</li>")
        return f"<ul>{''.join(entries)}</ul>"

    def _grade(self, block: Grade) -> str:
        if block.shape == "pair":
            return f"<table class=pair><tr><td>{inline(block.question)}</td><td><b>{block.grade}</b></td></tr></table>"
        if block.shape == "word":
            return f"<p class=grade><b>{block.grade}</b></p>"
        if self.office:
            cell = f"<td bgcolor='#{self.style.tint}'><b>{block.grade}</b></td>"
            return f"<table class={block.shape}><tr>{cell}</tr></table>"
        return f"<div class={block.shape}>{block.grade}</div>"

    def _framed(self, block: Framed) -> str:
        inner = self.blocks(block.blocks)
        head = inline(block.head)
        if block.case_study:
            return self._cell(inner, "border") if self.office else f"<aside class=case>{inner}</aside>"
        look = self.style.frame
        if look == "head row" and head:
            return f"<table class=headrow><tr><th>{head}</th></tr><tr><td>{inner}</td></tr></table>"
        head = f"<h4>{head}</h4>" if head else ""
        if look == "cell" or self.office:
            return self._cell(head + inner, look)
        return f"<div class='frame {look.replace(' ', '')}'>{head}{inner}</div>"

    def _cell(self, inner: str, look: str) -> str:
        ground = f" bgcolor='#{self.style.tint}'" if look in ("cell", "shade", "head row") else ""
        border = " border=1" if look in ("border", "bar") else ""
        return f"<table class=cell width='100%'{border}><tr><td{ground}>{inner}</td></tr></table>"

    def _table(self, cells: tuple[tuple[str, ...], ...]) -> str:
        border = " border=1" if self.style.ruled else ""
        rows = "".join(
            "<tr>" + "".join(f"<{tag}>{inline(cell)}</{tag}>" for cell in row) + "</tr>"
            for tag, row in [("th" if n == 0 else "td", row) for n, row in enumerate(cells)]
        )
        return f"<table class=rows{border}>{rows}</table>"

    def _figure(self, block: Figure) -> str:
        if self.office:
            return f"<p class=small>{' &nbsp; '.join(block.labels)}</p><p class=small>{inline(block.caption)}</p>"
        bars = "".join(
            f"<rect x='{20 + 60 * n}' y='{90 - 8 * n}' width='40' height='{20 + 8 * n}' fill='#{self.style.colour}'/>"
            f"<text x='{24 + 60 * n}' y='{84 - 8 * n}' font-size='9'>{escape(label)}</text>"
            for n, label in enumerate(block.labels)
        )
        caption = f"<figcaption>{inline(block.caption)}</figcaption>"
        return f"<figure><svg width='420' height='120'>{bars}</svg>{caption}</figure>"


def marks(style: Style) -> str:
    """Return the rules for the marks of lists: letters, a picture, or a sign of a font of its own."""
    private = style.bullet >= "\ue000" and style.bullet != "picture"
    if style.bullet == "picture" or (private and not SOURCE.is_file()):
        return f'ul {{ list-style-image: url("data:image/svg+xml,{SQUARE}") }}'
    rules = f"ul {{ list-style-type: '{style.bullet}  ' }}"
    if not private:
        return rules
    font = b64encode(private_font()).decode()
    face = f"@font-face {{ font-family: 'Private Marks'; src: url(data:font/ttf;base64,{font}) }}"
    return f"{face} {rules} li::marker {{ font-family: 'Private Marks' }}"


def furniture(style: Style, running: str) -> str:
    """Return the rules for the lines at the head and foot of every page."""
    rules = ""
    if style.numbered != "none":
        foot = style.numbered.replace("{n}", '" counter(page) "').replace("{words}", running)
        rules += f'@bottom-center {{ content: "{foot}"; font-size: 8pt }}'
    if style.running in ("head", "chapter"):
        words = "string(chapter)" if style.running == "chapter" else repr(running)
        rules += f"@top-left {{ content: {words}; font-size: 8pt }}"
    if style.running == "foot":
        rules += f"@bottom-left {{ content: {running!r}; font-size: 8pt }}"
    return rules


def sheet(style: Style, running: str) -> str:
    """Return the style sheet."""
    width, height = style.page
    return marks(style) + Template(SHEET.read_text(encoding="utf-8")).substitute(
        asdict(style),
        width=width,
        height=height,
        furniture=furniture(style, running),
        align="justify" if style.justified else "left",
        hyphens="auto" if style.hyphenated else "none",
        bar_align="center" if style.centred else "left",
        break_inside="avoid" if style.kept else "auto",
        line="0.5pt solid #888" if style.ruled else "none",
    )


def page(composed: Composed, style: Style, *, web: bool = False, office: bool = False) -> str:
    """Return the report as one HTML file: to be printed, or as it stands on a site."""
    body = Html(style, office).blocks(composed.blocks)
    title = escape(f"{composed.running} - HMICFRS" if web else composed.running)
    head = f"<meta charset=utf-8><title>{title}</title>" + (
        "" if web else f"<style>{sheet(style, composed.running)}</style>"
    )
    inside = f"{NAV}<main id=main>{body}</main><footer><p>Cymraeg</p><p>© Crown copyright</p></footer>" if web else body
    return f"<!doctype html><html lang=en-GB><head>{head}</head><body>{inside}</body></html>"
