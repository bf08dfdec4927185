"""Which text of a page may not be seen: cheap looks at colour, cover, clip, edge and size, before a pixel is painted.

Text is seen when it is painted, not clipped away, not covered by what is painted later, not of the colour of its
ground, not microscopic, inside the page, and on a layer that is on. The looks here only raise doubts: they may doubt
too much, since the pixels decide, but a page of black text on white paper costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from extractor.reading.pdf.content import WHITE, Drawing, Paint, Stretch, turned

Sides = tuple[float, float, float, float]
ClipOf = Callable[[int, bool], Sides | None]

_X_HEIGHT = 0.5  # of the type size: the part of a letter above its baseline without which it cannot be read
_ALIKE = 48  # levels of 255 in each channel: colours no further apart may not stand off each other
_OVER = 0.3  # of the type size: a cover or clip that takes less of a word than this leaves it readable
_MICROSCOPIC = 1 / 420  # of the page's height, 2 points on A4: no reader of the page can see such type
_BAND = 24.0  # points: texts are looked up by bands of this height
_WIDE_PICTURE = 0.5  # share of the page that a picture covers when the page is a scan


def doubtful(drawing: Drawing, paints: Sequence[Paint], clip_of: ClipOf, unsure: set[int]) -> list[Stretch]:
    """Return the stretches that may not be seen.

    `clip_of` tells what a text object's clip leaves, by its place, and whether it may say too little.
    """
    placed = [(stretch, _core(stretch, drawing)) for stretch in drawing.stretches if not stretch.face.invisible]
    found = {stretch for stretch, area in placed if _cut(area, stretch, drawing, clip_of) or stretch.place[0] in unsure}
    found.update(_on_own_ground(placed, paints))
    found.update(_covered(placed, [paint for paint in paints if paint.place]))
    return [stretch for stretch in drawing.stretches if stretch in found] if found else []


def microscopic(stretch: Stretch, height: float) -> bool:
    """Tell whether a stretch is set too small for any eye on a page of this height."""
    return stretch.face.size < _MICROSCOPIC * height


def stands_for_picture(stretch: Stretch, drawing: Drawing, paints: Iterable[Paint], unpainted: bool) -> bool:
    """Tell whether hidden text is OCR's reading: unpainted where a picture shows, or under one of the whole page."""
    x0, top, x1, bottom = _core(stretch, drawing)
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    for paint in paints:
        if paint.fill is None and paint.x0 <= x <= paint.x1 and paint.top <= y <= paint.bottom:
            wide = (paint.x1 - paint.x0) * (paint.bottom - paint.top) >= _WIDE_PICTURE * drawing.width * drawing.height
            if unpainted or (wide and paint.place >= stretch.place[1]):
                return True
    return False


def _core(stretch: Stretch, drawing: Drawing) -> Sides:
    """Return where the body of the letters stands on the upright page."""
    sides = stretch.x0, stretch.base - _X_HEIGHT * stretch.face.size, stretch.x1, stretch.base
    turn = (stretch.face.quarter - drawing.quarter) % 4
    return turned(sides, turn, drawing) if turn else sides


def _cut(area: Sides, stretch: Stretch, drawing: Drawing, clip_of: ClipOf) -> bool:
    """Tell whether the page's edge or the text's clip may take something of a stretch."""
    over = _OVER * stretch.face.size
    if area[0] < -over or area[1] < -over or area[2] > drawing.width + over or area[3] > drawing.height + over:
        return True
    place = stretch.place[0]
    return _goes_over(area, clip_of(place, True), over) and _goes_over(area, clip_of(place, False), over)


def _goes_over(area: Sides, left: Sides | None, over: float) -> bool:
    if left is None:
        return False
    x0, top, x1, bottom = area
    return x0 < left[0] - over or top < left[1] - over or x1 > left[2] + over or bottom > left[3] + over


def _on_own_ground(placed: Sequence[tuple[Stretch, Sides]], paints: Sequence[Paint]) -> Iterable[Stretch]:
    """Yield the stretches whose colour may be that of what they stand on."""
    for colour, group in _by_colour(placed).items():
        grounds = [paint for paint in paints if paint.fill is None or _alike(paint.fill, colour)]
        on_paper = _alike(WHITE, colour)
        for stretch, area in group if grounds or on_paper else ():
            if (on_paper or _under(grounds, stretch, area)) and _lost(stretch, area, paints):
                yield stretch


def _by_colour(placed: Iterable[tuple[Stretch, Sides]]) -> dict[int, list[tuple[Stretch, Sides]]]:
    by_colour: dict[int, list[tuple[Stretch, Sides]]] = defaultdict(list)
    for stretch, area in placed:
        by_colour[stretch.face.colour].append((stretch, area))
    return by_colour


def _lost(stretch: Stretch, area: Sides, paints: Sequence[Paint]) -> bool:
    grounds = _under(paints, stretch, area)
    if not grounds:
        return _alike(WHITE, stretch.face.colour)
    return grounds[-1].fill is None or _alike(grounds[-1].fill, stretch.face.colour)


def _under(paints: Sequence[Paint], stretch: Stretch, area: Sides) -> list[Paint]:
    """Return what was painted before a stretch where its middle stands, in order."""
    x, y, place = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2, stretch.place[0]
    return [
        paint
        for paint in paints
        if paint.place < place and paint.x0 <= x <= paint.x1 and paint.top <= y <= paint.bottom
    ]


@lru_cache(4096)
def _alike(one: int, other: int) -> bool:
    return all(abs((one >> shift & 255) - (other >> shift & 255)) <= _ALIKE for shift in (16, 8, 0))


def _covered(placed: Sequence[tuple[Stretch, Sides]], paints: Sequence[Paint]) -> Iterable[Stretch]:
    """Yield the stretches over which something is painted later."""
    if not paints:
        return
    bands: dict[int, list[tuple[Stretch, Sides]]] = defaultdict(list)
    for stretch, area in placed:
        for band in range(int(area[1] // _BAND), int(area[3] // _BAND) + 1):
            bands[band].append((stretch, area))
    for paint in paints:
        for band in range(int(paint.top // _BAND), int(paint.bottom // _BAND) + 1):
            for stretch, area in bands.get(band, ()):
                if stretch.place[0] <= paint.place and _hides(paint, area, _OVER * stretch.face.size):
                    yield stretch


def _hides(paint: Paint, area: Sides, least: float) -> bool:
    wide = min(paint.x1, area[2]) - max(paint.x0, area[0])
    high = min(paint.bottom, area[3]) - max(paint.top, area[1])
    return wide > min(least, area[2] - area[0]) / 2 and high > min(least, area[3] - area[1]) / 2
