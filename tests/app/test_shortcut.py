"""The start icon: what it runs on each system, with names that shells take apart."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.app.shortcut import write_shortcut

ODD = 'Ünder $HOME & "50%"'


def test_the_icon_of_a_mac_is_a_script_that_runs_the_application(tmp_path: Path) -> None:
    icon = write_shortcut(tmp_path / ODD, tmp_path, "darwin")
    assert os.access(icon, os.X_OK)
    line = icon.read_text(encoding="utf-8").splitlines()[1]
    assert shlex.split(line)[1:] == [sys.executable, "-m", "extractor", "app", "--outputs", str(tmp_path / ODD)]


def test_the_icon_of_linux_quotes_as_its_standard_asks(tmp_path: Path) -> None:
    icon = write_shortcut(tmp_path / ODD, tmp_path, "linux")
    entry = dict(line.split("=", 1) for line in icon.read_text(encoding="utf-8").splitlines()[1:])
    assert entry["Type"] == "Application"
    assert entry["Exec"].startswith(f'"{sys.executable}" "-m" "extractor" "app"')
    assert entry["Exec"].endswith('Ünder \\\\$HOME & \\\\"50%%\\\\""')


def test_the_icon_of_windows_is_read_as_utf_8(tmp_path: Path) -> None:
    icon = write_shortcut(tmp_path / "Äpfel 50%", tmp_path, "win32")
    lines = icon.read_bytes().decode().split("\r\n")
    assert (icon.suffix, lines[1]) == (".cmd", "chcp 65001 >nul")
    assert lines[2].endswith('Äpfel 50%%"')


@pytest.mark.skipif(sys.platform == "win32", reason="a script of a shell")
def test_the_script_starts_the_verb(tmp_path: Path) -> None:
    icon = write_shortcut(tmp_path / "outputs", tmp_path, "darwin")
    script = icon.read_text(encoding="utf-8").replace("app --outputs", "app --help --outputs")
    told = subprocess.run(["sh", "-c", script.splitlines()[1]], capture_output=True, text=True, check=True)
    assert "--shortcut" in told.stdout
