"""From lines to blocks: headings, paragraphs and bullets in reading order, joined across lines and pages.

A block's text is what is printed, with white space folded, bullet marks and footnote marks left out and words broken at
a line end joined again. Every character of it belongs to a printed line (`Block.pieces`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.layout.regions import Layout
from extractor.models import Box, Line, Printed

_BULLET = re.compile(
    r"^\s*([•▪■●◦○‣⁃∙·➢►\uf0b7\uf0a7\uf0d8]|[–—-](?=\s)|o(?=\s)|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)](?=\s)|[a-z](?=\s[A-Z][a-z]))\s*"
)
_LONE_MARK = re.compile(r"[•▪■●◦○‣–—-]|[a-z]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]")
_OUTER, _INNER = "•▪■●‣∙·➢►\uf0b7\uf0a7\uf0d8", "o◦○–—-⁃"
_CLOSED = re.compile(r"[.?!:;][’”'\")\]]*$")
_FOOTNOTE_MARK = re.compile(r"^\s*[\[(]?(\d{1,3}|[*†‡§]+|[a-z])[\])]?(\s*,\s*\d{1,3})*\s*$")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'‑][^\W\d_]+)*")
_HYPHENS = ("-", "\u00ad", "‐")
_WIDEST_HANG = 60  # points between a bullet mark and its words
_STEM = 3  # letters of the second part that show a word of the same family
_LOOK_BACK = 6  # blocks: a table cell's next line may follow the lines of the cells beside it


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, bullet or table cell."""

    number: int
    kind: str  # text | bullet | furniture | note
    text: str
    lines: tuple[Line, ...]
    pieces: tuple[tuple[int, int, int], ...]  # start, end (characters of text), line number
    strong: tuple[tuple[int, int], ...] = ()  # stretches set in bold
    depth: int = 0  # bullets: 1 for the outer list, 2 for a list in it
    box: int | None = None
    flags: tuple[str, ...] = ()

    @property
    def page_first(self) -> int | None:
        return self.lines[0].page

    @property
    def page_last(self) -> int | None:
        return self.lines[-1].page

    @property
    def look(self) -> tuple[float, bool, int]:
        return _look(self.lines[0])

    @property
    def all_bold(self) -> bool:
        return bool(self.strong) and sum(end - start for start, end in self.strong) >= 0.95 * len(self.text)

    def boxes(self, start: int = 0, end: int | None = None) -> tuple[Box, ...]:
        """The boxes of the lines that hold characters `start` to `end`."""
        end = len(self.text) if end is None else end
        wanted = {number for first, last, number in self.pieces if first < end and last > start}
        return tuple(line.box for line in self.lines if line.number in wanted and line.box)


@dataclass(frozen=True, slots=True)
class Text:
    """The blocks of one document in reading order; furniture and notes stand where they were printed."""

    blocks: tuple[Block, ...]
    layout: Layout
    medium: str

    reading: tuple[Block, ...] = field(init=False, repr=False)  # all but furniture and footnotes

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "reading", tuple(block for block in self.blocks if block.kind not in ("furniture", "note"))
        )


@dataclass(slots=True)
class _Open:
    """A block that lines are still being added to."""

    kind: str
    lines: list[Line] = field(default_factory=list)
    text_x: float | None = None  # where its words begin, right of a bullet mark, once known
    mark: str = ""


