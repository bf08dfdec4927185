"""Many reports in one run with hostile files among them: every good one complete, every bad one named, memory flat.

`PEEL_SOAK` says how many files; by default few. With 2,000 it takes some minutes: `PEEL_SOAK=2000 pytest -m slow -s
tests/runs/test_soak.py`.
"""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractor.runs.children import Limits
from extractor.runs.results import Result
from extractor.runs.run import extract_many
from extractor.tables.read import read_rows

FILES = int(os.environ.get("PEEL_SOAK", "60"))
SPECIMENS = Path(__file__).parents[2] / "corpus" / "specimens"
PAGE = (SPECIMENS / "specimen-2017-legitimacy.html").read_text(encoding="utf-8")
PDF = (SPECIMENS / "specimen-2018-19.pdf").read_bytes()
FORCES = ("Dorset", "Essex", "Kent", "Norfolk", "Suffolk", "Surrey", "Sussex", "Wiltshire", "Cumbria")
GROWTH = 60_000_000  # bytes that the parent may grow between an eighth of the run and its end


def good(number: int) -> tuple[str, bytes]:
    """A page about one of nine forces, in ever other bytes; every twentieth is a PDF."""
    if number % 20 == 0:
        return f"{number}.pdf", PDF + f"\n% {number}".encode()
    page = PAGE.replace("Dorset", FORCES[number % len(FORCES)])
    return f"{number}.html", f"{page}\n<!-- {number} -->".encode()


def drawn(file: Path, locked: bool = False) -> bytes:
    canvas = Canvas(str(file), encrypt=StandardEncryption("secret") if locked else None)
    canvas.rect(50, 50, 300, 300, fill=1)
    canvas.save()
    return file.read_bytes()


def bomb() -> bytes:
    squeezed = zlib.compress(b"0 0 m 1 1 l S\n" * 20_000_000)
    return PDF[:20] + b"1 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(squeezed) + squeezed + b"\nendstream"


def hostile(folder: Path) -> list[tuple[str, Callable[[int], bytes]]]:
    """The kinds of bad files, each in other bytes for each number."""
    locked, picture, burst = drawn(folder / "locked", locked=True), drawn(folder / "picture"), bomb()
    return [
        ("cut.pdf", lambda number: PDF[: 3_000 + number]),
        ("locked.pdf", lambda number: locked + b"%%%d" % number),
        ("bomb.pdf", lambda number: burst + b"%%%d" % number),
        ("zip.pdf", lambda number: b"PK\x03\x04" + b"%d" % number * 400),
        ("picture.pdf", lambda number: picture + b"%%%d" % number),
        ("endless.html", lambda number: b"<p>%d " % number * 150_000),
        ("empty.pdf", lambda number: b" " * number),
    ]


@pytest.mark.slow
def test_many_reports_with_hostile_ones_among_them(tmp_path: Path) -> None:
    kinds = hostile(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(1, FILES + 1):
        name, data = good(number)
        if number % 10 == 7:
            name, make = kinds[number // 10 % len(kinds)]
            name, data = f"{number}-{name}", make(number)
        (tmp_path / "in" / name).write_bytes(data)
    used: list[int] = []

    def look(_result: Result) -> None:
        used.append(psutil.Process().memory_info().rss)

    tally = extract_many([tmp_path / "in"], tmp_path / "out", limits=Limits(seconds=10), on_result=look)
    assert len(tally.results) == FILES == len(used)
    bad = {result.source: result for result in tally.results if "-" in Path(result.source).name}
    assert len(bad) == len(range(7, FILES + 1, 10))
    assert {(result.status, bool(result.message)) for result in bad.values()} == {("failed", True)}
    rest = Counter(result.status for result in tally.results if result.source not in bad)
    assert set(rest) == {"ok", "duplicate"} and rest["ok"] == len(FORCES) + 1
    names = {(row["force_name"] or "").split(" ")[0] for row in read_rows("reports", tmp_path / "out")}
    assert names >= {*FORCES, "Gloucestershire"}
    told = {at: used[at - 1] // 1_000_000 for at in (FILES // 8, FILES // 4, FILES // 2, FILES)}
    print(f"\n{FILES} files: megabytes of the parent after so many: {told}; {dict(rest)}, {len(bad)} bad")
    assert used[-1] - used[FILES // 8 - 1] < GROWTH
