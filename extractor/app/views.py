"""What stands on the pages: home, a report's five steps, the register. Values for the templates, no HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from extractor.app.desk import Desk, Held
from extractor.app.listing import listing
from extractor.decisions.register import State, value_of
from extractor.phrasing import count, pages
from extractor.response.doubts import doubt_id
from extractor.response.due import Duty
from extractor.review.report_text import british_date
from extractor.rulebook.dates import british
from extractor.tables.rows import ProblemRow
from extractor.vocabulary import KIND_NAMES

Doubts = Mapping[str, Sequence[ProblemRow]]  # of each report that has any

_STATES = {"ok": "Read in full", "partial": "Look at its problems", "failed": "Could not be read"}
_NEW = timedelta(days=7)
_NOTHING = "nothing recorded"  # of how an item is delivered
_HISTORY = 365  # days after the last day from which a report without an entry is history
_SOON = 14  # days before the last day from which it is called near
ANSWERED = ("area_for_improvement", "cause_of_concern", "recommendation")
LISTS = {"due": "To answer", "sent": "Sent", "failed": "Could not be read", "all": "All"}
DATES = {
    "report_published": "Report published on, where it prints no day",
    "published": "Response published on",
    "sent_secretary_of_state": "Copy sent to the Secretary of State on",
    "sent_inspectors": "Copy sent to the inspectorate on",
}


# home ----------------------------------------------------------------------------------------------------------------


def home(desk: Desk, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of the first page: what is due, what is new, what is in doubt."""
    held, doubts = desk.reports(), desk.doubts()
    due = {duty.report_id: duty for duty in desk.duties()}
    lists = _lists(held, due)
    chosen = asked.get("list", "due")
    chosen = chosen if chosen in lists else "due"
    shown = listing(lists[chosen], {"list": chosen, **{k: v for k, v in asked.items() if k == "page"}})
    return {
        "tabs": [(name, words, len(lists[name]), name == chosen) for name, words in LISTS.items()],
        "listing": shown,
        "reports": [_line(each, due.get(each.id), doubts) for each in shown.entries],
        "late": sum(_is_late(duty) for duty in due.values()),
        "old": sum(duty.is_late and not _is_late(duty) for duty in due.values()),
        "new": [_line(each, due.get(each.id), doubts) for each in _newest(held)],
        "doubts": _doubts(held, doubts),
        "any": bool(held),
    }


def _lists(held: Mapping[str, Held], due: Mapping[str, Duty]) -> dict[str, list[Held]]:
    """Return the reports of each list that can be chosen, in its order."""
    urgent = _by_urgency(due)
    return {
        "due": [held[name] for name, duty in urgent if not duty.is_done],
        "sent": [held[name] for name, duty in urgent if duty.is_done],
        "failed": sorted((each for each in held.values() if each.failed), key=lambda each: each.title),
        "all": sorted(held.values(), key=lambda each: (each.row["published"] or "", each.id), reverse=True),
    }


def _by_urgency(due: Mapping[str, Duty]) -> list[tuple[str, Duty]]:
    """Return late ones first, the latest deadline on top, since old ones are history; then by deadline."""

    def key(pair: tuple[str, Duty]) -> tuple[int, int, str]:
        left = pair[1].days_left
        if left is None:
            return 2, 0, pair[0]
        return (0, -left, pair[0]) if left < 0 else (1, left, pair[0])

    return sorted(due.items(), key=key)


def _is_late(duty: Duty) -> bool:
    """Tell whether a response is late that somebody may still be waiting for."""
    return duty.is_late and -(duty.days_left or 0) <= _HISTORY


def _newest(held: Mapping[str, Held]) -> list[Held]:
    today = date.today()
    fresh = [each for each in held.values() if today - each.read_on < _NEW and not (each.decided or each.failed)]
    return sorted(fresh, key=lambda each: (each.read_on, each.id), reverse=True)[:5]


def _doubts(held: Mapping[str, Held], doubts: Doubts) -> dict[str, Any]:
    most = sorted(doubts, key=lambda name: (-len(doubts[name]), name))
    number = sum(map(len, doubts.values()))
    return {
        "words": f"{count(number, 'doubt')} in {count(len(doubts), 'report')}" if number else "",
        "reports": [(name, held[name].title, count(len(doubts[name]), "doubt")) for name in most[:5]],
        "more": max(0, len(most) - 5),
    }


def _line(held: Held, duty: Duty | None, doubts: Doubts) -> dict[str, Any]:
    return {
        "id": held.id,
        "title": held.title,
        "force": held.row["force_name"] or "",
        "published": british_date(held.row["published"]),
        "findings": len(held.findings),
        "decided": f"{held.decided} of {held.total}",
        "doubts": len(doubts.get(held.id, ())),
        "failed": held.failed,
        "state": _STATES.get(held.row["status"], held.row["status"]),
        **_deadline(duty),
    }


