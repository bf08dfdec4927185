"""What a response says, before it is put into Word: the values that the template's placeholders stand for.

Sentences come from `rules/response/wording.toml`, offices and bodies from the CSV files beside it. Everything is plain
text; whoever writes it into a document escapes it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from extractor.response.details import Details, LastDay, details, last_day
from extractor.response.doubts import Caution, cautions
from extractor.response.draft_actions import Drafts
from extractor.response.draft_list import DraftRow, draft_rows, with_capitals
from extractor.response.groups import Group, groups, parts_of
from extractor.response.item_rows import ItemRow, OtherItem, item_rows, other_items
from extractor.response.office import Office
from extractor.response.paper import Paper
from extractor.response.summary import Summary, summary
from extractor.response.wording import clean


@dataclass(frozen=True, slots=True)
class Values:
    """The values for the template; README.md in `rules/response` lists them."""

    title: str
    footer: str
    office: Office
    short: bool  # nothing is for the force to answer
    cautions: list[Caution]
    details: Details
    deadline: LastDay
    summary: Summary
    groups: list[Group]
    drafts: list[DraftRow]
    items: list[ItemRow]
    others: list[OtherItem]

    @property
    def references(self) -> dict[str, str]:
        """The reference of each finding, by its id."""
        return {item.finding_id: item.ref for item in self.items}

    def by_name(self) -> dict[str, Any]:
        """Return them as a template asks for them."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def compose(paper: Paper, drafts: Sequence[Drafts], office: Office, capitals: Iterable[str] = ()) -> Values:
    """Return the values for the template.

    Args:
        paper: what is answered, and for whom.
        drafts: its drafted actions.
        office: who answers, from `office_for`.
        capitals: terms that the office writes with capitals of its own.
    """
    parts = parts_of(paper)
    publisher = paper.report["publisher"] or "inspectorate"
    items = item_rows(paper)
    return Values(
        title=f"Response by the {office.short} to the {publisher} {_subject(paper)}".upper(),
        footer=clean(paper.report["title"]) or paper.report["report_id"],
        office=office,
        short=not items and bool(paper.for_others),
        cautions=cautions(paper),
        details=details(paper),
        deadline=last_day(paper),
        summary=summary(paper, parts),
        groups=groups(paper, parts),
        drafts=with_capitals(draft_rows(drafts, paper), capitals),
        items=items,
        others=other_items(paper),
    )


def _subject(paper: Paper) -> str:
    """Return what the response is to, as the title of the form names it."""
    if paper.report["kind"] == "force":
        return f"inspection of {paper.force}"
    return f"{'letter' if paper.report['kind'] == 'letter' else 'report'} “{clean(paper.report['title'])}”"
