"""What the inspectorate says to have been put right: sentences of a later report, and of its letters.

Only sentences that say so count, each with its page. Whether a finding is meant is told by the words both share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.comparison.force_history import PRACTICE, History, Item, Row, sentences
from extractor.comparison.rules import CompareRules
from extractor.comparison.weights import Weights

_ENOUGH = 0.5  # of an item's weight: what a sentence must share to speak of it
_LONGEST_QUOTE = 400
_NOT_PROSE = frozenset({"contents", "annex", "definitions", "cover"})


@dataclass(frozen=True, slots=True)
class Closure:
    """A sentence that says that something was put right, with what stands before it, and where it is printed."""

    quote: str
    marks: frozenset[str]
    place: str
    report_id: str


class Closures:
    """What a force's reports and letters say to have been put right.

    Args:
        sections_of: returns the sections of a report.
        letters: the letters to the force, each with its findings, the oldest first.
    """

    def __init__(
        self,
        history: History,
        weights: Weights,
        rules: CompareRules,
        sections_of: Callable[[str], Iterable[Row]],
        letters: Sequence[tuple[Row, Sequence[Row]]] = (),
    ) -> None:
        self._history, self._weights, self._rules, self._sections_of = history, weights, rules, sections_of
        self._letters = letters
        self._said: dict[int, list[Closure]] = {}

    def in_report(self, item: Item, at: int) -> Closure | None:
        """Return the sentence of a later report that says that an item was put right, if there is one."""
        return self._about(item, self._statements(at))

    def in_letters(self, item: Item) -> Closure | None:
        """Return the sentence of the first letter after an item's report that closes it, if there is one."""
        report = self._history.reports[item.at]
        for letter, findings in self._letters:
            if _answers(letter, report):
                closed = [row for row in findings if row["outcome"] == "closed" and row["outcome_sentence"]]
                said = self._about(item, [self._in_letter(letter, row) for row in closed])
                if said:
                    return said
        return None

    def _in_letter(self, letter: Row, row: Row) -> Closure:
        quote, marks = str(row["outcome_sentence"]), self._rules.lexicon.marks(str(row["text"] or ""))
        where = _pages(row["page_first"], row["page_last"])
        return Closure(_short(quote), frozenset(marks), where, str(letter["report_id"]))

    def _about(self, item: Item, statements: Iterable[Closure]) -> Closure | None:
        """Return the statement that shares most with an item, if one shares enough."""
        if item.kind in PRACTICE:
            return None
        weights = self._weights.in_text(item.text.marks)
        topics = {mark for mark in weights if self._rules.lexicon.facet(mark) in ("topic", "subject")}
        best = max(statements, key=lambda said: _share(weights, said.marks), default=None)
        return best if best and topics & best.marks and _share(weights, best.marks) >= _ENOUGH else None

    def _statements(self, at: int) -> list[Closure]:
        """Return what a report says to have been put right, in its sections and in its findings' explanations."""
        if at not in self._said:
            report_id = str(self._history.reports[at]["report_id"])
            parts = [
                (section["text"], section)
                for section in self._sections_of(report_id)
                if section["kind"] not in _NOT_PROSE
            ]
            rows = (self._history.items[place].row for place in self._history.by_report[at])
            parts += [(row["detail"], row) for row in rows]
            self._said[at] = [
                closure
                for text, row in parts
                for closure in self._in_text(text or "", _pages(row["page_first"], row["page_last"]), report_id)
            ]
        return self._said[at]

    def _in_text(self, text: str, where: str, report_id: str) -> Iterator[Closure]:
        if not self._rules.says("resolved", text):
            return
        found = sentences(text)
        for number, sentence in enumerate(found):
            if not self._rules.says("resolved", sentence) or self._rules.says("undone", sentence):
                continue
            quote, marks = sentence, set(self._rules.lexicon.marks(sentence))
            if number and not any(self._rules.lexicon.facet(mark) in ("topic", "subject") for mark in marks):
                quote = f"{found[number - 1]} {sentence}"  # "There are no longer such concerns." tells not of what
                marks = set(self._rules.lexicon.marks(quote))
            yield Closure(_short(quote), frozenset(marks), where, report_id)


def _answers(letter: Row, report: Row) -> bool:
    """Whether a letter may judge the items of a report: it names it, or was sent after it."""
    if letter["replies_to"]:
        return bool(letter["replies_to"] == report["report_id"])
    sent, published = str(letter["sent"] or letter["published"] or ""), str(report["published"] or "")
    return bool(sent and published and sent >= published[: len(sent)])


def _share(weights: Mapping[str, float], marks: frozenset[str]) -> float:
    total = sum(weights.values()) or 1.0
    return sum(weight for mark, weight in weights.items() if mark in marks) / total


def _pages(first: int | None, last: int | None) -> str:
    if first is None:
        return "web page"
    return f"page {first}" if last in (None, first) else f"pages {first} to {last}"


def _short(quote: str) -> str:
    return quote if len(quote) <= _LONGEST_QUOTE else "…" + quote[-_LONGEST_QUOTE:].split(" ", 1)[-1]
