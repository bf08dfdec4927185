"""What words weigh, kept beside the tables, so that comparing one force does not read the findings of all others.

The file names what it was learned from: the seals of the findings and reports, the decisions and the rules. When any of
them is another, the words are weighed anew.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from extractor import __version__
from extractor.comparison.weights import Weights
from extractor.rulebook.folder import digest_of
from extractor.rulebook.lexicon import Lexicon
from extractor.tables import seal, storage

FILE = "weights.json"
_READ = ("reports", "findings")  # tables that weighing reads


def kept_weights(
    outputs: Path | str, verdicts: Path, rules: Path, lexicon: Lexicon, learn: Callable[[], Weights]
) -> Weights:
    """Return the weights that are kept beside the tables, as far as they are those of now; else learn and keep them.

    Args:
        outputs: folder of the tables.
        verdicts: the file of decisions.
        rules: folder of rules.
        lexicon: the terms of these rules.
        learn: weighs the words of all findings.
    """
    file, learned_from = storage.join(storage.place(outputs), FILE), _state(outputs, verdicts, rules)
    kept = _read(file, learned_from, lexicon)
    if kept is None:
        kept = learn()
        with suppress(OSError):  # they save time, no more; who may not write there is served all the same
            storage.write_bytes(file, _as_json(kept, learned_from))
    return kept


def _state(outputs: Path | str, verdicts: Path, rules: Path) -> str:
    """Return a short hash of everything that weights are learned from."""
    digest = hashlib.sha256(f"{__version__} {digest_of(rules)}\n".encode())
    for table in _READ:
        folder = storage.join(storage.place(outputs), table)
        names = sorted(name for name in storage.names(folder) if name.endswith(".parquet"))
        for name, data in zip(names, storage.read_many(folder, names), strict=True):
            own = seal.seal_of(data) or hashlib.sha256(data).hexdigest()
            digest.update(f"{table} {name} {own}\n".encode())
    with suppress(FileNotFoundError):
        digest.update(verdicts.read_bytes())
    return digest.hexdigest()[:32]


def _as_json(weights: Weights, learned_from: str) -> bytes:
    told = {
        "learned_from": learned_from,
        "findings": weights.findings,
        "counts": weights.counts,
        "matters": weights.matters,
        "stock": sorted(weights.stock),
    }
    return json.dumps(told).encode()


def _read(file: str, learned_from: str, lexicon: Lexicon) -> Weights | None:
    """Return the weights of a file; None where there is none, or of another state of the tables."""
    try:
        told = json.loads(storage.read_bytes(file))
        if told["learned_from"] != learned_from:
            return None
        stock = frozenset(map(tuple, told["stock"]))
        return Weights(lexicon, int(told["findings"]), Counter(told["counts"]), Counter(told["matters"]), stock)
    except (OSError, ValueError, KeyError, TypeError):
        return None
