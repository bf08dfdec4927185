"""The first pages of the form: cautions and the details of the inspection."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

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
)

_STEPS = (
    "Chief officer asked for comments on", "Comments to be submitted by", "Chief officer’s comments received on",
    "Copy sent to the Secretary of State on", "Copy sent to the inspectors of constabulary on",
)  # fmt: skip
_ONLY = {"Was {{ details.force }} visited?": "details.visited"} | dict.fromkeys(_STEPS, "details.section_55")
"""Rows that are there only where this holds."""


def add_cautions(document: Any) -> None:
    add_paragraph(document, "{{ title }}", style="Title")
    add_lines(document, "{%p if cautions %}")
    widths = [1.6, 10.0, 4.8]
    table = add_table(document, widths, "Places of the report that were read with doubt, to be compared with it")
    add_head(table, widths, "Caution", "Compare with the report before this is published", "Looked at by, and when")
    add_loop(table, widths, "for caution in cautions")
    row = add_row(
        table, widths, [("Cell", "{{ caution.number }}")],
        [("Cell", "{{ caution.message }}"), ("Cell small", "{{ caution.place }}")],
        [("Cell", blank("doubt/{{ caution.number }}", "name and date"))],
    )  # fmt: skip
    keep_together(row)
    add_loop(table, widths, "endfor")
    add_lines(document, "{%p endif %}")


def add_details(document: Any) -> None:
    add_paragraph(document, "INSPECTION DETAILS", style="Heading 1")
    widths = [5.6, 10.8]
    table = add_table(document, widths, "Details of the inspection and dates of the response")
    day = "date"
    rows: list[tuple[str, list[Any]]] = [
        ("Title of inspection", [("Cell", "{{ details.title }}")]),
        (
            "Date inspection published",
            [
                ("Cell", "{{ details.published }}"),
                ("Cell", "{%p if not details.exact %}"),
                ("Cell", blank("report_published", "day of publication", DATE)),
                ("Cell", "{%p endif %}"),
            ],
        ),
        ("Type of inspection", [("Cell", "{{ details.type_local }}"), ("Cell", "{{ details.type_national }}")]),
        (
            "Is {{ details.force }} quoted in the report?",
            [
                ("Cell", "{{ details.quoted }}"),
                ("Cell small", "{%p for line in details.mentions %}"),
                ("Cell small", "{{ line }}"),
                ("Cell small", "{%p endfor %}"),
            ],
        ),
        ("Was {{ details.force }} visited?", [("Cell", "{{ details.visited }}")]),
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
        ("Chief officer asked for comments on", [("Cell", blank("comments_requested", day, DATE))]),
        ("Comments to be submitted by", [("Cell", blank("comments_due", day, DATE))]),
        ("Chief officer’s comments received on", [("Cell", blank("comments_received", day, DATE))]),
        ("Response published on", [("Cell", blank("published", day, DATE))]),
        ("Response published at", [("Cell", blank("published_at", "web address"))]),
        ("Copy sent to the Secretary of State on", [("Cell", blank("sent_secretary_of_state", day, DATE))]),
        ("Copy sent to the inspectors of constabulary on", [("Cell", blank("sent_inspectors", day, DATE))]),
        ("Reference", [("Cell", "{{ details.report_id }}")]),
    ]
    for label, cell in rows:
        only = _ONLY.get(label)
        if only:
            add_loop(table, widths, f"if {only}")
        row = add_row(table, widths, [("Cell", label)], cell)
        row.cells[0].paragraphs[0].runs[0].font.bold = True
        row.cells[0]._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EDF1F6"/>')
        )
        if only:
            add_loop(table, widths, "endif")
