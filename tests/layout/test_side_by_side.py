"""A concern and its recommendations beside each other are read one after the other; other tables row by row."""

from __future__ import annotations

from set_by_hand import line

from extractor.layout.side_by_side import split_sides
from extractor.layout.wording import Start, Wording

WORDING = Wording(starts_own_block=lambda words: Start.ALONE if words in ("Concern", "Asked") else Start.NO)
ROWS = [("Concern", "Asked"), ("It is so", "The force should"), ("and so.", "act.")]


def lines(rows: list[tuple[str, str]], frame: bool = True) -> tuple[list[str], dict[int, int]]:
    """The words in the order in which they are read, and the new frames."""
    placed = [
        line(words, x0=50 + 200 * side, x1=150 + 200 * side, top=100 + 12 * row, number=10 + 2 * row + side)
        for row, cells in enumerate(rows)
        for side, words in enumerate(cells)
    ]
    sides = split_sides(placed, {one.number: 1 for one in placed} if frame else {}, WORDING)
    ordered = sorted(placed, key=lambda one: sides.place_of.get(one.number, one.number))
    return [one.text for one in ordered], sides.frame_of


def test_sides_are_read_one_after_the_other() -> None:
    words, frames = lines(ROWS)
    assert words == ["Concern", "It is so", "and so.", "Asked", "The force should", "act."]
    assert frames == {11: 2, 13: 2, 15: 2}


def test_lines_above_the_headings_stay_where_they_are() -> None:
    words, frames = lines([("Above", "them"), *ROWS])
    assert words[:2] == ["Above", "them"] and 11 not in frames


def test_table_with_one_heading_is_read_row_by_row() -> None:
    rows = [("Concern", "Number"), *ROWS[1:]]
    assert lines(rows) == ([words for row in rows for words in row], {})


def test_headings_outside_a_frame_are_left_alone() -> None:
    assert lines(ROWS, frame=False)[1] == {}
