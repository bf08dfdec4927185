"""What the landing page of a publication says: which force and cycle it is about, and the day of publication."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.fetch.links import forces_in
from extractor.models import Printed
from extractor.reading.web.boilerplate import date_labels
from extractor.reading.web.page import read_web
from extractor.rulebook.dates import printed_date
from extractor.rulebook.load import RulePacks

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TITLES = ("h1", "title", "og:title")
_PUBLISHED = "publi"  # in a label: of publication, and not of the last change


@dataclass(frozen=True, slots=True)
class LandingPage:
    """What one page says of itself."""

    forces: frozenset[str]  # that its heading or title names
    cycles: frozenset[str]
    days: tuple[str, ...]  # YYYY-MM-DD, beside the words that speak of publication

    def is_of(self, force_id: str, cycle: str) -> bool:
        """Say whether it names this force and no other, and this cycle."""
        return self.forces == {force_id} and cycle in self.cycles

    def day(self, cycle: str, rules: RulePacks) -> str:
        """Return the day of publication; "" where none is printed, or one when no report of the cycle came out."""
        profiles = [profile for profile in rules.profiles if profile.cycle == cycle]
        fitting = (day for day in self.days if all(profile.may_be_published(day) for profile in profiles))
        return next(fitting, "") if len(self.forces) == 1 else ""


def read_landing_page(address: str, text: str, rules: RulePacks) -> LandingPage:
    """Return what a web page says of itself; nothing is fetched."""
    printed = read_web(address, codecs.BOM_UTF8 + text.encode("utf-8", "replace"), rules.root)
    titles = [printed.meta.get(name, "") for name in _TITLES]
    forces = next((found for title in titles if (found := forces_in(title, rules.forces))), frozenset[str]())
    cycles = frozenset(cycle for title in titles for cycle in cycles_in(title, rules, of_pages=True))
    return LandingPage(forces, cycles, tuple(_days(printed, rules)))


def cycles_in(text: str, rules: RulePacks, *, of_pages: bool = False) -> set[str]:
    """Return the cycles that words name, as reports print them, or `of_pages`: as titles of web pages do too."""
    plain = _words(text)
    return {
        profile.cycle
        for profile in rules.profiles
        for name in (*profile.names, *(profile.recognise.web_years if of_pages else ()))
        if _words(name) in plain
    }


def _words(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', text.lower()).strip()} "


def _days(printed: Printed, rules: RulePacks) -> Iterator[str]:
    labels = [label for label in date_labels(rules) if _PUBLISHED in label.lower()]
    for label in labels:
        day = printed_date(printed.meta.get(label, ""))
        if day and _DAY.fullmatch(day):
            yield day
