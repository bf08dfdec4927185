"""A filled-in response back into the register: who answered what, without losing what others wrote meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from extractor.decisions.register import FIELDS, REGISTER, Entry, Merged, State, merge, register, value_of
from extractor.response.answers import day_in
from extractor.response.filled import Filled
from extractor.response.odd_answers import as_offered, odd
from extractor.response.word_text import controls, fold, shows_hint, tag_of, words_as_typed
from extractor.rulebook.dates import british
from extractor.rulebook.load import RulePacks, load_rules

ROLES = {
    "force": "force_answer",
    "doubt": "doubt_cleared",
}  # where a blank is called otherwise than the register's field
ITEM_ROLES = ("position", "force", "action", "reason", "owner", "due")


def read_response(
    path: Path | str,
    to: Path = REGISTER,
    *,
    by: str = "",
    on: date | None = None,
    write: bool = True,
    rules: Path | None = None,
) -> Merged:
    """Take the answers of a filled-in response into the register; positions and days that are none are only named.

    Args:
        path: the document, working or publication copy.
        to: the register.
        by: who answers; by default who prepared or signed the document.
        on: the day from which the answers hold; by default today.
        write: False only tells what would happen.
        rules: folder of rules, by default those built in.

    Raises:
        UnreadableFile: it is no document of ours.
        BadDecisions: the register cannot be read.
        OSError: a file cannot be read or written.
    """
    filled = Filled(Path(path))
    writer = by or filled.words("prepared_by") or filled.words("signed_by") or ""
    held = {blank.get("tag"): blank.get("held") or "" for blank in filled.listed.findall("blank")}
    packs = load_rules(rules)
    entries, base, names, remarks = [], {}, {}, []
    for tag, about, field in _places(filled):
        value = as_offered(field, _value(filled, tag, held.get(tag, "")), packs)
        names[about, field] = _named(tag, packs)
        if value != held.get(tag, "") and (said := odd(field, value, packs)):
            remarks.append(f"{names[about, field]}: {said}; not taken")
            continue
        entries.append(Entry(about, field, value, writer, (on or date.today()).isoformat(), Path(path).name))
        base[about, field] = held.get(tag, "")
    return merge(entries, base, to, write=write).told(names, remarks)


def _named(tag: str, rules: RulePacks) -> str:
    """Return what the form calls a blank, behind the reference of its item: `Q1-AFI-1, Due date`."""
    role, _, ref = tag.partition("/")
    label = rules.blanks_by_role[role].label if role in rules.blanks_by_role else role
    return f"{ref}, {label}" if ref else label


def _places(filled: Filled) -> Iterator[tuple[str, str, str]]:
    """Yield each blank that the register knows: its tag, what it is about, and the field."""
    refs = {item.get("ref"): item.get("id") for item in (*filled.items(), *filled.listed.findall("caution"))}
    for tag in filled.answers:
        role, _, ref = tag.partition("/")
        field = ROLES.get(role, role)
        about = refs.get(ref) if ref else filled.report_id
        if field in FIELDS and about and (FIELDS[field] == "report") is not bool(ref):
            yield tag, str(about), field


def _value(filled: Filled, tag: str, held: str) -> str:
    """Return what stands in a blank as the register writes it; what it held where only Word's marks differ."""
    folded = filled.words(tag) or ""
    day = day_in(folded)
    if day is not None and day.exact:
        return day.first.isoformat()
    typed = next((words_as_typed(each) for each in controls(filled.document) if tag_of(each) == tag), "")
    value = typed if fold(typed) == folded else folded
    return held if fold(held) == fold(value) else value


def fill_in(document: Any, values: Mapping[str, str]) -> None:
    """Put what the register holds into the blanks of a new document, by tag."""
    for control in list(controls(document)):
        value = values.get(tag_of(control) or "")
        if value and shows_hint(control):
            _answer(control, shown(value))


def shown(value: str) -> str:
    """Return a register's value as people write it: a day as `18 February 2016`."""
    try:
        return british(date.fromisoformat(value))
    except ValueError:
        return value


def _answer(control: Any, words: str) -> None:
    from docx.oxml.ns import qn

    mark = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    mark.getparent().remove(mark)
    for dress in list(control.iter(qn("w:rStyle"))):
        dress.getparent().remove(dress)
    text = next(control.iter(qn("w:t")))
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def held_values(report_id: str, refs: Mapping[str, str], to: Path = REGISTER) -> dict[str, str]:
    """Return what the register holds for the blanks of a response, by tag.

    Args:
        report_id: the report.
        refs: reference of each finding_id.
        to: the register.
    """
    state: State = register(to)
    values = {
        f"{role}/{ref}": value_of(state, finding_id, ROLES.get(role, role))
        for finding_id, ref in refs.items()
        for role in ITEM_ROLES
    }
    values |= {role: value_of(state, report_id, role) for role, axis in FIELDS.items() if axis == "report"}
    return {tag: value for tag, value in values.items() if value}
