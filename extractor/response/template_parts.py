"""The parts a template is built of: paragraphs, tables, loops and the blanks that people fill in."""

from __future__ import annotations

import csv
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, RGBColor

from extractor.response.template_look import RULE
from extractor.rulebook.folder import rules_root

DATE = (
    '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="dateTime"/>'
    '<w:calendar w:val="gregorian"/></w:date>'
)
TEXT = ""  # rich text: a plain-text control loses its hint's look in LibreOffice, and cannot hold paragraphs


def positions() -> str:
    with (rules_root() / "response" / "positions.csv").open(encoding="utf-8", newline="") as file:
        values = [row["value"] for row in csv.DictReader(file) if row["list"] == "position"]
    items = "".join(f"<w:listItem w:displayText={quoteattr(v)} w:value={quoteattr(v)}/>" for v in values)
    return f"<w:dropDownList>{items}</w:dropDownList>"


def blank(tag: str, hint: str, kind: str = TEXT) -> Any:
    """Return a content control that shows its hint in brackets until somebody fills it in."""
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val={quoteattr(hint)}/><w:tag w:val={quoteattr(tag)}/>"
        f'<w:lock w:val="sdtLocked"/><w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent><w:r><w:rPr>'
        f'<w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>[{hint}]</w:t></w:r></w:sdtContent></w:sdt>'
    )


def add_paragraph(where: Any, *parts: Any, style: str | None = None) -> Any:
    """Add a paragraph of texts, (text, character style) pairs and blanks."""
    paragraph = where.add_paragraph(style=style)
    fill(paragraph, *parts)
    return paragraph


def fill(paragraph: Any, *parts: Any) -> None:
    for part in parts:
        if isinstance(part, str):
            paragraph.add_run(part)
        elif isinstance(part, tuple):
            paragraph.add_run(part[0], style=part[1])
        else:
            paragraph._p.append(part)


def add_lines(where: Any, *lines: str, style: str | None = None) -> None:
    for line in lines:
        add_paragraph(where, line, style=style)


def add_table(document: Any, widths: list[float], about: str) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    properties = table._tbl.tblPr
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    # Word refuses children of w:tblPr that stand in another order than the schema's.
    before_layout = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")
    properties.insert_element_before(
        parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>"), *before_layout
    )
    sides = "".join(f'<w:{side} w:w="85" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption")
    properties.append(parse_xml(f"<w:tblCaption {nsdecls('w')} w:val={quoteattr(about)}/>"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def add_row(table: Any, widths: list[float], *cells: list[Any]) -> Any:
    """Add a row; each cell is a list of paragraphs, each a tuple (style, part, …)."""
    row = table.add_row()
    for cell, width, paragraphs in zip(row.cells, widths, cells, strict=True):
        cell.width = Cm(width)
        for n, (style, *parts) in enumerate(paragraphs):
            paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
            paragraph.style = style
            fill(paragraph, *parts)
    return row


def add_head(table: Any, widths: list[float], *titles: str) -> None:
    row = add_row(table, widths, *([("Cell", title)] for title in titles))
    keep_together(row)
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for cell in row.cells:
        cell._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="1D3657"/>')
        )
        for run in cell.paragraphs[0].runs:
            run.font.bold, run.font.color.rgb = True, RGBColor(0xFF, 0xFF, 0xFF)


def keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))


def add_loop(table: Any, widths: list[float], statement: str) -> None:
    """Add a row that only holds a statement; it vanishes when the template is filled in."""
    add_row(table, widths, [("Cell", f"{{%tr {statement} %}}")], *([("Cell",)] for _ in widths[1:]))
