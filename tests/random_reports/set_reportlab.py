"""Sets a random report with reportlab."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BalancedColumns,
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from random_reports.document import (
    Block,
    Bullets,
    Columns,
    Composed,
    Contents,
    Figure,
    Framed,
    Grade,
    Heading,
    NewPage,
    Para,
    Rows,
)
from random_reports.private_font import SOURCE, private_font
from random_reports.style import Style

FILES = {
    "Liberation Sans": "liberation/LiberationSans",
    "Liberation Serif": "liberation/LiberationSerif",
    "Liberation Sans Narrow": "liberation/LiberationSansNarrow",
    "DejaVu Sans": "dejavu/DejaVuSans",
    "DejaVu Serif": "dejavu/DejaVuSerif",
}
ROOT = Path("/usr/share/fonts/truetype")
SIZES = {"title": 26, "subtitle": 18, 1: 1.75, 2: 1.4, 3: 1.18, 4: 1.1, 5: 1.05}


@lru_cache(maxsize=8)
def family(name: str) -> str:
    """Register a family of fonts and return its name; Helvetica where this machine does not have it."""
    stem = FILES[name]
    faces = [ROOT / f"{stem}{end}.ttf" for end in (("-Regular", "-Bold") if "Liberation" in name else ("", "-Bold"))]
    if not all(face.is_file() for face in faces):
        return "Helvetica"
    for face, end in zip(faces, ("", "-Bold"), strict=True):
        pdfmetrics.registerFont(TTFont(f"{name}{end}", str(face)))
    pdfmetrics.registerFontFamily(name, normal=name, bold=f"{name}-Bold", italic=name, boldItalic=f"{name}-Bold")
    return name


@lru_cache(maxsize=64)
def marks(mark: str, font: str) -> str:
    """Return the font of a list's marks: one of its own for marks that no text font has."""
    if not "\ue000" <= mark <= "\uf8ff":
        return font
    pdfmetrics.registerFont(TTFont("Private Marks", BytesIO(private_font())))
    return "Private Marks"


def inline(text: str) -> str:
    """Return words as reportlab's markup, footnote marks raised."""
    return re.sub(r"\^([^^]*)\^", r"<super size=6>\1</super>", escape(text))


class Square(Flowable):
    """A drawn square before a paragraph: a bullet that is a picture."""

    def __init__(self, inner: Paragraph, indent: float) -> None:
        super().__init__()
        self.inner, self.indent = inner, indent

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self.inner.wrap(width, height)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        parts = self.inner.split(width, height)
        return [Square(parts[0], self.indent), *parts[1:]] if len(parts) > 1 else []

    def getSpaceBefore(self) -> float:
        return self.inner.getSpaceBefore()

    def getSpaceAfter(self) -> float:
        return self.inner.getSpaceAfter()

    def draw(self) -> None:
        self.inner.drawOn(self.canv, 0, 0)
        self.canv.rect(self.indent - 12, self.height - 9, 4, 4, fill=1, stroke=0)


class Bars(Flowable):
    """A chart with numbers in it."""

    def __init__(self, labels: tuple[str, ...], colour: str) -> None:
        super().__init__()
        self.labels, self.colour = labels, colour
        self.width, self.height = 60 * len(labels), 100

    def draw(self) -> None:
        for number, label in enumerate(self.labels):
            self.canv.setFillColor(HexColor(f"#{self.colour}"))
            self.canv.rect(10 + 55 * number, 0, 38, 25 + 9 * number, fill=1, stroke=0)
            self.canv.setFillColor(HexColor("#000000"))
            self.canv.drawString(12 + 55 * number, 30 + 9 * number, label)


class Chapter(Paragraph):
    """A heading that tells the running head of the pages to come."""

    def draw(self) -> None:
        self.canv.chapter = self.getPlainText()
        super().draw()


