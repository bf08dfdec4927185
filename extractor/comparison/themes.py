"""Themes: the subjects under which findings are counted.

A finding has every theme whose terms it uses; where it uses none, the theme of the question it stands under; and where
that says nothing either it is unthemed, which is shown and counted like a theme.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractor.comparison.force_history import PRACTICE, History, Item
from extractor.comparison.rules import CompareRules

UNTHEMED = "unthemed"


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings of one theme one force's reports of one cycle have."""

    theme: str
    force_id: str
    cycle: str
    findings: int


def themes_of(item: Item, rules: CompareRules) -> tuple[str, ...]:
    """Return the ids of a finding's themes, in the order of the rules; none where nothing fits."""
    return themes_by_terms(item.text.marks, item.family, rules)


def themes_by_terms(marks: Iterable[str], family: str | None, rules: CompareRules) -> tuple[str, ...]:
    """Return the ids of the themes of the terms used; where no theme has one of them, of the question family."""
    used = set(marks)
    found = tuple(theme.id for theme in rules.themes if theme.terms & used)
    return found or tuple(theme.id for theme in rules.themes if family in theme.questions)


def theme_name(theme: str, rules: CompareRules) -> str:
    """Return a theme's name."""
    return next((each.name for each in rules.themes if each.id == theme), "No theme")


def count_themes(histories: Iterable[History], rules: CompareRules) -> list[Count]:
    """Count problems (not practice) by theme, force and cycle; a finding with two themes counts in both."""
    totals: dict[tuple[str, str, str], int] = {}
    for history in histories:
        for item in history.items:
            if item.kind not in PRACTICE:
                for theme in themes_of(item, rules) or (UNTHEMED,):
                    key = (theme, history.force_id, str(history.reports[item.at]["cycle"]))
                    totals[key] = totals.get(key, 0) + 1
    return [Count(*key, findings) for key, findings in sorted(totals.items())]
