"""The start icon: what it runs on each system, with names that shells take apart."""

from __future__ import annotations

import os
import re
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
    assert as_a_desktop_reads(entry["Exec"])[1:] == ["-m", "extractor", "app", "--outputs", str(tmp_path / ODD)]


def as_a_desktop_reads(value: str) -> list[str]:
    """Take an Exec line apart as the Desktop Entry Specification says: escapes of a value, then of quoted words."""
    text = re.sub(r"\\(.)", r"\1", value)
    words = [re.sub(r"\\(.)", r"\1", word) for word in re.findall(r'"((?:[^"\\]|\\.)*)"', text)]
    return [word.replace("%%", "%") for word in words]


@pytest.mark.parametrize("name", ["a b", "A&B", "50%", "back\\slash", "$(x)`y`", "Ünder 'it'", "(1)^2!", 'a "b"'])
def test_odd_folders_reach_the_program_whole(tmp_path: Path, name: str) -> None:
    outputs = tmp_path / name
    mac = write_shortcut(outputs, tmp_path, "darwin").read_text(encoding="utf-8").splitlines()[1]
    linux = write_shortcut(outputs, tmp_path, "linux").read_text(encoding="utf-8").splitlines()[3]
    assert shlex.split(mac)[-1] == as_a_desktop_reads(linux)[-1] == str(outputs)
    if '"' not in name:  # Windows allows none in a path
        assert as_windows_reads(write_shortcut(outputs, tmp_path, "win32"))[-1] == str(outputs)


def as_windows_reads(script: Path) -> list[str]:
    """Take the command apart as cmd.exe and a C program do: `%%` is `%`, nothing within marks is special."""
    line = script.read_bytes().decode().split("\r\n")[2]
    outside = re.sub(r'"[^"]*"', "", line)
    assert not set(outside) & set("&|<>^%()!")
    return [word.replace("%%", "%") for word in re.findall(r'"([^"]*)"', line)]


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
