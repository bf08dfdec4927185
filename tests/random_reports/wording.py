"""Draws words for one report from the pools of `wording.toml`; no phrase of a pool comes twice."""

from __future__ import annotations

import random
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from random_reports.eras import Era, forces

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@lru_cache(maxsize=1)
def pools() -> dict[str, Any]:
    """Return every pool."""
    return tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))


class Words:
    """The words of one report: its force, its dates, and phrases not yet used."""

    def __init__(self, rng: random.Random, era: Era) -> None:
        self.rng, self.era = rng, era
        self.slug, self.force = rng.choice(forces())
        self.other = rng.choice([name for slug, name in forces() if slug != self.slug])
        constabulary = "Constabulary" in self.force and rng.random() < 0.7
        self.common = "The constabulary" if constabulary and era.form == "lead" else "The force"
        self.county = self.force.rsplit(" ", 1)[0].removeprefix("The ").removesuffix(" Police")
        self.published = rng.choice(era.dates)
        self.year = int(self.published[:4])
        self.publisher = "HMIC" if self.year < 2017 or self.published < "2017-07" else "HMICFRS"
        self.left: dict[tuple[str, str], list[str]] = {}

    def chance(self, share: float) -> bool:
        """Whether a thing happens that happens in this share of cases."""
        return self.rng.random() < share

    def draw(self, pool: str, kind: str) -> str:
        """Return a phrase of a pool, filled in; none twice until the pool is empty."""
        left = self.left.setdefault((pool, kind), [])
        if not left:
            left += self.rng.sample(pools()[pool][kind], len(pools()[pool][kind]))
        return self.fill(left.pop())

    def left_in(self, pool: str, kind: str = "acts") -> int:
        """Return how many phrases of a pool were not used yet."""
        return len(self.left.get((pool, kind), pools()[pool][kind]))

    def fill(self, phrase: str) -> str:
        """Put names, numbers and dates in a phrase."""
        rng, year = self.rng, self.year
        when = f"{rng.choice(('31 March', '30 September', '31 December'))} {year - 1}"
        values = {
            "force": self.force, "county": self.county, "other": self.other, "when": when,
            "n": str(rng.randint(11, 96)), "pct": str(rng.randint(21, 94)), "year": str(year - rng.randint(1, 3)),
        }  # fmt: skip
        text = phrase.format(**values).replace("HMICFRS", self.publisher).replace("HMIC ", f"{self.publisher} ")
        return text if self.era.form == "lead" or self.era.cycle == "2018/19" else uncontracted(text)

    def stock(self, name: str, **more: str) -> str:
        """Return a sentence that stands in every report of this round."""
        values = {"force": self.force, "report": self.era.cycle, "earlier": self.era.earlier[0], **more}
        return str(pools()["stock"][name]).format(**values).replace("HMICFRS", self.publisher)

    def subject(self) -> str:
        """Return who should act: nearly always the force."""
        return self.rng.choice((self.common, self.common, self.common, self.force))

    def paragraph(self, pool: str, traps: float = 0.15) -> str:
        """Return two to six sentences of running text, now and then one that only looks like a finding."""
        sentences = [self.draw(pool, "facts") for _ in range(self.rng.randint(1, 3))]
        sentences += [self.draw("common", "prose") for _ in range(self.rng.randint(1, 3))]
        if self.chance(traps):
            sentences.append(self.draw("common", "traps"))
        self.rng.shuffle(sentences)
        return " ".join(sentences)

    def printed_date(self) -> str:
        """Return the day of publication in words, as far as it is known."""
        parts = self.published.split("-")
        month = f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
        return f"{int(parts[2])} {month}" if len(parts) > 2 else month


def uncontracted(text: str) -> str:
    """Return the words as HMIC wrote them before 2018: don’t is do not."""
    return text.replace("can’t", "cannot").replace("won’t", "will not").replace("n’t", " not")
