"""The published reports: the manifest of addresses that somebody has seen, and those that are inferred from a pattern.

An inferred address is where the landing page of a report would lie by the pattern of its cycle. That it is there, or
that there is such a report, is not known until somebody has looked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Any

from extractor.errors import BadSetting
from extractor.fetch.links import forces_in
from extractor.phrasing import then
from extractor.rulebook.load import RulePacks, load_rules
from extractor.rulebook.tables import Force
from extractor.tables.lookup import hint

MANIFEST = Path("corpus/manifest.csv")
COLUMNS = ("cycle", "pillar", "force_id", "how", "address", "published", "known_from", "note")  # of a list
SEEN, INFERRED = "seen", "inferred"
UNSEEN = "nobody has looked whether it is there"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the manifest; what is not known is empty."""

    cycle: str
    pillar: str
    force_id: str  # empty: a page that lists the reports of many forces
    page: str  # address of the publication's page
    pdf: str  # address of the PDF itself
    sha256: str  # of the PDF's bytes, where somebody has checked them
    known_from: str  # public page on which the address was seen
    note: str
    published: str = ""  # YYYY-MM-DD
    inferred: str = ""  # id of the pattern that gave the address, which nobody has seen; never in a file

    @property
    def report(self) -> tuple[str, str, str]:
        """What tells its report from others."""
        return self.force_id, self.cycle, self.pillar


_NAMES = [field.name for field in fields(Entry) if field.name != INFERRED]
_NEEDED = [field.name for field in fields(Entry) if field.default is MISSING]


def read_manifest(path: Path = MANIFEST) -> list[Entry]:
    """Return the rows of the manifest.

    Raises:
        OSError: there is no such file.
        ValueError: a column is missing.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            rows = csv.DictReader(file)
            if missing := [name for name in _NEEDED if name not in (rows.fieldnames or ())]:
                raise BadSetting(f"{path}: column {', '.join(missing)} is missing; restore the header line")
            return [Entry(**{name: (row.get(name) or "").strip() for name in _NAMES}) for row in rows]
        except UnicodeDecodeError as error:
            raise BadSetting(f"{path}: not UTF-8; save the file as “CSV UTF-8”") from error
        except csv.Error as error:
            raise BadSetting(f"{path}: not CSV after line {rows.line_num} ({error})") from error


def wanted(pages: Sequence[str], manifest: Path, force: str | None = None, cycle: str | None = None) -> list[Entry]:
    """Return rows for addresses of pages and PDFs; without any, the manifest's rows that have an address.

    Where a force or a cycle is named, only its rows, and after them the inferred ones.

    Raises:
        OSError: the manifest cannot be read.
        ValueError: the manifest lacks a column, the force or cycle is unknown, or nothing is left to fetch.
    """
    if pages:
        return [_named(page) for page in pages]
    rows = [row for row in read_manifest(manifest) if row.page or row.pdf]
    if force or cycle:
        rows = _narrowed(rows, load_rules(), force, cycle)
    if not rows:
        raise BadSetting(f"{manifest}: no address; give a publication page")
    return rows


def known(manifest: Path, force: str | None = None, cycle: str | None = None) -> list[Entry]:
    """Return the rows of the manifest that have an address, and the inferred ones, of a force or cycle where named.

    Raises:
        OSError: the manifest cannot be read.
        ValueError: the manifest lacks a column, or the force or cycle is unknown.
    """
    return _narrowed([row for row in read_manifest(manifest) if row.page or row.pdf], load_rules(), force, cycle)


def _narrowed(rows: Sequence[Entry], rules: RulePacks, force: str | None, cycle: str | None) -> list[Entry]:
    force_id = _force_id(force, rules.forces) if force else None
    name = _cycle(cycle, rules) if cycle else None
    every = (*rows, *inferred(rows, rules))
    return [row for row in every if (not force_id or row.force_id == force_id) and (not name or row.cycle == name)]


def inferred(rows: Iterable[Entry], rules: RulePacks) -> Iterator[Entry]:
    """Yield a row for each address that a pattern gives and no row has."""
    has = {_bare(row.page) for row in rows}
    for pattern in rules.landing_patterns:
        for force in rules.forces:
            page = pattern.address_of(force.id)
            if _bare(page) not in has:
                yield Entry(pattern.cycle, pattern.pillar, force.id, page, "", "", "", UNSEEN, inferred=pattern.id)


def as_row(entry: Entry) -> dict[str, Any]:
    """Return a row of a list, which says how its address is known."""
    how = INFERRED if entry.inferred else SEEN
    values = asdict(entry) | {"how": how, "address": entry.pdf or entry.page}
    return {name: values[name] for name in COLUMNS} | {"known_from": entry.known_from or entry.inferred}


def as_words(entry: Entry) -> str:
    """Return a line of a list."""
    row = as_row(entry)
    about = f"{row['cycle'] or '-':<8} {row['pillar'] or '-':<14} {row['force_id'] or '-':<20} {row['how']:<8}"
    return f"{about} {row['address']}"


def _force_id(words: str, forces: Sequence[Force]) -> str:
    meant = [force.id for force in forces if words == force.id] or sorted(forces_in(words, forces))
    if len(meant) != 1:
        near = hint(words, {force.id: force.name for force in forces})
        raise BadSetting(f"no address for {words!r}; {then(near, 'or give a publication page')}")
    return meant[0]


def _cycle(words: str, rules: RulePacks) -> str:
    name = rules.cycle_named(words)
    if name is None:
        known = ", ".join(profile.cycle for profile in rules.profiles)
        raise BadSetting(f"no cycle {words}; there are {known}")
    return name


def _bare(address: str) -> str:
    return address.rstrip("/?")


def _named(address: str) -> Entry:
    """Return a row for the address of a page or a PDF that somebody gave."""
    kind = "pdf" if re.split(r"[?#]", address)[0].lower().endswith(".pdf") else "page"  # it may be no address
    return Entry(**{**dict.fromkeys(_NEEDED, ""), kind: address})
