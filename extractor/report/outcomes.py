"""What a letter says became of the items it restates: closed or open, only where a sentence says so.

The sentence is kept as evidence. It judges the item it names, or the one its section is about; a count (`three of the
five recommendations`) judges none and is only compared. Closing a concern closes what it asked for, not the reverse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.folding import id_form
from extractor.layout.blocks import Block
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.findings.clues import Clues
from extractor.report.findings.drafts import FindingDraft, Status
from extractor.report.sentences import sentences
from extractor.rulebook.numbers import number_in

CLOSED, OPEN = "closed", "open"
_ABOUT = ("ABOUT_COUNT", "ABOUT_NUMBER", "ABOUT_ALL", "ABOUT_ALL_CONCERNS", "ABOUT_CONCERN", "ABOUT_RECOMMENDATION")
_STEM, _SHORTEST = 5, 4  # letters of a word that are compared, and of the shortest that is
_BODY_WEIGHT = 0.2  # a word of a section's text tells less of what it is about than one of its heading


@dataclass(slots=True, eq=False)
class _Section:
    """A heading and what stands below it, with the item last restated there."""

    title: str = ""
    words: str = ""
    item: FindingDraft | None = None
    verdicts: list[_Verdict] = field(default_factory=list)

    @property
    def judges_one(self) -> bool:
        """Does a sentence in it judge `this recommendation`?"""
        return any(verdict.about == "recommendation" for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A sentence that closes something or leaves it open."""

    outcome: str
    sentence: str
    about: str  # concern | all_concerns | recommendation | number | all | count
    page: int | None


def judge(items: Sequence[FindingDraft], clues: Clues, origin: str | None) -> list[Problem]:
    """Mark items as restated and give each its outcome; return what could not be placed."""
    for item in items:
        item.status = Status("carried_forward", origin)
    asked = [item for item in items if item.kind == "recommendation"]
    concerns = [item for item in items if item.kind == "cause_of_concern"]
    sections = list(_sections(items, clues))
    problems = _judge_recommendations(sections, asked)
    problems += _judge_concerns([verdict for section in sections for verdict in section.verdicts], concerns, asked)
    for item in (*asked, *concerns):
        if item.outcome is None:
            item.flags.add("not_judged")
    return problems + _counts(sections, asked)


def _sections(items: Sequence[FindingDraft], clues: Clues) -> Iterator[_Section]:
    """The letter in sections; a section that restates items knows the last of them."""
    restated = {passage.block.number: item for item in items for passage in item.text_passages}
    section = _Section()
    for block in clues.text.reading:
        if clues.is_heading(block):
            yield section
            section = _Section(block.text)
        elif block.number in restated:
            section.item = restated[block.number]
        else:
            section.words += f" {block.text}"
            section.verdicts += _verdicts(block, clues)
    yield section


def _verdicts(block: Block, clues: Clues) -> Iterator[_Verdict]:
    labels = clues.labels
    for start, end in sentences(block.text):
        words = block.text[start:end]
        outcome = OPEN if labels.has(words, "NOT_CLOSED") else CLOSED if labels.has(words, "CLOSED") else None
        about = labels.first(words, *_ABOUT)
        if outcome and about and not labels.has(words, "CLOSED_EARLIER"):
            boxes = block.boxes(start, end)
            page = boxes[0].page if boxes else block.page_first
            yield _Verdict(outcome, words, about.label.removeprefix("ABOUT_").lower(), page)


# recommendations -----------------------------------------------------------------------------------------------------


def _judge_recommendations(sections: Sequence[_Section], asked: Sequence[FindingDraft]) -> list[Problem]:
    _judge_all(sections, asked)
    problems = [_not_placed(verdict) for verdict in _by_number(sections, asked)]
    judging = [section for section in sections if section.judges_one]
    targets = _matched(judging, asked)
    for section in judging:
        target = targets.get(id(section))
        for verdict in (verdict for verdict in section.verdicts if verdict.about == "recommendation"):
            if target:
                _give(target, verdict)
            else:
                problems.append(_not_placed(verdict))
    return problems


def _judge_all(sections: Sequence[_Section], asked: Sequence[FindingDraft]) -> None:
    """Give every recommendation what a sentence says of all of them."""
    for verdict in (verdict for section in sections for verdict in section.verdicts):
        if verdict.about == "all" or _counts_all(verdict, asked):
            for item in asked:
                _give(item, verdict)


