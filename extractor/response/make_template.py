"""Make the Word template of the response that is built in: `python -m extractor.response.make_template`.

The template can be edited in Word like any document; this script only makes the one that is built in. Text in {{ }} and
{% %} is filled in by `peel respond` (see README.md). Blanks are content controls: their tag says what belongs there.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from extractor.rulebook.folder import rules_root

HERE = rules_root() / "response"
NAVY, GREY, RULE = RGBColor(0x1D, 0x36, 0x57), RGBColor(0x4A, 0x4A, 0x4A), "8A94A3"
AMBER = RGBColor(0x7A, 0x3E, 0x00)
SANS = "Arial"


def main(to: Path = HERE / "response.docx") -> None:
    """Write the template."""
    document = Document()
    _styles(document)
    _page(document.sections[0])
    _footer(document.sections[0])
    _cautions(document)
    _details(document)
    _summary(document)
    _force_response(document)
    _items(document)
    _officers_comments(document)
    _comment(document)
    _sign_off(document)
    core = document.core_properties
    core.title, core.author, core.language, core.comments = "{{ title }}", "", "en-GB", ""
    document.save(str(to))


# style and page ------------------------------------------------------------------------------------------------------


def _styles(document: Any) -> None:
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


def _page(section: Any, landscape: bool = False) -> None:
    width, height = Cm(21.0), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.left_margin = section.right_margin = Cm(1.5 if landscape else 2.3)
    section.top_margin = section.bottom_margin = Cm(1.8 if landscape else 2.2)


def _footer(section: Any) -> None:
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


# blanks, tables ------------------------------------------------------------------------------------------------------

DATE = (
    '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="dateTime"/>'
    '<w:calendar w:val="gregorian"/></w:date>'
)
TEXT = ""  # rich text: a plain-text control loses its hint's look in LibreOffice, and cannot hold paragraphs


def _positions() -> str:
    with (HERE / "positions.csv").open(encoding="utf-8", newline="") as file:
        values = [row["value"] for row in csv.DictReader(file) if row["list"] == "position"]
    items = "".join(f"<w:listItem w:displayText={quoteattr(v)} w:value={quoteattr(v)}/>" for v in values)
    return f"<w:dropDownList>{items}</w:dropDownList>"


def _blank(tag: str, hint: str, kind: str = TEXT) -> Any:
    """Return a content control that shows its hint in brackets until somebody fills it in."""
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val={quoteattr(hint)}/><w:tag w:val={quoteattr(tag)}/>"
        f'<w:lock w:val="sdtLocked"/><w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent><w:r><w:rPr>'
        f'<w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>[{hint}]</w:t></w:r></w:sdtContent></w:sdt>'
    )


def _paragraph(where: Any, *parts: Any, style: str | None = None) -> Any:
    """Add a paragraph of texts, (text, character style) pairs and blanks."""
    paragraph = where.add_paragraph(style=style)
    _fill(paragraph, *parts)
    return paragraph


def _fill(paragraph: Any, *parts: Any) -> None:
    for part in parts:
        if isinstance(part, str):
            paragraph.add_run(part)
        elif isinstance(part, tuple):
            paragraph.add_run(part[0], style=part[1])
        else:
            paragraph._p.append(part)


def _lines(where: Any, *lines: str, style: str | None = None) -> None:
    for line in lines:
        _paragraph(where, line, style=style)


def _table(document: Any, widths: list[float], about: str) -> Any:
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


def _row(table: Any, widths: list[float], *cells: list[Any]) -> Any:
    """Add a row; each cell is a list of paragraphs, each a tuple (style, part, …)."""
    row = table.add_row()
    for cell, width, paragraphs in zip(row.cells, widths, cells, strict=True):
        cell.width = Cm(width)
        for n, (style, *parts) in enumerate(paragraphs):
            paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
            paragraph.style = style
            _fill(paragraph, *parts)
    return row


def _head(table: Any, widths: list[float], *titles: str) -> None:
    row = _row(table, widths, *([("Cell", title)] for title in titles))
    _keep_together(row)
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for cell in row.cells:
        cell._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="1D3657"/>')
        )
        for run in cell.paragraphs[0].runs:
            run.font.bold, run.font.color.rgb = True, RGBColor(0xFF, 0xFF, 0xFF)


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))


def _loop(table: Any, widths: list[float], statement: str) -> None:
    """Add a row that only holds a statement; it vanishes when the template is filled in."""
    _row(table, widths, [("Cell", f"{{%tr {statement} %}}")], *([("Cell",)] for _ in widths[1:]))


# the form ------------------------------------------------------------------------------------------------------------


def _cautions(document: Any) -> None:
    _paragraph(document, "{{ title }}", style="Title")
    _lines(document, "{%p if cautions %}")
    widths = [1.6, 10.0, 4.8]
    table = _table(document, widths, "Places of the report that were read with doubt, to be compared with it")
    _head(table, widths, "Caution", "Compare with the report before this is published", "Looked at by, and when")
    _loop(table, widths, "for caution in cautions")
    row = _row(
        table, widths, [("Cell", "{{ caution.number }}")],
        [("Cell", "{{ caution.message }}"), ("Cell small", "{{ caution.place }}")],
        [("Cell", _blank("doubt/{{ caution.number }}", "name and date"))],
    )  # fmt: skip
    _keep_together(row)
    _loop(table, widths, "endfor")
    _lines(document, "{%p endif %}")


def _details(document: Any) -> None:
    _paragraph(document, "INSPECTION DETAILS", style="Heading 1")
    widths = [5.6, 10.8]
    table = _table(document, widths, "Details of the inspection and dates of the response")
    day = "date"
    rows: list[tuple[str, list[Any]]] = [
        ("Title of inspection", [("Cell", "{{ details.title }}")]),
        (
            "Date inspection published",
            [
                ("Cell", "{{ details.published }}"),
                ("Cell", "{%p if not details.exact %}"),
                ("Cell", _blank("report_published", "day of publication", DATE)),
                ("Cell", "{%p endif %}"),
            ],
        ),
        ("Type of inspection", [("Cell", "{{ details.type_local }}"), ("Cell", "{{ details.type_national }}")]),
        ("Is {{ details.force }} quoted in the report?", [("Cell", "{{ details.quoted }}")]),
        (
            "Recommendations or areas for improvement?",
            [("Cell", "{{ details.scope }}"), ("Cell", "{{ details.counts }}")],
        ),
        (
            "Deadline for response",
            [
                ("Cell", "{{ deadline.words }}"),
                ("Cell", "{%p for line in deadline.lines %}"),
                ("Cell small", "{{ line }}"),
                ("Cell", "{%p endfor %}"),
            ],
        ),
        ("Chief officer asked for comments on", [("Cell", _blank("comments_requested", day, DATE))]),
        ("Comments to be submitted by", [("Cell", _blank("comments_due", day, DATE))]),
        ("Chief officer’s comments received on", [("Cell", _blank("comments_received", day, DATE))]),
        ("Response published on", [("Cell", _blank("published", day, DATE))]),
        ("Response published at", [("Cell", _blank("published_at", "web address"))]),
        ("Copy sent to the Secretary of State on", [("Cell", _blank("sent_secretary_of_state", day, DATE))]),
        ("Copy sent to the inspectors of constabulary on", [("Cell", _blank("sent_inspectors", day, DATE))]),
        ("Reference", [("Cell", "{{ details.report_id }}")]),
    ]
    for label, cell in rows:
        row = _row(table, widths, [("Cell", label)], cell)
        row.cells[0].paragraphs[0].runs[0].font.bold = True
        row.cells[0]._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EDF1F6"/>')
        )


def _summary(document: Any) -> None:
    _paragraph(document, "EXECUTIVE SUMMARY", style="Heading 1")
    _lines(
        document,
        "{%p for line in summary.opening %}",
        "{{ line }}",
        "{%p endfor %}",
        "{%p for question in summary.questions %}",
    )
    _paragraph(document, "{{ question }}", style="List Number")
    _lines(
        document,
        "{%p endfor %}",
        "{%p for line in summary.judgment %}",
        "{{ line }}",
        "{%p endfor %}",
        "{%p for group in groups %}",
    )
    _paragraph(document, "{{ group.heading }}", style="Heading 2")
    _lines(document, "{%p if group.question %}")
    _paragraph(document, "{{ group.question }}", style="Hint")
    _lines(document, "{%p endif %}", "{%p if group.note %}")
    _paragraph(document, "{{ group.note }}", style="Hint")
    _lines(document, "{%p endif %}", "{%p for item in group.areas %}")
    _printed(document)
    _lines(document, "{%p endfor %}", "{%p for concern in group.concerns %}", "{{ concern.lead }}")
    _paragraph(
        document,
        "{{ concern.text }}",
        ("  {{ concern.place }}", "Reference"),
        ("{{ concern.mark }}", "Caution"),
        style="Quote",
    )
    _lines(document, "{%p if concern.detail %}")
    _paragraph(document, "{{ concern.detail }}", style="Quote")
    _lines(
        document,
        "{%p endif %}",
        "{%p for stem in concern.stems %}",
        "{%p if stem.text %}",
        "{{ stem.text }}",
        "{%p endif %}",
        "{%p for item in stem.recommendations %}",
    )
    _printed(document)
    _lines(
        document,
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p for stem in group.stems %}",
        "{{ stem.text or 'Recommendations:' }}",
        "{%p for item in stem.recommendations %}",
    )
    _printed(document)
    _lines(
        document,
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p for item in group.practice %}",
        "{{ item.kind }} (needs no response):",
    )
    _printed(document)
    _lines(document, "{%p endfor %}", "{%p endfor %}")


def _printed(document: Any) -> None:
    _paragraph(
        document,
        "{{ item.text }}",
        ("  {{ item.place }}", "Reference"),
        ("{{ item.mark }}", "Caution"),
        style="List Bullet",
    )


def _force_response(document: Any) -> None:
    _paragraph(document, "FORCE RESPONSE TO RECOMMENDATIONS", style="Heading 1")
    _paragraph(
        document,
        _blank(
            "force_view", "the force’s view: what the inspection found, what has been done since, the weakest points"
        ),
    )
    _lines(document, "{%p if drafts %}")
    _paragraph(document, "Improvement actions", style="Heading 2")
    _lines(
        document,
        "In order to address the findings, {{ details.force }} will focus improvement activity in these key areas:",
    )
    _paragraph(
        document,
        "Drafted by rule from the words of the report, for a person to check and change. Words ",
        ("struck through", "Left out"),
        " are in the report and not in the draft.",
        style="Prompt",
    )
    widths = [2.4, 7.6, 6.4]
    table = _table(document, widths, "Each item as printed, beside the improvement actions drafted from it")
    _head(table, widths, "Item", "As printed", "Improvement action (draft)")
    _loop(table, widths, "for item in drafts")
    row = _row(
        table, widths,
        [("Cell", "{{ item.ref }}"), ("Cell small", "{{ item.page }}")],
        [(
            "Cell", "{%r for part in item.parts %}", "{%r if part.dropped %}", ("{{ part.text }}", "Left out"),
            "{%r else %}", "{{ part.text }}", "{%r endif %}", "{%r endfor %}",
        )],
        [
            ("Cell", "{%p for action in item.actions %}"), ("Cell bullet", "{{ action.text }}"),
            ("Cell", "{%p for note in action.notes %}"), ("Cell small", "{{ note }}"), ("Cell", "{%p endfor %}"),
            ("Cell", "{%p endfor %}"),
        ],
    )  # fmt: skip
    _keep_together(row)
    _loop(table, widths, "endfor")
    _lines(document, "{%p endif %}")


def _items(document: Any) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _page(section, landscape=True)
    _paragraph(document, "Response to each item", style="Heading 2")
    _lines(document, "{%p if items %}")
    _paragraph(
        document,
        "{{ details.law }}",
        style="Prompt",
    )
    widths = [2.6, 6.0, 1.3, 2.1, 2.1, 4.1, 4.2, 1.8, 2.3]
    table = _table(document, widths, "Each item with the position taken, the answers, owner and date")
    _head(
        table, widths, "Reference", "As printed", "Page", "Required by law?", "Position",
        "Response of the force", "Action taken or proposed by the {{ office.short }}, or reason why none", "Owner",
        "Due date",
    )  # fmt: skip
    _loop(table, widths, "for item in items")
    _loop(table, widths, "if item.answered_through")
    row = _row(
        table, widths,
        [("Cell", "{{ item.ref }}"), ("Cell small", "{{ item.kind }}")],
        [
            ("Cell", "{{ item.text }}"), ("Cell small", "Page {{ item.page }}. {{ item.answered_through }}"),
            *_mark("item"),
        ],
        *([("Cell",)] for _ in widths[2:]),
    )  # fmt: skip
    row.cells[1].merge(row.cells[8])
    _drop_empty(row.cells[1])
    _loop(table, widths, "else")
    row = _row(
        table, widths,
        [
            ("Cell", "{{ item.ref }}"), ("Cell small", "{{ item.kind }}"),
            ("Cell small", "{%p if item.status %}"), ("Cell small", "{{ item.status }}"),
            ("Cell small", "{%p endif %}"),
        ],
        [
            ("Cell small", "{%p if item.stem %}"), ("Cell small", "{{ item.stem }}"), ("Cell small", "{%p endif %}"),
            ("Cell", "{{ item.text }}"),
            ("Cell small", "{%p if item.detail %}"), ("Cell small", "{{ item.detail }}"),
            ("Cell small", "{%p endif %}"), *_mark("item"),
        ],
        [("Cell", "{{ item.page }}")],
        [("Cell", "{{ item.law }}"), ("Cell small", "{{ item.law_why }}")],
        [("Cell", _blank("position/{{ item.ref }}", "choose", _positions()))],
        [("Cell", _blank("force/{{ item.ref }}", "what the force says"))],
        [
            ("Cell", _blank("action/{{ item.ref }}", "action taken or proposed")),
            ("Cell", _blank("reason/{{ item.ref }}", "if none: the reason")),
        ],
        [("Cell", _blank("owner/{{ item.ref }}", "owner"))],
        [
            ("Cell", _blank("due/{{ item.ref }}", "date", DATE)), ("Cell small", "{%p if item.deadline %}"),
            ("Cell small", "{{ item.deadline }}"), ("Cell small", "{%p endif %}"),
        ],
    )  # fmt: skip
    _keep_together(row)
    _loop(table, widths, "endif")
    _loop(table, widths, "endfor")
    _lines(document, "{%p else %}", "The report, as read, contains no items that need an answer.", "{%p endif %}")
    _page(document.add_section(WD_SECTION.NEW_PAGE))


def _mark(name: str) -> list[Any]:
    """Return the paragraphs that say with which doubts an item was read."""
    return [
        ("Cell caution", f"{{%p if {name}.mark %}}"),
        ("Cell caution", f"{{{{ {name}.mark }}}}"),
        ("Cell caution", "{%p endif %}"),
    ]


def _drop_empty(cell: Any) -> None:
    """Remove the empty paragraphs that merging cells leaves behind."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def _officers_comments(document: Any) -> None:
    _paragraph(document, "Comments of the chief officer", style="Heading 2")
    _paragraph(
        document,
        _blank(
            "chief_comments",
            "the chief officer’s comments as submitted under section 55(4), or that none were submitted",
        ),
    )
    _paragraph(document, _blank("quoted_officer", "rank and name"), " stated:")
    _paragraph(document, _blank("quotation", "quotation"), style="Quote")


