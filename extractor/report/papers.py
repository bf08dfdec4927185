"""Papers other than PEEL reports: of which family one is, and what it says of itself.

Title lines decide first, then lines of the first page that are set as headings, then structure: an inspectorate's paper
with numbered recommendations is a national report. A paper that nobody answers is of no family.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.layout.blocks import Block, Text
from extractor.models import Printed, Problem
from extractor.problems import problem
from extractor.report.identity import Identity
from extractor.report.identity.cycle import names_cycle
from extractor.report.identity.published import published_of
from extractor.report.identity.publisher import publisher_of
from extractor.report.identity.title import front_of, title_lines, web_titles
from extractor.report.paper_names import Addressed, Paper, name_paper
from extractor.rulebook.dates import printed_date
from extractor.rulebook.load import RulePacks
from extractor.rulebook.matcher import Labeller
from extractor.rulebook.profile import PaperFamily

_LONGEST_HEAD = 40  # words of a line that may say what a paper is
_HEADER = ("FROM", "TO", "COPIED", "SENT", "PUBLISHED")


def family_of(printed: Printed, text: Text, labels: Labeller, packs: RulePacks) -> PaperFamily | None:
    """Return the family of a paper; None for a PEEL report and for a paper that nobody answers."""
    whole_front = front_of(printed, text, labels)
    front, titles = whole_front.blocks, whole_front.names
    if any(labels.has(line, "OTHER_DOCUMENT") for line in titles):
        return None
    known = packs.families_of_papers
    named = _named(titles, labels, known)
    if named is None and not names_cycle(" ".join(titles), packs.profiles):
        named = _named(_typed_lines(front, text), labels, known) or _by_structure(front, text, labels, packs)
    return named


def _named(lines: Iterable[str], labels: Labeller, known: dict[str, PaperFamily]) -> PaperFamily | None:
    found = [known[match.value] for line in lines for match in labels.matches(line, "PAPER") if match.value in known]
    return min(found, key=lambda family: family.rank, default=None)


def _typed_lines(front: Sequence[Block], text: Text) -> list[str]:
    """The lines of the first page that are set as headings."""
    first = front[0].page_first if front else None
    return [
        block.text
        for block in front
        if block.page_first == first
        and len(block.text.split()) <= _LONGEST_HEAD
        and (block.all_bold or block.look[0] > text.layout.body_size or (block.lines[0].tag or "").startswith("H"))
    ]


def _by_structure(front: Sequence[Block], text: Text, labels: Labeller, packs: RulePacks) -> PaperFamily | None:
    """A national report has numbered recommendations and names no inspection of one force."""
    if names_cycle(" ".join(block.text for block in front), packs.profiles):
        return None
    numbered = any(labels.has(block.text, "REC_HEADING") and block.text[-1:].isdigit() for block in text.reading)
    published = any(labels.has(block.text, "PUBLISHER") for block in text.blocks)
    return packs.families_of_papers.get("national") if numbered and published else None


# what it says of itself ----------------------------------------------------------------------------------------------


def recognise_paper(printed: Printed, text: Text, labels: Labeller, packs: RulePacks, family: PaperFamily) -> Identity:
    """Say what a paper of a family is: title, force or area or service, dates, publishers."""
    whole_front = front_of(printed, text, labels)
    front = whole_front.blocks
    found = Identity(profile=family.profile, paper=Paper(family))
    found.title = _title(front, printed, text, labels)
    paper = _paper(found)
    newer_share = packs.settings.publishers.newer_share
    found.publisher = publisher_of(whole_front, text, labels, found.profile, newer_share)
    header = _header(front, labels)
    paper.publishers = _publishers(front, labels, found.publisher)
    _find_dates(found, paper, header, published_of(whole_front, text, labels, found.profile))
    paper.letter_type = _value(found.title, labels, "LETTER_TYPE")
    addressed = " ".join([found.title or "", *web_titles(printed), *header.get("TO", ())])
    name_paper(found, paper, Addressed(found.title or "", addressed, front), packs)
    kind_of_inspection = _value(found.title, labels, "PROGRAMME") or paper.letter_type
    if kind_of_inspection:
        paper.name = f"{paper.name} {kind_of_inspection}"
    if not found.title:
        found.problems.append(problem("no_title", None, "no title was found on the front page"))
    return found


def _paper(found: Identity) -> Paper:
    assert isinstance(found.paper, Paper)
    return found.paper


def _title(front: Sequence[Block], printed: Printed, text: Text, labels: Labeller) -> str | None:
    """The title lines; where nothing is set larger, the heading that says what the paper is."""
    titles = title_lines(front, text, printed, labels)
    titles = titles[:1] if printed.medium == "web" else _unbroken(titles, front)
    if not any(labels.has(line, "PAPER") for line in titles):
        titles = [line for line in _typed_lines(front, text) if labels.has(line, "PAPER")][:1] or titles
    return " – ".join(titles) or None


def _unbroken(titles: Sequence[str], front: Sequence[Block]) -> list[str]:
    """The title lines up to the first other words: later large lines of the page head its sections."""
    words = [block.text for block in front]
    places = [next((place for place, line in enumerate(words) if title in line), None) for title in titles]
    kept = [
        title
        for nth, (title, place) in enumerate(zip(titles, places, strict=True))
        if place is not None and places[0] is not None and place - places[0] <= nth
    ]
    return kept or list(titles[:1])


def _value(words: str | None, labels: Labeller, label: str) -> str | None:
    match = labels.first(words or "", label)
    return match.value if match else None


def _publishers(front: Sequence[Block], labels: Labeller, publisher: str | None) -> tuple[str, ...]:
    """Short names of the inspectorates named on the front, in printed order."""
    named = [match.value for block in front for match in labels.matches(block.text, "PUBLISHER") if match.value]
    ours = publisher or "HMICFRS"
    return tuple(dict.fromkeys([ours if name.startswith("HMIC") and name != "HMCPSI" else name for name in named]))


def _header(front: Sequence[Block], labels: Labeller) -> dict[str, list[str]]:
    """The lines of a letter's head below or beside each of its labels."""
    found: dict[str, list[str]] = {}
    label: str | None = None
    for block in front:
        match = labels.first(block.text, *_HEADER)
        if match and match.start == 0:
            label = match.label
            rest = block.text[match.end :].strip(" :")
            found.setdefault(label, []).extend([rest] if rest else [])
        elif label and len(block.text.split()) < _LONGEST_HEAD and not (block.lines[0].tag or "").startswith("H"):
            found[label].append(block.text)
        else:
            label = None
    return found


def _find_dates(
    found: Identity,
    paper: Paper,
    header: dict[str, list[str]],
    elsewhere: tuple[str | None, list[Problem]],
) -> None:
    paper.sent = _first_date(header.get("SENT", ()))
    found.published = _first_date(header.get("PUBLISHED", ()))
    if not found.published:
        found.published = elsewhere[0]
        found.problems += elsewhere[1]
    if paper.sent and found.published and paper.sent > found.published:
        message = f"the letter was sent on {paper.sent} and is said to be published on {found.published}, before that"
        found.problems.append(problem("sent_after_published", None, message))


def _first_date(lines: Iterable[str]) -> str | None:
    return next((date for line in lines if (date := printed_date(line))), None)
