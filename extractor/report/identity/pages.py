"""Which pages of a PDF belong to which report: two reports in one file are told apart, a report in a pack is found.

A page says of what report it is a page by its running head or foot, or by being a cover. Where pages name different
reports nothing is read: an item would be filed under the wrong force or year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractor.folding import plain
from extractor.layout.blocks import Block, Text
from extractor.models import Printed, Problem
from extractor.problems import problem
from extractor.report.identity.cycle import profile_in
from extractor.report.identity.force import force_in
from extractor.report.identity.pillar import pillars_in, subject_of
from extractor.report.identity.title import inspection_of, is_large
from extractor.rulebook.load import RulePacks
from extractor.rulebook.matcher import Labeller

SEVERAL = "several reports in one file"
_COVER_WORDS = 120  # a page with more is no cover
_HEAD_WORDS = 16  # a longer line is no running head
_AT_THE_EDGE = 2  # lines at the top and at the foot of a page that may be its running head
_PAPER_WORDS = 25  # a page with fewer is blank or a divider
_HEADS_OF_A_PAPER = 6  # blocks of a page that may say what paper begins on it
_SURE = 2  # pages that must name a report which has no cover; and on which the same head must stand
_BESIDE_HEAD = " |–—-·•0123456789"


@dataclass(frozen=True, slots=True)
class NamedPage:
    """What one page says of the report it is a page of; None where it does not say."""

    page: int
    cycle: str | None
    pillar: str | None
    force: str | None
    title: str  # the words that say so
    is_cover: bool = False

    def agrees(self, other: NamedPage) -> bool:
        """Say whether both pages may be of one report; a line of a running head set in two is a part of its title."""
        pairs = ((self.cycle, other.cycle), (self.pillar, other.pillar), (self.force, other.force))
        if all(one is None or two is None or one == two for one, two in pairs):
            return True
        return plain(other.title) in plain(self.title) or plain(self.title) in plain(other.title)


@dataclass(frozen=True, slots=True)
class ReportPages:
    """The pages of one report in a file, from its cover (or first named page) on."""

    named: tuple[NamedPage, ...]
    first: int
    last: int

    @property
    def title(self) -> str:
        """The fullest words that name it."""
        return max((page.title for page in self.named), key=lambda title: (len(title) < 90, len(title)))


def reports_in(text: Text, labels: Labeller, packs: RulePacks) -> list[ReportPages]:
    """Return the reports whose pages a PDF holds, in order; none where no page says what it is a page of."""
    pages = _pages(text)
    heads = _heads(pages, labels, packs)
    named = [
        found
        for number, blocks in pages.items()
        if (found := _cover(number, blocks, text, labels, packs) or _headed(heads[number], number, packs))
    ]
    runs = _joined(run for run in _joined([each] for each in named) if _is_sure(run))
    starts = [run[0].page for run in runs]
    ends = [*(start - 1 for start in starts[1:]), max(pages, default=0)][: len(runs)]
    return [ReportPages(tuple(run), run[0].page, end) for run, end in zip(runs, ends, strict=True)]


def several_reports(reports: Sequence[ReportPages]) -> Problem:
    """Return what is said of a file that holds several reports."""
    told = "; ".join(f"pages {each.first} to {each.last}: “{each.title}”" for each in reports)
    message = f"the file holds several reports ({told}); nothing was read: split it into one file for each report"
    return problem("several_reports", reports[1].first, message)


def report_inside(printed: Printed, text: Text, report: ReportPages, labels: Labeller) -> tuple[Printed, list[Problem]]:
    """Return the pages of the report in a pack of papers, and what to say; all pages where nothing else is in it."""
    pages = _pages(text)
    before = [page for page in pages if page < report.first and _words(pages[page]) >= _PAPER_WORDS]
    is_pack = bool(before) and report.named[0].is_cover
    last = _last_page(pages, report, labels, is_pack=is_pack)
    first = report.first if is_pack else min(pages)
    if not is_pack and last == max(pages):
        return printed, []
    message = f"the report is on pages {first} to {last} of the file; the papers before and after it were not read"
    return _cut(printed, first, last), [problem("report_in_pack", first, message)]


def _pages(text: Text) -> dict[int, list[Block]]:
    on_pages = (block for block in text.blocks if block.page_first is not None)
    ordered = sorted(on_pages, key=lambda block: block.page_first or 0)
    return {page or 0: list(blocks) for page, blocks in groupby(ordered, key=lambda block: block.page_first)}


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _joined(runs: Iterator[list[NamedPage]]) -> list[list[NamedPage]]:
    """Runs of pages that may be of one report, put together with the run before."""
    joined: list[list[NamedPage]] = []
    for run in runs:
        if joined and all(one.agrees(two) for one in joined[-1] for two in run):
            joined[-1] = joined[-1] + run
        else:
            joined.append(run)
    return joined


def _is_sure(run: Sequence[NamedPage]) -> bool:
    return len(run) >= _SURE or any(page.is_cover for page in run)


# what a page says -----------------------------------------------------------------------------------------------------


def _heads(pages: Mapping[int, Sequence[Block]], labels: Labeller, packs: RulePacks) -> dict[int, list[str]]:
    """The running heads and feet of each page: what stands at the edge of enough pages."""
    edges = {number: list(_edges(blocks)) for number, blocks in pages.items()}
    lines = {words for on_page in edges.values() for words in on_page}
    telling = {words: _bare(words) for words in lines if _is_head(words, labels, packs)}
    heads = {number: [words for words in on_page if words in telling] for number, on_page in edges.items()}
    often = Counter(bare for on_page in heads.values() for bare in set(map(telling.__getitem__, on_page)))
    return {number: [words for words in on_page if often[telling[words]] >= _SURE] for number, on_page in heads.items()}


def _cover(number: int, blocks: Sequence[Block], text: Text, labels: Labeller, packs: RulePacks) -> NamedPage | None:
    large = " ".join(block.text for block in blocks if is_large(block, text))
    if not large or _words(blocks) > _COVER_WORDS or inspection_of(large, labels) is None:
        return None
    cover = _named(number, large, packs, is_cover=True)
    return cover if cover and cover.cycle and cover.force else None


def _headed(heads: Sequence[str], number: int, packs: RulePacks) -> NamedPage | None:
    return next((named for head in heads if (named := _named(number, head, packs))), None)


def _bare(words: str) -> str:
    """A running head without the number of its page."""
    return plain(words.strip(_BESIDE_HEAD))


def _named(number: int, words: str, packs: RulePacks, *, is_cover: bool = False) -> NamedPage | None:
    profile, force = profile_in(words, packs.profiles), force_in(words, packs)
    if profile is None and force is None:
        return None
    pillars = pillars_in(words, profile) if profile else set()
    pillar = pillars.pop() if len(pillars) == 1 else None
    part = subject_of(plain(words), profile, pillar) if profile else None
    cycle = profile.cycle if profile else None
    whole_pillar = f"{pillar} ({part})" if part else pillar
    return NamedPage(number, cycle, whole_pillar, force.id if force else None, words[:120], is_cover)


def _edges(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines at the edges of a page, where its running head and foot stand."""
    lines = [block for block in blocks if len(block.lines) == 1 and block.lines[0].box]
    lines.sort(key=lambda block: block.lines[0].box.top if block.lines[0].box else 0)
    yield from (block.text for block in (*lines[:_AT_THE_EDGE], *lines[-_AT_THE_EDGE:]))


