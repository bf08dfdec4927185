"""What a response says, before it is put into Word: the values that the template's placeholders stand for.

Sentences come from `rules/response/wording.toml`, offices and bodies from the CSV files beside it. Everything is plain
text; whoever writes it into a document escapes it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

from extractor.decisions.store import Verdict
from extractor.errors import BadSetting
from extractor.report.flags import meaning
from extractor.response.draft_actions import Action, Drafts
from extractor.response.draft_passes import AS_PRINTED, ELSEWHERE
from extractor.response.last_day import Deadline, british_published, possible_days
from extractor.rulebook.dates import british
from extractor.rulebook.load import load_rules
from extractor.rulebook.schema import Body
from extractor.vocabulary import KIND_CODES, KIND_NAMES

Row = Mapping[str, Any]

SETTINGS = ("responding_body", "signatory_title", "office_type", "short", "plan", "published", "house_capitals")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# What XML or Word cannot hold, and marks that turn the direction of the words after them (they would garble what
# stands beside an item): shown as a replacement mark, never silently gone.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str | None) -> str:
    """Return text that a document can hold: white space folded, unprintable characters shown as U+FFFD."""
    return " ".join(_UNPRINTABLE.sub("\ufffd", text or "").split())


def compose(
    report: Row,
    gradings: Sequence[Row],
    findings: Sequence[Row],
    drafts: Sequence[Drafts],
    office: Mapping[str, str],
    due: Deadline,
    rules: Path,
    doubts: Sequence[Row] = (),
    cleared: Mapping[str, Verdict] | None = None,
) -> dict[str, Any]:
    """Return the values for the template; README.md in `rules/response` lists them.

    Args:
        report: row of `reports`.
        gradings: its rows of `gradings`.
        findings: its rows of `findings`.
        drafts: its drafted actions.
        office: who answers, from `office_for`.
        due: the last day.
        rules: folder of rules.
        doubts: rows of `problems` that nobody has cleared.
        cleared: the decision on a finding that somebody has checked, by finding_id.
    """
    words = wording(rules)
    findings = [dict(row) | {"mark": mark_of(row, cleared or {}, words)} for row in findings]
    groups = _groups(gradings, findings, words)
    refs = references(gradings, findings)
    force = clean(report["force_name"]) or "the force"
    publisher = report["publisher"] or "inspectorate"
    return {
        "title": f"Response by the {office['short']} to the {publisher} inspection of {force}".upper(),
        "footer": clean(report["title"]) or report["report_id"],
        "office": dict(office),
        "cautions": _cautions(doubts, words),
        "details": _details(report, findings, force, due, words) | {"counts": _counts(findings, words, doubts)},
        "deadline": {"words": due.words[:1].upper() + due.words[1:], "lines": _deadline_lines(due)},
        "summary": _summary(report, gradings, findings, groups, force, due, words, rules, doubts),
        "groups": [_group(group, refs, words) for group in groups],
        "drafts": _draft_rows(drafts, findings, refs, words),
        "items": _item_rows(findings, refs, due, words),
    }


def references(gradings: Sequence[Row], findings: Sequence[Row]) -> dict[str, str]:
    """Return each finding's short reference within its report, such as `Q3-AFI-1`; `R-…` where no question is known."""
    place = {title: n for n, title in enumerate(_titles(gradings, findings), 1)}
    counts: dict[tuple[str, str], int] = {}
    refs = {}
    for row in sorted(findings, key=lambda row: row["order"]):
        section = f"Q{place[row['question']]}" if row["question"] in place else "R"
        key = section, KIND_CODES[row["kind"]].upper()
        counts[key] = counts.get(key, 0) + 1
        refs[row["finding_id"]] = f"{section}-{key[1]}-{counts[key]}"
    return refs


def office_for(report: Row, settings: Mapping[str, Any], rules: Path) -> dict[str, str]:
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
    base = {"office_type": office_type, "short": kind.short, "plan": kind.plan}
    own = any(settings.get(name) for name in ("responding_body", "signatory_title", "office_type"))
    base["signatory_title"] = kind.name if changed else body.signatory_title
    base["responding_body"] = kind.name if changed else body.responding_body
    said = base | {name: clean(str(settings[name])) for name in base if settings.get(name)}
    return said | {"doubt": "" if own else body.doubt}


def _body(report: Row, rules: Path) -> Body:
    """Return who answered when the report came out; nobody where that cannot be told."""
    first, last = _span(report, rules)
    bodies = sorted((body for body in load_rules(rules).bodies if body.force_id == report["force_id"]), key=_since)
    in_office = [
        body
        for body, following in zip_longest(bodies, bodies[1:])
        if body.since <= last and (following is None or following.since > first)
    ]
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


