"""A start icon for the application: a file on the desktop that a double click runs.

Starting it again while the program runs opens a new link to the running one.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

NAME = "PEEL reports"


def write_shortcut(outputs: Path, desktop: Path | None = None, system: str = sys.platform) -> Path:
    """Write the icon for these tables onto the desktop, in place of one that is there; return its path.

    Args:
        outputs: folder of the tables.
        desktop: folder to write into; by default the user's desktop, or home folder where there is none.
        system: as `sys.platform` names it.

    Raises:
        OSError: it cannot be written.
    """
    command = [sys.executable, "-m", "extractor", "app", "--outputs", str(outputs.absolute())]
    folder = desktop or _desktop()
    if system == "win32":
        return _written(folder / f"{NAME}.cmd", f"@echo off\r\nchcp 65001 >nul\r\n{_for_windows(command)}\r\n")
    if system == "darwin":
        return _written(folder / f"{NAME}.command", f"#!/bin/sh\nexec {shlex.join(command)}\n")
    return _written(folder / "peel-reports.desktop", _entry(command))


def _desktop() -> Path:
    from platformdirs import user_desktop_path

    folder = user_desktop_path()
    return folder if folder.is_dir() else Path.home()


def _for_windows(command: list[str]) -> str:
    """Return a command line; within quotation marks, which no path there has, `&`, `^` and blanks mean nothing."""
    return " ".join(f'"{part}"' for part in command).replace("%", "%%")


def _entry(command: list[str]) -> str:
    """Return a desktop entry; its Exec line quotes as the Desktop Entry Specification asks for."""
    words = " ".join(f'"{_escaped(part)}"' for part in command)
    lines = ["[Desktop Entry]", "Type=Application", f"Name={NAME}", f"Exec={words.replace('%', '%%')}", "Terminal=true"]
    return "\n".join([*lines, "Categories=Office;", ""])


def _escaped(part: str) -> str:
    """Return text for within quotation marks: they ask for a `\\`, and every `\\` of a value for a second one."""
    marked = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in part)
    return marked.replace("\\", "\\\\")


def _written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    path.chmod(0o755)
    return path
