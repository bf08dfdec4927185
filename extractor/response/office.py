"""Who answers a report: the body in office when it came out, as `rules/common/bodies.csv` and the settings say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from extractor.errors import BadSetting
from extractor.response.last_day import possible_days
from extractor.response.wording import clean
from extractor.rulebook.load import load_rules
from extractor.rulebook.tables import Body
from extractor.tables.rows import ReportRow

SETTINGS = (
    "force",
    "responding_body",
    "signatory_title",
    "office_type",
    "short",
    "plan",
    "published",
    "house_capitals",
    "template",
)

_BY_OFFICE = ("responding_body", "signatory_title", "office_type")  # said by the office: no doubt of ours remains
_NAMES = ("office_type", "short", "plan", "signatory_title", "responding_body")


@dataclass(frozen=True, slots=True)
class Office:
    """Who answers."""

    office_type: str
    short: str  # as in “Comment by the PCC”
    plan: str
    signatory_title: str
    responding_body: str
    doubt: str  # what of it wants a second look


def office_for(report: ReportRow, settings: Mapping[str, Any], rules: Path) -> Office:
    """Return who answers: body, signatory's title and kind of office, as of the report's publication; settings win.

    Raises:
        ValueError: a setting is unknown, or names no kind of office.
    """
    unknown = sorted(set(settings) - set(SETTINGS))
    if unknown:
        raise BadSetting(f"unknown setting {', '.join(unknown)}; known are {', '.join(SETTINGS)}")
    body = _body(report, rules)
    office_type = str(settings.get("office_type") or body.office_type)
    kinds = {office.office_type: office for office in load_rules(rules).offices}
    if office_type not in kinds:
        raise BadSetting(f"office_type {office_type!r} is unknown; known are {', '.join(kinds)}")
    kind = kinds[office_type]
    changed = "office_type" in settings and office_type != body.office_type
    own = {name: clean(str(settings[name])) for name in _NAMES if settings.get(name)}
    office = Office(
        office_type=office_type,
        short=kind.short,
        plan=kind.plan,
        signatory_title=kind.name if changed else body.signatory_title,
        responding_body=kind.name if changed else body.responding_body,
        doubt="" if any(settings.get(name) for name in _BY_OFFICE) else body.doubt,
    )
    return replace(office, **own)


def _body(report: ReportRow, rules: Path) -> Body:
    """Return who answered when the report came out; nobody where that cannot be told."""
    in_office = _in_office(report, rules)
    if len(in_office) == 1 or (in_office and report["published"]):
        return in_office[-1]
    names = " or ".join(body.responding_body for body in in_office)
    return Body(
        force_id=report["force_id"] or "[force]",
        since="",
        responding_body="[responding body]",
        office_type="local policing body",
        signatory_title="[title of the signatory]",
        doubt=f"the report prints no day, so it may have been for the {names} to answer" if names else "",
    )


def _in_office(report: ReportRow, rules: Path) -> list[Body]:
    """Return the bodies that answered for the force on any day on which the report can have come out."""
    first, last = _span(report, rules)
    bodies = sorted((body for body in load_rules(rules).bodies if body.force_id == report["force_id"]), key=_since)
    return [
        body
        for body, following in zip_longest(bodies, bodies[1:])
        if body.since <= last and (following is None or following.since > first)
    ]


def _since(body: Body) -> str:
    return body.since


def _span(report: ReportRow, rules: Path) -> tuple[str, str]:
    """Return the first and last day on which a report can have come out, YYYY-MM-DD."""
    span = possible_days(report["published"])
    if span:
        return span[0].isoformat(), span[1].isoformat()
    known = next((each for each in load_rules(rules).undated if each.cycle == report.get("cycle")), None)
    return (known.first, known.last) if known else ("", "9999")
