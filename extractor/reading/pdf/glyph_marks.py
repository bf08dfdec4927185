"""Which punctuation mark a glyph is, by its ink alone: measures are parts of the type size, up from the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

_DISC, _SOLID, _FULL = (0.74, 0.84), 0.93, 0.96  # shares of the rectangle that the ink fills
_HYPHEN, _EN, _EM_DASH = (0.18, 0.34), (0.38, 0.6), (0.78, 1.05)  # breadths
_NARROW = 0.22  # by which a disc of a condensed font is higher than broad
_EVEN, _ALIKE = 0.05, 0.12  # shares of pixels that differ when a glyph is mirrored: a straight mark, a bullet
_HEAVY, _CURL = 0.08, 0.07  # of a quote: the ink its head has more, and the turn of its tail, of the breadth

_DOUBLED = {"’": "”", "‘": "“", "'": '"'}


class Glyph(NamedTuple):
    """The ink of a glyph: rows of pixels from the top, no empty edges; `bottom` and `top` from the baseline."""

    rows: Sequence[Sequence[bool]]
    bottom: float
    top: float
    em: int  # pixels

    @classmethod
    def trimmed(cls, rows: Sequence[Sequence[bool]], base: float, em: int) -> Glyph | None:
        """Return the glyph of rows of which the baseline is `base` parts of the type size down; None without ink."""
        inked = [number for number, row in enumerate(rows) if any(row)]
        columns = [number for number, column in enumerate(zip(*rows, strict=True)) if any(column)]
        if not inked:
            return None
        kept = [row[columns[0] : columns[-1] + 1] for row in rows[inked[0] : inked[-1] + 1]]
        return cls(kept, base - (inked[-1] + 1) / em, base - inked[0] / em, em)

    @property
    def width(self) -> float:
        """Its breadth."""
        return len(self.rows[0]) / self.em

    @property
    def height(self) -> float:
        """Its height."""
        return len(self.rows) / self.em

    @property
    def middle(self) -> float:
        """The height of its middle above the baseline."""
        return (self.bottom + self.top) / 2

    @property
    def fill(self) -> float:
        """The share of its rectangle that is ink."""
        return _share(self.rows)

    def part(self, top: float, bottom: float, left: float = 0.0, right: float = 1.0) -> list[Sequence[bool]]:
        """Return a part of the ink; sides are shares of height and breadth, from the top left."""
        high, wide = len(self.rows), len(self.rows[0])
        rows = self.rows[int(top * high) : max(round(bottom * high), int(top * high) + 1)]
        return [row[int(left * wide) : max(round(right * wide), int(left * wide) + 1)] for row in rows]

    def marks(self) -> list[Glyph]:
        """Return the parts of the glyph that stand side by side."""
        columns = list(zip(*self.rows, strict=True))
        parts = [list(group) for inked, group in groupby(columns, any) if inked]
        found = [Glyph.trimmed(list(zip(*part, strict=True)), self.top, self.em) for part in parts]
        return [mark for mark in found if mark is not None]


def character_of(glyph: Glyph, following: Sequence[str]) -> str | None:
    """Return the character that a glyph certainly is, None where its shape leaves a doubt.

    `following` are the characters after each place where it stands: a pound sign stands before figures.
    """
    marks = glyph.marks()
    if len(marks) == 1:
        return _in_one_piece(glyph, following)
    if len(marks) == 2 and _alike(marks):
        return _double_quote(*marks)
    return "…" if len(marks) == 3 and _alike(marks) and all(map(_is_stop, marks)) else None


def _in_one_piece(glyph: Glyph, following: Sequence[str]) -> str | None:
    found = _dash(glyph) or _round(glyph) or _quote(glyph) or _copyright(glyph)
    if found is None and all(map(str.isdigit, following)) and _is_pound(glyph):
        return "£"
    return found


def _double_quote(first: Glyph, second: Glyph) -> str | None:
    quote = _quote(first)
    return _DOUBLED.get(quote or "") if quote == _quote(second) else None


def _dash(glyph: Glyph) -> str | None:
    if not (glyph.fill >= _SOLID and glyph.height <= 0.16 and 0.17 <= glyph.middle <= 0.42):
        return None
    if glyph.width < 2 * glyph.height:
        return None
    for breadth, character in ((_HYPHEN, "-"), (_EN, "–"), (_EM_DASH, "—")):
        if breadth[0] <= glyph.width <= breadth[1]:
            return character
    return None


def _round(glyph: Glyph) -> str | None:
    """Tell bullets: a disc, a square or a ring of equal sides, with its middle at that of the letters."""
    if not (_is_even(glyph, _NARROW) and 0.2 <= glyph.width <= 0.85 and 0.15 <= glyph.middle <= 0.5):
        return None
    if _DISC[0] <= glyph.fill <= _DISC[1]:
        return "•" if _is_symmetric(glyph) else None
    if not _is_even(glyph):
        return None
    if glyph.fill >= _FULL:
        return "▪" if glyph.width < 0.55 else "■"
    return "◦" if _is_symmetric(glyph) and _is_ring(glyph) else None


def _is_ring(glyph: Glyph) -> bool:
    """Tell whether a glyph has no ink in its middle and its corners, and is no letter o."""
    hollow = _share(glyph.part(0.4, 0.6, 0.4, 0.6)) == 0
    corners = sum(_share(glyph.part(y, y + 0.1, x, x + 0.1)) for x in (0, 0.9) for y in (0, 0.9))
    apart = glyph.bottom > 0.06 and glyph.width <= 0.62  # a letter o stands on the line
    return hollow and not corners and apart


def _quote(glyph: Glyph) -> str | None:
    """Tell raised marks: heavy above with a tail to the left, the same turned round, or straight."""
    raised = glyph.bottom >= 0.33 and 0.58 <= glyph.top <= 0.82
    if not (raised and 0.14 <= glyph.height <= 0.36 and glyph.width < 0.9 * glyph.height):
        return None
    heavy = _share(glyph.part(0, 0.5)) - _share(glyph.part(0.5, 1))
    if heavy > -0.02 and _is_straight(glyph):
        return "'"
    curl = _curl(glyph)
    if heavy > _HEAVY and curl > _CURL:
        return "’"
    return "‘" if heavy < -_HEAVY and curl < -_CURL else None


def _is_straight(glyph: Glyph) -> bool:
    """Tell whether a glyph is a slender bar or wedge whose left and right are alike."""
    slender = glyph.fill >= 0.65 and glyph.width <= 0.6 * glyph.height
    return slender and _unlike(glyph.rows, [row[::-1] for row in glyph.rows]) < _EVEN


def _curl(glyph: Glyph) -> float:
    """Return how much further left the ink turns at the foot than at the head: a slanted bar has no such turn."""
    first, second, third, fourth = (_centre(glyph.part(quarter / 4, (quarter + 1) / 4)) for quarter in range(4))
    return (third - fourth) - (first - second)


def _is_stop(glyph: Glyph) -> bool:
    return _is_even(glyph, 0.25) and glyph.width < 0.2 and glyph.fill > 0.7 and abs(glyph.bottom) < 0.04


def _is_pound(glyph: Glyph) -> bool:
    """Tell a foot of full breadth, a bar at mid height, a hook at the top that opens to the left."""
    level = 0.6 <= glyph.height <= 0.8 and abs(glyph.bottom) <= 0.03
    if not (level and 0.5 <= glyph.width / glyph.height <= 0.9):
        return False
    foot = max(_span(row) for row in glyph.part(0.86, 1))
    bar = max(_share([row]) for row in glyph.part(0.38, 0.62))
    top = _centre(glyph.part(0, 0.1))
    return foot >= 0.8 and bar >= 0.55 and _share(glyph.part(0, 0.08, 0, 0.12)) == 0 and 0.5 < top < 0.8


def _copyright(glyph: Glyph) -> str | None:
    """Tell the letter c in a ring: the same upside down, three strokes across and four down."""
    if not (_is_even(glyph) and 0.6 <= glyph.width <= 0.9 and abs(glyph.bottom) < 0.06):
        return None
    across, down = glyph.rows[len(glyph.rows) // 2], [row[len(row) // 2] for row in glyph.rows]
    strokes = [sum(inked for inked, _ in groupby(line)) for line in (across, down)]
    if any(across[int(0.55 * len(across)) : int(0.8 * len(across))]):  # the letter R closes there
        return None
    return "©" if strokes == [3, 4] and _unlike(glyph.rows, glyph.rows[::-1]) < _ALIKE else None


def _alike(marks: Sequence[Glyph]) -> bool:
    first = marks[0]
    return all(
        max(abs(mark.width - first.width), abs(mark.height - first.height), abs(mark.top - first.top)) < 0.035
        for mark in marks
    )


def _is_even(glyph: Glyph, by: float = 0.12) -> bool:
    return abs(glyph.width - glyph.height) <= max(by * glyph.height, 1.5 / glyph.em)


def _is_symmetric(glyph: Glyph) -> bool:
    """Tell whether the glyph is nearly the same when mirrored either way."""
    return max(_unlike(glyph.rows, [row[::-1] for row in glyph.rows]), _unlike(glyph.rows, glyph.rows[::-1])) < _ALIKE


def _unlike(rows: Sequence[Sequence[bool]], others: Sequence[Sequence[bool]]) -> float:
    """Return the share of pixels in which two glyphs of one size differ."""
    pairs = zip(rows, others, strict=True)
    return _share([[a != b for a, b in zip(row, other, strict=True)] for row, other in pairs])


def _share(rows: Sequence[Sequence[bool]]) -> float:
    return sum(map(sum, rows)) / (sum(map(len, rows)) or 1)


def _centre(rows: Sequence[Sequence[bool]]) -> float:
    """Return where the middle of the ink stands, as a share of the breadth."""
    places = [(number + 0.5) / len(row) for row in rows for number, inked in enumerate(row) if inked]
    return sum(places) / len(places) if places else 0.5


def _span(row: Sequence[bool]) -> float:
    """Return how far apart a row's first and last ink stand, as a share of the breadth."""
    places = [number for number, inked in enumerate(row) if inked]
    return (places[-1] - places[0] + 1) / len(row) if places else 0.0
