"""A sheet of a million cells: words and blanks go to the file as XlsxWriter writes them, by a shorter way.

XlsxWriter asks the same of every cell: whether its place is told as `A1`, whether it is within the sheet, whether any
of eight kinds of mark must be written otherwise. Here a row is asked once, words without such marks are written as they
are, and a row goes to the file at once. Whatever is not plain goes XlsxWriter's own way, so the bytes are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from io import StringIO
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellBlankTuple, CellStringTuple, Worksheet

_MARKS = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x")  # what XML or Excel writes otherwise
_LONG = 16_000  # characters; longer words are measured against Excel's limit

_letters = cache(xl_col_to_name)


class RowSheet(Worksheet):  # type: ignore[misc]
    """A sheet written row by row, each from its first cell on."""

    fh: Any  # where XlsxWriter writes to

    def begin_row(self, row: int, height: float, blanks: Sequence[CellBlankTuple]) -> None:
        """Begin a row of a height in points: blank cells, into which words may then be written."""
        self.set_row(row, height)
        for col in (0, len(blanks) - 1):
            self.write_blank(row, col, None, blanks[col].format)
        self.table[row].update(enumerate(blanks))

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        """Write words into a cell."""
        if self._has_begun(row, col) and len(string) < _LONG:
            self.table[row][col] = CellStringTuple(string, cell_format)
            return 0
        return int(super().write_string(row, col, string, cell_format))

    def write_blank(self, row: int, col: int, blank: Any, cell_format: Any = None) -> int:
        """Write a cell that holds nothing but its look."""
        if self._has_begun(row, col) and cell_format is not None:
            self.table[row][col] = CellBlankTuple(cell_format)
            return 0
        return int(super().write_blank(row, col, blank, cell_format))

    def _has_begun(self, row: int, col: int) -> bool:
        """Whether the row before is written already, and the sheet known to be as wide as that."""
        widest = self.dim_colmax
        return row == self.previous_row and widest is not None and col <= widest and bool(self.constant_memory)

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """Write the cells of a row into memory, and from there into the file at once."""
        file, self.fh = self.fh, StringIO()
        super()._write_single_row(current_row_num)
        row, self.fh = self.fh.getvalue(), file
        file.write(row)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        look, kind = cell.format, type(cell)
        if look is None or not self.constant_memory:
            super()._write_cell(row, col, cell)
        elif kind is CellBlankTuple:
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" s="{look._get_xf_index()}"/>')
        elif kind is CellStringTuple and _is_plain(words := cell.string):
            start = f'<c r="{_letters(col)}{row + 1}" s="{look._get_xf_index()}" t="inlineStr">'
            self.fh.write(f"{start}<is><t>{words}</t></is></c>")
        else:
            super()._write_cell(row, col, cell)

    def _prepare_formula(self, formula: str, *_: object) -> str:
        """Return a formula as the file holds it; those of the tracker use no function that Excel 2007 did not have."""
        return formula.removeprefix("=")


def _is_plain(words: str) -> bool:
    return _MARKS.search(words) is None and words.strip() == words
