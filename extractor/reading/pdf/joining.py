"""Stretches of text to rows: what is printed on one line, and nothing that only stands on its height.

Stretches join in the order drawn. What stands apart (table cells, columns, anything beyond a ruled edge) stays apart. A
bullet joins its text, whether it is a letter of a symbol font or a painted dot. Text drawn twice to look bold is kept
once and is bold; headings set with wide tracking are put together.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from extractor.reading.pdf.content import WHITE, Drawing, Shape, Stretch

Row = list[Stretch]

_CELL, _MARK = 1.5, 5.0  # gaps, in parts of the type size: to another cell, and from a mark to its text
_SAME_BASE, _REACH = 0.2, 0.6  # differences of baselines, in parts of the type size: level, and still a raised mark
_COPY = 0.15  # of the type size: the shift of text drawn twice
_DOT, _DOT_GAP = 0.75, 2.5  # of the type size: a painted bullet's width and its distance from the text
_RULE = 3.0  # points: a standing shape no wider is a rule
_TRACKED, _WORD_GAP = 4, 0.2  # letters from which tracking is seen; a word's gap beyond the letters', of the type size
_SPACE, _ALIKE = 0.18, 0.05  # of the type size: narrower than a blank; gaps that tracking made alike
_MOST_SHAPES = 2000  # more are a drawing, not rules and bullets
_BLACK = 0  # a picture counts as a filled dot
_STRETCHED = 0.15  # by which the gaps of a justified line may differ

_SYMBOL_FONTS = re.compile(r"symbol|wingding|webding|dingbat|bullets", re.IGNORECASE)
_SYMBOLS = {"\uf0fc": "✓", "\uf0fb": "✗", "\uf0e0": "→", "\uf0e8": "→", "\uf02d": "–", "\uf06f": "◦", "\uf0a1": "◦"}
_FONT_MARKS = {"ü": "✓", "û": "✗", "à": "→", "o": "◦"}  # the same marks where the file maps them to letters
_KEPT_MARKS = frozenset("◦○–—→✓✗")
_MARK_TEXT = re.compile(r"[•◦●○▪■□‣⁃∙·✓✗→➢–—\-*o]|\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]", re.IGNORECASE)
_NOTE_MARK = re.compile(r".{1,4}|[\d\s,;*†‡§–-]{1,12}")
_LONE_MARK = re.compile(_MARK_TEXT.pattern + "|[a-h]", re.IGNORECASE)
_LONGEST_MARK = 6  # (viii)
_BULLETS = frozenset("•◦●○▪■□‣⁃∙·")
_LETTER = 0.45  # of the type size: the usual width of a letter
_FI_CODE, _FI = "\ucf00", "fi"
_SWAPPED = re.compile(
    f"[{''.join(chr(letter << 8) for letter in range(0x41, 0x7B))}{_FI_CODE}]"
)  # bytes of a ligature's map
_CONTROL = re.compile("[\x80-\x9f]")  # Windows letters whose map to Unicode was lost
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_UNUSUAL = re.compile("|".join(pattern.pattern for pattern in (_SWAPPED, _CONTROL, _LIGATURE)))


def set_rows(drawing: Drawing, quarter: int) -> list[Row]:
    """Return the rows of the text that reads upright when the page is turned by `quarter`, in the order drawn."""
    shapes = drawing.shapes if quarter == drawing.quarter and len(drawing.shapes) <= _MOST_SHAPES else []
    rules = [shape for shape in shapes if shape.x1 - shape.x0 <= _RULE]
    rows = _joined((stretch for stretch in drawing.stretches if stretch.face.quarter == quarter), rules)
    rows = _with_justified(_with_marks(rows, rules))
    pictures = [Shape(*sides, _BLACK, None) for sides in drawing.pictures] if shapes is drawing.shapes else []
    _add_dots(rows, [*shapes, *pictures])
    return [_closed_up(row) for row in rows]


# joining -------------------------------------------------------------------------------------------------------------


def _joined(stretches: Iterable[Stretch], rules: Sequence[Shape]) -> list[Row]:
    rows: list[Row] = []
    row: Row = []
    seen: dict[str, tuple[Row, int]] = {}
    for stretch in map(_plain, _unturned(stretches)):
        if _is_copy(stretch, seen):
            continue
        if not (row and _continues(row, stretch) and not _ruled_off(row[-1], stretch, rules)):
            row = []
            rows.append(row)
        seen[stretch.text] = row, len(row)
        row.append(stretch)
    return rows


def _unturned(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Part stretches that end left of where they begin: a list's text with its bullet drawn after it."""
    for stretch in stretches:
        text = stretch.text.rstrip() if stretch.x1 < stretch.x0 else ""
        if len(text) < 2 or text[-1] not in _BULLETS:
            yield stretch
            continue
        size, words = stretch.face.size, text[:-1].rstrip()
        yield stretch._replace(text=words, x1=stretch.x0 + _LETTER * size * len(words))
        yield stretch._replace(text=text[-1], x0=stretch.x1 - _LETTER * size, blank=False)


