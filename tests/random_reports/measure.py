"""Rates over many random reports, with Wilson intervals, as `peel check --random` prints them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extractor.pipeline import extract
from random_reports.made import Made, make
from random_reports.scoring import ATTRIBUTES, Result, score

Z = 1.96  # 95%


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share."""
    if not of:
        return 0.0, 1.0
    share = right / of
    middle, wide = share + Z * Z / (2 * of), Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    return max(0.0, (middle - wide) / (1 + Z * Z / of)), min(1.0, (middle + wide) / (1 + Z * Z / of))


def run(
    seeds: Iterable[int], producer: str | None = None, *, short: bool = False, keep: Path | None = None
) -> Iterator[Result]:
    """Yield the score of each random report; files are kept in `keep` when it is given."""
    for seed in seeds:
        yield read(make(seed, producer, short=short), keep)


def read(made: Made, keep: Path | None = None) -> Result:
    """Return the score of one report, read as a file."""
    with TemporaryDirectory() as folder:
        file = (keep or Path(folder)) / made.file_name
        file.write_bytes(made.data)
        return score(made, extract(file))


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of many results."""

    results: Sequence[Result]

    def rows(self) -> list[tuple[str, int, int]]:
        """Return (name, how many, of how many)."""
        results = self.results
        total: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for result in results:
            right += result.right
            total += result.wanted
        got = sum((result.got for result in results), Counter[str]())
        items = (
            got["findings"]
            + got["gradings"]
            + total["findings"]
            + total["gradings"]
            - right["findings"]
            - right["gradings"]
        )
        sound = sum(result.sound for result in results)
        perfect = [result for result in results if not result.mistakes]
        f1 = [(f"{table} F1", 2 * right[table], got[table] + total[table]) for table in ("findings", "gradings")]
        told = [(name, right[name], total[name]) for name in ("facts", *ATTRIBUTES, "grade page")]
        return [
            *f1, *told,
            ("reports with anything wrong", len(results) - len(perfect), len(results)),
            ("silent reports", sum(bool(result.silent) for result in results), len(results)),
            ("silent items", sum(len(result.silent) for result in results), items),
            ("perfect reports with a doubt", sum(result.status != "ok" for result in perfect), len(perfect)),
            ("sound rows flagged", sum(result.sound_flagged for result in results), sound),
        ]  # fmt: skip

    @property
    def anything_wrong(self) -> bool:
        """Whether any report has a mistake."""
        return any(result.mistakes for result in self.results)

    def alarms(self) -> list[tuple[str, int, int]]:
        """Return (flag or problem, how often something was wrong near it, how often nothing was)."""
        counts = sum((result.alarms for result in self.results), Counter[tuple[str, bool]]())
        names = sorted({name for name, _ in counts})
        return [(name, counts[name, True], counts[name, False]) for name in names]

    def as_text(self) -> str:
        """Return the rates as lines to read."""
        lines = [f"{len(self.results)} random reports, seeds {self.results[0].seed} to {self.results[-1].seed}"]
        for name, many, of in self.rows():
            low, high = wilson(many, of)
            lines.append(f"{name:32}{many / of if of else 1:8.4f}  [{low:.4f}, {high:.4f}]  {many} of {of}")
        lines.append(f"\n{'flag or problem':40}{'wrong':>7}{'right':>7}")
        lines += [f"{name:40}{wrong:7}{right:7}" for name, wrong, right in self.alarms()]
        for result in self.results:
            lines += [
                f"\n{result.name} ({result.producer}) {'' if mistake.loud else 'SILENT '}{mistake.kind} p{mistake.page}"
                f"\n  wanted {mistake.wanted[:300]}\n  got    {mistake.got[:300]}\n  said   {mistake.said}"
                for mistake in result.mistakes
            ]
        return "\n".join(lines)

    def as_row(self) -> dict[str, Any]:
        """Return the rates as plain values, for JSON."""
        rates = {name: {"count": many, "of": of, "interval": wilson(many, of)} for name, many, of in self.rows()}
        wrong = [
            {"report": result.name, "seed": result.seed, "producer": result.producer, **asdict(mistake)}
            for result in self.results
            for mistake in result.mistakes
        ]
        alarms = [{"alarm": name, "wrong": bad, "right": good} for name, bad, good in self.alarms()]
        return {"reports": len(self.results), "rates": rates, "alarms": alarms, "mistakes": wrong}


def measured(seeds: Iterable[int], producer: str | None = None) -> Rates:
    """Return the rates of the random reports of these numbers."""
    return Rates(list(run(seeds, producer)))
