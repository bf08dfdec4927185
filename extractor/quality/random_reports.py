"""The random reports of the tests, where a checkout holds them."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from extractor.errors import BadSetting

TESTS = Path(__file__).parents[2] / "tests"


class Rates(Protocol):
    """What was measured over random reports."""

    @property
    def anything_wrong(self) -> bool:
        """Whether any report has a mistake."""

    def as_text(self) -> str:
        """Return the rates as lines to read."""

    def as_row(self) -> dict[str, Any]:
        """Return the rates as plain values, for JSON."""


def measured(count: int, seed: int, producer: str | None = None) -> Rates:
    """Make `count` random reports from `seed` on, read them and return the rates.

    Raises BadSetting where the generator, which lives in the tests, is not at hand, or does not know the producer.
    """
    if not (TESTS / "random_reports").is_dir():
        raise BadSetting("random reports are made by the tests: run `peel check --random` in a checkout of the project")
    if count < 1:
        raise BadSetting(f"--random {count}: give a number of reports from 1 on")
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    known: list[str] = import_module("random_reports.producers").here()
    if producer is not None and producer not in known:
        raise BadSetting(f"--producer {producer}: this machine has {', '.join(known)}")
    rates: Rates = import_module("random_reports.measure").measured(range(seed, seed + count), producer)
    return rates
