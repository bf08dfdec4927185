"""How many findings each theme and each force has from cycle to cycle, as charts of one scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extractor.comparison.charts import Bars, bar_chart, top_of
from extractor.comparison.force_history import PRACTICE, History
from extractor.comparison.themes import UNTHEMED, Count
from extractor.rulebook.schema import Theme


def cycles_of(histories: Iterable[History]) -> tuple[str, ...]:
    """Return the cycles of the reports of some forces, in time."""
    found = {
        (history.cycle(at), str(report["cycle"])) for history in histories for at, report in enumerate(history.reports)
    }
    return tuple(cycle for _, cycle in sorted(found))


def theme_bars(counts: Sequence[Count], cycles: Sequence[str], themes: Iterable[Theme]) -> list[Bars]:
    """Return a chart for each theme, and one of findings without a theme."""
    totals: Counter[tuple[str, str]] = Counter()
    for count in counts:
        totals[count.theme, count.cycle] += count.findings
    named = [(theme.id, theme.name) for theme in themes] + [(UNTHEMED, "No theme")]
    return [Bars(name, tuple(cycles), tuple(totals[theme, cycle] for cycle in cycles)) for theme, name in named]


def force_bars(history: History, cycles: Sequence[str], names: Mapping[str, str]) -> Bars:
    """Return the chart of one force; nothing stands where it had no report in a cycle."""
    held = {str(report["cycle"]) for report in history.reports}
    counts = Counter(str(history.reports[item.at]["cycle"]) for item in history.items if item.kind not in PRACTICE)
    return Bars(
        names[history.force_id], tuple(cycles), tuple(counts[cycle] if cycle in held else None for cycle in cycles)
    )


def drawn(charts: Sequence[Bars], first: int) -> list[dict[str, Any]]:
    """Return charts as the templates show them, on one scale; they are numbered from `first`."""
    top = top_of(charts)
    return [
        {
            "number": first + at,
            "title": bars.title,
            "labels": bars.labels,
            "figures": bars.values,
            "svg": bar_chart(bars, top, first + at),
        }
        for at, bars in enumerate(charts)
    ]
