"""Lines and panels placed by hand, in points, for tests of one decision; type is 10 point unless said otherwise."""

from __future__ import annotations

from extractor.layout.joints import Joint, OpenBlock
from extractor.layout.page_layout import Layout
from extractor.models import Box, Line, Page, Panel, Run

SIZE = 10.0
PAGE = Page(1, 1000, 1000)


def line(
    text: str = "words of a line", x0: float = 50, top: float = 100, *, x1: float = 400, size: float = SIZE,
    page: int = 1, number: int = 0, bold: bool = False, colour: int = 0, runs: tuple[Run, ...] = (),
) -> Line:  # fmt: skip
    """A line one type size high."""
    return Line(number, text, page, Box(page, x0, top, x1, top + size), "", size, bold, False, colour, None, runs)


def panel(x0: float, top: float, width: float, height: float, fill: int | None = None, border: int | None = 0) -> Panel:
    """A panel by its corner and measure."""
    return Panel(Box(1, x0, top, x0 + width, top + height), fill, border)


def layout(columns: tuple[float, ...] = (50.0,), **placed: dict[int, int]) -> Layout:
    """A layout of two pages with the same columns; `frame_of`, `cell_of` where lines stand in some."""
    return Layout(SIZE, 0, {}, placed.get("frame_of", {}), placed.get("cell_of", {}), dict.fromkeys((1, 2), columns))


def joint(last: Line, following: Line, kind: str = "text", words_x0: float | None = None, **more: object) -> Joint:
    """A block of one line, and the line that may go on with it."""
    where = more.get("layout")
    leading = more.get("leading")
    return Joint(
        OpenBlock(kind, [last], words_x0),
        following,
        where if isinstance(where, Layout) else layout(),
        leading if isinstance(leading, dict) else {},
    )
