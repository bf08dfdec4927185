"""Learn what each figure of a pair of findings weighs, and print the tables of `rules/common/likelihood.toml`.

Run by hand (`python tests/learn_likelihood.py`) when matters, terms or learning chains change; needs scikit-learn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from chains_score import CHAINS, gold_of, histories, joined
from sklearn.linear_model import LogisticRegression

from extractor.comparison.evidence import NAMES, Evidence
from extractor.comparison.force_history import History
from extractor.comparison.likelihood import margins, possible, weighed
from extractor.comparison.retelling import retellings
from extractor.comparison.rules import load_compare_rules
from extractor.comparison.weights import Weights

LEARNED_ON = ("development.csv", "held_out.csv", "learning_1.csv", "learning_2.csv")
ROUNDS = (NAMES, ("alone", "ahead_forward", "ahead_backward"))


class Chains:
    """One force of a file of chains: figures of its pairs, and which of them are one problem."""

    def __init__(self, history: History, weights: Weights, gold: set[tuple[str, str]]) -> None:
        told = retellings(history, load_compare_rules())
        self.history, self.figures = history, Evidence(history, weights, told).figures()
        ids, blocks = [item.id for item in history.items], [item.block for item in history.items]
        self.right = np.array([[(one, other) in gold for other in ids] for one in ids])
        known = {(blocks[one], blocks[other]) for one, other in np.argwhere(self.right)}
        of_block = np.array([[(one, other) in known for other in blocks] for one in blocks])
        self.asked = possible(history) & (self.right | ~of_block)  # the rest of a linked block is left open

    def add_margins(self, weights: Mapping[str, float]) -> None:
        first = np.where(possible(self.history), weighed(self.figures, weights), -30).astype(np.float32)
        self.figures = margins(self.history, first)


def learn(chains: Sequence[Chains], names: Sequence[str]) -> dict[str, float]:
    """Return the weight of each figure, and `base`."""
    figures = np.vstack([np.stack([each.figures[name][each.asked] for name in names], 1) for each in chains])
    right = np.concatenate([each.right[each.asked] for each in chains])
    model = LogisticRegression(C=1.0, max_iter=5000).fit(figures, right)
    weights = dict(zip(names, map(float, model.coef_[0]), strict=True))
    return {"base": float(model.intercept_[0]), **weights}


def main() -> None:
    rules, chains = load_compare_rules(), []
    for name in LEARNED_ON:
        forces = histories(CHAINS / name)
        texts = ((force.force_id, item.text) for force in forces for item in force.items)
        weights, gold = Weights.learn(rules.lexicon, texts), joined(gold_of(CHAINS / name))
        chains += [Chains(force, weights, gold) for force in forces]
    for title, names in zip(("first", "second"), ROUNDS, strict=True):
        learned = learn(chains, names)
        print(f"\n[{title}]", *(f"{name} = {weight:.2f}" for name, weight in learned.items()), sep="\n")
        if title == "first":
            for each in chains:
                each.add_margins(learned)


if __name__ == "__main__":
    main()
