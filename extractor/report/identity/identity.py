"""What a document says of itself, put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.folding import plain
from extractor.layout.blocks import Text
from extractor.models import Printed, Problem
from extractor.problems import problem
from extractor.report.identity.cycle import cycle_of
from extractor.report.identity.force import force_of
from extractor.report.identity.other import other_document
from extractor.report.identity.pillar import pillar_of, subject_of
from extractor.report.identity.published import published_of
from extractor.report.identity.publisher import publisher_of
from extractor.report.identity.title import front_of
from extractor.rulebook.load import RulePacks
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.profile import Profile
from extractor.rulebook.tables import Force

if TYPE_CHECKING:
    from extractor.report.paper_names import Paper


@dataclass(slots=True)
class Identity:
    """What a document says of itself."""

    title: str | None = None
    profile: Profile | None = None
    pillar: str | None = None
    subject: str | None = None  # a report on one part of a pillar, e.g. vulnerability in 2015
    force: Force | None = None
    publisher: str | None = None
    published: str | None = None
    other_document: str | None = None
    paper: Paper | None = None  # where it is of another family than PEEL
    problems: list[Problem] = field(default_factory=list)


def recognise(printed: Printed, text: Text, labels: Labeller, packs: RulePacks) -> Identity:
    """Say which report a document is, as far as it can be known."""
    front = front_of(printed, text, labels)
    profile, said_of_cycle = cycle_of(front, text, packs)
    other, said_of_kind = other_document(front, text, labels, packs, profile)
    force, said_of_force = force_of(front, text, packs)
    published, said_of_date = published_of(front, text, labels, profile)
    found = Identity(
        title=" – ".join(front.titles).replace(": – ", ": ") or None,
        profile=profile,
        force=force,
        publisher=publisher_of(front, text, labels, profile, packs.settings.publishers.newer_share),
        published=published,
        other_document=other,
        problems=[*said_of_cycle, *said_of_kind, *said_of_force, *said_of_date],
    )
    if profile:
        found.pillar = pillar_of(front, text, profile, packs.questions)
        found.subject = subject_of(plain(" ".join(front.names)), profile, found.pillar)
    if not found.title:
        found.problems.append(problem("no_title", None, "no title was found on the front page"))
    return found
