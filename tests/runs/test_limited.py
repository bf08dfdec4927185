"""From Python a report can be held to the limits of the command line; a hostile file gives problems, no error."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractor
from extractor import Limits
from extractor.pipeline import read

PAGE = b"""<html><title>PEEL 2021/22: Kent Police</title><h1>PEEL 2021/22: An inspection of Kent Police</h1>
<p>Published on: 4 May 2022</p><h2>Investigating crime</h2><p>Requires improvement</p><h3>Areas for improvement</h3>
<ul><li>The force should make sure that victims are told what happens next.</li></ul></html>"""
HOSTILE = {
    "empty.pdf": b"",
    "cut.pdf": b"%PDF-1.7\n1 0 obj",
    "page.pdf": PAGE,
    "bomb.html": b"\x1f\x8b" + bytes(99),
    "tags.html": b"<p>x" * 900_000,
    "list.webarchive": b'<?xml version="1.0"?><plist><dict><key>WebMainResource</key><array>',
    "nul.mhtml": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n\0",
}


def test_limits_change_nothing_of_a_sound_report(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    file = tmp_path / "page.html"
    assert extractor.extract(file, limits=Limits()) == extractor.extract(file)
    doc = extractor.read_doc(file, limits=Limits())
    assert doc.text == extractor.read_doc(file).text and doc.spans.keys() == extractor.read_doc(file).spans.keys()


def test_report_that_takes_too_long_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    found = extractor.extract(file, limits=Limits(seconds=0.0001))
    assert [(problem.code, problem.severity) for problem in found.problems] == [("time_limit", "error")]
    assert found.report.status == "failed" and str(file) in found.problems[0].message
    assert not extractor.read_doc(file, limits=Limits(seconds=0.0001)).text.strip()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_gives_problems(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(HOSTILE[name])
    assert extractor.extract(file).report.status == "failed"
    assert any(problem.severity == "error" for problem in read(file).problems)
    assert len(extractor.read_doc(file)) == 0


def test_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert [problem.code for problem in extractor.extract(tmp_path / "none.pdf").problems] == ["missing_file"]
