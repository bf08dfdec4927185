"""Composes one random report from a number: the same number, the same report."""

from __future__ import annotations

import random
from dataclasses import replace

from random_reports.area_report import AreaReport
from random_reports.document import Composed, NewPage, Wanted
from random_reports.eras import ERAS
from random_reports.gradings import SHAPES, Grader
from random_reports.items import Setter
from random_reports.pillar_report import PillarReport
from random_reports.whole_report import WholeReport
from random_reports.wording import Words
from random_reports.writing import Writer

FRAMED = 0.6  # share of the reports whose items stand in frames


def compose(seed: int, era: str | None = None, short: bool = False) -> Composed:
    """Return the report of this number, of any era or of a given one."""
    rng = random.Random(f"report {seed}")
    chosen = rng.choice(tuple(ERAS))
    era = era or chosen
    words, wanted, pillar = Words(rng, ERAS[era]), Wanted(), rng.choice(ERAS[era].pillars)
    items, grader = Setter(words, wanted, rng.random() < FRAMED), Grader(words, wanted, rng.choice(SHAPES))
    kind: type[Writer] = {"lead": AreaReport, "bullets": PillarReport}[ERAS[era].form]
    if era == "2018/19":
        kind = WholeReport
    writer = kind(words, wanted, items, grader, pillar, short)
    blocks = writer.report()
    wanted.report = {
        "force": words.slug, "publisher": words.publisher, "cycle": ERAS[era].cycle,
        "pillar": pillar.name if kind is PillarReport else "integrated", "published": words.published,
    }  # fmt: skip
    name = f"{seed:05}-{era.replace('/', '-')}-{wanted.report['pillar']}-{words.slug}"
    return Composed(seed, name, era, tuple(blocks), wanted, writer.running)


def without_breaks(composed: Composed) -> Composed:
    """Return the report without its forced page breaks: the same rows on other pages."""
    return replace(composed, blocks=tuple(block for block in composed.blocks if not isinstance(block, NewPage)))
