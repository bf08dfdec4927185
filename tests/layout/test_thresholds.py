"""Every threshold has a case on either side of it: moved by a fifth (a count by one), some case comes out otherwise.

Each case measures two arrangements, one just within the threshold and one just outside; the right answers are written
beside them. Type is 10 point and the page 1000 points square, so that distances can be read off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import replace

import pytest
from set_by_hand import PAGE, SIZE, joint, layout, line, panel

from extractor.layout import thresholds
from extractor.layout.asides import lies_across, runs_sideways
from extractor.layout.block_text import printed_words
from extractor.layout.blocks import Block, to_text
from extractor.layout.body_type import plain_weight
from extractor.layout.bullets import ListPlace, bullet_of, depths, stands_beside
from extractor.layout.columns import column_edges
from extractor.layout.footnotes import footnotes
from extractor.layout.frames import framed_lines, goes_on, holds, is_frame, merged
from extractor.layout.joints import (
    Joint,
    OpenBlock,
    aligned,
    keeps_margin,
    line_full,
    needed_a_new_line,
    not_beside,
    same_style,
    sentence_open,
    within_leading,
)
from extractor.layout.leading import least_common, usual_leading
from extractor.layout.page_layout import lay_out
from extractor.layout.rectangles import mostly_inside, stacked
from extractor.layout.running_heads import at_the_edges, is_display, running_heads, text_area
from extractor.layout.thresholds import Threshold
from extractor.layout.wording import Wording
from extractor.models import Box, Line, Panel, Printed, Run

THRESHOLDS = {name: value for name, value in vars(thresholds).items() if isinstance(value, Threshold)}
COUNTED = ("lines", "pages", "blocks")
Measure = Callable[[float], Hashable]
CASES: dict[str, tuple[Measure, tuple[float, ...], tuple[Hashable, ...]]] = {}  # measure, arrangements, right answers


def case(within: tuple[float, ...], *right: Hashable) -> Callable[[Measure], Measure]:
    """Register a case under its function's name."""

    def register(measure: Measure) -> Measure:
        CASES[measure.__name__] = (measure, within, right)
        return measure

    return register


# type ----------------------------------------------------------------------------------------------------------------


@case((10, 11.3), "1.", "")
def larger(size: float) -> Hashable:
    return bullet_of(line("1. The plan", size=size), SIZE)


@case((9, 10), 1, 0)
def footnote_size(size: float) -> Hashable:
    return len(footnotes([line("1 National standard.", size=size)], SIZE))


@case((8, 10), 5, 0)
def chapter_head(size: float) -> Hashable:
    pages = {page: [line(f"{'ABCDE'[page - 1]} chapter", top=40, size=size, page=page, number=page), *_text(page)]
             for page in range(1, 6)}  # fmt: skip
    return len(running_heads(pages, dict.fromkeys(pages, 1000), SIZE, Wording()))


@case((9, 10), 300, 50)
def text_area_type(size: float) -> Hashable:
    return text_area({1: [line(top=50, size=size), line(top=300)]}, set(), SIZE)[0]


@case((11, 14), False, True)
def display(size: float) -> Hashable:
    return is_display(line(size=size), SIZE, 0, 10)


@case((75, 90), True, False)
def all_bold(letters: float) -> Hashable:
    bold, light = line("b" * int(letters), bold=True), line("l" * (100 - int(letters)))
    return plain_weight(Printed("a.pdf", "", "pdf", (bold, light))).lines[0].bold


@case((80, 98), False, True)
def bold_block(letters: float) -> Hashable:
    return Block(0, "text", "w" * 100, (line(),), (), ((0, int(letters)),)).all_bold


@case((10.6, 10.8), True, False)
def same_size(size: float) -> Hashable:
    return same_style(joint(line(), line(size=size)))


@case((14, 16), "T he force", "The force")
def drop_cap(size: float) -> Hashable:
    runs = Run("T ", 50, 60, size), Run("he force", 60, 100, SIZE)
    return printed_words(line("T he force", runs=runs), strip_bullet=False)[0]


# running heads and feet ----------------------------------------------------------------------------------------------


def _text(page: int) -> list[Line]:
    own = "abcdefghijklmnopqrstuvwxyz"[page]
    return [line(f"Text {own}, line {n}", top=top, page=page, number=1000 + 2 * page + n)
            for n, top in enumerate((52, 64))]  # fmt: skip


