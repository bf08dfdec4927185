"""The sentences of the executive summary: what was published, what it judged and what it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.phrasing import in_number
from extractor.response.doubts import counts, own_counts
from extractor.response.groups import Part, thing_of
from extractor.response.last_day import british_published, possible_days
from extractor.response.outcomes import outcome_lines
from extractor.response.paper import Paper
from extractor.response.wording import clean, in_words, series
from extractor.rulebook.load import load_rules


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences before the list of questions, the list, and the judgment behind it."""

    opening: tuple[str, ...]
    questions: tuple[str, ...]
    judgment: tuple[str, ...]


def summary(paper: Paper, parts: Sequence[Part]) -> Summary:
    """Return the executive summary of a paper."""
    asked = [part for part in parts if part.title]
    graded = paper.report["kind"] == "force" or any(part.grading for part in asked)
    order = [paper.words["questions"]["order"]] if asked and graded else []
    judged = [*_overall(paper), *_rollup(asked, paper)] if graded else []
    told = [counts(paper), own_counts(paper), *outcome_lines(paper)]
    return Summary(
        opening=(_publication(paper), *_strand(paper), *_lead(asked, graded, paper)),
        questions=tuple(clean(part.title) for part in asked),
        judgment=tuple(filter(None, [*order, *judged, *told])),
    )


def _strand(paper: Paper) -> list[str]:
    inspected = paper.report["cycle"], paper.report["pillar"]
    return [row.sentence for row in load_rules(paper.rules).strands if (row.cycle, row.pillar) == inspected]


def _lead(asked: Sequence[Part], graded: bool, paper: Paper) -> list[str]:
    if not asked:
        return []
    thing = thing_of(asked, paper)
    count, things = in_words(len(asked)), in_number(len(asked), thing)
    if not graded:
        things = in_number(len(asked), "part")
        return [paper.words["papers"]["parts"].format(force=paper.force, count=count, things=things)]
    say = paper.words["questions"]
    lead = say["lead_question" if thing == say["question"] else "lead_area"]
    acronym = paper.report["publisher"] or "the inspectorate"
    return [lead.format(acronym=acronym, count=count, things=things)]


def _publication(paper: Paper) -> str:
    report, say = paper.report, paper.words
    printed = british_published(report["published"])
    key = "unknown" if printed is None else "day" if len(report["published"] or "") > len("YYYY-MM") else "month"
    kind = _kind_of_sentence(paper)
    return say["published"][kind].format(
        when=say["when"][key].format(date=printed),
        inspectorate=_inspectorate(paper),
        others=series(map(clean, _partners(paper))),
        pillar=report["pillar"],
        cycle=(report["cycle"] or "").replace("-", "–"),
        force=paper.force,
        title=clean(report["title"]) or report["report_id"],
    )


def _kind_of_sentence(paper: Paper) -> str:
    report = paper.report
    if report["kind"] == "letter":
        return "letter"
    if _partners(paper):
        return "joint"
    if report["cycle"] and report["pillar"]:
        return "integrated" if report["pillar"] == "integrated" else "strand"
    return "unknown"


def _partners(paper: Paper) -> list[str]:
    """Return the inspectorates beside the one of the police."""
    return [name for name in paper.report["publishers"] or () if name != paper.report["publisher"]]


def _inspectorate(paper: Paper) -> str:
    """Return the inspectorate's full name at the time with its acronym; only the acronym where the time is open."""
    acronym = paper.report["publisher"]
    if not acronym:
        return "the inspectorate"
    span = possible_days(paper.report["published"])
    names = {
        row.name
        for row in load_rules(paper.rules).inspectorates
        if row.acronym == acronym
        and (span is None or (row.first <= span[1].isoformat() and span[0].isoformat() <= (row.last or "9999")))
    }
    return f"{names.pop()} ({acronym})" if len(names) == 1 else acronym


def _overall(paper: Paper) -> list[str]:
    rows = [row for row in paper.gradings if row["level"] != "question" and row["grade"]]
    say = paper.words["judgment"]
    if len(rows) == 1:
        return [say["one"].format(grade=rows[0]["grade"])]
    if not rows:
        return []
    listed = [say["pillar"].format(grade=row["grade"], question=clean(row["question"])) for row in rows]
    return [say["many"].format(count=in_words(len(rows)), list="; ".join(listed))]


def _rollup(asked: Sequence[Part], paper: Paper) -> list[str]:
    say = paper.words["judgment"]
    graded: dict[str, list[str]] = {}
    for part in asked:
        if part.grading:
            graded.setdefault(part.grading["grade"] or "", []).append(str(part.number))
    if not graded:
        return [say["none"]] if asked else []
    if len(asked) == 1:
        return []  # the heading says it
    told = []
    for grade in sorted(graded, key=lambda grade: (not grade, -len(graded[grade]))):
        count, numbers = len(graded[grade]), series(graded[grade])
        was = "was" if count == 1 else "were"
        form = say["graded" if grade else "ungraded"]
        told.append(form.format(count=in_words(count), was=was, grade=grade, numbers=numbers))
    things = in_number(len(asked), thing_of(asked, paper))
    lines = [say["rollup"].format(count=in_words(len(asked)), things=things, list=series(told))]
    return lines + _carried_over(asked, paper)


def _carried_over(asked: Sequence[Part], paper: Paper) -> list[str]:
    numbers = [str(part.number) for part in asked if part.grading and part.grading["basis"] == "carried_over"]
    form = paper.words["judgment"]["carried_over_one" if len(numbers) == 1 else "carried_over"]
    return [form.format(numbers=series(numbers))] if numbers else []
