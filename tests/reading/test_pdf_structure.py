"""Structure tags and properties of a PDF."""

from __future__ import annotations

import pytest
from drawn import by_hand, drawn, lines
from pdf_reading import PROSE, read
from reportlab.pdfgen.canvas import Canvas

from extractor.reading.pdf import file as file_module
from extractor.reading.pdf.file import PdfFile
from extractor.reading.pdf.streams import look_through
from extractor.reading.pdf.structure import Structure
from extractor.reading.pdf.tags import tags_by_page


def test_structure_tags_name_what_a_line_is_part_of() -> None:
    content = (
        "/Artifact BMC BT /F1 9 Tf 72 800 Td (Running head) Tj ET EMC "
        "/H1 <</MCID 0>> BDC BT /F1 18 Tf 72 760 Td (Findings) Tj ET EMC "
        "/P <</MCID 1>> BDC BT /F1 11 Tf 72 730 Td (Some prose.) Tj ET EMC "
        "/Lbl <</MCID 2>> BDC BT /F1 11 Tf 72 700 Td (1.) Tj ET EMC "
        "/Span <</MCID 3>> BDC BT /F1 11 Tf 90 700 Td (An item of a list) Tj ET EMC "
        "/P <</MCID 4>> BDC BT /F1 11 Tf 72 670 Td (In a cell) Tj ET EMC"
    )

    def element(kind: str, parent: int, kids: str) -> str:
        return f"<< /Type /StructElem /S /{kind} /P {parent} 0 R /Pg 3 0 R /K {kids} >>"

    objects = [
        "<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [8 0 R 9 0 R 12 0 R 14 0 R 18 0 R]] >> "
        "/RoleMap << /Kopf /H1 >> >>",  # 6
        element("Document", 6, "[8 0 R 9 0 R 10 0 R 15 0 R]"),  # 7
        element("Kopf", 7, "0"),  # 8
        element("P", 7, "1"),  # 9
        element("L", 7, "[11 0 R]"),  # 10
        element("LI", 10, "[12 0 R 13 0 R]"),  # 11
        element("Lbl", 11, "2"),  # 12
        element("LBody", 11, "[14 0 R]"),  # 13
        element("Span", 13, "3"),  # 14
        element("Table", 7, "[16 0 R]"),  # 15
        element("TR", 15, "[17 0 R]"),  # 16
        element("TD", 16, "[18 0 R]"),  # 17
        element("P", 17, "4"),  # 18
    ]
    data = by_hand(
        content, page="/StructParents 0", catalog="/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>", objects=objects
    )
    assert [(line.tag, line.text) for line in read(data).lines] == [
        ("Artifact", "Running head"),
        ("H1", "Findings"),
        ("P", "Some prose."),
        ("LBody", "1. An item of a list"),
        ("TD", "In a cell"),
    ]


def test_document_properties_are_reported() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setTitle("PEEL: Police effectiveness – an inspection")
        lines(canvas, 72, 700, PROSE)

    assert read(drawn(page)).meta["Title"] == "PEEL: Police effectiveness – an inspection"


def _tagged(*elements: str) -> bytes:
    content = (
        "/P <</MCID 0>> BDC BT /F1 11 Tf 72 760 Td (Findings) Tj ET EMC "
        "/P <</MCID 1>> BDC BT /F1 11 Tf 72 730 Td (Some prose.) Tj ET EMC"
    )
    tree = "/Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [8 0 R 9 0 R]] >>"
    return by_hand(
        content,
        page="/StructParents 0",
        catalog="/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>",
        objects=[f"<< {tree} /RoleMap << /My#20Head /H1 >> >>", *elements],
    )


DOCUMENT = "<< /Type /StructElem /S /Document /P 6 0 R /K [8 0 R 9 0 R] >>"
HEADING = "<< /Type /StructElem /S /My#20Head /P 7 0 R /Pg 3 0 R /T (not /S /P or /K 1) /K 0 >>"
PARAGRAPH = "<< /Type /StructElem /S /P /P 7 0 R /Pg 3 0 R /K [1] >>"


@pytest.mark.parametrize(
    "paragraph",
    [
        PARAGRAPH,
        "<< /Type /StructElem /S /P /P 7 0 R /K << /Type /MCR /Pg 3 0 R /MCID 1 >> >>",
        "<< /Type /StructElem /S /P /P 7 0 R /Pg 3 0 R /K [<< /Type /OBJR /Obj 5 0 R >> 1] >>",
    ],
)
def test_a_tree_read_from_the_bytes_is_the_one_that_pdfium_makes(paragraph: str) -> None:
    data = _tagged(DOCUMENT, HEADING, paragraph)
    assert tags_by_page(Structure(look_through(data))) == [{0: "H1", 1: "P"}]
    with PdfFile(data) as document:
        drawing = document.draw(1)
    assert drawing is not None
    assert [stretch.face.tag for stretch in drawing.stretches] == ["H1", "P"]
    assert [line.tag for line in read(data).lines] == ["H1", "P"]


@pytest.mark.parametrize(
    "elements",
    [
        [DOCUMENT, HEADING],  # an element is missing
        [DOCUMENT, HEADING, "<< /S /P /P 7 0 R /Pg 3 0 R /K [<< /S /Span /K 1 >>] >>"],  # one within another
        [DOCUMENT, HEADING, "<< /P 7 0 R /Pg 3 0 R /K 1 >>"],  # no type
        [DOCUMENT, HEADING, PARAGRAPH, "null\nendobj\n9 0 obj\n<< /S /H2 /K 1 >>"],  # revised
    ],
)
def test_a_tree_that_the_bytes_do_not_tell_is_left_to_pdfium(elements: list[str]) -> None:
    structure = Structure.of(look_through(_tagged(*elements)))
    assert structure is None or tags_by_page(structure) is None


def test_a_tree_without_end_is_walked_once() -> None:
    around = "<< /Type /StructElem /S /Sect /P 7 0 R /K [7 0 R 8 0 R] >>"
    assert tags_by_page(Structure(look_through(_tagged(DOCUMENT, HEADING, around)))) == [{0: "H1"}]


def test_the_tree_of_a_document_is_not_made_for_each_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_module, "page_tags", None)
    assert [line.tag for line in read(_tagged(DOCUMENT, HEADING, PARAGRAPH)).lines] == ["H1", "P"]


def test_objects_end_at_their_own_end() -> None:
    catalog = b"<< /Title (weekendobj, endobjects) /Root 1 0 R /Pages 2 0 R >>"
    bodies = b"1 0 obj" + catalog + b"endobj\n3 0 obj<< /Length 9 >>stream\n\nendstream\nendobj 4 0 obj null"
    structure = Structure(look_through(b"%PDF-1.7\n")._replace(objects=bodies))
    assert structure._objects == {1: catalog, 3: b"<< /Length 9 >>stream\n\n"}
