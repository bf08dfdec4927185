"""What the clip of a text leaves of the page: quickly told, and never too much."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_void_p

import pypdfium2.raw as raw
import pytest
from drawn import by_hand

from extractor.reading.pdf import pdfium

# a rectangle that takes nothing of a text is no clip to pdfium
TEXT = "BT /F1 11 Tf 72 700 Td (The force is good at this.) Tj ET"


@pytest.fixture
def clips(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[list[int]]:
    """Return the addresses of the text objects of a page with this content."""
    monkeypatch.setattr(pdfium, "READER", None)
    data = by_hand(request.param)
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    page = raw.FPDF_LoadPage(document, 0)
    yield [address for address, kind in pdfium.page_objects(page, ()) if kind == pdfium.TEXT]
    raw.FPDF_ClosePage(page)
    raw.FPDF_CloseDocument(document)


def roughly(address: int, known: dict[int, pdfium.Sides]) -> pdfium.Sides | None:
    return pdfium.clip_roughly(address, pdfium.clip_key(address), known)


@pytest.mark.parametrize("clips", [TEXT], indirect=True)
def test_a_text_that_nothing_clips_has_no_sides(clips: list[int]) -> None:
    assert [roughly(clips[0], {}), pdfium.clip_bounds(clips[0])] == [None, None]


@pytest.mark.parametrize(
    "clips",
    [
        f"q 60 690 40 30 re W n {TEXT} Q",
        f"q 100 720 -40 -30 re W n {TEXT} Q",
        f"q 60 600 40 400 re W n 0 690 595 30 re W n {TEXT} Q",
        f"q 0 690 595 30 re W n q 60 600 40 400 re W n {TEXT} Q Q",
    ],
    indirect=True,
)
def test_rectangles_are_told_exactly(clips: list[int]) -> None:
    sides = 60, 690, 100, 720
    found = roughly(clips[0], {}), pdfium.clip_bounds(clips[0])
    assert [tuple(map(round, one or ())) for one in found] == [sides, sides]


@pytest.mark.parametrize("clips", [f"q 60 690 m 110 690 l 80 760 l h W n {TEXT} Q"], indirect=True)
def test_other_shapes_are_never_told_too_wide(clips: list[int]) -> None:
    exact, rough = pdfium.clip_bounds(clips[0]), roughly(clips[0], {})
    assert exact and rough and rough != exact
    assert (rough[0] >= exact[0], rough[1] >= exact[1]) == (True, True)
    assert (rough[2] <= exact[2], rough[3] <= exact[3]) == (True, True)


@pytest.mark.parametrize(
    "clips", [f"q 60 690 40 30 re W n {TEXT} q 70 0 20 842 re W n {TEXT} Q {TEXT} Q"], indirect=True
)
def test_paths_that_clip_several_texts_are_looked_at_once(clips: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    look = pdfium._point
    monkeypatch.setattr(pdfium, "_point", lambda segment: asked.append(segment) or look(segment))
    known: dict[int, pdfium.Sides] = {}
    found = [roughly(address, known) for address in clips]
    assert found[0] == found[2] != found[1]
    assert len(known) == 2
    assert len(asked) == 4


@pytest.mark.parametrize("clips", [TEXT], indirect=True)
def test_texts_that_are_known_are_not_asked_what_they_are(clips: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int | None] = []
    monkeypatch.setattr(pdfium, "_object_type", lambda item: asked.append(item.value) or pdfium.PATH)
    assert pdfium._typed(iter([clips[0], 8]), clips) == [(clips[0], pdfium.TEXT), (8, pdfium.PATH)]
    assert asked == [c_void_p(8).value]
