"""The characters of a page in blocks: every character has the text object that draws it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pypdfium2.raw as raw
import pytest
from drawn import drawn, text
from pdf_reading import PROSE
from reportlab.pdfgen.canvas import Canvas

from extractor.reading.pdf import blocks, pdfium


@contextmanager
def text_page(data: bytes) -> Iterator[ctypes.c_void_p]:
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    page = raw.FPDF_LoadPage(document, 0)
    loaded = raw.FPDFText_LoadPage(page)
    yield loaded
    raw.FPDFText_ClosePage(loaded)
    raw.FPDF_ClosePage(page)
    raw.FPDF_CloseDocument(document)


def in_pieces(*sizes: int) -> Callable[[Canvas], None]:
    """Return a page with one line in pieces of these sizes, without gaps between them."""

    def draw(canvas: Canvas) -> None:
        x, start, line = 40.0, 0, "".join(PROSE).replace(" ", "")
        for size in sizes:
            text(canvas, x, 700, line[start : start + size], size=6)
            x += canvas.stringWidth(line[start : start + size])
            start += size

    return draw


@pytest.mark.parametrize(
    "sizes",
    [(30,), (30, 1), (1, 30), (1, 1, 40), (2, 30, 9), (17, 40, 3, 60), (40, *(1,) * 30, 20), (2,) * 30, (1,) * 9],
    ids=str,
)
def test_blocks_give_each_character_its_object(sizes: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "READER", None)
    with text_page(drawn(in_pieces(*sizes))) as page:
        _, (block,) = blocks.characters(page)
        handle = ctypes.cast(page, ctypes.c_void_p)
        asked = [pdfium.char_object(handle, index) for index in range(block.start, block.end)]
        assert [block.owner_at(index) for index in range(block.start, block.end)] == asked
        assert block.ends[-1] == block.end == sum(sizes)
        assert len(block.owners) == len(block.ends) == len(sizes)


def test_a_part_of_a_block_keeps_its_objects() -> None:
    block = blocks.Block(5, 30, [1, 2, 3], [10, 11, 30])
    assert block.part(5, 10) == blocks.Block(5, 10, [1], [10])
    assert block.part(7, 11) == blocks.Block(7, 11, [1, 2], [10, 11])
    assert block.part(9, 12) == blocks.Block(9, 12, [1, 2, 3], [10, 11, 12])
    assert block.part(12, 20) == blocks.Block(12, 20, [3], [20])


def test_few_characters_are_asked_for_their_object_in_a_long_line(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(page: ctypes.c_void_p, index: int) -> int:
        asked.append(index)
        return int(pdfium.char_object(page, index))

    monkeypatch.setattr(blocks, "READER", None)
    monkeypatch.setattr(blocks, "char_object", counted)
    with text_page(drawn(in_pieces(90, 60, 1))) as page:
        blocks.characters(page)
    assert len(asked) < 30
