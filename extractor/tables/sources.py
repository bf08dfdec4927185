"""Where the file of a report lies. The tables name it from the workspace, so that this can be moved and shared.

A file in the workspace is named by its path from there, with `/` on every system; any other by its whole path, and an
object in storage by its address.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from typing import Any

from extractor.tables import storage
from extractor.workspace import workspace


def root_of(outputs: Path | str) -> Path:
    """Return the folder from which these tables name files: their workspace; of tables in storage, the one one is in.

    Raises:
        BadSetting: the workspace that the environment names is none.
    """
    return workspace(outputs=None if storage.is_remote(storage.place(outputs)) else outputs).root


def stored_name(place: str, root: Path) -> str:
    """Return what the tables call the file at a place."""
    if storage.is_remote(place):
        return place
    given = Path(os.path.abspath(place))  # noqa: PTH100 - takes `..` out, keeps links
    for file, folder in ((given, root), (given.parent.resolve() / given.name, root.resolve())):
        if file.is_relative_to(folder):
            return file.relative_to(folder).as_posix()
    return str(given)


def file_of(source: str, outputs: Path | str) -> Path:
    """Return the file that the tables call so, whether it is still there or not."""
    return below(source, root_of(outputs))


def below(source: str, root: Path) -> Path:
    """Return the file that tables of this workspace call so; names with `\\`, of Windows, are understood everywhere."""
    file = root / source
    if "\\" not in source or file.exists():
        return file
    return Path(source) if PureWindowsPath(source).is_absolute() else root / source.replace("\\", "/")


def why_no_pages(report: Mapping[str, Any], outputs: Path | str) -> str | None:
    """Say why the pages of a report, a row of the tables, cannot be shown, and what to do; None where they can."""
    file = file_of(report["source"], outputs)
    if report["pages"] is None and report["status"] == "failed":
        return "the file could not be read"
    if report["pages"] is None:
        return "this is a saved web page, which has no pages to show"
    if not file.is_file():
        return f"{file} is not there any more; put it back, or `peel extract` it where it lies now"
    if storage.sha256(str(file)) != report["sha256"]:
        return f"{file} is not the file that was extracted; `peel extract` it again"
    return None
