"""Make the Word template of the response that is built in: `python -m extractor.response.make_template`.

The template can be edited in Word like any document; this script only makes the one that is built in. Text in {{ }} and
{% %} is filled in by `peel respond` (see README.md). Blanks are content controls: their tag says what belongs there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx import Document

from extractor.response.template_answers import add_comment, add_force_response, add_officers_comments, add_sign_off
from extractor.response.template_details import add_cautions, add_details
from extractor.response.template_items import add_items, add_others
from extractor.response.template_look import add_footer, add_styles, set_page
from extractor.response.template_parts import add_lines
from extractor.response.template_summary import add_summary
from extractor.rulebook.folder import rules_root


def main(to: Path | None = None) -> None:
    """Write the template, by default over the one that is built in."""
    document = Document()
    add_styles(document)
    set_page(document.sections[0])
    add_footer(document.sections[0])
    add_cautions(document)
    add_details(document)
    add_summary(document)
    add_lines(document, "{%p if not short %}")
    add_force_response(document)
    add_items(document)
    add_lines(document, "{%p endif %}")
    add_others(document)
    add_lines(document, "{%p if not short %}")
    add_officers_comments(document)
    add_lines(document, "{%p endif %}")
    add_comment(document)
    add_sign_off(document)
    core = document.core_properties
    core.title, core.author, core.language, core.comments = "{{ title }}", "", "en-GB", ""
    document.save(str(to or rules_root() / "response" / "response.docx"))


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
