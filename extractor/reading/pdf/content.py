"""What one page draws: stretches of text and the lines they make, painted shapes, pictures; measures in points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.models import Run

WHITE = 0xFFFFFF


class Face(NamedTuple):
    """How text is set. `quarter` counts the text's quarter turns, anticlockwise, in the file's own coordinates.

    `invisible` text is in the file but cannot be seen.
    """

    font: str
    size: float
    bold: bool
    italic: bool
    colour: int
    invisible: bool
    tag: str | None
    quarter: int


class Stretch(NamedTuple):
    """Characters drawn one after another, measured on the page turned so that they read upright."""

    text: str
    x0: float
    x1: float
    base: float  # the baseline at the first character, down from the top
    blank: bool  # a space stands before it
    face: Face
    guessed: bool = False  # that space is only a gap, which was taken for one
    place: tuple[int, int] = (0, 0)  # the first and the last of the page's text objects that draw it, from 1


class Shape(NamedTuple):
    """The rectangle around a painted path, on the upright page; `fill` and `edge` are 0xRRGGBB or None."""

    x0: float
    top: float
    x1: float
    bottom: float
    fill: int | None
    edge: int | None
    round: bool = False  # drawn with curves


class Paint(NamedTuple):
    """A filled area or a picture (`fill` is None) on the upright page, which may hide text."""

    place: int  # how many of the page's text objects are drawn before it
    x0: float
    top: float
    x1: float
    bottom: float
    fill: int | None


class Drawing(NamedTuple):
    """One page: its size when upright, its own rotation in quarter turns, and what is drawn on it, in order.

    `from_pictures` counts the characters that are not painted themselves but stand for a picture of text: OCR.
    """

    width: float
    height: float
    quarter: int
    stretches: list[Stretch]
    shapes: list[Shape]
    pictures: list[tuple[float, float, float, float]]
    from_pictures: int = 0
    notes: tuple[str, ...] = ()  # words drawn by annotations, which are among the stretches
    printed: Sequence[tuple[float, float, float, float]] = ()  # pictures that hold lines of print
    undrawn: tuple[str, ...] = ()  # words of annotations that are not
    strokes: tuple[tuple[float, float, float, float], ...] = ()  # annotations that strike text through
    by_shape: str = ""  # the characters that only the shapes of their glyphs told


class SetLine(NamedTuple):
    """A line of type on one page; sides in points from the top left of the upright page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    font: str
    size: float
    bold: bool
    italic: bool
    colour: int
    tag: str | None
    runs: tuple[Run, ...]


class Frame:
    """The map from a file's coordinates to points from the top left, after `quarter` clockwise quarter turns."""

    def __init__(self, left: float, bottom: float, right: float, top: float, quarter: int) -> None:
        across, down = right - left, top - bottom
        self.width, self.height = (down, across) if quarter % 2 else (across, down)
        self.ax, self.bx, self.cx, self.ay, self.by, self.cy = (
            (1, 0, -left, 0, -1, top),
            (0, 1, -bottom, 1, 0, -left),
            (-1, 0, right, 0, 1, -bottom),
            (0, -1, top, -1, 0, right),
        )[quarter]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where the file's point (x, y) stands."""
        return self.ax * x + self.bx * y + self.cx, self.ay * x + self.by * y + self.cy

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return x0, top, x1, bottom of the rectangle with these opposite corners."""
        (u0, v0), (u1, v1) = self.point(x0, y0), self.point(x1, y1)
        return min(u0, u1), min(v0, v1), max(u0, u1), max(v0, v1)


def turned(sides: tuple[float, float, float, float], turn: int, drawing: Drawing) -> tuple[float, float, float, float]:
    """Return x0, top, x1, bottom on the upright page of a rectangle measured on the page turned by `turn` quarters."""
    x0, top, x1, bottom = sides
    width, height = drawing.width, drawing.height
    return (
        sides,
        (top, height - x1, bottom, height - x0),
        (width - x1, height - bottom, width - x0, height - top),
        (width - bottom, x0, width - top, x1),
    )[turn]
