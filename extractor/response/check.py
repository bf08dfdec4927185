"""Read a filled-in response back and list what is still needed, for the law and to publish it, and what is to be done.

Every test is one function of `TESTS`: it takes the filled document and yields gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from docx.oxml.ns import qn
from rapidfuzz import fuzz

from extractor.phrasing import shortened, typed
from extractor.response.answers import day_in, is_answer
from extractor.response.filled import Filled
from extractor.response.last_day import deadline
from extractor.response.odd_answers import odd
from extractor.response.opened import PARTS
from extractor.response.word_text import core, row_key, words_in
from extractor.rulebook.dates import british
from extractor.rulebook.folder import rules_root
from extractor.rulebook.load import load_rules
from extractor.rulebook.tables import Blank

Stage = Literal["law", "publish", "do"]
_ALTERED = 88.0  # likeness, of 100, from which a paragraph is a printed one that somebody changed
_FARTHEST = timedelta(days=92)  # a day so far ahead was not meant, where it tells what was done
_ANSWERS = slice(5, 7)  # columns of the items' table in which force and office answer
_DRAFT_STYLE = "Left out"  # of the words struck through in the working copy
_DRAFT_HEADING = "Improvement action (draft)"
_PLACEHOLDERS = ("[day of publication]", "[responding body]", "[title of the signatory]")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a response still lacks."""

    needed: bool  # by law, or to publish it; False: to be done, or to be known
    where: str  # an item's reference, or the label of the form
    message: str
    finding_id: str | None = None
    stage: Stage = "law"


@dataclass(frozen=True, slots=True)
class _Checked:
    """What a test looks at."""

    filled: Filled
    rules: Path
    today: date


Test = Callable[[_Checked], Iterator[Gap]]


def check_response(path: Path | str, rules: Path | None = None, today: date | None = None) -> list[Gap]:
    """List what a filled-in response lacks: what the law needs, what publishing needs, then what is to be done.

    Args:
        path: the document, working or publication copy.
        rules: folder of rules, by default those built in.
        today: the day on which it is checked.

    Raises:
        UnreadableFile: the file is no Word document, or `peel respond` did not make it.
        OSError: it cannot be read.
    """
    checked = _Checked(Filled(Path(path)), rules or rules_root(), today or date.today())
    gaps = dict.fromkeys(gap for test in TESTS for gap in test(checked))
    return sorted(gaps, key=lambda gap: (not gap.needed, gap.stage == "publish"))


# the printed words ---------------------------------------------------------------------------------------------------


def altered(checked: _Checked) -> Iterator[Gap]:
    """Find printed words that were changed; copies that were taken out whole are no change."""
    filled = checked.filled
    made = {line.text for line in filled.listed.findall("line")}
    new = [line for line in filled.lines if line not in made]
    for item in filled.items():
        for printed in item.findall("printed"):
            yield from _changed(item, printed, filled.lines, new)


def _changed(item: Any, printed: Any, lines: Sequence[str], new: Sequence[str]) -> Iterator[Gap]:
    """Say whether the printed words of an item were altered or taken out; `new` are the lines that were not made."""
    now = sum(printed.text in line for line in lines)
    what = f"the printed {PARTS[printed.get('part')]}"
    if now < int(printed.get("times")) and any(_is_altered(line, printed.text) for line in new):
        yield Gap(True, item.get("ref"), f"{what} was altered in one place or more", item.get("id"))
    elif now == 0 and printed.get("part") == "text":
        needed = item.get("needed") == "yes"
        yield Gap(needed, item.get("ref"), f"{what} was taken out", item.get("id"), "law" if needed else "do")


def _is_altered(line: str, printed: str) -> bool:
    likeness = fuzz.partial_ratio(printed, line) if len(line) > len(printed) else fuzz.ratio(printed, core(line))
    return likeness >= _ALTERED


# the answers ---------------------------------------------------------------------------------------------------------


