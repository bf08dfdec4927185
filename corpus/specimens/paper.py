"""Draw a specimen as a PDF, and note on which pages its findings and grades come to stand."""

from __future__ import annotations

import re
from functools import partial
from html import escape
from pathlib import Path

from blocks import (
    STATEMENT,
    Block,
    Bullets,
    Chart,
    Grade,
    Heading,
    Item,
    Items,
    Judgments,
    NewPage,
    Para,
    Rows,
    Specimen,
    Tiles,
)
from reportlab import rl_config
from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)
from reportlab.platypus.tableofcontents import TableOfContents

DRAWN_WITH = "5.1.0"  # of reportlab; others may write other bytes
rl_config.invariant = 1  # no dates and no random identifiers: the same content gives the same bytes
WIDTH, HEIGHT = A4
MARGIN = 68.0
MEASURE = WIDTH - 2 * MARGIN
INK = HexColor("#222222")
GREY = HexColor("#6b6b6b")
GRADE_COLOURS = {
    "outstanding": "#1d5c8f",
    "good": "#2e7d4f",
    "adequate": "#8a6d00",
    "requires improvement": "#b85c00",
    "inadequate": "#a3262a",
}
KIND_COLOURS = {"cause_of_concern": "#a3262a", "innovative_practice": "#2e7d4f", "promising_practice": "#1f6f78"}


