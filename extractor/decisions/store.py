"""What people decided: `corpus/verdicts.csv`, read and written here and nowhere else.

One row per decision on a finding, a grading or a link. A later decision on the same thing replaces the earlier one.
Rows are found again by id; a finding's id is made from its text, so a re-run keeps its verdicts.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from extractor.errors import BadDecisions

VERDICTS = Path("corpus/verdicts.csv")
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")  # beginnings that a spreadsheet takes for a formula


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision of one analyst; every field is text, missing is ""."""

    subject: str  # finding | grading | link
    id: str  # finding_id, grading_id, or the earlier finding's id of a link; for an added finding the id it will have
    later_id: str = ""  # link: the later finding's id
    verdict: str = (
        ""  # finding, grading: accepted | corrected | rejected; finding: added; link: confirmed | rejected | a relation
    )
    kind: str = ""  # finding: its kind, where corrected or added
    text: str = ""  # finding: the words, where corrected or added; grading: the grade, where corrected
    detail: str = ""  # finding: whole, as it should be; "" takes it out where corrected
    question: str = ""
    printed: str = ""  # the text the program had found, to find the item again when its id changed
    page: str = ""
    boxes: str = ""  # JSON list of {page, x0, top, x1, bottom}
    note: str = ""
    by: str = ""
    on: str = ""  # YYYY-MM-DD

    @property
    def key(self) -> tuple[str, str, str]:
        """What the decision is about."""
        return self.subject, self.id, self.later_id


COLUMNS = tuple(field.name for field in fields(Verdict))


def read_verdicts(path: Path = VERDICTS) -> list[Verdict]:
    """Return all decisions in file order; [] when there is no file.

    Raises:
        ValueError: the file lacks a column that names what a decision is about.
    """
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = {"subject", "id", "verdict"} - set(rows.fieldnames or ())
        if missing:
            raise BadDecisions(f"{path}: column {', '.join(sorted(missing))} is missing; restore the header line")
        return [Verdict(**{name: _plain(row.get(name) or "") for name in COLUMNS}) for row in rows]


def add_verdicts(
    verdicts: Iterable[Verdict], path: Path = VERDICTS, withdrawn: Collection[tuple[str, str, str]] = ()
) -> None:
    """Write decisions into the file, each in the place of an earlier one about the same thing; whole or not at all.

    Those whose keys are in `withdrawn` are taken out.
    """
    kept = {verdict.key: verdict for verdict in read_verdicts(path)}
    kept.update({verdict.key: verdict for verdict in verdicts})
    kept = {key: verdict for key, verdict in kept.items() if key not in withdrawn}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    with partial.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for verdict in kept.values():
            writer.writerow({name: _guarded(value) for name, value in asdict(verdict).items()})
    partial.replace(path)


def _guarded(value: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate; `_plain` takes it away again."""
    return f"'{value}" if value.lstrip("'").startswith(FORMULA_MARKS) else value


def _plain(value: str) -> str:
    return value[1:] if value.startswith("'") and value.lstrip("'").startswith(FORMULA_MARKS) else value
