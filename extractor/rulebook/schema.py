"""The shape of rule files: what a line, a row or a table may hold. Anything else is a mistake and is named.

Here is what every file is made of, and patterns, terms and drafting rules; `tables.py` has the tables of facts.

Sets are closed: labels, grades, levels, kinds of papers and effects of drafting rules are those of `vocabulary.py` or
of this file. What one file says of another (a cycle, a question, a term) is checked in `cross_check.py`.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator
from typing_extensions import TypedDict

from extractor.rulebook.labels import LABEL_VALUES, LABELS, NEEDS_VALUE
from extractor.vocabulary import GRADES, KIND_CODES

MOST_TIMES = 20  # that a token may come
MOST_ANYTHING = 6  # places for any words in one pattern
_REPEATED_REPEAT = re.compile(r"\((?:\?:|\?P<\w+>)?(?:\\.|\[[^\]]*\]|[^()\\\[\]|])[*+]\??\)(?:[*+]|\{\d*,\})")
_ANYTHING = re.compile(r"(?<!\\)\.[*+]")
_BOUNDS = re.compile(r"\d{1,9}")
WHOLE_LINES = ("headings.jsonl", "furniture.jsonl")  # a rule of these must match the whole line


def one_of(*choices: str) -> AfterValidator:
    """Return what refuses any other word."""

    def check(value: str) -> str:
        if value not in choices:
            near = choices if len(choices) < 10 else (*get_close_matches(value, choices, 3), "…")
            raise ValueError(f"{value!r} is not one of {', '.join(near)}")
        return value

    return AfterValidator(check)


def _day(value: str) -> str:
    if value:
        date.fromisoformat(value)
    return value


def _regular(value: str) -> str:
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"the pattern cannot be read ({error})") from error
    if (twice := _REPEATED_REPEAT.search(value)) or len(_ANYTHING.findall(value)) > MOST_ANYTHING:
        what = f"`{twice[0]}`" if twice else "so many `.*`"
        raise ValueError(f"{what} can match the same words in too many ways; a long text would take for ever")
    return value


def _times(value: str) -> str:
    least, most = map(int, _BOUNDS.findall(value))
    if not least <= most <= MOST_TIMES:
        raise ValueError(f"{value}: the first number must not be above the second, and that not above {MOST_TIMES}")
    return value


def _not_endless(tokens: tuple[Any, ...]) -> tuple[Any, ...]:
    if sum(set(token) == {"OP"} and token["OP"] in ("*", "+") for token in tokens) > MOST_ANYTHING:
        raise ValueError("so many tokens for any words can match in too many ways; a long text would take for ever")
    return tokens


def _list(value: Any) -> Any:
    return tuple(filter(None, value.split("|"))) if isinstance(value, str) else value


Words = Annotated[str, Field(min_length=1)]
Several = Annotated[tuple[Words, ...], Field(min_length=1)]
Listed = Annotated[tuple[str, ...], BeforeValidator(_list)]  # one cell of a table: a|b|c
Day = Annotated[str, AfterValidator(_day)]  # YYYY-MM-DD or ""
MaybeDay = Annotated[date | None, BeforeValidator(lambda value: value or None)]
Month = Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]
Regular = Annotated[Words, AfterValidator(_regular)]
Grade = Annotated[str, one_of(*GRADES)]
Kind = Annotated[str, one_of(*KIND_CODES)]
Pillar = Literal["effectiveness", "efficiency", "legitimacy", "leadership", "integrated"]


class Row(BaseModel):
    """A line of a rule file; `origin` is its file and line, `pack` the folder it holds for ("" for all)."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    origin: str = ""
    pack: str = ""


class Part(BaseModel):
    """A table inside a TOML file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


# patterns ------------------------------------------------------------------------------------------------------------


class OneOf(TypedDict, total=False):
    """What a word may be, in spaCy's format."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]
    IN: list[str]
    NOT_IN: list[str]
    REGEX: Regular


WORDS, TOKENS = "<words>", "<tokens>"  # the two forms of a pattern, as mistakes in one name them


def _form(value: Any) -> str:
    return WORDS if isinstance(value, str) else TOKENS


Word = Annotated[Annotated[str, Tag(WORDS)] | Annotated[OneOf, Tag(TOKENS)], Discriminator(_form)]


Bounds = Annotated[str, Field(pattern=r"^\{[0-9]{1,4},[0-9]{1,4}\}$"), AfterValidator(_times)]


