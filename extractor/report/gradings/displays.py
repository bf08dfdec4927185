"""Formal displays of a grade: labels, and rows of a table. Each is one named case; the first that fits decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.layout import thresholds
from extractor.layout.blocks import Block
from extractor.layout.table_rows import left_of, right_of, runs_level_with
from extractor.models import Line, Problem
from extractor.phrasing import shortened
from extractor.problems import problem
from extractor.report.gradings.evidence import Beside, Evidence, GradeClues, displayed
from extractor.report.gradings.subjects import Subject, Subjects
from extractor.report.sections import GRADE_LABELS, Part, same_title
from extractor.rulebook.matcher import Match

_NEAR = 3  # blocks: a label belongs to the heading when no more than this stands between
_LONG = 40  # words: a block this long is prose
_LEAST = 3  # words of a question and its grade in one line
_MOST_OF_GRADE = 5  # words of a grade at the end of a line, and one more
_CELL_TAGS, _LABEL_TAGS = ("TD", "TH", "DT", "P", "LI"), ("TD", "DD", "P", "LI")
_CELLS = ("TD", "DD")
_BRACKET = re.compile(r"(?:(?<!\s)\s+)?\(([^()]*)\)\s*$")
_GENERIC = ("SUMMARY", "JUDGMENTS")


@dataclass(frozen=True, slots=True)
class Spot:
    """A block that may display a grade, and where it stands."""

    block: Block
    place: int  # of its part
    nth: int  # block of the part
    match: Match | None  # the grade it is
    subjects: Subjects
    clues: GradeClues

    @property
    def part(self) -> Part:
        return self.subjects.parts[self.place]

    @property
    def owner(self) -> int | None:
        return self.subjects.owner(self.place)

    @property
    def is_near(self) -> bool:
        return self.nth <= _NEAR

    @property
    def is_generic(self) -> bool:
        """Does the part have a heading of its own that is no subject's, such as `Overall judgment`?"""
        owner = self.owner
        if owner is not None and same_title(self.part.title, self.subjects.parts[owner].title):
            return True  # a divider, then the heading again
        return bool(self.part.heading) and self.clues.labels.has(self.part.title or "", *_GENERIC)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a display decides: the evidence it is, if any, and what is to be said."""

    evidence: tuple[Evidence, ...] = ()
    problems: tuple[Problem, ...] = ()
    area: int | None = None  # place of a part that is an area, now that it has a grade


NOTHING = Shown()


def row_read_as_one_line(spot: Spot) -> Shown | None:
    """`question … grade` where the two cells of a table row were read as one line; no other block is a label."""
    if spot.match is not None:
        return None
    if not may_be_row(spot.block, spot.clues):
        return NOTHING
    words = spot.block.text.split()
    for cut in range(len(words) - 1, max(len(words) - _MOST_OF_GRADE, 0), -1):
        match = spot.clues.labels.first(" ".join(words[cut:]), *GRADE_LABELS)
        cell = _read_cell(" ".join(words[:cut]).rstrip(" –—:-"), spot) if match else None
        if match and cell:
            return Shown((displayed(cell.subject, "row", match, spot.block, spot.clues.cycles, cell.beside),))
    return NOTHING


def may_be_row(block: Block, clues: GradeClues) -> bool:
    """Say whether a block may be a question and its grade in one line: its length and its words allow it."""
    if block.text.endswith((".", ";", ":")) or not clues.labels.may_hold(block.text, *GRADE_LABELS):
        return False
    return _LEAST <= len(block.text.split()) <= _LONG


def row_beside_question(spot: Spot) -> Shown | None:
    """A label to the right of a question, in the same row of a table."""
    cell = _cell_beside(spot)
    if cell is None or spot.match is None:
        return None
    year = _year_beside(spot)
    beside = Beside(True, year) if year else cell.beside
    return Shown((displayed(cell.subject, "row", spot.match, spot.block, spot.clues.cycles, beside),))


def word_of_an_infographic(spot: Spot) -> Shown | None:
    """Small print that happens to be a grade's word."""
    small = spot.block.look[0] < thresholds.SMALLER * spot.clues.body_size and not spot.block.all_bold
    return NOTHING if small else None


def word_after_prose(spot: Spot) -> Shown | None:
    """A label stands at the head of its section; after prose only below a heading such as `Overall judgment`."""
    prose_before = any(len(other.text.split()) > _LONG for other in spot.part.blocks[: spot.nth])
    return NOTHING if prose_before and not spot.is_generic else None


def label_below_heading(spot: Spot) -> Shown | None:
    """A label below the heading of its question, or of a summary within it."""
    owner = spot.owner
    if owner is None or not (spot.part.question or spot.is_generic):
        return None
    return _label(spot, spot.subjects.at(owner)) if spot.is_near else NOTHING


def label_of_unknown_question(spot: Spot) -> Shown | None:
    """A label below `Summary of findings` in the chapter of a question that the crosswalk has no wording of."""
    asked = _asked_above(spot)
    if asked is None or not spot.is_generic or not spot.is_near:
        return None
    title, cycle = spot.subjects.parts[asked].title, spot.clues.profile.cycle
    message = f"“{title}” has a grade but is no question known for {cycle}; it is taken as printed"
    shown = _label(spot, spot.subjects.at(asked))
    return Shown(shown.evidence, (problem("unrecognised_area", spot.block.page_first, message),), asked)


