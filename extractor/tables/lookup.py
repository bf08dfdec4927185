"""Reports, forces and findings by the names that people type: ids, their beginnings, or words of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import NoSuchReport, UnknownForce
from extractor.phrasing import then
from extractor.tables import storage

if TYPE_CHECKING:
    from extractor.tables.rows import FindingRow, ReportRow

_SHOWN = 8  # names that a message lists at most


def report_ids(outputs: Path | str) -> list[str]:
    """Return the id of every report in the tables, in order."""
    names = storage.names(storage.join(storage.place(outputs), "reports"))
    return sorted(name.removesuffix(".parquet") for name in names if name.endswith(".parquet"))


def some_reports(outputs: Path | str) -> list[str]:
    """Return the id of every report in the tables, in order, where there are any.

    Raises:
        NoSuchReport: there are none; the message tells how to read one.
    """
    ids = report_ids(outputs)
    if not ids:
        raise NoSuchReport(f"no report in {outputs} yet; `peel extract FILE` reads one")
    return ids


def report_named(words: str, outputs: Path | str) -> str:
    """Return the report_id that `words` mean: the id, an unambiguous beginning of it, or words of force and cycle.

    Raises:
        NoSuchReport: none or several are meant; the message lists what they may be.
    """
    meant = reports_meant(words, outputs)
    if len(meant) == 1:
        return meant[0]
    raise NoSuchReport(f"{words!r} may be {_either(meant)}; give more of the name")


def reports_named(words: Sequence[str], outputs: Path | str) -> list[str]:
    """Return the report_ids named: all the words are one name (`norfolk 2023`), else each of them is.

    A year is a name only by itself: beside others it says which of their reports is meant.

    Raises:
        NoSuchReport: a word means none or several of them; the message lists what the words may be.
    """
    try:
        return [report_named(" ".join(words), outputs)]
    except NoSuchReport as unclear:
        if len(words) < 2 or any(word.isdigit() for word in words):
            raise
        try:
            return list(dict.fromkeys(report_named(each, outputs) for each in words))
        except NoSuchReport:
            raise unclear from None


def reports_meant(words: str, outputs: Path | str) -> list[str]:
    """Return the report_ids that `words` may mean, one or more of them; see `report_named`.

    Raises:
        NoSuchReport: none is meant; the message lists those that come near.
    """
    if words in some_reports(outputs):
        return [words]
    from extractor.tables.read import read_rows

    rows = read_rows("reports", outputs, columns=("report_id", "force_name", "cycle"))
    names = {row["report_id"]: f"{row['force_name'] or ''} {row['cycle'] or ''}" for row in rows}
    meant = meant_by(words, names)
    if not meant:
        raise NoSuchReport(f"{words!r} is no report in {outputs}; {then(hint(words, names), '`peel list` lists all')}")
    return meant


def force_named(words: str, forces: Mapping[str, str]) -> str:
    """Return the id that `words` mean among `forces`, a mapping of id to printed name.

    Raises:
        UnknownForce: none or several are meant; the message lists what they may be.
    """
    if words in forces:
        return words
    meant = meant_by(words, forces)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise UnknownForce(f"{words!r} may be {_either(meant)}; give more of the name")
    raise UnknownForce(f"no reports of {words!r}; {hint(words, forces)}")


def forces_named(words: Sequence[str], forces: Mapping[str, str]) -> list[str]:
    """Return the ids of the forces named: all the words are one name (`City of London`), else each of them is.

    Raises:
        UnknownForce: a word means none or several of them; the message lists what the words may be.
    """
    together = meant_by(" ".join(words), forces)
    if len(together) == 1:
        return together
    try:
        return [force_named(each, forces) for each in words]
    except UnknownForce:
        force_named(" ".join(words), forces)
        raise


def findings_named(
    words: str, outputs: Path | str, rows_of: Callable[[str], Sequence[FindingRow]] | None = None
) -> tuple[ReportRow, list[FindingRow], bool]:
    """Return (row of the report, rows of findings, whether all of the report are meant) for a finding or a report.

    `rows_of` gives the findings of a report_id, where they shall be others than those extracted.

    Raises:
        NoSuchReport: there is no such report or finding.
    """
    from extractor.tables.read import read_rows

    report_id, _, finding = words.partition("/")
    report_id = report_named(report_id, outputs)
    report = read_rows("reports", outputs, report_id)[0]
    findings = list(rows_of(report_id)) if rows_of else read_rows("findings", outputs, report_id)
    if not finding:
        return report, findings, True
    begun = [row for row in findings if row["finding_id"].startswith(f"{report_id}/{finding}")]
    meant = [row for row in begun if row["finding_id"] == f"{report_id}/{finding}"] or begun
    if len(meant) != 1:
        told = f"may be {_either([row['finding_id'] for row in meant])}" if meant else f"is no finding in {outputs}"
        raise NoSuchReport(f"{words} {told}; `peel show {report_id}` lists the report's findings")
    return report, meant, False


def meant_by(words: str, names: Mapping[str, str]) -> list[str]:
    """Return the ids that begin with `words`; else those in which, or in whose names, every word begins a word."""
    plain = _plain(words)
    if not plain:
        return []
    begun = [name for name in names if _plain(name).startswith(plain)]
    if begun:
        return begun
    return [name for name, about in names.items() if _holds(f" {_plain(name)} {_plain(about)}", plain.split())]


def _holds(text: str, words: Iterable[str]) -> bool:
    return all(f" {word}" in text for word in words)


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _either(names: list[str]) -> str:
    more = len(names) - _SHOWN
    shown = names[:_SHOWN] + ([f"one of {more} more"] if more > 1 else names[_SHOWN:])
    return f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else shown[0]


def hint(words: str, names: Mapping[str, str]) -> str:
    """Return a question for those of `names`, a mapping of id to what else it is called, that `words` come near."""
    near = _near(words, names)
    return (
        f"did you mean {_either(near)}?"
        if near
        else f"there are {_either(sorted(names))}"
        if names
        else "there are none"
    )


def _near(words: str, names: Mapping[str, str]) -> list[str]:
    """Return the ids that would be meant if each word were the nearest of those that the names are made of."""
    known = sorted({word for name, about in names.items() for word in _plain(f"{name} {about}").split()})
    mended = [next(iter(get_close_matches(word, known, n=1, cutoff=0.7)), word) for word in _plain(words).split()]
    return meant_by(" ".join(mended), names) or _sharing(mended, names)


def _sharing(words: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return the ids that have most of some words, but not all of them."""
    texts = {name: f" {_plain(name)} {_plain(about)}" for name, about in names.items()}
    shared = {name: sum(_holds(text, [word]) for word in words) for name, text in texts.items()}
    most = max(shared.values(), default=0)
    return [name for name in names if 0 < most == shared[name]]
