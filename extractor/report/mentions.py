"""Where a report names a force as a force: sentences of text and boxes, entries of lists, rows of tables.

Names of counties, councils, universities, commissioners and the like are no mentions. A full name (`Kent Police`) is
one unless what stands beside it says otherwise; a short name (`Kent`) only where it can be nothing but the force. What
stands beside a name is judged by rules that see the name as FULLNAME or SHORTNAME.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.layout.blocks import Block
from extractor.models import Mention
from extractor.report.findings.clues import Clues
from extractor.report.findings.drafts import FindingDraft, Passage
from extractor.report.findings.regions import has_row, stand_beside
from extractor.report.sentences import sentences
from extractor.rulebook.force_names import ForceName, ForceNames
from extractor.rulebook.matcher import Labeller

_NO_PROSE = ("contents", "cover")  # kinds of parts that only list
_CELL = 8  # words: the cells of a table hold fewer
_MANY = 3  # forces in one sentence that says which were visited


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one document tells about the places of names."""

    clues: Clues
    names: ForceNames
    own: str | None  # the force that the report is about
    item_text: frozenset[int]  # numbers of blocks that are the words of items
    item_detail: frozenset[int]


def find_mentions(
    clues: Clues, items: Sequence[FindingDraft], names: ForceNames, report_id: str, own: str | None
) -> tuple[Mention, ...]:
    """Return every mention of a force but the report's own, in reading order."""
    seen = _seen(clues, items, names, own)
    found: list[Mention] = []
    visited = False
    for place, block in enumerate(clues.text.reading):
        hits = names.find(block.text)
        listed = _listed(place, block, seen) if hits else None
        if listed is None and _turns(place, block, seen, visited):
            visited = not visited
        if listed and listed[0].force_id != own:
            kind = "visited" if visited else "other"
            found.append(_mention(report_id, listed[0].force_id, block, (0, len(block.text)), listed[1], kind))
        elif hits and not listed:
            found += _in_prose(place, block, seen, report_id)
    return tuple(found)


def _turns(place: int, block: Block, seen: _Seen, visited: bool) -> bool:
    """Say whether a block begins or ends what lists the forces visited; cells and bullets do neither."""
    if block.kind == "bullet" or seen.clues.has(block, "VISITED") == visited:
        return False
    return not _is_cell(place, seen)


def _seen(clues: Clues, items: Sequence[FindingDraft], names: ForceNames, own: str | None) -> _Seen:
    """Return what tells the places of names apart: which blocks are words of items."""
    if clues.listed:
        items = [item for item in items if item.kind == "practice_study"]  # the others are running text too
    words = {passage.block.text for item in items for passage in item.text_passages}  # also where they stand twice
    text = frozenset(block.number for block in clues.text.reading if block.text in words)
    telling = frozenset(passage.block.number for item in items for passage in _telling(item))
    return _Seen(clues, names, own, text - telling, telling)


def _telling(item: FindingDraft) -> Sequence[Passage]:
    """Return what an item tells of what was seen: its detail, and the whole of a practice that is described."""
    return [*item.detail_passages, *(item.text_passages if item.kind == "practice_study" else ())]


def _listed(place: int, block: Block, seen: _Seen) -> tuple[ForceName, str] | None:
    """The force that an entry of a list or a cell of a table consists of."""
    name = seen.names.only(block.text)
    if name is None:
        return None
    if _is_cell(place, seen):
        return name, "table"
    return (name, "list") if block.kind == "bullet" and (name.full or _among_forces(place, seen)) else None


def _is_cell(place: int, seen: _Seen) -> bool:
    """Does a block stand in a table: by its tag, its frame or what stands beside it?"""
    blocks = seen.clues.text.reading
    block = blocks[place]
    near = (*blocks[max(place - 1, 0) : place], *blocks[place + 1 : place + 2])
    if len(block.text.split()) < _CELL:
        tagged = block.lines[0].tag in ("TD", "TH") and block.frame is not None
        return tagged or any(stand_beside(block, other) for other in near) or has_row(place, seen.clues)
    return has_row(place, seen.clues)


def _among_forces(place: int, seen: _Seen) -> bool:
    """Do the entries beside a short name name forces too?"""
    blocks = seen.clues.text.reading
    beside = [block for block in blocks[max(place - 1, 0) : place + 2] if block.kind == "bullet"]
    return len(beside) > 1 and all(seen.names.only(block.text) for block in beside)


def _in_prose(place: int, block: Block, seen: _Seen, report_id: str) -> Iterator[Mention]:
    if block.number in seen.item_text or not _is_prose(place, block, seen):
        return
    where = "box" if block.number in seen.item_detail else "text"
    for start, end in sentences(block.text):
        words = block.text[start:end]
        forces = dict.fromkeys(
            name.force_id
            for name in seen.names.find(words)
            if name.force_id != seen.own and is_mention(words, name, seen.clues.labels)
        )
        visited = len(forces) >= _MANY and seen.clues.labels.has(words, "VISITED")
        for force_id in forces:
            if visited:
                yield _mention(report_id, force_id, block, (start, end), "list", "visited")
            else:
                yield _mention(report_id, force_id, block, (start, end), where, None)


def _is_prose(place: int, block: Block, seen: _Seen) -> bool:
    """True for running text: no heading, no contents, no head of a letter, no cell."""
    part = seen.clues.part_of.get(block.number)
    if part is None or (seen.clues.parts[part].kind in _NO_PROSE and not block.text.endswith((".", "?", ":"))):
        return False
    return not seen.clues.is_heading(block) and not _is_cell(place, seen)


def is_mention(sentence: str, name: ForceName, labels: Labeller) -> bool:
    """Say whether a name in a sentence stands for the force."""
    mask = "FULLNAME" if name.full else "SHORTNAME"
    masked = f"{sentence[: name.start]}{mask}{sentence[name.end :]}"
    if labels.has(masked, "NO_MENTION"):
        return False
    return name.full or labels.has(masked, "MENTION")


def _mention(
    report_id: str, force_id: str, block: Block, span: tuple[int, int], place: str, listed: str | None
) -> Mention:
    boxes = block.boxes(*span)
    page = boxes[0].page if boxes else block.page_first
    return Mention(report_id, force_id, page, place, listed, block.text[slice(*span)], boxes)
