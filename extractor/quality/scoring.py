"""Tables against gold answers, and what changed between two output folders.

A gold answer is `<name>.gold.json`, the findings and gradings as a person reads them in the report `<name>`. A row
counts when it is the same but for white space; a made-up row costs as much as a missed one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from extractor.comparison.year_on_year import verdict_misses
from extractor.decisions.store import VERDICTS
from extractor.rulebook.load import every_rule
from extractor.rulebook.matcher import example_mistakes
from extractor.tables.read import read_rows

FACTS = {
    "force": "force_id",
    "publisher": "publisher",
    "cycle": "cycle",
    "pillar": "pillar",
    "published": "published",
    "pages": "pages",
}
Row = Mapping[str, Any]
Key = tuple[str, ...]


@dataclass(slots=True)
class Score:
    """What one report's tables got right, missed and made up."""

    name: str
    facts_wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    made_up: list[str] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    got: Counter[str] = field(default_factory=Counter)

    @property
    def perfect(self) -> bool:
        """Whether nothing is wrong, missed or made up."""
        return not (self.facts_wrong or self.missed or self.made_up)

    def as_row(self) -> dict[str, Any]:
        """Return the score as plain values, for JSON."""
        counts = {name: dict(getattr(self, name)) for name in ("right", "wanted", "got")}
        lists = {name: getattr(self, name) for name in ("facts_wrong", "missed", "made_up")}
        return {"name": self.name, **lists, **counts}


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that `peel check` found."""

    rules: int
    rule_mistakes: list[str]
    scores: list[Score]
    links_missed: list[str]  # verdicts on links that the program would not come to
    lost: list[str]
    gained: list[str]

    @property
    def good(self) -> bool:
        """Whether something was scored, and nothing is wrong or lost."""
        wrong = self.rule_mistakes or self.lost or self.links_missed
        return bool(self.scores) and not wrong and all(result.perfect for result in self.scores)

    def as_row(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {
            "rules": self.rules,
            "rule_mistakes": self.rule_mistakes,
            "f1": {table: round(f1(self.scores, table), 4) for table in ("gradings", "findings")},
            "lost": self.lost,
            "gained": self.gained,
            "links_missed": self.links_missed,
            "reports": [result.as_row() for result in self.scores],
        }

    def as_text(self) -> str:
        """Return it as lines to read."""
        lines = [f"{self.rules} rules, {len(self.rule_mistakes)} of their examples wrong"]
        lines += [f"  {mistake}" for mistake in self.rule_mistakes]
        for result in self.scores:
            lines.append(f"{'ok ' if result.perfect else '   '} {result.name}")
            lines += [f"      {fact}" for fact in result.facts_wrong]
            lines += [f"      missed   {told}" for told in result.missed]
            lines += [f"      made up  {told}" for told in result.made_up]
        for word, items in (("link", self.links_missed), ("lost", self.lost), ("gained", self.gained)):
            lines += [f"{word:<8}{told}" for told in items]
        gradings, findings = (f1(self.scores, table) for table in ("gradings", "findings"))
        lines.append(f"gold: {len(self.scores)} reports · gradings F1 {gradings:.3f} · findings F1 {findings:.3f}")
        return "\n".join(lines)


def check(
    outputs: Path | str,
    gold: Path,
    *,
    rules: Path | None = None,
    against: Path | str | None = None,
    verdicts: Path = VERDICTS,
) -> Told:
    """Run every rule's examples, score the tables against gold answers, and list what changed since `against`.

    Raises:
        RuleError: the rules cannot be used.
    """
    every = every_rule(rules)
    return Told(
        len(every),
        example_mistakes(every),
        score(gold, outputs),
        verdict_misses(outputs, rules, verdicts),
        *(changes(against, outputs) if against else ([], [])),
    )


def folded(value: Any) -> str:
    """Return a value as text with white space folded; "" for None."""
    return re.sub(r"\s+", " ", str(value)).strip() if value is not None else ""


def finding_key(row: Row) -> Key:
    """Return what makes a finding the same: kind, text, detail, stem, deadline and pages."""
    first, last = row.get("page_first", row.get("page_start")), row.get("page_last", row.get("page_end"))
    kind = row.get("kind") or row.get("type")
    return tuple(
        folded(value)
        for value in (
            kind,
            row["text"],
            row.get("detail"),
            row.get("stem"),
            folded(row.get("deadline")).lower(),
            first,
            last,
        )
    )


def grading_key(row: Row) -> Key:
    """Return what makes a grading the same: level, question, grade and basis."""
    return tuple(folded(value) for value in (row["level"], row["question"], row.get("grade"), row["basis"]))


def score(gold_folder: Path, outputs: Path | str) -> list[Score]:
    """Return a score for each gold answer of the folder whose report is in the tables or ought to be."""
    reports: dict[str, list[Row]] = {}
    for row in read_rows("reports", outputs):
        reports.setdefault(PurePath(row["source"]).stem, []).append(row)
    scores = []
    for file in sorted(gold_folder.glob("*.gold.json")):
        name = file.name.removesuffix(".gold.json")
        gold = json.loads(file.read_text(encoding="utf-8"))
        same_name = reports.get(name, [])  # from several folders: the one that the answer is about
        report = min(same_name, key=lambda row: len(_facts_wrong(gold["report"], row)), default=None)
        scores.append(_score_one(name, gold, report, outputs))
    return scores


def _score_one(name: str, gold: Row, report: Row | None, outputs: Path | str) -> Score:
    result = Score(name)
    if report is None:
        result.missed.append("the report is not in the tables: extract it first")
    report_id = report["report_id"] if report else "-"
    result.facts_wrong = _facts_wrong(gold["report"], report) if report else []
    for table, key in (("gradings", grading_key), ("findings", finding_key)):
        wanted = Counter(key(row) for row in gold[table])
        got = Counter(key(row) for row in read_rows(table, outputs, report_id))
        result.right[table], result.wanted[table], result.got[table] = (
            (wanted & got).total(),
            wanted.total(),
            got.total(),
        )
        result.missed += [_told(table, key) for key in (wanted - got).elements()]
        result.made_up += [_told(table, key) for key in (got - wanted).elements()]
    return result


def _facts_wrong(told: Row, report: Row) -> list[str]:
    return [
        f"{fact}: wanted {told.get(fact)!r}, got {report[column]!r}"
        for fact, column in FACTS.items()
        if folded(told.get(fact)) != folded(report[column])
    ]


def _told(table: str, key: Key) -> str:
    return f"{table[:-1]}: {' | '.join(part[:90] for part in key if part)}"


def f1(scores: Iterable[Score], table: str) -> float:
    """Return the F1 of one table over several reports, 0 to 1."""
    right = got = wanted = 0
    for result in scores:
        right, got, wanted = right + result.right[table], got + result.got[table], wanted + result.wanted[table]
    return 2 * right / (got + wanted) if got + wanted else 1.0


def changes(earlier: Path | str, later: Path | str) -> tuple[list[str], list[str]]:
    """Return (lost, gained): the gradings and findings that only the earlier or only the later outputs hold."""
    before, after = _everything(earlier), _everything(later)
    return [f"{report} {told}" for report, told in sorted((before - after).elements())], [
        f"{report} {told}" for report, told in sorted((after - before).elements())
    ]


def _everything(outputs: Path | str) -> Counter[tuple[str, str]]:
    rows: Counter[tuple[str, str]] = Counter()
    for table, key in (("gradings", grading_key), ("findings", finding_key)):
        rows.update((row["report_id"], _told(table, key(row))) for row in read_rows(table, outputs))
    return rows
