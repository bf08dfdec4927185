"""Bullets: the signs that open a list's items, where their words begin, and how deep a list is nested."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.layout import thresholds
from extractor.models import Line

_BULLET = re.compile(
    r"^\s*([•▪■●◦○‣⁃∙·➢►\uf0b7\uf0a7\uf0d8]|[–—-](?=\s)|o(?=\s)|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)](?=\s)|[a-z](?=\s[A-Z][a-z]))\s*"
)
_LONE_BULLET = re.compile(r"[•▪■●◦○‣–—-]|[a-z]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]")
_OUTER, _INNER = "•▪■●‣∙·➢►\uf0b7\uf0a7\uf0d8", "o◦○–—-⁃"


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a bullet stands: the left edge of its sign in points, and the sign."""

    x0: float
    bullet: str
    size: float


def bullet_of(line: Line, body_size: float) -> str:
    """Return the bullet a line begins with; figures and letters are none in the large type of headings."""
    opening = _BULLET.match(line.text)
    if not opening or len(line.text) <= opening.end():
        return ""
    bullet = opening.group(1)
    return "" if bullet[-1] in ".)" and line.size > thresholds.LARGER * body_size else bullet


def without_bullet(text: str) -> str:
    """Return the words of a line after its bullet."""
    return _BULLET.sub("", text, count=1)


def is_outer(bullet: str) -> bool:
    """Say whether a bullet can only open an item; a dash or a figure may also begin a line by chance."""
    return bool(bullet) and bullet in _OUTER


def lone_bullet(line: Line, following: Line | None) -> str:
    """Return the bullet of an item whose words stand in a table cell of their own, to the right."""
    words = line.text.strip()
    alone = _LONE_BULLET.fullmatch(words) and following is not None and stands_beside(line, following)
    return words if alone else ""


def stands_beside(bullet: Line, line: Line) -> bool:
    """Say whether a line's words stand right of a bullet, on its level."""
    if not bullet.box or not line.box or bullet.page != line.page:
        return False
    level = abs(bullet.box.top - line.box.top) < thresholds.LEVEL * line.size
    near = 0 < line.box.x0 - bullet.box.x1 < thresholds.HANG * line.size
    return level and near and len(line.text.split()) > 2


def hangs(x0: float, bullet_x0: float, size: float) -> bool:
    """Say whether words that begin at `x0` hang right of a bullet as its later lines do; in points."""
    return thresholds.LEAST_HANG * size < x0 - bullet_x0 < thresholds.HANG * size


def words_begin(line: Line, bullet: str) -> float | None:
    """Return the left edge of the words after a bullet, where the bullet is a run of its own."""
    seen = ""
    for run in line.runs if bullet else ():
        if seen.strip() and run.text.strip():
            return run.x0 if without_bullet(f"{seen} x") == "x" else None
        seen += run.text
    return None


def depths(places: Iterable[ListPlace | None]) -> Sequence[int]:
    """Return how deep each block's bullet is nested: 0 for None (no bullet), 1 for the outer list, 2 for one in it."""
    levels: list[int] = []
    outer: ListPlace | None = None
    for here in places:
        if here is None:
            outer = None
            levels.append(0)
            continue
        deeper = outer is not None and _is_deeper(here, outer)
        levels.append(2 if deeper else 1)
        outer = outer if deeper else here
    return levels


def _is_deeper(here: ListPlace, outer: ListPlace) -> bool:
    indented = here.x0 - outer.x0 > thresholds.DEEPER * here.size
    return indented or (here.bullet in _INNER and outer.bullet not in _INNER)