def unanswered(checked: _Checked) -> Iterator[Gap]:
    """Find recommendations without action or reason, and other items without an answer."""
    for item in checked.filled.items():
        ref, needed = item.get("ref"), item.get("needed") == "yes"
        told = {role: checked.filled.words(f"{role}/{ref}") for role in ("action", "reason")}
        if all(words is None for words in told.values()):
            if needed:
                yield Gap(True, ref, "the document has no place for its answer", item.get("id"))
            continue
        if any(is_answer(words, checked.rules) for words in told.values()):
            continue
        fillers = [words for words in told.values() if words]
        said = f"“{fillers[0]}” is no answer; " if fillers else ""
        law = "section 55(5B) needs the action taken or proposed, or why there is none"
        yield Gap(needed, ref, said + (law if needed else "not answered; not required by law"), item.get("id"))


def unfinished(checked: _Checked) -> Iterator[Gap]:
    """Find items without position, owner or due date, other positions than the form's, and dates that name no day."""
    packs = load_rules(checked.rules)
    labels = packs.blanks_by_role
    for item in checked.filled.items():
        ref = item.get("ref")
        told = {role: checked.filled.words(f"{role}/{ref}") for role in ("position", "owner", "due")}
        empty = [labels[role].label for role, words in told.items() if words == ""]
        if empty:
            yield Gap(False, ref, f"still blank: {', '.join(empty)}", item.get("id"), "do")
        for role, words in told.items():
            if said := odd(role, words, packs):
                yield Gap(False, ref, f"the due date {said}" if role == "due" else said, item.get("id"), "do")


def blank(checked: _Checked) -> Iterator[Gap]:
    """Find fields of the form that are empty, hold a filler, or are no date."""
    for role, row in load_rules(checked.rules).blanks_by_role.items():
        words, needed = checked.filled.words(role), row.needed and (checked.filled.by_law or role == "doubt")
        if words is not None:
            yield from _unfilled(row, words, checked.rules, needed=needed)
        elif needed and role != "doubt":
            yield Gap(True, row.label, f"the document has no place for it: {row.what}")


def _unfilled(row: Blank, words: str, rules: Path, *, needed: bool) -> Iterator[Gap]:
    """Say what is wrong with the words in a field of the form."""
    stage: Stage = "law" if needed else "do"
    if not words:
        yield Gap(needed, row.label, f"still blank: {row.what}", stage=stage)
    elif row.holds == "answer" and not is_answer(words, rules):
        yield Gap(needed, row.label, f"“{words}” is no answer: {row.what}")
    elif row.holds == "date" and not _names_day(words):
        yield Gap(needed, row.label, f"“{words}” is no date: {row.what}", stage=stage)


def _names_day(words: str) -> bool:
    day = day_in(words)
    return day is not None and day.exact


def copied(checked: _Checked) -> Iterator[Gap]:
    """Find rows that stand twice, and rows added by hand without an answer."""
    yield from _copied_rows(checked)
    yield from _unanswered_rows(checked)


def _copied_rows(checked: _Checked) -> Iterator[Gap]:
    for tag, answer in checked.filled.answers.items():
        role, _, ref = tag.partition("/")
        if role == "action" and answer.copies > 1:
            yield Gap(False, ref, f"its row stands {answer.copies} times; the first counts", stage="do")


def _unanswered_rows(checked: _Checked) -> Iterator[Gap]:
    """Find the rows of the form's tables that no item of the report has and that say nothing."""
    known = {item.get("ref") for item in checked.filled.items()}
    for row in checked.filled.document.element.body.iter(qn("w:tr")):
        table = next(row.iterancestors(qn("w:tbl")))
        key, cells = row_key(row), row.findall(qn("w:tc"))
        if key and key not in known and _is_item_table(table, known) and not _is_heading(row, table):
            answers = [words_in(cell) for cell in cells[_ANSWERS]]
            if not any(is_answer(words, checked.rules) for words in answers):
                yield Gap(False, key, "a row added by hand has no answer", stage="do")


def _is_item_table(table: Any, known: set[str | None]) -> bool:
    rows = table.findall(qn("w:tr"))
    return any(row_key(row) in known and row.find(f".//{qn('w:sdt')}") is not None for row in rows)


