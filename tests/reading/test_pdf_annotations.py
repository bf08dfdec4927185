"""Words that a page shows by annotations and form fields are read or named; struck words are said."""

from __future__ import annotations

import pytest
from drawn import by_hand, drawn, text
from pdf_reading import codes, hidden, read, words
from reportlab.pdfgen.canvas import Canvas

PAGE = "BT /F1 11 Tf 72 700 Td (The force is good at this.) Tj ET "


def _annotated(kind: str, more: str = "", drawing: str = "BT /F1 11 Tf 2 4 Td (A later remark) Tj ET") -> bytes:
    form = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 200 16] /Resources << /Font << /F1 5 0 R >> >> "
        f"/Length {len(drawing)} >>\nstream\n{drawing}\nendstream"
    )
    words = "/Contents (A later remark) /V (A later remark)"
    note = f"<< /Type /Annot /Subtype /{kind} /Rect [72 600 272 616] {words} {more} >>"
    return by_hand(PAGE, page="/Annots [6 0 R]", objects=[note, form])


DRAWN = "/AP << /N 7 0 R >>"


@pytest.mark.parametrize("kind", ["FreeText", "Stamp", "Widget"])
def test_what_an_annotation_shows_is_read_and_said(kind: str) -> None:
    printed = read(_annotated(kind, DRAWN))
    assert words(printed) == ["The force is good at this.", "A later remark"]
    (problem,) = printed.problems
    assert (problem.code, problem.severity, problem.page) == ("annotation_text", "doubt", 1)
    assert "A later remark" in problem.message


@pytest.mark.parametrize("kind", ["FreeText", "Widget"])
def test_what_only_a_viewer_would_show_is_named(kind: str) -> None:
    printed = read(_annotated(kind))
    assert words(printed) == ["The force is good at this."]
    (problem,) = printed.problems
    assert problem.code == "annotation_unread"
    assert "A later remark" in problem.message


@pytest.mark.parametrize("kind", ["Link", "Popup", "Text"])
def test_links_and_notes_that_are_closed_are_no_words_of_the_page(kind: str) -> None:
    printed = read(_annotated(kind, DRAWN))
    assert (words(printed), printed.problems) == (["The force is good at this."], ())


def test_an_annotation_that_is_hidden_is_not_read() -> None:
    assert words(read(_annotated("FreeText", DRAWN + " /F 2"))) == ["The force is good at this."]


def test_an_annotation_that_is_hidden_is_not_named_either() -> None:
    assert codes(read(_annotated("FreeText", "/F 2"))) == []


def test_what_lies_under_an_annotation_is_hidden() -> None:
    cover = _annotated("Square", DRAWN, "1 g 0 0 200 16 re f").replace(b"72 700 Td", b"72 604 Td")
    printed = read(cover)
    assert (words(printed), hidden(printed)) == ([], ["The force is good at this."])


# struck through -------------------------------------------------------------------------------------------------------


def _struck(height: float, x0: float = 72, x1: float = 140) -> bytes:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 600, "within ten minutes of every call")
        canvas.rect(x0, 600 + height, x1 - x0, 0.6, stroke=0, fill=1)

    return drawn(page)


def test_words_under_a_drawn_stroke_are_said() -> None:
    (problem,) = read(_struck(3, 104, 122)).problems
    assert (problem.code, problem.severity, problem.page) == ("struck_text", "doubt", 1)
    assert "“ten”" in problem.message


@pytest.mark.parametrize("height", [-1.5, 9])
def test_a_rule_under_or_over_words_strikes_nothing(height: float) -> None:
    assert codes(read(_struck(height, 60, 500))) == []


def test_a_rule_that_begins_beside_words_strikes_nothing() -> None:
    assert codes(read(_struck(3, 195, 500))) == []


def test_words_that_an_annotation_strikes_are_said() -> None:
    note = "<< /Type /Annot /Subtype /StrikeOut /Rect [72 697 210 712] /QuadPoints [72 712 210 712 72 697 210 697] >>"
    (problem,) = read(by_hand(PAGE, page="/Annots [6 0 R]", objects=[note])).problems
    assert problem.code == "struck_text"
    assert "The force is good" in problem.message
