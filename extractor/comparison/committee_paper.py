"""The committee paper: one page in Word on what is new, repeated, worse, silent and old in a force's last inspection.

Every number is a count of rows in `findings`, `links` and `fates`; every item is given by its printed words, cut with a
visible mark where the page has no room, and by its page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from extractor.comparison.chains import standing
from extractor.comparison.compared import Compared
from extractor.comparison.force_history import Item
from extractor.comparison.grade_history import OUR_NOTE
from extractor.comparison.pages import standing_table
from extractor.phrasing import shortened
from extractor.rulebook.dates import british_stored
from extractor.tables import storage
from extractor.vocabulary import KIND_NAMES

_WORDS = 105  # characters of an item: four lists of four of these and the table fill one page
_FEW = 4  # items of a list
_COLUMNS = (62, 30, 30, 34, 14)  # mm


def write_digest(compared: Compared, path: Path) -> Path:
    """Write one force's committee paper, whole or not at all, and return its path.

    Raises:
        OSError: the file cannot be written.
    """
    sink = io.BytesIO()
    _paper(compared).save(sink)
    storage.write_bytes(str(path), sink.getvalue())
    return path


def _paper(compared: Compared) -> Any:
    stand = standing(compared)
    paper = Document()
    _page(paper)
    paper.core_properties.title = f"{compared.name}: what the {stand.cycle} inspection found again"
    paper.add_heading(paper.core_properties.title, level=1)
    paper.add_paragraph(_opening(compared, stand.reports))
    _table(paper, standing_table(stand))
    escalated = [_line(compared, new, old) for old, new in stand.escalated]
    _list(paper, "Escalated", escalated, "No area for improvement became part of a cause of concern.")
    oldest = [_line(compared, now, first) for first, now in stand.oldest]
    _list(paper, "Oldest open", oldest, "No finding of this inspection was met before.")
    _list(paper, "New", [_line(compared, item) for item in stand.new], "Every finding was met before.")
    silent = [_line(compared, item) for item in stand.silent]
    _list(paper, "Not seen again", silent, "Every earlier finding was met again or not inspected.")
    paper.add_paragraph(f"Grades: {OUR_NOTE}", style="Small")
    meaning = "“Not seen again” does not mean resolved: the report prints no finding about it."
    paper.add_paragraph(
        f"{meaning} Links between findings are proposals until an analyst confirms them.", style="Small"
    )
    return paper


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(16)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    normal.element.rPr.append(_language())
    for level, size in ((1, 15), (2, 12)):
        style = paper.styles[f"Heading {level}"]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.element.rPr.rFonts.attrib.clear()
        style.element.rPr.rFonts.set(qn("w:ascii"), "Arial")
        style.element.rPr.rFonts.set(qn("w:hAnsi"), "Arial")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(8), Pt(3)
    small = paper.styles.add_style("Small", 1)
    small.base_style = normal
    small.font.size = Pt(8.5)


def _language() -> Any:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    return language


def _opening(compared: Compared, reports: Sequence[str]) -> str:
    rows = [row for row in compared.history.reports if row["report_id"] in reports]
    named = "; ".join(
        f"{row['title'] or row['report_id']}"
        + (f" (published {british_stored(str(row['published']))})" if row["published"] else "")
        for row in rows
    )
    earlier = len(compared.history.reports) - len(rows)
    return f"{named}. Compared with {earlier} earlier {'report' if earlier == 1 else 'reports'} of the force."


def _table(paper: Any, figures: dict[str, Any]) -> None:
    """Add the table of counts, its first row marked as one that repeats and its first column wide."""
    heads = ["Findings", *figures["kinds"], "All"]
    table = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    table.autofit = False
    for number, values in enumerate([heads, *([each["name"], *each["figures"]] for each in figures["rows"])]):
        row = table.rows[0] if number == 0 else table.add_row()
        for column, (value, width) in enumerate(zip(values, _COLUMNS, strict=True)):
            cell = row.cells[column]
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.add_run(str(value)).bold = number == 0 or column == 0
            if column:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _list(paper: Any, title: str, lines: Sequence[str], none: str) -> None:
    shown = lines[:_FEW]
    count = f" ({len(shown)} of {len(lines)})" if len(lines) > len(shown) else ""
    paper.add_heading(f"{title}{count}", level=2)
    if not lines:
        paper.add_paragraph(none)
    for line in shown:
        paper.add_paragraph(line, style="List Bullet").paragraph_format.space_after = Pt(2)


def _line(compared: Compared, item: Item, earlier: Item | None = None) -> str:
    text = shortened(str(item.row["text"]), _WORDS)
    came = f"{_where(compared, earlier)} → " if earlier else ""
    return f"{came}{_where(compared, item)}: “{text}”"


def _where(compared: Compared, item: Item) -> str:
    page = f", page {item.row['page_first']}" if item.row["page_first"] else ""
    return f"{compared.history.reports[item.at]['cycle']} {KIND_NAMES[item.kind][0]}{page}"
