"""Small bar charts as SVG, one colour, each value written at its bar.

The chart repeats what the table beside it says, so a screen reader is told so in one sentence and goes on to the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_WIDTH, _HEIGHT, _FOOT, _HEAD = 264, 120, 18, 16
_INK, _BAR = "#0b0c0c", "#1d70b8"  # contrast to white: 19.5 and 5.2 to 1


@dataclass(frozen=True, slots=True)
class Bars:
    """One chart: labels and whole numbers; None where there was nothing to count."""

    title: str
    labels: tuple[str, ...]
    values: tuple[int | None, ...]


def bar_chart(bars: Bars, top: int, number: int) -> Markup:
    """Return a chart of which the tallest possible bar stands for `top`; `number` makes its id unlike any other's."""
    step = _WIDTH / max(len(bars.labels), 1)
    body = _HEIGHT - _FOOT - _HEAD
    parts = [_bar(bars, at, step, body, top) for at in range(len(bars.labels))]
    said = f"Bar chart: {bars.title}. The figures are in the table that follows."
    floor = _HEIGHT - _FOOT
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
    title = f'<title id="chart-{number}">{escape(said)}</title>'
    line = f'<line x1="0" y1="{floor}" x2="{_WIDTH}" y2="{floor}" stroke="{_INK}" stroke-width="1"/>'
    return Markup(f'<svg role="img" aria-labelledby="chart-{number}" {size}>{title}{"".join(parts)}{line}</svg>')


def _bar(bars: Bars, at: int, step: float, body: int, top: int) -> str:
    value, x = bars.values[at], at * step
    floor = _HEIGHT - _FOOT
    height = body * (value or 0) / max(top, 1)
    figure = _words("–" if value is None else str(value), x + step / 2, floor - height - 4, 12)
    place = f'x="{x + step * 0.18:.1f}" y="{floor - height:.1f}" width="{step * 0.64:.1f}" height="{height:.1f}"'
    bar = f'<rect {place} fill="{_BAR}"/>' if value else ""
    return bar + figure + _words(bars.labels[at], x + step / 2, _HEIGHT - 4, 11)


def _words(words: str, x: float, y: float, size: int) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="middle"'
    return f'<text {place} fill="{_INK}">{escape(words)}</text>'


def top_of(charts: Sequence[Bars]) -> int:
    """Return the value that the tallest bar of several charts stands for, so that they share one scale."""
    return max((value for bars in charts for value in bars.values if value is not None), default=1)
