"""Every number of geometry and type in one place, each with its unit, its reason and the test case that needs it.

A measure is a share of a type size or of the page, never points: the same report printed on other paper, or enlarged,
is read alike. Use them as numbers: `line.size > thresholds.LARGER * body_size`.
"""

from __future__ import annotations

from typing import Self


class Threshold(float):
    """A number with a unit and a reason; `witness` names its case in `tests/layout/test_thresholds.py`."""

    unit: str
    why: str
    witness: str

    def __new__(cls, value: float, unit: str, why: str, witness: str) -> Self:
        """Make the number and keep what is said of it."""
        made = super().__new__(cls, value)
        made.unit, made.why, made.witness = unit, why, witness
        return made


# type ----------------------------------------------------------------------------------------------------------------

LARGER = Threshold(
    1.08, "× body type", "a sub-heading in 12 point over text in 11 is larger, rounding is not", "larger"
)
SMALLER = Threshold(0.93, "× body type", "footnotes of 10 point under text of 11; 10.5 is text", "footnote_size")
RUNNING_HEAD_SIZE = Threshold(
    0.9, "× body type", "running heads that change with the chapter are smaller", "chapter_head"
)
BODY_OR_LARGER = Threshold(
    0.95, "× body type", "a line that shows where the text of a page begins and ends", "text_area_type"
)
DISPLAY = Threshold(1.25, "× body type", "large type is a heading, however often it repeats", "display")
NEARLY_ALL_BOLD = Threshold(
    0.85, "share of letters", "a file with more bold than this has lost its weights", "all_bold"
)
ALL_OF_A_BLOCK = Threshold(0.95, "share of letters", "a bold block may end in a light full stop", "bold_block")
SAME_SIZE = Threshold(0.07, "× type size", "one paragraph set by two fonts differs by a rounding", "same_size")

DROP_CAP = Threshold(1.5, "× type size", "a first letter over two lines is at least so large", "drop_cap")

# running heads and feet ----------------------------------------------------------------------------------------------

EDGE = Threshold(0.12, "× page height", "running heads and feet stand in these bands of the page", "edge")
OFTEN = Threshold(0.4, "share of pages", "words at the edge of so many pages are no text", "often")
MOST = Threshold(0.6, "share of pages", "even large type on so many pages is a running head", "most")
EDGE_LINES = Threshold(4, "lines", "a running head has at most so many lines", "edge_lines")
REPEATS = Threshold(3, "pages", "words at the edge that come less often are no running head", "repeats")
ONE_HEIGHT = Threshold(4, "pages", "small lines at one height on so many pages are running heads", "one_height")

CLEAR = Threshold(2, "× type size", "a running foot stands off from the text by more than a line", "clear")

# asides --------------------------------------------------------------------------------------------------------------

SIDEWAYS = Threshold(3, "× type size", "words that run up the page are higher than a line or two", "sideways")
OVERPRINT = Threshold(0.3, "share of a line's height", "a watermark covers lines, a heading only touches", "overprint")

# columns -------------------------------------------------------------------------------------------------------------

COLUMN = Threshold(11, "× body type", "the left edges of two columns are further apart than any indent", "column")
COLUMN_LINES = Threshold(5, "lines", "more lines than this begin at the edge of a column", "column_lines")
EDGE_OF_TEXT = Threshold(2, "lines", "more lines than this begin at the left edge of a page's text", "edge_of_text")
IN_COLUMN = Threshold(0.27, "× body type", "a line that begins so little left of a column stands in it", "in_column")

# frames --------------------------------------------------------------------------------------------------------------

TOUCHING = Threshold(0.24, "× body type", "panels this near are parts of one frame", "touching")
BLANK_LINE = Threshold(
    1.45, "× body type", "panels of one colour with a blank line between are one frame", "blank_line"
)
PAGE_SIZED = Threshold(0.85, "× page area", "a background of the whole page frames nothing", "page_sized")
NARROW = Threshold(0.5, "× page width", "a frame this narrow may go on in another column", "narrow")
FRAME_WIDTH = Threshold(3.6, "× body type", "a narrower panel is an icon or a bar", "frame_width")
FRAME_HEIGHT = Threshold(0.73, "× body type", "a lower panel holds no line of text", "frame_height")
RULE = Threshold(0.14, "× body type", "a thinner strip is a line, a thicker one shading between paragraphs", "rule")
STRIP = Threshold(9, "× body type", "shading between two paragraphs is a wide strip", "strip")
BAR = Threshold(1.1, "× body type", "a narrower panel is a bar beside paragraphs", "bar")
BAR_HEIGHT = Threshold(0.9, "× body type", "a bar is at least a line high", "bar_height")
BESIDE_BAR = Threshold(3.6, "× body type", "the text that a bar marks begins so near to it", "beside_bar")
INSIDE = Threshold(0.9, "share of area", "an edge is drawn a little beside its shading", "inside")
STACKED = Threshold(0.85, "share of width", "panels with nearly the same sides stand on one another", "stacked_sides")
FRAME_GOES_ON = Threshold(1.1, "× body type", "a frame is as wide on the next page, but for rounding", "frame_goes_on")
MIRRORED = Threshold(3.6, "× body type", "inner and outer margins differ by no more", "mirrored")
OVERHANG = Threshold(0.27, "× body type", "words may begin this far outside the frame they stand in", "overhang")

# paragraphs ----------------------------------------------------------------------------------------------------------

LEADING = Threshold(1.45, "× type size", "the usual step from line to line where a document shows none", "leading")
LEAST_LEADING = Threshold(0.9, "× type size", "a smaller step is no line of its own", "least_leading")
MOST_LEADING = Threshold(2.2, "× type size", "a larger step is a gap, not a line spacing", "most_leading")
USUAL = Threshold(0.25, "share of the commonest step", "a step this common is the paragraph's own", "usual")
LOOSE = Threshold(1.23, "× usual step", "a paragraph's lines are no further apart", "loose")
LOOSEST = Threshold(2.4, "× type size", "nor ever further than this", "loosest")
ALIGNED = Threshold(0.36, "× type size", "lines of one paragraph begin at one edge", "left_edge")
INDENT = Threshold(4, "× type size", "a first line may be indented by this", "indent")
CENTRED = Threshold(0.36, "× type size", "lines of a centred heading have one middle", "centred")
FLUSH_RIGHT = Threshold(0.18, "× type size", "lines set to the right end at one edge", "flush_right")
ROOM = Threshold(1.5, "× type size", "a word with so much room to spare would not have begun a new line", "room")
HANG = Threshold(5.5, "× type size", "the furthest that words stand from their bullet", "hang")
LEAST_HANG = Threshold(0.27, "× type size", "words hang at least this far right of the bullet", "least_hang")
HANGING = Threshold(0.5, "× type size", "later lines begin where the words after the bullet do", "hanging")
LEVEL = Threshold(0.5, "× type size", "a bullet and its words stand on one level", "level")
MARGIN_MOVED = Threshold(0.73, "× type size", "a paragraph goes on overleaf at its margin", "margin_moved")
HALF_EMPTY = Threshold(0.5, "share of the measure", "a line that leaves more empty ends a paragraph", "half_empty")
AT_MARGIN = Threshold(0.55, "× type size", "prose begins at the edge of its column, a bullet does not", "at_margin")
COLUMN_TOP = Threshold(3, "× type size", "the next column begins higher than this above the last line", "column_top")
DEEPER = Threshold(0.55, "× type size", "a nested list is indented by more", "deeper")
LOOK_BACK = Threshold(6, "blocks", "a cell's next line may follow the lines of the cells beside it", "look_back")
