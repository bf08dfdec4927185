"""The executive summary of the form: what the report says, question by question."""

from __future__ import annotations

from typing import Any

from extractor.response.template_parts import add_lines, add_paragraph


def add_summary(document: Any) -> None:
    add_paragraph(document, "EXECUTIVE SUMMARY", style="Heading 1")
    add_lines(
        document,
        "{%p for line in summary.opening %}",
        "{{ line }}",
        "{%p endfor %}",
        "{%p for question in summary.questions %}",
    )
    add_paragraph(document, "{{ question }}", style="List Number")
    add_lines(
        document,
        "{%p endfor %}",
        "{%p for line in summary.judgment %}",
        "{{ line }}",
        "{%p endfor %}",
        "{%p for group in groups %}",
    )
    add_paragraph(document, "{{ group.heading }}", style="Heading 2")
    add_lines(document, "{%p if group.question %}")
    add_paragraph(document, "{{ group.question }}", style="Hint")
    add_lines(document, "{%p endif %}", "{%p if group.note %}")
    add_paragraph(document, "{{ group.note }}", style="Hint")
    add_lines(document, "{%p endif %}", "{%p for item in group.areas %}")
    _printed(document)
    add_lines(document, "{%p endfor %}", "{%p for concern in group.concerns %}", "{{ concern.lead }}")
    add_paragraph(
        document,
        "{{ concern.text }}",
        ("  {{ concern.place }}", "Reference"),
        ("{{ concern.mark }}", "Caution"),
        style="Quote",
    )
    add_lines(document, "{%p if concern.detail %}")
    add_paragraph(document, "{{ concern.detail }}", style="Quote")
    add_lines(
        document,
        "{%p endif %}",
        "{%p for stem in concern.stems %}",
        "{%p if stem.text %}",
        "{{ stem.text }}",
        "{%p endif %}",
        "{%p for item in stem.recommendations %}",
    )
    _printed(document)
    add_lines(
        document,
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p for stem in group.stems %}",
        "{{ stem.text or 'Recommendations:' }}",
        "{%p for item in stem.recommendations %}",
    )
    _printed(document)
    add_lines(
        document,
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p for item in group.practice %}",
        "{{ item.kind }} (needs no response):",
    )
    _printed(document)
    add_lines(document, "{%p endfor %}", "{%p endfor %}")


def _printed(document: Any) -> None:
    add_paragraph(
        document,
        "{{ item.text }}",
        ("  {{ item.place }}", "Reference"),
        ("{{ item.mark }}", "Caution"),
        style="List Bullet",
    )
