"""How a report is set: page, type, marks of lists, frames, running lines; drawn from a number apart from its words."""

from __future__ import annotations

import random
from dataclasses import dataclass

PAGES = {"A4": (595.3, 841.9), "Letter": (612.0, 792.0), "B5": (498.9, 708.7), "A4 landscape": (841.9, 595.3)}
BULLETS = ("•", "•", "■", "▪", "–", "o", "●", "◦", "\uf0b7", "\uf0a7", "picture")
FRAMES = ("cell", "border", "shade", "bar", "head row")
COLOURS = ("1F3864", "005A70", "4F2D7F", "7A1F2B", "000000", "333333")
TINTS = ("DDE6EE", "E8F3EC", "F2F2F2", "FBE9D9", "EDE7F3", "D9D9D9")
FONTS = ("Liberation Sans", "Liberation Serif", "DejaVu Sans", "DejaVu Serif", "Liberation Sans Narrow")


@dataclass(frozen=True, slots=True)
class Style:
    """Measures in points."""

    page: tuple[float, float]
    margin: float
    font: str
    heading_font: str
    size: float
    leading: float  # share of the size
    colour: str
    tint: str
    bullet: str
    frame: str
    justified: bool
    hyphenated: bool
    running: str  # "none" | "head" | "foot" | "chapter"
    numbered: str  # "none" | "{n}" | "Page {n}" | "{n} | {words}"
    tagged: bool
    centred: bool  # grades in the middle of their bar
    ruled: bool  # tables with lines
    kept: bool  # items are kept on one page where they fit
    gap: float = 6.0  # between paragraphs


def style(seed: int) -> Style:
    """Return the style of this number."""
    rng = random.Random(f"style {seed}")
    font = rng.choices(FONTS, (5, 3, 2, 2, 1))[0]
    justified = rng.random() < 0.25
    return Style(
        page=PAGES[rng.choices(tuple(PAGES), (12, 2, 2, 1))[0]],
        margin=rng.uniform(42, 84),
        font=font,
        heading_font=font if rng.random() < 0.7 else rng.choice(FONTS[:4]),
        size=rng.choice((9, 9.5, 10, 10.5, 11, 11, 12, 12.5)),
        leading=rng.uniform(1.18, 1.5),
        colour=rng.choice(COLOURS),
        tint=rng.choice(TINTS),
        bullet=rng.choice(BULLETS),
        frame=rng.choice(FRAMES),
        justified=justified,
        hyphenated=justified and rng.random() < 0.6,
        running=rng.choice(("none", "head", "foot", "chapter", "foot")),
        numbered=rng.choice(("none", "{n}", "{n}", "Page {n}", "{n} | {words}")),
        tagged=rng.random() < 0.5,
        centred=rng.random() < 0.4,
        ruled=rng.random() < 0.6,
        kept=rng.random() < 0.3,
        gap=rng.uniform(4, 9),
    )
