"""How likely it is that two findings are the same problem: named figures, each times what it weighs, in two rounds.

The first round judges a pair by itself. The second asks how far it is ahead of the next best pair of its earlier
finding in the later report, and of its later finding in the earlier one: a problem has seldom two successors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from extractor.comparison.evidence import Evidence, Matrix
from extractor.comparison.force_history import PRACTICE, History
from extractor.comparison.weights import Weights
from extractor.rulebook.schema import LinkModel

AHEAD = 6.0  # from which being further ahead tells nothing more
_AGAIN = 90.0  # RapidFuzz ratio from which a text is printed again, with a word or two changed
_NEVER = -30.0


def judge(history: History, weights: Weights, model: LinkModel, told: Iterable[tuple[int, int]] = ()) -> Matrix:
    """Return how likely each pair is one problem, 0 to 1; of those `told` the later finding names the earlier."""
    allowed, figures = possible(history), Evidence(history, weights, told).figures()
    first = np.where(allowed, weighed(figures, model.first), _NEVER).astype(np.float32)
    second = np.where(allowed, weighed(margins(history, first), model.second), _NEVER)
    likely = 1 / (1 + np.exp(-second))
    return np.asarray(np.where(allowed, np.maximum(likely, _printed_again(history)), 0), np.float32)


def _printed_again(history: History) -> Matrix:
    """Return the likeness of texts that differ in a word or two, 0 to 1, whatever they mean; 0 for all others."""
    texts = [item.text.bare.lower() for item in history.items]
    return np.asarray(process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=_AGAIN, dtype=np.float32) / 100)


def weighed(figures: Mapping[str, Matrix], weights: Mapping[str, float]) -> Matrix:
    """Return the sum of figures times weights; `base` is what every pair starts from."""
    total = np.full_like(next(iter(figures.values())), weights["base"])
    for name, weight in weights.items():
        if name != "base":
            total += weight * figures[name]
    return total


def possible(history: History) -> NDArray[np.bool_]:
    """Return which pairs can be one problem: of two cycles, and practice only with practice."""
    cycles = np.array([history.cycle(item.at) for item in history.items], int)
    practice = np.array([item.kind in PRACTICE for item in history.items], bool)
    return np.asarray((cycles[:, None] < cycles[None, :]) & (practice[:, None] == practice[None, :]))


def margins(history: History, first: Matrix) -> dict[str, Matrix]:
    """Return the first round's sum, and how far each pair is ahead of its rivals forward and backward.

    The recommendations of one concern are no rivals of each other, nor of the concern.
    """
    forward, backward = np.zeros_like(first), np.zeros_like(first)
    blocks = np.unique([item.block for item in history.items], return_inverse=True)[1]
    for earlier in filter(len, history.by_report):
        for later in filter(len, history.by_report):
            part = np.ix_(earlier, later)
            forward[part] = _ahead(first[part], blocks[list(later)])
            backward[part] = _ahead(first[part].T, blocks[list(earlier)]).T
    return {"alone": np.clip(first, -AHEAD, AHEAD), "ahead_forward": forward, "ahead_backward": backward}


def _ahead(sums: Matrix, blocks: NDArray[np.intp]) -> Matrix:
    """Return how far each column of a row is ahead of the best one of another block."""
    names, place = np.unique(blocks, return_inverse=True)
    best = np.full((len(sums), len(names)), _NEVER, np.float32)
    np.maximum.at(best.T, place, sums.T)
    top = best.argmax(1)
    first = best.max(1)
    best[np.arange(len(sums)), top] = _NEVER
    rival = np.where(top[:, None] == place[None, :], best.max(1)[:, None], first[:, None])
    return np.asarray(np.clip(sums - rival, -AHEAD, AHEAD), np.float32)