def _headed(pages: int, on: int, **how: float) -> int:
    """How many lines of a document are running heads, when the same words stand on some of its pages."""
    first = int(how.pop("text_above", 0))
    document = {}
    for page in range(1, pages + 1):
        head = [line("Same words", page=page, number=page, **how)] if page <= on else []  # type: ignore[arg-type]
        above = [line(f"First {'abcdefghijklmnopqrstuvwxyz'[page]}", top=28, page=page, number=500 + page)] * first
        document[page] = [*above, *head, *_text(page)]
    return len(running_heads(document, dict.fromkeys(document, 1000.0), SIZE, Wording()))


@case((110, 130), 1, 0)
def edge(bottom: float) -> Hashable:
    return len([found for found in at_the_edges([line(top=bottom - SIZE)], {1: 1000}) if found.where == "top"])


@case((7, 9), 0, 9)
def often(on: float) -> Hashable:
    return _headed(20, int(on), top=40, text_above=1)


@case((11, 13), True, False)
def most(on: float) -> Hashable:
    return is_display(line(size=20), SIZE, int(on), 20)


@case((6,), 4)
def edge_lines(lines: float) -> Hashable:
    band = [line(top=10 + n) for n in range(int(lines))]
    return len([found for found in at_the_edges(band, {1: 1000}) if found.where == "top"])


@case((2, 3), 0, 3)
def repeats(on: float) -> Hashable:
    return _headed(20, int(on), top=40, size=9)


def test_few_pages_need_as_many_repeats() -> None:
    assert (_headed(5, 2, top=40, text_above=1), _headed(5, 3, top=40, text_above=1)) == (0, 3)


@case((3, 4), 0, 4)
def one_height(on: float) -> Hashable:
    pages = {
        page: [*([line(f"Chapter {'abcdefg'[page]}", top=20, size=8, page=page, number=page)] * (page <= on)),
               *_text(page)]
        for page in range(1, 7)
    }  # fmt: skip
    return len(running_heads(pages, dict.fromkeys(pages, 1000.0), SIZE, Wording()))


@case((18, 22), 0, 5)
def clear(below: float) -> Hashable:
    pages = {}
    for page, own in enumerate("abcde", 1):
        text = line(f"Text {own}", top=950 - below, page=page, number=10 * page)
        pages[page] = [text, line(f"Foot {own}", top=950, page=page, number=page)]
    return len(running_heads(pages, dict.fromkeys(pages, 1000.0), SIZE, Wording()))


# asides --------------------------------------------------------------------------------------------------------------


@case((27, 33), False, True)
def sideways(height: float) -> Hashable:
    return runs_sideways(replace(line("A side title"), box=Box(1, 20, 100, 30, 100 + height)))


@case((2.6, 3.5), False, True)
def overprint(covered: float) -> Hashable:
    """A large word that covers a line wholly, and another by so much."""
    text = [Box(1, 50, 100, 400, 110), Box(1, 50, 120, 400, 130)]
    return lies_across(replace(line("DRAFT", size=30), box=Box(1, 60, 90, 300, 120 + covered)), text, SIZE)


# columns -------------------------------------------------------------------------------------------------------------


def _columns(*edges: tuple[float, int]) -> tuple[float, ...]:
    lines = [line(x0=x0, number=n) for x0, count in edges for n in range(count)]
    return column_edges(lines, {}, SIZE)[1]


@case((100, 120), (50,), (50, 170))
def column(apart: float) -> Hashable:
    return _columns((50, 9), (50 + apart, 9))


@case((5, 6), (50,), (50, 300))
def column_lines(lines: float) -> Hashable:
    return _columns((50, 9), (300, int(lines)))


@case((2,), (50,))
def edge_of_text(stray: float) -> Hashable:
    return _columns((40, int(stray)), (50, 3))


@case((2.4, 3.1), 200, 50)
def in_column(left: float) -> Hashable:
    return layout((50, 200)).column_edge(Box(1, 200 - left, 0, 300, 10))


# frames --------------------------------------------------------------------------------------------------------------


def _merged(gap: float, shades: tuple[int, int]) -> int:
    boxes = Box(1, 50, 0, 500, 100), Box(1, 50, 100 + gap, 500, 200)
    return len(merged([(box, (shade, None)) for box, shade in zip(boxes, shades, strict=True)], SIZE))


@case((2.1, 2.7), 1, 2)
def touching(gap: float) -> Hashable:
    return _merged(gap, (1, 2))


@case((13, 16), 1, 2)
def blank_line(gap: float) -> Hashable:
    return _merged(gap, (1, 1))


@case((750, 950), True, False)
def page_sized(height: float) -> Hashable:
    return is_frame(panel(0, 0, 1000, height), PAGE, SIZE)


