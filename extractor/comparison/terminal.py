"""Comparisons as text for a terminal and as one JSON document."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from extractor.comparison.compared import Compared
from extractor.comparison.force_history import Item
from extractor.phrasing import count, pages, shortened

_LABELS = {
    "area_for_improvement": "AFI",
    "cause_of_concern": "CoC",
    "recommendation": "rec",
    "innovative_practice": "innovative",
    "promising_practice": "promising",
}
_FATES = ("repeated", "reworded", "escalated", "eased", "closed", "not_seen_again", "not_inspected")


def as_json(found: Iterable[Compared]) -> str:
    """Return links and fates of all forces as one JSON document."""
    forces = [
        {
            "force_id": each.history.force_id,
            "links": each.link_rows(),
            "candidates": each.candidate_rows(),
            "fates": each.fate_rows(),
        }
        for each in found
    ]
    return json.dumps({"forces": forces}, ensure_ascii=False, indent=1)


def as_text(compared: Compared, references: Mapping[str, str]) -> str:
    """Return one force's links and fates as a readable table, with the short reference of each finding that has one."""
    history = compared.history
    numbers = ((len(history.reports), "report"), (len(history.items), "finding"), (len(compared.valid()), "link"))
    rejected = len(compared.links) - len(compared.valid())
    title = f"{compared.name}: {', '.join(count(*each) for each in numbers)}"
    title += f" (and {count(rejected, 'rejected link')})" if rejected else ""
    lines = [title, "=" * len(title), ""]
    if compared.links:
        lines += [
            f"{'relation':<10} {'score':>5}  findings, the earlier → the later",
            "",
            *_links(compared, references),
            "",
        ]
    elif compared.fates:
        lines += ["no finding was met again", ""]
    return "\n".join([*lines, *_fates(compared)])


def _links(compared: Compared, references: Mapping[str, str]) -> Iterator[str]:
    """Yield two lines for each link, with the verdict where there is one."""
    items = compared.history.items
    width = max(60, shutil.get_terminal_size((110, 24)).columns)
    for link in sorted(compared.links, key=lambda each: (items[each.later].at, each.later, each.earlier)):
        old, new = compared.pair(link)
        yield f"{link.relation:<10} {link.score:5.1f}  {_item(compared, old, references, width)}"
        yield f"{'':<16}→ {_item(compared, new, references, width)}"
        if verdict := compared.words.get((old.id, new.id)):
            yield f"{'':<18}verdict: {verdict}"


def _item(compared: Compared, item: Item, references: Mapping[str, str], width: int) -> str:
    page = f" {pages(item.row['page_first'], label=item.row.get('page_label'))}" if item.row["page_first"] else ""
    named = references.get(item.id) or _LABELS.get(item.kind, item.kind)
    label = f"{compared.history.reports[item.at]['cycle']} {named}{page}: "
    return label + shortened(str(item.row["text"]), max(30, width - 19 - len(label)))


def _fates(compared: Compared) -> list[str]:
    """Return how many findings of each report met each fate."""
    history = compared.history
    if not compared.fates:
        return ["nothing to compare: no earlier report of this force with findings is in the tables"]
    counts: dict[int, Counter[str]] = {}
    for fate in compared.fates:
        counts.setdefault(history.items[fate.item].at, Counter())[fate.fate] += 1
    names = [fate.replace("_", " ") for fate in _FATES]
    head = f"{'what became of the findings of':<34}" + "".join(f"{name:>16}" for name in names)
    rows = [
        f"{history.reports[at]['report_id']:<34}" + "".join(f"{row[fate]:>16}" for fate in _FATES)
        for at, row in sorted(counts.items())
    ]
    return [head, *rows]
