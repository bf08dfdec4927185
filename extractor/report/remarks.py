"""What an analyst must know, before it is known of which report: made where it is met, filed as problems at the end."""

from __future__ import annotations

from typing import NamedTuple

from extractor.models import Problem


class Remark(NamedTuple):
    """One problem in the making."""

    code: str  # permanent slug
    severity: str  # error | doubt | note
    page: int | None
    message: str

    def filed(self, report_id: str, stage: str) -> Problem:
        """Return it as a row of `problems`."""
        return Problem(report_id, "", stage, self.code, self.severity, self.page, self.message)


def doubt(code: str, page: int | None, message: str) -> Remark:
    """Return a remark to look at before relying on the rows."""
    return Remark(code, "doubt", page, message)


def note(code: str, page: int | None, message: str) -> Remark:
    """Return a remark that changes nothing about the rows."""
    return Remark(code, "note", page, message)


def error(code: str, page: int | None, message: str) -> Remark:
    """Return a remark that makes the report failed."""
    return Remark(code, "error", page, message)