def _comment(document: Any) -> None:
    _paragraph(document, "{{ office.short | upper }} RESPONSE TO INSPECTION", style="Heading 1")
    _paragraph(document, "Comment by the {{ office.short }}:", style="Heading 2")
    _paragraph(document, _blank("comment", "the judgment as a whole: what is encouraging, what is not"))
    _paragraph(document, _blank("plan", "which priorities of the {{ office.plan }} these findings bear on"))
    _paragraph(document, _blank("monitoring", "what will be monitored, in which meeting, until when"))
    _paragraph(document, "Response to the chief officer’s comments:", style="Heading 2")
    _paragraph(document, _blank("reply", "reply to the chief officer’s comments, if any were submitted"))


def _sign_off(document: Any) -> None:
    _paragraph(document, "Signed", style="Heading 2")
    _lines(document, "{%p if office.doubt %}")
    _paragraph(document, "Look again before it is signed: {{ office.doubt }}.", style="Prompt")
    _lines(document, "{%p endif %}")
    widths = [5.6, 10.8]
    table = _table(document, widths, "Signature")
    for label, cell in (
        ("Signature", [("Cell",), ("Cell",)]),
        ("Name", [("Cell", _blank("signed_by", "name"))]),
        ("Title", [("Cell", "{{ office.signatory_title }}")]),
        ("For", [("Cell", "{{ office.responding_body }}")]),
        ("Date", [("Cell", _blank("signed_on", "date", DATE))]),
        ("Prepared by", [("Cell", _blank("prepared_by", "name and post"))]),
    ):
        row = _row(table, widths, [("Cell", label)], cell)
        row.cells[0].paragraphs[0].runs[0].font.bold = True
        _keep_together(row)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
