"""The parts of the form that force and office write: views, drafted actions, comments, signature."""

from __future__ import annotations

from typing import Any

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


def add_force_response(document: Any) -> None:
    add_paragraph(document, "FORCE RESPONSE TO RECOMMENDATIONS", style="Heading 1")
    add_paragraph(
        document,
        blank(
            "force_view", "the force’s view: what the inspection found, what has been done since, the weakest points"
        ),
    )
    add_lines(document, "{%p if drafts %}")
    add_paragraph(document, "Improvement actions", style="Heading 2")
    add_lines(
        document,
        "In order to address the findings, {{ details.force }} will focus improvement activity in these key areas:",
    )
    add_paragraph(
        document,
        "Drafted by rule from the words of the report, for a person to check and change. Words ",
        ("struck through", "Left out"),
        " are in the report and not in the draft.",
        style="Prompt",
    )
    widths = [2.4, 7.6, 6.4]
    table = add_table(document, widths, "Each item as printed, beside the improvement actions drafted from it")
    add_head(table, widths, "Item", "As printed", "Improvement action (draft)")
    add_loop(table, widths, "for item in drafts")
    row = add_row(
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
    keep_together(row)
    add_loop(table, widths, "endfor")
    add_lines(document, "{%p endif %}")


def add_officers_comments(document: Any) -> None:
    add_paragraph(document, "Comments of the chief officer", style="Heading 2")
    add_paragraph(
        document,
        blank(
            "chief_comments",
            "the chief officer’s comments as submitted under section 55(4), or that none were submitted",
        ),
    )
    add_paragraph(document, blank("quoted_officer", "rank and name"), " stated:")
    add_paragraph(document, blank("quotation", "quotation"), style="Quote")


def add_comment(document: Any) -> None:
    add_paragraph(document, "{{ office.short | upper }} RESPONSE TO INSPECTION", style="Heading 1")
    add_paragraph(document, "Comment by the {{ office.short }}:", style="Heading 2")
    add_paragraph(document, blank("comment", "the judgment as a whole: what is encouraging, what is not"))
    add_paragraph(document, blank("plan", "which priorities of the {{ office.plan }} these findings bear on"))
    add_paragraph(document, blank("monitoring", "what will be monitored, in which meeting, until when"))
    add_paragraph(document, "Response to the chief officer’s comments:", style="Heading 2")
    add_paragraph(document, blank("reply", "reply to the chief officer’s comments, if any were submitted"))


def add_sign_off(document: Any) -> None:
    add_paragraph(document, "Signed", style="Heading 2")
    add_lines(document, "{%p if office.doubt %}")
    add_paragraph(document, "Look again before it is signed: {{ office.doubt }}.", style="Prompt")
    add_lines(document, "{%p endif %}")
    widths = [5.6, 10.8]
    table = add_table(document, widths, "Signature")
    for label, cell in (
        ("Signature", [("Cell",), ("Cell",)]),
        ("Name", [("Cell", blank("signed_by", "name"))]),
        ("Title", [("Cell", "{{ office.signatory_title }}")]),
        ("For", [("Cell", "{{ office.responding_body }}")]),
        ("Date", [("Cell", blank("signed_on", "date", DATE))]),
        ("Prepared by", [("Cell", blank("prepared_by", "name and post"))]),
    ):
        row = add_row(table, widths, [("Cell", label)], cell)
        row.cells[0].paragraphs[0].runs[0].font.bold = True
        keep_together(row)
