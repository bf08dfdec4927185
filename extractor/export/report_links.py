"""Addresses that open a report's file from a workbook."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from extractor.tables.sources import below


@dataclass(frozen=True, slots=True)
class ReportLinks:
    """How the files of reports are reached from a workbook."""

    root: Path  # the workspace, from which the tables name the files of reports
    folder: Path  # where the workbook will lie

    def address(self, source: str | None) -> str | None:
        """Return the address of a report's file; None for anything but the web and files.

        A file in the workspace is told as seen from a tracker in it, so that the two can move together.
        """
        if not source or re.match(r"https?://", source):
            return source or None
        if "://" in source:
            return None
        file = below(source, self.root)
        if file.is_relative_to(self.root) and self.folder.is_relative_to(self.root):
            return f"external:{quote(Path(os.path.relpath(file, self.folder)).as_posix())}"
        # XlsxWriter takes the first `/` from what begins with `file:`.
        return file.as_uri().replace("file:", "FILE:", 1)
