"""Measure links on hand-written chains."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extractor.comparison.candidates import candidates
from extractor.comparison.force_history import History, build_items, sort_key
from extractor.comparison.links import Link, Linker
from extractor.comparison.rules import load_compare_rules
from extractor.comparison.weights import Weights

CHAINS = Path(__file__).parent / "chains"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Score:
    """What was found on one file of chains."""

    gold: dict[Pair, str]
    near: set[Pair]
    found: dict[Pair, str]
    closest: set[Pair]  # candidates of findings without a link

    @property
    def precision(self) -> float:
        return sum(pair in joined(self.gold) for pair in self.found) / len(self.found)

    @property
    def recall(self) -> float:
        return sum(pair in joined(self.found) for pair in self.gold) / len(self.gold)

    @property
    def shown(self) -> float:
        """Of the findings with a successor, the part for which a link or a candidate names one."""
        named = joined([*self.found, *self.closest])
        right = joined(self.gold) & named
        starts = {earlier for earlier, _ in self.gold}
        return len(starts & {earlier for earlier, _ in right}) / len(starts)

    @property
    def relation(self) -> float:
        both = self.gold.keys() & self.found.keys()
        return sum(self.gold[pair] == self.found[pair] for pair in both) / len(both)

    @property
    def misled(self) -> list[Pair]:
        return sorted(self.near & self.found.keys())


def joined(links: Iterable[Pair]) -> set[Pair]:
    """Return all pairs that links join, over any number of steps."""
    forward: dict[str, set[str]] = {}
    for earlier, later in links:
        forward.setdefault(earlier, set()).add(later)
    pairs: set[Pair] = set()
    for start in forward:
        waiting = list(forward[start])
        while waiting:
            end = waiting.pop()
            if (start, end) not in pairs:
                pairs.add((start, end))
                waiting += forward.get(end, ())
    return pairs


def histories(file: Path) -> list[History]:
    """Return the forces of one file of chains."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        _history(force, [row for row in rows if row["force"] == force])
        for force in dict.fromkeys(row["force"] for row in rows)
    ]


def _history(force: str, rows: list[dict[str, str]]) -> History:
    rules = load_compare_rules()
    ids = {(row["cycle"], row["pillar"]): f"{row['cycle'].replace('/', '-')}-{row['pillar']}-{force}" for row in rows}
    reports = sorted(
        (
            {"report_id": name, "cycle": cycle, "pillar": pillar, "published": None}
            for (cycle, pillar), name in ids.items()
        ),
        key=lambda report: sort_key(report, rules.orders),
    )
    place = {str(report["report_id"]): at for at, report in enumerate(reports)}
    gradings: list[list[dict[str, object]]] = [[] for _ in reports]
    findings = []
    for order, row in enumerate(rows):
        report_id = ids[row["cycle"], row["pillar"]]
        if row["kind"] == "grade":
            grade = {
                "level": "question",
                "question_id": row["question_id"],
                "grade": row["text"] or None,
                "basis": row["basis"],
            }
            gradings[place[report_id]].append({**grade, "origin_cycle": None, "page": None})
            continue
        given = {name: row[name] or None for name in ("detail", "stem", "origin_cycle")}
        status = "carried_forward" if row["origin_cycle"] else "new"
        finding = {
            "finding_id": row["key"],
            "report_id": report_id,
            "kind": row["kind"],
            "order": order,
            "text": row["text"],
            "page_first": None,
            "page_last": None,
        }
        findings.append(
            {
                **finding,
                **given,
                "parent_id": row["parent"] or None,
                "status": status,
                "question_id": row["question_id"],
            }
        )
    families = {str(row["finding_id"]): row["question_id"] for row in findings}
    return History(
        force,
        tuple(reports),
        tuple(map(tuple, gradings)),
        tuple(build_items(findings, place, families, rules)),
        rules.families,
        rules.orders,
    )


def measure(file: Path) -> Score:
    """Link the forces of one file of chains and hold the links against its gold."""
    rules = load_compare_rules()
    forces = histories(file)
    weights = Weights.learn(rules.lexicon, ((force.force_id, item.text) for force in forces for item in force.items))
    found: dict[Pair, str] = {}
    closest: set[Pair] = set()
    for force in forces:
        linker = Linker(force, weights, rules)
        links = linker.links()
        found |= {_ids(force, link): link.relation for link in links}
        closest |= {_ids(force, each.link) for each in candidates(linker, links)}
    near = {(name, row["key"]) for row in _rows(file) for name in row["near"].split()}
    return Score(gold_of(file), near, found, closest)


def _ids(force: History, link: Link) -> Pair:
    return force.items[link.earlier].id, force.items[link.later].id


def gold_of(file: Path) -> dict[Pair, str]:
    """Return the links that a file of chains gives, with their relations."""
    named = ((name.split(":"), row["key"]) for row in _rows(file) for name in row["follows"].split())
    return {(earlier, later): relation for (earlier, relation), later in named}


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
