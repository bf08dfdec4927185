"""What a file speaks of and no longer has: parts of a page's contents, fonts, pages."""

from __future__ import annotations

import pytest
from drawn import by_hand
from pdf_reading import codes, read

from extractor.reading.pdf.operators import contents_of

WORDS = "BT /F1 11 Tf 72 700 Td (The force is good.) Tj ET"


def test_a_sound_page_is_not_doubted() -> None:
    data = by_hand(f"q 1 0 0 1 0 0 cm /P <</MCID 0>> BDC {WORDS} EMC Q", catalog="/OpenAction [3 0 R /XYZ 0 0 0]")
    assert codes(read(data)) == []


@pytest.mark.parametrize("contents", [b"/Contents [   ]", b"/Contents 9 0 R", b"/Contents [null 4 0 R]"])
def test_contents_that_the_file_has_not_are_named(contents: bytes) -> None:
    data = by_hand(WORDS, page=" " * 7).replace(b"/Contents 4 0 R ".ljust(len(contents) + 1), contents + b" ")
    (problem,) = (problem for problem in read(data).problems if problem.code == "contents_missing")
    assert (problem.severity, problem.page) == ("doubt", 1)


@pytest.mark.parametrize("content", [f"q {WORDS}", f"{WORDS} Q", f"/P BMC {WORDS}", f"{WORDS} EMC"])
def test_contents_that_begin_or_end_elsewhere_are_named(content: str) -> None:
    assert codes(read(by_hand(content))) == ["contents_missing"]


def test_contents_may_be_cut_between_operators() -> None:
    rest = f"<< /Length {len(WORDS) + 2} >>\nstream\n{WORDS} Q\nendstream"
    data = by_hand("q", page=" " * 9, objects=["<< /Type /Font >>", rest])
    whole = data.replace(b"/Contents 4 0 R ".ljust(22), b"/Contents [4 0 R 7 0 R]"[:22] + b"]")
    assert codes(read(whole)) == []
    assert codes(read(data)) == ["contents_missing", "no_text_layer"]


@pytest.mark.parametrize(("mark", "found"), [(0, []), (1, ["contents_missing"])])
def test_a_part_of_the_structure_that_no_page_draws_is_named(mark: int, found: list[str]) -> None:
    tree = ["<< /Type /StructTreeRoot /K 8 0 R >>", f"<< /Type /StructElem /S /P /P 7 0 R /Pg 3 0 R /K {mark} >>"]
    data = by_hand(
        f"/P <</MCID 0>> BDC {WORDS} EMC",
        page="/StructParents 0",
        catalog="/MarkInfo << /Marked true >> /StructTreeRoot 7 0 R",
        objects=["<< /Type /Font >>", *tree],
    )
    assert codes(read(data)) == found


def test_marks_are_on_the_page_of_their_element_whatever_page_its_other_marks_are_on() -> None:
    element = "<< /K [ 0 << /Type /MCR /MCID 8 /Pg 9 0 R >> ] /P 7 0 R /Pg 3 0 R /S /P /Type /StructElem >>"
    data = by_hand(
        f"/P <</MCID 0>> BDC {WORDS} EMC",
        catalog="/MarkInfo << /Marked true >> /StructTreeRoot 7 0 R",
        objects=["<< /Type /Font >>", "<< /Type /StructTreeRoot /K 8 0 R >>", element],
    )
    assert "contents_missing" not in codes(read(data))
    assert "contents_missing" in codes(read(data.replace(b"/K [ 0", b"/K [ 5")))


def test_a_font_that_the_file_has_not_is_named() -> None:
    (problem,) = read(by_hand(WORDS.replace("F1", "F#33"))).problems
    assert (problem.code, problem.page) == ("font_missing", 1)
    assert "(F3)" in problem.message
    assert codes(read(by_hand(WORDS.replace("F1", "F2")))) == ["font_missing"]  # named in the resources, and no object


def test_a_composite_font_without_its_codes_is_named() -> None:
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /Sans {} /DescendantFonts [7 0 R] >>"
    for codes_said, found in (("/Encoding /Identity-H", False), ("", True)):
        printed = read(by_hand(WORDS.replace("F1", "F2"), objects=[font.format(codes_said), "<< /Type /Font >>"]))
        assert ("font_missing" in codes(printed)) == found


def test_a_page_that_a_bookmark_leads_to_and_the_file_has_not_is_named() -> None:
    printed = read(by_hand(WORDS, catalog="/OpenAction << /S /GoTo /D [77 0 R /XYZ 0 800 0] >>"))
    assert codes(printed) == ["page_unlisted"]


@pytest.mark.parametrize(
    ("stream", "unended"),
    [
        (b"BT (BT in a \\(string BT) Tj ET", (0, 0, 0)),
        (b"q q BT(A)Tj ET Q", (0, 1, 0)),
        (b"q BT (Q) Tj ET", (0, 1, 0)),
        (b"BT ET\nQ", (0, -1, 0)),
        (b"/Span<</MCID 4>>BDC BT ET", (0, 0, 1)),
        (b"ET BT ET Q", (-1, -1, 0)),
        (b"q BI /W 1 ID \x00 EI", (0, 0, 0)),  # a picture's bytes may look like operators
    ],
)
def test_what_a_stream_begins_and_does_not_end(stream: bytes, unended: tuple[int, int, int]) -> None:
    assert contents_of(stream).unended == unended