def _since(body: Body) -> str:
    return body.since


def _span(report: Row, rules: Path) -> tuple[str, str]:
    """Return the first and last day on which a report can have come out, YYYY-MM-DD."""
    span = possible_days(report["published"])
    if span:
        return span[0].isoformat(), span[1].isoformat()
    known = next((each for each in load_rules(rules).undated if each.cycle == report.get("cycle")), None)
    return (known.first, known.last) if known else ("", "9999")


# details and summary -------------------------------------------------------------------------------------------------


def _details(report: Row, findings: Sequence[Row], force: str, due: Deadline, words: Row) -> dict[str, Any]:
    national = any(
        row["addressee"] and re.search(words["scope"]["national"], row["addressee"], re.I) for row in findings
    )
    asked = any(row["kind"] in ("area_for_improvement", "recommendation", "cause_of_concern") for row in findings)
    named = report["force_id"] is not None
    printed = british_published(report["published"])
    if printed and not due.exact:
        printed += " (the report prints only the month)"
    return {
        "title": clean(report["title"]) or "not found in the report",
        "force": force,
        "published": printed or "not printed in the report, as read",
        "exact": due.exact,
        "type_local": "    ".join(
            [f"{_tick(named)} {force} specific", f"{_tick(False)} Follow up", f"{_tick(False)} Partner inspection"]
        ),
        "type_national": f"{_tick(False)} National    {_tick(False)} Thematic",
        "quoted": f"{_tick(named)} Yes    {_tick(False)} No",
        "scope": f"{_tick(national)} National    {_tick(asked)} Local",
        "law": words["law"]["note_before" if _before_the_act(due) else "note"],
        "report_id": report["report_id"],
    }


def _tick(on: bool) -> str:
    return "☒" if on else "☐"


def _deadline_lines(due: Deadline) -> list[str]:
    return [f"{regime.days} days: {regime.basis}." for regime in due.regimes] + list(due.notes)


def _summary(
    report: Row,
    gradings: Sequence[Row],
    findings: Sequence[Row],
    groups: Sequence[Row],
    force: str,
    due: Deadline,
    words: Row,
    rules: Path,
    doubts: Sequence[Row],
) -> dict[str, Any]:
    asked = [group for group in groups if group["title"]]
    thing = _thing(asked, words)
    opening = [_publication(report, force, due, words, rules)]
    opening += [
        strand.sentence
        for strand in load_rules(rules).strands
        if (strand.cycle, strand.pillar) == (report["cycle"], report["pillar"])
    ]
    if asked:
        lead = words["questions"]["lead_question" if thing == words["questions"]["question"] else "lead_area"]
        acronym = report["publisher"] or "the inspectorate"
        opening.append(lead.format(acronym=acronym, count=_count(len(asked)), things=_plural(thing, len(asked))))
    judgment = [words["questions"]["order"]] if asked else []
    judgment += [*_overall(gradings, words), *_rollup(asked, thing, words), _counts(findings, words, doubts)]
    return {"opening": opening, "questions": [clean(group["title"]) for group in asked], "judgment": judgment}


def _publication(report: Row, force: str, due: Deadline, words: Row, rules: Path) -> str:
    printed = british_published(report["published"])
    key = "unknown" if printed is None else "day" if due.exact else "month"
    integrated = report["pillar"] == "integrated"
    kind = "unknown" if not (report["cycle"] and report["pillar"]) else "integrated" if integrated else "strand"
    sentence: str = words["published"][kind]
    return sentence.format(
        when=words["when"][key].format(date=printed),
        inspectorate=_inspectorate(report, rules),
        pillar=report["pillar"],
        cycle=(report["cycle"] or "").replace("-", "–"),
        force=force,
        title=clean(report["title"]) or report["report_id"],
    )


def _inspectorate(report: Row, rules: Path) -> str:
    """Return the inspectorate's full name at the time with its acronym; only the acronym where the time is open."""
    acronym = report["publisher"]
    if not acronym:
        return "the inspectorate"
    span = possible_days(report["published"])
    names = {
        row.name
        for row in load_rules(rules).inspectorates
        if row.acronym == acronym
        and (span is None or (row.first <= span[1].isoformat() and span[0].isoformat() <= (row.last or "9999")))
    }
    return f"{names.pop()} ({acronym})" if len(names) == 1 else str(acronym)


