"""What is graded: the questions, areas and pillars of one report, and which of them a block belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.report.sections import Part
from extractor.rulebook.questions import Crosswalk, plain
from extractor.rulebook.tables import Question

_PREFIX = re.compile(r"^(?:Overview|Question \d+|Q\d+|\d+\.)\s*[–—:-]?\s+(?=\S)")

_STEM = 5  # letters to which words are cut, so that their endings do not part them
_COMMON = ("force", "extent", "effective", "which", "their", "those", "people", "police", "policing")


def without_prefix(title: str | None) -> str:
    """Return a heading without `Overview –`, `Question 3:` and the like."""
    return _PREFIX.sub("", title or "")


@dataclass(frozen=True, slots=True)
class Subject:
    """A question, area or pillar that a grade is given for."""

    level: str  # pillar | question
    id: str  # id of the question, or the folded heading of an area that is not known
    title: str  # as printed
    question: Question | None  # as the crosswalk knows it

    @property
    def key(self) -> tuple[str, str]:
        """What makes two subjects the same, however they are titled."""
        return self.level, self.id


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of one report; `areas` are places of parts that are graded though the crosswalk knows them not."""

    parts: Sequence[Part]
    crosswalk: Crosswalk
    areas: frozenset[int] = frozenset()

    def with_area(self, place: int) -> Subjects:
        """Return the subjects with a further area."""
        return replace(self, areas=self.areas | {place})

    def is_subject(self, place: int) -> bool:
        """Say whether a part is a question, an area or a pillar."""
        return bool(self.parts[place].question) or place in self.areas

    def places(self) -> Iterator[int]:
        """Yield the places of the parts that are subjects, in order."""
        return (place for place in range(len(self.parts)) if self.is_subject(place))

    def owner(self, place: int) -> int | None:
        """Return the place of the nearest subject, a part itself or one that encloses it."""
        at: int | None = place
        while at is not None and not self.is_subject(at):
            at = self.parts[at].parent
        return at

    def at(self, place: int) -> Subject:
        """Return the subject that a part is."""
        part = self.parts[place]
        title = without_prefix(part.title)
        if part.question:
            return Subject(part.question.level, part.question.id, title, part.question)
        return Subject("question", plain(title), title, None)

    def place_of(self, subject: Subject) -> int | None:
        """Return the place of the first part that is this subject."""
        return next((place for place in self.places() if self.at(place).key == subject.key), None)

    def question_levels(self) -> set[int]:
        """Return the levels on which the known questions stand."""
        return {part.level for part in self.parts if part.question and part.question.level == "question"}

    def named(self, words: str) -> Subject | None:
        """Return the subject that the words of a table's cell stand for, titled as at its own heading."""
        question = self.crosswalk.find(words) or self.crosswalk.find_short(words)
        for place in self.places():
            subject = self.at(place)
            known = question is not None and subject.key == (question.level, question.id)
            if known or plain(subject.title) == plain(words):
                return replace(subject, title=without_prefix(words)) if _is_fuller(words, subject) else subject
        return Subject(question.level, question.id, without_prefix(words), question) if question else None

    def pillar(self, place: int, name: str) -> Subject:
        """Return the pillar of the report, titled as the outermost part around a place."""
        top = place
        while (above := self.parts[top].parent) is not None:
            top = above
        question = next((each for each in self.crosswalk.all() if each.level == "pillar"), None)
        return Subject("pillar", question.id if question else name, without_prefix(self.parts[top].title), question)


def _is_fuller(words: str, subject: Subject) -> bool:
    """A pillar may be headed by its short name, and asked in full in the table."""
    return subject.level == "pillar" and "?" in words and "?" not in subject.title


def content_words(words: str) -> set[str]:
    """Return the words that carry meaning, cut to their stems' length."""
    return {word[:_STEM] for word in plain(words).split() if len(word) >= _STEM and word not in _COMMON}
