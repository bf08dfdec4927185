"""Small PDFs drawn by the tests themselves: with reportlab, or object by object where it will not do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)


def drawn(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4, **options: object) -> bytes:
    """Return a PDF with one page for each function, which draws on it with the origin at the bottom left."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=True, pageCompression=0, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def text(canvas: Canvas, x: float, y: float, words: str, font: str = "Helvetica", size: float = 11) -> None:
    """Draw one text object."""
    canvas.setFont(font, size)
    canvas.drawString(x, y, words)


def lines(canvas: Canvas, x: float, y: float, words: Sequence[str], size: float = 11, leading: float = 14) -> None:
    """Draw lines below each other."""
    for number, line in enumerate(words):
        text(canvas, x, y - number * leading, line, size=size)


def by_hand(
    content: str, *, page: str = "", resources: str = "", catalog: str = "", objects: Sequence[str] = ()
) -> bytes:
    """Return a one-page PDF with this content stream; further objects are numbered from 6, the first is font F2."""
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {page} "
        f"/Resources << /Font << /F1 5 0 R /F2 6 0 R >> {resources} >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *objects,
    ]
    file, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\n"
    return file + f"{end}startxref\n{len(file)}\n%%EOF\n".encode("latin-1")


def in_another_font(codes: dict[int, str], name: str = "Helvetica") -> list[str]:
    """Return the objects of font F2, which says that these one-byte codes are these characters."""
    pairs = "\n".join(
        f"<{code:02x}> <{word.encode('utf-16-be', 'surrogatepass').hex()}>" for code, word in codes.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap end end"
    )
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /ToUnicode 7 0 R >>"
    return [font, f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream"]