def _by_number(sections: Sequence[_Section], asked: Sequence[FindingDraft]) -> Iterator[_Verdict]:
    """Judge what sentences name by number, in printed order; yield those whose number there is none of."""
    for verdict in (verdict for section in sections for verdict in section.verdicts if verdict.about == "number"):
        number = number_in(verdict.sentence)
        if number is not None and 0 < number <= len(asked):
            _give(asked[number - 1], verdict)
        else:
            yield verdict


def _counts_all(verdict: _Verdict, asked: Sequence[FindingDraft]) -> bool:
    """Does a sentence count as many recommendations as there are?"""
    return verdict.about == "count" and number_in(verdict.sentence) == len(asked)


def _matched(judging: Sequence[_Section], asked: Sequence[FindingDraft]) -> dict[int, FindingDraft]:
    """Which recommendation each section judges: the one it restates, else the one its words are most like."""
    found = {id(section): section.item for section in judging if section.item in asked and section.item is not None}
    for section, item in _likest([section for section in judging if id(section) not in found], asked):
        if id(section) not in found and item not in found.values():
            found[id(section)] = item
    _match_by_elimination(found, judging, asked)
    return found


def _match_by_elimination(
    found: dict[int, FindingDraft], judging: Sequence[_Section], asked: Sequence[FindingDraft]
) -> None:
    """Give the one section that is free the one recommendation that is left."""
    free = [section for section in judging if id(section) not in found]
    left = [item for item in asked if item not in found.values()]
    if len(free) == len(left) == 1:
        found[id(free[0])] = left[0]


def _likest(sections: Sequence[_Section], asked: Sequence[FindingDraft]) -> list[tuple[_Section, FindingDraft]]:
    """Return the pairs that are alike at all, the likest first, those in the same place before others."""
    pairs = (
        (_likeness(section, item), abs(place - nth), section, item)
        for place, section in enumerate(sections)
        for nth, item in enumerate(asked)
    )
    ranked = sorted((pair for pair in pairs if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))
    return [(section, item) for _, _, section, item in ranked]


def _likeness(section: _Section, item: FindingDraft) -> float:
    title, words, asked = _marks(section.title), _marks(section.words), _marks(item.text)
    near = len(title & asked) / len(title) if title else 0.0
    return near + _BODY_WEIGHT * len(words & asked) / max(len(asked), 1)


def _marks(text: str) -> set[str]:
    """The beginnings of a text's longer words: `recorded` and `recording` are one."""
    return {word[:_STEM] for word in id_form(text).split() if len(word) >= _SHORTEST}


# causes of concern ---------------------------------------------------------------------------------------------------


def _judge_concerns(
    verdicts: Sequence[_Verdict], concerns: Sequence[FindingDraft], asked: Sequence[FindingDraft]
) -> list[Problem]:
    problems = []
    for verdict in (verdict for verdict in verdicts if verdict.about in ("concern", "all_concerns")):
        targets = concerns if verdict.about == "all_concerns" else _meant(verdict, concerns)
        if not targets:
            problems.append(_not_placed(verdict))
        for concern in targets:
            _give(concern, verdict)
            if verdict.outcome == CLOSED:
                for item in asked:
                    if item.parent is concern and item.outcome is None:
                        _give(item, verdict)
    return problems


def _meant(verdict: _Verdict, concerns: Sequence[FindingDraft]) -> list[FindingDraft]:
    """The concern a sentence speaks of: the only one, or the one its words are most like."""
    if len(concerns) < 2:
        return list(concerns)
    words = _marks(verdict.sentence)
    near = [len(words & _marks(f"{concern.topic or ''} {concern.text}")) for concern in concerns]
    best = max(near)
    return [concerns[near.index(best)]] if best and near.count(best) == 1 else []


# all -----------------------------------------------------------------------------------------------------------------


def _give(item: FindingDraft, verdict: _Verdict) -> None:
    item.outcome, item.outcome_sentence = verdict.outcome, verdict.sentence


def _not_placed(verdict: _Verdict) -> Problem:
    message = f"“{verdict.sentence[:120]}” judges an earlier item, and it is not clear which; look at the letter"
    return problem("outcome_not_placed", verdict.page, message)


def _counts(sections: Sequence[_Section], asked: Sequence[FindingDraft]) -> list[Problem]:
    """Compare `We have closed three of the five recommendations` with what was read."""
    closed = sum(item.outcome == CLOSED for item in asked)
    remarks = []
    for verdict in (verdict for section in sections for verdict in section.verdicts):
        said = number_in(verdict.sentence) if verdict.about == "count" and verdict.outcome == CLOSED else None
        if said is not None and said != closed:
            message = f"“{verdict.sentence[:100]}”, but {closed} were read as closed; look at the letter"
            remarks.append(problem("closures_disagree", verdict.page, message))
    return remarks
