"""Reports, forces and findings by the names that people type: ids, their beginnings, or words of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from extractor.errors import NoSuchReport, UnknownForce
from extractor.tables import storage
from extractor.tables.read import read_rows
from extractor.tables.rows import FindingRow, ReportRow

_SHOWN = 8  # names that a message lists at most


def report_ids(outputs: Path | str) -> list[str]:
    """Return the id of every report in the tables, in order."""
    names = storage.names(storage.join(storage.place(outputs), "reports"))
    return sorted(name.removesuffix(".parquet") for name in names if name.endswith(".parquet"))


def report_named(words: str, outputs: Path | str) -> str:
    """Return the report_id that `words` mean: the id, an unambiguous beginning of it, or words of force and cycle.

    Raises:
        NoSuchReport: none or several are meant; the message lists what they may be.
    """
    ids = report_ids(outputs)
    if words in ids:
        return words
    if not ids:
        raise NoSuchReport(f"no report in {outputs} yet; `peel extract FILE` reads one")
    rows = read_rows("reports", outputs, columns=("report_id", "force_name", "cycle"))
    names = {row["report_id"]: f"{row['force_name'] or ''} {row['cycle'] or ''}" for row in rows}
    meant = _meant(words, names)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise NoSuchReport(f"{words!r} may be {_either(meant)}; give more of the name")
    raise NoSuchReport(f"{words!r} is no report in {outputs}; {_hint(words, ids)}; `peel extract FILE` reads another")


def force_named(words: str, forces: Mapping[str, str]) -> str:
    """Return the id that `words` mean among `forces`, a mapping of id to printed name.

    Raises:
        UnknownForce: none or several are meant; the message lists what they may be.
    """
    if words in forces:
        return words
    meant = _meant(words, forces)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise UnknownForce(f"{words!r} may be {_either(meant)}; give more of the name")
    raise UnknownForce(f"no reports of {words!r}; {_hint(words, sorted(forces))}")


def findings_named(
    words: str, outputs: Path | str, rows_of: Callable[[str], Sequence[FindingRow]] | None = None
) -> tuple[ReportRow, list[FindingRow], bool]:
    """Return (row of the report, rows of findings, whether all of the report are meant) for a finding or a report.

    `rows_of` gives the findings of a report_id, where they shall be others than those extracted.

    Raises:
        NoSuchReport: there is no such report or finding.
    """
    report_id, _, finding = words.partition("/")
    report_id = report_named(report_id, outputs)
    report = read_rows("reports", outputs, report_id)[0]
    findings = list(rows_of(report_id)) if rows_of else read_rows("findings", outputs, report_id)
    if not finding:
        return report, findings, True
    ids = [row["finding_id"] for row in findings]
    meant = [name for name in ids if name == f"{report_id}/{finding}"] or [
        name for name in ids if name.startswith(f"{report_id}/{finding}")
    ]
    if len(meant) != 1:
        told = f"may be {_either(meant)}" if meant else f"is not in {outputs}"
        raise NoSuchReport(f"{words} {told}; `peel show {report_id}` lists the report's findings")
    return report, [row for row in findings if row["finding_id"] == meant[0]], False


def _meant(words: str, names: Mapping[str, str]) -> list[str]:
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
    shown = names[:_SHOWN]
    more = f" or one of {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (", ".join(shown[:-1]) + " or " + shown[-1] if len(shown) > 1 else shown[0]) + more


def _hint(words: str, names: list[str]) -> str:
    near = get_close_matches(words.casefold(), names, n=3, cutoff=0.5)
    return f"did you mean {_either(near)}?" if near else f"there are {_either(names)}" if names else "there are none"