class Token(TypedDict, total=False):
    """One word of a pattern, in spaCy's format; the attributes that the tokeniser knows without a model."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]
    LOWER: Word
    TEXT: Word
    ORTH: Word
    OP: (
        Literal["!", "?", "+", "*", "1"]
        | Annotated[str, Field(pattern=r"^\{[0-9]{1,4},[0-9]{1,4}\}$"), AfterValidator(_times)]
    )
    IS_PUNCT: bool
    IS_DIGIT: bool
    IS_ALPHA: bool
    IS_UPPER: bool
    IS_TITLE: bool
    IS_SENT_START: bool
    LIKE_NUM: bool


Tokens = Annotated[tuple[Token, ...], Field(min_length=1), AfterValidator(_not_endless)]
Pattern = Annotated[Annotated[Words, Tag(WORDS)] | Annotated[Tokens, Tag(TOKENS)], Discriminator(_form)]


class Rule(Row):
    """One thing to recognise, with lines it must match and lines it must not."""

    id: Words
    label: Annotated[str, one_of(*LABELS)]
    pattern: Pattern
    examples: Several
    counter: Several
    value: str | None = None  # what it stands for, e.g. the grade
    source: str = ""

    @cached_property
    def whole(self) -> bool:
        """Whether it must match the whole line."""
        return self.origin.partition(":")[0].endswith(WHOLE_LINES)

    @model_validator(mode="after")
    def _check_value(self) -> Self:
        allowed = LABEL_VALUES.get(self.label, ())
        if self.value is None and self.label in NEEDS_VALUE:
            raise ValueError(f"a rule with the label {self.label} needs a `value`")
        if self.value is not None and allowed is not None and self.value not in allowed:
            raise ValueError(f"`value` {self.value!r} is not one of {', '.join(allowed) or 'none'} for {self.label}")
        return self


class Phrase(Row):
    """A form of words, as a regular expression."""

    id: Words
    pattern: Regular
    examples: Several
    counter: Several
    sense: Literal["", "reference", "open", "resolved", "undone"] = ""
    words: tuple[str, ...] = ()


class WebLink(Phrase):
    """What a link of the publisher's site leads to, by its words or its address."""

    what: Literal["site", "report", "own_report", "publication", "web_report"]

    def found(self, text: str) -> bool:
        """Say whether words or an address are of this kind."""
        return re.search(self.pattern, text, re.IGNORECASE) is not None


class LandingPattern(Row):
    """Where the landing page of a cycle's report on one force lies, if there is one; it is never known to be there."""

    id: Words
    cycle: Words
    pillar: Pillar
    address: Annotated[str, Field(pattern=r"^https://[^{}\s]+\{force\}[^{}\s]*$")]
    basis: Literal["seen", "analogy"]  # of some forces | made like that of another cycle or pillar
    examples: Several  # addresses that it gives
    counter: Several

    def address_of(self, force_id: str) -> str:
        """Return the address of a force's page."""
        return self.address.replace("{force}", force_id)


class Term(Row):
    """One thing the reports speak of, under all the names they have for it."""

    id: Words
    facet: Literal["topic", "subject", "word", "demand", "manner", "weak", "frame"]
    forms: Several
    also: tuple[str, ...] = Field((), alias="with")  # other terms that are meant whenever this one is
    says: str = ""  # how it is named behind “both ask to”, where its id does not say it
    examples: Several
    counter: Several


class WordFamily(Row):
    """Words of the field that stand for one another."""

    id: Words
    forms: Several


class Matter(Row):
    """A kind of problem that inspections raise: a sentence speaks of it that has a word of every family of one way."""

    id: Words
    ways: tuple[Several, ...] = Field(min_length=1)  # ids of word families
    examples: Several
    counter: Several


class LinkModel(Row):
    """`likelihood.toml`: what each figure weighs when two findings are held against each other, and from where on."""

    certain: float = Field(ge=0, le=1)  # likelihood from which a pair is a link
    shared: float = Field(ge=0, le=1)  # from which a second link into or out of a finding is one
    part: float = Field(ge=0, le=1)  # from which it is one where it speaks of a matter that the first leaves out
    recommendation: float = Field(ge=0, le=1)  # from which a recommendation is a link beside its cause of concern
    candidate: float = Field(ge=0, le=1)  # from which a pair is worth a look
    first: dict[str, float]
    second: dict[str, float]


class Family(Row):
    """A question over the years, under all its names."""

    id: Words
    name: Words
    near: frozenset[str]  # families whose findings may speak of the same thing
    then: frozenset[str]  # families that look at it where the family itself is gone


class Theme(Row):
    """A subject under which findings are counted, told by the terms they use."""

    id: Words
    name: Words
    terms: frozenset[str]
    questions: frozenset[str] = frozenset()
    examples: Several
    counter: Several


class DraftExample(TypedDict, total=False):
    """An item, and the actions drafted from it."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]
    item: str
    kind: Kind
    actions: list[str]
    alternative: str


EFFECTS = (
    *("leadin", "demand", "strip", "umbrella", "subject", "limbs", "series", "split", "headline", "tail", "phrase"),
    *("passive", "active", "front", "note", "alternative", "the", "subject_for_it", "guard", "own_words"),
    *("no_demand", "frame", "leans", "elliptical"),
)


class DraftRule(Row):
    """What drafting an action does with some words of an item; README.md in `rules/response` explains each effect."""

    id: Words
    does: Annotated[str, one_of(*EFFECTS)]
    pattern: Tokens
    examples: Annotated[tuple[DraftExample, ...], Field(min_length=1)]
    counter: Several
    subject: bool = False
    keep: int = 0
    kinds: tuple[Kind, ...] = ()
    needs_phrase: bool = False
    no_comma_after: bool = False
    leans: bool = False  # what follows makes no sense without what stands before
    alone: bool = False  # only where nothing else before it can be meant
    glue: str = ""
