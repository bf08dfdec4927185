"""Damage to a file that the program wrote is never read in silence."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractor.errors import DamagedStore
from extractor.models import Line, Printed
from extractor.tables import lines_cache, seal
from extractor.tables.read import read_rows, read_table
from extractor.tables.schemas import SCHEMAS
from extractor.tables.write import encode, write_rows

ROW = dict.fromkeys(SCHEMAS["findings"].names) | {
    "finding_id": "r/afi/1",
    "report_id": "r",
    "text": "The force should.",
}


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_no_flipped_bit_of_a_table_changes_what_is_read(tmp_path: Path) -> None:
    data = encode("findings", [ROW])
    (tmp_path / "findings").mkdir()
    for bit in random.Random(1).sample(range(8 * len(data)), 300):
        (tmp_path / "findings" / "r.parquet").write_bytes(flipped(data, bit))
        try:
            rows = read_rows("findings", tmp_path)
        except DamagedStore as error:
            assert "r.parquet" in str(error) and "peel extract" in str(error)
        else:  # only the mark of the seal itself was hit
            assert rows == [ROW]


@pytest.mark.slow
def test_no_flipped_bit_at_all_changes_what_is_read() -> None:
    data = encode("findings", [ROW])
    silent = [bit for bit in range(8 * len(data)) if seal.is_whole(flipped(data, bit))]
    mark = data.rindex(b"peel-seal:")
    assert {bit // 8 for bit in silent} <= set(range(mark, mark + len(b"peel-seal:")))


def test_damaged_lines_are_not_used() -> None:
    data = lines_cache.encode(Printed("x.pdf", "ab" * 32, "pdf", (Line(0, "The force should."),)))
    assert lines_cache.decode(data, "x.pdf", "ab" * 32) is not None
    assert all(
        lines_cache.decode(flipped(data, bit), "x.pdf") is None
        for bit in random.Random(2).sample(range(8 * (data.rindex(b"peel-seal:"))), 300)
    )


def test_lines_of_another_file_are_not_used() -> None:
    data = lines_cache.encode(Printed("x.pdf", "ab" * 32, "pdf", (Line(0, "The force should."),)))
    assert lines_cache.decode(data, "y.pdf", "cd" * 32) is None


def test_words_of_a_report_that_look_like_a_seal_do_no_harm(tmp_path: Path) -> None:
    row = ROW | {"text": seal.BLANK}
    write_rows("findings", [row], tmp_path, "r")
    assert read_rows("findings", tmp_path) == [row]
    data = encode("findings", [row], {"title": seal.BLANK})
    assert seal.is_whole(data) and not seal.is_whole(flipped(data, 80))


def test_a_file_of_another_tool_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "findings").mkdir()
    table = pa.table({"text": ["words"], "order": pa.array([3], pa.int64()), "own column": [1]})
    pq.write_table(table, tmp_path / "findings" / "old.parquet")
    (row,) = read_rows("findings", tmp_path)
    assert (row["text"], row["order"], row["detail"], row["boxes"]) == ("words", 3, None, None)
    assert list(row) == SCHEMAS["findings"].names
    assert read_rows("findings", tmp_path, columns=["text", "deadline"]) == [{"text": "words", "deadline": None}]


def test_a_frame_has_the_types_of_its_columns_even_without_rows(tmp_path: Path) -> None:
    empty = read_table("findings", tmp_path)
    write_rows("findings", [ROW | {"page_first": 3}], tmp_path, "r")
    write_rows("findings", [], tmp_path, "without")
    frame = read_table("findings", tmp_path)
    assert list(empty.columns) == list(frame.columns) == SCHEMAS["findings"].names
    assert (frame.dtypes == empty.dtypes).all() and len(frame) == 1
    assert [str(frame.dtypes[name]) for name in ("text", "page_first")] == ["string", "Int32"]
    assert frame.page_first[0] == 3 and frame.page_last.isna().all()
