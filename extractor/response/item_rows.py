"""The rows of the table in which each item is answered, and the short list of items for others."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.response.doubts import mark_of
from extractor.response.groups import printed
from extractor.response.last_day import deadline_of, possible_days
from extractor.response.outcomes import outcome_of
from extractor.response.paper import Paper
from extractor.response.wording import capital, clean, pages_of, series
from extractor.rulebook.dates import british
from extractor.tables.rows import FindingRow

_SHORT = 140  # characters of an item that is for others


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item with what the law asks of it."""

    ref: str
    kind: str
    finding_id: str
    stem: str
    text: str
    detail: str
    mark: str
    page: str
    law: str
    law_why: str
    needed: bool  # by law
    answered_through: str  # why it has no answer of its own; "" where it has one
    status: str
    deadline: str


@dataclass(frozen=True, slots=True)
class OtherItem:
    """One item for others, shortened."""

    ref: str
    addressees: str
    text: str
    page: str


def item_rows(paper: Paper) -> list[ItemRow]:
    """Return the force's own items, in the report's order."""
    children: dict[str, list[str]] = {}
    for row in paper.asked:
        if row["kind"] == "recommendation" and row["parent_id"]:
            children.setdefault(row["parent_id"], []).append(paper.refs[row["finding_id"]])
    return [_item(row, children.get(row["finding_id"], []), paper) for row in paper.asked]


def _item(row: FindingRow, children: list[str], paper: Paper) -> ItemRow:
    item = printed(row, paper)
    answered = _answered_through(row, children, paper)
    law, why = _law(row, bool(children), paper)
    return ItemRow(
        ref=paper.refs[row["finding_id"]],
        kind=item.kind,
        finding_id=row["finding_id"],
        stem=clean(row["stem"]),
        text=item.text,
        detail=clean(row["detail"]),
        mark=" ".join(filter(None, [mark_of(row, paper), _nobody(row, paper)])),
        page=pages_of(row) or "–",
        law=law,
        law_why=why,
        needed=_is_needed(row, paper) and not answered,
        answered_through=answered,
        status=_status(row, paper),
        deadline=_deadline(row),
    )


def _nobody(row: FindingRow, paper: Paper) -> str:
    """Return the caution that an item of a paper about many names nobody who should act."""
    about_many = paper.report["kind"] in ("national", "joint")
    return paper.words["papers"]["nobody"] if about_many and not row["addressees"] else ""


def _answered_through(row: FindingRow, children: list[str], paper: Paper) -> str:
    elsewhere = paper.elsewhere.get(row["finding_id"])
    if elsewhere and elsewhere.answered_there:
        return _printed_elsewhere("only_force", row, paper)
    if row["outcome"] == "closed":
        return outcome_of(row, paper)
    if children and row["kind"] == "cause_of_concern":
        return f"Answered through {series(children)}."
    return ""


def _printed_elsewhere(form: str, row: FindingRow, paper: Paper) -> str:
    elsewhere = paper.elsewhere[row["finding_id"]]
    place = f", page {elsewhere.page}" if elsewhere.page is not None else ""
    title = f"“{clean(elsewhere.report['title']) or elsewhere.report['report_id']}” ({elsewhere.report['report_id']})"
    last = deadline_of(elsewhere.report, paper.rules).words
    return paper.words["papers"][form].format(title=title, place=place, last=last)


def _is_needed(row: FindingRow, paper: Paper) -> bool:
    in_force = paper.kind.law == "section_55" and not paper.due.before_the_act
    return row["kind"] == "recommendation" and in_force


def _law(row: FindingRow, has_children: bool, paper: Paper) -> tuple[str, str]:
    """Return whether the law needs an answer to an item, and why."""
    say, papers = paper.words["law"], paper.words["papers"]
    if row["kind"] == "cause_of_concern":
        if has_children:
            return say["cause_of_concern"], ""
        return say["cause_of_concern_alone"], say["cause_of_concern_alone_why"]
    if row["kind"] != "recommendation":
        return say["area_for_improvement"], say["area_for_improvement_why"]
    if paper.kind.law != "section_55":
        return papers[f"{paper.kind.law}_law"], papers[f"{paper.kind.law}_why"]
    if paper.due.before_the_act:
        return say["recommendation_before"], say["recommendation_before_why"]
    mixed = len({regime.statutory for regime in paper.due.regimes}) > 1
    return say["recommendation_open" if mixed else "recommendation"], say["recommendation_why"]


def _status(row: FindingRow, paper: Paper) -> str:
    """Return what is known of an item beyond its words: where it comes from, its condition, what a letter says."""
    told = []
    if row["status"] not in (None, "new"):
        words = row["status"].replace("_", " ")
        told.append(f"{words} from {row['origin_cycle']}" if row["origin_cycle"] else words)
    if row["condition"]:
        told.append(paper.words["papers"]["condition"].format(condition=clean(row["condition"])))
    if row["outcome"] == "open":
        told.append(outcome_of(row, paper))
    elsewhere = paper.elsewhere.get(row["finding_id"])
    if elsewhere and not elsewhere.answered_there:
        form = "first_letter" if elsewhere.report["kind"] == "letter" else "answered_here"
        told.append(_printed_elsewhere(form, row, paper))
    return " ".join(told)


def _deadline(row: FindingRow) -> str:
    if not row["deadline"]:
        return ""
    span = possible_days(row["deadline_on"])
    day = british(span[0]) if span else ""
    worked_out = f" ({day})" if day and day not in row["deadline"] else ""
    return f"The report says: {clean(row['deadline'])}{worked_out}"


def other_items(paper: Paper) -> list[OtherItem]:
    """Return the items for others, each shortened to its first words."""
    return [
        OtherItem(
            ref=paper.refs[row["finding_id"]],
            addressees=capital(_addressees(row, paper)),
            text=_short(clean(f"{row['stem'] or ''} {row['text']}")),
            page=pages_of(row) or "–",
        )
        for row in paper.for_others
    ]


def _addressees(row: FindingRow, paper: Paper) -> str:
    names = paper.words["addressees"]
    forces = {force.id: force.name for force in paper.all_forces}
    told = row["addressees"] or [paper.report["force_id"] or "–"]
    return series(names.get(name) or forces.get(name) or name.removeprefix("other:") for name in told)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0].rstrip(' ,;:')} …"
