"""The things this program talks about, from a printed line to a finding.

Measures are points with the origin at the top left of the page; pages are physical and count from 1.
Lines of a saved web page have no page and no box: both are None.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar, dataclass_transform

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True)
def _in_thousands(kind: type[Kind]) -> type[Kind]:
    """Make a dataclass that only the type checker holds frozen: Python takes five times as long over a frozen one."""
    return dataclass(slots=True, unsafe_hash=True)(kind)


@_in_thousands
class Box:
    """A rectangle on a page, in points from the top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@_in_thousands
class Run:
    """A stretch of one line set in one style."""

    text: str
    x0: float
    x1: float
    size: float
    bold: bool = False
    italic: bool = False
    colour: int = 0
    raised: bool = False  # stands above the baseline: a footnote mark


@_in_thousands
class Line:
    """One printed line, or one block element's text line of a web page.

    `text` is the runs' text, joined. `role` is `hidden` for a line that is in the file but cannot be seen; such lines
    follow all others, are evidence only and are never read on. `tag` is the structure tag of a tagged PDF (`H1`, `P`,
    `LI`, `TD` …) or the element name of a web page (`h2`, `p`, `li`, `td` …), upper case in both. `colour` is 0xRRGGBB.
    """

    number: int  # order in the document, from 0
    text: str
    page: int | None = None
    box: Box | None = None
    font: str = ""
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    colour: int = 0
    tag: str | None = None
    runs: tuple[Run, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A filled or bordered area of a page: a box around items, a grade's background, a table cell."""

    box: Box
    fill: int | None = None  # 0xRRGGBB, None when not filled
    border: int | None = None  # colour of the edge, None when there is none


@dataclass(frozen=True, slots=True)
class Page:
    """The measure of one page and how much of it is picture."""

    number: int
    width: float
    height: float
    characters: int = 0
    picture_share: float = 0.0  # of the page's area, 0 to 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an analyst must know before relying on a report's rows."""

    report_id: str
    source: str
    stage: str  # read | recognise | text | gradings | findings | checks | write | fetch
    code: str  # permanent slug, e.g. `no_text_layer`
    severity: str  # error (a row is missing or wrong) | doubt (look at this row) | note (kept, not shown by default)
    page: int | None
    message: str
    page_label: str | None = None  # the number printed on the page, where it is another


@dataclass(frozen=True, slots=True)
class Printed:
    """What a reader took from one file: every line, nothing decided yet."""

    source: str  # the file's path or address as given
    sha256: str
    medium: str  # pdf | web
    lines: tuple[Line, ...] = ()
    pages: tuple[Page, ...] = ()
    panels: tuple[Panel, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)  # document properties, as found
    problems: tuple[Problem, ...] = ()

    def shown(self) -> Printed:
        """Return the document without the lines that cannot be seen."""
        if not self.lines or self.lines[-1].role != "hidden":
            return self
        return replace(self, lines=tuple(line for line in self.lines if line.role != "hidden"))


@dataclass(frozen=True, slots=True)
class Report:
    """One row of `reports`."""

    report_id: str
    title: str | None
    force_id: str | None
    force_name: str | None
    publisher: str | None
    cycle: str | None
    pillar: str | None
    published: str | None
    pages: int | None
    source: str
    sha256: str
    profile: str | None
    rules_version: str
    extractor_version: str
    status: str  # ok | partial | failed
    kind: str = "force"  # force | national | joint | joint_area | letter | specialist | fire
    publishers: tuple[str, ...] = ()  # every inspectorate named as author, as printed
    area: str | None = None  # joint_area: the local area as printed
    service: str | None = None  # fire: slug of the service
    sent: str | None = None  # letters: the day of the letter, YYYY-MM-DD or YYYY-MM
    letter_type: str | None = None
    replies_to: str | None = None  # report_id of the report whose items a letter judges


@dataclass(frozen=True, slots=True)
class Section:
    """One row of `sections`; the sections of a report tile its text."""

    section_id: str
    report_id: str
    parent_id: str | None
    order: int
    level: int
    title: str | None
    kind: str  # cover | contents | body | question | annex | definitions | furniture
    question_id: str | None
    page_first: int | None
    page_last: int | None
    text: str
    page_label: str | None = None


@dataclass(frozen=True, slots=True)
class Grading:
    """One row of `gradings`."""

    grading_id: str
    report_id: str
    level: str  # overall | pillar | question
    question: str
    question_id: str | None
    grade: str | None
    basis: str  # inspected | carried_over | not_graded
    origin_cycle: str | None
    wording: str | None
    page: int | None
    boxes: tuple[Box, ...]
    rule_id: str
    flags: tuple[str, ...] = ()
    page_label: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of `findings`; `text` is the printed words, exactly."""

    finding_id: str
    report_id: str
    kind: str  # area_for_improvement | cause_of_concern | recommendation | innovative_practice | promising_practice
    question: str | None
    question_id: str | None
    order: int
    text: str
    detail: str | None
    parent_id: str | None
    stem: str | None
    limbs: tuple[str, ...]
    deadline: str | None
    deadline_on: str | None  # YYYY-MM-DD
    addressee: str | None
    status: str  # new | carried_forward | restated
    origin_cycle: str | None
    page_first: int | None
    page_last: int | None
    boxes: tuple[Box, ...]
    rule_id: str
    flags: tuple[str, ...] = ()
    page_label: str | None = None  # the number printed on page_first, where it is another
    number: str | None = None  # as printed: "4", "2.1"
    addressees: tuple[str, ...] = ()  # chief_constables, a force_id, home_office, …, other:<as printed>
    condition: str | None = None  # the words of "forces that …"
    also_on: tuple[int, ...] = ()  # pages where it is printed again
    outcome: str | None = None  # closed | open, where a sentence of a letter says so
    outcome_sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One row of `mentions`: a sentence, list entry or table row that names a force as a force."""

    report_id: str
    force_id: str
    page: int | None
    place: str  # text | box | list | table
    list: str | None  # visited | other
    sentence: str  # as printed
    boxes: tuple[Box, ...] = ()
    page_label: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one file."""

    report: Report
    sections: tuple[Section, ...] = ()
    gradings: tuple[Grading, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: tuple[Line, ...] = ()
    mentions: tuple[Mention, ...] = ()
