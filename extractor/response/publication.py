"""The paper to publish, made from the working copy as people left it.

The working table becomes the plain list of actions, as edited; prompts, empty blanks and what was struck through go;
answers stay where they are, in their content controls, so that the check still finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from extractor.errors import BadSetting, WouldOverwrite
from extractor.response.check import check_response
from extractor.response.document import save
from extractor.response.filled import Filled, is_untouched, relist
from extractor.response.word_text import controls, fold, is_gone, shows_hint, tag_of, words_in
from extractor.rulebook.folder import rules_root
from extractor.rulebook.load import load_rules

_ONLY_FOR_WORK = ("Prompt",)
_OPTIONAL = (  # blanks that say nothing where nobody filled them in
    "quotation", "quoted_officer", "reply", "chief_comments", "monitoring", "plan", "force_view", "prepared_by",
)  # fmt: skip
_REFERENCE = "Reference"
_ACTION = "Cell bullet"


def publish(path: Path | str, to: Path | str | None = None, rules: Path | None = None) -> Path:
    """Write the publication copy of a working copy, and return its path.

    Args:
        path: the working copy, filled in; it stays as it is.
        to: a .docx file; by default beside it, with `-publication` in its name.
        rules: folder of rules, by default those built in.

    Raises:
        BadSetting: it is no working copy, or the copy would be written over it.
        WouldOverwrite: somebody has worked in the document that stands there.
        UnreadableFile: it is no document of ours.
        OSError: a file cannot be read or written.
    """
    source = Path(path)
    final = Path(to) if to else source.with_name(f"{source.stem}-publication{source.suffix}")
    filled = Filled(source)
    if filled.copy != "working":
        raise BadSetting(f"{source}: is the copy to publish already; name the working copy")
    if final.exists() and not is_untouched(final):
        raise WouldOverwrite(f"{final}: somebody has worked in this document; move it away, or name another with --to")
    cleared = not any(gap.where.startswith("Caution") for gap in check_response(source, rules))
    document = filled.document
    _drop_gone(document)
    _list_actions(document)
    if cleared:
        _drop_cautions(document)
    _drop_prompts(document, load_rules(rules or rules_root()).wording.sentences["prompts"].values())
    _drop_blanks(document, {hint.text for hint in filled.listed.findall("hint")})
    _plain_answers(document)
    relist(document, filled.listed, "publication", {tag for tag, answer in filled.answers.items() if answer.words})
    return save(document, final)


def _drop_gone(document: Any) -> None:
    """Take out for good what is struck through, and accept what was tracked as taken out."""
    for run in list(document.element.body.iter(qn("w:r"))):
        if is_gone(run):
            run.getparent().remove(run)


def _list_actions(document: Any) -> None:
    """Put the edited actions as plain bullets in the place of the working table."""
    for table in list(document.tables):
        if len(table.rows) and fold(table.rows[0].cells[-1].text) == "Improvement action (draft)":
            for words in _actions(table):
                bullet = document.add_paragraph(words, style="List Bullet")
                table._tbl.addprevious(bullet._p)
            table._tbl.getparent().remove(table._tbl)


def _actions(table: Table) -> Iterator[str]:
    for row in table.rows[1:]:
        for paragraph in row.cells[-1].paragraphs:
            words = " ".join(paragraph.text.split())
            if words and paragraph.style is not None and paragraph.style.name == _ACTION:
                yield words


def _drop_cautions(document: Any) -> None:
    for table in list(document.tables):
        if fold(table.rows[0].cells[0].text) == "Caution":
            table._tbl.getparent().remove(table._tbl)
    _drop_runs(document, "Caution")
    for table in document.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            for paragraph in cell.paragraphs:
                if paragraph.style is not None and paragraph.style.name == "Cell caution":
                    _drop(paragraph._p)


def _drop_prompts(document: Any, sentences: Iterable[str]) -> None:
    """Take out what only tells the office what to do: paragraphs by their style, and by their words."""
    for paragraph in list(document.paragraphs):
        if paragraph.style is not None and paragraph.style.name in _ONLY_FOR_WORK:
            _drop(paragraph._p)
    prompts = set(map(fold, sentences))
    for paragraph in list(document.element.body.iter(qn("w:p"))):
        if words_in(paragraph) in prompts and _several(paragraph):
            _drop(paragraph)
    _drop_runs(document, _REFERENCE)


def _drop_runs(document: Any, style: str) -> None:
    """Take out the runs of a character style outside tables, with the blanks before them."""
    for paragraph in document.paragraphs:
        for run in list(paragraph.runs):
            if run.style is not None and run.style.name == style:
                run._r.getparent().remove(run._r)
        if paragraph.runs and paragraph.runs[-1].text.endswith(" "):
            paragraph.runs[-1].text = paragraph.runs[-1].text.rstrip()


def _drop_blanks(document: Any, hints: set[str]) -> None:
    """Empty the blanks that nobody filled in; optional ones go with their paragraph and heading."""
    for control in list(controls(document)):
        if shows_hint(control) or words_in(control) in hints:
            _drop_blank(control)
    for run in document.element.body.iter(qn("w:r")):
        if words_in(run) in hints:  # the control around it was deleted, its hint was not
            for text in run.iter(qn("w:t")):
                text.text = ""
    _drop_bare_headings(document)


def _drop_blank(control: Any) -> None:
    """Empty one blank, or take it out with its paragraph."""
    paragraph = next(control.iterancestors(qn("w:p")), None)
    if paragraph is not None and tag_of(control) in _OPTIONAL and not _in_table(paragraph):
        _drop(paragraph)
        return
    for text in control.iter(qn("w:t")):
        text.text = ""
    if paragraph is not None and _in_table(paragraph) and _several(paragraph) and not words_in(paragraph):
        _drop(paragraph)


def _plain_answers(document: Any) -> None:
    """Print answers like other words: an editor may leave them in the dress of the hint."""
    styles = {style.style_id for style in document.styles if style.name == "Placeholder Text"}
    for control in controls(document):
        for dress in [each for each in control.iter(qn("w:rStyle")) if each.get(qn("w:val")) in styles]:
            dress.getparent().remove(dress)


def _several(paragraph: Any) -> bool:
    return len(paragraph.getparent().findall(qn("w:p"))) > 1


def _in_table(paragraph: Any) -> bool:
    return next(paragraph.iterancestors(qn("w:tc")), None) is not None


def _drop_bare_headings(document: Any) -> None:
    """Take out sub-headings behind which nothing is left."""
    body = list(document.element.body)
    for element, following in zip(body, [*body[1:], None], strict=True):
        level, after = _level(document, element), _level(document, following)
        if level and level > 1 and (following is None or (after and after <= level)):
            _drop(element)


def _level(document: Any, element: Any) -> int | None:
    if element is None or element.tag != qn("w:p"):
        return None
    name = Paragraph(element, document).style.name  # type: ignore[union-attr]
    found = re.fullmatch(r"Heading (\d)", name or "")
    return int(found[1]) if found else None


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)
