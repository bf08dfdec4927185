"""The table of the form in which each item is answered, and the list of items for others."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_SECTION

from extractor.response.template_look import add_footer, set_page
from extractor.response.template_parts import (
    DATE,
    add_head,
    add_lines,
    add_loop,
    add_paragraph,
    add_row,
    add_table,
    blank,
    keep_together,
    positions,
)

_WIDTHS = [2.6, 6.0, 1.3, 2.1, 2.1, 4.1, 4.2, 1.8, 2.3]
_TITLES = (
    "Reference", "As printed", "Page", "Required by law?", "Position", "Response of the force",
    "Action taken or proposed by the {{ office.short }}, or reason why none", "Owner", "Due date",
)  # fmt: skip


def add_items(document: Any) -> None:
    """Add the table of the items, on landscape pages of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    set_page(section, landscape=True)
    add_footer(section)
    add_paragraph(document, "Response to each item", style="Heading 2")
    add_lines(document, "{%p if items %}")
    add_paragraph(document, "{{ details.law }}", style="Prompt")
    table = add_table(document, _WIDTHS, "Each item with the position taken, the answers, owner and date")
    add_head(table, _WIDTHS, *_TITLES)
    add_loop(table, _WIDTHS, "for item in items")
    add_loop(table, _WIDTHS, "if item.answered_through")
    _add_answered(table)
    add_loop(table, _WIDTHS, "else")
    _add_open(table)  # a row may go on over the page: kept whole, long answers leave half-empty pages before them
    add_loop(table, _WIDTHS, "endif")
    add_loop(table, _WIDTHS, "endfor")
    add_lines(document, "{%p else %}", "The report, as read, contains no items that need an answer.", "{%p endif %}")
    section = document.add_section(WD_SECTION.NEW_PAGE)
    set_page(section)
    add_footer(section)


def _add_answered(table: Any) -> None:
    """Add the row of an item that has no answer of its own."""
    row = add_row(
        table, _WIDTHS,
        [("Cell", "{{ item.ref }}"), ("Cell small", "{{ item.kind }}"), *_where("item.status")],
        [
            *_where("item.stem"), ("Cell", "{{ item.text }}"), *_where("item.detail"),
            ("Cell small", "Page {{ item.page }}. {{ item.answered_through }}"),
            *_where("item.mark", "Cell caution"),
        ],
        *([("Cell",)] for _ in _WIDTHS[2:]),
    )  # fmt: skip
    row.cells[1].merge(row.cells[8])
    _drop_empty(row.cells[1])


def _add_open(table: Any) -> None:
    """Add the row of an item that is answered."""
    add_row(
        table, _WIDTHS,
        [("Cell", "{{ item.ref }}"), ("Cell small", "{{ item.kind }}"), *_where("item.status")],
        [
            *_where("item.stem"), ("Cell", "{{ item.text }}"), *_where("item.detail"),
            *_where("item.mark", "Cell caution"),
        ],
        [("Cell", "{{ item.page }}")],
        [("Cell", "{{ item.law }}"), ("Cell small", "{{ item.law_why }}")],
        [("Cell", blank("position/{{ item.ref }}", "choose", positions()))],
        [("Cell", blank("force/{{ item.ref }}", "what the force says"))],
        [
            ("Cell", blank("action/{{ item.ref }}", "action taken or proposed")),
            ("Cell", blank("reason/{{ item.ref }}", "if none: the reason")),
        ],
        [("Cell", blank("owner/{{ item.ref }}", "owner"))],
        [("Cell", blank("due/{{ item.ref }}", "date", DATE)), *_where("item.deadline")],
    )  # fmt: skip


def add_others(document: Any) -> None:
    """Add the short list of what is for others to answer."""
    add_lines(document, "{%p if others %}")
    add_paragraph(document, "Items for others to answer", style="Heading 2")
    widths = [2.4, 4.2, 8.6, 1.2]
    table = add_table(document, widths, "Items of the report that speak to others, shortened")
    add_head(table, widths, "Reference", "For", "First words as printed", "Page")
    add_loop(table, widths, "for item in others")
    row = add_row(
        table, widths, [("Cell", "{{ item.ref }}")], [("Cell small", "{{ item.addressees }}")],
        [("Cell small", "{{ item.text }}")], [("Cell", "{{ item.page }}")],
    )  # fmt: skip
    keep_together(row)
    add_loop(table, widths, "endfor")
    add_lines(document, "{%p endif %}")


def _where(name: str, style: str = "Cell small") -> list[Any]:
    """Return the paragraphs that print a value where there is one."""
    return [(style, f"{{%p if {name} %}}"), (style, f"{{{{ {name} }}}}"), (style, "{%p endif %}")]


def _drop_empty(cell: Any) -> None:
    """Remove the empty paragraphs that merging cells leaves behind."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
