"""The picture of a bench: milliseconds per page of each engine, shorter is faster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot

if TYPE_CHECKING:
    from extractor.quality.bench import Bench

_OURS, _OTHERS = "#1d70b8", "#b1b4b6"


def plot(found: Bench, folder: Path) -> list[Path]:
    """Write `bench.svg` and `bench.png`; return their paths."""
    speeds = list(reversed(found.speeds))
    figure, axes = pyplot.subplots(figsize=(8, 0.5 * len(speeds) + 1.4), layout="constrained")
    medians = [speed.median for speed in speeds]
    spread = [[speed.median - speed.low for speed in speeds], [speed.high - speed.median for speed in speeds]]
    colours = [_OURS if speed.engine.startswith("peel") else _OTHERS for speed in speeds]
    axes.barh([speed.engine for speed in speeds], medians, xerr=spread, color=colours, ecolor="#505a5f", capsize=3)
    for row, speed in enumerate(speeds):
        axes.annotate(f"{speed.median:.1f}", (speed.high, row), xytext=(6, -3), textcoords="offset points", fontsize=9)
    axes.set_xscale("log")
    axes.margins(x=0.15)
    axes.set_xlabel("milliseconds per page (median, with the lowest and highest), logarithmic")
    axes.set_title(f"Reading {len(found.files)} reports · {found.machine['machine']}", loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    paths = [folder / "bench.svg", folder / "bench.png"]
    for path in paths:
        figure.savefig(path, dpi=144)
    pyplot.close(figure)
    return paths