def _plain(stretch: Stretch) -> Stretch:
    """Replace symbol-font characters and ligatures by what they stand for."""
    text = stretch.text
    if len(text) > 2 and (text.isascii() or not (_UNUSUAL.search(text) or len(text.strip()) == 1)):
        return stretch
    text = _spelt_out(_remapped(text), stretch.face.font)
    return stretch if text == stretch.text else stretch._replace(text=text)


def _remapped(text: str) -> str:
    """Return the letters that were meant where a font's map to Unicode has its bytes swapped or is lost."""
    text = _SWAPPED.sub(lambda found: _FI if found[0] == _FI_CODE else chr(ord(found[0]) >> 8), text)
    return _CONTROL.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "ignore"), text)


def _spelt_out(text: str, font: str) -> str:
    """Return ligatures letter by letter, and a lone character of a symbol font or of no known meaning as its sign."""
    if _LIGATURE.search(text):
        return _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)
    mark = text.strip()
    if len(mark) != 1:
        return text
    if _SYMBOL_FONTS.search(font):
        return _FONT_MARKS.get(mark) or _SYMBOLS.get(mark) or (mark if mark in _KEPT_MARKS else "•")
    return _SYMBOLS.get(mark, "•") if _PRIVATE.match(mark) else text


def _is_copy(stretch: Stretch, seen: dict[str, tuple[Row, int]]) -> bool:
    """Tell whether the same text was drawn at nearly the same place before; if so, mark that as bold."""
    if stretch.text not in seen:
        return False
    row, index = seen[stretch.text]
    first, near = row[index], _COPY * stretch.face.size
    if abs(first.x0 - stretch.x0) > near or abs(first.base - stretch.base) > near:
        return False
    row[index] = first._replace(face=first.face._replace(bold=True))
    return True


def _continues(row: Row, stretch: Stretch) -> bool:
    """Tell whether a stretch goes on in the row: level with it or raised, and not a cell's distance away."""
    last, size = row[-1], stretch.face.size
    big = max(size, last.face.size)
    drop = abs(stretch.base - last.base)
    if drop > _REACH * big or stretch.x0 <= last.x0:
        return False
    if drop > _SAME_BASE * min(size, last.face.size) and not (is_note_mark(stretch.text) or is_note_mark(last.text)):
        return False
    gap = stretch.x0 - last.x1
    return gap < _CELL * big or (gap < _MARK * big and len(row) == 1 and is_mark(last.text))


def is_note_mark(text: str) -> bool:
    """Tell whether the text could be a footnote mark, if it stood raised."""
    return _NOTE_MARK.fullmatch(text.strip()) is not None


def is_mark(text: str) -> bool:
    """Tell whether the text is a bullet or an item's number, without its item."""
    return _MARK_TEXT.fullmatch(text.strip()) is not None


def _ruled_off(last: Stretch, stretch: Stretch, rules: Sequence[Shape]) -> bool:
    """Tell whether a standing rule, the edge of a cell, parts two stretches."""
    if not rules or stretch.x0 - last.x1 < 0.25 * stretch.face.size:
        return False
    height = stretch.base - 0.3 * stretch.face.size
    return any(last.x1 <= rule.x1 and rule.x0 <= stretch.x0 and rule.top <= height <= rule.bottom for rule in rules)


def _with_justified(rows: list[Row]) -> list[Row]:
    """Join the words of a justified line that stand a cell's distance apart."""
    result: list[Row] = []
    index = 0
    while index < len(rows):
        end = index + 1
        while end < len(rows) and _beside(rows[end - 1], rows[end]):
            end += 1
        group = rows[index:end]
        if len(group) > 1 and _is_justified(group, rows[max(index - 1, 0) : index] + rows[end : end + 1]):
            group = [[stretch for row in group for stretch in row]]
        result += group
        index = end
    return result


def _beside(row: Row, other: Row) -> bool:
    last, first = row[-1], other[0]
    return first.x0 > last.x1 and abs(first.base - last.base) < 0.1 * first.face.size and first.face == last.face


def _with_marks(rows: list[Row], rules: Sequence[Shape]) -> list[Row]:
    """Put bullets that were drawn apart from their text (all together, after the list) in front of it."""
    marks = [row for row in rows if len(row) == 1 and _is_lone_mark(row[0].text.strip())]
    placed: set[int] = set()
    for mark in marks:
        nearest = _nearest_text(mark, rows, placed)
        if nearest is not None and not _ruled_off(mark[0], nearest[0], rules):
            nearest.insert(0, mark[0])
            placed.add(id(mark))
    return [row for row in rows if id(row) not in placed] if placed else rows