class NotingCanvas(Canvas):
    """A canvas that notes where marked words are drawn, and which footnotes belong at the foot of the page."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, list[int]] = {}
        self.notes: list[str] = []
        self.setNamedCB("place", self.place)
        self.setNamedCB("footnote", self.footnote)

    def place(self, _canvas: Canvas, _kind: str, label: str) -> None:
        self.places.setdefault(label, []).append(self.getPageNumber())

    def footnote(self, _canvas: Canvas, _kind: str, label: str) -> None:
        self.notes.append(label)


class Report(BaseDocTemplate):
    """A document that tells its contents page about headings and writes bookmarks."""

    def afterFlowable(self, flowable: Flowable) -> None:
        level = getattr(flowable, "heading_level", None)
        if level is None:
            return
        text = flowable.getPlainText()
        key = f"h{flowable.heading_number}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(text, key, level - 1, closed=level > 1)
        if level <= 2:
            self.notify("TOCEntry", (level - 1, escape(text), self.page - self.front_pages, key))


def draw_pdf(specimen: Specimen, path: Path) -> tuple[dict[str, tuple[int, int]], int]:
    """Draw the specimen to `path`; return first and last page of each marked piece, and the number of pages."""
    canvases: list[NotingCanvas] = []

    def canvas(*args: object, **kwargs: object) -> NotingCanvas:
        canvases.append(NotingCanvas(*args, **kwargs))
        return canvases[-1]

    report = Report(
        str(path),
        pagesize=A4,
        pageCompression=0,
        title=" – ".join(specimen.title),
        author="PEEL report extractor",
        subject=STATEMENT,
        keywords="specimen",
    )
    report.front_pages = 2 if specimen.roman_front else 0
    frame = Frame(MARGIN, 78, MEASURE, HEIGHT - 78 - 66, 0, 0, 0, 0, id="body")
    report.addPageTemplates(
        [
            PageTemplate("cover", [frame], onPage=partial(_cover, specimen)),
            PageTemplate("contents", [frame], onPageEnd=partial(_foot, specimen, specimen.roman_front)),
            PageTemplate("body", [frame], onPageEnd=partial(_foot, specimen, False)),
        ]
    )
    report.multiBuild(_story(specimen), canvasmaker=canvas)
    places = {key: (min(pages), max(pages)) for key, pages in canvases[-1].places.items()}
    return places, report.page


def _cover(specimen: Specimen, canvas: Canvas, _report: Report) -> None:
    dark, middle, pale = map(HexColor, specimen.colours)
    canvas.saveState()
    canvas.setFillColor(pale)
    canvas.rect(0, HEIGHT - 330, WIDTH, 330, stroke=0, fill=1)
    for step in range(9):
        canvas.setFillColor(middle if step % 2 else dark)
        canvas.setFillAlpha(0.25 + 0.08 * step)
        left = WIDTH * (0.30 + 0.085 * step)
        path = canvas.beginPath()
        path.moveTo(left, HEIGHT - 330)
        path.lineTo(left + 130, HEIGHT)
        path.lineTo(left + 190, HEIGHT)
        path.lineTo(left + 60, HEIGHT - 330)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.setFillAlpha(1)
    canvas.setFillColor(dark)
    canvas.rect(0, HEIGHT - 338, WIDTH, 8, stroke=0, fill=1)
    canvas.setFont("Helvetica-Bold", 22)
    canvas.drawString(MARGIN, HEIGHT - 74, specimen.publisher)
    canvas.setFillColor(HexColor("#fff3c4"))
    canvas.setStrokeColor(HexColor("#c9a227"))
    canvas.roundRect(MARGIN, 64, MEASURE, 30, 5, stroke=1, fill=1)
    canvas.setFillColor(INK)
    canvas.setFont("Helvetica-Bold", 10.5)
    canvas.drawCentredString(WIDTH / 2, 75, STATEMENT)
    canvas.restoreState()


def _foot(specimen: Specimen, roman: bool, canvas: NotingCanvas, report: Report) -> None:
    number = ("i", "ii", "iii", "iv")[canvas.getPageNumber() - 2] if roman else str(report.page - report.front_pages)
    canvas.saveState()
    canvas.setStrokeColor(HexColor(specimen.colours[1]))
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, 46, WIDTH - MARGIN, 46)
    canvas.setFillColor(GREY)
    canvas.setFont("Helvetica", 8.5)
    canvas.drawString(MARGIN, 34, specimen.running)
    canvas.drawRightString(WIDTH - MARGIN, 34, number)
    if canvas.notes:
        canvas.setStrokeColor(GREY)
        canvas.line(MARGIN, 54 + 11 * len(canvas.notes), MARGIN + 120, 54 + 11 * len(canvas.notes))
    for row, label in enumerate(reversed(canvas.notes)):
        canvas.setFont("Helvetica", 5.5)
        canvas.drawString(MARGIN, 56 + 11 * row, label)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(MARGIN + 5, 53 + 11 * row, specimen.notes[label])
    canvas.notes.clear()
    canvas.restoreState()


class Styles:
    """Type and colours of one specimen."""

    def __init__(self, specimen: Specimen) -> None:
        self.dark, self.middle, self.pale = map(HexColor, specimen.colours)
        base = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=14.6, textColor=INK, spaceAfter=7)
        self.body = base
        self.note = ParagraphStyle("note", base, fontSize=8.5, leading=11, textColor=GREY, spaceAfter=8)
        self.caption = ParagraphStyle("caption", base, fontName="Helvetica-Bold", fontSize=9.5, spaceAfter=3)
        self.run_in = ParagraphStyle(
            "run-in", base, fontName="Helvetica-Bold", spaceBefore=4, spaceAfter=3, keepWithNext=1
        )
        self.headings = [
            ParagraphStyle(
                f"h{level}",
                base,
                fontName="Helvetica-Bold",
                fontSize=size,
                leading=size * 1.22,
                textColor=self.dark if level != 2 else self.middle,
                spaceBefore=before,
                spaceAfter=6,
                keepWithNext=1,
            )
            for level, size, before in ((1, 21, 16), (2, 15.5, 12), (3, 12.5, 9))
        ]
        self.bullet = ParagraphStyle("bullet", base, leftIndent=17, bulletIndent=5, spaceAfter=4)
        self.limb = ParagraphStyle("limb", base, leftIndent=34, bulletIndent=21, spaceAfter=3)
        self.boxed = ParagraphStyle("boxed", base, spaceAfter=0)
        self.lead = ParagraphStyle("lead", base, fontName="Helvetica-Bold", spaceAfter=0)
        self.boxed_bullet = ParagraphStyle("boxed-bullet", self.bullet, spaceAfter=0)
        self.boxed_limb = ParagraphStyle("boxed-limb", self.limb, spaceAfter=0)
        self.on_dark = ParagraphStyle("on-dark", self.lead, textColor=white, fontSize=11.5)
        self.title = ParagraphStyle("title", base, fontName="Helvetica-Bold", fontSize=30, leading=36)
        self.title.textColor = self.dark
        self.subtitle = ParagraphStyle("subtitle", base, fontSize=18, leading=24, textColor=self.middle)


def _markup(text: str, key: str | None = None) -> str:
    """Return reportlab's markup: footnote marks raised, first and last word marked with the key."""
    if key is not None:
        mark = f'<onDraw name="place" label="{key}"/>'
        first, blank, last = text.rpartition(" ")
        text = f"{mark}{first}{blank}{mark}{last}"
    text = re.sub(r"&(?!\w+;)", "&amp;", text)
    return re.sub(r"\[\^(\d+)\]", r'<super size="6.5">\1</super><onDraw name="footnote" label="\1"/>', text)


