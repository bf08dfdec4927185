"""The tables of the rules: forces and services, questions, offices, the law by its dates, the form and its choices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from extractor.folding import plain
from extractor.rulebook.schema import Day, Listed, MaybeDay, Pillar, Row, Words, one_of
from extractor.vocabulary import REPORT_KINDS


class Force(Row):
    """One of the 43 forces."""

    id: Words = Field(alias="force_id")
    name: Words
    aliases: Listed

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is printed under, its own first."""
        return self.name, *self.aliases

    @cached_property
    def plain_names(self) -> tuple[str, ...]:
        """The same names as words are compared."""
        return tuple(map(plain, self.names))

    def full_names(self, words: Sequence[str]) -> list[str]:
        """Return its names that hold one of some words, such as `police`: the others are those of its area too."""
        return [name for name in self.names if any(word in name.lower() for word in words)]


class Area(Row):
    """A local area of joint inspections, and the force that polices it."""

    area: Words
    force_id: Words
    source: Words


class Service(Row):
    """One fire and rescue service of England."""

    id: Words = Field(alias="service_id")
    name: Words
    aliases: Listed

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is printed under."""
        return self.name, *self.aliases


class Question(Row):
    """One wording of a question or area, and the family it belongs to."""

    id: Words = Field(alias="question_id")
    cycle: Words
    pillar: Pillar
    level: Literal["overall", "pillar", "question"]
    title: Words
    short: Words


class Body(Row):
    """Who answers for a force, from a day on."""

    force_id: Words
    since: Day
    responding_body: Words
    office_type: Words
    signatory_title: Words
    doubt: str = ""  # what of it wants a second look


class Undated(Row):
    """Between which days the reports of a cycle came out, for those that print no day."""

    cycle: Words
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    source: Words


class Office(Row):
    """A kind of office."""

    office_type: Words
    short: Words
    name: Words
    plan: Words


class Inspectorate(Row):
    """The inspectorate's name in a time."""

    acronym: Words
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    name: Words


class Regime(Row):
    """How long a body has to publish its comments, by the day of the report."""

    id: Words
    first: MaybeDay = Field(alias="from")  # reports published from this day on; None: always before
    last: MaybeDay = Field(alias="to")  # … up to this day; None: still so
    days: int  # the period as it is spoken of
    days_after: int  # days to add to the day of publication
    statutory: bool
    basis: Words
    source: Words


class Holiday(Row):
    """A bank holiday in England and Wales."""

    day: date = Field(alias="date")
    name: Words


class Strand(Row):
    """The fixed sentence about what a strand assesses."""

    cycle: Words
    pillar: Pillar
    sentence: Words
    source: Words


class AnsweredPaper(Row):
    """What a kind of paper is to the office that answers it."""

    kind: Annotated[str, one_of(*REPORT_KINDS)]
    letter_type: str = ""  # "": every other letter
    ticks: Listed  # local | follow_up | partner | national | thematic: the form's types of inspection
    law: Literal["section_55", "not_settled", "action_plan", "partnership"]
    source: Words


class Position(Row):
    """A choice in the Word form or tracker."""

    list: Literal["position", "delivery"]
    value: Words


class Blank(Row):
    """A blank of the Word form."""

    role: Words
    label: Words  # as the form prints it
    needed: bool  # by law
    holds: Annotated[str, one_of("text", "answer", "date", "choice")]
    what: Words


class Filler(Row):
    """Words that stand in the place of an answer, and where: the whole of it, its beginning, or instead of a date."""

    words: Words
    where: Annotated[str, one_of("whole", "beginning", "date")]