def _overall(gradings: Sequence[Row], words: Row) -> list[str]:
    rows = [row for row in gradings if row["level"] != "question" and row["grade"]]
    say = words["judgment"]
    if len(rows) == 1:
        return [say["one"].format(grade=rows[0]["grade"])]
    if not rows:
        return []
    listed = [say["pillar"].format(grade=row["grade"], question=clean(row["question"])) for row in rows]
    return [say["many"].format(count=_count(len(rows)), list="; ".join(listed))]


def _rollup(asked: Sequence[Row], thing: str, words: Row) -> list[str]:
    say = words["judgment"]
    graded: dict[str, list[str]] = {}
    for group in asked:
        if group["grading"]:
            graded.setdefault(group["grading"]["grade"] or "", []).append(str(group["number"]))
    if not graded:
        return [say["none"]] if asked else []
    if len(asked) == 1:
        return []  # the heading says it
    parts = []
    for grade in sorted(graded, key=lambda grade: (not grade, -len(graded[grade]))):
        count = len(graded[grade])
        form = say["graded" if grade else "ungraded"]
        parts.append(
            form.format(
                count=_count(count), was="was" if count == 1 else "were", grade=grade, numbers=_series(graded[grade])
            )
        )
    lines = [say["rollup"].format(count=_count(len(asked)), things=_plural(thing, len(asked)), list=_series(parts))]
    carried = [
        str(group["number"]) for group in asked if group["grading"] and group["grading"]["basis"] == "carried_over"
    ]
    if carried:
        lines.append(say["carried_over_one" if len(carried) == 1 else "carried_over"].format(numbers=_series(carried)))
    return lines


def _counts(findings: Sequence[Row], words: Row, doubts: Sequence[Row] = ()) -> str:
    """Say how many items there are; never as a fact while a doubt is open."""
    parts = []
    for kind in KIND_NAMES:
        number = sum(row["kind"] == kind for row in findings)
        if number:
            one, many = words["counts"].get(kind, "|".join(KIND_NAMES[kind])).split("|")
            parts.append(f"{_count(number)} {one if number == 1 else many}")
    say = words["counts"]
    if doubts:
        return str(
            say["doubt" if parts else "doubt_none"].format(list=_series(parts), place=doubtful_places(doubts, words))
        )
    return str(say["some"].format(list=_series(parts)) if parts else say["none"])


# doubts --------------------------------------------------------------------------------------------------------------


def doubtful_places(doubts: Sequence[Row], words: Row) -> str:
    """Return the pages that must be compared with the report, in words."""
    pages = sorted({row["page"] for row in doubts if row["page"] is not None})
    if not pages:
        return str(words["doubts"]["counts_whole"])
    named = f"page{'s' if len(pages) > 1 else ''} {_series(map(str, pages))}"
    return str(words["doubts"]["counts_page"].format(pages=named))


def _cautions(doubts: Sequence[Row], words: Row) -> list[dict[str, str]]:
    say = words["doubts"]
    return [
        {
            "number": str(number),
            "message": clean(row["message"])[:1].upper() + clean(row["message"])[1:],
            "place": say["no_place"] if row["page"] is None else say["place"].format(page=_numbered(row, "page")),
        }
        for number, row in enumerate(doubts, 1)
    ]


def mark_of(row: Row, cleared: Mapping[str, Verdict], words: Row) -> str:
    """Return with which doubts an item was read, or who has checked it; "" where there was none."""
    say, flags = words["doubts"], row["flags"] or []
    verdict = cleared.get(row["finding_id"])
    if verdict is not None:
        form = "cleared" if verdict.by and verdict.on else "cleared_by" if verdict.by else "cleared_on"
        known = verdict.by or verdict.on
        return str(say[form].format(by=verdict.by, on=british_published(verdict.on))) if flags and known else ""
    return str(say["mark"].format(flags="; ".join(map(meaning, flags)))) if flags else ""


def _numbered(row: Row, page: str) -> str:
    """Return a physical page, with the number printed on it where that is another."""
    label = row.get("page_label")
    return f"{row[page]} (printed {label})" if label and str(label) != str(row[page]) else str(row[page])


# groups of findings --------------------------------------------------------------------------------------------------


def _titles(gradings: Sequence[Row], findings: Sequence[Row]) -> list[str]:
    """Return the questions in the report's order, those without a grading last; never one too few."""
    graded = [row["question"] for row in gradings if row["level"] == "question"]
    found = [row["question"] for row in sorted(findings, key=lambda row: row["order"]) if row["question"]]
    return list(dict.fromkeys([*graded, *found]))


