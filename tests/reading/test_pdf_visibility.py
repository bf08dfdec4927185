"""What can be seen is what is read: invisible words never become text, and are said."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from drawn import by_hand, drawn, lines, text
from pdf_reading import PROSE, codes, hidden, read, words
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractor.pipeline import extract_printed
from extractor.reading.pdf import page as page_module
from extractor.rulebook.load import load_rules
from extractor.tables.lines_cache import decode, encode

SECRET = "A sentence nobody is meant to see"
SEEN = "BT /F1 11 Tf 72 700 Td (The force is good at this.) Tj ET "
UNSEEN = f"BT /F1 11 Tf 72 600 Td ({SECRET}) Tj ET "


def _white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    text(canvas, 72, 600, SECRET)


def _nearly_white(canvas: Canvas) -> None:
    canvas.setFillGray(0.96)
    text(canvas, 72, 600, SECRET)


def _own_ground(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.12, 0.22, 0.39)
    canvas.rect(60, 590, 300, 30, stroke=0, fill=1)
    canvas.setFillColorRGB(0.13, 0.22, 0.4)
    text(canvas, 72, 600, SECRET)


def _last_ground(canvas: Canvas) -> None:
    for level in (1, 0):
        canvas.setFillGray(level)
        canvas.rect(60, 590, 300, 30, stroke=0, fill=1)
    text(canvas, 72, 600, SECRET)


def _covered(canvas: Canvas) -> None:
    text(canvas, 72, 600, SECRET)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(60, 590, 300, 30, stroke=0, fill=1)


def _under_a_picture(canvas: Canvas) -> None:
    text(canvas, 72, 600, SECRET)
    picture = BytesIO()
    Image.new("RGB", (30, 3), "grey").save(picture, "PNG")
    canvas.drawImage(ImageReader(picture), 60, 590, 300, 30)


def _clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(72, 100, 400, 50)
    canvas.clipPath(path, stroke=0)
    text(canvas, 72, 600, SECRET)


def _transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.01)
    text(canvas, 72, 600, SECRET)


def _microscopic(canvas: Canvas) -> None:
    text(canvas, 72, 600, SECRET, size=1)


def _off_the_page(canvas: Canvas) -> None:
    text(canvas, 700, 600, SECRET)


def _sideways_in_white(canvas: Canvas) -> None:
    canvas.translate(40, 300)
    canvas.rotate(90)
    _white_at(canvas, 0, 0)


def _white_at(canvas: Canvas, x: float, y: float) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    text(canvas, x, y, SECRET)


WAYS = [
    _white,
    _nearly_white,
    _own_ground,
    _last_ground,
    _covered,
    _under_a_picture,
    _clipped,
    _transparent,
    _microscopic,
    _off_the_page,
    _sideways_in_white,
]


@pytest.mark.parametrize("hide", WAYS)
def test_text_that_cannot_be_seen_is_kept_apart_and_said_once(hide: Callable[[Canvas], None]) -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, 72, 760, PROSE)
        canvas.saveState()
        hide(canvas)
        canvas.restoreState()
        lines(canvas, 72, 500, PROSE)

    printed = read(drawn(lambda c: lines(c, 72, 760, PROSE), page))
    assert words(printed) == [*PROSE, *PROSE, *PROSE]
    assert hidden(printed) == [SECRET]
    (problem,) = printed.problems
    assert (problem.code, problem.severity, problem.page) == ("hidden_text", "doubt", 2)
    assert SECRET in problem.message
    assert printed.lines[-1].number == len(printed.lines) - 1


@pytest.mark.parametrize("mode", [3, 7])
def test_text_that_is_not_painted_is_hidden(mode: int) -> None:
    printed = read(by_hand(SEEN + f"{mode} Tr " + UNSEEN))
    assert (words(printed), hidden(printed)) == (["The force is good at this."], [SECRET])


def test_a_file_of_hidden_text_alone_has_no_text() -> None:
    assert codes(read(by_hand("3 Tr " + UNSEEN))) == ["hidden_text", "no_text_layer"]


def _layers(state: str) -> bytes:
    content = SEEN + "/OC /L1 BDC " + UNSEEN + "EMC"
    layer = "<< /Type /OCG /Name (Notes) >>"
    return by_hand(
        content,
        resources="/Properties << /L1 6 0 R >>",
        catalog=f"/OCProperties << /OCGs [6 0 R] /D << /{state} [6 0 R] >> >>",
        objects=[layer],
    )


def test_a_layer_that_is_off_is_hidden() -> None:
    printed = read(_layers("OFF"))
    assert (words(printed), hidden(printed)) == (["The force is good at this."], [SECRET])
    assert words(read(_layers("ON"))) == ["The force is good at this.", SECRET]


def test_words_under_a_cover_are_hidden_and_those_beside_it_are_read() -> None:
    def page(canvas: Canvas) -> None:
        text(canvas, 72, 600, "Victims are called within one hour of their report.")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(158, 594, 84, 16, stroke=0, fill=1)

    printed = read(drawn(page))
    assert words(printed) == ["Victims are called", "of their report."]
    assert hidden(printed) == ["within one hour"]


def test_a_line_painted_anew_over_its_cover_is_read() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, 72, 600, ["The force is quick to answer", "within one hour."])
        canvas.setFillColorRGB(0.9, 0.9, 1)
        canvas.rect(60, 570, 400, 60, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        lines(canvas, 72, 600, ["The force is quick to answer", "within one day."])

    printed = read(drawn(page))
    assert words(printed) == ["The force is quick to answer", "within one day."]
    assert hidden(printed) == ["within one hour."]


def test_what_a_crop_cuts_off_is_hidden_and_only_noted_where_another_page_shows_it() -> None:
    sheet = SEEN + "BT /F1 11 Tf 372 650 Td (The other half of the sheet) Tj ET "
    assert hidden(read(by_hand(sheet, page="/CropBox [0 0 300 842]"))) == ["The other half of the sheet"]

    def page(canvas: Canvas) -> None:
        text(canvas, 72, 600, "Seen on one page")
        text(canvas, 700, 600, "Seen on the other")

    def other(canvas: Canvas) -> None:
        text(canvas, 72, 600, "Seen on the other")

    (problem,) = read(drawn(page, other)).problems
    assert (problem.code, problem.severity) == ("hidden_text", "note")


def _white_on_blue(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0, 0.5)
    canvas.rect(60, 590, 300, 30, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    text(canvas, 72, 600, "Outstanding")


def _on_a_picture(canvas: Canvas) -> None:
    picture = BytesIO()
    Image.new("RGB", (60, 80), "navy").save(picture, "PNG")
    canvas.drawImage(ImageReader(picture), 50, 400, 300, 400)
    canvas.setFillColorRGB(1, 1, 1)
    text(canvas, 72, 600, "Outstanding")


def _pale_watermark(canvas: Canvas) -> None:
    canvas.setFillGray(0.85)
    text(canvas, 72, 600, "Outstanding", size=60)


def _highlighted(canvas: Canvas) -> None:
    text(canvas, 72, 600, "Outstanding")
    canvas.setFillColorRGB(1, 1, 0)
    canvas.setFillAlpha(0.4)
    canvas.rect(60, 590, 300, 30, stroke=0, fill=1)


def _small_print(canvas: Canvas) -> None:
    text(canvas, 72, 600, "Outstanding", size=5)


def _clipped_to_its_cell(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(72, 597, 80, 14)
    canvas.clipPath(path, stroke=0)
    text(canvas, 72, 600, "Outstanding")


@pytest.mark.parametrize(
    "draw", [_white_on_blue, _on_a_picture, _pale_watermark, _highlighted, _small_print, _clipped_to_its_cell]
)
def test_what_can_be_seen_is_read_without_a_word(draw: Callable[[Canvas], None]) -> None:
    printed = read(drawn(draw))
    assert (words(printed), printed.problems) == (["Outstanding"], ())


def test_text_that_stands_for_a_picture_of_it_is_read_and_said() -> None:
    def page(canvas: Canvas) -> None:
        picture = BytesIO()
        Image.new("RGB", (60, 80), "white").save(picture, "PNG")
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
        writing = canvas.beginText(72, 600)
        writing.setFont("Helvetica", 11)
        writing.setTextRenderMode(3)
        writing.textLines(list(PROSE))
        canvas.drawText(writing)

    def under(canvas: Canvas) -> None:
        lines(canvas, 72, 600, PROSE)
        picture = BytesIO()
        Image.new("RGB", (60, 80), "grey").save(picture, "PNG")
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)

    printed = read(drawn(page, under))
    assert words(printed) == [*PROSE, *PROSE]
    (problem,) = printed.problems
    assert (problem.code, problem.page) == ("ocr_text", 1)
    assert "pages 1 to 2" in problem.message


def test_an_ordinary_page_is_not_painted_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "without_ink", None)

    def page(canvas: Canvas) -> None:
        _white_on_blue(canvas)
        canvas.translate(0, -100)
        canvas.setFillColorRGB(0, 0, 0)
        _clipped_to_its_cell(canvas)

    assert words(read(drawn(page, lambda c: lines(c, 72, 760, PROSE)))) == ["Outstanding", "Outstanding", *PROSE]


def test_hidden_lines_are_kept_and_become_no_text() -> None:
    printed = read(drawn(lambda c: lines(c, 72, 760, PROSE), _white))
    again = decode(encode(printed), "report.pdf")
    assert again == printed
    extraction = extract_printed(printed, load_rules())
    assert not any(SECRET in section.text for section in extraction.sections)
    assert SECRET in [line.text for line in extraction.lines]


def test_threads_read_what_one_thread_reads() -> None:
    def pages(number: int) -> bytes:
        return drawn(*[lambda c: lines(c, 60 + number, 760, [f"{number} {line}" for line in PROSE * 8])] * 6)

    files = [pages(number) for number in range(8)]
    alone = [read(data).lines for data in files]
    with ThreadPoolExecutor(4) as pool:
        assert [printed.lines for printed in pool.map(read, files * 3)] == alone * 3