def to_text(
    printed: Printed,
    layout: Layout,
    compounds: Iterable[str] = (),
    heads: Callable[[str], bool] = lambda _: False,
    labels: Callable[[str], bool] = lambda _: False,
) -> Text:
    """Put the lines of a document together to blocks.

    `compounds` are first parts of words that are written with a hyphen. A line for which `heads` is true (the heading
    of an item) is a block of its own, however close the lines stand; one for which `labels` is true begins a block.
    """
    pitch = _pitches(printed.lines, layout)
    opened: list[_Open] = []
    recent: deque[_Open] = deque(maxlen=_LOOK_BACK)  # the last blocks of the reading text, newest first
    for line in printed.lines:
        mark = layout.marks.get(line.number)
        if mark:
            opened.append(_Open(mark, [line]))
            continue
        home = _beside_mark(line, recent) or _home_of(line, recent, layout, pitch, printed.medium)
        begins = line.text[:1].isupper() and (heads(line.text) or labels(line.text))
        if home and (begins or (len(home.lines) == 1 and _heads(home.lines[0], heads))):
            home = None
        if home:
            home.lines.append(line)
        else:
            bullet = _bullet_of(line, layout) or _lone_mark(line, printed.lines)
            opened.append(_Open("bullet" if bullet else "text", [line], _text_start(line, bullet), bullet))
            recent.appendleft(opened[-1])
    hyphens = _Hyphens(printed.lines, frozenset(compounds))
    depths = _depths(opened)
    return Text(
        tuple(
            _close(number, block, depth, layout, hyphens)
            for number, (block, depth) in enumerate(zip(opened, depths, strict=True))
        ),
        layout,
        printed.medium,
    )


# which block a line goes on with --------------------------------------------------------------------------------------


def _look(line: Line) -> tuple[float, bool, int]:
    return round(line.size * 2) / 2, line.bold, line.colour


def _bullet_of(line: Line, layout: Layout) -> str:
    """The bullet mark a line begins with; figures and letters are none in the large type of headings."""
    found = _BULLET.match(line.text)
    if not found or len(line.text) <= found.end():
        return ""
    mark = found.group(1)
    return "" if mark[-1] in ".)" and line.size > 1.08 * layout.body_size else mark


def _heads(line: Line, heads: Callable[[str], bool]) -> bool:
    """A line that is a heading by its words; in small letters it is the end of a sentence."""
    return not line.text[:1].islower() and heads(line.text)


def _lone_mark(line: Line, lines: Sequence[Line]) -> str:
    """The mark of an item whose words stand in a table cell of their own, to the right."""
    following = lines[line.number + 1 : line.number + 2]
    found = _LONE_MARK.fullmatch(line.text.strip())
    return line.text.strip() if found and following and _stands_beside(line, following[0]) else ""


def _stands_beside(mark: Line, line: Line) -> bool:
    if not mark.box or not line.box or mark.page != line.page:
        return False
    level = abs(mark.box.top - line.box.top) < 0.5 * line.size
    return level and 0 < line.box.x0 - mark.box.x1 < _WIDEST_HANG and len(line.text.split()) > 2


def _beside_mark(line: Line, recent: Sequence[_Open]) -> _Open | None:
    """The bullet that has its mark only, where this line stands beside the mark."""
    last = recent[0] if recent else None
    waits = (
        last is not None and last.kind == "bullet" and last.mark == last.lines[0].text.strip() and len(last.lines) == 1
    )
    return last if waits and last and _stands_beside(last.lines[0], line) else None


def _text_start(line: Line, mark: str) -> float | None:
    """The left edge of the words after a bullet mark, where the mark is a run of its own."""
    seen = ""
    for run in line.runs if mark else ():
        if seen.strip() and run.text.strip():
            return run.x0 if _BULLET.sub("", f"{seen} x", count=1) == "x" else None
        seen += run.text
    return None


def _pitches(lines: Sequence[Line], layout: Layout) -> dict[float, float]:
    """The usual distance from line to line, for each type size."""
    steps: dict[float, Counter[float]] = {}
    for above, below in pairwise(lines):
        if above.box and below.box and above.page == below.page and _look(above)[0] == _look(below)[0]:
            step = round((below.box.top - above.box.top) * 2) / 2
            if 0.9 * above.size < step < 2.2 * above.size and above.number not in layout.marks:
                steps.setdefault(_look(above)[0], Counter())[step] += 1
    return {
        size: min(step for step, n in count.items() if n >= 0.25 * max(count.values())) for size, count in steps.items()
    }


