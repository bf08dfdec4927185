"""The grades as accessible HTML for an office's website: forces by questions of a cycle, or one force by cycles.

A matrix is a whole page, or a part to paste into one: the part brings its own style and is written in ASCII alone, so
that it stands right in a page of any character set. Every row is dated by its report. Grades are given in words; colour
only repeats them. Whether grades compare is said once, above the table.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from extractor.comparison.grade_history import OUR_NOTE
from extractor.decisions.apply import verified_gradings
from extractor.decisions.store import VERDICTS
from extractor.export.force_map import force_map
from extractor.response.last_day import british_published
from extractor.response.wording import clean
from extractor.rulebook.load import load_rules
from extractor.tables.read import read_rows
from extractor.vocabulary import GRADES

Row = Mapping[str, Any]
_TEMPLATES = Path(__file__).with_name("templates")
_WORTH_A_MAP = 5  # forces; fewer are seen at once in the table
_ONE_CYCLE = "These grades are of one inspection programme, with one scale. They may be compared with each other."


@dataclass(frozen=True, slots=True)
class Cell:
    """One grade in the matrix."""

    grade: str | None  # None: not graded
    note: str  # where it was not judged anew

    @property
    def rank(self) -> int:
        """Its place in the order of grades, from the best; those without one come last."""
        return GRADES.index(self.grade) if self.grade in GRADES else len(GRADES)

    @property
    def words(self) -> str:
        """The grade as it is printed in the table."""
        return (self.grade or "not graded").capitalize()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the matrix: what it is about, the day of its report, and a cell for each column."""

    id: str
    name: str
    published: str  # "" where the columns are dated
    cells: tuple[Cell | None, ...]  # None: the question was not looked at


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of grades."""

    id: str  # the cycle, or the force_id
    title: str
    corner: str  # what its rows are
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str  # whether its grades compare


# what stands in it ---------------------------------------------------------------------------------------------------


def by_force(reports: Iterable[Row], gradings: Iterable[Row], cycle: str, rules: Path | None = None) -> Matrix:
    """Return forces by questions of one cycle; of several reports on one question the latest counts."""
    own = sorted((row for row in reports if row["cycle"] == cycle and _counts(row)), key=_day)
    names = _names([cycle], rules)
    seen: dict[str, str] = {}
    lines: dict[str, dict[str, Cell]] = {}
    for report, family, row in _graded(own, gradings):
        seen.setdefault(family, names.get(family) or clean(row["question"]))
        lines.setdefault(report["force_id"], {})[family] = _cell(row)
    families = dict.fromkeys(family for family in (*names, *seen) if family in seen)
    latest = {report["force_id"]: report for report in own}
    rows = [_force_line(latest[force], tuple(map(cells.get, families))) for force, cells in sorted(lines.items())]
    title = f"Grades of police forces, {cycle}"
    return Matrix(cycle, title, "Force", tuple(seen[family] for family in families), tuple(rows), _ONE_CYCLE)


def _force_line(report: Row, cells: tuple[Cell | None, ...]) -> Line:
    """Return the row of a force, named and dated as in its latest report."""
    return Line(report["force_id"], clean(report["force_name"]) or report["force_id"], _published(report), cells)


def by_cycle(reports: Iterable[Row], gradings: Iterable[Row], force: str, rules: Path | None = None) -> Matrix:
    """Return the question families of one force by its cycles, oldest first."""
    own = sorted((row for row in reports if row["force_id"] == force and _counts(row)), key=_day)
    graded = list(_graded(own, gradings))
    cycles = list(dict.fromkeys(report["cycle"] for report, _, _ in graded))
    names = _names(cycles, rules)
    lines: dict[str, dict[str, Cell]] = {}
    for report, family, row in graded:
        names.setdefault(family, clean(row["question"]))
        lines.setdefault(family, {})[report["cycle"]] = _cell(row)
    rows = [Line(family, names[family], "", tuple(map(cells.get, cycles))) for family, cells in lines.items()]
    columns = tuple(_dated(cycle, own) for cycle in cycles)
    name = next((clean(report["force_name"]) for report in own if report["force_name"]), force)
    return Matrix(force, f"Grades of {name} over the years", "Question or area", columns, tuple(rows), OUR_NOTE)


def _counts(report: Row) -> bool:
    """Say whether a report has a place in a matrix: it could be read, and is one on a force in a cycle."""
    return bool(report["status"] != "failed" and report["cycle"] and report["force_id"])


def _dated(cycle: str, reports: Iterable[Row]) -> str:
    """Return a cycle with the day of its report, or the first and the last day where it has several."""
    days = list(dict.fromkeys(_published(row) for row in reports if row["cycle"] == cycle))
    return f"{cycle} (published {' to '.join([*days[:1], *days[1:][-1:]])})"


def _graded(reports: Iterable[Row], gradings: Iterable[Row]) -> Iterator[tuple[Row, str, Row]]:
    """Yield the gradings of reports, each between its report and the question family it is of."""
    graded = _by_report(gradings)
    for report in reports:
        for row in graded.get(report["report_id"], ()):
            yield report, row["question_id"] or row["question"], row


def _by_report(gradings: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the gradings of each report; pillars and overall grades before the questions."""
    found: dict[str, list[Row]] = {}
    for row in sorted(gradings, key=lambda row: str(row["level"]) == "question"):
        found.setdefault(row["report_id"], []).append(row)
    return found


