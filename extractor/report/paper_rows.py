"""What the rows of a paper other than a PEEL report have beyond what every row has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.models import Finding, Problem
from extractor.report.addressees import addressed, addressed_to
from extractor.report.findings.clues import Clues
from extractor.report.findings.concern_evidence import explain_by_evidence
from extractor.report.findings.drafts import FindingDraft
from extractor.report.identity import Identity
from extractor.report.origin import origin_of
from extractor.report.outcomes import judge
from extractor.report.paper_names import Paper
from extractor.rulebook.force_names import ForceNames
from extractor.rulebook.profile import Profile


def settle(
    items: Sequence[FindingDraft], identity: Identity, clues: Clues, profiles: Sequence[Profile]
) -> list[Problem]:
    """Complete the items of a letter before they become rows: evidence, what they come from, what became of them."""
    paper = identity.paper
    if paper is None:
        return []
    explain_by_evidence(items, clues)
    if paper.letter_type not in paper.family.restates:
        return []
    origin = origin_of(clues, profiles)
    if origin is not None and identity.force is not None:
        pillars = next(profile.pillars for profile in profiles if profile.cycle == origin)
        if set(pillars) == {"otherwise"}:  # one report a cycle
            paper.replies_to = f"{origin.replace('/', '-')}-{pillars['otherwise']}-{identity.force.id}"
    return judge(items, clues, origin)


def complete(rows: Sequence[Finding], identity: Identity, clues: Clues, names: ForceNames) -> list[Finding]:
    """Return the rows with addressees, and without the flags that do not hold for the family."""
    paper = identity.paper
    if paper is None:
        return list(rows)
    rows = [_fitting(row, paper) for row in rows]
    if paper.family.addressed_by == "subject":
        return addressed(rows, clues.labels, names)
    addressee = _addressee(paper, identity)
    return addressed_to(rows, addressee) if addressee else list(rows)


def _fitting(row: Finding, paper: Paper) -> Finding:
    return replace(row, flags=tuple(flag for flag in row.flags if flag not in paper.family.unfit_flags))


def _addressee(paper: Paper, identity: Identity) -> str | None:
    """The one force or service that every item of a paper speaks to."""
    if paper.family.addressed_by == "nobody":
        return None
    if paper.service is not None:
        return f"other:{paper.service.name}"
    return identity.force.id if identity.force else None
