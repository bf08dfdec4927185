"""Fill in responses as people do in Word, for the tests of what reads them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn


def fill(path: Path, answer: Callable[[str], str | None]) -> Path:
    """Fill content controls as Word does: replace the hint, drop the mark that it is one."""
    document = Document(str(path))
    for control in document.element.body.iter(qn("w:sdt")):
        words = answer(control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")))
        if words is not None:
            mark = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
            if mark is not None:
                mark.getparent().remove(mark)
            next(control.iter(qn("w:t"))).text = words
    document.save(str(path))
    return path


def complete(tag: str) -> str | None:
    role = tag.split("/")[0]
    dates = (
        "published",
        "signed_on",
        "due",
        "sent_secretary_of_state",
        "sent_inspectors",
        "report_published",
        "comments_requested",
        "comments_due",
        "comments_received",
    )
    return "20 November 2023" if role in dates else "Accepted" if role == "position" else "We have done this."


def without_controls(path: Path) -> Path:
    """Take the content controls away and leave their words, as some editors and conversions do."""
    document = Document(str(path))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        for element in list(control.find(qn("w:sdtContent"))):
            control.addprevious(element)
        control.getparent().remove(control)
    document.save(str(path))
    return path


def without_tags(path: Path) -> Path:
    """Take the names of the content controls away, as LibreOffice does when it saves a Word document."""
    document = Document(str(path))
    for control in document.element.body.iter(qn("w:sdt")):
        for name in ("w:tag", "w:alias", "w:showingPlcHdr"):
            for element in control.findall(f"{qn('w:sdtPr')}/{qn(name)}"):
                element.getparent().remove(element)
    document.save(str(path))
    return path