def _is_head(words: str, labels: Labeller, packs: RulePacks) -> bool:
    """Does a line at the edge name a cycle or an inspection, or consist of the name of a force?"""
    if len(words.split()) > _HEAD_WORDS or labels.has(words, "CARRIED", "ABOUT_ITEM"):
        return False
    force = force_in(words, packs)
    if force is not None and _bare(words) in map(plain, force.names):
        return True
    return bool(profile_in(words, packs.profiles) or inspection_of(words, labels))


# a pack of papers -----------------------------------------------------------------------------------------------------


def _last_page(pages: dict[int, list[Block]], report: ReportPages, labels: Labeller, *, is_pack: bool) -> int:
    """The page before the first one after the last named page that is another paper's."""
    last_named = report.named[-1].page
    if len(report.named) <= _SURE:
        return report.last
    for page in range(last_named + 1, report.last + 1):
        blocks = pages.get(page, [])
        other = any(labels.has(block.text, "OTHER_DOCUMENT") for block in blocks[:_HEADS_OF_A_PAPER])
        if other or (is_pack and _words(blocks) >= _PAPER_WORDS):
            return page - 1
    return report.last


def _cut(printed: Printed, first: int, last: int) -> Printed:
    def inside(page: int | None) -> bool:
        return page is None or first <= page <= last

    return replace(
        printed,
        lines=tuple(line for line in printed.lines if inside(line.page)),
        pages=tuple(page for page in printed.pages if inside(page.number)),
        panels=tuple(panel for panel in printed.panels if inside(panel.box.page)),
    )
