"""Structure tags and properties of a PDF."""

from __future__ import annotations

from drawn import by_hand, drawn, lines
from pdf_reading import PROSE, read
from reportlab.pdfgen.canvas import Canvas


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
