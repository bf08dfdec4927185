"""A sheet written by the shorter way is XlsxWriter's own to the byte."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter.worksheet import CellBlankTuple, Worksheet

from extractor.export.tracker_rows import RowSheet

MARKS = ("", " ", "a & b", "<b>", '"quoted"', "a\nb", " before", "behind ", "behind\n", "\tx", "_x0041_", "a\x01b")
SIGNS = ("a\rb", "<r>rich</r>", "\ufffe", "\uffff", "=1+1", "é€😀", "\u00a0x", "\u2028x", "a\x7fb")
LONG = ("x" * 16_001, "x" * 40_000)


def book_with(cells: Sequence[Sequence[Any]], to: Path, kind: type, *, streamed: bool = True) -> bytes:
    """Return a workbook with a sheet of a kind; a number is a number, None a blank, a pair a cell without a look."""
    book = xlsxwriter.Workbook(str(to), {"constant_memory": streamed, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2000, 1, 1)})
    sheet, looks = book.add_worksheet("Rows", kind), [book.add_format({"bold": True}), book.add_format({"border": 1})]
    for r, row in enumerate(cells):
        sheet.set_row(r, 20 + r)
        for c, value in enumerate(row):
            look = looks[(r + c) % 2]
            if isinstance(value, tuple):
                sheet.write_string(r, c, value[0]) if value[0] else sheet.write_blank(r, c, None)
            elif value is None:
                sheet.write_blank(r, c, None, look)
            elif isinstance(value, str):
                sheet.write_string(r, c, value, look)
            else:
                sheet.write_number(r, c, value, look)
    sheet.write_formula(len(cells), 1, '=IF(ISNUMBER(A1),A1-TODAY(),"")', looks[0], "")
    sheet.write_url(len(cells) + 1, 0, "external:a%20b.pdf#page=3", looks[1], "3")
    book.close()
    return to.read_bytes()


PLACE = st.none() | st.integers(0, 99) | st.tuples(st.text(max_size=3))
CELL = PLACE | st.text(max_size=12) | st.sampled_from((*MARKS, *SIGNS))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, max_size=6), max_size=5))
def test_the_bytes_are_those_of_xlsxwriter(tmp_path: Path, cells: list[list[Any]]) -> None:
    own = book_with(cells, tmp_path / "own.xlsx", RowSheet)
    assert own == book_with(cells, tmp_path / "theirs.xlsx", Worksheet)


@pytest.mark.parametrize("streamed", [True, False])
@pytest.mark.filterwarnings("ignore")
def test_odd_words_are_written_as_xlsxwriter_writes_them(tmp_path: Path, streamed: bool) -> None:
    cells = [["plain", "plain", "plain"], *([text, None, f"{text}!"] for text in (*MARKS, *SIGNS, *LONG))]
    own = book_with(cells, tmp_path / "own.xlsx", RowSheet, streamed=streamed)
    assert own == book_with(cells, tmp_path / "theirs.xlsx", Worksheet, streamed=streamed)


def test_a_cell_of_a_row_that_is_gone_and_one_further_right_are_treated_alike(tmp_path: Path) -> None:
    written = []
    for kind in (RowSheet, Worksheet):
        book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"), {"constant_memory": True})
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet, look = book.add_worksheet("Rows", kind), book.add_format({"bold": True})
        answers = [sheet.write_string(*place, "words", look) for place in ((0, 0), (0, 2), (1, 3), (0, 1), (1, 0))]
        answers += [sheet.write_blank(*place, None, look) for place in ((1, 1), (0, 3), (1, 130), (1, 129))]
        book.close()
        written.append((answers, (tmp_path / "x.xlsx").read_bytes()))
    assert written[0] == written[1]


def test_a_row_begun_blank_and_filled_is_one_written_cell_by_cell(tmp_path: Path) -> None:
    written = []
    for kind in (RowSheet, Worksheet):
        book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"), {"constant_memory": True})
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet, looks = book.add_worksheet("Rows", kind), [book.add_format({"indent": n}) for n in (1, 2, 3)]
        for r in (0, 1, 4):
            if kind is RowSheet:
                sheet.begin_row(r, 20.0, [CellBlankTuple(look) for look in looks])
            else:
                sheet.set_row(r, 20.0)
                for c, look in enumerate(looks):
                    sheet.write_blank(r, c, None, look)
            sheet.write_string(r, r % 3, "words", looks[0])
        book.close()
        written.append((tmp_path / "x.xlsx").read_bytes())
    assert written[0] == written[1]