def _story(specimen: Specimen) -> list[Flowable]:
    styles = Styles(specimen)
    story: list[Flowable] = [Spacer(1, 330)]
    story += [
        Paragraph(_markup(line), styles.subtitle if row else styles.title) for row, line in enumerate(specimen.title)
    ]
    if specimen.date_on_cover:
        story += [Spacer(1, 22), Paragraph(f"<b>{specimen.printed}</b>", styles.body)]
    story += [NextPageTemplate("contents"), PageBreak(), Paragraph("Contents", styles.headings[0])]
    contents = TableOfContents(dotsMinLevel=0)
    contents.levelStyles = [
        ParagraphStyle(
            "c1", styles.body, fontName="Helvetica-Bold", leftIndent=0, spaceBefore=5, spaceAfter=1, rightIndent=24
        ),
        ParagraphStyle("c2", styles.body, leftIndent=14, spaceAfter=1, rightIndent=24),
    ]
    story += [contents, NextPageTemplate("body"), PageBreak()]
    for index, block in enumerate(specimen.blocks):
        story += _pieces(block, index, styles)
    story += _last_words(specimen, styles)
    return story


def _last_words(specimen: Specimen, styles: Styles) -> list[Flowable]:
    lines = [specimen.printed] if not specimen.date_on_cover else []
    lines += [f"{specimen.publisher}: {specimen.title[-1]}", f"<b>{STATEMENT}</b>"]
    rows = [[Paragraph(_markup(line), styles.boxed)] for line in lines]
    look = [("LINEABOVE", (0, 0), (-1, 0), 1.2, styles.dark), ("TOPPADDING", (0, 0), (-1, 0), 8)]
    return [Spacer(1, 24), KeepTogether([Table(rows, [MEASURE], style=look)])]


def _pieces(block: Block, index: int, styles: Styles) -> list[Flowable]:
    key = f"b{index}"
    match block:
        case Heading():
            return [_heading(block, index, styles)]
        case Para():
            return [Paragraph(_markup(block.text), styles.run_in if block.bold else styles.body)]
        case Bullets():
            return [Paragraph(_markup(text), styles.bullet, bulletText="•") for text in block.items]
        case Grade():
            return _grade(block, key, styles)
        case Judgments():
            return _judgments(block, key, styles)
        case Items():
            return _items(block, key, styles)
        case Tiles():
            return _tiles(block, styles)
        case Rows():
            return _rows(block, styles)
        case Chart():
            return [Paragraph(_markup(block.caption), styles.caption), Bars(block, styles), Spacer(1, 12)]
        case NewPage():
            return [PageBreak()]


def _heading(block: Heading, index: int, styles: Styles) -> Flowable:
    heading = Paragraph(_markup(block.text), styles.headings[block.level - 1])
    heading.heading_level = block.level
    heading.heading_number = index
    return heading


