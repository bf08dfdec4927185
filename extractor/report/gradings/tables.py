"""Judgments tables with a column for each grade, and keys to the scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.layout.blocks import Block
from extractor.layout.table_rows import columns_below, rows_of
from extractor.models import Line
from extractor.report.gradings.evidence import Evidence, GradeClues
from extractor.report.gradings.subjects import Subjects
from extractor.report.sections import Part
from extractor.rulebook.matcher import Match

_SCALE = 3  # grades one below the other that are a key to the scale
_LINES_OF_A_NAME = (6, 5, 4, 3, 2, 1)  # longest first
_LINES_OF_A_LIKENESS = 4  # a longer run resembles a name though it holds the beginning of the next


@dataclass(frozen=True, slots=True)
class Tables:
    """The evidence of a part's tables, and the numbers of the blocks that are no labels of their own."""

    evidence: tuple[Evidence, ...]
    heads: frozenset[int]


def tables_of(part: Part, subjects: Subjects, clues: GradeClues) -> Tables:
    """Read the judgments tables of a part."""
    grades = {block.number: match for block in part.blocks if (match := clues.labels.first(block.text, "GRADE"))}
    evidence: list[Evidence] = []
    heads: set[int] = set()
    for row in rows_of([block for block in part.blocks if block.number in grades]):
        if len({grades[block.number].value for block in row}) >= 2:
            heads |= {block.number for block in row}
            evidence += _columns(part, row, grades, subjects)
    return Tables(tuple(evidence), frozenset(heads | _legend(part.blocks, grades)))


def _columns(part: Part, row: Sequence[Block], grades: Mapping[int, Match], subjects: Subjects) -> Iterator[Evidence]:
    for head, column in columns_below(row, part.blocks):
        match = grades[head.number]
        for name, lines in _names(column, subjects):
            subject = subjects.named(name)
            if subject:
                boxes = tuple(line.box for line in lines if line.box)
                wording = f"{head.text}: {name}"
                yield Evidence(
                    subject, "column", match.value, "inspected", None, wording, head.page_first, boxes, match.rule_id
                )


def _names(column: Sequence[Line], subjects: Subjects) -> Iterator[tuple[str, Sequence[Line]]]:
    """Put the lines of one column together to the names they are: a known wording first, else the longest alike."""
    place = 0
    while place < len(column):
        found = _first_name(column[place:], subjects)
        if found:
            yield found
        place += len(found[1]) if found else 1


def _first_name(column: Sequence[Line], subjects: Subjects) -> tuple[str, Sequence[Line]] | None:
    """Return the name that the first lines of a column are, with them; None where they begin none."""
    runs = [column[:count] for count in _LINES_OF_A_NAME if count <= len(column)]
    names = [(_name(lines), lines) for lines in runs]
    exact = next((each for each in names if subjects.crosswalk.is_wording(each[0])), None)
    like = (each for each in names if len(each[1]) <= _LINES_OF_A_LIKENESS and subjects.named(each[0]))
    return exact or next(like, None)


def _name(lines: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in lines)


def _legend(blocks: Sequence[Block], grades: Mapping[int, Match]) -> set[int]:
    """Three or more grades in a row, one below the other, are a key to the scale."""
    skip: set[int] = set()
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and block.number in grades:
            run.append(block)
            continue
        if len({grades[member.number].value for member in run}) >= _SCALE:
            skip |= {member.number for member in run}
        run = []
    return skip
