"""Every printed word has one fate: what stands among items and came into no row is named, with its page.

Looked at are the frames that hold an item: what they hold beside its words, headings, stems and status lines is a part
of the item that was lost, or something that is no item; only a look at the page can tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractor.folding import id_form
from extractor.layout.blocks import Block
from extractor.models import Problem
from extractor.problems import problem
from extractor.report.findings import FoundItems
from extractor.report.findings.clues import Clues
from extractor.report.findings.drafts import FindingDraft
from extractor.report.sections import GRADE_LABELS, ITEM_LABELS

_LETTER = re.compile(r"[^\W_]")
_SHOWN = 80  # characters of a message
_FRAMING = (*ITEM_LABELS, *GRADE_LABELS, "CARRIED", "REC_LEAD", "NO_ITEMS", "STOP")  # words round items that are none


def unaccounted(clues: Clues, found: FoundItems) -> Iterator[Problem]:
    """Yield a doubt for words in a frame of items that no row, stem or heading holds."""
    told = " ".join(remark.message for remark in found.problems)
    for block, words in lost_words(clues, found.items):
        if words[:_SHOWN] not in told:
            message = f"the box of an item holds “{words[:_SHOWN]}”, which is in no row; compare it with the page"
            yield problem("words_in_no_row", block.page_first, message)


def lost_words(clues: Clues, items: Sequence[FindingDraft]) -> Iterator[tuple[Block, str]]:
    """Yield each block in a frame of items with its words that no item holds."""
    held: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    frames = set()
    for item in items:
        for passage in (*item.text_passages, *item.detail_passages):
            held[passage.block.number].append((passage.start, passage.end))
            frames.add(passage.block.frame)
    headings = {item.region.heading.number for item in items}
    stems = {id_form(item.stem) for item in items if item.stem}
    for block in clues.text.reading:
        if block.frame is None or block.frame not in frames or block.number in headings:
            continue
        words = _outside(block.text, held[block.number])
        if _LETTER.search(words) and not _is_framing(block, words, stems, clues):
            yield block, words


def _outside(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """What is left of a text without its stretches."""
    kept, last = "", 0
    for start, end in sorted(spans):
        kept += text[last:start]
        last = max(last, end)
    return (kept + text[last:]).strip()


def _is_framing(block: Block, words: str, stems: set[str], clues: Clues) -> bool:
    if block.number in clues.openers or clues.tells_status(block) or clues.has(block, *_FRAMING):
        return True
    folded = id_form(words)
    if any(
        folded == id_form(part.title or "") for part in clues.parts
    ):  # a question's title, printed again with its grade
        return True
    return any(folded in stem or stem in folded for stem in stems)


def asides_told(clues: Clues) -> Iterator[Problem]:
    """Yield what is said of words that stand across or beside the text: once for each page and words."""
    told = set()
    for block in clues.text.blocks:
        if block.kind != "aside" or block.text.isdecimal() or (block.page_first, block.text) in told:
            continue
        told.add((block.page_first, block.text))
        message = f"“{block.text[:_SHOWN]}” stands across or beside the text and is in no row"
        severity = "doubt" if clues.opens_item(block) else None
        yield problem("words_aside", block.page_first, message, severity)
