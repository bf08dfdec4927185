"""What tells the papers of a family apart: a title, a local area, a force or a fire and rescue service.

The permanent id of a paper is made of it, of the kind of paper and of the day it was published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.folding import id_form
from extractor.layout.blocks import Block
from extractor.problems import problem
from extractor.report.identity import Identity
from extractor.report.identity.force import force_in
from extractor.rulebook.load import RulePacks
from extractor.rulebook.profile import PaperFamily
from extractor.rulebook.tables import Force, Service

_SLUG = 6  # words of a title in an id
_ADDRESS = 20  # blocks in which a letter says to whom it goes


@dataclass(slots=True)
class Paper:
    """What a paper of some family says of itself beyond what every report does."""

    family: PaperFamily
    name: str = ""  # what tells it apart from others of its kind and day
    area: str | None = None
    service: Service | None = None
    sent: str | None = None
    letter_type: str | None = None
    replies_to: str | None = None  # report_id of the report whose items a letter judges
    publishers: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The name as ids have it."""
        return "-".join(id_form(self.name).split())


def paper_id(paper: Paper, published: str | None) -> str | None:
    """Return `<published>-<kind>-<what it is about>`; None where the paper does not say what it is about."""
    if not paper.slug:
        return None
    return f"{published or paper.sent or 'undated'}-{paper.family.kind.replace('_', '-')}-{paper.slug}"


@dataclass(frozen=True, slots=True)
class Addressed:
    """Where a paper says whom it is about: its title, title and address together, and its front."""

    title: str
    words: str
    front: Sequence[Block]

    @property
    def front_words(self) -> str:
        """All words of the front."""
        return " ".join(block.text for block in self.front)


def name_paper(found: Identity, paper: Paper, seen: Addressed, packs: RulePacks) -> None:
    """Find what a paper is about, by what its family is named after."""
    if paper.family.named_after == "title":
        paper.name = " ".join(id_form(seen.title.split(" – ")[0]).split()[:_SLUG])
    else:
        {"area": _name_area, "force": _name_force, "service": _name_service}[paper.family.named_after](
            found, paper, seen, packs
        )


def _name_force(found: Identity, paper: Paper, seen: Addressed, packs: RulePacks) -> None:
    paper.service = _service_in(seen.words, packs)
    if paper.service:
        paper.name = paper.service.name
        return
    found.force = force_in(seen.words, packs)
    if found.force is None:
        found.force = force_in(seen.front_words, packs)
        if found.force:
            message = f"the title names no force; {found.force.name} is taken from the first page"
            found.problems.append(problem("force_from_body", None, message))
    if found.force:
        paper.name = found.force.id
    else:
        message = "no force is named in the title or on the first page; nothing is filed under a force"
        found.problems.append(problem("force_unknown", None, message))


def _name_service(found: Identity, paper: Paper, seen: Addressed, packs: RulePacks) -> None:
    paper.service = _service_in(seen.words, packs) or _service_in(seen.front_words, packs)
    if paper.service:
        paper.name = paper.service.id
    else:
        message = "the title names none of the known fire and rescue services"
        found.problems.append(problem("service_unknown", None, message))


def _service_in(words: str, packs: RulePacks) -> Service | None:
    """The fire service whose longest name stands in `words`."""
    plain = f" {id_form(words)} "
    hits = [
        (len(name), service) for service in packs.services for name in service.names if f" {id_form(name)} " in plain
    ]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


def _name_area(found: Identity, paper: Paper, seen: Addressed, packs: RulePacks) -> None:
    """The local area of the title, and the police force that serves it by the table of areas."""
    plain = f" {id_form(seen.title)} "
    areas = packs.areas_of(paper.family.id)
    hit = next(((area, force) for area, force in areas if f" {id_form(area)} " in plain), None)
    addressed = _forces_addressed(seen.front, packs)
    if hit:
        paper.area = paper.name = hit[0]
        found.force = next(force for force in packs.forces if force.id == hit[1])
    elif len(addressed) == 1:
        found.force = addressed[0]
        paper.name = found.force.id
        message = f"the local area is in no table; {found.force.name} is taken from the persons addressed"
        found.problems.append(problem("area_unknown", None, message, "doubt"))
    else:
        message = "the local area is in no table and the persons addressed name no one force; add it to areas.csv"
        found.problems.append(problem("area_unknown", None, message))
    if hit and addressed and found.force not in addressed:
        message = f"{hit[0]} is served by {hit[1]} by the table, but the letter is addressed to {addressed[0].name}"
        found.problems.append(problem("force_disagrees", None, message))


def _forces_addressed(front: Sequence[Block], packs: RulePacks) -> list[Force]:
    """The forces named in full before the letter's first words."""
    words = " ".join(block.text for block in front[:_ADDRESS]).replace("’", "'").lower()
    return [
        force
        for force in packs.forces
        if any(_is_addressed(name.lower(), words) for name in force.full_names(packs.settings.forces.name_words))
    ]


def _is_addressed(name: str, words: str) -> bool:
    return name in words and re.search(rf"(?<!\w){re.escape(name)}(?! and crime|, fire)(?!\w)", words) is not None
