"""A sheet of a million cells: words and blanks go to the file as XlsxWriter writes them, by a shorter way.

XlsxWriter asks the same of every cell: whether its place is told as `A1`, whether it is within the sheet, whether any
of eight kinds of mark must be written otherwise. Here a row is asked once, and words without such marks are written as
they are. Whatever is not plain goes XlsxWriter's own way, so the bytes are the same.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellBlankTuple, CellStringTuple, Worksheet

_MARKS = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x")  # what XML or Excel writes otherwise
_LONG = 16_000  # characters; longer words are measured against Excel's limit

_letters = cache(xl_col_to_name)


class RowSheet(Worksheet):  # type: ignore[misc]
    """A sheet written row by row, each from its first cell on."""

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

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        plain = self._plain(cell) if cell.format is not None and self.constant_memory else None
        if plain is None:
            super()._write_cell(row, col, cell)
        else:
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"{plain}')

    @staticmethod
    def _plain(cell: Any) -> str | None:
        """Return the end of what is written for a blank or plain words; None for any other cell."""
        kind = type(cell)
        if kind is CellBlankTuple:
            return "/>"
        if kind is CellStringTuple and not _MARKS.search(cell.string) and cell.string.strip() == cell.string:
            return f' t="inlineStr"><is><t>{cell.string}</t></is></c>'
        return None

    def _prepare_formula(self, formula: str, *_: object) -> str:
        """Return a formula as the file holds it; those of the tracker use no function that Excel 2007 did not have."""
        return formula.removeprefix("=")