def _is_heading(row: Any, table: Any) -> bool:
    return row is table.find(qn("w:tr")) or row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


# days ----------------------------------------------------------------------------------------------------------------


def late(checked: _Checked) -> Iterator[Gap]:
    """Find a publication after the last day, with the days it is late."""
    published, last = _day(checked, "published"), _last_day(checked)
    label = load_rules(checked.rules).blanks_by_role["published"].label
    if last is not None and published and published > last:
        days = (published - last).days
        yield Gap(True, label, f"{british(published)} is after the last day, {british(last)}: late by {_days(days)}")
    elif last is not None and published is None and checked.today > last:
        days = (checked.today - last).days
        yield Gap(True, label, f"the last day was {british(last)}: late by {_days(days)}")


def impossible(checked: _Checked) -> Iterator[Gap]:
    """Find days of publishing or sending that cannot be: before the report, or far ahead."""
    report = _report_day(checked)
    for role in ("published", "sent_secretary_of_state", "sent_inspectors"):
        day, label = _day(checked, role), load_rules(checked.rules).blanks_by_role[role].label
        if day and report and day < report:
            yield Gap(True, label, f"impossible: {british(day)} is before the report of {british(report)}")
        elif day and day > checked.today + _FARTHEST:
            yield Gap(True, label, f"impossible: {british(day)} is far ahead")
    for item in checked.filled.items():
        due = day_in(checked.filled.words(f"due/{item.get('ref')}"))
        if due and report and due.last < report:
            words = f"the due date {british(due.last)} is before the report"
            yield Gap(False, item.get("ref"), words, item.get("id"), "do")


def _day(checked: _Checked, role: str) -> date | None:
    day = day_in(checked.filled.words(role))
    return day.first if day and day.exact else None


def _report_day(checked: _Checked) -> date | None:
    return checked.filled.day("published") or _day(checked, "report_published")


def _last_day(checked: _Checked) -> date | None:
    """Return the last day: as worked out for the document, else from the day of publication that was filled in."""
    if not checked.filled.by_law:
        return None
    day = _report_day(checked)
    return checked.filled.day("due") or (deadline(day.isoformat(), checked.rules).last if day else None)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


# the working copy ----------------------------------------------------------------------------------------------------


def drafts_left(checked: _Checked) -> Iterator[Gap]:
    """Find drafts and words struck through in a paper that is to be published."""
    if not _has_drafts(checked.filled.document):
        return
    if checked.filled.copy == "publication":
        words = "drafts and words struck through are for the office alone; take the working table out"
        yield Gap(True, "Working copy", words, stage="publish")
    else:
        words = f"made for work: `peel respond --publish {typed(checked.filled.path)}` makes the copy to publish"
        yield Gap(False, "Working copy", words, stage="publish")


def _has_drafts(document: Any) -> bool:
    styles = {style.style_id for style in document.styles if style.name == _DRAFT_STYLE}
    styled = any(run.get(qn("w:val")) in styles for run in document.element.body.iter(qn("w:rStyle")))
    return styled or any(_DRAFT_HEADING in words_in(table._tbl) for table in document.tables)


def placeholders_left(checked: _Checked) -> Iterator[Gap]:
    """Find words in brackets that stand for what the program did not know."""
    hints = {hint.text for hint in checked.filled.listed.findall("hint")}
    for line in (line for line in checked.filled.lines if line not in hints):
        for words in (each for each in _PLACEHOLDERS if each in line):
            yield Gap(True, words, f"put in what belongs in its place: “{shortened(line, 60)}”", stage="publish")


def doubts_open(checked: _Checked) -> Iterator[Gap]:
    """Find doubts of the extraction that nobody has cleared."""
    for tag, answer in checked.filled.answers.items():
        role, _, number = tag.partition("/")
        if role == "doubt" and not answer.words:
            words = "a doubtful place of the report was not compared with it; say who looked, and when"
            yield Gap(True, f"Caution {number}", words, stage="publish")


TESTS: tuple[Test, ...] = (
    *(altered, unanswered, doubts_open, placeholders_left, blank, late, impossible, drafts_left, unfinished, copied),
)