def _names(cycles: Sequence[str], rules: Path | None) -> dict[str, str]:
    """Return the short name of each question family of some cycles, in the order of their reports; the latest name."""
    questions = load_rules(rules).questions
    names: dict[str, str] = {}
    for cycle in cycles:
        own: dict[str, str] = {}
        for each in questions:
            if each.cycle == cycle:
                own.setdefault(each.id, each.short)
        names |= own
    return names


def _day(report: Row) -> tuple[str, str]:
    return report["published"] or "", report["report_id"]


def _published(report: Row) -> str:
    return british_published(report["published"]) or "date not printed"


def _cell(row: Row) -> Cell:
    carried = row["basis"] == "carried_over"
    return Cell(row["grade"], f"carried over from {row['origin_cycle'] or 'an earlier inspection'}" if carried else "")


# as HTML -------------------------------------------------------------------------------------------------------------


def matrix_html(
    matrix: Matrix,
    *,
    page: bool = False,
    maps: bool = False,
    links: Sequence[tuple[str, str, bool]] = (),
    home: str = "",
) -> str:
    """Return a matrix as HTML.

    Args:
        matrix: what to show.
        page: a whole page, sortable; otherwise a part in ASCII with its own style.
        maps: with a map of the forces for each question, below the table.
        links: other matrices as (address, words, whether it is this one).
        home: address of the list of reports; a file on a disk has none.
    """
    shown = (
        _environment()
        .get_template("grades.html.j2")
        .render(
            matrix=matrix,
            page=page,
            maps=[force_map(matrix, at) for at in range(len(matrix.columns))] if maps else [],
            links=links,
            home=home,
            style=Markup(_own("grades.css")),
            script=Markup(_own("grades.js")),
        )
    )
    return shown if page else shown.encode("ascii", "xmlcharrefreplace").decode()


def matrix_files(
    reports: Sequence[Row], gradings: Sequence[Row], rules: Path | None = None, *, maps: bool = False
) -> dict[str, str]:
    """Return every matrix of the reports as files: for each cycle and force a page, and a part to paste, by name.

    `index.html` is the page of the newest cycle.
    """
    own, cycles, forces = _views(reports, gradings)
    made = [by_force(own, gradings, cycle, rules) for cycle in cycles]
    made += [by_cycle(own, gradings, force, rules) for force in forces]
    words = [*cycles, *forces.values()]
    files = {}
    for at, matrix in enumerate(made):
        links = [(f"{_file(other.id)}.html", words[n], n == at) for n, other in enumerate(made)]
        mapped = maps and at < len(cycles)
        files[f"{_file(matrix.id)}.html"] = matrix_html(matrix, page=True, maps=mapped, links=links)
        files[f"{_file(matrix.id)}-part.html"] = matrix_html(matrix, maps=mapped)
    return {"index.html": files[f"{_file(made[0].id)}.html"], **files} if made else {}


def _file(name: str) -> str:
    return re.sub(r"[^\w-]", "-", name)


def _views(reports: Iterable[Row], gradings: Iterable[Row]) -> tuple[list[Row], list[str], dict[str, str]]:
    """Return the reports that have a place in a matrix, their cycles from the newest, and their forces."""
    graded = {row["report_id"] for row in gradings}
    own = [row for row in reports if row["report_id"] in graded and _counts(row)]
    forces = {row["force_id"]: clean(row["force_name"]) or row["force_id"] for row in own}
    return own, sorted({row["cycle"] for row in own}, reverse=True), dict(sorted(forces.items()))


def matrix_page(outputs: Path | str, verdicts: Path = VERDICTS, view: str = "") -> str | None:
    """Return the page of the matrix that `view` names: a cycle or a force_id; the newest cycle where it names none.

    None where the tables hold no grades.
    """
    return matrix_view(read_rows("reports", outputs), verified_gradings(outputs, None, verdicts), view)


def matrix_view(reports: Iterable[Row], gradings: Sequence[Row], view: str = "") -> str | None:
    """Return the page that `view` names of reports and gradings at hand; see `matrix_page`."""
    own, cycles, forces = _views(reports, gradings)
    if not own:
        return None
    chosen = view if view in (*cycles, *forces) else cycles[0]
    matrix = by_cycle(own, gradings, chosen) if chosen in forces else by_force(own, gradings, chosen)
    links = [
        (f"?view={name}", words, name == chosen) for name, words in [*zip(cycles, cycles, strict=True), *forces.items()]
    ]
    mapped = chosen not in forces and len(matrix.lines) >= _WORTH_A_MAP
    return matrix_html(matrix, page=True, maps=mapped, links=links, home="/")


def script_source() -> str:
    """Return how a Content-Security-Policy names the script of the pages."""
    return f"'sha256-{b64encode(hashlib.sha256(_own('grades.js').encode()).digest()).decode()}'"


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _own(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
