"""What the rows of a force's page hold: problems through the years, and earlier findings without a sure successor.

Where a force has very many of them, a page of its own shows some of a part: of a year, of a theme, of one problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from extractor.comparison.candidates import Candidate
from extractor.comparison.chains import Thread, threads
from extractor.comparison.compared import Compared
from extractor.comparison.fates import Fate
from extractor.comparison.force_history import PRACTICE, Item
from extractor.comparison.links import Link
from extractor.comparison.word_diff import Piece, word_diff
from extractor.phrasing import shortened
from extractor.vocabulary import KIND_NAMES

GONE = {"not_seen_again": "Not seen again", "closed": "Closed by the inspectorate", "not_inspected": "Not inspected"}
MANY = 50  # rows of a part from which it has pages of its own
LONGEST = 8  # findings of one problem that are shown among others, the latest
_MARKED = 35.0  # RapidFuzz ratio of two texts from which marking each change helps a reader
_TITLE = 110  # characters of a heading made of a finding's words


# problems through the years -------------------------------------------------------------------------------------------


def past_threads(compared: Compared) -> list[Thread]:
    """Return the problems that came again and that the last cycle's reports no longer have."""
    history = compared.history
    last = max((history.cycle(at) for at in range(len(history.reports))), default=0)
    return [
        thread for thread in threads(compared) if thread.links and history.cycle(history.items[thread.last].at) < last
    ]


def thread_row(compared: Compared, thread: Thread, most: int | None = None) -> dict[str, Any]:
    """Return one problem: its findings with the links between them, the `most` latest of them where there are more."""
    items = compared.history.items
    every = steps(thread)
    left = max(0, len(every) - most) if most else 0
    return {
        "title": heading(items[thread.first]),
        "entries": entry_rows(compared, every[left:]),
        "left": left,
        "finding": items[thread.last].id,
    }


def entry_rows(compared: Compared, shown: Iterable[tuple[int, Sequence[Link]]]) -> list[dict[str, Any]]:
    """Return findings of a problem, each with the links that lead to it."""
    items = compared.history.items
    return [{**_entry(compared, items[at]), "links": [_link(compared, link) for link in links]} for at, links in shown]


def heading(item: Item) -> str:
    """Return the beginning of a finding's words."""
    return shortened(str(item.row["text"]), _TITLE)


def steps(thread: Thread) -> list[tuple[int, Sequence[Link]]]:
    """Return the findings of a problem in order, each with the links that lead to it."""
    incoming: dict[int, list[Link]] = {}
    for link in thread.links:
        incoming.setdefault(link.later, []).append(link)
    return [(place, incoming.get(place, ())) for place in thread.items]


def _entry(compared: Compared, item: Item) -> dict[str, Any]:
    return {
        "cycle": compared.history.reports[item.at]["cycle"],
        "kind": KIND_NAMES[item.kind][0],
        "page": item.row["page_first"],
        "text": item.row["text"],
    }


def _link(compared: Compared, link: Link) -> dict[str, Any]:
    old, new = compared.pair(link)
    return {
        "earlier_id": old.id,
        "later_id": new.id,
        "relation": link.relation,
        "score": f"{link.score:.0f}",
        "from": f"{compared.history.reports[old.at]['cycle']}"
        + (f", page {old.row['page_first']}" if old.row["page_first"] else ""),
        "verdict": compared.words.get((old.id, new.id)),
        "pieces": _pieces(link, str(old.row["text"]), str(new.row["text"])),
        "evidence": compared.evidence(link),
    }


def _pieces(link: Link, earlier: str, later: str) -> list[Piece]:
    """Return the later text with its changes marked; plain where so little stayed that marks would hide the text."""
    return word_diff(earlier, later) if link.words >= _MARKED else [("kept", later)]


# without a sure successor ---------------------------------------------------------------------------------------------


def silent_fates(compared: Compared) -> list[Fate]:
    """Return the fates of earlier findings that no later one takes up; practice is left out."""
    items = compared.history.items
    return [fate for fate in compared.fates if fate.fate in GONE and items[fate.item].kind not in PRACTICE]


def silent_rows(compared: Compared, fates: Iterable[Fate]) -> list[dict[str, Any]]:
    """Return such findings as rows, each with the later ones that come closest."""
    closest: dict[int, list[Candidate]] = {}
    for each in compared.candidates:
        closest.setdefault(each.link.earlier, []).append(each)
    return [
        {
            **_entry(compared, compared.history.items[fate.item]),
            "fate": GONE[fate.fate],
            "evidence": fate.evidence,
            "closest": [_candidate(compared, each) for each in closest.get(fate.item, ())],
        }
        for fate in fates
    ]


def cycles_with(compared: Compared, fates: Iterable[Fate]) -> list[tuple[str, int]]:
    """Return the cycles that such findings are of, in time, with how many."""
    reports, items = compared.history.reports, compared.history.items
    counts = Counter(str(reports[items[fate.item].at]["cycle"]) for fate in fates)
    return [
        (cycle, counts[cycle]) for cycle in dict.fromkeys(str(report["cycle"]) for report in reports) if counts[cycle]
    ]


def _candidate(compared: Compared, candidate: Candidate) -> dict[str, Any]:
    old, new = compared.pair(candidate.link)
    return {
        **_entry(compared, new),
        "earlier_id": old.id,
        "later_id": new.id,
        "speaks_for": candidate.speaks_for,
        "speaks_against": candidate.speaks_against,
    }
