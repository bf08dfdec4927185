"""From drafts to rows of the table `findings`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.ids import short_hash
from extractor.models import Finding
from extractor.report.findings.clues import Clues
from extractor.report.findings.drafts import FindingDraft
from extractor.report.findings.facts import addressee_of, deadline_of, has_unsure_limit, may_be_cut
from extractor.report.findings.flags import ItemTraits, flags_of
from extractor.rulebook.dates import deadline_day
from extractor.vocabulary import KIND_CODES


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the rows of one report take from outside it."""

    report_id: str
    published: str | None
    lengths: tuple[int, int]  # words of the shortest and longest usual item


def finding_rows(items: Sequence[FindingDraft], clues: Clues, report: ReportFacts) -> list[Finding]:
    """Return one row per item, in report order."""
    ids = finding_ids(items, report.report_id)
    return [_row(item, order, ids, clues, report) for order, item in enumerate(items)]


def finding_ids(items: Sequence[FindingDraft], report_id: str) -> dict[int, str]:
    """Return the permanent name of each draft, by the draft's `id`."""
    seen: Counter[str] = Counter()
    ids = {}
    for item in items:
        name = f"{report_id}/{KIND_CODES[item.kind]}/{short_hash(item.text)}"
        seen[name] += 1
        ids[id(item)] = name if seen[name] == 1 else f"{name}-{seen[name]}"
    return ids


def _row(item: FindingDraft, order: int, ids: dict[int, str], clues: Clues, report: ReportFacts) -> Finding:
    text, detail, pages = item.text, item.detail, item.pages()
    owner = clues.subjects.owner(item.place)
    subject = clues.subjects.at(owner) if owner is not None else None
    deadline = deadline_of(item, clues.labels)
    if has_unsure_limit(item, clues.labels):
        item.flags.add("limit_unsure")
    words, cut = f"{text} {detail or ''}", may_be_cut(item, clues)
    traits = ItemTraits(item, text, words, subject is None, clues.leads, report.lengths, cut)
    return Finding(
        finding_id=ids[id(item)],
        report_id=report.report_id,
        kind=item.kind,
        question=subject.title if subject else item.topic or clues.home_of(item.place),
        question_id=subject.question.id if subject and subject.question else None,
        order=order,
        text=text,
        detail=detail,
        parent_id=ids.get(id(item.parent)) if item.parent else None,
        stem=item.stem,
        limbs=tuple(item.limbs),
        deadline=deadline,
        deadline_on=deadline_day(deadline, report.published),
        addressee=addressee_of(item, clues.labels),
        status=item.status.status,
        origin_cycle=item.status.origin,
        page_first=min(pages, default=None),
        page_last=max(pages, default=None),
        boxes=item.boxes(),
        rule_id=item.rule_id,
        flags=flags_of(traits),
        number=item.number,
        outcome=item.outcome,
        outcome_sentence=item.outcome_sentence,
        also_on=tuple(sorted(item.also_on)),
    )