def _is_lone_mark(text: str) -> bool:
    return len(text) <= _LONGEST_MARK and _LONE_MARK.fullmatch(text) is not None


def _nearest_text(mark: Row, rows: Sequence[Row], placed: Container[int]) -> Row | None:
    """Return the first row right of a mark, at its height; none of those in `placed`, which stand in another row."""
    texts = [row for row in rows if row is not mark and id(row) not in placed and _stands_before(mark[0], row[0])]
    return min(texts, key=lambda row: row[0].x0, default=None)


def _stands_before(mark: Stretch, text: Stretch) -> bool:
    level = abs(mark.base - text.base) < 1
    return level and text.x0 > mark.x0 and text.x0 - mark.x1 < _MARK * max(mark.face.size, text.face.size)


def _is_justified(words: Sequence[Row], neighbours: Sequence[Row]) -> bool:
    """Tell whether single words stand evenly over the width of the whole line above or below them."""
    if any(" " in stretch.text.strip() for row in words for stretch in row):
        return False
    if any(stretch.blank for row in words for stretch in row[1:]):
        return False
    gaps = [other[0].x0 - row[-1].x1 for row, other in pairwise(words)]
    if max(gaps) > (1 + _STRETCHED) * min(gaps) + 1:
        return False
    left, right, size = words[0][0].x0, words[-1][-1].x1, words[0][0].face.size
    near = 0.5 * size
    return any(
        abs(row[0].x0 - left) < 2 * near
        and abs(row[-1].x1 - right) < near
        and abs(row[0].base - words[0][0].base) < 2.5 * size
        for row in neighbours
    )


# painted bullets -----------------------------------------------------------------------------------------------------


def _add_dots(rows: list[Row], shapes: Sequence[Shape]) -> None:
    """Put a bullet before rows that have a painted dot on their left, as browsers draw them, or a picture of one."""
    dots = [shape for shape in shapes if 1.0 < shape.x1 - shape.x0 < 8.0 and _is_square(shape)]
    for dot in dots:
        for row in rows:
            if _marks(dot, row[0]):
                text = "◦" if dot.fill in (None, WHITE) else "•"
                row.insert(0, Stretch(text, dot.x0, dot.x1, row[0].base, False, row[0].face))
                break


def _is_square(shape: Shape) -> bool:
    return abs((shape.x1 - shape.x0) - (shape.bottom - shape.top)) < 0.6


def _marks(dot: Shape, first: Stretch) -> bool:
    size = first.face.size
    height = first.base - (dot.top + dot.bottom) / 2
    return (
        0 < first.x0 - dot.x1 < _DOT_GAP * size
        and 0.1 * size < height < 0.6 * size
        and dot.x1 - dot.x0 < _DOT * size
        and not is_mark(first.text)
    )


# wide tracking -------------------------------------------------------------------------------------------------------


def _closed_up(row: Row) -> Row:
    """Put a row together that is set letter by letter, with wide tracking or with blanks typed between the letters."""
    if len(row) >= _TRACKED:
        letters = sum(len(stretch.text.strip()) == 1 for stretch in row)
        if letters >= _TRACKED and letters > 0.7 * len(row) and any(stretch.text.isalpha() for stretch in row):
            return _tracked(row)
    if _is_torn(row):
        words = "".join(stretch.text for stretch in row)
        return [row[0]._replace(text=words, x1=row[-1].x1)]
    return row


def _is_torn(row: Row) -> bool:
    """Tell whether tracking tore words apart: all gaps are alike and narrower than any blank, yet taken for blanks."""
    if len(row) < 3 or any(stretch.face != row[0].face for stretch in row):
        return False
    size = row[0].face.size
    gaps = [(other.x0 - one.x1) / size for one, other in pairwise(row)]
    return all(stretch.guessed for stretch in row[1:]) and max(gaps) < _SPACE and max(gaps) - min(gaps) < _ALIKE


def _tracked(row: Row) -> Row:
    """Return the row's words: a gap wider than those between the letters parts two of them."""
    gaps = [other.x0 - one.x1 for one, other in pairwise(row)]
    wide = median(gaps) + _WORD_GAP * row[0].face.size
    words: list[Row] = [[row[0]]]
    for gap, stretch in zip(gaps, row[1:], strict=True):
        if gap > wide or stretch.face != words[-1][-1].face:
            words.append([])
        words[-1].append(stretch)
    return [
        word[0]._replace(text="".join(letter.text.strip() for letter in word), x1=word[-1].x1, blank=True)
        for word in words
    ]