def _home_of(
    line: Line, recent: Sequence[_Open], layout: Layout, pitch: dict[float, float], medium: str
) -> _Open | None:
    """The block this line continues, or None when it begins a new one."""
    if medium == "web" or not line.box:
        return None
    mark = _bullet_of(line, layout)
    if mark and mark in _OUTER:
        return None
    for place, block in enumerate(recent):
        if mark and (place or _CLOSED.search(block.lines[-1].text.rstrip())):
            return None  # a dash or a figure may also stand at the beginning of a line by chance
        last = block.lines[-1]
        if not last.box:
            continue
        if last.page == line.page and line.box.top > last.box.top + 1:
            if _follows(block, line, layout, pitch):
                return block
            if place == 0 and _overlaps(last.box, line.box):
                return None  # it stands below the last block and is not part of it
        elif place == 0 and _turns(block, line, layout):
            return block
    return None


def _overlaps(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _same_style(block: _Open, line: Line) -> bool:
    """Same size, and the same weight unless the weight changes inside a line (a bold lead, then plain words)."""
    last = block.lines[-1]
    if _look(last)[0] != _look(line)[0] and not (abs(last.size - line.size) < 0.8 and last.bold == line.bold):
        return False
    if last.bold == line.bold:
        return last.colour == line.colour or not line.bold
    return _mixed(last) or (_mixed(line) and bool(line.runs) and line.runs[0].bold == last.bold)


def _mixed(line: Line) -> bool:
    weights = {run.bold for run in line.runs if run.text.strip() and not run.raised}
    return len(weights) > 1


def _follows(block: _Open, line: Line, layout: Layout, pitch: dict[float, float]) -> bool:
    """Is this line the next line of that block, on the same page?"""
    last = block.lines[-1]
    if not last.box or not line.box or not _same_style(block, line):
        return False
    if layout.box_of.get(last.number) != layout.box_of.get(line.number) or layout.cell_of.get(
        last.number
    ) != layout.cell_of.get(line.number):
        return False
    usual = pitch.get(_look(line)[0], 1.45 * line.size)
    step = line.box.top - last.box.top
    if step > 1.2 * usual + 0.8 or step > 2.4 * line.size:
        return False
    return _aligned(block, line)


def _aligned(block: _Open, line: Line) -> bool:
    assert line.box and block.lines[0].box
    first, last = block.lines[0].box, block.lines[-1].box
    if block.kind == "bullet":
        return _hangs(block, line.box.x0)
    left = abs(line.box.x0 - (last.x0 if last else first.x0)) < 4
    indented_first = len(block.lines) == 1 and -45 < line.box.x0 - first.x0 < 0
    centred = last is not None and abs((line.box.x0 + line.box.x1) - (last.x0 + last.x1)) < 8
    right = last is not None and abs(line.box.x1 - last.x1) < 2
    return left or indented_first or centred or right


def _hangs(block: _Open, x0: float, shift: float = 0.0) -> bool:
    """Does a line that begins at `x0` go on with a bullet, whose later lines hang right of its mark?"""
    first = block.lines[0].box
    if first is None:
        return False
    if len(block.lines) > 1 and block.lines[1].box:
        offset = 0.0 if block.lines[1].page == block.lines[0].page else shift
        return abs(x0 - shift - (block.lines[1].box.x0 - offset)) < 4
    if block.text_x is not None:
        return abs(x0 - shift - block.text_x) < 6
    return 3 < x0 - shift - first.x0 < _WIDEST_HANG


def _turns(block: _Open, line: Line, layout: Layout) -> bool:
    """Does that block go on at the top of the next page or column with this line?"""
    last, first = block.lines[-1], block.lines[0].box
    if not last.box or not line.box or not first or not _same_style(block, line):
        return False
    if (layout.box_of.get(last.number) is None) != (layout.box_of.get(line.number) is None):
        return False
    if last.page == line.page and (line.box.top > last.box.top - 3 * line.size or line.number in layout.cell_of):
        return False  # beside it, not at the top of the next column
    shift = layout.column_edge(line.box) - layout.column_edge(first)  # margins may be mirrored, columns stand apart
    closed = bool(_CLOSED.search(last.text.rstrip()))
    if block.kind == "bullet":
        prose = closed and line.box.x0 - layout.column_edge(line.box) < 6
        return _hangs(block, line.box.x0, shift) and not prose
    moved = line.box.x0 - last.box.x0
    return not closed and min(abs(moved), abs(moved - shift)) < 8 and abs(last.size - line.size) < 0.6


def first_x0(block: _Open) -> float:
    """The left edge of a block's first line."""
    box = block.lines[0].box
    return box.x0 if box else 0.0


# closing a block -----------------------------------------------------------------------------------------------------


def _depths(opened: Sequence[_Open]) -> list[int]:
    """How deep each bullet is nested: by its mark and its indent against the list it stands in."""
    depths: list[int] = []
    outer: tuple[float, str] | None = None
    for block in opened:
        if block.kind in ("furniture", "note"):
            depths.append(0)
            continue
        if block.kind != "bullet":
            outer = None
            depths.append(0)
            continue
        here = (first_x0(block), block.mark)
        if outer is None:
            outer = here
        deeper = (here[0] > outer[0] + 6 and block.lines[0].page is not None) or _level(here[1]) > _level(outer[1])
        depths.append(2 if deeper else 1)
        if not deeper:
            outer = here
    return depths


def _level(mark: str) -> int:
    return 2 if mark in _INNER else 1


def _close(number: int, block: _Open, depth: int, layout: Layout, hyphens: _Hyphens) -> Block:
    if block.kind in ("furniture", "note"):
        line = block.lines[0]
        words = _fold(line.text)
        return Block(number, block.kind, words, (line,), ((0, len(words), line.number),))
    text, pieces, strong, flags = _join(block, hyphens)
    box = layout.box_of.get(block.lines[0].number)
    return Block(number, block.kind, text, tuple(block.lines), pieces, strong, depth, box, flags)


def _fold(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


_Stretches = tuple[tuple[int, int], ...]


def _join(block: _Open, hyphens: _Hyphens) -> tuple[str, tuple[tuple[int, int, int], ...], _Stretches, tuple[str, ...]]:
    """The block's text, which line each stretch of it is from, what is bold, and what is uncertain."""
    text = ""
    pieces: list[tuple[int, int, int]] = []
    strong: list[tuple[int, int]] = []
    flags: set[str] = set()
    for place, line in enumerate(block.lines):
        words, bold = _printed_words(line, strip_mark=place == 0 and block.kind == "bullet")
        if place == 0 and words == block.mark:
            words, bold = "", ()
        if text and words:
            text, sure = _before(text, words, hyphens)
            pieces[-1] = (pieces[-1][0], min(pieces[-1][1], len(text)), pieces[-1][2])
            flags.update(() if sure else ("hyphen_uncertain",))
        start = len(text)
        text += words
        pieces.append((start, len(text), line.number))
        strong += [(start + first, start + last) for first, last in bold]
    return text, tuple(pieces), _closed_up(strong, text), tuple(flags)


def _before(text: str, words: str, hyphens: _Hyphens) -> tuple[str, bool]:
    """The text as it stands before the words of the next line: with a blank, or with its hyphen settled."""
    if text[-1] in "-\u00ad‐":
        keep, sure = hyphens.keep(text[-40:], words)
        return (text if keep else text[:-1]), sure
    if text[-1] in "/–—" and text[-2:-1] not in (" ", "") and words[0].isalnum():
        return text, True
    return text + " ", True


def _printed_words(line: Line, *, strip_mark: bool) -> tuple[str, _Stretches]:
    """One line's words, white space folded, without footnote marks, and its bold stretches.

    A soft hyphen stays at the end of the line only, where it divides a word.
    """
    parts: list[tuple[str, bool]] = [
        (run.text, run.bold) for run in line.runs if not (run.raised and _FOOTNOTE_MARK.match(run.text))
    ]
    words = ""
    bold: list[tuple[int, int]] = []
    for text, weight in parts or [(line.text, line.bold)]:
        start = len(words)
        gap = " " if words and words[-1] != " " and text[:1].isspace() else ""
        words += gap + " ".join(text.split()) + (" " if text.strip() and text[-1].isspace() else "")
        if weight and words[start:].strip():
            bold.append((start, len(words)))
    if "\u00ad" in words or "  " in words:
        return _slow_words(words, bold, strip_mark)
    ended = words.rstrip()
    lead = len(ended) - len(_BULLET.sub("", ended, count=1)) if strip_mark else 0
    ended = ended[lead:]
    return ended, tuple((max(first - lead, 0), min(last - lead, len(ended))) for first, last in bold if last > lead)


def _slow_words(words: str, bold: Sequence[tuple[int, int]], strip_mark: bool) -> tuple[str, _Stretches]:
    """The same, letter by letter, for lines with soft hyphens in them."""
    ended = words.rstrip()
    lead = len(ended) - len(_BULLET.sub("", ended, count=1)) if strip_mark else 0
    kept = [
        place
        for place in range(lead, len(ended))
        if (ended[place] != "\u00ad" or place == len(ended) - 1) and ended[place : place + 2] != "  "
    ]
    text = "".join(ended[place] for place in kept)
    spans = ((bisect_left(kept, first), bisect_left(kept, last)) for first, last in bold)
    return text, tuple((first, last) for first, last in spans if last > first)


def _closed_up(strong: Sequence[tuple[int, int]], text: str) -> _Stretches:
    """Join bold stretches with nothing but a blank between them."""
    found: list[tuple[int, int]] = []
    for first, last in strong:
        last = min(last, len(text))
        if found and not text[found[-1][1] : first].strip():
            found[-1] = (found[-1][0], last)
        elif first < last:
            found.append((first, last))
    return tuple(found)


class _Hyphens:
    """Decides whether a hyphen at a line end belongs to the word, by how the document writes it elsewhere."""

    def __init__(self, lines: Sequence[Line], compounds: frozenset[str]) -> None:
        self._compounds = compounds
        self._words = Counter(_WORD.findall("\n".join(line.text for line in lines).lower()))
        self._splits: list[tuple[str, str]] = []
        previous = None
        for line in lines:
            ends = line.text.rstrip().endswith(_HYPHENS)
            if not previous and not ends:
                continue
            found = _WORD.findall(line.text.lower())
            if previous and found:
                self._splits.append((previous, found[0]))
                self._words[found.pop(0)] -= 1
            previous = found.pop() if ends and found else None
            if previous:
                self._words[previous] -= 1
        self._words = +self._words
        joined = sum(self._words[left + right] > self._words[f"{left}-{right}"] for left, right in self._splits)
        kept = sum(self._words[f"{left}-{right}"] > self._words[left + right] for left, right in self._splits)
        self._hyphenated = joined > kept  # the document breaks words at line ends
        self._sorted = sorted(self._words)
        self._drawn_only = not any("‐" in line.text.rstrip().rstrip("‐") for line in lines)  # never inside a line

    def keep(self, left: str, right: str) -> tuple[bool, bool]:
        """Return (keep the hyphen, sure of it) for a line that ends `left` and goes on `right`."""
        if left.endswith("\u00ad") or (left.endswith("‐") and self._drawn_only):
            return False, True
        before, after = re.search(r"((?:[^\W\d_]|[-’'])+)[-‐]$", left), _WORD.match(right)
        if not before or not after or not right[0].islower():
            return True, True
        head, tail = before.group(1).lower(), after.group(0).lower()
        as_one, as_two = self._words[head + tail], self._words[f"{head}-{tail}"]
        if as_one != as_two:
            return as_two > as_one, True
        if not self._hyphenated:
            return True, True
        alike_one, alike_two = self._begins(head + tail[:_STEM]), self._begins(f"{head}-{tail[:_STEM]}")
        if alike_one != alike_two:
            return alike_two, False
        return head in self._compounds or "-" in head, False

    def _begins(self, stem: str) -> bool:
        """Does any word of the document begin with `stem`?"""
        place = bisect_left(self._sorted, stem)
        return place < len(self._sorted) and self._sorted[place].startswith(stem)