@case((450, 550), True, False)
def narrow(width: float) -> Hashable:
    return goes_on(Box(1, 0, 500, width, 600), Box(2, 300, 100, 300 + width, 200), 1000, SIZE)


@case((40, 32), True, False)
def frame_width(width: float) -> Hashable:
    return is_frame(panel(0, 0, width, 100), PAGE, SIZE)


@case((8, 6.5), True, False)
def frame_height(height: float) -> Hashable:
    return is_frame(panel(0, 0, 200, height), PAGE, SIZE)


@case((1.6, 1.2), True, False)
def rule(height: float) -> Hashable:
    return is_frame(panel(0, 0, 200, height, fill=1), PAGE, SIZE)


@case((100, 80), True, False)
def strip(width: float) -> Hashable:
    return is_frame(panel(0, 0, width, 3, fill=1), PAGE, SIZE)


@case((10, 12), True, False)
def bar(width: float) -> Hashable:
    return is_frame(panel(0, 0, width, 50), PAGE, SIZE)


@case((10, 8), True, False)
def bar_height(height: float) -> Hashable:
    return is_frame(panel(0, 0, 5, height), PAGE, SIZE)


@case((32, 40), 1, 0)
def beside_bar(gap: float) -> Hashable:
    printed = Printed("a.pdf", "", "pdf", (line(x0=55 + gap, top=110),), (PAGE,), (panel(50, 100, 5, 40),))
    return len(framed_lines(printed, {}, SIZE)[1])


@case((80, 95), False, True)
def inside(share: float) -> Hashable:
    return mostly_inside(Box(1, 0, 0, 100, 10), Box(1, 100 - share, 0, 300, 100))


@case((75, 95), False, True)
def stacked_sides(share: float) -> Hashable:
    return stacked(Box(1, 0, 0, 100, 10), Box(1, 100 - share, 20, 200 - share, 30))


@case((10, 12), True, False)
def frame_goes_on(wider: float) -> Hashable:
    return goes_on(Box(1, 100, 500, 160, 600), Box(2, 600, 100, 660 + wider, 200), 1000, SIZE)


@case((32, 40), True, False)
def mirrored(moved: float) -> Hashable:
    return goes_on(Box(1, 50, 500, 255, 600), Box(2, 50 + moved, 100, 255 + moved, 200), 400, SIZE)


@case((2.4, 3.1), True, False)
def overhang(outside: float) -> Hashable:
    return holds(Box(1, 50, 90, 500, 200), line(x0=50 - outside))


# paragraphs ----------------------------------------------------------------------------------------------------------


@case((16, 19), True, False)
def leading(step: float) -> Hashable:
    return within_leading(joint(line(), line(top=100 + step)))


@case((9.5, 8), 9.5, None)
def least_leading(step: float) -> Hashable:
    return usual_leading([line(), line(top=100 + step, number=1)], {}).get(SIZE)


@case((20, 24), 20, None)
def most_leading(step: float) -> Hashable:
    return usual_leading([line(), line(top=100 + step, number=1)], {}).get(SIZE)


@case((27, 22), 12, 14)
def usual(often_enough: float) -> Hashable:
    return least_common(Counter({14.0: 100, 12.0: int(often_enough)}))


@case((13, 16), True, False)
def loose(step: float) -> Hashable:
    return within_leading(joint(line(), line(top=100 + step), leading={SIZE: 12.0}))


@case((22, 26), True, False)
def loosest(step: float) -> Hashable:
    return within_leading(joint(line(), line(top=100 + step), leading={SIZE: 30.0}))


@case((3.2, 4.0), True, False)
def left_edge(moved: float) -> Hashable:
    return aligned(joint(line(), line(x0=50 + moved, x1=250)))


@case((36, 44), True, False)
def indent(moved: float) -> Hashable:
    return aligned(joint(line(x0=100), line(x0=100 - moved, x1=250)))


@case((3.2, 4.0), True, False)
def centred(middle: float) -> Hashable:
    return aligned(joint(line(x0=100, x1=400), line(x0=150 + middle, x1=350 + middle)))


@case((1.6, 2.0), True, False)
def flush_right(moved: float) -> Hashable:
    return aligned(joint(line(x0=100, x1=400), line(x0=250, x1=400 + moved)))


@case((29, 31), True, False)
def room(left: float) -> Hashable:
    above, below = line("It has few people.", number=1, x1=400 - left), line("It plans to ask for", number=2, x1=200)
    placed = replace(layout(), right_of={1: 400.0, 2: 400.0})
    return needed_a_new_line(joint(above, below, layout=placed))