def _deadline(duty: Duty | None) -> dict[str, Any]:
    if duty is None:
        return {"last_day": "", "left": "nothing to answer", "urgency": "none"}
    last = "not known" if duty.last is None else british(duty.last)
    last = last if duty.due.exact or duty.last is None else f"{last} at the latest"
    near = duty.days_left is not None and 0 <= duty.days_left <= _SOON
    urgency = "done" if duty.is_done else "late" if duty.is_late else "soon" if near else "none"
    return {"last_day": last, "left": duty.words, "urgency": urgency}


# one report ----------------------------------------------------------------------------------------------------------


def report(desk: Desk, held: Held) -> dict[str, Any]:
    """Return the values of a report's page: its five steps."""
    duty = next((each for each in desk.duties() if each.report_id == held.id), None)
    state, doubts = desk.register(), desk.doubts()
    looked_at = [row for row in held.problems if row["severity"] != "note" and row not in doubts.get(held.id, ())]
    answered = sum(bool(state.get(row["finding_id"])) for row in held.findings)
    return {
        **_line(held, duty, doubts),
        "force": held.row["force_name"] or ("Many forces" if held.is_about_many else "Force not known"),
        "notes": duty.due.notes if duty else (),
        "pages": count(held.row["pages"], "page") if held.row["pages"] else "web page",
        "source": held.row["source"],
        "kinds": [count(number, *KIND_NAMES[kind]) for kind, number in held.kinds.items()],
        "problems": doubts.get(held.id, []),
        "cleared": [(row["message"], value_of(state, doubt_id(row), "doubt_cleared")) for row in looked_at],
        "asks_force": held.is_about_many,
        "reviewed": held.decided >= held.total > 0,
        "answered": f"{answered} of {count(len(held.findings), 'finding')} in the register",
        "dates": [(name, words, value_of(state, held.id, name)) for name, words in DATES.items()],
        "force_id": held.row["force_id"] if held.row["cycle"] else "",
    }


# the register --------------------------------------------------------------------------------------------------------


def register_page(desk: Desk, asked: Mapping[str, str], choices: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return the values of the register: every item to answer and where it stands, narrowed by the query."""
    held, state = desk.reports(), desk.register()
    wanted = {name: asked.get(name, "") for name in ("force", "kind", "position", "delivery", "owner")}
    rows = _wanted_rows(held.values(), state, wanted)
    shown = listing(rows, {**wanted, "page": asked.get("page", "1")})
    forces = {each.force_id: each.row["force_name"] for each in held.values() if each.force_id}
    return {
        "listing": shown,
        "items": [_item(each, row, state) for each, row in shown.entries],
        "wanted": wanted,
        "forces": sorted(forces.items(), key=lambda pair: pair[1] or ""),
        "kinds": [(kind, KIND_NAMES[kind][0]) for kind in ANSWERED],
        "choices": {
            "position": [(words, words) for words in choices["position"]],
            "delivery": [(words, words) for words in (*choices["delivery"], _NOTHING)],
        },
        "counts": _counts([row for _, row in rows], state),
    }


def _wanted_rows(
    reports: Iterable[Held], state: State, wanted: Mapping[str, str]
) -> list[tuple[Held, Mapping[str, Any]]]:
    """Return the items to answer that the query leaves, each behind its report."""
    own = [each for each in reports if wanted["force"] in ("", each.row["force_id"])]
    answered = ((each, row) for each in own for row in each.findings if row["kind"] in ANSWERED)
    return [(each, row) for each, row in answered if _stands(row, state, wanted)]


def _counts(rows: Sequence[Mapping[str, Any]], state: State) -> list[tuple[str, int]]:
    """Return how many items stand at each step of delivery, the most first."""
    recorded = [value_of(state, row["finding_id"], "delivery") for row in rows if row["finding_id"] in state]
    counts = Counter([value or _NOTHING for value in recorded])
    counts[_NOTHING] += len(rows) - len(recorded)
    return [(words, number) for words, number in counts.most_common() if number]


def _stands(row: Mapping[str, Any], state: State, wanted: Mapping[str, str]) -> bool:
    if wanted["kind"] not in ("", row["kind"]):
        return False
    if row["finding_id"] not in state:  # most are not, and there are many
        return not wanted["position"] and not wanted["owner"] and wanted["delivery"] in ("", _NOTHING)
    said = {name: value_of(state, row["finding_id"], name) for name in ("position", "delivery", "owner")}
    said["delivery"] = said["delivery"] or _NOTHING
    return (
        wanted["position"] in ("", said["position"])
        and wanted["delivery"] in ("", said["delivery"])
        and wanted["owner"].casefold() in said["owner"].casefold()
    )


def _item(held: Held, row: Mapping[str, Any], state: State) -> dict[str, Any]:
    fields = ("position", "delivery", "owner", "due", "revised_due")
    said = {name: value_of(state, row["finding_id"], name) for name in fields}
    due = said["revised_due"] or said["due"]
    return {
        **said,
        "due": british_date(due) if due[:4].isdigit() else due,
        "report": held.id,
        "force": held.row["force_name"] or held.id,
        "cycle": held.row["cycle"] or "",
        "kind": KIND_NAMES[row["kind"]][0],
        "text": row["text"],
        "finding_id": row["finding_id"],
        "page": pages(row["page_first"], label=row["page_label"]),
    }
