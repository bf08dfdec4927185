"""Short commands do without numpy, and read what was written with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from printed import extracted

from extractor.tables.write import write_tables

BODY = "# Investigating crime\n\nGood\n\n### Areas for improvement\n\n- The force should plan.\n"
LINES = """
from extractor.models import Box, Line, Page, Printed
from extractor.tables import lines_cache
line = Line(1, "Good", box=Box(1, 10.0, 20.5, 30.25, 40.0), size=12.0)
kept = Printed("a.pdf", "0" * 64, "pdf", (line, Line(1, "Bad")), (Page(1, 595, 842),))
print(lines_cache.decode(lines_cache.encode(kept), "a.pdf") == kept)
"""


@pytest.mark.parametrize("verb", ["list", "show 2017-effectiveness-cleveland", "due"])
def test_commands_that_read_rows_load_no_numpy_and_no_frames(verb: str, tmp_path: Path) -> None:
    write_tables(extracted(BODY), tmp_path)
    code = (
        f"import sys; sys.argv = ['peel', *{verb.split()}, '--outputs', sys.argv[1], '--json']\n"
        "from extractor.cli import main; main()\n"
        "sys.exit(' '.join({'numpy', 'pandas', 'spacy'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "2017-effectiveness-cleveland" in done.stdout


@pytest.mark.parametrize("first", ["", "from extractor.tables.no_numpy import leave_numpy_out; leave_numpy_out()"])
def test_lines_are_read_alike_with_numpy_and_without(first: str) -> None:
    done = subprocess.run([sys.executable, "-c", first + LINES], capture_output=True, text=True, check=False)
    assert done.stdout == "True\n", done.stderr
