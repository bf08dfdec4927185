"""The tables in TOML: what a pack says of itself in `profile.toml`, and the settings and words all packs share."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from extractor.folding import plain
from extractor.rulebook.schema import Grade, Month, Part, Pillar, Row, Several, Words, one_of
from extractor.vocabulary import REPORT_KINDS

OTHERWISE = "otherwise"  # the key of `[pillars]` for a title that names none or several


class Recognise(Part):
    """The words by which a document is known to belong to a pack."""

    titles: Several  # words one of which the front matter prints
    web_years: tuple[str, ...] = ()  # how web pages name the year, where not by the cycle

    @cached_property
    def plain_titles(self) -> tuple[str, ...]:
        """The titles as words are compared."""
        return tuple(map(plain, self.titles))


class Published(Part):
    """The months in which reports came out; a web date outside them is the date of a conversion."""

    first: Month = Field(alias="from")
    last: Month = Field(alias="to")


class Comparable(Part):
    """The cycles of one framework have one scale and method: their grades compare with each other."""

    framework: Words
    about: Words


class Profile(Row):
    """How to recognise and read the reports of one cycle of PEEL."""

    cycle: Words
    order: int = Field(gt=0)  # place of the cycle in time
    names: Several  # how the cycle is printed in other reports
    recognise: Recognise
    publisher: Words  # when the report names none
    items: Literal["list", "lead", "listed"]  # list: bullets are items | lead: a lead sentence and its explanation
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]  # from the best
    pillars: dict[str, Pillar]  # words of the title → pillar
    subjects: dict[str, Pillar] = Field(default_factory=dict)  # word of the title → pillar it is a part of
    published: Published
    comparable: Comparable
    expect: dict[Pillar, tuple[str, ...]] = Field(default_factory=dict)  # ids of the questions a report grades
    expect_concern_when_inadequate: bool = False
    open_areas: bool = False  # names of the areas are not all known

    @property
    def id(self) -> str:
        """Name of the pack's folder."""
        return self.pack

    @property
    def framework(self) -> str:
        """Id of the framework whose grades compare with those of this cycle."""
        return self.comparable.framework

    def may_be_published(self, day: str) -> bool:
        """Say whether a report of the cycle can have come out on a day (YYYY-MM-DD or YYYY-MM)."""
        return self.published.first <= day[:7] <= self.published.last

    @model_validator(mode="after")
    def _check_pillars(self) -> Self:
        if OTHERWISE not in self.pillars:
            raise ValueError("[pillars] needs the line `otherwise`: the pillar of a title that names none or several")
        return self


class PaperFamily(Row):
    """How the papers of one family that are no reports of a cycle are recognised and read."""

    kind: Annotated[str, one_of(*REPORT_KINDS)]  # as `reports.kind` has it
    rank: int  # of two families whose title forms match, the lower is taken
    named_after: Literal["title", "area", "force", "service"]  # what tells its papers apart
    items: Literal["list", "lead", "listed"]
    numbered: bool = False  # the number of a recommendation, not its bullet, makes it one
    chapters: bool = False  # items belong to the chapter they stand in, not to its nearest heading
    addressed_by: Literal["subject", "force", "service", "nobody"]  # subject: of `should`
    restates: tuple[str, ...] = ()  # types of letters whose items are those of an earlier report
    grades: tuple[Grade, ...] = ()
    publisher: Words
    unfit_checks: tuple[str, ...] = ()  # codes of checks that do not hold for it
    unfit_flags: tuple[str, ...] = ()
    section_55: bool = True  # whether the law asks a police and crime commissioner to answer within 56 days
    body_parts: tuple[str, ...] = ()  # kinds of parts that hold items in this family, and in others only explain

    @property
    def id(self) -> str:
        """Name of the pack's folder."""
        return self.pack

    @property
    def profile(self) -> Profile:
        """What a reader of items and grades must know of it."""
        return Profile.model_construct(
            pack=self.pack,
            cycle="",
            grades=self.grades,
            items=self.items,
            publisher=self.publisher,
            pillars={},
            published=Published.model_construct(first="2000-01", last="2099-12"),  # papers of no cycle: any time
        )


# settings ------------------------------------------------------------------------------------------------------------


class Items(Part):
    """Lengths of items, in words."""

    short_words: int = Field(gt=0)
    long_words: int = Field(gt=0)


class Likeness(Part):
    """How like a known wording a heading must be, 0 to 100."""

    likeness: float = Field(ge=0, le=100)


class Languages(Part):
    """How a document in Welsh is known."""

    welsh: Several
    welsh_share: float = Field(gt=0, lt=1)  # of all words


class ForceNames(Part):
    """How the full name of a force is told from that of its area."""

    name_words: Several


class Publishers(Part):
    """How the inspectorate's newer name is told from mentions of it."""

    newer_share: float = Field(gt=0, le=1)  # of the mentions of the older name


class Hyphens(Part):
    """First parts of words that keep their hyphen."""

    compounds: Several
    whole: Several


class Settings(Row):
    """`settings.toml`: the few numbers and word lists that the rules are read with."""

    items: Items
    questions: Likeness
    languages: Languages
    forces: ForceNames
    publishers: Publishers
    words: Hyphens


class PlainWords(Row):
    """`words.toml`: words that tell nothing, and words that keep their form."""

    small: Words
    kept: dict[str, Words]

    def stems_kept(self) -> dict[str, str]:
        """Return what each word that keeps its form becomes."""
        return {word: stem for stem, forms in self.kept.items() for word in forms.split()}


class Wording(Row):
    """`wording.toml`: the sentences the response is composed of, by table and name."""

    sentences: dict[str, dict[str, Words]]
