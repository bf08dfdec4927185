"""What speaks for two findings of a force being the same problem, and what against: named figures for every pair.

All pairs are looked at together, as matrices with the earlier finding in the row and the later one in the column, so
that a force with many findings costs little. The figures stand in `NAMES`; what each weighs is learned
(`rules/common/likelihood.toml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from extractor.comparison.force_history import History, Item
from extractor.comparison.weights import Weights

Matrix = NDArray[np.float32]
_STEPS = frozenset({"demand-supervise", "demand-train", "demand-scrutinise", "demand-evaluate"})
_TINY = 1e-6


@dataclass(frozen=True)
class _Vectors:
    """Things with their weights, one finding in each row, one thing in each column."""

    rows: Matrix

    @classmethod
    def of(cls, weighed: Sequence[Mapping[str, float]], names: Iterable[str] = ()) -> _Vectors:
        """Return the findings as rows; `names` are the columns, where others are to be compared with these."""
        names = sorted(names or {name for each in weighed for name in each})
        column = {name: at for at, name in enumerate(names)}
        rows = np.zeros((len(weighed), max(1, len(column))), np.float32)
        for row, each in enumerate(weighed):
            rows[row, [column[name] for name in each]] = list(each.values())
        return cls(rows)

    @cached_property
    def some(self) -> Matrix:
        """1 for each pair of which both have any."""
        has = np.asarray(self.rows.any(1))
        return np.asarray(has[:, None] & has[None, :], np.float32)

    def cosine(self, later: _Vectors | None = None) -> Matrix:
        """Return how like the rows are, 0 to 1."""
        return np.asarray(_unit(self.rows) @ _unit((later or self).rows).T, np.float32)

    def part(self) -> Matrix:
        """Return the weight that two rows share as a part of the lesser one."""
        root, totals = np.sqrt(self.rows), np.maximum(self.rows.sum(1), _TINY)
        return np.asarray(root @ root.T / np.minimum(totals[:, None], totals[None, :]), np.float32)

    def different(self) -> Matrix:
        """1 for each pair that does not have the same things."""
        has = (self.rows > 0).astype(np.float32)
        both, own = has @ has.T, has.sum(1)
        return np.asarray((own[:, None] + own[None, :]) > 2 * both, np.float32)

    def apart(self) -> Matrix:
        """Return the lesser of the parts that two rows have of their own, 0 to 1; 0 where they share nothing."""
        has = (self.rows > 0).astype(np.float32)
        both, own = has @ has.T, has.sum(1)
        lesser = np.minimum(own[:, None] - both, own[None, :] - both)
        return np.asarray(np.where(both > 0, lesser / np.maximum(lesser + both, 1), 0), np.float32)

    def several(self) -> Matrix:
        """1 for each pair that shares more than one thing."""
        has = (self.rows > 0).astype(np.float32)
        return np.asarray(has @ has.T > 1, np.float32)


def _unit(rows: Matrix) -> Matrix:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _TINY), np.float32)


NAMES = (
    *("matters", "matters_whole", "matters_other", "matters_unknown", "matters_several", "matters_apart"),
    *(
        "words",
        "words_part",
        "words_whole",
        "topics",
        "topic_other",
        "demands",
        "demand_other",
        "step_other",
    ),
    *("question_same", "question_far", "recommendation", "told"),
)


class Evidence:
    """The figures for all pairs of findings of one force; `told` are pairs of which the later names the earlier."""

    def __init__(self, history: History, weights: Weights, told: Iterable[tuple[int, int]] = ()) -> None:
        self.items: Sequence[Item] = history.items
        self._history, self._weights, self._told = history, weights, list(told)

    def figures(self) -> dict[str, Matrix]:
        """Return each figure of `NAMES` for all pairs."""
        return {**self._by_matters(), **self._by_words(), **self._by_place()}

    def _by_matters(self) -> dict[str, Matrix]:
        leads = [item.text.matters for item in self.items]
        wholes = [item.text.matters | item.text.matters_around for item in self.items]
        names = {name for each in wholes for name in each}
        lead, whole = (
            _Vectors.of([self._weights.of_matters(each) for each in side], names) for side in (leads, wholes)
        )
        alike = lead.cosine()
        across = np.maximum(lead.cosine(whole), whole.cosine(lead))
        return {
            "matters": alike,
            "matters_whole": np.maximum(across - alike, 0),
            "matters_other": lead.some * (alike <= 0),
            "matters_unknown": 1 - lead.some,
            "matters_several": lead.several(),
            "matters_apart": lead.apart(),
        }

    def _by_words(self) -> dict[str, Matrix]:
        marks = [self._weights.in_text(item.text.marks) for item in self.items]
        facet = self._weights.lexicon.facet
        topics, demands = (
            _Vectors.of([{mark: weight for mark, weight in each.items() if facet(mark) in names} for each in marks])
            for names in (("topic", "subject"), ("demand",))
        )
        words = _Vectors.of(marks)
        around = [
            {**{mark: self._weights.of(mark) / 2 for mark in item.text.context}, **each}
            for item, each in zip(self.items, marks, strict=True)
        ]
        topic, demand = topics.cosine(), demands.cosine()
        steps = _Vectors.of([{mark: 1.0 for mark in each if mark in _STEPS} for each in marks])
        return {
            "words": words.cosine(),
            "words_part": words.part(),
            "words_whole": _Vectors.of(around).cosine(),
            "topics": topic,
            "topic_other": topics.some * (topic <= 0),
            "demands": demand,
            "demand_other": demands.some * (demand <= 0),
            "step_other": steps.different(),
        }

    def _by_place(self) -> dict[str, Matrix]:
        size = len(self.items)
        asked = np.array([item.family or "" for item in self.items])
        same = np.asarray(asked[:, None] == asked[None, :], np.float32)
        far = np.zeros((size, size), np.float32)
        for one in set(asked.tolist()):
            for other in set(asked.tolist()):
                far[np.ix_(asked == one, asked == other)] = not self._history.related(one, other)
        told = np.zeros((size, size), np.float32)
        for pair in self._told:
            told[pair] = 1
        of_concern = np.array([item.kind == "recommendation" for item in self.items], bool)
        return {
            "question_same": same,
            "question_far": far,
            "told": told,
            "recommendation": (of_concern[:, None] | of_concern[None, :]).astype(np.float32),
        }
