"""The compiled reader says what the Python one says, to the last bit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from drawn import by_hand, drawn, in_another_font, lines, text
from pdf_reading import PROSE, read
from reportlab.pdfgen.canvas import Canvas

from extractor.errors import PeelError
from extractor.reading.pdf import blocks, compiled, pdfium, pictures
from extractor.reading.pdf import text as text_of_a_page
from extractor.reading.pdf.document import read_pdf
from extractor.reading.pdf.file import PdfFile
from extractor.reading.pdf.streams import look_through

ROOT = Path(__file__).parents[2]
SPECIMENS = sorted((ROOT / "corpus" / "specimens").glob("*.pdf"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """Build the compiled reader."""
    hook = ROOT / "hatch_build.py"
    hatch = pytest.importorskip("hatchling", reason="the build needs hatchling")
    assert hatch
    spec = spec_from_file_location("hatch_build", hook)
    assert spec and spec.loader
    build = module_from_spec(spec)
    spec.loader.exec_module(build)
    try:
        built = build.compile_reader(ROOT / build.SOURCE, tmp_path_factory.mktemp("built"))
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no C compiler that works: {error}")
    name = "extractor.reading.pdf._compiled"
    found = spec_from_file_location(name, built, loader=ExtensionFileLoader(name, str(built)))
    assert found and found.loader
    module = module_from_spec(found)
    found.loader.exec_module(module)
    module.bind(compiled.address_of)
    return module


@pytest.fixture
def compare(reader: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Return a function that reads a file both ways and compares all that was read."""
    asked = []

    class Counted:
        blocks, objects, rows = reader.blocks, reader.objects, reader.rows
        clip_key, clip_bounds = reader.clip_key, reader.clip_bounds

        @staticmethod
        def stretches(*arguments: object) -> object:
            asked.append(1)
            return reader.stretches(*arguments)

    def both(data: bytes) -> None:
        found = []
        for one in (None, Counted):
            for module in (blocks, pdfium, pictures, text_of_a_page):
                monkeypatch.setattr(module, "READER", one)
            printed = read_pdf("report.pdf", data)
            with PdfFile(data, look_through(data)) as file:
                found.append((printed, [file.draw(page.number) for page in printed.pages]))
        assert found[0] == found[1]
        assert found[0][0].lines and asked

    return both


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_both_readers_agree_on_the_specimens(path: Path, compare: Callable[[bytes], None]) -> None:
    compare(path.read_bytes())


def glyph_by_glyph(canvas: Canvas) -> None:
    for line, words in enumerate((*PROSE, "In 2019, 4 of 10 (40%) did so; it's well-known")):
        x = 72.0
        for letter in words:
            if letter != " ":
                text(canvas, x, 700 - 20 * line, letter)
            x += canvas.stringWidth(letter)
    for line, sizes in enumerate(((11,) * 6 + (7,), (7,) * 3 + (11,) * 4, (11,) * 7)):
        x = 72.0
        for letter, size in zip("spatial", sizes, strict=True):
            text(canvas, x, 500 - 20 * line, letter, size=size)
            x += canvas.stringWidth(letter)


def glyphs_of_many_kinds(canvas: Canvas) -> None:
    x = 72.0
    for number, letter in enumerate("unevenlysetandraised"):
        canvas.setFillGray(0.3 * (number % 3))
        font = "Times-Bold" if number > 12 else "Helvetica"
        text(canvas, x, 700 + 3 * (number % 5 == 4), letter, font, 11 + number % 2)
        x += canvas.stringWidth(letter) + 0.13 * number
    for line in range(8):  # gaps on both sides of what a word's glyphs may have
        text(canvas, 72, 600 - 20 * line, "4")
        text(canvas, 72 + canvas.stringWidth("4") + 11 * (0.09 + 0.005 * line), 600 - 20 * line, "7")
    for line, (word, raised) in enumerate((("209", 1), ("abc", 2), ("abc", 1))):
        for place, letter in enumerate(word):
            text(canvas, 72 + 6.1 * place, 400 - 20 * line + (place == raised), letter)


