"""How the built-in template looks: its styles, pages and foot."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

NAVY, GREY, RULE = RGBColor(0x1D, 0x36, 0x57), RGBColor(0x4A, 0x4A, 0x4A), "8A94A3"
AMBER = RGBColor(0x7A, 0x3E, 0x00)
SANS = "Arial"


def add_styles(document: Any) -> None:
    base = document.styles["Normal"]
    _font(base, 11, None)
    base.paragraph_format.space_after, base.paragraph_format.line_spacing = Pt(6), 1.1
    base.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB"/>'))
    for name, size, before, after in (
        ("Title", 18, 0, 14),
        ("Heading 1", 14, 20, 6),
        ("Heading 2", 12, 14, 4),
        ("Heading 3", 11, 10, 3),
    ):
        style = document.styles[name]
        _font(style, size, NAVY, bold=True)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
    heading = document.styles["Heading 1"].element.get_or_add_pPr()
    heading.insert_element_before(_rule_below(), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    for border in document.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    small = (
        ("Cell", 9.0, None),
        ("Cell small", 8, GREY),
        ("Cell caution", 8, AMBER),
        ("Hint", 9.5, GREY),
        ("Prompt", 9.5, GREY),
    )
    for name, points, colour in small:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = base
        _font(style, points, colour)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(2), 1.0
    bullet = document.styles.add_style("Cell bullet", WD_STYLE_TYPE.PARAGRAPH)
    bullet.base_style = document.styles["List Bullet"]
    _font(bullet, 9, None)
    bullet.paragraph_format.left_indent, bullet.paragraph_format.first_line_indent = Cm(0.4), Cm(-0.4)
    bullet.paragraph_format.tab_stops.add_tab_stop(Cm(0.4))
    bullet.paragraph_format.space_after, bullet.paragraph_format.line_spacing = Pt(2), 1.0
    quote = document.styles["Quote"]
    _font(quote, 11, None)
    quote.font.italic = False
    quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Cm(0.8)
    for name, colour in (
        ("Placeholder Text", RGBColor(0x6E, 0x3B, 0x00)),
        ("Reference", GREY),
        ("Caution", AMBER),
        ("Left out", RGBColor(0x6B, 0x6B, 0x6B)),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = colour
        if name in ("Reference", "Caution"):
            style.font.size = Pt(8.5)
        if name == "Left out":
            style.font.strike = True
        if name == "Placeholder Text":
            style.element.get_or_add_rPr().append(
                parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="FFF3C4"/>')
            )


def _font(style: Any, size: float, colour: RGBColor | None, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = SANS, Pt(size), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), SANS)
    if colour is not None:
        style.font.color.rgb = colour


def _rule_below() -> Any:
    return parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="2" w:color="{RULE}"/></w:pBdr>'
    )


def set_page(section: Any, landscape: bool = False) -> None:
    width, height = Cm(21.0), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.left_margin = section.right_margin = Cm(1.5 if landscape else 2.3)
    section.top_margin = section.bottom_margin = Cm(1.8 if landscape else 2.2)


def add_footer(section: Any) -> None:
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Cell small"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("{{ footer }} – page ")
    for field in ("PAGE", "NUMPAGES"):
        if field == "NUMPAGES":
            paragraph.add_run(" of ")
        paragraph._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )
