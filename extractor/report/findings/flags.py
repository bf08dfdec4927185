"""What is to be watched in a finding: each flag with its meaning and the test that sets it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.report.findings.drafts import FindingDraft
from extractor.report.findings.recommendations import RUN_ON
from extractor.vocabulary import Flag

_CLOSED = re.compile(r"[.?!;:][’”'\")\]]*(?:\s+(?:and|or))?$|;\s*(?:and|or)$")
_ASKS = ("area_for_improvement", "recommendation")
_LED = ("area_for_improvement", "cause_of_concern")
_LONG_LEAD = 40  # words: a lead sentence is shorter
_CONCERN = 3  # a concern may be so many times as long as other items
_GLUED = re.compile(r"\b(?:19|20)\d{3,4}\b")  # a footnote mark after a year
_ODD_BEGINNING = re.compile(r"[^\w‘’“”'\"(\[£$€]")
_STRAY_MARK = re.compile(r"[^\W\d_][*†‡]|\[\d{1,2}\]")


@dataclass(frozen=True, slots=True)
class ItemTraits:
    """A finished draft, with what only the whole report tells of it."""

    item: FindingDraft
    text: str
    words: str  # of text and detail
    homeless: bool  # it stands under no question that is known
    leads: bool  # the report parts leads and explanations
    lengths: tuple[int, int]  # words of the shortest and longest usual item
    may_be_cut: bool  # nothing shows that its last words are its end


def _has_unusual_length(traits: ItemTraits) -> bool:
    shortest, longest = traits.lengths
    most = longest * (_CONCERN if traits.item.kind == "cause_of_concern" else 1)
    return not shortest <= len(traits.text.split()) <= most


def _has_no_closing_mark(traits: ItemTraits) -> bool:
    item = traits.item
    return item.kind in _ASKS and item.detail is None and not _CLOSED.search(traits.text) and traits.may_be_cut


def _has_unparted_lead(traits: ItemTraits) -> bool:
    item = traits.item
    return traits.leads and item.kind in _LED and item.detail is None and len(traits.text.split()) > _LONG_LEAD


def _has_open_detail(traits: ItemTraits) -> bool:
    detail = traits.item.detail
    return bool(detail) and not _CLOSED.search(detail or "") and traits.may_be_cut


def _begins_small(traits: ItemTraits) -> bool:
    return traits.item.kind in _ASKS and not traits.item.stem and traits.text[:1].islower()


# A flag without a test is set by the step that meets it: `FindingDraft.flags`.
ITEM_FLAGS: tuple[Flag[ItemTraits], ...] = (
    Flag("unusual_length", "it is much shorter or longer than such items are", _has_unusual_length),
    Flag("lead_not_parted", "its first sentence could not be told from what explains it", _has_unparted_lead),
    Flag("mark_in_text", "a footnote mark may be left in its words",
         lambda traits: bool(_STRAY_MARK.search(traits.words))),
    Flag("no_closing_mark", "it does not end with a full stop or semicolon, so words may be missing",
         _has_no_closing_mark, severity="doubt"),
    Flag("open_detail", "its explanation ends in the middle of a sentence, so words may be missing", _has_open_detail,
         severity="doubt"),
    Flag("limit_unsure", "words of its stem or at its end speak of time; whether they set a time limit is not certain",
         severity="doubt"),
    Flag("no_question", "it stands under no question that is known", lambda traits: traits.homeless),
    Flag("heading_in_body_type", "its heading is printed like ordinary text"),
    Flag("heading_misprinted", "its heading is misprinted; a letter or two are not those of the heading it stands for",
         severity="doubt"),
    Flag("joined_paragraphs", "it was put together from several paragraphs"),
    Flag("lead_by_words", "where its first sentence ends was decided by the words, not by bold type"),
    Flag("odd_beginning", "it begins with a sign that is no letter, perhaps a bullet that could not be read",
         lambda traits: bool(_ODD_BEGINNING.match(traits.text)), severity="doubt"),
    Flag("small_beginning", "it begins with a small letter and has no stem, so it may be the rest of the item before",
         _begins_small, severity="doubt"),
    Flag("recurring", "the report says that it was raised before"),
    Flag("no_cause_of_concern", "it is a recommendation without a cause of concern before it"),
    Flag("not_judged", "the letter does not say what became of it"),
    Flag("no_subject", "it does not say who should act"),
    Flag("hyphen_uncertain", "a word was divided at a line end, and whether it keeps its hyphen is not certain"),
    Flag("box_at_foot", "its box ends with the page; compare the top of the next page"),
    Flag("bold_in_detail", "a part of its explanation is set in bold like a further item"),
    Flag("bullets_in_text", "bullets run on inside its text, so it may be several items",
         lambda traits: bool(RUN_ON.search(traits.text)), severity="doubt"),
    Flag("glued_figures", "a footnote mark may be glued to a year in its words",
         lambda traits: bool(_GLUED.search(traits.words))),
)  # fmt: skip


def flags_of(traits: ItemTraits) -> tuple[str, ...]:
    """Return the names of the flags of an item, in order.

    Raises:
        LookupError: a step set a flag that no row of the table explains.
    """
    unknown = traits.item.flags - {flag.name for flag in ITEM_FLAGS}
    if unknown:
        raise LookupError(f"no row of ITEM_FLAGS explains {', '.join(sorted(unknown))}")
    return tuple(sorted(flag.name for flag in ITEM_FLAGS if flag.name in traits.item.flags or flag.says(traits)))