def _grade(block: Grade, key: str, styles: Styles) -> list[Flowable]:
    words = [Paragraph(_markup(block.words, None if block.grade else key), styles.body)] if block.words else []
    if block.show == "words":
        if block.grade:
            return [Paragraph(_markup(block.words or "", key), styles.body)]
        return words
    label = (block.grade or "").capitalize()
    colour = HexColor(GRADE_COLOURS[block.grade or "good"])
    if block.show == "bare":
        style = ParagraphStyle("grade", styles.lead, fontSize=12.5, textColor=colour, spaceAfter=6, keepWithNext=1)
        return [Paragraph(_markup(label, key), style), *words]
    if block.show == "row":
        cells = [
            [
                Paragraph(f"<b>{_markup(block.question or '')}</b>", styles.boxed),
                Paragraph(_markup(label, key), styles.lead),
            ]
        ]
        look = [
            ("BOX", (0, 0), (-1, -1), 0.8, styles.dark),
            ("BACKGROUND", (1, 0), (1, 0), styles.pale),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ]
        return [Table(cells, [MEASURE - 130, 130], style=look, spaceAfter=7), *words]
    if block.show == "box":
        look = [("BOX", (0, 0), (-1, -1), 1.2, styles.dark), ("BACKGROUND", (0, 0), (-1, -1), styles.pale)]
        cell, width = Paragraph(_markup(label, key), styles.lead), MEASURE
    else:
        style = ParagraphStyle("pill", styles.on_dark, alignment=TA_CENTER if block.show == "pill" else 0)
        look = [("BACKGROUND", (0, 0), (-1, -1), colour)]
        if block.show == "pill":
            look.append(("ROUNDEDCORNERS", [11, 11, 11, 11]))
        cell, width = Paragraph(_markup(label, key), style), 170 if block.show == "pill" else MEASURE
    look += [
        ("LEFTPADDING", (0, 0), (-1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    label_box = Table([[cell]], [width], style=look, hAlign="LEFT", spaceBefore=2, spaceAfter=8)
    label_box.keepWithNext = block.show != "box"
    return [label_box, *words]


def _judgments(block: Judgments, key: str, styles: Styles) -> list[Flowable]:
    head = ParagraphStyle("head", styles.on_dark, fontSize=9.5, leading=12)
    cell = ParagraphStyle("cell", styles.boxed, fontSize=9.5, leading=12)
    columns = [[short for short, _, grade in block.areas if grade == word] for word in GRADE_COLOURS]
    rows = [[Paragraph(_markup(word.capitalize(), key), head) for word in GRADE_COLOURS]]
    for number in range(max(map(len, columns))):
        rows.append([Paragraph(names[number], cell) if number < len(names) else "" for names in columns])
    look = [
        ("BACKGROUND", (column, 0), (column, 0), HexColor(tone)) for column, tone in enumerate(GRADE_COLOURS.values())
    ]
    look += [
        ("BACKGROUND", (0, 1), (-1, -1), styles.pale),
        ("LINEAFTER", (0, 0), (-2, -1), 2, white),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    return [Table(rows, [MEASURE / 5] * 5, style=look, spaceBefore=4, spaceAfter=10)]


def _items(block: Items, key: str, styles: Styles) -> list[Flowable]:
    """Draw findings: all in one list or box, or (bar, table) one box for each."""
    numbered = list(enumerate(block.items))
    if block.show == "list":
        story: list[Flowable] = [Paragraph(block.heading, styles.headings[2])]
        for number, item in numbered:
            story += [piece for _, piece in _item(item, f"{key}.{number}", styles, bulleted=True, boxed=False)]
        return [*story, Spacer(1, 4)]
    if block.show == "shaded":
        rows = [("head", Paragraph(block.heading, styles.lead))]
        for number, item in numbered:
            rows += _item(
                item, f"{key}.{number}", styles, block.kind == "area_for_improvement", True, block.recommendations
            )
        return [CondPageBreak(70), _box(block, rows, styles)]
    boxes: list[Flowable] = []
    for number, item in numbered:
        head = Paragraph(block.heading, styles.on_dark if block.show == "table" else styles.lead)
        rows = [("head", head), *_item(item, f"{key}.{number}", styles, False, True, block.recommendations)]
        boxes += [CondPageBreak(80), _box(block, rows, styles)]
    return boxes


def _item(
    item: Item, key: str, styles: Styles, bulleted: bool, boxed: bool, recommendations: str = ""
) -> list[tuple[str, Flowable]]:
    """Return the pieces of one finding, each with the word that says how its row is spaced."""
    bullet, limb = (styles.boxed_bullet, styles.boxed_limb) if boxed else (styles.bullet, styles.limb)
    rows: list[tuple[str, Flowable]] = []
    if item.before:
        rows.append(("text", Paragraph(_markup(item.before), styles.boxed if boxed else styles.body)))
    if bulleted:
        rows.append(("bullet", Paragraph(_markup(item.text, key), bullet, bulletText="•")))
        rows += [("bullet", Paragraph(_markup(text, key), limb, bulletText="o")) for text in item.limbs]
    else:
        rows.append(("text", Paragraph(_markup(item.text, key), styles.lead if item.detail else styles.boxed)))
        rows += [("text", Paragraph(_markup(text, key), styles.boxed)) for text in item.detail]
    if item.groups and recommendations:
        rows.append(("text", Paragraph(recommendations, styles.lead)))
    for number, group in enumerate(item.groups):
        if group.stem:
            rows.append(("text", Paragraph(_markup(group.stem), styles.boxed)))
        for place, text in enumerate(group.items):
            mark = {"bulletText": "•"} if group.stem else {}
            style = styles.boxed_bullet if group.stem else styles.boxed
            rows.append(("bullet", Paragraph(_markup(text, f"{key}.{number}.{place}"), style, **mark)))
    return rows


def _box(block: Items, rows: list[tuple[str, Flowable]], styles: Styles) -> Flowable:
    tone = HexColor(KIND_COLOURS.get(block.kind, styles.dark.hexval().replace("0x", "#")))
    look = [
        ("LEFTPADDING", (0, 0), (-1, -1), 11),
        ("RIGHTPADDING", (0, 0), (-1, -1), 11),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, 0), 6),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 9),
    ]
    if block.show == "bar":
        look += [("BACKGROUND", (0, 0), (-1, -1), HexColor("#f4f4f2")), ("LINEBEFORE", (0, 0), (0, -1), 5, tone)]
    elif block.show == "table":
        look += [
            ("BACKGROUND", (0, 0), (-1, 0), tone),
            ("BOX", (0, 0), (-1, -1), 1, tone),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 6),
        ]
    else:
        fill = white if block.kind == "cause_of_concern" else styles.pale
        look += [("BACKGROUND", (0, 0), (-1, -1), fill), ("BOX", (0, 0), (-1, -1), 1.2, tone)]
    cells = [[piece] for _, piece in rows]
    return Table(cells, [MEASURE], style=look, splitByRow=1, splitInRow=1, spaceBefore=4, spaceAfter=11)