def _groups(gradings: Sequence[Row], findings: Sequence[Row], words: Row) -> list[dict[str, Any]]:
    grading = {row["question"]: row for row in gradings if row["level"] == "question"}
    parents = {row["finding_id"]: row["question"] for row in findings}
    groups = []
    for number, title in enumerate([*_titles(gradings, findings), None], 1):
        rows = [row for row in findings if parents.get(row["parent_id"], row["question"]) == title]
        if title or rows:
            groups.append(
                {
                    "number": number,
                    "title": title,
                    "grading": grading.get(title),
                    "rows": sorted(rows, key=lambda row: row["order"]),
                }
            )
    thing = _thing([group for group in groups if group["title"]], words)
    for group in groups:
        group["thing"] = thing
    return groups


def _thing(asked: Sequence[Row], words: Row) -> str:
    """Return what the report's parts are called: core questions where they are questions, areas where they are not."""
    questions = sum(group["title"].rstrip().endswith("?") for group in asked)
    name: str = words["questions"]["question" if questions * 2 > len(asked) else "area"]
    return name


def _group(group: Row, refs: Mapping[str, str], words: Row) -> dict[str, Any]:
    rows = group["rows"]
    concerns = [row for row in rows if row["kind"] == "cause_of_concern"]
    known = {row["finding_id"] for row in concerns}
    areas = [row for row in rows if row["kind"] == "area_for_improvement"]
    recommendations = [row for row in rows if row["kind"] == "recommendation"]
    return {
        "heading": _heading(group, words),
        "question": clean(group["title"]) if _is_question(group, words) else "",
        "note": _note(group, words) if group["title"] else "",
        "areas": [_printed(row, refs) for row in areas],
        "concerns": [
            _concern(row, n, len(concerns), bool(areas), recommendations, group["thing"], refs, words)
            for n, row in enumerate(concerns, 1)
        ],
        "stems": _stems([row for row in recommendations if row["parent_id"] not in known], refs),
        "practice": [_printed(row, refs) for row in rows if row["kind"].endswith("_practice")],
    }


def _heading(group: Row, words: Row) -> str:
    say = words["questions"]
    if not group["title"]:
        return str(say["heading_none"])
    grading = group["grading"]
    judged = say["unknown"] if grading is None else say["judged" if grading["grade"] else "ungraded"]
    judged = judged.format(grade=(grading["grade"] or "").title() if grading else "")
    form = say["heading_question" if _is_question(group, words) else "heading_area"]
    title = clean(group["title"])
    return str(form.format(thing=group["thing"].title(), number=group["number"], title=title, judged=judged))


def _is_question(group: Row, words: Row) -> bool:
    return bool(group["thing"] == words["questions"]["question"])


def _note(group: Row, words: Row) -> str:
    grading, say = group["grading"], words["questions"]
    if grading and grading["basis"] == "carried_over":
        return str(say["carried_over"].format(origin=grading["origin_cycle"] or say["earlier"]))
    return "" if group["rows"] else str(say["nothing"])


def _concern(
    row: Row,
    n: int,
    count: int,
    after_areas: bool,
    recommendations: Sequence[Row],
    thing: str,
    refs: Mapping[str, str],
    words: Row,
) -> dict[str, Any]:
    form = words["concern"]["many" if count > 1 else "one" if after_areas else "only"]
    own = [other for other in recommendations if other["parent_id"] == row["finding_id"]]
    return {
        **_printed(row, refs),
        "lead": form.format(thing=thing, number=n, count=count),
        "detail": clean(row["detail"]),
        "stems": _stems(own, refs),
    }


def _stems(recommendations: Sequence[Row], refs: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"text": clean(stem), "recommendations": [_printed(row, refs) for row in rows]}
        for stem, rows in groupby(recommendations, key=lambda row: row["stem"])
    ]


def _printed(row: Row, refs: Mapping[str, str]) -> dict[str, str]:
    page = _pages(row)
    place = f"[{refs[row['finding_id']]}" + (f", {'pages' if '–' in page else 'page'}\u00a0{page}]" if page else "]")
    kind = KIND_NAMES[row["kind"]][0]
    mark = row.get("mark", "")
    return {
        "text": clean(row["text"]),
        "place": place,
        "mark": f"  {mark}" if mark else "",
        "kind": kind[:1].upper() + kind[1:],
    }


