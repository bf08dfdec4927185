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
