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
from extractor.phrasing import count
from extractor.rulebook.load import every_rule
from extractor.rulebook.matcher import example_mistakes
from extractor.tables.read import read_rows

ROW = ("report", "result", "words")
FACTS = {
    "force": "force_id",
    "publisher": "publisher",
    "cycle": "cycle",
    "pillar": "pillar",
    "published": "published",
    "pages": "pages",
}
_ENDING = ".gold.json"
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
    unread: list[str]  # gold answers whose reports are not in the tables
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
            "f1": {table: round(f1(self.scores, table), 4) for table in ("gradings", "findings")}
            if self.scores
            else {},
            "lost": self.lost,
            "gained": self.gained,
            "unread": self.unread,
            "links_missed": self.links_missed,
            "reports": [result.as_row() for result in self.scores],
        }

    def rows(self) -> list[dict[str, str]]:
        """Return one row for each mistake, and for each gold answer that has none or was not scored."""
        told = [("", "rule", mistake) for mistake in self.rule_mistakes]
        for score in self.scores:
            lists = {"fact": score.facts_wrong, "missed": score.missed, "made up": score.made_up}
            told += [(score.name, what, words) for what, every in lists.items() for words in every]
            told += [(score.name, "ok", "")] if score.perfect else []
        told += [(name, "unread", "") for name in self.unread]
        lists = {"link": self.links_missed, "lost": self.lost, "gained": self.gained}
        told += [("", what, words) for what, every in lists.items() for words in every]
        return [dict(zip(ROW, row, strict=True)) for row in told]

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
        return "\n".join([*lines, *([f"unread  {name}" for name in self.unread]), self._closing()])

    def _closing(self) -> str:
        if not self.scores:
            return "gold: nothing to check, none of its reports is in the tables"
        gradings, findings = (f1(self.scores, table) for table in ("gradings", "findings"))
        return f"gold: {count(len(self.scores), 'report')} · gradings F1 {gradings:.3f} · findings F1 {findings:.3f}"


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
        unread(gold, outputs),
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
    """Return a score for each gold answer of the folder whose report is in the tables; `unread` names the others."""
    reports = _by_name(outputs)
    scores = []
    for name, file in _answers(gold_folder).items():
        if name not in reports:
            continue
        gold = json.loads(file.read_text(encoding="utf-8"))
        # of several folders, the one that the answer is about
        report = min(reports[name], key=lambda row: len(_facts_wrong(gold["report"], row)))
        scores.append(_score_one(name, gold, report, outputs))
    return scores


def unread(gold_folder: Path, outputs: Path | str) -> list[str]:
    """Return the names of the gold answers of the folder whose reports are not in the tables."""
    return sorted(set(_answers(gold_folder)) - set(_by_name(outputs)))


def _answers(gold_folder: Path) -> dict[str, Path]:
    return {file.name.removesuffix(_ENDING): file for file in sorted(gold_folder.glob(f"*{_ENDING}"))}


def _by_name(outputs: Path | str) -> dict[str, list[Row]]:
    """Return the rows of `reports` by the name of the file that each was read from."""
    reports: dict[str, list[Row]] = {}
    for row in read_rows("reports", outputs):
        reports.setdefault(PurePath(row["source"]).stem, []).append(row)
    return reports


def _score_one(name: str, gold: Row, report: Row, outputs: Path | str) -> Score:
    result, report_id = Score(name, _facts_wrong(gold["report"], report)), report["report_id"]
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
