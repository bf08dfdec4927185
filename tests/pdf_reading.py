"""What every test of the PDF reader needs: a file read from bytes, its lines and its problems; some prose."""

from __future__ import annotations

from extractor.models import Line, Printed
from extractor.reading.pdf.document import read_pdf

PROSE = (
    "The force should make sure that all of its officers understand the plan",
    "and that supervisors check the records of each investigation in turn.",
    "It should also tell victims what has been done and what will follow.",
)


def read(data: bytes) -> Printed:
    """Return what the reader takes from these bytes."""
    return read_pdf("report.pdf", data)


def words(printed: Printed) -> list[str]:
    """Return the text of every line that can be seen."""
    return [line.text for line in printed.lines if line.role != "hidden"]


def hidden(printed: Printed) -> list[str]:
    """Return the text of every line that cannot be seen."""
    return [line.text for line in printed.lines if line.role == "hidden"]


def only(printed: Printed) -> Line:
    """Return the one line of a file."""
    (line,) = printed.lines
    return line


def codes(printed: Printed) -> list[str]:
    """Return the codes of the problems, in order."""
    return [problem.code for problem in printed.problems]