def _asked_above(spot: Spot) -> int | None:
    """Place of the part around a spot whose heading asks a question that is not known, where no known one is nearer."""
    at: int | None = spot.place
    while at is not None and not spot.subjects.is_subject(at):
        if (spot.subjects.parts[at].title or "").endswith("?"):
            return at
        at = spot.subjects.parts[at].parent
    return None


def label_of_the_pillar(spot: Spot) -> Shown | None:
    """A label below `Overall judgment` where no question encloses it: the pillar's own grade."""
    pillar = spot.clues.pillar
    if not spot.is_generic or not spot.is_near or not pillar or pillar == "integrated":
        return None
    return _label(spot, spot.subjects.pillar(spot.place, pillar))


def label_of_unknown_area(spot: Spot) -> Shown | None:
    """A label right below a heading of the questions' level that the crosswalk does not know."""
    part, levels = spot.part, spot.subjects.question_levels()
    if spot.nth > 0 or not part.heading or part.kind != "body" or (levels and part.level > max(levels)):
        return None
    cycle = spot.clues.profile.cycle
    message = f"“{part.title}” has a grade but is no area known for {cycle}; it is taken as printed"
    shown = _label(spot, spot.subjects.at(spot.place))
    return Shown(shown.evidence, (problem("unrecognised_area", spot.block.page_first, message),), spot.place)


def unplaced_label(spot: Spot) -> Shown | None:
    """A label at the head of a section that is no question."""
    if spot.nth > 1 or spot.match is None or spot.match.label != "GRADE" or not spot.part.heading:
        return None
    message = f"“{spot.block.text}” stands below “{spot.part.title}”, which is no graded question; look at the page"
    return Shown(problems=(problem("grade_unplaced", spot.block.page_first, message),))


DISPLAYS: tuple[Callable[[Spot], Shown | None], ...] = (
    row_read_as_one_line,
    row_beside_question,
    word_of_an_infographic,
    word_after_prose,
    label_below_heading,
    label_of_unknown_question,
    label_of_the_pillar,
    label_of_unknown_area,
    unplaced_label,
)


def display_at(spot: Spot) -> Shown:
    """Return what the first display that fits a block decides."""
    return next((shown for display in DISPLAYS if (shown := display(spot)) is not None), NOTHING)


def _label(spot: Spot, subject: Subject) -> Shown:
    assert spot.match is not None  # `row_read_as_one_line` decides on all others
    return Shown((displayed(subject, "label", spot.match, spot.block, spot.clues.cycles),))


# the row of a table ---------------------------------------------------------------------------------------------------


def _beside(spot: Spot) -> list[Block]:
    part = spot.part
    return left_of(spot.block, (*part.blocks, *((part.heading,) if part.heading else ())))


class Cell(NamedTuple):
    """A table's cell that names a question, and what its brackets say of the grade."""

    subject: Subject
    beside: Beside


def _read_cell(words: str, spot: Spot) -> Cell | None:
    """Read a cell such as `Investigating crime (2016 judgment)` or `Investigating crime (carried over)`."""
    bracket = _BRACKET.search(words)
    note = bracket[1] if bracket else ""
    origin = spot.clues.cycles.other_in(note)
    carried = origin is not None or spot.clues.labels.has(note, "CARRIED_OVER")
    subject = spot.subjects.named(words[: bracket.start()] if bracket and carried else words)
    return Cell(subject, Beside(carried, origin)) if subject else None


def _cell_beside(spot: Spot) -> Cell | None:
    """The question that stands to the left of a label, in the same row of a table."""
    if not spot.block.lines[0].box:
        return _cell_before(spot)
    beside = _beside(spot)
    named = next((cell for other in beside if (cell := _read_cell(other.text, spot))), None)
    return named or _cell_of_lines(spot, [line for other in beside for line in other.lines])


def _cell_before(spot: Spot) -> Cell | None:
    """On a web page the question is in the cell before."""
    before = spot.part.blocks[spot.nth - 1] if spot.nth else None
    if before is None or before.lines[0].tag not in _CELL_TAGS or spot.block.lines[0].tag not in _LABEL_TAGS:
        return None
    return _read_cell(before.text, spot)


def _cell_of_lines(spot: Spot, lines: Sequence[Line]) -> Cell | None:
    """The question in some of the lines to the left, where the rows of a table were read as one."""
    runs = runs_level_with(spot.block, lines)
    names = (" ".join(line.text for line in run) for run in runs)
    return next((cell for name in names if (cell := _read_cell(name, spot))), None)


def _year_beside(spot: Spot) -> str | None:
    """Another year in the row of a grade: the year it was given in."""
    cells = right_of(spot.block, spot.part.blocks) if spot.block.lines[0].box else _cells_after(spot)
    return next((year for cell in cells if (year := spot.clues.cycles.alone_in(cell.text))), None)


def _cells_after(spot: Spot) -> list[Block]:
    """On a web page the cell that follows a grade in its table."""
    own, *following = spot.part.blocks[spot.nth : spot.nth + 2]
    return [cell for cell in following if cell.lines[0].tag == own.lines[0].tag and own.lines[0].tag in _CELLS]


def unknown_beside(spot: Spot) -> tuple[Problem, ...]:
    """Say when what stands beside a label is a part of a question, and no question by itself."""
    if spot.match is None or not spot.block.lines[0].box or _cell_beside(spot) is not None:
        return ()
    beside = _beside(spot)
    if not any(spot.subjects.crosswalk.resembles(other.text) for other in beside):
        return ()
    neighbour = shortened(beside[0].text, 80)
    message = f"“{spot.block.text}” stands beside “{neighbour}”, which is no known question; look at the page"
    return (problem("grade_unplaced", spot.block.page_first, message),)
