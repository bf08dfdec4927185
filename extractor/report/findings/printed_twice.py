"""Items printed in front and again where their evidence stands: each counts once, and both places are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from extractor.folding import id_form
from extractor.models import Problem
from extractor.phrasing import shortened
from extractor.problems import problem
from extractor.report.findings.drafts import FindingDraft

_ALIKE = 90  # of 100: two printings of one item may differ by a misprint


def once_each(items: Sequence[FindingDraft]) -> tuple[tuple[FindingDraft, ...], tuple[Problem, ...]]:
    """Keep the last printing of each item, with the pages of the others; say when one number has two texts."""
    kept: list[FindingDraft] = []
    problems: list[Problem] = []
    for item in items:
        earlier = next((other for other in kept if _is_same(other, item)), None)
        if earlier is not None:
            _take_over(item, earlier)
            kept[kept.index(earlier)] = item
        else:
            problems += _same_number(item, kept)
            kept.append(item)
    for item in kept:
        if item.parent is not None and item.parent not in kept:
            item.parent = next((other for other in kept if _is_same(other, item.parent)), None)
    return tuple(sorted(kept, key=items.index)), tuple(problems)


def _is_same(one: FindingDraft, other: FindingDraft) -> bool:
    if one.kind != other.kind or one.region is other.region or _differ(one.number, other.number):
        return False
    first, second = id_form(one.text), id_form(other.text)
    return first == second or fuzz.ratio(first, second) >= _ALIKE or _begins(first, second)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _begins(first: str, second: str) -> bool:
    """In front, an item may stand with its lead only."""
    short, long = sorted((first, second), key=len)
    return len(short.split()) > 5 and long.startswith(short)


def _take_over(item: FindingDraft, earlier: FindingDraft) -> None:
    """The later printing stands with its evidence; what only the earlier one has is kept."""
    item.also_on |= earlier.also_on | set(earlier.pages())
    item.also_on -= set(range(min(item.pages(), default=0), max(item.pages(), default=-1) + 1))
    item.number = item.number or earlier.number


def _same_number(item: FindingDraft, kept: Iterable[FindingDraft]) -> list[Problem]:
    if item.number is None:
        return []
    twin = next((other for other in kept if (other.kind, other.number) == (item.kind, item.number)), None)
    if twin is None:
        return []
    message = (
        f"number {item.number} is printed with two texts: “{shortened(twin.text, 60)}” and “{shortened(item.text, 60)}”"
    )
    return [problem("number_twice", min(item.pages(), default=None), message)]