def _tiles(block: Tiles, styles: Styles) -> list[Flowable]:
    big = ParagraphStyle("big", styles.lead, fontSize=21, leading=25, textColor=styles.dark, alignment=TA_CENTER)
    small = ParagraphStyle("small", styles.boxed, fontSize=8.5, leading=11, alignment=TA_CENTER)
    cells = [
        [Paragraph(number, big) for number, _ in block.tiles],
        [Paragraph(words, small) for _, words in block.tiles],
    ]
    look = [
        ("BACKGROUND", (0, 0), (-1, -1), styles.pale),
        ("LINEAFTER", (0, 0), (-2, -1), 5, white),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, 0), 10),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 11),
    ]
    return [Table(cells, [MEASURE / len(block.tiles)] * len(block.tiles), style=look, spaceBefore=4, spaceAfter=10)]


def _rows(block: Rows, styles: Styles) -> list[Flowable]:
    head = ParagraphStyle("head", styles.on_dark, fontSize=9.5, leading=12)
    cell = ParagraphStyle("cell", styles.boxed, fontSize=9.5, leading=12)
    cells = [
        [Paragraph(_markup(text), cell if number else head) for text in row] for number, row in enumerate(block.rows)
    ]
    look = [
        ("BACKGROUND", (0, 0), (-1, 0), styles.middle),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, styles.middle),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    first = MEASURE * 0.46
    widths = [first, *[(MEASURE - first) / (len(block.rows[0]) - 1)] * (len(block.rows[0]) - 1)]
    table = Table(cells, widths, style=look, spaceAfter=10)
    return [KeepTogether([Paragraph(_markup(block.caption), styles.caption), table])]


class Bars(Flowable):
    """A bar for each of the 43 forces, in order of size, ours in a darker colour."""

    def __init__(self, chart: Chart, styles: Styles) -> None:
        super().__init__()
        self.chart, self.styles = chart, styles
        self.width, self.height = MEASURE, 92.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas, step = self.canv, (self.width - 30) / 43
        canvas.setStrokeColor(HexColor("#cccccc"))
        canvas.setFillColor(GREY)
        canvas.setFont("Helvetica", 7.5)
        for part in (0, 0.5, 1):
            canvas.line(24, part * 80, self.width, part * 80)
            canvas.drawRightString(20, part * 80 - 2, str(round(self.chart.highest * part)))
        for rank in range(43):
            canvas.setFillColor(self.styles.dark if rank == self.chart.ours else self.styles.middle)
            canvas.setFillAlpha(1 if rank == self.chart.ours else 0.4)
            share = 0.42 + 0.5 * rank / 42 + 0.03 * ((rank * 7) % 5) / 5
            canvas.rect(28 + rank * step, 0, step * 0.68, 80 * share, stroke=0, fill=1)
        canvas.setFillAlpha(1)
