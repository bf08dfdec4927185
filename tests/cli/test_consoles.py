"""Other systems, tried on this one: consoles with few letters, names in other case, places that cannot be written."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.cli import main
from extractor.cli.letters import NAME, never_die_of_a_letter, readable
from extractor.tables import storage
from extractor.tables.read import read_rows

SPECIMENS = Path(__file__).parents[2] / "corpus" / "specimens"
REPORT = SPECIMENS / "specimen-2018-19.pdf"


@pytest.mark.parametrize(
    ("letter", "shown"),
    [
        ("→", "->"),
        ("’", "'"),
        ("…", "..."),
        ("é", "e"),
        ("½", "<U+00BD>"),
        ("ﬁ", "<U+FB01>"),
        ("\u00a0", " "),
        ("中", "<U+4E2D>"),
    ],
)
def test_a_letter_that_a_console_lacks_is_shown_by_others(letter: str, shown: str) -> None:
    assert readable(letter) == shown


def test_what_a_console_has_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    console = io.TextIOWrapper(raw := io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", console)
    never_die_of_a_letter()
    print("“Ä” → 中 – …", end="", flush=True)
    assert console.errors == NAME and raw.getvalue().decode("cp1252") == "“Ä” -> <U+4E2D> – …"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_run_prints_no_escape_and_no_mark_of_replacement(tmp_path: Path, encoding: str) -> None:
    files = [shutil.copy(REPORT, tmp_path / "one – ’two’.pdf"), str(SPECIMENS / "specimen-2017-legitimacy.html")]
    command = [sys.executable, "-m", "extractor", "extract", *files, "--outputs", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PEEL_START_METHOD": "spawn"}
    ran = subprocess.run(command, env=environment, capture_output=True, timeout=240)
    told = (ran.stdout + ran.stderr).decode(encoding)
    assert ran.returncode == 0, told
    assert "\\u" not in told and "\ufffd" not in told
    assert f"{'→' if encoding == 'utf-8' else '->'} 2018-19-integrated-gloucestershire, 12 findings" in told


def test_two_files_that_differ_in_case_alone_are_two_files(tmp_path: Path) -> None:
    for name in ("Report.PDF", "report.pdf"):
        (tmp_path / name).write_bytes(REPORT.read_bytes() + name.encode())
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("a file system on which they are one")
    assert main(["extract", str(tmp_path), "--outputs", str(tmp_path / "out"), "-q"]) == 0
    (report,) = read_rows("reports", tmp_path / "out")
    assert report["source"] == "Report.PDF"
    assert [row["source"] for row in read_rows("problems", tmp_path / "out") if row["code"] == "duplicate_report"] == [
        "report.pdf"
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EACCES, "--outputs or --workspace"),
        (errno.EROFS, "--outputs or --workspace"),
        (errno.ENOSPC, "the disk is full; make room"),
        (errno.ENAMETOOLONG, "shorter path"),
    ],
)
def test_a_place_that_cannot_be_written_is_named_with_a_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int, words: str
) -> None:
    def refused(final: Path, _data: bytes) -> None:
        raise OSError(code, os.strerror(code), str(final))

    monkeypatch.setattr(storage, "_replace", refused)
    page = SPECIMENS / "specimen-2017-legitimacy.html"
    assert main(["extract", str(page), "--outputs", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert words in told and str(tmp_path / "out") in told and "Traceback" not in told


def test_a_file_where_the_tables_should_be_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").touch()
    page = SPECIMENS / "specimen-2017-legitimacy.html"
    assert main(["extract", str(page), "--outputs", str(tmp_path / "out")]) == 1
    assert "is in the way" in capsys.readouterr().err