class Press:
    """Turns blocks into flowables of one style."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.font, self.heading_font = family(style.font), family(style.heading_font)
        self.width = style.page[0] - 2 * style.margin

    def bold(self, font: str) -> str:
        """Return the name of the bold face."""
        return f"{font}-Bold"

    def type(self, **more: object) -> ParagraphStyle:
        """Return the style of running text with changes."""
        style = self.style
        basis: dict[str, object] = {
            "fontName": self.font, "fontSize": style.size, "leading": style.size * style.leading,
            "spaceAfter": style.gap, "alignment": TA_JUSTIFY if style.justified else TA_LEFT, "allowWidows": 1,
            "allowOrphans": 1,
        }  # fmt: skip
        if style.hyphenated:
            basis |= {"hyphenationLang": "en_GB", "uriWasteReduce": 0.3, "embeddedHyphenation": 1}
        return ParagraphStyle("x", **basis | more)

    def blocks(self, blocks: tuple[Block, ...], width: float) -> list[Flowable]:
        """Return the flowables of blocks one after another."""
        return [flowable for block in blocks for flowable in self.block(block, width)]

    def block(self, block: Block, width: float) -> list[Flowable]:
        """Return the flowables of one block."""
        match block:
            case Heading(text, level):
                return [self._heading(text, level)]
            case Para(text, look):
                return [self._para(text, look)]
            case Bullets():
                return self._list(block)
            case Grade():
                return self._grade(block, width)
            case Framed():
                return self._framed(block, width)
            case Rows():
                return [self._rows(block, width), Spacer(1, 8)]
            case Contents(entries):
                return self._contents(entries)
            case Figure(labels, caption):
                return [KeepTogether([Bars(labels, self.style.colour), self._para(caption, "small")])]
            case Columns(inner):
                half = (width - 18) / 2
                return [BalancedColumns(self.blocks(inner, half), nCols=2, innerPadding=9)]
            case NewPage():
                return [PageBreak()]

    def _heading(self, text: str, level: int) -> Paragraph:
        size = self.style.size * SIZES[level]
        kind = self.type(
            fontName=self.bold(self.heading_font), fontSize=size, leading=size * 1.2, alignment=TA_LEFT,
            textColor=HexColor(f"#{self.style.colour}"), spaceBefore=size * 0.7, spaceAfter=size * 0.4, keepWithNext=1,
        )  # fmt: skip
        return (Chapter if level == 1 else Paragraph)(inline(text), kind)

    def _para(self, text: str, look: str) -> Paragraph:
        if look in ("title", "subtitle"):
            size = SIZES[look]
            return Paragraph(
                inline(text),
                self.type(fontName=self.bold(self.font), fontSize=size, leading=size * 1.25, alignment=TA_LEFT),
            )
        if look == "lead":
            return Paragraph(inline(text), self.type(fontName=self.bold(self.font)))
        if look == "small":
            return Paragraph(inline(text), self.type(fontSize=self.style.size * 0.8))
        return Paragraph(inline(text), self.type(keepWithNext=1 if look == "stem" else 0))

    def _list(self, block: Bullets) -> list[Flowable]:
        made: list[Flowable] = []
        for entry in block.entries:
            made.append(self._bullet(entry.text, self.style.bullet, 18))
            made += [self._bullet(limb, "o" if self.style.bullet != "o" else "–", 36) for limb in entry.limbs]
        return made

    def _bullet(self, text: str, mark: str, indent: float) -> Flowable:
        kind = self.type(leftIndent=indent, bulletIndent=indent - 13, bulletFontSize=self.style.size)
        drawn = mark == "picture" or (self.font == "Helvetica" and mark not in "•–o")
        if drawn or (mark >= "\ue000" and not SOURCE.is_file()):
            return Square(Paragraph(inline(text), kind), indent)
        kind.bulletFontName = marks(mark, self.font)
        return Paragraph(inline(text), kind, bulletText=mark)

    def _grade(self, block: Grade, width: float) -> list[Flowable]:
        style = self.style
        strong = self.type(
            fontName=self.bold(self.font), spaceAfter=0, alignment=TA_CENTER if style.centred else TA_LEFT
        )
        if block.shape == "word":
            return [Paragraph(block.grade, self.type(fontName=self.bold(self.font), keepWithNext=1))]
        if block.shape == "pair":
            cells = [[Paragraph(inline(block.question), self.type(spaceAfter=0)), Paragraph(block.grade, strong)]]
            ground = [("BACKGROUND", (0, 0), (-1, -1), HexColor(f"#{style.tint}")), ("VALIGN", (0, 0), (-1, -1), "TOP")]
            return [Table(cells, [width * 0.68, width * 0.32], style=ground), Spacer(1, 8)]
        bar = block.shape == "bar"
        strong = ParagraphStyle("g", parent=strong, textColor=white if bar else HexColor("#000000"))
        ground = [("BACKGROUND", (0, 0), (-1, -1), HexColor(f"#{style.colour if bar else style.tint}"))]
        table = Table([[Paragraph(block.grade, strong)]], [width if bar else width * 0.4], style=ground, hAlign="LEFT")
        return [table, Spacer(1, 8)]

    def _framed(self, block: Framed, width: float) -> list[Flowable]:
        look = "border" if block.case_study else self.style.frame
        inner = self.blocks(block.blocks, width - 16)
        head: list[Flowable] = []
        colour, tint = HexColor(f"#{self.style.colour}"), HexColor(f"#{self.style.tint}")
        commands: list[tuple[object, ...]] = [
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ]
        if block.head and look == "head row":
            light = self.type(fontName=self.bold(self.font), textColor=white, spaceAfter=0, alignment=TA_LEFT)
            head = [Paragraph(inline(block.head), light)]
            commands += [("BACKGROUND", (0, 0), (-1, 0), colour), ("BOX", (0, 0), (-1, -1), 1, colour)]
        elif block.head:
            head = [self._heading(block.head, 4)]
        rows = [[[flowable]] for flowable in (*head, *inner)]
        if look in ("cell", "shade"):
            commands.append(("BACKGROUND", (0, 0), (-1, -1), tint))
        if look == "border":
            commands.append(("BOX", (0, 0), (-1, -1), 0.8, colour))
        if look == "bar":
            commands.append(("LINEBEFORE", (0, 0), (0, -1), 4, colour))
        table = Table(rows, [width], style=commands, splitInRow=1, spaceBefore=8, spaceAfter=10)
        return [KeepTogether([table])] if self.style.kept else [CondPageBreak(60), table]

    def _rows(self, block: Rows, width: float) -> Table:
        small = self.type(spaceAfter=0, alignment=TA_LEFT, fontSize=self.style.size * 0.9)
        strong = self.type(
            spaceAfter=0, alignment=TA_LEFT, fontName=self.bold(self.font), fontSize=self.style.size * 0.9
        )
        cells = [
            [Paragraph(inline(cell), strong if number == 0 else small) for cell in row]
            for number, row in enumerate(block.cells)
        ]
        count = len(block.cells[0])
        widths = (
            [width / count] * count
            if "judgments" in block.of
            else [width * 0.62] + [width * 0.38 / (count - 1)] * (count - 1)
        )
        commands: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        if self.style.ruled:
            commands.append(("GRID", (0, 0), (-1, -1), 0.5, HexColor("#888888")))
        return Table(cells, widths, style=commands)

    def _contents(self, entries: tuple[tuple[str, int], ...]) -> list[Flowable]:
        made: list[Flowable] = [self._para("Contents", "lead")]
        for number, (text, level) in enumerate(entries):
            kind = self.type(leftIndent=0 if level == 1 else 14, alignment=TA_LEFT)
            made.append(Paragraph(f"{inline(text)} {'.' * 14} {number + 3}", kind))
        return made


def pdf(composed: Composed, style: Style, press: Press | None = None) -> bytes:
    """Return the report as a PDF."""
    press, file = press or Press(style), BytesIO()

    def running(canvas: Canvas, document: BaseDocTemplate) -> None:
        number = document.page
        if number == 1:
            return
        canvas.setFont(press.font, 8)
        if style.running in ("head", "chapter"):
            words = getattr(canvas, "chapter", composed.running) if style.running == "chapter" else composed.running
            canvas.drawString(style.margin, style.page[1] - style.margin * 0.6, words[:110])
        if style.running == "foot":
            canvas.drawString(style.margin, style.margin * 0.5, composed.running)
        if style.numbered != "none":
            words = style.numbered.replace("{n}", str(number)).replace("{words}", composed.running)
            canvas.drawRightString(style.page[0] - style.margin, style.margin * 0.5, words)

    document = BaseDocTemplate(
        file, pagesize=style.page, title=composed.running, invariant=1, pageCompression=1, allowSplitting=1,
        leftMargin=style.margin, rightMargin=style.margin, topMargin=style.margin, bottomMargin=style.margin,
    )  # fmt: skip
    frame = Frame(style.margin, style.margin, press.width, style.page[1] - 2 * style.margin, 0, 0, 0, 0, id="text")
    document.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=running))
    document.build(press.blocks(composed.blocks, press.width))
    return file.getvalue()