@case((50, 60), True, False)
def hang(right: float) -> Hashable:
    return aligned(joint(line("• words"), line(x0=50 + right), "bullet"))


@case((3.0, 2.4), True, False)
def least_hang(right: float) -> Hashable:
    return aligned(joint(line("• words"), line(x0=50 + right), "bullet"))


@case((4.5, 5.5), True, False)
def hanging(right: float) -> Hashable:
    return aligned(joint(line("• words"), line(x0=70 + right), "bullet", 70.0))


@case((4.5, 5.5), True, False)
def level(lower: float) -> Hashable:
    return stands_beside(line("•", x1=55), line("words of an item", x0=70, top=100 + lower))


@case((6.5, 8), True, False)
def margin_moved(moved: float) -> Hashable:
    return keeps_margin(joint(line(), line(x0=50 + moved, page=2)))


@case((5, 6), False, True)
def at_margin(moved: float) -> Hashable:
    return sentence_open(joint(line("• It ends."), line(x0=50 + moved, page=2), "bullet"))


@case((0.45, 0.55), False, True)
def half_empty(share: float) -> Hashable:
    block = OpenBlock("text", [line(x1=450), line(top=112, x1=50 + 400 * share)], None)
    return line_full(Joint(block, line("Another", page=2), layout()))


@case((27, 33), False, True)
def column_top(higher: float) -> Hashable:
    return not_beside(joint(line(top=500), line(x0=400, top=500 - higher)))


@case((5, 6), (1, 1), (1, 2))
def deeper(right: float) -> Hashable:
    return tuple(depths([ListPlace(50, "•", SIZE), ListPlace(50 + right, "•", SIZE)]))


@case((6, 7), 6, 8)
def look_back(cells: float) -> Hashable:
    """A row of cells of which the first has a second line: as many blocks as cells, or one more."""
    row = [line(f"Cell {n}", x0=50 + 60 * n, top=300, x1=90 + 60 * n, number=n) for n in range(int(cells))]
    printed = Printed("a.pdf", "", "pdf", (*row, line("goes on", top=312, x1=90, number=int(cells))), (PAGE,))
    return len(to_text(printed, lay_out(printed)).blocks)


# the tests -----------------------------------------------------------------------------------------------------------


def _answers(name: str) -> tuple[Hashable, ...]:
    measure, arrangements, _ = CASES[name]
    return tuple(measure(arrangement) for arrangement in arrangements)


@pytest.mark.parametrize("name", CASES)
def test_threshold_parts_what_is_within_from_what_is_outside(name: str) -> None:
    assert _answers(name) == CASES[name][2]


@pytest.mark.parametrize("direction", [-1, 1], ids=["lower", "higher"])
@pytest.mark.parametrize("name", THRESHOLDS)
def test_moved_threshold_is_noticed(name: str, direction: int, monkeypatch: pytest.MonkeyPatch) -> None:
    threshold = THRESHOLDS[name]
    moved = threshold + direction if threshold.unit in COUNTED else threshold * (1 + 0.2 * direction)
    monkeypatch.setattr(thresholds, name, moved)
    assert _answers(threshold.witness) != CASES[threshold.witness][2]


@pytest.mark.parametrize("name", THRESHOLDS)
def test_threshold_says_what_it_is(name: str) -> None:
    threshold = THRESHOLDS[name]
    assert threshold.unit and threshold.why and threshold.witness in CASES


def test_enlarged_document_has_the_same_blocks() -> None:
    def enlarged(one: Line, times: float) -> Line:
        assert one.box
        box = Box(one.box.page, *(times * x for x in (one.box.x0, one.box.top, one.box.x1, one.box.bottom)))
        return replace(one, box=box, size=times * one.size)

    lines = [line(f"• item {n // 2}" if n % 2 == 0 else "goes on", x0=50 + 20 * (n % 2), top=100 + 12 * n, number=n)
             for n in range(8)]  # fmt: skip
    boxed = Panel(Box(1, 45, 90, 500, 150), 1)
    texts = []
    for times in (1.0, 3.0):
        frame = replace(boxed, box=Box(1, 45 * times, 90 * times, 500 * times, 150 * times))
        page = replace(PAGE, width=1000 * times, height=1000 * times)
        printed = Printed("a.pdf", "", "pdf", tuple(enlarged(one, times) for one in lines), (page,), (frame,))
        text = to_text(printed, lay_out(printed))
        texts.append([(block.text, block.kind, block.frame) for block in text.blocks])
    assert texts[0] == texts[1] and len(texts[0]) == 4
