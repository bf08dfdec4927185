"""What a review file may hold: sizes, types and words, checked before anything in it is believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from extractor.decisions.store import GRADE_CHOICES, WORDS, Verdict
from extractor.vocabulary import KIND_CODES

LONGEST_TEXT = 50_000  # characters
MOST_BOXES = 1_000
_FURTHEST = 100_000.0  # points; no sheet of paper is as large


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError(f"is not text, or longer than {LONGEST_TEXT:,} characters")
    return "".join(letter for letter in value if not 0xD800 <= ord(letter) < 0xE000 and letter != "\0").strip()


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise ValueError(f"{value!r} is no date; write YYYY-MM-DD") from None


def _page(value: Any) -> int | None:
    if value in (None, ""):
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 100_000:
        raise ValueError(f"{value!r} is no page")
    return value


Words = Annotated[str, BeforeValidator(_text)]
Day = Annotated[str, BeforeValidator(_text), AfterValidator(_day)]
PageNumber = Annotated[int | None, BeforeValidator(_page)]
Length = Annotated[float, Field(ge=-_FURTHEST, le=_FURTHEST, allow_inf_nan=False, strict=True)]


class Place(BaseModel):
    """A rectangle on a page, in points from the top left corner."""

    page: Annotated[int, Field(gt=0, lt=100_000, strict=True)]
    x0: Length
    top: Length
    x1: Length
    bottom: Length


class Entry(BaseModel):
    """One decision as the review page sends it; what it does not know is left aside."""

    model_config = ConfigDict(extra="ignore")
    subject: Literal["finding", "grading"]
    verdict: str
    id: Words = ""
    kind: Words = ""
    text: Words = ""
    detail: Words = ""
    question: Words = ""
    printed: Words = ""
    note: Words = ""
    by: Words = ""
    on: Day = ""
    page: PageNumber = None
    boxes: Annotated[list[Place], Field(max_length=MOST_BOXES)] = []

    @model_validator(mode="before")
    @classmethod
    def _no_boxes(cls, value: Any) -> Any:
        return {**value, "boxes": value.get("boxes") or []} if isinstance(value, Mapping) else value

    @model_validator(mode="after")
    def _agrees(self) -> Entry:
        words = [word for word in WORDS[self.subject] if word]
        if self.verdict not in words:
            raise ValueError(f"{self.verdict!r} is no verdict on a {self.subject}; use {', '.join(words)}")
        if self.subject == "finding" and self.verdict != "withdrawn":
            self._check_finding()
        if self.subject == "grading" and self.verdict == "corrected" and self.text not in GRADE_CHOICES:
            raise ValueError(f"{self.text!r} is no grade; use {', '.join(GRADE_CHOICES)}")
        return self

    def _check_finding(self) -> None:
        if self.kind not in KIND_CODES:
            raise ValueError(f"{self.kind!r} is no kind of finding; use {', '.join(KIND_CODES)}")
        if self.verdict in ("corrected", "added") and not self.text:
            raise ValueError(f"a {self.verdict} finding needs its text")

    def as_verdict(self, name: str) -> Verdict:
        """Return the decision as a row of the file of verdicts, about the thing of that id."""
        boxes = [{side: round(value, 2) for side, value in place.model_dump().items()} for place in self.boxes]
        return Verdict(
            self.subject, name, verdict=self.verdict, kind=self.kind, text=self.text, detail=self.detail,
            question=self.question, printed=self.printed, page=str(self.page or ""),
            boxes=json.dumps(boxes) if boxes else "", note=self.note, by=self.by, on=self.on,
        )  # fmt: skip


def entry(number: int, told: Any) -> Entry:
    """Return one decision of a review file.

    Raises:
        ValueError: it cannot be used; the message names its number, the field and what is wrong with it.
    """
    try:
        return Entry.model_validate(told)
    except ValidationError as error:
        raise ValueError(f"decision {number}{_first_mistake(error)}") from None


def _first_mistake(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(step) for step in first["loc"])
    if place in ("", "subject") and first["type"] != "value_error":
        return " is about neither a finding nor a grading"
    words = first["msg"].removeprefix("Value error, ")
    if place.startswith("boxes"):
        return f": {place}: {words}; a place needs numbers for page, x0, top, x1, bottom"
    return f": {place} {words}" if place else f": {words}"
