"""Files that were saved over themselves: the newest form of each object is read, or the file is named."""

from __future__ import annotations

import struct
import zlib

import pytest
from drawn import by_hand
from pdf_reading import codes, read, words

from extractor.reading.pdf.revisions import outdated

OLD = by_hand("BT /F1 11 Tf 72 700 Td (The force is adequate.) Tj ET")
CONTENT = b"BT /F1 11 Tf 72 700 Td (The force is outstanding.) Tj ET"
NEW = b"4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(CONTENT), CONTENT)
OLD_TABLE = int(OLD.split(b"startxref\n")[1].split()[0])


def revised(
    place: int = len(OLD), previous: int = OLD_TABLE, start: int = len(OLD + NEW), object_4: bytes = NEW
) -> bytes:
    """Return the file with its contents changed, and a table that leads to the change unless told otherwise."""
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\n" % (place, previous)
    return OLD + object_4 + table + b"startxref\n%d\n%%%%EOF\n" % start


def revised_packed(place: int = len(OLD), predicted: bool = False) -> bytes:
    """Return the same with a table that is a stream."""
    places = [(4, place), (9, len(OLD + NEW))]
    rows = b"".join(struct.pack(">BIB", 1, where, 0) for _, where in places)
    extra = b""
    if predicted:
        first, second = rows[:6], rows[6:]
        rows = b"\2" + first + b"\2" + bytes((a - b) % 256 for a, b in zip(second, first, strict=True))
        extra = b"/DecodeParms << /Predictor 12 /Columns 6 >>"
    packed = zlib.compress(rows)
    head = b"9 0 obj\n<< /Type /XRef /Size 10 /Root 1 0 R /Prev %d /W [1 4 1] /Index [4 1 9 1] %s" % (OLD_TABLE, extra)
    stream = b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    return OLD + NEW + head + stream + b"startxref\n%d\n%%%%EOF\n" % len(OLD + NEW)


@pytest.mark.parametrize("data", [revised(), revised_packed(), revised_packed(predicted=True)])
def test_a_file_that_was_changed_is_read_as_it_is_now(data: bytes) -> None:
    printed = read(data)
    assert words(printed) == ["The force is outstanding."]
    assert codes(printed) == []


@pytest.mark.parametrize(
    "data",
    [
        revised(start=OLD_TABLE),
        revised(place=OLD.index(b"4 0 obj")),
        OLD + NEW + b"startxref\n%d\n%%%%EOF\n" % OLD_TABLE,
        revised_packed(place=OLD.index(b"4 0 obj")),
        revised_packed(place=OLD.index(b"4 0 obj"), predicted=True),
    ],
)
def test_a_table_that_leads_to_what_was_before_is_named(data: bytes) -> None:
    printed = read(data)
    assert words(printed) == ["The force is adequate."]
    (problem,) = (problem for problem in printed.problems if problem.code == "older_version")
    assert problem.severity == "doubt"
    assert "of 1 of its parts" in problem.message


def test_the_same_object_written_again_is_no_change() -> None:
    again = OLD[OLD.index(b"4 0 obj") : OLD.index(b"5 0 obj")]
    assert outdated(revised(start=OLD_TABLE, object_4=again)) == 0


@pytest.mark.parametrize("previous", [len(OLD + NEW), 0, 10**9])
def test_tables_that_lead_nowhere_or_round_end(previous: int) -> None:
    assert outdated(revised(previous=previous)) == 0