def in_pieces(canvas: Canvas) -> None:
    for x, word in ((72, "1."), (80.3, " "), (81, "Improve"), (119.5, " "), (120.4, "it"), (128.6, "3"), (300, "cell")):
        text(canvas, x, 700, word)
    for x, word in (
        (72, "wide"),
        (95, " "),
        (100, "gap"),
        (200, "n"),
        (206.1, "o"),
        (300, " "),
        (212.2, "w"),
        (224, "on"),
    ):
        text(canvas, x, 650, word)
    for shift in (0, 0.3):
        text(canvas, 72 + shift, 600, "Drawn twice to look bold")
    canvas.setFont("Helvetica", 14)
    canvas.drawString(72, 560, "W i d e l y   s e t", charSpace=2)
    text(canvas, 72, 540, "G o o d ")
    text(canvas, 72, 520, "tail   ")
    lines(canvas, 72, 480, ["well-", "known problem-", "solving"])


def turned(canvas: Canvas) -> None:
    lines(canvas, 72, 700, PROSE)
    for angle in (90, 180, 270, 12):
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(angle)
        text(canvas, 20, 20, f"turned by {angle}")
        canvas.restoreState()


def of_all_modes(canvas: Canvas) -> None:
    for mode in range(8):
        words = canvas.beginText(72, 700 - 20 * mode)
        words.setFont("Helvetica", 11)
        words.setTextRenderMode(mode)
        words.setStrokeColorRGB(0.1 * mode, 0, 0.5)
        words.textLine(f"Set in mode {mode}")
        canvas.drawText(words)
    canvas.setFillAlpha(0.05)
    text(canvas, 72, 300, "Hardly to be seen")


@pytest.mark.parametrize("page", [glyph_by_glyph, glyphs_of_many_kinds, in_pieces, turned, of_all_modes])
def test_both_readers_agree_on_pages_of_many_kinds(
    page: Callable[[Canvas], None], compare: Callable[[bytes], None]
) -> None:
    compare(drawn(lambda canvas: lines(canvas, 72, 700, PROSE), page))


TAGS = "/StructTreeRoot 8 0 R /MarkInfo << /Marked true >>"
TREE = ["<< /Type /StructTreeRoot /K [9 0 R] >>", "<< /S /H1 /P 8 0 R /Pg 3 0 R /K [0] >>"]


@pytest.mark.parametrize(
    "content",
    [
        "/P << /MCID 0 >> BDC BT /F1 14 Tf 72 700 Td (A tagged heading) Tj ET EMC\n"
        "/Artifact BMC BT /F1 9 Tf 72 40 Td (Page 3) Tj ET EMC BT /F1 9 Tf 72 90 Td (No tag) Tj ET",
        "BT /F1 11 Tf 72 700 Td (the bro\255) Tj 0 -14 Td (ken line) Tj ET",
        "BT /F2 11 Tf 72 700 Td (ab#c) Tj ET BT /F2 11 Tf 72 680 Td (#) Tj ET",
        "BT /F1 11 Tf 72 700 Td [(wide) -900 (gaps) -400 (within) 40 (one)] TJ ET",
        "q 60 690 30 30 re W n BT /F1 11 Tf 72 700 Td (clipped at its right) Tj ET Q",
    ],
    ids=["tags", "soft hyphen", "half a character", "gaps", "clip"],
)
def test_both_readers_agree_on_what_files_say(content: str, compare: Callable[[bytes], None]) -> None:
    codes = {ord(letter): letter for letter in "abc"} | {ord("#"): "\ud83d"}
    compare(by_hand(content, catalog=TAGS, objects=[*in_another_font(codes), *TREE]))


def test_python_alone_reads_where_it_is_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEEL_READER", "python")
    assert compiled._reader() is None


def test_a_compiled_reader_that_is_wanted_and_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEEL_READER", "compiled")
    monkeypatch.setitem(sys.modules, "extractor.reading.pdf._compiled", None)
    with pytest.raises(PeelError, match="PEEL_COMPILE=1 pip install"):
        compiled._reader()


def test_what_is_read_does_not_hang_on_being_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PEEL_READER", raising=False)
    monkeypatch.setitem(sys.modules, "extractor.reading.pdf._compiled", None)
    assert compiled._reader() is None
    assert read(drawn(lambda canvas: lines(canvas, 72, 700, PROSE))).lines
