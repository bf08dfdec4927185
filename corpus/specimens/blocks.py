"""What a specimen is made of: pieces that are drawn and pieces that are answered in its gold.

Text may hold `<b>`, `<i>` and footnote marks `[^1]`; nothing else is markup. `&` is written plainly.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading; `question` when grades and items below it belong to it until the next such heading."""

    text: str
    level: int = 1
    question: bool = False


@dataclass(frozen=True)
class Para:
    """A paragraph of prose; `bold` for a run-in heading."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list in prose: no item of the gold."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Grade:
    """A grade where it is displayed.

    `show`: box | row | bare | pill | bar | words. `question` names the question when it isn't the heading above.
    `again` when the same grade is displayed elsewhere as its first place of record. `words` is a sentence that says
    so, drawn below; with `show` words it is all there is.
    """

    grade: str | None
    show: str
    level: str = "question"
    basis: str = "inspected"
    question: str | None = None
    again: bool = False
    words: str | None = None


@dataclass(frozen=True)
class Judgments:
    """The table of judgments: short name, full name and grade of each area, in the order of the report."""

    areas: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Group:
    """Recommendations under one umbrella; without `stem` each of `items` is a whole sentence."""

    stem: str | None
    deadline: str | None
    items: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One finding in a box or list. `before` is a line above it that is no item."""

    text: str
    detail: tuple[str, ...] = ()
    limbs: tuple[str, ...] = ()
    status: str = "new"
    origin: str | None = None
    before: str | None = None
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Items:
    """Findings of one kind under one heading. `show`: shaded | list | bar | table."""

    kind: str
    heading: str
    items: tuple[Item, ...]
    show: str
    recommendations: str = "Recommendations"


@dataclass(frozen=True)
class Tiles:
    """Figures in a row of tiles: number and words."""

    tiles: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rows:
    """A small table of data with a caption; the first row is its head."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """Bars for all forces, one of them ours."""

    caption: str
    highest: int
    ours: int  # rank from the left, 0 to 42


@dataclass(frozen=True)
class NewPage:
    """The next piece stands on a new page."""


Block = Heading | Para | Bullets | Grade | Judgments | Items | Tiles | Rows | Chart | NewPage


@dataclass(frozen=True)
class Specimen:
    """One report: what stands on its cover, how it looks, what is in it and what misleads in it."""

    name: str
    title: tuple[str, ...]
    force: str
    publisher: str
    cycle: str
    pillar: str
    published: str  # as in gold
    printed: str  # as printed
    blocks: tuple[Block, ...]
    colours: tuple[str, str, str]  # dark, middle, pale
    notes: dict[str, str] = field(default_factory=dict)
    traps: tuple[str, ...] = ()
    date_on_cover: bool = True
    roman_front: bool = False  # contents pages are numbered i, ii and the body starts at 1
    running: str = ""  # running line beside the page number


STATEMENT = "Specimen for software testing. Findings are invented."