def _pages(row: Row) -> str:
    first, last = row["page_first"], row["page_last"]
    if first is None:
        return ""
    return _numbered(row, "page_first") if last in (None, first) else f"{_numbered(row, 'page_first')}–{last}"


# rows of the two tables ----------------------------------------------------------------------------------------------


def _draft_rows(
    drafts: Sequence[Drafts], findings: Sequence[Row], refs: Mapping[str, str], words: Row
) -> list[dict[str, Any]]:
    by_id = {row["finding_id"]: row for row in findings}
    return [
        {
            "ref": refs[item.finding_id],
            "page": f"page {page}" if (page := _pages(by_id[item.finding_id])) else "",
            "parts": [
                {"text": _UNPRINTABLE.sub("\ufffd", text), "dropped": dropped} for text, dropped in item.segments
            ],
            "actions": [{"text": clean(action.text), "notes": _draft_notes(action, words)} for action in item.actions],
        }
        for item in drafts
    ]


def _draft_notes(action: Action, words: Row) -> list[str]:
    say = words["drafts"]
    lost = [what for rule_id, what in words["lost"].items() if rule_id in action.rule_ids]
    notes = [say["as_printed"]] if AS_PRINTED in action.rule_ids else []
    notes += [say["elsewhere"]] if ELSEWHERE in action.rule_ids else []
    notes += [say["look_again"].format(lost=_series(lost))] if lost else []
    return notes + ([say["alternative"].format(text=clean(action.alternative))] if action.alternative else [])


def _item_rows(findings: Sequence[Row], refs: Mapping[str, str], due: Deadline, words: Row) -> list[dict[str, Any]]:
    children: dict[str, list[str]] = {}
    for row in findings:
        if row["kind"] == "recommendation" and row["parent_id"]:
            children.setdefault(row["parent_id"], []).append(refs[row["finding_id"]])
    items = []
    for row in sorted(findings, key=lambda row: row["order"]):
        if row["kind"].endswith("_practice"):
            continue
        law, why = _law(row, due, row["finding_id"] in children, words["law"])
        answered = children.get(row["finding_id"], []) if row["kind"] == "cause_of_concern" else []
        items.append(
            {
                **_printed(row, refs),
                "mark": row.get("mark", ""),
                "ref": refs[row["finding_id"]],
                "finding_id": row["finding_id"],
                "stem": clean(row["stem"]),
                "detail": clean(row["detail"]),
                "page": _pages(row) or "–",
                "law": law,
                "law_why": why,
                "needed": row["kind"] == "recommendation" and not _before_the_act(due),
                "answered_through": f"Answered through {_series(answered)}." if answered else "",
                "status": _status(row),
                "deadline": _item_deadline(row),
            }
        )
    return items


def _law(row: Row, due: Deadline, has_children: bool, say: Row) -> tuple[str, str]:
    if row["kind"] == "recommendation":
        if _before_the_act(due):
            return say["recommendation_before"], say["recommendation_before_why"]
        mixed = len({regime.statutory for regime in due.regimes}) > 1
        return say["recommendation_open" if mixed else "recommendation"], say["recommendation_why"]
    if row["kind"] == "cause_of_concern":
        return (
            (say["cause_of_concern"], "")
            if has_children
            else (say["cause_of_concern_alone"], say["cause_of_concern_alone_why"])
        )
    return say["area_for_improvement"], say["area_for_improvement_why"]


def _before_the_act(due: Deadline) -> bool:
    """Whether every day on which the report can have come out is before section 55(5B)."""
    return bool(due.regimes) and not any(regime.statutory for regime in due.regimes)


def _status(row: Row) -> str:
    if row["status"] in (None, "new"):
        return ""
    words = str(row["status"]).replace("_", " ")
    return f"{words} from {row['origin_cycle']}" if row["origin_cycle"] else words


def _item_deadline(row: Row) -> str:
    if not row["deadline"]:
        return ""
    span = possible_days(row["deadline_on"])
    day = british(span[0]) if span else ""
    worked_out = f" ({day})" if day and day not in row["deadline"] else ""
    return f"The report says: {clean(row['deadline'])}{worked_out}"


# small words ---------------------------------------------------------------------------------------------------------


def _count(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _plural(thing: str, number: int) -> str:
    return thing if number == 1 else f"{thing}s"


def _series(parts: Iterable[str]) -> str:
    *head, last = list(parts)
    return f"{', '.join(head)} and {last}" if head else last


def wording(rules: Path) -> dict[str, dict[str, str]]:
    """Return the sentences of `wording.toml`."""
    return load_rules(rules).wording.sentences
